"""Entities and coreference of a reading in the forms of ``score_ner`` and ``score_coref``.

Corpora differ in what belongs to a mention. re3d takes articles and a person's titles in, and marks dates, numbers and nationalities; GUM takes
every noun phrase with all its clauses, and compounds. A reading keeps actors, persons, places and weapons only, so that ``predict_coref`` asks
the resolution step itself for all phrases that it compared; ``predict_coref_of_reading`` scores what a reading shows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from dateline.aliases import fold
from dateline.extraction import extract
from dateline.extraction.mentions_names import titles
from dateline.extraction.mentions_nouns import phrase
from dateline.intake import report_of
from dateline.language.document import Document
from dateline.pipeline import World, document_of
from dateline.resolution.coreference_phrases import Phrase
from dateline.resolution.publication import infer_published
from dateline.resolution.when import resolve_times
from dateline.resolution.where import resolve_places
from dateline.resolution.who import cluster_phrases
from dateline.whoswho import WhosWho
from evaluation.alignment import Alignment
from evaluation.harness import Body, Predict

_RE3D = {"actor": "Organisation", "person": "Person", "place": "Location", "weapon": "Weapon"}
_PLATFORM = re.compile(
    r"\b(?:aircraft|helicopters?|tanks?|warplanes?|jets?|bombers?|warships?|frigates?|fighters? jets?|drones?|submarines?|gunships?|carriers?)$", re.IGNORECASE
)
_WORD_LEFT = re.compile(r"([\w.'’-]+)[ \u00a0]$")
_COARSE = {"actor": "ORG", "person": "PER", "place": "LOC"}


_NUMBER = re.compile(
    r"((?:more|less|fewer) than |at least |up to |about |around |over |nearly |almost |some |an additional |the |a further )?"
    r"([\d.,]+(?: ?(?:million|billion|per cent|percent|%))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"dozens of|hundreds of|thousands of)(?= )",
    re.IGNORECASE,
)
_UNMARKED = frozenset("our ours his her hers its their theirs my mine it them".split())
"""Pronouns that re3d mostly leaves out."""


def predict_re3d(reading: Body, record: Body) -> Body:
    """Entities by re3d's types, with its extents: the widest of nested mentions, numbers apart from what they count."""
    text = reading["report"]["text"]
    align = Alignment(text, record["text"])
    found: dict[tuple[int, int], str] = {}
    for when in (t["when"] for t in reading["times"]):
        if when is not None and when["span"] is not None:
            found[_bare_time(text, when["span"]["start"], when["span"]["end"])] = "Temporal"
    mentions: dict[tuple[int, int], str] = {}
    for entity in reading["entities"]:
        for mention in entity["mentions"]:
            kind = "Nationality" if _is_nationality(text, mention) else _RE3D.get(entity["kind"])
            if kind == "Weapon" and _PLATFORM.search(mention["text"]):
                kind = "MilitaryPlatform"
            if kind is not None and mention["text"].lower() not in _UNMARKED:
                mentions[_re3d_extent(text, mention, entity["kind"])] = kind
    for (start, end), kind in _widest(mentions).items():
        number = _NUMBER.match(text, start, end)
        if number is not None and number.end() < end:
            found[number.span(2)] = "Quantity"
            start = number.end() + 1
        found[(start, end)] = kind
    for figure in reading["figures"]:
        found.update(_amount(text, figure))
    return {"entities": [_span(align, start, end, kind) for (start, end), kind in sorted(_with_wider_place(text, found).items())]}


