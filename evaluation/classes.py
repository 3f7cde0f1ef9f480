"""Labels of texts (police action, kinds of attack) from the events of a reading; the mapping is the table ``classes.tsv``."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from dateline import lexicon
from evaluation.events import predict_plover
from evaluation.harness import Body

_HAPPENED = ("occurred", "ongoing", "ended")


@cache
def _table() -> tuple[lexicon.Row, ...]:
    text = (Path(__file__).parent / "classes.tsv").read_text(encoding="utf-8")
    return tuple(lexicon.parse(text, name="classes.tsv", columns=("corpus", "label", "types", "agents"), key=("corpus", "label")))


def labels_of(corpus: str) -> Callable[[Body, Body], Body]:
    """The prediction of the labels that ``corpus`` has in the table: one is given where an event of its types, by one of its agents, happened."""
    rows = [row for row in _table() if row["corpus"] == corpus]

    def predict(reading: Body, _: Body) -> Body:
        kinds = {e["id"]: e["type"] for e in reading["entities"]}
        events = [v for v in reading["events"] if v["status"] in _HAPPENED and not v["negated"]]
        return {"labels": [row["label"] for row in rows if any(_fits(v, row, kinds) for v in events)]}

    return predict


def _fits(event: Body, row: lexicon.Row, kinds: dict[str, str]) -> bool:
    types, agents = row["types"].split("|"), row["agents"]
    if types != ["any"] and event["type"] not in types:
        return False
    by = {kinds.get(p["entity"] or "") for p in event["participants"] if p["role"] == "agent"}
    return not agents or bool(by & set(agents.split("|")))


_QUADS = {
    "Q1": ("AGREE", "CONSULT", "SUPPORT"),
    "Q2": ("COOPERATE", "AID", "CONCEDE", "RETREAT"),
    "Q3": ("DEMAND", "REQUEST", "ACCUSE", "DISAPPROVE", "REJECT", "THREATEN"),
    "Q4": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "FIGHT"),
}


def quad_class(reading: Body, record: Body) -> Body:
    """The quad class of a sentence by its PLOVER category: Q1 verbal, Q2 material cooperation, Q3 verbal, Q4 material conflict, else Q0."""
    category = predict_plover(reading, record)["event"]
    return {"label": next((quad for quad, categories in _QUADS.items() if category in categories), "Q0")}
