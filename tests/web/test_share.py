"""A selection as one object and as one page: whole, coarse where asked, without private names where asked, and harmless whatever a report says."""

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.errors import UsageError
from dateline.model import Entity, Mention, Reading
from dateline.record.store import Record, digest_of
from dateline.web import share
from dateline.web.blackout import BLOCK
from dateline.web.excerpt import Excerpt
from dateline.web.private import Hidden, hidden, private_names, public_names
from dateline.web.rounding import rounded
from dateline.web.shapes_record import ActorDetail, PlaceDetail
from dateline.web.view import View
from factories import actor, captured, day
from web_served import app_of

HOSTILE = "</script><script>alert(1)</script><!-- ]]> & \u202e \u2028"


def test_a_selection_holds_all_that_its_pages_open(client: TestClient) -> None:
    found = client.get("/api/export/dossier", params={"place": "Raqqa", "title": "Raqqa"}).json()
    answers = found["answers"]
    assert (found["count"], found["title"]) == (2, "Raqqa")
    assert {p for p in answers if re.fullmatch(r"/api/reports/\d+", p)} == {"/api/reports/1", "/api/reports/2", "/api/reports/3"}
    for row in answers["/api/incidents"]["items"]:
        report, event = row["id"].removeprefix("incident:").split("/")
        detail = answers[f"/api/incidents/{report}/{event}"]
        assert detail["row"] == row["row"]
        for telling in detail["events"]:
            assert f"/api/explain/{telling['id']}" in answers
        assert f"/api/places/{row['where']['key']}" in answers
        assert all(f"/api/actors/{a['key']}" in answers for a in row["actors"])
    points, ledger = answers["/api/incidents/points"], answers["/api/ledger/changes"]
    assert points["count"] == len(points["id"]) == 2
    assert [p["name"] for p in ledger["places"]] == ["Raqqa"]
    assert all(ledger["places"][n]["name"] == "Raqqa" for n in points["place"])
    assert answers["/api/meta"]["counts"]["reports"] == 3
    assert answers["/api/figures"]["count"] == 2


@pytest.mark.parametrize(
    ("query", "places", "actors", "holders", "told"),
    [
        ({"until": "2014-12-31"}, [("Raqqa", 2, 2, 2)], [("Northern Front", 2, 2, 0)], ["Northern Front"], {1, 2}),
        ({"since": "2017-10-01"}, [("Raqqa", 1, 1, 1)], [("River Alliance", 1, 1, 1)], ["River Alliance"], {3}),
        ({"place": "Palmyra"}, [("Palmyra", 2, 2, 2)], [("Northern Front", 2, 1, 1), ("River Alliance", 1, 1, 0)], ["Northern Front", "River Alliance"], {4, 5}),
        ({}, [("Palmyra", 2, 2, 2), ("Raqqa", 3, 3, 3)], [("Northern Front", 4, 3, 1), ("River Alliance", 2, 2, 1)], ["Northern Front", "River Alliance"], {1, 2, 3, 4, 5}),
    ],
)  # fmt: skip
def test_a_selection_tells_of_its_own_incidents_only(
    client: TestClient, query: dict[str, str], places: list[object], actors: list[object], holders: list[str], told: set[int]
) -> None:
    answers = client.get("/api/export/dossier", params=query).json()["answers"]
    found = answers["/api/places"]["items"]
    assert sorted((p["place"]["name"], p["reports"], p["events"], p["control"]) for p in found) == places
    assert sorted((a["name"], a["reports"], a["events"], a["statements"]) for a in answers["/api/actors"]["items"]) == actors
    assert sorted(h["name"] for h in answers["/api/ledger/changes"]["holders"]) == holders
    details = {path: PlaceDetail.model_validate(body).model_dump(mode="json") for path, body in answers.items() if path.startswith("/api/places/")}
    people = {path: ActorDetail.model_validate(body).model_dump(mode="json") for path, body in answers.items() if path.startswith("/api/actors/")}
    assert len(details) == len(places)
    assert {c["report"] for d in details.values() for c in d["changes"]} == told
    accounts = [c for one in people.values() for h in one["holds"] for c in h["accounts"]]
    assert {c["report"] for c in accounts} <= told
    assert any(one["holds"] for one in people.values())
    assert {n for d in details.values() for c in d["changes"] for n in [d["report"] for d in c["denials"]]} <= told
    assert all(sum(alias["reports"] for alias in one["aliases"]) <= len(told) for one in people.values())


def test_who_is_told_of_beside_a_selection_is_not_named_in_it(client: TestClient) -> None:
    raw = client.get("/api/export/dossier", params={"since": "2017-10-01"}).text
    assert "River Alliance" in raw
    assert not re.search("Northern Front|Palmyra|Levant Watch|Coastal Broadcasting", raw)


