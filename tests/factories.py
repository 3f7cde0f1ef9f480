"""Short makers of the vocabulary's values for tests."""

from collections.abc import Callable

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
    town = PLACES[place]
    statement = (Statement("s1", "e2", span(text, says), span(text, "said"), (Span.of(text, 0, text.index(",")),), "indirect", "say"),) if says else ()
    told = ("s1",) if says else ()
    event = Event(
        "v1", event_type, span(text, "took"), (Participant("agent", "e1", span(text, holder)),), Where("e9", "at", town.lat, town.lon, 5.0, span(text, place)),
        when, status, False, told, ("f1",) if killed else (), Span.of(text, 0, len(text)), Codes(None, None, AcledCode(None, None), None), 0.8,
    )  # fmt: skip
    figures = (
        (Figure("f1", "killed", killed, killed, killed, False, None, "people", None, None, None, when, told, span(text, "took"), "v1", 0.8),) if killed else ()
    )
    return Reading(
        report=report(text, source=source, published=published),
        entities=(actor(1, holder, text=text), town, *((actor(2, says, text=text),) if says else ())),
        statements=statement,
        events=(event,),
        figures=figures,
        control=(Control("c1", "e9", "e1", None, change, when, status, told, span(text, f"{holder} took {place}"), 0.8),),
    )
