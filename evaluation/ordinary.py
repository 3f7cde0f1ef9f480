"""``python -m evaluation.ordinary --data DIR --out FILE.json``: armed-conflict events read from ordinary news, and neutrality between sides.

Ordinary news (business, campaigns, science) seldom tells of armed conflict; what is read as such from it is counted, and written out with its
place so that a person can judge it: some of it is true (a campaign report that recalls a bombing). ``ordinary_judged.tsv`` holds the judgements made
so far; what was judged wrong is counted, and what nobody has judged yet is counted apart and listed.
Neutrality: the same sentence with the names of the two sides exchanged must give the same event types, statuses and figures.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from dateline import lexicon
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
        **_judged(found, texts),
        "by_type": dict(Counter(row["type"] for row in found).most_common()),
        "neutrality_pairs": pairs,
        "neutrality_percent": round(100 * same / max(pairs, 1), 1),
        "neutrality_differing": differing[:20],
        "events_to_judge": [row for row in found if _key(row) not in _judgements()],
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


def _judged(found: list[Body], texts: int) -> Body:
    """How many of the events were judged wrong or right, per 100 texts, and how many nobody has judged."""
    verdicts = Counter(_judgements().get(_key(row), "unjudged") for row in found)
    return {
        "judged_wrong_per_100_texts": round(100 * verdicts["wrong"] / max(texts, 1), 1),
        "judged_right_per_100_texts": round(100 * verdicts["right"] / max(texts, 1), 1),
        "unjudged": verdicts["unjudged"],
        "wrong_events": [row for row in found if _judgements().get(_key(row)) == "wrong"],
    }


def _key(row: Body) -> tuple[str, str, str, str]:
    return (row["id"], row["type"], str(row["start"]), str(row["end"]))


@cache
def _judgements() -> dict[tuple[str, str, str, str], str]:
    text = (Path(__file__).parent / "ordinary_judged.tsv").read_text(encoding="utf-8")
    columns = ("id", "type", "start", "end")
    rows = lexicon.parse(text, name="ordinary_judged.tsv", columns=(*columns, "verdict"), key=columns)
    return {(row["id"], row["type"], row["start"], row["end"]): row["verdict"] for row in rows}


_NOUNS = (
    "army|rebels|militants|soldiers|police|troops|gunmen|insurgents|guerrillas|government forces|security forces|government troops|fighters|"
    "paramilitaries|terrorists|policemen|commandos|separatists|jihadists"
)
_BEFORE = r"(?:(?<=\bby )|(?<=\bagainst )|(?<=\band )|(?<=\bbetween )|(?<=\bfrom )|(?<=\bof )|(?<=\bwith )|(?<=\bthat )|(?<=\bwhen )|(?<=, )|(?<=^))"
_AFTER = (
    r"(?=[,.;:]| (?:in|on|at|and|or|to|of|near|with|for|by|that|who|which|from|during|after|before|over|against|as|when|while|were|was|are|is|have|had|has|"
    r"will|would|could|may|did|do|also|then|later|\w+ed|fought|took|shot|held|set|broke|withdrew|left|came|went|fire|kill|attack|clash|say|said|told)\b)"
)
_FRAME = re.compile(rf"(?:\b[Tt]he (?:[A-Z][\w-]+ )?|{_BEFORE}(?:[A-Z][\w-]+ )?)(?:{_NOUNS})\b{_AFTER}")
"""Sides named by a noun, with or without a nationality or name before it: parts of longer names ("the Army Chief") and possessives are left as they are."""
_WRITTEN = re.compile(r"[A-Z“\"'][^\n]*[.!?][”\"']?\s*$")
"""A sentence as news is written: a capital first, a full stop last, no line break; some corpora come lower-cased or without punctuation."""
_WANTED = 1000
_TEXTS = (
    *("case2021_task2", "plover_gsr", "class_satp_relevant", "events_wikievents", "geo_geovirus", "re3d", "events_rams", "timex_te3"),
    *("geo_geowebnews", "geo_trnews", "geo_lgl", "gum_news", "cameo_ner", "ner_gmb", "coref_ecbplus", "class_cameo_class"),
    *("polnear", "ner_wikigold", "class_insightCrime", "meantime", "ner_crossner_politics"),
)


def _neutrality(data: Path, world: World) -> tuple[int, int, list[str]]:
    """Pairs of sentences with exchanged sides, how many gave the same, and the ids and sides of the others."""
    pairs = same = 0
    differing: list[str] = []
    for path in sorted(p for c in _TEXTS for p in (data / c).glob("*.jsonl")):
        for record in records(path) if path.exists() else ():
            for sides, made, exchanged in _exchanged(record["text"]):
                if pairs >= _WANTED:
                    return pairs, same, differing
                pairs += 1
                if _gist(made, world) == _gist(exchanged, world):
                    same += 1
                else:
                    differing.append(f"{record['id']}: {sides}")
    return pairs, same, differing


def _exchanged(text: str) -> Iterator[tuple[str, str, str]]:
    """Each sentence that names two sides, with each pair of our names put in, in both orders; first which they are."""
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if not _WRITTEN.match(sentence):
            continue
        sides = list(_FRAME.finditer(sentence))
        if len(sides) >= 2 and len(sentence) < 400 and sides[0].group().lower() != sides[1].group().lower():
            first, second = sides[0], sides[1]
            for one, other in _SIDES:
                yield f"{one} and {other}", _put(sentence, first, second, one, other), _put(sentence, first, second, other, one)


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
