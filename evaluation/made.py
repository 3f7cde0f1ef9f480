"""Made readings: reports written by a few lines of code, for tests and measurements that are about records, not about reading.

A ``Story`` is told sentence by sentence; every value in its reading stands in its words.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from dateline.model import (
    AcledCode,
    Codes,
    Control,
    Entity,
    Event,
    Figure,
    Mention,
    Participant,
    Published,
    Reading,
    Report,
    Section,
    Span,
    Statement,
    When,
    Where,
)

GROUPS = tuple(f"{a} {b}" for a in ("Northern", "River", "Valley", "Hill", "Coastal", "Desert") for b in ("Front", "Brigade", "Army", "Alliance"))
TYPES = (
    "territory_captured",
    "armed_clash",
    "air_strike",
    "shelling",
    "bombing",
    "attack_on_civilians",
    "peaceful_protest",
    "displacement",
    "meeting",
    "arrest",
)
_COMMON = "market bridge road school river hill convoy water night field gate tower camp wall bread wheat train depot square clinic harbour".split()
_SYLLABLES = "ba de fi go hu ka le mi no pu ra se ti vo wu za be di fo gu".split()
WORDS = (*_COMMON, *(a + b + c for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES[:10]))
"""Words of made reports, the commonest first; as in any language the n-th is used 1/n as often as the first."""
_WEIGHTS = tuple(accumulate(1 / n for n in range(1, len(WORDS) + 1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What a sentence tells: who did what where and when, to whom, with how many dead, and who says so."""

    doer: str
    place: Entity
    when: When
    kind: str = "territory_captured"
    verb: str = "took"
    other: str | None = None
    speaker: str | None = None
    number: float | None = None
    measure: str = "killed"
    status: str = "occurred"
    change: str | None = None
    """The change of control that the sentence tells of besides."""
    confidence: float = 0.8

    @property
    def words(self) -> str:
        """The sentence."""
        other = f" from {self.other}" if self.other else ""
        dead = f", {self.measure} {self.number:g}" if self.number is not None else ""
        said = f", {self.speaker} said" if self.speaker else ""
        return f"{self.doer} {self.verb} {self.place.name}{other} on {self.when.earliest}{dead}{said}."


class Story:
    """A report in the making, and its reading."""

    def __init__(self, *, head: str = "") -> None:
        self.text = head
        self._entities: dict[str, Entity] = {}
        self._numbered = 0
        self._statements: list[Statement] = []
        self._events: list[Event] = []
        self._figures: list[Figure] = []
        self._control: list[Control] = []

    def say(self, words: str) -> None:
        """Go on with words that tell of nothing."""
        self.text += words

    def tell(self, told: Happening, *, words: str | None = None) -> None:
        """One more sentence with all that it tells; ``words`` are others than the happening's own."""
        start = len(self.text)
        self.text += told.words if words is None else words
        sentence = Span.of(self.text, start, len(self.text))
        doer, place = self._named(told.doer, start), self._named(told.place.name, start, of=told.place)
        n = len(self._events) + 1
        said = self._said(told.speaker, start, f"s{n}")
        verb = self._span(told.verb, start)
        at = Where(place, "at", told.place.lat, told.place.lon, 5.0, self._span(told.place.name, start))
        figures = ()
        if told.number is not None:
            figures = (f"f{n}",)
            counted = f"{told.number:g}"
            where = self._span(counted, self.text.index(told.measure, start)) if told.measure in sentence.text else verb
            bounds = (told.number, told.number, told.number)
            self._figures.append(Figure(f"f{n}", told.measure, *bounds, False, None, "people", None, None, at, told.when, said, where, f"v{n}", 0.8))  # noqa: FBT003
        parts = [Participant("agent", doer, self._span(told.doer, start))]
        other = self._named(told.other, start) if told.other is not None else None
        if other is not None and told.other is not None:
            parts.append(Participant("target", other, self._span(told.other, start)))
        codes = Codes(None, None, AcledCode(None, None), None)
        happened = Event(
            f"v{n}", told.kind, verb, tuple(parts), at, told.when, told.status, negated=False, according_to=said, figures=figures, sentence=sentence,
            codes=codes, confidence=told.confidence,
        )  # fmt: skip
        self._events.append(happened)
        if told.change is not None:
            rests = self._span(self.text[start : self.text.index(told.place.name, start) + len(told.place.name)], start)
            self._control.append(Control(f"c{n}", place, doer, other, told.change, told.when, told.status, said, rests, told.confidence))

    @property
    def day(self) -> str | None:
        """The latest day that it tells of."""
        return max((e.when.earliest for e in self._events if e.when is not None and e.when.earliest is not None), default=None)

    def _said(self, speaker: str | None, start: int, name: str) -> tuple[str, ...]:
        if speaker is None:
            return ()
        who = self._named(speaker, start)
        content = (Span.of(self.text, start, self.text.index(",", start)),)
        self._statements.append(Statement(name, who, self._span(speaker, start), self._span("said", start), content, "indirect", "say"))
        return (name,)

    def _span(self, words: str, start: int) -> Span:
        at = self.text.index(words, start)
        return Span(at, at + len(words), words)

    def _named(self, name: str, start: int, *, of: Entity | None = None) -> str:
        """The entity of this name, mentioned once more."""
        at = self._span(name, start)
        mention = Mention(at.start, at.end, name, "name")
        kind = "ngo" if "monitor" in name.casefold() else "armed_group"
        held = self._entities.get(name) or replace(of or Entity("", "actor", kind, name), mentions=())
        if not held.id:
            self._numbered += 1
            held = replace(held, id=f"e{self._numbered}")
        self._entities[name] = replace(held, mentions=(*held.mentions, mention))
        return self._entities[name].id

    def reading(self, *, name: str, source: str | None, published: str | None, title: str | None = None, url: str | None = None) -> Reading:
        """The whole of it."""
        dated = Published(published, "metadata") if published else Published()
        report = Report(
            id=name, text=self.text, source=source, url=url, title=title, language="en", published=dated, sections=(Section("paragraph", 0, len(self.text)),)
        )
        return Reading(
            report=report, entities=tuple(self._entities.values()), statements=tuple(self._statements), events=tuple(self._events),
            figures=tuple(self._figures), control=tuple(self._control),
        )  # fmt: skip