def test_a_denial_in_a_report_that_is_not_in_the_file_is_not_told(tmp_path: Path) -> None:
    told = (
        captured("Northern Front", "Palmyra", day("2015-05-20"), says="Levant Watch", published="2015-05-21", source="Coastal Broadcasting"),
        captured("Northern Front", "Palmyra", day("2015-05-20"), status="denied", says="River Alliance", published="2015-05-22", source="Northline Agency"),
    )
    with Record.open(tmp_path / "record.db", create=True) as record:
        for n, reading in enumerate(told):
            record.add(reading, key=f"r{n}", digest=digest_of(reading.report), source_name=f"r{n}.txt", reader="0.1.0")
        part = View([], "r", ready=0, of=0)
        whole, first = (Excerpt(record, part, reports, ["1/v1", "2/v1"]) for reports in ([1, 2], [1]))
        key = whole.places[0]
        assert {b["standing"] for b in whole.place(key)["bands"]} != {b["standing"] for b in first.place(key)["bands"]}
        assert "River Alliance" in json.dumps(whole.place(key))
        assert "River Alliance" not in json.dumps(first.place(key))


@pytest.mark.parametrize(("query", "status"), [({"place": "Nowhere at all"}, 404), ({"type": "siege"}, 404), ({"round": "0"}, 422), ({"round": "nan"}, 422)])
def test_selections_that_cannot_be(client: TestClient, query: dict[str, str], status: int) -> None:
    assert client.get("/api/export/dossier", params=query).status_code == status


def test_coordinates_are_coarse_everywhere(client: TestClient) -> None:
    raw = client.get("/api/export/dossier", params={"round": "0.5", "place": "Raqqa"}).text
    found = json.loads(raw)
    seen: list[float] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for key, one in value.items():
                if key in ("lat", "lon"):
                    seen.extend(v for v in (one if isinstance(one, list) else [one]) if v is not None)
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(found["answers"])
    assert len(seen) > 10
    assert [v for v in seen if v * 2 != int(v * 2)] == []
    assert "35.95" not in raw
    assert min(r for r in found["answers"]["/api/incidents/points"]["radius_km"] if r is not None) >= 39


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"lat": 35.95, "lon": 39.01}, {"lat": 36.0, "lon": 39.0}), ({"lat": None, "lon": None}, {"lat": None, "lon": None}),
        ({"lat": [35.95, None]}, {"lat": [36.0, None]}), ({"lat": 1.0, "radius_km": 100.0}, {"lat": 1.0, "radius_km": 100.0}),
        ({"lat": 1.01, "radius_km": None}, {"lat": 1.0, "radius_km": 39.3}), ([{"x": "35.95"}], [{"x": "35.95"}]),
    ],
)  # fmt: skip
def test_rounding(given: object, wanted: object) -> None:
    assert rounded(given, 0.5) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Amal Haddad fled.", "████ ██████ fled."),
        ("AMAL HADDAD fled.", "████ ██████ fled."),
        ("Haddad's brother", "██████'s brother"),
        ("Amal\nHaddad", "████\n██████"),
        ("Amal-Haddad", "████-██████"),
        ("The haddad of the village", "The haddad of the village"),
        ("Haddadi stayed", "Haddadi stayed"),
        ("person:amal haddad", "person:hidden 1"),
        ("https://news.example/amal-haddad-fled", ""),
        ("https://news.example/other", "https://news.example/other"),
    ],
)
def test_names_are_blacked_out_character_by_character(text: str, wanted: str) -> None:
    people = [Hidden("person:amal haddad", ("Amal Haddad",))]
    assert hidden({"a": [text]}, people) == {"a": [wanted]}
    assert len(wanted) in (len(text), 0) or text.startswith("person:")


@pytest.mark.parametrize("key", ["place::haddad", "place:SY:dar haddad", "actor:amalhaddadpostexample", "house:daily haddad", "other:amal haddad fund"])
def test_keys_that_are_made_of_a_name_tell_nothing_and_stay_apart(key: str) -> None:
    people = [Hidden("person:amal haddad", ("Amal Haddad",))]
    given = {f"/api/places/{key}": [key, key], "other": ["house:haddad news", "place:SY:raqqa", "actor:omar_nasr", "place: the haddad"]}
    shown = hidden(given, people)
    made = f"{key.partition(':')[0]}:hidden 2"
    assert shown == {f"/api/places/{made}": [made, made], "other": ["house:hidden 3", "place:SY:raqqa", "actor:omar_nasr", "place: the haddad"]}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Omar Nasr met Omar Haddad.", "Omar Nasr met ████ ██████."),
        ("Omar said that Nasr left.", "████ said that Nasr left."),
        ("Omar  Nasr’s brother Haddad", "Omar  Nasr’s brother ██████"),
    ],
)
def test_a_public_name_stays_whole_where_a_private_person_shares_a_part_of_it(text: str, wanted: str) -> None:
    assert hidden(text, [Hidden("person:omar haddad", ("Omar Haddad",))], ["Omar Nasr", "Someone Else"]) == wanted


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("President Bashar Nasr spoke", 0), ("the Syrian president Bashar Nasr spoke", 0), ("Lt. Gen. Bashar Nasr spoke", 0), ("Mayor Bashar Nasr spoke", 0),
        ("Mr. Bashar Nasr spoke", 1), ("Sergeant Bashar Nasr spoke", 1), ("Sheikh Bashar Nasr spoke", 1), ("the vice-president, Bashar Nasr spoke", 1),
        ("Bashar Nasr spoke", 1), ("the wife of the mayor met Bashar Nasr", 1),
    ],
)  # fmt: skip
def test_who_holds_an_office_by_the_title_before_the_name_is_no_private_person(tmp_path: Path, words: str, people: int) -> None:
    from dataclasses import replace

    reading = captured("Northern Front", "Raqqa", day("2014-01-12"), says=None)
    text = f"{reading.report.text} {words}."
    at = text.index("Bashar Nasr")
    person = Entity("e5", "person", "person", "Bashar Nasr", mentions=(Mention(at, at + 11, "Bashar Nasr", "name"),))
    made = replace(reading, report=replace(reading.report, text=text), entities=(*reading.entities, person))
    with Record.open(tmp_path / "record.db", create=True) as record:
        record.add(made, key="h", digest=digest_of(made.report), source_name="h.txt", reader="0.1.0")
        assert len(private_names(record, [1])) == people
        assert public_names(record, [1]) == ([] if people else ["Bashar Nasr"])


