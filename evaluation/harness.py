"""Run the shipped pipeline on a corpus, turn its readings into the scorers' form, and call the scorers."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.contract import to_json
from dateline.errors import InputError
from dateline.intake import report_of
from dateline.model import Reading, Refused, Report
from dateline.pipeline import World, readings

Body = dict[str, Any]
Predict = Callable[[Body, Body], Body]
"""From a reading's JSON and the gold record's public part (id, text) to the prediction of a scorer's form."""

_GIVEN = ("id", "corpus", "text", "title", "source", "url", "dct", "publisher", "doc_id", "topic")
"""What of a gold record an adapter may see: what a user would have, and ids; no gold."""


Across = Callable[[Sequence[Body]], list[Body]]
"""From all documents of a corpus (id, text, and the mentions that are given) to the predictions, one a document."""
Measure = Callable[[Sequence[Body], Sequence[Body]], Body]


@dataclass(frozen=True)
class Adapter:
    """How one scorer is fed from a corpus: the scorer's name, the prediction of one record, options of the scorer."""

    scorer: str
    predict: Predict | None
    options: tuple[str, ...] = ()
    name: str | None = None
    """Key in the results where one scorer is called twice on a corpus."""
    across: Across | None = None
    """In place of ``predict``: the predictions of all documents together."""
    asked: Callable[[Body], Body] | None = None
    """What the corpus's own task gives beside the text, from a gold record: the place of the event that is asked about."""
    measure: Measure | None = None
    """In place of a scorer: the figures of all gold records and readings of a file."""
    gold: Callable[[Body], Body] | None = None
    """The part of a gold record that is asked for, where not all of it is."""


def given_part(record: Body) -> Body:
    """The part of a gold record that a user would have."""
    return {k: record[k] for k in _GIVEN if record.get(k) is not None}


_TOKENISED = frozenset({"conflibert_re3d", "cameo_ner"})
"""Corpora whose sentences come as tokens joined by spaces, as no report is written."""


def written(text: str) -> str:
    """A sentence of tokens as it is written: "Iraq’ s", "20, 000" and "al - Qaida" without the spaces."""
    text = re.sub(r"(?<=\w) ?([’']) ?(?=(?:s|re|ve|ll|d|m|t|esh)\b)", r"\1", text)
    text = re.sub(r"(?<=\d)([.,]) (?=\d)", r"\1", text)
    return re.sub(r"(?<=\w) - (?=\w)", "-", text)


def read_record(record: Body, world: World) -> Body:
    """The reading, as JSON, of a gold record's text, with its title, address, outlet and date where it has them."""
    try:
        report = _report(record)
    except InputError:
        # A user would be told that there is nothing to read in it: an empty reading.
        return dict(to_json(Reading(report=Report(id=record["id"], text=record["text"]))))
    item = next(readings([report], world))
    if isinstance(item, Refused):
        print(f"  {record['id']}: {item.reason}", file=sys.stderr)
        item = Reading(report=report)
    body: Body = to_json(item)
    return body


def _report(record: Body) -> Report:
    return report_of(
        written(record["text"]) if record.get("corpus") in _TOKENISED else record["text"],
        title=record.get("title"),
        source=record.get("publisher") or (record.get("source") if isinstance(record.get("source"), str) else None),
        url=record.get("url"),
        published=_iso_day(record.get("dct")),
        language="en",
        id=record["id"],
    )


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _iso_day(words: str | None) -> str | None:
    """A corpus's date as an ISO day, or None where it has no whole day in it."""
    if not words:
        return None
    if found := re.search(r"\d{4}-\d{2}-\d{2}", words):
        return found.group()
    if found := re.search(r"\b([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}),? (\d{4})\b", words):
        month = found.group(1).lower()
        return f"{found.group(3)}-{_MONTHS.index(month) + 1:02}-{int(found.group(2)):02}" if month in _MONTHS else None
    return None


def records(path: Path, *, limit: int | None = None) -> Iterator[Body]:
    """The gold records of a file."""
    with path.open(encoding="utf-8") as lines:
        for n, line in enumerate(lines):
            if limit is not None and n >= limit:
                return
            yield json.loads(line)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a hand-made table, without its comments."""
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))


def records_named(data: Path, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], Body]:
    """The gold records that are wanted, by file (relative to ``data``) and id."""
    files = sorted({file for file, _ in wanted})
    return {(file, row["id"]): row for file in files for row in records(data / file) if (file, row["id"]) in wanted}


def evaluate(path: Path, adapters: list[Adapter], score: Path, world: World, *, limit: int | None = None) -> dict[str, Any]:
    """The scorers' figures for one gold file, by scorer."""
    rows = list(records(path, limit=limit))
    readings: list[Body] = []
    for n, row in enumerate(rows if any(a.predict or a.measure for a in adapters) else (), 1):
        readings.append(read_record(row, world))
        if n % 100 == 0:
            print(f"  {path.parent.name}/{path.stem}: {n} of {len(rows)}", file=sys.stderr)
    return {adapter.name or adapter.scorer: _score(adapter, rows, readings, score) for adapter in adapters}


def _score(adapter: Adapter, rows: list[Body], readings: list[Body], score: Path) -> Any:
    if adapter.measure is not None:
        return adapter.measure(rows, readings)
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"
        _write(gold, [adapter.gold(row) for row in rows] if adapter.gold else rows)
        _write(predicted, [{"id": row["id"], **part} for row, part in zip(rows, _predictions(adapter, rows, readings), strict=True)])
        command = [sys.executable, str(score / f"score_{adapter.scorer}.py"), "--json", *adapter.options, str(gold), str(predicted)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        return {"error": done.stderr.strip().splitlines()[-1:] or ["no output"]}
    return json.loads(done.stdout)


def _predictions(adapter: Adapter, rows: list[Body], readings: list[Body]) -> list[Body]:
    if adapter.across is not None:
        return adapter.across([{"id": r["id"], "text": r["text"], "events": [{k: e[k] for k in ("start", "end", "text")} for e in r["events"]]} for r in rows])
    assert adapter.predict is not None
    asked = adapter.asked or (lambda row: {})
    return [adapter.predict(reading, {**given_part(row), **asked(row)}) for row, reading in zip(rows, readings, strict=True)]


def _write(path: Path, rows: list[Body]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
