"""``python -m evaluation.actors --out results/actors.json``: who is meant, on 300 mentions judged by hand.

``actors.tsv`` names each mention by the gold file, record and offsets that it stands at, and says who is meant. Beside ours stands the
baseline: the words of the mention looked up in the who's who as they are.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dateline.aliases import fold
from dateline.pipeline import World
from dateline.whoswho import WhosWho
from evaluation.alignment import Alignment
from evaluation.harness import Body, read_record, records_named, rows_of

HERE = Path(__file__).parent
DEV = HERE.parent.parent / "shared" / "eval" / "dev"
VERDICTS = ("right", "mistyped", "missed", "wrong")


@dataclass(frozen=True)
class Judged:
    """A mention and who is meant by it."""

    file: str
    id: str
    start: int
    end: int
    gold: str


def judged(path: Path = HERE / "actors.tsv") -> list[Judged]:
    """The rows of the list."""
    return [Judged(r["file"], r["id"], int(r["start"]), int(r["end"]), r["gold"]) for r in rows_of(path)]


def at(reading: Body, start: int, end: int, align: Alignment, least: float | None = None) -> Body | None:
    """The actor or person whose mention covers these characters best."""
    best: tuple[float, Body] | None = None
    for entity in reading["entities"]:
        for mention in entity["mentions"] if entity["kind"] in ("actor", "person") else ():
            first, last = align.span(mention["start"], mention["end"])
            shared = min(last, end) - max(first, start)
            fit = shared / max(last - first, end - start)
            if shared > 0 and (best is None or fit > best[0]):
                best = (fit, entity)
    return best[1] if best and (least is None or best[0] >= least) else None


def verdict(gold: str, entity: Body | None) -> str:
    """``right``; ``mistyped``, nobody else but of a wrong type; ``missed``, left open; ``wrong``, taken for somebody else."""
    if gold == "0":
        return "right" if entity is None or not _is_somebody(entity) else "wrong"
    if entity is None:
        return "missed"
    found = [_one(alternative, entity) for alternative in gold.split("|")]
    return min(found, key=("right", "mistyped", "missed", "wrong").index)


def _one(gold: str, entity: Body) -> str:
    if gold.startswith("="):
        return "right" if entity["known_as"] == gold[1:] else "wrong" if entity["known_as"] or entity["kind"] == "person" else "missed"
    if entity["known_as"] is not None:
        return "wrong"
    if gold.startswith("~"):
        types = gold[1:].split(",")
        kind = "person" if entity["kind"] == "person" else entity["type"]
        return "right" if kind in types else "mistyped"
    name, _, never = gold.partition("!")
    if fold(name.strip('"')) in fold(entity["name"]):
        return "mistyped" if never and entity["type"] == never else "right"
    return "wrong" if _is_somebody(entity) else "missed"


def _is_somebody(entity: Body) -> bool:
    """Whether a reader is told that it is a certain one."""
    return entity["known_as"] is not None or (any(m["form"] == "name" for m in entity["mentions"]) and entity["name"][:1].isupper())


def looked_up(text: str) -> Body | None:
    """The baseline: the words themselves in the who's who; unlisted names stand for themselves."""
    found = WhosWho.open().candidates(text)
    if not found and not text[:1].isupper():
        return None
    known = found[0] if found else None
    return {"known_as": known.key if known else None, "kind": "actor", "type": known.type if known else "other", "name": text, "mentions": [{"form": "name"}]}


def main() -> int:
    """Read the texts, compare, write the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.actors", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("results/actors.json"))
    parser.add_argument("--data", type=Path, default=DEV)
    parser.add_argument("--show", action="store_true", help="list what is not right")
    options = parser.parse_args()
    rows = judged()
    gold = records_named(options.data, {(r.file, r.id) for r in rows})
    world = World.open()
    readings = {key: read_record(record, world) for key, record in gold.items()}
    align = {key: Alignment(reading["report"]["text"], gold[key]["text"]) for key, reading in readings.items()}
    ours: Counter[str] = Counter()
    baseline: Counter[str] = Counter()
    by_file: dict[str, Counter[str]] = {}
    for n, row in enumerate(rows):
        text = gold[row.file, row.id]["text"]
        # Where no actor is meant, one inside the phrase ("a poll by Reuters") does no harm.
        entity = at(readings[row.file, row.id], row.start, row.end, align[row.file, row.id], 0.5 if row.gold == "0" else None)
        found = verdict(row.gold, entity)
        ours[found] += 1
        by_file.setdefault(row.file.split("/")[0], Counter())[found] += 1
        baseline[verdict(row.gold, looked_up(text[row.start : row.end]))] += 1
        if options.show and found != "right":
            words = f"{text[max(0, row.start - 60) : row.start]}[[{text[row.start : row.end]}]]{text[row.end : row.end + 40]}".replace("\n", " ")
            shown = f"{entity['kind']}/{entity['type']}/{entity['known_as']}/{entity['name']}" if entity else "nothing"
            print(f"{n}\t{found}\t{row.gold}\t{shown}\t{words}", file=sys.stderr)
    figures = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "mentions": len(rows),
        "percent": {v: round(100 * ours[v] / len(rows), 1) for v in VERDICTS},
        "by_corpus": {name: {v: counts[v] for v in VERDICTS} for name, counts in sorted(by_file.items())},
        "baseline_looked_up_percent": {v: round(100 * baseline[v] / len(rows), 1) for v in VERDICTS},
    }
    options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
