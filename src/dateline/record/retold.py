"""Events that one report tells of more than once: "a car bomb exploded ...", and two sentences on "the attack"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.lexicon import load
from dateline.record.compare import LASTING, Candidate, deaths_agree, kin, may_mean, near, same_days
from dateline.record.winnow import telling_words


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its sentence, and where in it its trigger stands."""

    event: Candidate
    start: int
    sentence: str
    at: int
    trigger: str
    headline: bool = False
    paragraph: int = 0
    hit: frozenset[str] = frozenset()
    """Entities of the report that it is done to or with."""
    pointed: frozenset[str] = frozenset()
    """Words for what it is done to or with that take it as known ("the building", "the shell")."""
    denied: bool = False

    @property
    def before(self) -> str:
        """The words of the sentence before the trigger."""
        return self.sentence[: self.at]


@cache
def _words(use: str) -> re.Pattern[str]:
    rows = load("retold_words.tsv", columns=("word", "use", "example"), key=("word",))
    listed = "|".join(re.escape(r["word"]) for r in rows if r["use"] == use)
    return re.compile(rf"\b({listed})\b", re.IGNORECASE)


def retold(events: Sequence[Told]) -> list[tuple[Candidate, Candidate, str]]:
    """For each event that goes on telling of an earlier one of its report that earlier one, and why."""
    order = sorted(events, key=lambda t: (t.start, t.event.rank))
    found: list[tuple[Candidate, Candidate, str]] = []
    # A headline is of the first that fits it, not of all that is like it further down.
    spent: set[int] = set()
    for n, later in enumerate(order):
        fits = [(k, why) for k, earlier in enumerate(order[:n]) if k not in spent and (why := _same(earlier, later)) is not None]
        if fits:
            words = telling_words(later.sentence)
            # The one whose sentence shares most words; of equals what the report began with, for that is "the attack" of the rest.
            k, why = max(fits, key=lambda f: (*_nearness(order[f[0]], later, words), -f[0]))
            found.append((order[k].event, later.event, why))
            if order[k].headline:
                spent.add(k)
    return found


def _nearness(earlier: Told, later: Told, words: frozenset[str]) -> tuple[bool, bool, bool, int]:
    """How well an earlier event fits: by type, no mere effect of another, told in the same paragraph, and by the words that are shared."""
    shared = 0 if earlier.sentence == later.sentence else len(words & telling_words(earlier.sentence))
    effect = earlier.event.type in _EFFECTS and later.event.type not in _EFFECTS
    loose = later.event.type in _LOOSE and not effect
    named = bool(telling_words(later.trigger) & telling_words(earlier.trigger))
    return named or (not effect and earlier.paragraph == later.paragraph), not effect, loose or later.event.type in kin(earlier.event.type), shared


def _same(earlier: Told, later: Told) -> str | None:
    a, b = earlier.event, later.event
    if a.type != b.type and "withdrawal" in (a.type, b.type):
        return None
    if b.type not in may_mean(a.type) or deaths_agree(a, b).value < 0:
        return None
    effect = earlier.sentence == later.sentence and (a.type in _EFFECTS) != (b.type in _EFFECTS) and not (a.place and b.place and a.place != b.place)
    if effect and not _another(earlier, later):
        return "one sentence tells of it and of what it did"
    if earlier.headline and not later.headline and _may_lie_in(a, b) and same_days(a, b).value > -1.0:
        return "the headline tells of what the report does"
    return _again(earlier, later)


def _another(earlier: Told, later: Told) -> bool:
    """Whether the later of two in one sentence is set apart ("a day after another strike killed five there"), or has dead of its own."""
    a, b = earlier.event.killed, later.event.killed
    return _words("apart").search(later.before[earlier.at :]) is not None or (a is not None and b is not None and a != b)


_EFFECTS = frozenset({"killing", "wounding", "destruction"})

_LOOSE = frozenset({"armed_clash", "attack_on_civilians"})
"""Types of words ("the attack") that go back to whatever attack was told before."""

