"""Names: what the model labels, set right at the edges, merged with the names that the who's who knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from dateline.aliases import fold
from dateline.extraction.findings import MentionFound
from dateline.extraction.mentions_joined import Run, one_label_each, with_nicknames, with_number
from dateline.extraction.mentions_nouns import actor_nouns, noun_at
from dateline.extraction.mentions_ships import ships, without_ships
from dateline.language.document import Document, Token
from dateline.lexicon import load
from dateline.whoswho import WhosWho

_LABELS = frozenset({"PERSON", "ORG", "FORCE", "PLACE", "FACILITY", "NORP", "WEAPON", "EVENT", "MISC"})
_FORCES = frozenset({"military", "police", "armed_group", "militia"})
# One-word aliases that are also plain words: believed only where the model too sees the name of somebody there.
_WORDS = frozenset(
    (
        "dawn memorial guardian amal care site ninjas cobras amnesty google twitter facebook contra wagner fano dozo ninja nusra hirak sputnik aleph "
        "rangers plateforme duma berkut barkhane congress senate treasury ministry batasuna moncloa male victoria georgetown kingston bern sana arena "
        "plan far mas mit raw rosgvardia maute kosovo chad jordan georgia turkey niger mali oman cuba guinea togo tonga samoa jersey emirates akhmat "
        "colectivos comunes montoneros medellin quintin lautaro caritas hawar dabanga anadolu fars interfax tass reuters"
    ).split()
)
_PLACES = frozenset("chad jordan georgia turkey niger mali oman cuba guinea togo tonga samoa kosovo emirates male victoria".split())


_LANGUAGES = frozenset(
    {"Arabic", "English", "Farsi", "Dari", "Hebrew", "Urdu", "Hindi", "Kurmanji", "Sorani", "Mandarin", "Swahili", "Tigrinya", "Amharic", "Hausa"}
)
_DAYS = frozenset(
    ("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december").split()
)


@cache
def titles() -> dict[str, tuple[str, str]]:
    """Sector and gender by title, folded."""
    return {fold(r["title"]): (r["sector"], r["gender"]) for r in load("titles.tsv", columns=("title", "sector", "gender"), key=("title",))}


@cache
def first_names() -> frozenset[str]:
    """First names of persons, folded."""
    return frozenset(fold(r["name"]) for r in load("first_names.tsv", columns=("name", "gender"), key=("name",)))


WIDE_REGIONS = frozenset(("middle east", "near east", "far east", "north africa", "west africa", "east africa", "central asia", "latin america", "europe"))


def find_names(document: Document, whos_who: WhosWho) -> list[MentionFound]:
    """The names of the document, none within another, in text order."""
    runs = [run for name in document.names if name.label in _LABELS for run in _trimmed(document, Run(name.first, name.last, name.label, name.score), whos_who)]
    merged = _merged(document, _glued(document, with_nicknames(document, runs)), list(_known(document, whos_who)))
    merged = one_label_each(document, [with_number(document, run) for run in merged])
    at_sea = list(ships(document))
    merged = without_ships(document, merged, at_sea) + at_sea
    taken = {i for run in merged for i in range(run.first, run.last)}
    merged.extend(_nationals(document, whos_who, taken))
    return [_mention(document, run) for run in sorted(merged, key=lambda r: r.first)]


# Nouns that organisations are called by: a name that the model broke after or before one of them is put together again.
_ORG_NOUNS = frozenset(
    (
        "front movement army union party council ministry organization organisation coalition league force forces committee alliance liberation brigade "
        "brigades battalion department office commission agency association federation institute centre center court bank command group congress "
        "corps directorate foundation network observatory office mission society university authority bureau "
        "secretariat assembly resistance guard guards regiment division embassy consulate"
    ).split()
)


def _glued(document: Document, runs: Sequence[Run]) -> list[Run]:
    """The runs, those of organisations grown over the capitalised words around them ("Popular" "Front" for "Renewal")."""
    taken = {i: r for r in runs for i in range(r.first, r.last)}
    made: list[Run] = []
    for run in runs:
        reach = range(run.first, min(run.last + 1, document.sentence_of(run.first).last))
        if run.label in ("ORG", "FORCE", "MISC") and any(
            document.tokens[i].text.lower() in _ORG_NOUNS and document.tokens[i].text[:1].isupper() for i in reach
        ):
            first, last = _grown(document, run, taken)
            made.append(Run(first, last, "ORG" if run.label == "MISC" else run.label, run.score))
        else:
            made.append(run)
    return _without_overlaps(made)


def _grown(document: Document, run: Run, taken: Mapping[int, Run]) -> tuple[int, int]:
    tokens, sentence = document.tokens, document.sentence_of(run.first)

    def joins(i: int) -> bool:
        word = tokens[i].text
        return (
            word[:1].isupper()
            and word.replace(".", "").isalpha()
            and (word.isalpha() or word.count(".") > 1)
            and tokens[i].upos in ("PROPN", "ADJ", "NOUN")
            and (i not in taken or taken[i].label not in ("PERSON", "DATE"))
        )

    first, last = run.first, run.last
    while first > sentence.first and joins(first - 1) and not (first - 1 == sentence.first and first - 1 not in taken):
        first -= 1
    while last < sentence.last:
        if joins(last):
            last += 1
        elif tokens[last].text in ("for", "of") and last + 1 < sentence.last and tokens[last - 1].text.lower() in _ORG_NOUNS and joins(last + 1):
            last += 2
        else:
            break
    return first, last


def _mention(document: Document, run: Run) -> MentionFound:
    head = document.head_of(run.first, run.last).i
    return MentionFound(document.tokens[run.first].start, document.tokens[run.last - 1].end, run.first, run.last, head, "name", run.label, run.score)


def _trimmed(document: Document, run: Run, whos_who: WhosWho) -> Iterator[Run]:
    """The run without articles, possessives and stray punctuation at its edges, without titles before a person; none where a noun phrase is no name."""
    tokens = document.tokens
    first, last = run.first, run.last
    while first < last and (tokens[first].upos in ("DET", "PUNCT", "ADP") or tokens[first].text.lower() in ("the", "a", "an")) and tokens[first].text != "#":
        first += 1
    while (
        first < last
        and (tokens[last - 1].upos in ("PUNCT", "PART") or tokens[last - 1].text.lower() in ("'s", "’s", ",", "and", "of"))
        and tokens[last - 1].text not in (")", ".")
    ):
        last -= 1
    if last - first == 1 and tokens[first].text in _LANGUAGES and tokens[first].deprel.split(":")[0] not in ("amod", "compound"):
        return
    if any(r.label in ("DATE", "TIME") for i in range(first, last) for r in document.names_at(i)) or (
        last - first == 1 and tokens[first].text.lower() in _DAYS
    ):
        return
    if run.label == "WEAPON" and not _is_weapon(document, first, last):
        return
    if run.label == "PERSON":
        first = _after_titles(tokens, first, last, whos_who)
    if first >= last or not any(c.isalnum() for c in document.text[tokens[first].start : tokens[last - 1].end]):
        return
    if tokens[first].text.lower() in ("pro", "anti") or tokens[first].text.lower().startswith(("pro-", "anti-")):
        return
    if run.label in ("ORG", "FORCE", "MISC") and (_is_common_noun(tokens, first, last, whos_who) or _is_title(tokens, first, last)):
        return
    if run.label in ("ORG", "FORCE", "PERSON", "MISC", "NORP", "WEAPON") and _is_noun_phrase(document, first, last, whos_who):
        if run.label not in ("ORG", "FORCE") or not _names_group(tokens, first, last - 1) or fold(tokens[last - 1].text) not in SAME_GROUP:
            return
        last -= 1
    first, label = _settled(document, first, last, run.label, whos_who)
    yield Run(first, last, label, run.score)


SAME_GROUP = frozenset("group movement militia organisation organization monitor watchdog charity alliance coalition party network sect cartel gang".split())
"""Nouns that behind a name say of what kind its bearer is: "the Northern Front group" is the Northern Front."""


def _names_group(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether two words or more, each with a capital, remain of a name without the noun behind it."""
    return last - first > 1 and all(t.text[:1].isupper() for t in tokens[first:last] if t.text[:1].isalpha()) and tokens[last - 1].upos in ("PROPN", "NOUN")


