"""Corrections laid over a reading: they find their value again by its words, in whatever order readings come, or say why not."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.contract import from_json, to_json
from dateline.record.anchors import ADDED, anchors_for, quote_of, relocate, word_of
from dateline.record.corrected import Line, corrected, standing, undone
from dateline.record.references import drop
from readings import faults

Body = dict[str, Any]

SENTENCES = (
    "Rebels of the Northern Front took Ansar on Monday, the army said.",
    "Nine people were killed in the shelling of Derin.",
    "The Harbour Brigade left Ansar two days later.",
    "Soldiers of the army hold the bridge at Tavil.",
)


def span(text: str, words: str) -> Body:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def entity(number: int, kind: str, type_: str, name: str, text: str) -> Body:
    mentions, at = [], text.find(name)
    while at >= 0:
        mentions.append({"start": at, "end": at + len(name), "text": name, "form": "name"})
        at = text.find(name, at + 1)
    return {"id": f"e{number}", "kind": kind, "type": type_, "name": name, "known_as": None, "country": None, "mentions": mentions,
            "lat": None, "lon": None, "geonames_id": None, "aliases": []}  # fmt: skip


def event(number: int, kind: str, trigger: str, agent: tuple[int, str] | None, sentence: int, text: str) -> Body:
    people = [{"role": "agent", "entity": f"e{agent[0]}", "span": span(text, agent[1])}] if agent else []
    return {"id": f"v{number}", "type": kind, "trigger": span(text, trigger), "participants": people, "where": None, "when": None, "status": "occurred",
            "negated": False, "according_to": [], "figures": [], "sentence": span(text, SENTENCES[sentence]),
            "codes": {"plover": None, "cameo": None, "acled": {"event_type": None, "sub_event_type": None}, "ucdp": None}, "confidence": 0.7}  # fmt: skip


def reading(*, before: str = "", first: int = 1) -> tuple[Body, dict[str, list[Body]]]:
    """A reading of the sentences; ``before`` stands before them, and ids are counted from ``first``."""
    text = before + " ".join(SENTENCES)
    n = first
    parts: dict[str, list[Body]] = {
        "entities": [
            entity(n, "actor", "armed_group", "Northern Front", text), entity(n + 1, "place", "town", "Ansar", text),
            entity(n + 2, "place", "town", "Derin", text), entity(n + 3, "actor", "armed_group", "Harbour Brigade", text),
            entity(n + 4, "actor", "military", "army", text), entity(n + 5, "place", "town", "Tavil", text),
        ],
        "statements": [{"id": f"s{n}", "speaker": f"e{n + 4}", "speaker_span": span(text, "the army"), "cue": span(text, "said"),
                        "content": [span(text, "Rebels of the Northern Front took Ansar on Monday")], "mode": "indirect", "act": "say", "addressee": None,
                        "medium": None, "language": None, "when": None, "within": None, "section": 0}],
        "events": [
            event(n, "territory_captured", "took", (n, "Northern Front"), 0, text), event(n + 1, "shelling", "shelling", None, 1, text),
            event(n + 2, "withdrawal", "left", (n + 3, "Harbour Brigade"), 2, text),
        ],
        "figures": [{"id": f"f{n}", "measure": "killed", "low": 9, "best": 9, "high": 9, "approximate": False, "share": None, "unit": "people", "of": "people",
                     "who": None, "where": None, "when": None, "according_to": [], "span": span(text, "Nine people"), "event": f"v{n + 1}", "confidence": 0.8}],
        "control": [
            {"id": f"c{n}", "place": f"e{n + 1}", "holder": f"e{n}", "previous_holder": None, "change": "captured", "when": None, "status": "occurred",
             "according_to": [f"s{n}"], "span": span(text, "took"), "confidence": 0.6},
            {"id": f"c{n + 1}", "place": f"e{n + 5}", "holder": f"e{n + 4}", "previous_holder": None, "change": "held", "when": None, "status": "ongoing",
             "according_to": [], "span": span(text, "hold"), "confidence": 0.6},
        ],
        "relations": [], "times": [], "images": [],
    }  # fmt: skip
    parts["events"][1]["figures"] = [f"f{n}"]
    report = {"id": "r", "text": text, "source": "The Post", "url": None, "title": None, "authors": [], "contributors": [], "language": "en",
              "published": {"date": "2015-05-20", "basis": "metadata", "spans": [], "note": None},
              "sections": [{"kind": "paragraph", "start": 0, "end": len(text)}], "repairs": []}  # fmt: skip
    return report, parts


REPORT, PARTS = reading()


def line(n: int, verb: str, item: str | None = None, field: str | None = None, value: Any = None, *, target: int | None = None, who: str = "A. Reader",
         report: Body = REPORT, parts: dict[str, list[Body]] = PARTS) -> Line:  # fmt: skip
    anchors = anchors_for(word_of(item) if item else None, item, value, parts, report["text"])
    return Line(n, verb, "key", 1, item, field, None, value, anchors, None, who, "2026-01-01T00:00:00Z", "", target)


def one(view: Any, name: str) -> Body:
    return next(b for b in view.parts[word_of(name)] if b["id"] == name)


def whole(view: Any) -> list[str]:
    """What is wrong with a view as a reading."""
    return faults(from_json({"report": view.report, **view.parts}))


def test_the_reading_of_these_tests_holds_the_contract() -> None:
    assert faults(from_json({"report": REPORT, **PARTS})) == []


def test_a_change_stands_in_the_place_of_the_machines_value_and_keeps_that_beside() -> None:
    given_ = deepcopy(PARTS)
    view = corrected(REPORT, PARTS, [line(1, "change", "v1", "status", "denied")])
    assert (one(view, "v1")["status"], view.effects[1].machine) == ("denied", {"status": "occurred"})
    assert given_ == PARTS, "the machine's reading itself is not changed"


def test_a_changed_type_brings_its_codes_along() -> None:
    assert one(corrected(REPORT, PARTS, [line(1, "change", "v2", "type", "air_strike")]), "v2")["codes"]["cameo"] == "195"


@pytest.mark.parametrize("name", ["v2", "f1", "e1", "e5", "s1", "c1"])
def test_what_is_rejected_is_gone_with_all_that_names_it(name: str) -> None:
    view = corrected(REPORT, PARTS, [line(1, "reject", name)])
    assert name not in {b["id"] for items in view.parts.values() for b in items}
    assert whole(view) == []


def test_merge_makes_two_entities_one_and_split_parts_them() -> None:
    view = corrected(REPORT, PARTS, [line(1, "merge", "e1", None, "e4")])
    assert one(view, "v3")["participants"][0]["entity"] == "e1"
    assert len(one(view, "e1")["mentions"]) == 2
    mention = PARTS["entities"][1]["mentions"][1]
    parted = corrected(REPORT, PARTS, [line(1, "split", "e2", None, {"mentions": [mention], "name": "Ansar (the other)"})])
    assert [m["start"] for m in one(parted, f"e{ADDED + 1}")["mentions"]] == [mention["start"]]
    assert whole(view) == whole(parted) == []


@pytest.mark.parametrize("first", [1, 4, 6, 40])
def test_a_line_on_what_was_merged_means_what_it_became_part_of(first: int) -> None:
    log = [line(1, "merge", "v1", None, "v3"), line(2, "change", "v3", "status", "denied"), line(3, "merge", "e4", None, "e1"),
           line(4, "change", "c2", "holder", "e1"), line(5, "change", "v2", "status", "possible")]  # fmt: skip
    report, parts = reading(first=first)
    view = corrected(report, parts, log)
    assert all(e.fits for e in view.effects.values())
    assert [(b["id"], b["status"]) for b in view.parts["events"]] == [(f"v{first}", "denied"), (f"v{first + 1}", "possible")]
    assert one(view, f"c{first + 1}")["holder"] == f"e{first + 3}"
    assert whole(view) == []


def test_a_line_on_what_was_merged_into_a_rejected_value_says_so() -> None:
    view = corrected(REPORT, PARTS, [line(1, "merge", "v1", None, "v3"), line(2, "reject", "v1"), line(3, "change", "v3", "status", "denied")])
    assert (view.effects[3].fits, view.effects[3].reason) == (False, "what it became part of was taken out")
    assert [b["id"] for b in view.parts["events"]] == ["v2"]


def test_an_undo_that_is_undone_counts_no_more() -> None:
    log = [line(1, "change", "v1", "status", "denied"), line(2, "undo", target=1), line(3, "undo", target=2), line(4, "undo", target=3)]
    taken = [sorted(undone(log[:n])) for n in range(1, 5)]
    assert taken == [[], [1], [2], [1, 3]]
    assert [[x.n for x in standing(log[:n])] for n in range(1, 5)] == [[1], [], [1], []]


@pytest.mark.parametrize(
    ("before", "first", "how"),
    [("", 1, "exact"), ("", 40, "exact"), ("Updated at noon. ", 1, "moved"), ("Updated at noon. ", 7, "moved")],
)  # fmt: skip
def test_other_ids_and_other_offsets_keep_every_correction(before: str, first: int, how: str) -> None:
    log = [
        line(1, "change", "v1", "status", "denied"), line(2, "change", "c2", "holder", "e4"), line(3, "reject", "f1"),
        line(4, "change", "v2", "where", {"entity": "e3", "relation": "in", "lat": None, "lon": None, "radius_km": None, "span": span(REPORT["text"], "Derin")}),
    ]  # fmt: skip
    report, parts = reading(before=before, first=first)
    view = corrected(report, parts, log)
    assert {e.how for e in view.effects.values()} == {how}
    assert one(view, f"v{first}")["status"] == "denied"
    assert one(view, f"c{first + 1}")["holder"] == f"e{first + 3}"
    assert one(view, f"v{first + 1}")["where"]["entity"] == f"e{first + 2}"
    assert view.parts["figures"] == []
    assert whole(view) == []


def gone(parts: dict[str, list[Body]]) -> None:
    parts["control"][0]["place"] = "e3"
    parts["control"][0]["change"] = "besieged"


def twice(parts: dict[str, list[Body]]) -> None:
    parts["control"].append({**parts["control"][0], "id": "c9"})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda parts: parts["control"].pop(0), "nothing of the kind"),
        (gone, "something else is read"),
        (twice, "several values"),
        (lambda parts: parts["entities"].pop(3), "it names a value that is not read"),
    ],
)  # fmt: skip
def test_a_correction_that_no_longer_fits_says_why_and_bends_nothing(change: Any, reason: str) -> None:
    report, parts = reading()
    change(parts)
    for part in parts["events"]:
        part["participants"] = []
    before = deepcopy(parts)
    view = corrected(report, parts, [line(1, "change", "c1", "holder", "e4")])
    assert not view.effects[1].fits
    assert reason in view.effects[1].reason
    assert view.parts == before


def test_words_said_twice_after_an_edit_are_not_guessed_at() -> None:
    text = "The army left. The army left."
    assert relocate(quote_of("The army left.", 4, 8), text) is None
    assert relocate(quote_of("X. The army left. Y", 7, 11), "Z. The army left. Y") == (7, 11)
    assert relocate(quote_of("X. The army left. Y", 7, 11), "The army left. Then: X. The army left. Y") == (28, 32)
    assert relocate(quote_of("The army took Ansar.", 9, 13), "The army took Derin.") is None


def test_an_accepted_value_outlives_a_reading_that_says_otherwise() -> None:
    log = [line(1, "accept", "v1", None, {"type": "territory_captured", "status": "occurred"})]
    report, parts = reading(first=3)
    parts["events"][0]["type"] = "withdrawal"
    view = corrected(report, parts, log)
    assert (one(view, "v3")["type"], view.effects[1].machine) == ("territory_captured", {"type": "withdrawal"})


STATUSES = st.sampled_from(["denied", "possible", "planned", "occurred"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("status"), st.sampled_from(["v1", "v2", "v3"]), STATUSES),
        st.tuples(st.just("holder"), st.sampled_from(["c1", "c2"]), st.sampled_from(["e1", "e4", "e5"])),
        st.tuples(st.just("reject"), st.sampled_from(["v1", "v2", "f1", "c1", "c2", "e4", "e6"]), st.none()),
        st.tuples(st.just("merge"), st.sampled_from(["e1", "e4", "e5"]), st.sampled_from(["e1", "e4", "e5"])),
        st.tuples(st.just("undo"), st.integers(1, 12), st.none()),
    ),
    max_size=12,
)  # fmt: skip


def log_of(steps: list[tuple[str, Any, Any]]) -> list[Line]:
    """A log as a person could have written it: each line on what the view then showed."""
    log: list[Line] = []
    for what, item, value in steps:
        view = corrected(REPORT, PARTS, log)
        there = {b["id"] for items in view.parts.values() for b in items}
        n = len(log) + 1
        if what == "undo":
            if item < n:
                log.append(line(n, "undo", target=item))
        elif item in there and (value is None or not value.startswith("e") or (value in there and value != item)):
            field = what if what in ("status", "holder") else None
            verb = "change" if field else what
            log.append(line(n, verb, item, field, value, parts=view.parts))
    return log


def renamed(view: Any, by: int) -> dict[str, list[Body]]:
    """The view's parts with ids counted from elsewhere."""
    names = {b["id"]: f"{b['id'][0]}{int(b['id'][1:]) - by}" for items in view.parts.values() for b in items}

    def inner(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: inner(v) for k, v in value.items()}
        if isinstance(value, list):
            return [inner(v) for v in value]
        return names.get(value, value) if isinstance(value, str) else value

    return {word: inner(items) for word, items in view.parts.items()}