def hostile_record(path: Path) -> None:
    reading = captured("Northern Front", "Raqqa", day("2014-01-12"), says=None)
    text = reading.report.text + f" Amal Haddad, a teacher, fled with General Omar Nasr. {HOSTILE}"
    teacher = text.index("Amal Haddad")
    general = text.index("Omar Nasr")
    people = (
        Entity("e5", "person", "person", "Amal Haddad", mentions=(Mention(teacher, teacher + 11, "Amal Haddad", "name"),)),
        Entity("e6", "person", "person", "Omar Nasr", known_as="omar_nasr", mentions=(Mention(general, general + 9, "Omar Nasr", "name"),)),
    )
    from dataclasses import replace

    made: Reading = replace(reading, report=replace(reading.report, text=text, title=HOSTILE, source=HOSTILE), entities=(*reading.entities, *people))
    with Record.open(path, create=True) as record:
        record.add(made, key="h", digest=digest_of(made.report), source_name="h.txt", reader="0.1.0")
    assert actor(1, "x")


def test_private_persons_are_hidden_and_public_ones_not(tmp_path: Path) -> None:
    hostile_record(tmp_path / "record.db")
    with TestClient(app_of(tmp_path / "record.db"), base_url="http://127.0.0.1") as client:
        open_ = client.get("/api/export/dossier").text
        raw = client.get("/api/export/dossier", params={"hide_private_persons": "true"}).text
    assert "Amal Haddad" in open_
    assert not re.search("amal|haddad", raw, re.IGNORECASE)
    assert "Omar Nasr" in raw
    found = json.loads(raw)
    assert found["people_hidden"] == 1
    reading = found["answers"]["/api/reports/1"]["reading"]
    mention = next(e for e in reading["entities"] if e["id"] == "e5")["mentions"][0]
    assert reading["report"]["text"][mention["start"] : mention["end"]] == mention["text"] == BLOCK * 4 + " " + BLOCK * 6


def test_the_page_takes_its_data_in_and_nothing_gets_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile_record(tmp_path / "record.db")
    (tmp_path / "one-file.html").write_text(f"<!doctype html><body>{share.PLACE}<p>page</p></body>", encoding="utf-8")
    monkeypatch.setattr(share, "static_folder", lambda: tmp_path)
    with TestClient(app_of(tmp_path / "record.db"), base_url="http://127.0.0.1") as client:
        answer = client.get("/api/export/page")
    assert answer.headers["content-disposition"].startswith("attachment")
    inside = re.findall(r'<script type="application/json" id="dossier">(.*?)</script>', answer.text, re.DOTALL)
    assert len(inside) == 1
    assert answer.text.count("</script>") == 1
    assert "<!--" not in answer.text
    assert json.loads(inside[0])["answers"]["/api/reports/1"]["reading"]["report"]["title"] == HOSTILE


def test_a_page_that_is_not_built_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share, "static_folder", lambda: tmp_path)
    with pytest.raises(UsageError, match="not built"):
        share.page({})
    (tmp_path / "one-file.html").write_text("<p>nothing</p>", encoding="utf-8")
    with pytest.raises(UsageError, match="no place"):
        share.page({})


def test_nothing_of_a_report_is_markup(tmp_path: Path) -> None:
    hostile_record(tmp_path / "record.db")
    with TestClient(app_of(tmp_path / "record.db"), base_url="http://127.0.0.1") as client:
        for path in ("/api/incidents", "/api/reports", "/api/reports/1", "/api/incidents/1/v1", "/api/search?words=script", "/api/incidents/counts"):
            answer = client.get(path)
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-type"] == "application/json"
            assert answer.headers["x-content-type-options"] == "nosniff"