_PLACE_KINDS = frozenset("city town village suburb district province governorate region neighbourhood neighborhood municipality port island state".split())


def _settled(document: Document, first: int, last: int, label: str, whos_who: WhosWho) -> tuple[int, str]:
    """Where the name begins and what it labels: a nationality is no place, a country no person, and "town of" no part of a town's name."""
    tokens = document.tokens
    word = fold(document.text[tokens[first].start : tokens[last - 1].end])
    if label in ("ORG", "FORCE", "MISC", "PERSON", "PLACE") and word in whos_who.adjectives and word not in whos_who.country_names:
        return first, "NORP"
    row = noun_at(document, first) if last - first == 1 and label in ("ORG", "FORCE", "MISC") else None
    if row is not None and row.kind == "weapon":
        return first, "WEAPON"
    if label == "PERSON" and last - first > 3 and fold(f"{tokens[first].text} {tokens[first + 1].text}") in WIDE_REGIONS:
        return first + 2, label
    if label == "PERSON" and (word in whos_who.country_names or word in WIDE_REGIONS) and word not in first_names():
        return first, "PLACE"
    located = first > 0 and tokens[first - 1].text.lower() in ("in", "at", "near", "from", "to", "of", "outside", "inside")
    if last - first == 1 and word in whos_who.leaders and (label in ("ORG", "MISC") or (label in ("PLACE", "FACILITY") and not located)):
        return (first, "PERSON") if word not in whos_who.country_names else (first, label)
    if label in ("PLACE", "FACILITY"):
        of = next((i for i in range(last - 2, first, -1) if tokens[i].text == "of" and tokens[i - 1].text in _PLACE_KINDS), None)
        return (first if of is None else of + 1), label
    return first, label