def town(number: int, *, columns: int = 20, step: float = 0.5) -> Entity:
    """One of the towns of a made country, laid out in rows."""
    lat, lon = 30 + (number % columns) * step, 35 + (number // columns) * step
    return Entity("", "place", "town", f"Town {chr(65 + number % 26)}{number}", country="SY", lat=lat, lon=lon, geonames_id=900_000_000 + number)


def moment(day: int, *, since: date = date(2015, 1, 1)) -> When:
    """A day by its number."""
    told = (since + timedelta(days=day)).isoformat()
    return When(told, told, "day")


def happening(chance: random.Random, *, place: Entity, day: int, types: Sequence[str] = TYPES, speaker: str | None = "The monitor") -> Happening:
    """Something that happens at this place on this day, as chance has it."""
    kind = chance.choice(types)
    doer, other = chance.sample(GROUPS, 2)
    measure = "displaced" if kind == "displacement" else "killed"
    change = "captured" if kind == "territory_captured" else None
    return Happening(
        doer=doer, other=other, place=place, when=moment(day), kind=kind, verb="took" if change else "struck", speaker=speaker,
        number=chance.randrange(1, 40), measure=measure, change=change, confidence=0.5 + chance.randrange(50) / 100,
    )  # fmt: skip


_A_DAY = 100
_TOWNS = 300


def news(count: int, *, after: int = 0, seed: int = 1) -> Iterator[Reading]:
    """So many reports in the order of their days, as feeds bring them, beginning ``after`` so many: a hundred a day by 40 outlets.

    Each happening is told three times on average, on its day and the next. Every 20th report is a copy of the one before it under another outlet's name,
    every outlet closes with a line of its own, and every 50th report recalls what happened half a year ago.
    """
    for day in range(after // _A_DAY, -(-count // _A_DAY)):
        recent = [*(_happenings(day - 1, seed) if day else ()), *_happenings(day, seed)]
        chance = random.Random(f"{seed} reports {day}")
        before = ""
        for number in range(day * _A_DAY, min(count, (day + 1) * _A_DAY)):
            filling = before if number % 20 == 19 else _filling(chance)
            reading = _report(number, chance.choice(recent), filling, chance, seed=seed)
            before = filling
            if number >= after:
                yield reading


def _happenings(day: int, seed: int) -> list[Happening]:
    chance = random.Random(f"{seed} happenings {day}")
    return [happening(chance, place=town(chance.randrange(_TOWNS)), day=day) for _ in range(_A_DAY // 3)]


def _filling(chance: random.Random) -> str:
    words = chance.choices(WORDS, cum_weights=_WEIGHTS, k=300)
    return " ".join(" ".join(words[at : at + 12]).capitalize() + "." for at in range(0, 300, 12))


def _report(number: int, told: Happening, filling: str, chance: random.Random, *, seed: int) -> Reading:
    outlet, day = chance.randrange(40), number // _A_DAY
    story = Story()
    story.tell(replace(told, speaker="The monitor" if number % 3 else f"Group monitor {outlet % 7}"))
    story.say(f" {filling} ")
    if number % 50 == 49 and day >= 180:
        story.tell(_happenings(day - 180, seed)[chance.randrange(_A_DAY // 3)])
        story.say(" ")
    story.say(f"Outlet {outlet} has reported from the region for many years and takes care to name those who say so. Report {number}.")
    return story.reading(name=f"r{number}", source=f"Outlet {outlet}", published=moment(day).earliest, title=story.text[:40])
