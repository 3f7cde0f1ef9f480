"""Short makers of the vocabulary's values for tests."""

from collections.abc import Callable

from evaluation.made import Happening, Story

from dateline.model import Entity, Mention, Published, Reading, Report, Section, Span, When
from dateline.record import corrections
from dateline.record.store import Record

Store = Callable[[str], str]
"""Gives, for each word, the name of a record that is not there yet."""

PLACES = {
    "Raqqa": Entity("e9", "place", "city", "Raqqa", country="SY", lat=35.95, lon=39.01, geonames_id=172955),
    "Palmyra": Entity("e9", "place", "city", "Palmyra", country="SY", lat=34.56, lon=38.28, geonames_id=163808),
}


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def day(start: str, end: str | None = "", precision: str = "day") -> When:
    return When(start, start if end == "" else end, precision)


def actor(number: int, name: str, *, known_as: str | None = None, text: str = "") -> Entity:
    mentions = (Mention(text.index(name), text.index(name) + len(name), name, "name"),) if name in text else ()
    return Entity(f"e{number}", "actor", "armed_group", name, known_as=known_as, mentions=mentions)


def report(text: str, *, source: str = "Northline Agency", published: str | None = "2017-10-18", url: str | None = None) -> Report:
    dated = Published(published, "metadata") if published else Published()
    return Report(
        id=text[:8], text=text, source=source, url=url, title=text[:30], language="en", published=dated, sections=(Section("paragraph", 0, len(text)),)
    )


def captured(holder: str, place: str, when: When, *, change: str = "captured", status: str = "occurred", says: str | None = None, killed: float | None = None,
             source: str = "Northline Agency", published: str | None = "2017-10-18", event_type: str = "territory_captured") -> Reading:  # fmt: skip
    """A reading of one sentence: somebody took a place, perhaps by somebody's word, perhaps with dead."""
    text = (
        f"{holder} took {place}"
        + (f", {says} said." if says else ".")
        + f" Filed by {source} on {published} about {when.earliest} {killed or ''} {change} {status}."
    )
    story = Story()
    told = Happening(doer=holder, place=PLACES[place], when=when, kind=event_type, speaker=says, number=killed, status=status, change=change)
    story.tell(told, words=text)
    return story.reading(name=text[:8], source=source, published=published, title=text[:30])


def judged(record: Record, a: tuple[int, str], b: tuple[int, str], verdict: str, *, who: str) -> int:
    """What a person says of two events, in the log; gives the number of the line."""
    return corrections.add(record, corrections.Correction(verdict, *a, other=f"{b[0]}/{b[1]}", who=who))
