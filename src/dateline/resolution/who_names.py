"""Which actor of the who's who a name or noun phrase means, given the countries that the report names and its year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from dateline.aliases import fold
from dateline.extraction.findings import Findings
from dateline.language.document import Document
from dateline.model import Report
from dateline.resolution.coreference_phrases import GROUP, PERSON, PLACE, Phrase
from dateline.resolution.scene import PlaceResolved
from dateline.whoswho import Actor, WhosWho

_BRANCH = {
    **dict.fromkeys(("government", "regime", "authority", "authorities", "administration"), "gov"),
    **dict.fromkeys(
        (
            "army",
            "military",
            "armed forces",
            "troop",
            "troops",
            "soldier",
            "soldiers",
            "forces",
            "armed force",
            "military personnel",
            "conscripts",
            "security forces",
        ),
        "mil",
    ),
    "navy": "navy",
    "air force": "air",
    "air forces": "air",
    "warplanes": "air",
    "jets": "air",
    **dict.fromkeys(("police", "policemen", "police officers", "riot police"), "pol"),
    "foreign ministry": "foreign",
    "defense ministry": "defence",
    "defence ministry": "defence",
    "interior ministry": "interior",
    "health ministry": "health",
    "parliament": "parliament",
}
# Modifiers that make "Syrian forces" somebody else than the forces of the Syrian state.
_OTHERS = frozenset(
    (
        "backed led rebel opposition kurdish arab tribal allied democratic loyalist pro anti militant insurgent foreign irregular former separatist "
        "local paramilitary sunni shiite shia christian guerrilla jihadist islamist peacekeeping multinational coalition own united self defense "
        "defence russian-backed private democratic free popular aligned supported sponsored trained loyal regional provincial ethnic proxy breakaway "
        "occupation exile transitional interim unity civil"
    ).split()
)
_STATE_FORCES = frozenset("government regime state federal army".split())
_MEMBERS = frozenset(
    (
        "militant fighter member rebel guerrilla insurgent terrorist jihadist extremist gunman militiaman subversive operative sympathizer troop force soldier "
        "separatist guerilla commando jihadi islamist"
    ).split()
)
_CLASSES = frozenset(
    (
        "group organization organisation movement militia network insurgency army faction cartel gang party guerrilla regime alliance coalition "
        "agency front rebellion outfit"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the report as a whole says about whom its names mean."""

    countries: Counter[str]
    year: int | None
    main: str | None
    """The country that the report is plainly about, or None."""
    caseless: bool = False
    """Whether the report is written without capitals."""
    ruled: str | None = None
    """The country whose state the report speaks of; None where it speaks of several."""
    since: int = 0
    """The first sentence in which it does."""
    home: str | None = None
    """The country in which plainly most of its places lie, or that it is plainly about and in which no fewer lie than in any other."""
    there: Mapping[int, Set[str]] = field(default_factory=dict)
    """By sentence, the countries of the places that it names."""

    @classmethod
    def of(cls, report: Report, document: Document, findings: Findings, places: Sequence[PlaceResolved], whos_who: WhosWho) -> Context:
        """The context of one report."""
        counts = Counter(p.country for p in places if p.country is not None)
        for mention in findings.mentions:
            if mention.form == "name":
                word = fold(document.text[mention.start : mention.end])
                codes = whos_who.adjectives.get(word) or (whos_who.country_names.get(word) if not places else None) or ()
                if mention.label in ("NORP", "PLACE") and len(codes) == 1:
                    counts[codes[0]] += 1
        year = int(report.published.date[:4]) if report.published.date else None
        main = _main(counts)
        there: dict[int, set[str]] = {}
        lands: Counter[str] = Counter()
        for found, place in zip(findings.places, places, strict=True):
            if place.country is not None and not found.adjectival and not found.nominal:
                there.setdefault(document.tokens[found.head].sentence, set()).add(place.country)
                lands[place.country] += 1
        most = max(lands.values(), default=0)
        home = _main(lands) or (main if main is not None and 0 < lands[main] == most else None)
        ruled, since = _ruled(document, whos_who, home)
        if ruled is None or lands[ruled] == most:
            since = 0
        return cls(counts, year or _year(document.text), main, document.text.islower(), ruled, since, home, there)

    def state_at(self, sentence: int) -> str | None:
        """The country whose state the words "the government" or "the army" mean in a sentence; None where that stays open.

        Organs of a country in which the report names fewer places than in another speak for the words only from where they stand on.
        A sentence that names places, and none of them in the country, leaves it open.
        """
        code = self.ruled if sentence >= self.since else self.home
        return None if (here := self.there.get(sentence)) and code not in here else code

    def code(self, codes: Sequence[str]) -> str | None:
        """The one of these countries that is meant; None where it stays open."""
        if len(codes) == 1:
            return codes[0]
        ranked = sorted(codes, key=lambda c: -self.countries[c])
        return ranked[0] if codes and self.countries[ranked[0]] > self.countries[ranked[1]] else None


