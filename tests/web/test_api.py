"""What the API answers: lists, filters, incidents, ledger, places, actors, reports, and its errors."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.record.bands import bands_of, ledger_places
from dateline.record.ledger import holders_among, told_of
from dateline.record.store import Record
from dateline.web.app import description

RAQQA, PALMYRA = "geonames:172955", "geonames:163808"


def get(client: TestClient, path: str, **query: object) -> dict:
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_meta_counts_what_the_record_holds(client: TestClient) -> None:
    meta = get(client, "/api/meta")
    assert meta["counts"] | {"actors": 0} == {
        "reports": 5, "refused": 0, "statements": 3, "events": 5, "figures": 2, "control": 5, "incidents": 4, "places": 2, "actors": 0,
    }  # fmt: skip
    assert (meta["first"], meta["last"], meta["record"], meta["accounts"], meta["user"]["role"]) == ("2014-01-12", "2017-10-17", "record.db", False, "owner")
    assert meta["building"] == {"ready": 4, "of": 4}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({}, ["1/v1", "4/v1", "5/v1", "3/v1"]),
        ({"order": "-days"}, ["3/v1", "5/v1", "4/v1", "1/v1"]),
        ({"order": "reports"}, ["1/v1", "4/v1", "5/v1", "3/v1"]),
        ({"since": "2015-05-21"}, ["4/v1", "5/v1", "3/v1"]),
        ({"since": "2015-05-22"}, ["5/v1", "3/v1"]),
        ({"until": "2015-05-19"}, ["1/v1"]),
        ({"until": "2015-05-20"}, ["1/v1", "4/v1"]),
        ({"place": "Raqqa"}, ["1/v1", "3/v1"]),
        ({"place": RAQQA}, ["1/v1", "3/v1"]),
        ({"place": "country:SY"}, ["1/v1", "4/v1", "5/v1", "3/v1"]),
        ({"place": [RAQQA, PALMYRA], "actor": "River Alliance"}, ["5/v1", "3/v1"]),
        ({"actor": "actor:nobody"}, []),
        ({"status": "denied"}, ["5/v1"]),
        ({"status": ["denied", "claimed"]}, ["5/v1", "3/v1"]),
        ({"event_status": "denied"}, ["5/v1"]),
        ({"source": "coastal broadcasting"}, ["1/v1"]),
        ({"source": "Nobody's News"}, []),
        ({"least_reports": 2}, ["1/v1"]),
        ({"least_independent": 2}, ["1/v1"]),
        ({"type": "siege"}, []),
        ({"bbox": "38,34,39,35"}, ["4/v1", "5/v1"]),
        ({"bbox": "170,-80,-170,80"}, []),
        ({"around": "Palmyra", "within_km": "20"}, ["4/v1", "5/v1"]),
        ({"around": "34.56,38.28", "within_km": "1"}, ["4/v1", "5/v1"]),
        ({"around": "0,0"}, []),
        ({"words": "Raqqa Coastal"}, ["1/v1"]),
        ({"words": "no such words"}, []),
        ({"reviewed": "true"}, []),
        ({"placed": "false"}, []),
        ({"least_confidence": 0.9}, []),
    ],
)
def test_filter(client: TestClient, query: dict, wanted: list[str]) -> None:
    found = get(client, "/api/incidents", **query)
    assert [i["id"] for i in found["items"]] == [f"incident:{w}" for w in wanted]
    assert found["count"] == len(wanted)
    points = get(client, "/api/incidents/points")
    rows = get(client, "/api/incidents/matches", **{k: v for k, v in query.items() if k != "order"})["rows"]
    assert sorted(points["id"][n] for n in rows) == sorted(wanted)
    assert rows == sorted(rows)


def test_pages_hold_every_incident_once(client: TestClient) -> None:
    seen, cursor = [], None
    for _ in range(10):
        page = get(client, "/api/incidents", limit=1, **({"cursor": cursor} if cursor else {}))
        assert page["count"] == 4
        seen += [i["id"] for i in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert seen == ["incident:1/v1", "incident:4/v1", "incident:5/v1", "incident:3/v1"]


def test_incident_sets_its_accounts_side_by_side(client: TestClient) -> None:
    found = get(client, "/api/incidents/2/v1")
    assert found["id"] == "incident:1/v1"
    assert {e["id"] for e in found["events"]} == {"1/v1", "2/v1"}
    assert [t["measure"] for t in found["figures"]] == ["killed"]
    tally = found["figures"][0]
    assert (tally["lowest"]["best"], tally["highest"]["best"], len(tally["figures"])) == (40, 55, 2)
    assert found["judgements"][0]["verdict"] == "same"
    for event in found["events"]:
        text = get(client, f"/api/reports/{event['report']}")["reading"]["report"]["text"]
        for span in (event["trigger"], event["sentence"], event["where"]["span"], *(p["span"] for p in event["participants"])):
            assert text[span["start"] : span["end"]] == span["text"]


def test_interested_source_is_marked(client: TestClient) -> None:
    account = get(client, "/api/incidents/3/v1")["accounts"][0]
    assert account["interested"] == "a party to it"
    assert account["chain"]["speakers"][0]["statement"] == "3/s1" or account["chain"]["text"].endswith("River Alliance")


def test_histogram_tells_sure_from_maybe(client: TestClient) -> None:
    found = get(client, "/api/incidents/histogram", most=2000, since="2015-01-01", until="2016-12-31")
    assert (found["unit"], found["count"], found["undated"]) == ("day", 2, 0)
    assert {b["from"]: (b["sure"], b["may"]) for b in found["bins"] if b["sure"] or b["may"]} == {
        "2015-05-20": (0, 1), "2015-05-21": (0, 1), "2016-03-27": (1, 0),
    }  # fmt: skip
    years = get(client, "/api/incidents/histogram", most=6)
    assert years["unit"] == "year"
    assert sum(b["sure"] for b in years["bins"]) == 4


def test_counts_are_of_the_filter(client: TestClient) -> None:
    counts = get(client, "/api/incidents/counts", place="Raqqa")
    assert counts["count"] == 2
    assert {t["name"]: t["count"] for t in counts["types"]} == {"territory captured": 2}
    assert {s["name"] for s in counts["sources"]} >= {"Northline Agency", "Coastal Broadcasting"}


def test_ledger_in_columns_says_what_the_ledger_says_of_each_day(client: TestClient, record_file: Path) -> None:
    columns = get(client, "/api/ledger/changes")
    epoch = date(1970, 1, 1)
    with Record.open(record_file) as record:
        for offset in range(0, 1800, 13):
            day = date(2014, 1, 1) + timedelta(days=offset)
            number = (day - epoch).days
            drawn = {
                (columns["places"][p]["key"], columns["holders"][h]["key"], columns["standings"][s])
                for p, h, s, first, last in zip(*(columns[k] for k in ("place", "holder", "standing", "first", "last")), strict=True)
                if (first is None or first <= number) and (last is None or number <= last)
            }
            said = {(w, h.holder, h.standing) for w in ledger_places(record) for h in holders_among(record, told_of(record, w), day.isoformat())}
            assert drawn == said, day
        assert all(b.first is None or b.last is None or b.first <= b.last for b in bands_of(record, RAQQA))


def test_ledger_of_a_day(client: TestClient) -> None:
    found = get(client, "/api/ledger", on="2017-10-18", place="Raqqa")
    assert [(h["holder"]["name"], h["standing"]) for h in found["items"]] == [("River Alliance", "claimed")]
    change = found["items"][0]["accounts"][0]
    assert change["id"] == "3/c1"
    assert get(client, "/api/ledger", on="2017-10-18", place=RAQQA)["items"] == found["items"]


def test_place_actor_and_report_pages(client: TestClient) -> None:
    place = get(client, f"/api/places/{RAQQA}")
    assert (place["incidents"], place["events"], len(place["changes"]), place["figures"]) == (2, 3, 3, 2)
    assert get(client, "/api/places")["count"] == 2
    assert [p["place"]["name"] for p in get(client, "/api/places", starts="palm")["items"]] == ["Palmyra"]
    key = next(a["key"] for a in get(client, "/api/actors")["items"] if a["name"] == "River Alliance")
    actor = get(client, f"/api/actors/{key}")
    assert (actor["incidents"], actor["statements"], [h["place"]["name"] for h in actor["holds"]]) == (2, 1, ["Raqqa"])
    report = get(client, "/api/reports/3")
    assert set(report["incidents"]) == {"v1"}
    assert report["chains"]["v1"]["text"] == "Northline Agency → River Alliance"
    assert get(client, "/api/reports")["count"] == 5
    assert get(client, "/api/reports", source="coastal broadcasting")["count"] == 1


def test_words_of_the_record(client: TestClient) -> None:
    assert [f["best"] for f in get(client, "/api/figures", measure="killed")["items"]] == [40, 55]
    assert get(client, "/api/statements", speaker="Levant Watch")["items"][0]["speaker"]["name"] == "Levant Watch"
    assert get(client, "/api/events", status="denied")["items"][0]["id"] == "5/v1"
    assert get(client, "/api/events", place="country:SY", type="territory_captured")["count"] == 5
    found = get(client, "/api/search", words="raqqa took")
    assert (found["count"], found["names"]) == (3, [])
    assert [n["key"] for n in client.get("/api/names?starts=Raq").json()] == [RAQQA]
    assert get(client, "/api/explain/3/v1")["chain"]["text"] == "Northline Agency → River Alliance"
    towns = get(client, "/api/towns", bbox="38,35,40,37", zoom=9)
    assert "Raqqa" in {t["name"] for t in towns["items"]} or "Ar Raqqah" in {t["name"] for t in towns["items"]}
    assert [t["population"] for t in towns["items"]] == sorted((t["population"] for t in towns["items"]), reverse=True)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/nothing", 404), ("/api/incidents/99/v1", 404), ("/api/incidents/1/v9", 404), ("/api/incidents/1/x1", 422), ("/api/incidents/0/v1", 422),
        ("/api/reports/99", 404), ("/api/reports/99999999999999999999", 422), ("/api/places/geonames:1", 404), ("/api/actors/actor:nobody", 404),
        ("/api/explain/1/e99", 404), ("/api/incidents?limit=0", 422), ("/api/incidents?limit=501", 422), ("/api/incidents?cursor=xx", 400),
        ("/api/incidents?cursor=dHJ1ZQ", 400), ("/api/incidents?since=2015-02-30", 400), ("/api/incidents?since=yesterday", 422),
        ("/api/incidents?bbox=1,2,3", 422), ("/api/incidents?around=99,0", 400), ("/api/incidents?around=1,1&within_km=0", 422), ("/api/incidents?bbox=0,50,1,40", 400), ("/api/incidents?bbox=0,0,1,999", 400),
        ("/api/incidents?status=nonsense", 400), ("/api/incidents?place=Nowhereville", 404), ("/api/incidents?actor=%20", 400),
        ("/api/incidents?words=" + "a" * 201, 422), ("/api/ledger", 422), ("/api/ledger?on=2017-13-01", 400), ("/api/towns", 422),
        ("/api/towns?bbox=nan,0,1,1", 400), ("/api/search", 422), ("/api/search?words=", 422), ("/api/names?starts=%00", 200), ("/api/search?words=%22%22", 200),
        ("/api/incidents?least_confidence=2", 422), ("/api/incidents/points?x=1", 200), ("/missing.js", 404), ("/.git/config", 404), ("/..%2f..%2fetc/passwd", 404),
    ],
)  # fmt: skip
def test_wrong_requests_are_named(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    if status >= 400:
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert set(problem) == {"type", "title", "status", "wrong", "given", "mend"}
        assert problem["status"] == status
        assert problem["mend"]


def test_unchanged_answers_are_not_sent_again(client: TestClient) -> None:
    for path in ("/api/incidents/points", "/api/ledger/changes", "/api/incidents/matches?place=Raqqa"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), path
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_description_names_every_path_with_its_problems() -> None:
    described = description()
    assert json.dumps(described)
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], path
            assert "application/problem+json" in operation["responses"]["503"]["content"], (path, method)
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    stems = {"/".join(path.split("/")[:3]) for path in described["paths"]}
    assert [s for s in stems if s not in page] == []