_WEAPONS = frozenset(
    (
        "scud kalashnikov grad katyusha qassam stinger javelin himars semtex sarin novichok shahed bayraktar iskander tomahawk patriot hellfire uzi "
        "galil makarov smerch uragan buk kornet milan tow claymore molotov napalm c4 rdx tatp anfo fagot konkurs"
    ).split()
)


def _is_weapon(document: Document, first: int, last: int) -> bool:
    """Whether a run is called by a noun for weapons, a model number or a well-known name."""
    for token in document.tokens[first:last]:
        row = noun_at(document, token.i) or actor_nouns().get(token.text.lower())
        if (row is not None and row.kind == "weapon") or any(c.isdigit() for c in token.text) or token.text.lower() in _WEAPONS:
            return True
    return False


def _after_titles(tokens: Sequence[Token], first: int, last: int, whos_who: WhosWho) -> int:
    """Where the name proper begins, after "U.S. Army Lt. Gen." and the like; ``last`` when there is nothing but titles."""
    at = first
    while at < last:
        length = next((n for n in (4, 3, 2, 1) if at + n <= last and _is_title(tokens, at, at + n)), 0)
        if length:
            at += length
            continue
        rest = range(at + 1, last)
        word = tokens[at].text
        leads_to_title = any(_is_title(tokens, i, i + 1) for i in rest if i - at <= 3)
        if leads_to_title and (
            fold(word) in whos_who.adjectives
            or fold(word) in whos_who.country_names
            or word in ("Army", "Navy", "Air", "Force", "Marine", "Corps", "Police", "of", "for", "and", "the")
        ):
            at += 1
            continue
        if word.islower() and tokens[at].upos in ("NOUN", "ADJ") and at + 1 < last:
            at += 1
            continue
        break
    return at


def _is_title(tokens: Sequence[Token], first: int, last: int) -> bool:
    words = " ".join(t.text for t in tokens[first:last])
    known = titles().get(fold(words))
    return (
        known is not None
        and (words[:1].isupper() or words.islower())
        and (last - first > 1 or words.lower() not in ("chair", "don", "justice", "miss", "brother", "sister", "father") or words[:1].isupper())
    )


def _is_common_noun(tokens: Sequence[Token], first: int, last: int, whos_who: WhosWho) -> bool:
    """Whether the run is one noun in small letters that nobody known is called by."""
    token = tokens[first]
    return last - first == 1 and token.text.islower() and token.upos == "NOUN" and not whos_who.candidates(token.text)


def _is_noun_phrase(document: Document, first: int, last: int, whos_who: WhosWho) -> bool:
    """Whether a run is words and nationalities only ("Iraqi forces", "rebel fighters"), no name."""
    tokens = document.tokens[first:last]
    if whos_who.candidates(document.text[tokens[0].start : tokens[-1].end]):
        return False
    final = tokens[-1]
    if final.text[:1].isupper() or noun_at(document, final.i) is None:
        return not any(t.text[:1].isupper() or t.upos == "PROPN" for t in tokens)
    return (
        all(t.text[:1].islower() or fold(t.text) in whos_who.adjectives or t.upos == "ADJ" or not t.text[:1].isalpha() for t in tokens) or final.text.islower()
    )


