"""How many an incident killed, as each data set counts it: ACLED's lowest, UCDP's best, low and high by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dateline.lexicon import load
from dateline.record.happenings import Happening
from dateline.record.questions import Body
from dateline.record.tolls import Tally, Toll

_MORE = re.compile(r"\b(more than|over|upwards of|in excess of)\b", re.IGNORECASE)


@cache
def _vague() -> tuple[tuple[re.Pattern[str], int], ...]:
    rows = load("acled_numbers.tsv", columns=("word", "fatalities"), key=("word",))
    return tuple((re.compile(rf"\b{r['word']}\b", re.IGNORECASE), int(r["fatalities"])) for r in rows)


def killed(happening: Happening) -> Tally | None:
    """The figures of those killed."""
    return next((t for t in happening.picture.figures if t.measure == "killed"), None)


def vague_word(figure: Body) -> int | None:
    """ACLED's number for the word that a figure is given by ("dozens"), where it is no number."""
    if figure["best"] is not None or re.search(r"\d", figure["span"]["text"]):
        return None
    words = f"{figure['span']['text']} {figure['of'] or ''}"
    return next((n for pattern, n in _vague() if pattern.search(words)), None)


def lowest(figure: Body) -> int:
    """The lowest number that a figure can mean by ACLED's rules: "dozens" is 12, "more than 300" is 300, "up to 20" is one at least."""
    if (vague := vague_word(figure)) is not None:
        return vague
    low, best = figure["low"], figure["best"]
    if low is not None:
        return int(low) - 1 if best is None and low > 1 and _MORE.search(figure["span"]["text"]) else int(low)
    return int(best) if best is not None else 1


def fatalities(happening: Happening) -> tuple[int, str | None]:
    """ACLED's fatalities, with why the number is lower than one that is told, where it is."""
    tally = killed(happening)
    if tally is None:
        return 0, None
    numbers = {lowest(t.body) for t in tally.tolls}
    number = int(tally.latest.number or 0) if tally.kind == "update" else 0
    least = lowest(tally.latest.body) if tally.kind == "update" else min(numbers)
    if tally.kind == "conflict":
        return least, f"the sources differ, from {min(numbers)} to {int(tally.highest.number or 0)}; ACLED takes the lowest"
    told = tally.latest.body
    if told["best"] is None:
        return least, f"“{told['span']['text']}” is no exact number; ACLED takes the lowest it can mean"
    return least, None if number in (0, least) else f"the latest figure is {number}"


@dataclass(frozen=True, slots=True)
class Deaths:
    """UCDP's numbers: best, low and high in all, and best by whose they were."""

    best: int
    low: int
    high: int
    a: int
    b: int
    civilians: int
    unknown: int


def ucdp_deaths(happening: Happening, *, one_sided: bool) -> Deaths | None:
    """The deaths by UCDP's rules: the latest or most telling figure is the best, the lowest and highest of all accounts the bounds."""
    tally = killed(happening)
    if tally is None:
        return None
    tolls = tally.tolls
    toll = tally.latest if tally.kind in ("one", "same", "update") else sorted(tolls, key=lambda t: t.number or 0.0)[(len(tolls) - 1) // 2]
    chosen = toll.body
    best = _best(chosen)
    low = min(best, *(lowest(t.body) for t in tolls)) if tally.kind != "update" else min(best, lowest(chosen))
    high = max(best, *(int(t.body["high"] if t.body["high"] is not None else _best(t.body)) for t in tolls))
    if best == 0 and high == 0:
        return None
    by = {"a": 0, "b": 0, "civilians": 0, "unknown": 0}
    by["civilians" if one_sided else _whose(happening, toll)] = best
    return Deaths(best, low, high, by["a"], by["b"], by["civilians"], by["unknown"])


def _best(figure: Body) -> int:
    """One number for a figure: the best where there is one, the lower bound of "at least", the upper of "up to"."""
    if figure["best"] is not None:
        return int(figure["best"])
    if figure["low"] is not None and figure["high"] is not None:
        return int((figure["low"] + figure["high"]) // 2)
    if figure["low"] is not None:
        return lowest(figure)
    return int(figure["high"]) if figure["high"] is not None else 0


_FIGHTING = ("military", "police", "government", "state", "armed_group", "militia", "coalition")


def _whose(happening: Happening, toll: Toll) -> str:
    """Whose dead they are: a (who does it), b (whom it is done to), civilians or unknown, by the words of the figure and by whom it counts."""
    figure = toll.body
    counted = f"{figure['of'] or ''} {figure['unit'] or ''}".casefold()
    if re.search(r"\b(civilian|civilians|children|child|women|villagers?|residents?|patients?|journalists?|aid workers?|staff|pupils|students)\b", counted):
        return "civilians"
    if (side := _side_counted(happening, toll)) is not None:
        return side
    if re.search(r"\b(soldiers?|troops|policem[ae]n|police|servicem[ae]n|officers?|security forces)\b", counted):
        kinds: tuple[str, ...] = ("military", "police", "government", "state")
    elif re.search(r"\b(militants?|fighters?|rebels?|insurgents?|terrorists?|jihadists?|gunmen|taliban|members)\b", counted):
        kinds = ("armed_group", "militia", "coalition")
    else:
        return "unknown"
    doers = any(s.type in kinds for s in happening.doers)
    others = any(s.type in kinds for s in happening.others)
    if doers == others:
        return "unknown"
    return "a" if doers else "b"


def _side_counted(happening: Happening, toll: Toll) -> str | None:
    """The side whose fighters a figure counts, where the report has them as one side of the incident and not as both."""
    sheet = next((i.sheet for i in happening.items if i.report == toll.account.report), None)
    if sheet is None or toll.body["who"] not in sheet.cast:
        return None
    party = sheet.cast[toll.body["who"]][1]
    on = [name for name, sides in (("a", happening.doers), ("b", happening.others)) if any(s.party == party and s.type in _FIGHTING for s in sides)]
    return on[0] if len(on) == 1 else None
