"""What a careful reader takes from each example report comes out of the pipeline, and what he does not take does not.

The facts stand in ``example_facts.tsv``, one a line; in a condition ``_`` stands for a space. Facts that do not hold yet are left out, not marked.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from dateline import batch
from dateline.contract import to_json
from dateline.intake.sources import find_inputs
from dateline.model import Reading
from dateline.settings import Settings

ROOT = Path(__file__).parent.parent
Body = dict[str, Any]

CONFLICT = frozenset(
    """armed_clash offensive_launched offensive_ended territory_captured territory_recaptured siege air_strike drone_strike shelling missile_attack
    suicide_bombing bombing grenade chemical_weapon attack_on_civilians massacre execution killing abduction surrender withdrawal""".split()
)

FACTS = [
    tuple(line.rstrip("\n").split("\t"))
    for line in (Path(__file__).parent / "example_facts.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="session")
def bodies() -> dict[tuple[str, int], Body]:
    """The readings of all examples as JSON, by file and number."""
    found: dict[tuple[str, int], Body] = {}
    examples = ROOT / "examples"
    for path in sorted(p for p in examples.rglob("*") if p.is_file()):
        name = str(path.relative_to(examples))
        for n, (_, reading) in enumerate(batch.read_many(batch.given(find_inputs([str(path)])), Settings()), 1):
            assert isinstance(reading, Reading), reading
            found[name, n] = to_json(reading)
    return found


@pytest.mark.parametrize("fact", FACTS, ids=lambda f: " ".join(f))
def test_fact(bodies: dict[tuple[str, int], Body], fact: tuple[str, ...]) -> None:
    name, number, word, wanted = fact
    body = bodies[name, int(number)]
    negative = word.startswith("no ")
    word = word.removeprefix("no ")
    matching = [i for i in body[word] if all(_holds(body, i, *c.split("=", 1)) for c in re.split(r" (?=\w+=)", wanted) if c)]
    assert bool(matching) != negative, matching or list(body[word])


def _names(body: Body, entity: str | None, span: Body | None = None) -> str:
    if entity is None:
        return span["text"] if span else ""
    found = next(e for e in body["entities"] if e["id"] == entity)
    return " | ".join([found["name"], found["known_as"] or "", *found["aliases"], *(m["text"] for m in found["mentions"]), span["text"] if span else ""])


def _says(body: Body, item: Body) -> str:
    told = [s for s in body["statements"] if s["id"] in item["according_to"][-1:]]
    return _names(body, told[0]["speaker"], told[0]["speaker_span"]) if told else "-"


def _holds(body: Body, item: Body, key: str, value: str) -> bool:
    value = value.replace("_", " ") if key not in ("type", "measure", "change", "act", "status") else value
    if key in ("from", "to"):
        return bool(item["when"]) and str(item["when"][key]).startswith(value)
    if key == "taken":
        return bool(item["taken"]) and str(item["taken"]["from"]).startswith(value)
    if key in ("agent", "target") and "participants" in item:
        return any(p["role"] == key and value in _names(body, p["entity"], p["span"]) for p in item["participants"])
    if key == "place":
        return value in _names(body, item["place"] if "place" in item else (item["where"] or {"entity": None})["entity"])
    if key in ("holder", "previous_holder", "speaker", "source", "target"):
        return value in _names(body, item[key], item.get("speaker_span"))
    if key == "says":
        return value in _says(body, item)
    if key == "words":
        return any(value in c["text"] for c in item["content"])
    if key == "family":
        return item["type"] in CONFLICT
    return str(item[key]) == value or (isinstance(item[key], float | int) and not isinstance(item[key], bool) and str(int(item[key])) == value)
