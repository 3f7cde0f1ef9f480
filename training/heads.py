"""What a head for attribution and one for event triggers would reach beside the rules, on the same words: whether such heads earn their place.

``python -m training.heads --data ../shared/eval/dev --work training/work/heads --out results/model_heads.json``

Each word is cue, source, content or nothing (PolNeAR), or the trigger of an event of conflict or life or nothing (WikiEvents, four parts by turns); the
encoder with one dense layer is trained on it alone (``training.names``), which is the most that a head of it can give. What the rules read is laid on the
same words and scored in the same way: whole runs within a sentence. Nothing of these trainings is kept: PolNeAR is for measuring only.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from evaluation import arguments, statements
from evaluation.harness import given_part, read_record, records

from dateline.language import analyse
from dateline.pipeline import World
from training import names
from training.names_data import runs

Body = dict[str, Any]
Marks = Callable[[Body], Iterator[tuple[int, int, str]]]
"""The runs (start, end, label) that an answer marks in the text, the weaker first."""
_FAMILIES = ("conflict", "life")


def attributions(body: Body) -> Iterator[tuple[int, int, str]]:
    """Cues, sources and content; where they lie within one another the cue is the strongest."""
    for part in ("content", "source", "cue"):
        for one in body["attributions"]:
            yield from ((span["start"], span["end"], part) for span in one[part])


def triggers(body: Body) -> Iterator[tuple[int, int, str]]:
    """Triggers of events of conflict and life."""
    for event in body["events"]:
        family = event["type"].split(".")[0].lower()
        if family in _FAMILIES:
            yield event["trigger"]["start"], event["trigger"]["end"], family


def tagged(text: str, world: World, *answers: tuple[Marks, Body]) -> Iterator[tuple[list[list[int]], list[list[str]]]]:
    """By sentence its words and, by answer, a tag for each of them."""
    document = analyse(text, [(0, len(text))], world.model)
    layers = [_labels(text, list(marks(body))) for marks, body in answers]
    for sentence in document.sentences:
        tokens = [t for t in document.tokens[sentence.first : sentence.last] if t.end > t.start]
        if tokens:
            yield [[t.start, t.end] for t in tokens], [_bio([layer[t.start] for t in tokens]) for layer in layers]


def _labels(text: str, marks: Sequence[tuple[int, int, str]]) -> list[tuple[int, str] | None]:
    """By character the mark that it is in: number and label."""
    made: list[tuple[int, str] | None] = [None] * (len(text) + 1)
    for n, (start, end, label) in enumerate(marks):
        made[start:end] = [(n, label)] * (min(end, len(text)) - start)
    return made


def _bio(marks: Sequence[tuple[int, str] | None]) -> list[str]:
    tags = []
    for before, mark in zip([None, *marks], marks, strict=False):
        tags.append("O" if mark is None else f"{'I' if before is not None and before[0] == mark[0] else 'B'}-{mark[1]}")
    return tags


def write(path: Path, rows: Sequence[Body], marks: Marks, world: World, *, words: int | None = None) -> None:
    """The gold of the rows, a sentence a line, up to so many words."""
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            for tokens, (tags,) in tagged(row["text"], world, (marks, row)):
                start, end = tokens[0][0], tokens[-1][1]
                line = {"text": row["text"][start:end], "tokens": [[a - start, b - start] for a, b in tokens], "bio": tags}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
                count += len(tokens)
            if words is not None and count >= words:
                break


def by_rule(rows: Sequence[Body], marks: Marks, predict: Callable[[Body, Body], Body], world: World) -> dict[str, object]:
    """The figures of what the rules read, on the same words."""
    right, given, gold = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        answer = predict(read_record(row, world), given_part(row))
        for _, (true, mine) in tagged(row["text"], world, (marks, row), (marks, answer)):
            wanted, made = set(runs(true)), set(runs(mine))
            for count, those in ((right, made & wanted), (given, made), (gold, wanted)):
                count.update(label for _, _, label in those)
    return names.figures(right, given, gold)


def by_head(train: Path, dev: Path, *, epochs: int) -> dict[str, object]:
    """The figures of a head that is trained on the one file and chosen on the other: the best round on dev, so rather too good than too bad."""
    options = argparse.Namespace(
        train=[str(train)], dev=[str(dev)], test=[], start=None, epochs=epochs, batch=1200, rate=2e-4, dropout=0.2, word_dropout=0.05
    )  # fmt: skip
    found = names.learn(options, 1)["dev"]
    assert isinstance(found, dict)
    return found


def main() -> None:
    """Measure both and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder for the files in between")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--words", type=int, default=250_000, help="words of PolNeAR to train on")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    chosen.work.mkdir(parents=True, exist_ok=True)
    world = World.open()
    train, dev = (list(records(chosen.data / "polnear" / f"{part}.jsonl")) for part in ("train", "dev"))
    files = chosen.work / "polnear.train.jsonl", chosen.work / "polnear.dev.jsonl"
    write(files[0], train, attributions, world, words=chosen.words)
    write(files[1], dev, attributions, world)
    result: Body = {"date": datetime.now(UTC).strftime("%Y-%m-%d"), "words_of_polnear": chosen.words, "rounds": chosen.epochs}
    result["attribution"] = {"rules": by_rule(dev, attributions, statements.predict_with_beliefs, world), "head": by_head(*files, epochs=chosen.epochs)}
    chosen.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    rows = list(records(chosen.data / "events_wikievents" / "dev.jsonl"))
    heads = []
    for part in range(4):
        files = chosen.work / f"wikievents.train{part}.jsonl", chosen.work / f"wikievents.dev{part}.jsonl"
        write(files[0], [r for n, r in enumerate(rows) if n % 4 != part], triggers, world)
        write(files[1], [r for n, r in enumerate(rows) if n % 4 == part], triggers, world)
        heads.append(by_head(*files, epochs=20))
    result["event_triggers"] = {"rules": by_rule(rows, triggers, arguments.predict_wikievents, world), "heads_of_four_parts": heads}
    chosen.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
