"""What an event type is called where people read it: the label of its row in the ontology."""

from __future__ import annotations

from functools import cache

from dateline.lexicon import load

_COLUMNS = ("id", "label", "definition", "example", "plover", "plover_mode", "cameo", "acled", "acled_sub", "ucdp")


@cache
def _labels() -> dict[str, str]:
    return {row["id"]: row["label"] for row in load("ontology.tsv", columns=_COLUMNS, key=("id",))}


def label_of(kind: str) -> str:
    """The label of an event type; a type that this version does not know keeps its own words."""
    return _labels().get(kind) or kind.replace("_", " ")
