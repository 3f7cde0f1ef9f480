"""``python -m evaluation.ordinary --data DIR --out FILE.json``: armed-conflict events read from ordinary news, and neutrality between sides.

Ordinary news (business, campaigns, science) seldom tells of armed conflict; what is read as such from it is counted, and written out with its
sentence so that a person can judge it: some of it is true (a campaign report that recalls a bombing).
Neutrality: the same sentence with the names of the two sides exchanged must give the same event types, statuses and figures.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.contract import to_json
from dateline.intake import report_of
from dateline.pipeline import World, read_report
from evaluation.harness import Body, read_record, records

ARMED = frozenset(
    (
        "armed_clash offensive_launched offensive_ended victory_declared territory_captured territory_recaptured territory_handed_over surrender siege "
        "air_strike drone_strike shelling missile_attack suicide_bombing bombing grenade chemical_weapon attack_on_civilians massacre execution "
        "ceasefire ceasefire_violation hostage_release prisoner_exchange disarmament assassination"
    ).split()
)
_REAL = ("occurred", "ongoing", "ended")
_SOURCES = (("gum_news", "dev.jsonl", 13), ("meantime", "dev.jsonl", 72), ("polnear", "dev.jsonl", 84), ("polnear", "train.jsonl", 131))
_SIDES = (
    ("the army", "the rebels"), ("Russian forces", "Ukrainian forces"), ("the Syrian army", "the Syrian Democratic Forces"), ("Hamas", "Israel"),
    ("the Taliban", "Afghan troops"), ("the M23", "the Congolese army"), ("Houthi fighters", "government troops"), ("the police", "the gunmen"),
)  # fmt: skip


def main() -> int:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.ordinary", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    world = World.open()
    found, texts = _armed(options.data, world)
    pairs, same, differing = _neutrality(options.data, world)
    figures = {
        "ordinary_texts": texts,
        "armed_conflict_events_per_100_texts": round(100 * len(found) / max(texts, 1), 1),
        "by_type": dict(Counter(row["type"] for row in found).most_common()),
        "neutrality_pairs": pairs,
        "neutrality_percent": round(100 * same / max(pairs, 1), 1),
        "neutrality_differing": differing[:20],
        "events_to_judge": found,
    }
    options.out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print({k: v for k, v in figures.items() if not isinstance(v, list)})
    return 0


def _armed(data: Path, world: World) -> tuple[list[Body], int]:
    """The armed-conflict events said to have happened, by id and offsets only, and the number of texts."""
    found: list[Body] = []
    texts = 0
    for corpus, name, limit in _SOURCES:
        path = data / corpus / name
        if not path.exists():
            continue
        for record in records(path, limit=limit):
            texts += 1
            for event in read_record(record, world)["events"]:
                if event["type"] in ARMED and event["status"] in _REAL and not event["negated"]:
                    found.append({"id": record["id"], "type": event["type"], "start": event["trigger"]["start"], "end": event["trigger"]["end"]})
    return found, texts


_NOUNS = "army|rebels|militants|soldiers|police|troops|gunmen|insurgents|guerrillas|government forces"
_BEFORE = r"(?:(?<=\bby )|(?<=\bagainst )|(?<=\band )|(?<=\bbetween )|(?<=\bfrom )|(?<=\bof )|(?<=\bwith )|(?<=\bthat )|(?<=\bwhen )|(?<=, )|(?<=^))"
_FRAME = re.compile(rf"(?:\b[Tt]he |{_BEFORE})(?:{_NOUNS})\b(?! [A-Z]|['’-]| (?:officers?|chief|commander|leaders?|base|station|post|camp|said)\b)")
"""Sides named by a noun alone: parts of longer names ("the Army Chief") and possessives are left as they are."""
_WANTED = 500
_TEXTS = ("case2021_task2", "plover_gsr", "class_satp_relevant", "events_wikievents", "geo_geovirus", "class_ipe_docs", "re3d", "events_rams", "timex_te3")


def _neutrality(data: Path, world: World) -> tuple[int, int, list[str]]:
    """Pairs of sentences with exchanged sides, how many gave the same, and the ids of the others."""
    pairs = same = 0
    differing: list[str] = []
    for path in sorted(p for c in _TEXTS for p in (data / c).glob("*.jsonl")):
        for record in records(path) if path.exists() else ():
            for made, exchanged in _exchanged(record["text"]):
                if pairs >= _WANTED:
                    return pairs, same, differing
                pairs += 1
                if _gist(made, world) == _gist(exchanged, world):
                    same += 1
                else:
                    differing.append(f"{record['id']}: {made}")
    return pairs, same, differing


def _exchanged(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence that names two sides, with each pair of our names put in, in both orders."""
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        sides = list(_FRAME.finditer(sentence))
        if len(sides) >= 2 and len(sentence) < 400 and sides[0].group().lower() != sides[1].group().lower():
            first, second = sides[0], sides[1]
            for one, other in _SIDES:
                yield _put(sentence, first, second, one, other), _put(sentence, first, second, other, one)


def _put(sentence: str, first: re.Match[str], second: re.Match[str], one: str, other: str) -> str:
    start = one[0].upper() + one[1:] if first.start() == 0 else one
    return sentence[: first.start()] + start + sentence[first.end() : second.start()] + other + sentence[second.end() :]


def _gist(text: str, world: World) -> list[tuple[Any, ...]]:
    """Types, statuses and figures of a sentence."""
    body = to_json(read_report(report_of(text, language="en"), world))
    events = [("event", v["type"], v["status"], v["negated"]) for v in body["events"]]
    return sorted([*events, *(("figure", f["measure"], f["low"], f["high"]) for f in body["figures"])], key=repr)


if __name__ == "__main__":
    sys.exit(main())
