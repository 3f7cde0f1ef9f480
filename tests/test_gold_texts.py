"""The contract on texts made by others: every span exact, the schema held, no exception, the same bytes again and with two processes."""

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from dateline import batch
from dateline.contract import dumps
from dateline.intake import report_of
from dateline.model import Reading
from dateline.schema import reading_schema
from dateline.settings import Settings

SHARED = Path(__file__).parent.parent.parent / "shared"
GOLD = SHARED / "eval" / "dev"
WANTED = 200


def texts() -> list[tuple[str, str]]:
    """Ten texts of each file, at even distances, 200 in all."""
    chosen: list[tuple[str, str]] = []
    for path in sorted(GOLD.glob("*/*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines[:: max(1, len(lines) // 10)][:10]]
        chosen += [(f"{path.parent.name}:{row['id']}", row["text"][:6000]) for row in rows]
    return sorted(chosen)[:: max(1, len(chosen) // WANTED)][: WANTED + 20]


def spans(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        if {"start", "end", "text"} <= set(value):
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    if not GOLD.exists():
        pytest.skip(f"there is no {GOLD}: the contract was NOT held against texts made by others")
    return [dumps(item) for _, item in batch.read_many(given(), Settings())]


def given() -> Iterator[batch.Given]:
    for name, text in texts():
        yield batch.Given(name, report_of(text, id=name, published="2017-10-20"))


def test_every_reading_holds_the_schema_and_its_spans_are_exact(lines: list[str]) -> None:
    assert len(lines) >= WANTED
    validator = jsonschema.Draft202012Validator(reading_schema())
    for line in lines:
        body = json.loads(line)
        assert "refused" not in body, body
        fault = next(iter(validator.iter_errors(body)), None)
        assert fault is None, f"{body['report']['id']}: {fault.json_path if fault else ''} {fault.message[:200] if fault else ''}"
        text = body["report"]["text"]
        assert [s for s in spans(body) if text[s["start"] : s["end"]] != s["text"]] == [], body["report"]["id"]


def test_references_lead_somewhere(lines: list[str]) -> None:
    for line in lines:
        body = json.loads(line)
        ids = {part["id"] for word in ("entities", "statements", "events", "figures", "control", "relations") for part in body[word]}
        named = {s for word in ("events", "figures", "control", "relations") for part in body[word] for s in part["according_to"]}
        named |= {p["entity"] for v in body["events"] for p in v["participants"] if p["entity"]}
        named |= {x for r in body["relations"] for x in (r["source"], r["target"])}
        assert named <= ids, body["report"]["id"]


def test_two_processes_give_the_same_bytes(lines: list[str]) -> None:
    again = [dumps(item) for _, item in batch.read_many(given(), Settings(), jobs=2)]
    assert all(isinstance(item, str) for item in again)
    different = [json.loads(a)["report"]["id"] for a, b in zip(lines, again, strict=True) if a != b]
    assert different == []


def test_the_seed_report_comes_out_as_a_careful_reader_has_it() -> None:
    """At least 60 of the 64 facts of the seed report hold."""
    if not (SHARED / "seed").exists():
        pytest.skip("there is no ../shared/seed: the seed report was NOT checked")
    import subprocess
    import sys

    path = next((SHARED / "seed").glob("*.txt"))
    reading = next(item for _, item in batch.read_many(batch.given(find(path)), Settings()))
    assert isinstance(reading, Reading)
    done = subprocess.run([sys.executable, str(SHARED / "seed" / "seed_facts.py")], input=dumps(reading), capture_output=True, text=True, check=False)
    held = int(done.stdout.strip().splitlines()[-1].split()[0])
    assert held >= 60, done.stdout


def find(path: Path) -> list:
    from dateline.intake.sources import find_inputs

    return list(find_inputs([str(path)]))
