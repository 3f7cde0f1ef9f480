"""Corrections and the review over HTTP: signed, kept beside the machine's value, undone, never lost to another's; looking changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.web.accounts import Accounts
from web_served import app_of, fill

PASSWORD = "a long enough word"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestClient]:
    fill(tmp_path / "record.db")
    with TestClient(app_of(tmp_path / "record.db", who="A. Writer"), base_url="http://127.0.0.1") as made:
        made.headers["X-Dateline-CSRF"] = made.get("/api/session").json()["csrf"]
        yield made


def say(desk: TestClient, status: int = 201, **given: object) -> dict:
    answer = desk.post("/api/corrections", json={"verb": "accept", "report": 3, "item": "v1", **given})
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_change_is_signed_and_stands_beside_what_the_machine_read(desk: TestClient) -> None:
    made = say(desk, verb="change", field="status", value="denied", why="the army denies it")
    assert (made["who"], made["was"], made["value"], made["why"], made["id"]) == ("A. Writer", "occurred", "denied", "the army denies it", "3/v1")
    told = desk.get("/api/corrections/of/3/v1").json()
    assert (told["machine"]["status"], told["now"]["status"], [e["n"] for e in told["entries"]]) == ("occurred", "denied", [made["n"]])
    found = desk.app.state.desk  # type: ignore[attr-defined]
    view = found.keeper.wait(found.record())
    row = view.cards[view.row_of["incident:3/v1"]].row
    assert (row["reviewed"], row["event_status"]) == (True, "denied")
    assert desk.get("/api/incidents", params={"reviewed": "true"}).json()["count"] == 1
    back = desk.post(f"/api/corrections/{made['n']}/undo", json={"why": "a slip"})
    assert (back.status_code, back.json()["verb"]) == (201, "undo")
    assert desk.get("/api/corrections/of/3/v1").json()["now"]["status"] == "occurred"
    assert desk.post(f"/api/corrections/{made['n']}/undo", json={}).status_code == 400
    assert [e["verb"] for e in desk.get("/api/corrections").json()["items"]] == ["undo", "change"]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"report": 99}, 404), ({"item": "v99"}, 404), ({"verb": "praise"}, 400), ({"verb": "undo"}, 400), ({"verb": "change"}, 400),
        ({"verb": "change", "field": "status", "value": "nonsense"}, 400), ({"verb": "change", "field": "nothing", "value": 1}, 400),
        ({"item": "V1; DROP"}, 422), ({"more": 1}, 422), ({"why": "x" * 4001}, 422), ({"verb": "same", "other": "77/v1"}, 404),
        ({"verb": "change", "field": "status", "value": {"deep": ["er"]}}, 400),
        ({"verb": "add", "item": None, "field": "figure", "value": "x"}, 400), ({"verb": "add", "item": None, "field": "figure", "value": [1]}, 400),
        ({"verb": "change", "field": "type", "value": {"a": 1}}, 400), ({"verb": "change", "field": "type", "value": ["x"]}, 400),
        ({"verb": "change", "field": "agent", "value": [[1]]}, 400), ({"verb": "split", "value": 5}, 400),
    ],
)  # fmt: skip
def test_corrections_that_cannot_be_are_named_and_change_nothing(desk: TestClient, given: dict, status: int) -> None:
    answer = desk.post("/api/corrections", json={"verb": "accept", "report": 3, "item": "v1", **given})
    assert answer.status_code == status, answer.text
    assert answer.json()["mend"]
    assert desk.get("/api/corrections").json()["count"] == 0


def test_who_looked_before_another_spoke_is_told(desk: TestClient) -> None:
    first = say(desk, after=0)
    answer = desk.post("/api/corrections", json={"verb": "reject", "report": 3, "item": "v1", "after": 0})
    assert (answer.status_code, "A. Writer has said accept" in answer.json()["wrong"]) == (409, True)
    say(desk, verb="note", why="seen", after=first["n"])
    assert desk.get("/api/corrections").json()["count"] == 2


def test_what_one_rejected_can_still_be_opened_and_decided_by_a_third(desk: TestClient) -> None:
    before = desk.get("/api/explain/3/v1").json()
    assert before["rejected"] is False
    say(desk, verb="reject")
    after = desk.get("/api/explain/3/v1").json()
    assert after == {**before, "rejected": True}
    say(desk, verb="accept")
    assert desk.get("/api/explain/3/v1").json()["rejected"] is False
    assert desk.get("/api/explain/3/v999").status_code == 404


def test_the_queue_shortens_and_looking_changes_nothing(desk: TestClient) -> None:
    before = desk.get("/api/review/queue", params={"limit": 3}).json()
    assert before == desk.get("/api/review/queue", params={"limit": 3}).json()
    assert before["count"] == 12
    assert len(before["items"]) == 3
    seen = [i["id"] for i in before["items"]]
    after = desk.get("/api/review/queue", params={"cursor": before["next"], "limit": 50}).json()
    assert not set(seen) & {i["id"] for i in after["items"]}
    assert len(after["items"]) == 9
    item = before["items"][0]
    text = desk.get(f"/api/reports/{item['report']}").json()["reading"]["report"]["text"]
    assert item["spans"]
    assert all(text[s["start"] : s["end"]] == s["text"] for s in item["spans"])
    say(desk, report=item["report"], item=item["id"].partition("/")[2])
    left = desk.get("/api/review/queue", params={"limit": 50}).json()
    assert (left["count"], item["id"] in {i["id"] for i in left["items"]}) == (11, False)
    progress = desk.get("/api/review/progress").json()
    assert (progress["judged"], progress["people"][0]["name"]) == (1, "A. Writer")
    assert desk.get("/api/review/queue", params={"cursor": "'; DROP TABLE report"}).status_code == 400
    assert desk.get("/api/review/queue", params={"word": "nonsense"}).status_code == 400


def test_changes_need_what_only_the_page_knows(desk: TestClient) -> None:
    for value in ("", "wrong", "é" * 20):
        answer = desk.post("/api/corrections", json={"verb": "accept", "report": 3, "item": "v1"}, headers={"X-Dateline-CSRF": value.encode()})
        assert answer.status_code == 403
    assert desk.get("/api/corrections").json()["count"] == 0


def test_roles_and_two_readers(tmp_path: Path) -> None:
    fill(tmp_path / "record.db")
    team = Accounts.open(tmp_path / "record.db.accounts", create=True)
    for name, role in (("Rita", "reader"), ("Vera", "reviewer"), ("Olga", "owner")):
        team.add(name, role, PASSWORD)
    tokens = {name: team.make_token(name, "t", role, 1)["secret"] for name, role in (("Rita", "reader"), ("Vera", "reviewer"), ("Olga", "owner"))}
    looking = team.make_token("Vera", "look", "reader", 1)["secret"]
    body = {"verb": "change", "report": 3, "item": "v1", "field": "status"}
    with TestClient(app_of(tmp_path / "record.db", accounts=team), base_url="http://127.0.0.1") as client:

        def post(secret: str, value: str) -> int:
            return client.post("/api/corrections", json={**body, "value": value}, headers={"Authorization": f"Bearer {secret}"}).status_code

        assert client.post("/api/corrections", json={**body, "value": "denied"}).status_code == 401
        assert [post(tokens["Rita"], "denied"), post(looking, "denied")] == [403, 403]
        assert [post(tokens["Vera"], "denied"), post(tokens["Olga"], "possible")] == [201, 201]
        owner = {"Authorization": f"Bearer {tokens['Olga']}"}
        assert {e["who"] for e in client.get("/api/corrections", headers=owner).json()["items"]} == {"Vera", "Olga"}
        agreement = client.get("/api/review/agreement", params={"a": "Vera", "b": "Olga"}, headers=owner).json()
        assert (agreement["both"], agreement["alike"]) == (1, 0)
        conflicts = client.get("/api/review/conflicts", headers=owner).json()
        assert (conflicts["count"], conflicts["items"][0]["id"], conflicts["items"][0]["field"]) == (1, "3/v1", "status")
    assert {line["what"] for line in team.log()} >= {"change"}
    team.close()


def test_a_second_reader_judges_blind_and_each_has_a_queue_of_her_own(tmp_path: Path) -> None:
    fill(tmp_path / "record.db")
    team = Accounts.open(tmp_path / "record.db.accounts", create=True)
    for name in ("Vera", "Olga"):
        team.add(name, "reviewer", PASSWORD)
    of = {name: {"Authorization": f"Bearer {team.make_token(name, 't', 'reviewer', 1)['secret']}"} for name in ("Vera", "Olga")}
    with TestClient(app_of(tmp_path / "record.db", accounts=team), base_url="http://127.0.0.1") as client:

        def queue(who: str, *, mine: bool = True) -> dict:
            return client.get("/api/review/queue", params={"limit": 50, "mine": mine}, headers=of[who]).json()

        def post(who: str, verb: str, item: str, **more: object) -> int:
            return client.post("/api/corrections", json={"verb": verb, "report": 3, "item": item, **more}, headers=of[who]).status_code

        whole = queue("Olga")
        read = {one["id"]: one for one in whole["items"]}
        assert not any(one["second"] for one in whole["items"])
        assert [post("Vera", "reject", "v1", why="no such thing"), post("Vera", "change", "c1", field="status", value="denied")] == [201, 201]
        assert {i["id"] for i in queue("Vera")["items"]} == set(read) - {"3/v1", "3/c1"}
        assert queue("Olga", mine=False)["count"] == queue("Vera")["count"] == whole["count"] - 2
        again = queue("Olga")
        assert again["count"] == whole["count"]
        for one in again["items"]:
            assert one["entries"] == []
            assert one["second"] is (one["id"] in ("3/v1", "3/c1"))
            assert {k: v for k, v in one.items() if k not in ("second", "weight", "why")} == {
                k: read[one["id"]][k] for k in one if k not in ("second", "weight", "why")
            }
        assert "denied" not in str(next(one for one in again["items"] if one["id"] == "3/c1"))
        assert post("Olga", "accept", "v1", after=0) == 409
        assert post("Olga", "accept", "v1", after=0, as_read=True) == 201
        assert post("Olga", "reject", "v1", after=0, as_read=True) == 409  # she has judged it in another window
        assert post("Olga", "change", "c1", field="status", value="denied", after=0, as_read=True) == 201
        assert queue("Olga")["count"] == queue("Vera")["count"]
        found = client.get("/api/review/agreement", params={"a": "Vera", "b": "Olga"}, headers=of["Olga"]).json()
        assert (found["both"], found["alike"], found["kappa"]) == (2, 1, pytest.approx(1 / 3))
        conflicts = client.get("/api/review/conflicts", headers=of["Olga"]).json()["items"]
        assert [(one["id"], [(e["who"], e["verb"]) for e in one["entries"]]) for one in conflicts] == [("3/v1", [("Vera", "reject"), ("Olga", "accept")])]
        progress = client.get("/api/review/progress", headers=of["Olga"]).json()
        assert (progress["judged"], progress["of"]) == (2, whole["count"])
        assert [(one["name"], one["judged"], one["of"]) for one in progress["people"]] == [("Olga", 2, whole["count"]), ("Vera", 2, whole["count"])]
    team.close()


def test_the_queue_above_a_confidence_holds_nothing_below_it(desk: TestClient) -> None:
    whole = desk.get("/api/review/queue", params={"limit": 100}).json()
    for least in sorted({round(1 - one["doubt"], 6) for one in whole["items"]} | {0.0, 0.999}):
        sure = desk.get("/api/review/queue", params={"limit": 100, "least_confidence": least}).json()
        assert [one["id"] for one in sure["items"]] == [one["id"] for one in whole["items"] if 1 - one["doubt"] >= least - 1e-9]
        assert sure["count"] == len(sure["items"])
    assert desk.get("/api/review/queue", params={"least_confidence": 2}).status_code == 422