_ORGANS = frozenset("government army military troop force police soldier authority regime parliament".split())
_LED = frozenset("regime government force army troop administration".split())


def _ruled(document: Document, whos_who: WhosWho, home: str | None) -> tuple[str | None, int]:
    """The country whose state the report speaks of: the one whose organs it names by nationality; where it names none, the one in which it plays.

    With it the first sentence that names such an organ.
    """
    organs: Counter[str] = Counter()
    first: dict[str, int] = {}
    for token in document.tokens:
        codes = whos_who.adjectives.get(fold(token.text), ())
        after = next((t for t in document.tokens[token.i + 1 : token.i + 4] if t.lemma.lower() in _ORGANS), None) if len(codes) == 1 else None
        if after is not None and after.sentence == token.sentence and not _backing(document, token.i) and not document.children(after.i, "nummod"):
            organs[codes[0]] += 1
            first.setdefault(codes[0], token.sentence)
        head = document.tokens[token.head]
        led = whos_who.leaders.get(fold(token.text), ()) if token.text[:1].isupper() and head.lemma.lower() in _LED and head.i > token.i else ()
        for code in {t.key.split(".")[0] for t in led} & whos_who.states.keys():
            organs[code] += 1
            first.setdefault(code, token.sentence)
    if not organs:
        return home, 0
    ranked = organs.most_common(2)
    chosen = ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1] else home if ranked[0][0] == home else None
    return chosen, first.get(chosen, 0) if chosen is not None else 0


def _year(text: str) -> int | None:
    """The latest year that an undated text names: it cannot be older than that by much, nor its actors younger."""
    years = [int(y) for y in re.findall(r"(?<![\d,.$])(?:19[4-9]\d|20[0-4]\d)(?![\d,])", text)]
    return max(years) if years else None


def _main(counts: Counter[str]) -> str | None:
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 2:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1] else None


# The government of a whole state, told from those of its parts: "the Federal Government of Iraq".
_WHOLE_STATE = re.compile(r"^(?:[Tt]he )?(?:Federal|Central|National) (?=Government of )")


def resolve_name(p: Phrase, context: Context, whos_who: WhosWho) -> Actor | None:
    """The actor that a name means, or None where the name is unknown or stays open."""
    if p.kind == PERSON and len(p.words) > 1:
        return None
    name = p.text
    found = whos_who.choose(name, countries=context.countries, year=context.year)
    if found is None and (plain := _WHOLE_STATE.sub("", name)) != name:
        found = whos_who.choose(plain, countries=context.countries, year=context.year)
    if found is not None and p.kind == PLACE and found.type not in ("state", "government"):
        return None
    if found is not None and p.kind == PERSON and not (name.isupper() or found.type == "armed_group"):
        return None
    return found


