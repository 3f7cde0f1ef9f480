"""The record of the example reports held against labels made by hand: which marked words tell of one incident.

python -m evaluation.example_reports [--out results/examples.json]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dateline import batch
from dateline.intake.sources import find_inputs
from dateline.record.link import Incident, incidents
from dateline.record.picture import picture_of
from dateline.record.questions import Question, load_items
from dateline.record.store import Record
from dateline.settings import Settings

Span = tuple[int, int]

ROOT = Path(__file__).parents[1]
MENTIONS = ROOT / "tests" / "record" / "incident_mentions.tsv"
SOURCES = ROOT / "tests" / "record" / "source_counts.tsv"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of an example report that a person read as telling of an incident."""

    file: str
    number: int
    incident: str
    words: str

    @property
    def plain(self) -> str:
        """The words as they stand in the report."""
        return self.words.replace("[", "").replace("]", "")

    def span_in(self, text: str) -> tuple[int, int]:
        """The marked words in the text of the report. Raises ``ValueError`` when they are not there."""
        start = text.index(self.plain) + self.words.index("[")
        return start, start + self.words.index("]") - self.words.index("[") - 1


def rows_of(path: Path) -> list[tuple[str, ...]]:
    """The rows of a file of labels."""
    return [tuple(line.split("\t")) for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def mentions() -> list[Mention]:
    """The words that were labelled."""
    return [Mention(file, int(number), incident, words) for file, number, incident, words in rows_of(MENTIONS)]


def fill(path: Path) -> Record:
    """A new record of the example reports."""
    record = Record.open(path, create=True)
    batch.ingest(find_inputs([str(ROOT / "examples")]), record, Settings())
    return record


def _reports(record: Record) -> dict[tuple[str, int], tuple[int, str]]:
    """Number and text of each report, by its file and its place there."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in record.rows("SELECT n, input, body FROM report ORDER BY n"):
        file = row["input"].split("examples/")[-1].split(":")[0].split("#")[0]
        found[file].append((row["n"], json.loads(row["body"])["text"]))
    return {(file, n): report for file, reports in found.items() for n, report in enumerate(reports, 1)}


def placed(record: Record) -> dict[Mention, Incident | None]:
    """For each labelled mention the incident that the record has its event in, or the only event of its sentence; None where no event was read there."""
    reports = _reports(record)
    at: dict[tuple[int, str], Incident] = {key: i for i in incidents(record) for key in i.events}
    events: dict[int, list[tuple[Span, Span, Incident]]] = defaultdict(list)
    for item in load_items(record, list(at), Question()):
        trigger, sentence = ((item.body[key]["start"], item.body[key]["end"]) for key in ("trigger", "sentence"))
        events[item.report].append((trigger, sentence, at[item.report, item.id]))
    found: dict[Mention, Incident | None] = {}
    for mention in mentions():
        number, text = reports[mention.file, mention.number]
        start, end = mention.span_in(text)
        told = sorted(events[number], key=lambda x: x[0])
        named = [i for (s, e), _, i in told if s < end and start < e]
        # One happening has one trigger: of "overran a base and killed 17" the other word of the sentence may bear it.
        beside = [i for _, (s, e), i in told if s <= start and end <= e]
        found[mention] = named[0] if named else beside[0] if len(beside) == 1 else None
    return found


def b_cubed(gold: Mapping[Hashable, str], given: Mapping[Hashable, str]) -> dict[str, float]:
    """B3 precision, recall and F1 of clusters given for the same things (Bagga and Baldwin 1998)."""
    wanted, made = _clusters(gold), _clusters(given)
    shared = {k: len(wanted[gold[k]] & made[given[k]]) for k in gold}
    precision = sum(shared[k] / len(made[given[k]]) for k in gold) / len(gold)
    recall = sum(shared[k] / len(wanted[gold[k]]) for k in gold) / len(gold)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(2 * precision * recall / (precision + recall), 4)}


def _clusters(names: Mapping[Hashable, str]) -> dict[str, set[Hashable]]:
    found: dict[str, set[Hashable]] = defaultdict(set)
    for key, name in names.items():
        found[name].add(key)
    return found


def incidents_found(record: Record) -> dict[str, object]:
    """B3 of the incidents over the labelled mentions that were read as events, and how many of them were."""
    where = placed(record)
    read = {m: i for m, i in where.items() if i is not None}
    return {
        "mentions": len(where),
        "read_as_events": len(read),
        "incidents_labelled": len({m.incident for m in where}),
        "b3": b_cubed({m: m.incident for m in read}, {m: i.id for m, i in read.items()}),
    }


def sources_told(record: Record, where: Mapping[Mention, Incident | None]) -> list[tuple[str, int, int | None, str]]:
    """For each incident whose sources were counted by hand: that number, the record's (None where it has no such incident), and whom it names."""
    found = []
    for label, wanted, who in rows_of(SOURCES):
        held = Counter(i.id for m, i in where.items() if m.incident == label and i is not None)
        best = next((i for i in where.values() if held and i is not None and i.id == max(sorted(held), key=lambda name: held[name])), None)
        finding = picture_of(record, best).finding if best is not None else None
        names = "; ".join(dict.fromkeys(a.voice_name for a in finding.accounts if a.stance == "asserts" and not a.echo)) if finding is not None else ""
        found.append((label, int(wanted), finding.independent if finding is not None else None, f"{who} | {names}"))
    return found


def main() -> None:
    """Measure, say where the record differs from the labels, and write the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, fill(Path(folder) / "record.db") as record:
        result: dict[str, object] = {"date": datetime.now(UTC).strftime("%Y-%m-%d"), "reports": len(_reports(record)), **incidents_found(record)}
        sources = sources_told(record, placed(record))
        result["independent_sources"] = {"incidents": len(sources), "exact": sum(wanted == given for _, wanted, given, _ in sources)}
        for label, wanted, given, names in sources:
            print(label, wanted, given, "" if wanted == given else "DIFFERS", names, sep="\t")
        for mention, incident in sorted(placed(record).items(), key=lambda pair: (pair[0].incident, pair[0].file)):
            print(mention.incident, incident.id if incident else "-", mention.file, mention.words, sep="\t")
    print(json.dumps(result, indent=1), file=sys.stderr)
    if chosen.out:
        chosen.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