_ONCE = frozenset({"hostage_release", "prisoner_exchange", "agreement", "ceasefire", "surrender", "withdrawal", "territory_handed_over"})

_FAR = 2
"""Paragraphs back to which the dead of an attack are told of."""


def _may_lie_in(a: Candidate, b: Candidate) -> bool:
    """Whether the headline's place is that of the other event, at its point, a whole country or region, or not told."""
    return a.place is None or a.place == b.place or (a.block or "").startswith("area:") or not _own_place(a) or _one_point(a, b)


def _one_point(a: Candidate, b: Candidate) -> bool:
    """Whether the two lie at one point: a bar, known by no more than its town, and the town."""
    return a.lat is not None and (a.lat, a.lon) == (b.lat, b.lon)


def _again(earlier: Told, later: Told) -> str | None:
    """Why the later event is the earlier one told again."""
    a, b = earlier.event, later.event
    if _words("apart").search(later.before) or not _one_place(earlier, later):
        return None
    if same_days(a, b).value <= -1.0 or "wide" in (a.days.kind, b.days.kind):
        return None
    definite = _definite(later)
    if a.killed is not None and b.killed is not None and a.killed != b.killed and not definite:
        return None
    if a.doers and b.doers and not a.doers & b.doers and not definite:
        return None
    if definite:
        return f"“{later.trigger}” goes back to what the report told before"
    if later.denied and _without_own(b):
        return "what is denied was told before"
    if (known := later.pointed & telling_words(earlier.sentence)) and _without_own(b) and earlier.sentence != later.sentence:
        return f"“{min(known)}” was told of before"
    if b.type in ("killing", "wounding") and a.type not in _EFFECTS and not b.doers and _without_own(b) and 0 <= later.paragraph - earlier.paragraph <= _FAR:
        return "whom it killed or wounded, told without a place or a day of its own"
    if b.type in kin(a.type) and earlier.hit & later.hit and b.days.kind == "presumed":
        return "done to the same, told again without a day of its own"
    if b.type in _ONCE and a.type == b.type and not _own_place(b) and same_days(a, b).value > 0:
        return "such a thing seldom happens twice in one report, and the days fit"
    if a.type != b.type and earlier.denied and not later.denied:
        return None  # what is denied is not what soldiers who gave up are told of as having done
    if b.type in kin(a.type) and (a.type == b.type or ({a.type, b.type} <= LASTING and "withdrawal" not in (a.type, b.type))):
        if a.place == b.place and a.place is not None:
            return "one report tells of it twice: the same place and days"
        if _without_own(b):
            return "told of again, without a place or a day of its own"
    return None


def _without_own(event: Candidate) -> bool:
    return not _own_place(event) and event.days.kind == "presumed"


def _one_place(earlier: Told, later: Told) -> bool:
    """Whether the later one has no place of its own, that of the earlier, or one that may lie there."""
    a, b = earlier.event, later.event
    if not _own_place(b) or a.place == b.place or (a.loose and _may_hold(a, b)):
        return True
    return not _own_place(a) and bool(earlier.hit & later.hit)


def _may_hold(a: Candidate, b: Candidate) -> bool:
    """Whether the region of the first may hold the place of the second: the same country, near the region's middle, or on no map."""
    if b.loose or (a.country and b.country and a.country != b.country):
        return False
    return b.lat is None or a.place == f"country:{b.country}" or near(a, b).value > 0


def _own_place(event: Candidate) -> bool:
    return event.lat is not None or (event.block is not None and event.block.startswith(("named:", "area:")))


def _definite(told: Told) -> bool:
    """Whether the trigger is a noun that the report takes as known: "the attack", "Monday's attack"."""
    if told.trigger.endswith("ed"):
        return False
    last = told.before.split()[-1:] or [""]
    return _words("definite").fullmatch(last[0]) is not None or last[0].endswith(("day's", "day’s"))