def codes_of(document: Document, p: Phrase, whos_who: WhosWho, *, caseless: bool = False) -> tuple[str, ...]:
    """Codes of the states whose adjective or name stands in the phrase before its head, or after it with "of"."""
    found: list[str] = []
    tokens = document.tokens[p.first : p.last]
    for n, token in enumerate(tokens):
        if token.upos not in ("PROPN", "ADJ", "NOUN"):
            continue
        if token.i > p.head and _aimed_at(document, token.i):
            continue
        if n and token.text.lower() == "america" and tokens[n - 1].text.lower() in ("central", "latin", "south", "north"):
            continue
        pair = fold(f"{tokens[n - 1].text} {token.text}") if n else ""
        codes = whos_who.adjectives.get(pair) or whos_who.country_names.get(pair)
        if not codes and not (n + 1 < len(tokens) and fold(f"{token.text} {tokens[n + 1].text}") in {**whos_who.adjectives, **whos_who.country_names}):
            word = fold(token.text)
            codes = whos_who.adjectives.get(word) or (whos_who.country_names.get(word) if len(word) > 3 or token.text.isupper() or "." in token.text else None)
        if codes and (caseless or token.text[:1].isupper()) and not _backing(document, token.i):
            found.extend(c for c in codes if c not in found)
    return tuple(found)


def codes_before(document: Document, p: Phrase, whos_who: WhosWho) -> tuple[str, ...]:
    """Codes of the state that the words before a person's name say is theirs: "British Defence Secretary", "Turkey's President", "U.S. envoy"."""
    first = p.first
    while first > 0 and p.first - first < _WORDS_BEFORE and _goes_with_name(document, first - 1, p.head):
        first -= 1
    words = document.tokens[first : p.first]
    for n in reversed(range(len(words))):
        token, after = words[n], words[n + 1 :]
        pair = fold(f"{words[n - 1].text} {token.text}") if n else ""
        one = fold(token.text)
        if not token.text[:1].isupper() or _backing(document, token.i):
            continue
        if codes := whos_who.adjectives.get(pair) or whos_who.adjectives.get(one):
            return tuple(codes)
        if after and (codes := whos_who.country_names.get(pair) or (whos_who.country_names.get(one) if len(one) > 3 or token.text.isupper() else None)):
            return tuple(codes)
    return ()


_WORDS_BEFORE = 8


def _goes_with_name(document: Document, i: int, head: int) -> bool:
    token = document.tokens[i]
    if token.sentence != document.tokens[head].sentence:
        return False
    return token.upos in ("NOUN", "PROPN", "ADJ", "NUM") or token.text in ("'s", "’s", "'", "’", "of", "for", "-") or (token.text == "and" and i > 0)


_AIMED = frozenset("to toward towards against with on about over between into".split())


def _aimed_at(document: Document, i: int) -> bool:
    """Whether a country is only what somebody is sent to or acts against: "the envoy to Syria" is not Syria's."""
    return any(child.text.lower() in _AIMED for child in document.children(i, "case"))


def _backing(document: Document, i: int) -> bool:
    head = document.tokens[document.tokens[i].head]
    return head.text.lower() in ("backed", "led", "supported", "sponsored", "funded", "trained", "aligned", "allied", "brokered", "made", "based")


def resolve_noun(document: Document, p: Phrase, context: Context, whos_who: WhosWho) -> tuple[str | None, str | None, str]:
    """Key, country and rule for a noun phrase that its own words resolve: "the Syrian army", "Taliban fighters", "government forces"."""
    if p.noun is None or p.kind not in (GROUP,):
        return None, None, ""
    named = _named_inside(document, p, context, whos_who)
    if named is not None:
        return named.key, (named.countries[0] if len(named.countries) == 1 else None), "who:name_and_class"
    led = _led(document, p, context, whos_who)
    if led is not None:
        return led, whos_who[led].countries[0], "who:leader"
    codes = codes_of(document, p, whos_who, caseless=context.caseless)
    code = context.code([c for c in codes if whos_who.states[c].alive(context.year)]) if codes else None
    branch = _BRANCH.get(p.noun.noun) or _BRANCH.get(p.lemma)
    rest = p.modifiers - {fold(w) for c in codes for s in (whos_who.states[c],) for a in (*s.adjectives, s.name, *s.aliases) for w in a.split()}
    if (
        branch
        and code
        and f"{code}.{branch}" in whos_who.actors
        and not rest & _OTHERS
        and len(codes) - len([c for c in codes if c != code and c in ("CG", "CD", "GN", "DO", "DM", "SU", "SD")]) <= 1
    ):
        return f"{code}.{branch}", code, "who:nationality_and_branch"
    ruled = context.state_at(document.tokens[p.head].sentence)
    known = f"{ruled}.{branch}" in whos_who.actors  # a territory has no government or army in the who's who
    if branch in ("gov", "mil", "pol") and not codes and known and _of_the_country(document, p, rest):
        return f"{ruled}.{branch}", ruled, "who:country_of_the_report"
    return None, code, ""


