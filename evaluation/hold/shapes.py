"""Texts that no editor would print: does time and memory grow with their length and no faster, and does nothing come of what tells nothing."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

Body = dict[str, Any]

LINE = "Rebels seized the town of Busra from the army on Wednesday, a monitoring group said. "
_NOVEL = (
    "The old man went down to the river every morning, and nobody asked him why. “You will be cold,” she said; he only laughed and took his coat. ",
    "In the winter of that year the road was closed, so that letters came late or not at all, and the three sisters waited by the stove. ",
    "He had been a soldier once, long ago, in a war that the books call small; of it he told one story only, and never to the end. ",
)  # fmt: skip


def filled(piece: str, size: int) -> str:
    """So many characters of a piece again and again."""
    return (piece * (size // len(piece) + 1))[:size]


_QUOTE = '"We won," he said. '


@cache
def _towns() -> str:
    """The names of the 12,000 most populous places of the gazetteer, each once, in the order of their numbers, ten to a line."""
    from importlib.resources import files

    from dateline.resolution.gazetteer_index import Index

    index = Index.open(Path(str(files("dateline") / "data" / "gazetteer.bin")))
    most = sorted(index.array["population"].argsort()[::-1][:12_000].tolist())
    names = [index.row(at).name for at in most]
    return ".\n".join(", ".join(names[n : n + 10]) for n in range(0, len(names), 10)) + ".\n"


SHAPES: dict[str, Callable[[int], str]] = {
    "one sentence": lambda n: filled("government troops and warplanes killed 12 civilians near Aleppo on Friday and took Palmyra , ", n),
    "one word again": lambda n: filled("word ", n),
    "clauses in clauses": lambda n: filled("he said that ", n),
    "quotes": lambda n: filled(_QUOTE, n),
    "quotes that never close": lambda n: filled("“We took it ", n),
    "nested brackets": lambda n: filled("(the army [killed (two ", n),
    "a table of numbers": lambda n: filled("12 345 6.7 8,900 2016 31/12/2014 45% ", n),
    "the same line": lambda n: filled(LINE.strip() + "\n", n),
    "a list of towns": lambda n: filled("Aleppo, Damascus, Homs, Hama, Idlib, Raqqa, Mosul, Kabul, ", n),
    "a list of many towns": lambda n: filled(_towns(), n),
    "pronouns": lambda n: filled("He told them that she saw it. ", n),
    "hyphens": lambda n: filled("a-", n // 2),
    "a novel": lambda n: filled("".join(_NOVEL) + "\n\n", n),
    "another language": lambda n: filled("Правительственные войска вошли в город в среду, сообщил представитель армии. ", n),
    "one line of mojibake": lambda n: filled("It didnâ€™t stop â€” he said â€œnoâ€\u009d ", n),
    "tags that are text": lambda n: filled("<div><p>a &amp; b</p>", n),
}
"""By name, each of any length."""
EMPTY = frozenset({"one word again", "hyphens", "a table of numbers", "another language"})
"""Shapes that tell of nothing."""


def spent(name: str, size: int, times: int) -> Body:
    """In this process: seconds of work and growth of memory of a text, and of one so many times as long."""
    from dateline.intake import report_of
    from dateline.pipeline import World, read_report

    world = World.open()
    language = None if name == "another language" else "en"
    read_report(report_of(LINE * 3, published="2017-10-20", language="en"), world)
    found: Body = {}
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for word, length in (("small", size), ("large", size * times)):
        text = SHAPES[name](length)
        begun = time.process_time()
        reading = read_report(report_of(text, published="2017-10-20", language=language), world)
        seconds = time.process_time() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        told = len(reading.events) + len(reading.statements) + len(reading.figures) + len(reading.control)
        grown = round((peak - base) / 1024, 1)
        found[word] = {"characters": length, "words": len(text.split()), "seconds": round(seconds, 2), "memory_mb": grown, "told": told}
    small, large = found["small"], found["large"]
    found["seconds_ratio"] = round(large["seconds"] / max(small["seconds"], 0.05), 2)
    found["memory_ratio"] = round(large["memory_mb"] / max(small["memory_mb"], 1), 2)
    return found


def apart(name: str, size: int, times: int) -> Body:
    """The same in a process of its own, so that no shape inherits the memory of another."""
    done = subprocess.run([sys.executable, "-m", "evaluation.hold.shapes", name, str(size), str(times)], capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": done.stderr.strip().split("\n")[-1][:300]}
    answer: Body = json.loads(done.stdout)
    return answer


def figures(size: int, times: int, *, great: int, names: list[str] | None = None, keep: Callable[[Body], None] = lambda body: None) -> Body:
    """Each shape at two lengths, and one sentence of ``great`` characters beside a part of it; ``keep`` is given what is measured so far."""
    found: Body = {"times_as_long": times, "shapes": {}}
    if great:
        found["shapes"][f"one sentence of {round(great / 6.2):,} words"] = apart("one sentence", int(great // times), times)
        quotes = great * len(_QUOTE) // 62  # 10,000 where the sentence has 620,000 characters
        found["shapes"][f"{quotes // len(_QUOTE):,} quotes"] = apart("quotes", quotes // times, times)
        keep(found)
    for name in names or list(SHAPES):
        found["shapes"][name] = apart(name, size, times)
        keep(found)
    measured = {name: row for name, row in found["shapes"].items() if "seconds_ratio" in row}
    found["worst_seconds_ratio"] = max(((row["seconds_ratio"], name) for name, row in measured.items()), default=None)
    found["worst_memory_ratio"] = max(((row["memory_ratio"], name) for name, row in measured.items()), default=None)
    found["failed"] = [name for name in found["shapes"] if name not in measured]
    found["empty_that_are_not"] = [name for name, row in measured.items() if name in EMPTY and row["large"]["told"] + row["small"]["told"]]
    return found


if __name__ == "__main__":
    print(json.dumps(spent(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