def _known(document: Document, whos_who: WhosWho) -> Iterator[Run]:
    """Names of the who's who that stand in the text as whole tokens."""
    for match in whos_who.index.find(document.text):
        start, end = document.token_at(match.start), document.token_at(match.end - 1)
        if start is None or end is None or start.start != match.start or end.end != match.end or start.sentence != end.sentence:
            continue
        if start.text.lower() == "the" and start.i < end.i:
            start = document.tokens[start.i + 1]
        actor = whos_who[match.keys[0]]
        if (
            actor.type == "state"
            and start.i
            and document.tokens[start.i - 1].text.lower() in ("central", "latin", "south", "north")
            and start.text.lower() == "america"
        ):
            continue
        if start.i == end.i:
            if not start.text.isupper() and start.upos not in ("PROPN", "NOUN", "X") or (start.upos == "NOUN" and start.text.islower() and not actor.countries):
                continue
        elif end.text.islower() and noun_at(document, end.i) is not None and "." in actor.key:
            continue  # "Syrian army" in small letters is a noun phrase, resolved as such
        label = "PLACE" if actor.type == "state" else "FORCE" if actor.type in _FORCES or actor.actor_class == "rebel_group" else "ORG"
        yield Run(start.i, end.i + 1, label, 1.0, known=True)


def _merged(document: Document, runs: Sequence[Run], known: Sequence[Run]) -> list[Run]:
    """One name for each place in the text: the who's who before the model, the longer before the shorter."""
    kept: list[Run] = list(runs)
    for alias in known:
        over = [r for r in kept if r.first < alias.last and alias.first < r.last]
        word = fold(document.text[document.tokens[alias.first].start : document.tokens[alias.last - 1].end])
        if word in _WORDS and word not in _PLACES and not any(r.label in ("ORG", "FORCE", "MISC", "NORP") for r in over):
            continue
        if any(
            r.first <= alias.first and alias.last <= r.last and r.last - r.first > alias.last - alias.first and not _generic_rest(document, r, alias)
            for r in over
        ):
            continue
        if any(r.known and r.last - r.first >= alias.last - alias.first for r in over):
            continue
        exact = next((r for r in over if (r.first, r.last) == (alias.first, alias.last)), None)
        if exact is not None and exact.label == "PERSON" and alias.last - alias.first == 1 and not document.tokens[alias.first].text.isupper():
            continue
        kept = [r for r in kept if r not in over]
        kept.append(alias)
    return _without_overlaps(kept)


def _generic_rest(document: Document, run: Run, alias: Run) -> bool:
    """Whether what a longer name adds to an alias is only words in small letters or a head noun ("ISIS militants")."""
    rest = [document.tokens[i] for i in range(run.first, run.last) if not alias.first <= i < alias.last]
    if run.first == alias.first and rest[0].text.lower() in ("in", "near", "inside", "outside"):
        return True
    return all(t.text[:1].islower() or not t.text[:1].isalpha() for t in rest)


def _without_overlaps(runs: Iterable[Run]) -> list[Run]:
    kept: list[Run] = []
    taken: set[int] = set()
    for run in sorted(runs, key=lambda r: (not r.known, r.first - r.last, r.first)):
        if taken.isdisjoint(range(run.first, run.last)):
            kept.append(run)
            taken.update(range(run.first, run.last))
    return kept


def _nationals(document: Document, whos_who: WhosWho, taken: set[int]) -> Iterator[Run]:
    """Nationalities that the model passed over."""
    at = 0
    while at < len(document.tokens):
        step = 1
        for length in (2, 1) if document.tokens[at].text[:1].isupper() else ():
            run = document.tokens[at : at + length]
            if len(run) < length or run[0].sentence != run[-1].sentence or any(t.i in taken for t in run) or not run[0].text[:1].isupper():
                continue
            word = fold(document.text[run[0].start : run[-1].end])
            if word in whos_who.adjectives and len(word) > 3 and run[-1].upos in ("PROPN", "ADJ", "NOUN"):
                yield Run(at, at + length, "NORP", 1.0, known=True)
                step = length
                break
        at += step