def _of_the_country(document: Document, p: Phrase, rest: frozenset[str]) -> bool:
    """Whether "the army" or "government forces" without a nationality can only mean those of the country that the report is about."""
    if p.noun is None or p.definite == "indefinite" or rest - _STATE_FORCES or _has_owner(document, p):
        return False
    return bool(rest & _STATE_FORCES) or (p.noun.noun in ("army", "regime", "military", "police", "government") and p.definite == "definite")


def _led(document: Document, p: Phrase, context: Context, whos_who: WhosWho) -> str | None:
    """Key for "the Assad regime" or "Haftar's forces": the leader's government or force."""
    branch = (_BRANCH.get(p.noun.noun) or _BRANCH.get(p.lemma)) if p.noun is not None else None
    if branch not in ("gov", "mil", "pol") and p.lemma not in _MEMBERS:
        return None
    for child in document.children(p.head, "nmod", "compound", "amod"):
        if child.i > p.head or not (context.caseless or child.text[:1].isupper()):
            continue
        actor = whos_who.led_by(child.text, year=context.year, countries=context.countries)
        if actor is not None:
            return actor.key if actor.type != "state" else f"{actor.key}.{branch or 'mil'}"
    return None


def _has_owner(document: Document, p: Phrase) -> bool:
    return any(c.deprel == "nmod:poss" or (c.deprel.startswith("nmod") and c.i > p.head) for c in document.children(p.head))


def _named_inside(document: Document, p: Phrase, context: Context, whos_who: WhosWho) -> Actor | None:
    """The actor whose name stands before a noun for its kind or its members: "the Islamic State group", "Taliban fighters"."""
    if (
        p.lemma not in _MEMBERS
        and p.lemma not in _CLASSES
        and p.noun is not None
        and p.noun.noun not in ("armed group", "terror group", "militant group", "rebel group", "terrorist group")
    ):
        return None
    before = [
        c
        for c in document.children(p.head, "compound", "amod", "nmod")
        if c.i < p.head and c.deprel != "nmod:poss" and (context.caseless or c.text[:1].isupper())
    ]
    if p.first < p.head and not before and (context.caseless or document.tokens[p.head - 1].text[:1].isupper()):
        before = [document.tokens[p.head - 1]]
    after = [c for c in document.children(p.head, "nmod") if c.i > p.head and {k.lemma.lower() for k in document.children(c.i, "case")} & {"of", "from", "for"}]
    for child in (*before, *(after if p.lemma in _MEMBERS else ())):
        tree = [t for t in document.subtree(child.i) if t.i < p.head]
        if child.i > p.head:
            tree = [t for t in document.subtree(child.i) if t.i <= child.i and t.upos not in ("ADP", "DET")] or [child]
        name = document.text[tree[0].start : tree[-1].end]
        found = whos_who.choose(name, countries=context.countries, year=context.year)
        if (
            found is not None
            and found.type in ("armed_group", "militia", "coalition", "party", "military", "police")
            and not (found.type == "party" and p.lemma in ("force", "troop", "soldier"))
        ):
            return found
    return None