@settings(max_examples=80, deadline=None)
@given(steps=STEPS, shift=st.integers(0, 50))
@example(steps=[("merge", "e4", "e1"), ("reject", "e6", None)], shift=5).via(
    "the id of what was merged is another value's in the reading that the log was written on"
)
@example(steps=[("merge", "e5", "e4"), ("undo", 1, None), ("holder", "c1", "e4"), ("undo", 2, None)], shift=1).via("a line on what is merged again since")
def test_a_log_gives_the_same_view_of_every_reading_that_reads_the_same(steps: list[tuple[str, Any, Any]], shift: int) -> None:
    log = log_of(steps)
    here = corrected(REPORT, PARTS, log)
    report, parts = reading(first=1 + shift)
    there = corrected(report, parts, log)
    assert renamed(there, shift) == here.parts
    assert {n: e.fits for n, e in there.effects.items()} == {n: e.fits for n, e in here.effects.items()}
    assert whole(here) == []


@settings(max_examples=60, deadline=None)
@given(steps=STEPS, lost=st.sets(st.sampled_from(["v1", "v2", "v3", "c1", "c2", "e1", "e4", "f1"])), before=st.sampled_from(["", "Updated at noon. "]))
def test_no_line_is_lost_and_none_is_bent_to_another_value(steps: list[tuple[str, Any, Any]], lost: set[str], before: str) -> None:
    log = log_of(steps)
    report, parts = reading(before=before)
    for name in sorted(lost):
        drop(parts, name)
    view = corrected(report, parts, log)
    assert set(view.effects) == {x.n for x in standing(log)}
    assert whole(view) == []
    for x in standing(log):
        effect = view.effects[x.n]
        assert effect.fits or effect.reason
        if effect.fits and effect.item is not None and x.verb == "change":
            seen = x.anchors["item"]["quotes"][0]["text"]
            shown = {s["text"] for b in parts[word_of(effect.item) or ""] if b["id"] == effect.item for s in (b.get("trigger"), b.get("span")) if s}
            assert shown <= {seen}
    assert to_json(from_json({"report": view.report, **view.parts}))