def _widest(mentions: dict[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    return {s: kind for s, kind in mentions.items() if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in mentions)}


def _bare_time(text: str, start: int, end: int) -> tuple[int, int]:
    """A time without the words that only shade it ("nearly", "earlier on"), and a date without its article."""
    shade = re.match(r"(?:nearly|almost|about|just over|over|around|earlier on|later on|the past|the last|the (?=[A-Z\d])) ?", text[start:end])
    return (start + shade.end() if shade is not None and shade.end() < end - start else start), end


def _amount(text: str, figure: Body) -> dict[tuple[int, int], str]:
    """The number of a figure; of money, with its currency."""
    start, end = figure["span"]["start"], figure["span"]["end"]
    if figure["measure"] == "money":
        return {(start, end): "Money"}
    number = _NUMBER.match(text, start, end)
    return {number.span(2): "Quantity"} if number is not None else {}


_WITHIN = re.compile(r"(?:[Tt]he |a )?(?:\w+ )?(?:city|town|village|suburb|province|district|governorate|region) of $")


def _with_wider_place(text: str, found: dict[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """A place together with the wider place after a comma, and with "the city of" before it."""
    made: dict[tuple[int, int], str] = {}
    last: tuple[int, int] | None = None
    for (start, end), kind in sorted(found.items()):
        if kind == "Location":
            if last is not None and text[last[1] : start] == ", ":
                del made[last]
                start = last[0]
            elif (before := _WITHIN.search(text[:start])) is not None:
                start = before.start()
            last = (start, end)
        made[(start, end)] = kind
    return made


def _is_nationality(text: str, mention: Body) -> bool:
    adjectives = WhosWho.open().adjectives
    return (
        mention["form"] == "name"
        and len(mention["text"]) > 4
        and fold(mention["text"]) in adjectives
        and not re.match(r"s\b", text[mention["end"] :])
        and not mention["text"].endswith("s")
    )


def _re3d_extent(text: str, mention: Body, kind: str, *, nations: bool = False) -> tuple[int, int]:
    """A mention with its article; a person with the titles before the name; a noun phrase cut before its prepositional phrases other than "of"."""
    start, end = mention["start"], mention["end"]
    if mention["form"] == "noun":
        cut = re.search(r" (?:in|at|on|to|with|against|near|from|by|for|inside|outside|across) ", text[start:end])
        end = start + cut.start() if cut is not None else end
    while kind == "person" and mention["form"] == "name" and (title := _title_left(text, start)) is not None:
        start = title
        if (word := _WORD_LEFT.search(text[:start])) is not None and nations and fold(word[1]) in WhosWho.open().adjectives:
            start = word.start()
    if (
        mention["form"] == "name"
        and kind != "person"
        and fold(mention["text"]) not in WhosWho.open().adjectives
        and (word := _WORD_LEFT.search(text[:start])) is not None
        and word[1].lower() == "the"
    ):
        start = word.start()
    return start, end


def _title_left(text: str, start: int) -> int | None:
    """Where a title of one, two or three words that stands before ``start`` begins."""
    words = re.search(r"((?:[\w.'’-]+ ){0,2}[\w.'’-]+ )$", text[max(0, start - 60) : start])
    if words is None:
        return None
    parts = words[1].split()
    for n in range(len(parts), 0, -1):
        title = " ".join(parts[-n:])
        if fold(title) in titles():
            return start - len(title) - 1
    return None


def _span(align: Alignment, start: int, end: int, kind: str) -> Body:
    first, last = align.span(start, end)
    return {"start": first, "end": last, "type": kind}


def names_of(scheme: dict[str, str] | None = None) -> Predict:
    """The prediction of the names alone, by kind: person, organisation, place (PER, ORG, LOC unless ``scheme`` renames them)."""
    labels = scheme or _COARSE

    def predict(reading: Body, record: Body) -> Body:
        align = Alignment(reading["report"]["text"], record["text"])
        rows = [
            _span(align, m["start"], m["end"], labels[e["kind"]])
            for e in reading["entities"]
            for m in e["mentions"]
            if m["form"] == "name" and e["kind"] in labels
        ]
        return {"entities": rows}

    return predict


predict_names = names_of()


_MUTUAL = frozenset({"meeting", "negotiation", "agreement", "cooperation", "visit", "joint_exercise"})
"""Events whose two sides CAMEO's marking calls R alike."""


def predict_cameo(reading: Body, record: Body) -> Body:
    """The source and the target (S, T) of a sentence's first event, or its two sides (R); where no event names them, its first two actors."""
    align = Alignment(reading["report"]["text"], record["text"])
    sources = [_with_weapon(e, words_of(reading, p)) for e in reading["events"] for p in e["participants"] if p["role"] == "agent"]
    sources += [(s["speaker_span"]["start"], s["speaker_span"]["end"]) for s in reading["statements"] if s["speaker_span"] is not None]
    targets = [words_of(reading, p) for e in reading["events"] for p in e["participants"] if p["role"] in ("target", "victim", "beneficiary")]
    source = min(sources, default=None)
    target = min((t for t in targets if source is None or not _overlap(t, source)), default=None)
    mutual = _sides(reading)
    if mutual is not None:
        source, target = mutual
    for span in _parties(reading):
        if source is None and (target is None or span[1] <= target[0]):
            source = span
        elif target is None and source is not None and span[0] >= source[1]:
            target = span
    wide = _parties(reading)
    text = reading["report"]["text"]
    kinds = ("R", "R") if mutual is not None else ("S", "T")
    found = [(_widened(reading, text, wide, span), kind) for span, kind in zip((source, target), kinds, strict=True) if span is not None]
    return {"entities": [_span(align, *span, kind) for span, kind in found]}


def _sides(reading: Body) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The first two parties of the first event where it is one that both sides take part in alike."""
    first = min(reading["events"], key=lambda e: e["trigger"]["start"], default=None)
    if first is None or first["type"] not in _MUTUAL or first["status"] not in ("occurred", "ongoing", "ended"):
        return None  # who means to meet somebody is a source, whom he means to meet a target
    parts = sorted(words_of(reading, p) for p in first["participants"] if p["role"] in ("agent", "target"))
    apart = [p for p in parts[1:] if not _overlap(p, parts[0])]
    return (parts[0], apart[0]) if apart else None


def _widened(reading: Body, text: str, wide: list[tuple[int, int]], span: tuple[int, int]) -> tuple[int, int]:
    """A party with its titles, its acronym in brackets, the name set beside it, and the place that it is of."""
    start, end = next((w for w in wide if w[0] <= span[0] and span[1] <= w[1]), span)
    if (acronym := re.match(r" \([A-Z][\w.-]{1,9}\)", text[end:])) is not None:
        end += acronym.end()
    chain = next((e for e in reading["entities"] if any(start <= m["start"] and m["end"] <= end for m in e["mentions"])), None)
    for mention in chain["mentions"] if chain is not None else ():
        if mention["form"] != "pronoun" and text[end : mention["start"]] in (" ", ", "):
            end = mention["end"]
    somebody = chain is not None and chain["kind"] == "person"
    for place in (m for e in reading["entities"] if e["kind"] == "place" and not somebody for m in e["mentions"]):
        if end < place["start"] and re.fullmatch(r" (?:in|of)(?: the| northern| southern| eastern| western| central)? ", text[end : place["start"]]):
            return start, place["end"]
    return start, end


def words_of(reading: Body, participant: Body) -> tuple[int, int]:
    """The words of a participant; for a pronoun, those that it stands for where they come before it."""
    span = participant["span"]
    entity = next((e for e in reading["entities"] if e["id"] == participant["entity"]), None)
    if entity is not None and any(m["form"] == "pronoun" and m["start"] == span["start"] for m in entity["mentions"]):
        named = [m for m in entity["mentions"] if m["form"] != "pronoun" and m["end"] <= span["start"]]
        span = named[-1] if named else span
    return span["start"], span["end"]


def _with_weapon(event: Body, span: tuple[int, int]) -> tuple[int, int]:
    """The words of who does it; where these are part of the weapon's, as CAMEO marks it, the weapon's ("Iraqi warplanes")."""
    weapons = [p["span"] for p in event["participants"] if p["role"] == "instrument"]
    return next(((w["start"], w["end"]) for w in weapons if w["start"] <= span[0] and span[1] <= w["end"]), span)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _parties(reading: Body) -> list[tuple[int, int]]:
    """The widest mentions of actors, persons and countries, in text order."""
    text = reading["report"]["text"]
    spans = [
        _re3d_extent(text, m, e["kind"], nations=True) if m["form"] == "name" else (m["start"], m["end"])
        for e in reading["entities"]
        if e["kind"] in ("actor", "person") or e["type"] == "country"
        for m in e["mentions"]
        if m["form"] != "pronoun"
    ]
    return sorted(s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans))


def predict_coref_of_reading(reading: Body, record: Body) -> Body:
    """The chains that a reading shows: actors, persons, places and weapons."""
    align = Alignment(reading["report"]["text"], record["text"])
    rows = [{**_span(align, m["start"], m["end"], e["kind"]), "chain": e["id"]} for e in reading["entities"] for m in e["mentions"]]
    return {"entities": rows}


@cache
def _world() -> World:
    return World.open()


def predict_coref(reading: Body, record: Body) -> Body:
    """All chains that the resolution step forms, with GUM's extents: every noun phrase with its clauses, compounds, and dates as their own kind."""
    world = _world()
    report = report_of(record["text"], title=record.get("title"), url=record.get("url"), published=record.get("dct"), language="en", id=record["id"])
    document = document_of(report, world.model)
    findings = extract(document, report.sections)
    report = replace(report, published=infer_published(report, document, findings))
    places = resolve_places(report, document, findings, world.gazetteer)
    clusters = cluster_phrases(report, document, findings, places, world.whos_who)
    align = Alignment(report.text, record["text"])
    chains = {gum_extent(document, p): f"c{n}" for n, cluster in enumerate(clusters.all()) for p in cluster.phrases}
    times = resolve_times(report, document, findings)
    for found, when in zip(findings.times, times, strict=True):
        label = f"t{when.earliest}/{when.latest}" if when is not None and when.earliest else f"t{found.start}"
        chains.setdefault((found.start, found.end), label)
    for start, end, label in _compounds(document):
        chains.setdefault((start, end), label)
    return {"entities": [{**_span(align, start, end, "any"), "chain": chain} for (start, end), chain in sorted(chains.items())]}


def gum_extent(document: Document, p: Phrase) -> tuple[int, int]:
    """The phrase as GUM marks it: all that hangs on it, and a possessive's "'s"."""
    if p.form == "pronoun":
        return p.start, p.end
    first, last = phrase(document, p.head, clauses=True)
    first, last = min(first, p.first), max(last, p.last)
    if last < len(document.tokens) and document.tokens[last].text in ("'s", "’s", "'"):
        last += 1
    return document.tokens[first].start, document.tokens[last - 1].end


def _compounds(document: Document) -> list[tuple[int, int, str]]:
    """Nouns before nouns ("visa" in "visa snags"), the same word being the same thing."""
    return [
        (t.start, t.end, f"n{t.lemma.lower()}")
        for t in document.tokens
        if t.deprel == "compound" and t.upos == "NOUN" and not any(c.deprel == "compound" for c in document.children(t.i))
    ]
