"""What a figure measures: the verb, adjective or noun that the counted hang on, matched with the rows of ``measures.tsv``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dateline.extraction.figures_phrase import Kind, kind_of
from dateline.extraction.reality import unreal
from dateline.language.document import Document, Token
from dateline.lexicon import Row, load

COLUMNS = ("name", "measure", "kind", "lemma", "role", "needs", "example", "finds")
HARM = frozenset({"killed", "injured", "missing", "detained", "abducted", "displaced", "besieged", "captured", "destroyed", "damaged", "affected"})
_PEOPLE = frozenset(
    (
        "killed injured missing detained abducted displaced refugees returned in_need without_access besieged food_insecure"
    ).split()
)
_LIVING = frozenset({"person", "force", "group", "harm", ""})
_THINGS = frozenset({"building", "area", "vehicle", "weapon", "thing", "relief", "", "strike"})
_SINGLE_OUT = frozenset(
    (
        "along alongside together including include among plus like such notably besides counting involving"
    ).split()
)
_SETS = frozenset(
    (
        "group total crowd team convoy band contingent batch wave estimate some minimum maximum average majority list"
    ).split()
)
_RAISING = frozenset(
    (
        "report believe say fear know think feared estimate presume understand consider declare confirm list allege claim find pronounce leave"
    ).split()
)
_HARSH = frozenset({"kill", "wound", "detain", "abduct", "die", "shoot_dead", "death_of", "dead", "wounded", "abduction_of", "detention_of"})
"""Rows whose verb or noun is said of people only, so that an unknown noun under them is people."""
_AGENTS = ("er", "or", "ist", "ian", "ee", "ant", "man", "men", "women", "ite", "ese", "i")
_TOTALS = frozenset({"number", "total", "count", "tally", "figure"})


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure, the row that gave it, and the token that the figure hangs on."""

    name: str
    rule: str
    governor: int
    confidence: float


@cache
def rows_of(kind: str) -> dict[str, tuple[Row, ...]]:
    """The rows of one kind, by lemma."""
    table: dict[str, list[Row]] = {}
    for row in load("measures.tsv", columns=COLUMNS):
        if row["kind"] == kind and row["finds"]:
            for lemma in row["lemma"].split("|"):
                table.setdefault(lemma, []).append(row)
    return {lemma: tuple(rows) for lemma, rows in table.items()}


def measures_of(document: Document, anchor: int, noun: int | None, kind: Kind) -> tuple[Measure, ...]:
    """The measures of the counted, the surest first; several where one clause says several things of them ("kidnapped and killed")."""
    found = [m for m in _all(document, anchor, noun, kind) if _fits(m.name, kind) and _likely(document, m.rule, noun, kind)]
    hard = [m for m in found if m.name in ("killed", "injured")]
    if hard and hard[0] is not found[0] and found[0].rule in _described():
        found = hard
    return _combined(document, tuple(_distinct(found)))


@cache
def _described() -> frozenset[str]:
    """Names of the rows whose words describe people, which yield to what happened to them in the sentence."""
    return frozenset(row["name"] for rows in rows_of("adjective").values() for row in rows)


def _distinct(found: list[Measure]) -> Iterator[Measure]:
    seen: set[str] = set()
    for measure in found:
        if measure.name not in seen:
            seen.add(measure.name)
            yield measure


def _fits(measure: str, kind: Kind) -> bool:
    match measure:
        case "killed" | "injured" | "missing" | "abducted" | "detained":
            return kind.type in _LIVING
        case "destroyed" | "damaged":
            return kind.type in _THINGS
        case "forces":
            return kind.type in ("person", "force", "")
        case "strikes":
            return kind.type == "strike"
        case _:
            return measure not in _PEOPLE or kind.type in _LIVING


def _likely(document: Document, rule: str, noun: int | None, kind: Kind) -> bool:
    """Whether a row may speak of this noun: one that the lexicon does not know must look like people, or the row must be of violence to people."""
    lemma = document.tokens[noun].lemma.lower() if noun is not None else ""
    if rule == "body":
        return lemma in ("body", "corpse", "remains")
    if rule == "fire":
        return kind.type == "weapon"
    if rule in ("gather", "hold", "expel", "torture"):
        return kind.type in ("person", "force", "group", "harm") or (noun is None and rule != "hold")
    if kind.type or noun is None or rule in _HARSH or lemma.endswith(_AGENTS):
        return True
    return not (rows_by_name().get(rule, "other") in _PEOPLE or rule == "deploy")


@cache
def rows_by_name() -> dict[str, str]:
    """The measure of each row, by the row's name."""
    return {row["name"]: row["measure"] for row in load("measures.tsv", columns=COLUMNS)}


def _all(document: Document, anchor: int, noun: int | None, kind: Kind) -> Iterator[Measure]:
    if kind.measure is not None and kind.type == "harm":
        yield Measure(kind.measure, "counted", noun if noun is not None else anchor, 0.9)
        return
    heads = [anchor] if noun is None or noun == anchor else [anchor, noun]
    for head in heads:
        yield from _within(document, head)
    yield from _above(document, anchor, kind, 0)
    for head in heads:
        yield from _beside(document, head)


def _within(document: Document, head: int) -> Iterator[Measure]:
    """From what modifies the counted: "dead", "killed in the blast", "who fled", "in need"."""
    token = document.tokens[head]
    for child in document.children(head, "amod", "xcomp", "dep", "appos"):
        if child.deprel != "appos" or child.upos in ("ADJ", "VERB"):
            yield from _adjective(child)
    for child in document.children(head, "acl"):
        if child.deprel == "acl:relcl":
            yield from _verb(document, child, _relative_role(document, child, token))
        elif child.upos == "VERB":
            yield from _verb(document, child, "object" if "VerbForm=Part" in child.feats and child.xpos != "VBG" else "subject")
            yield from _adjective(child) if child.xpos == "VBN" else ()
        else:
            yield from _adjective(child)
    yield from _adjective(token)


def _beside(document: Document, head: int) -> Iterator[Measure]:
    """From a prepositional phrase: "in need", "under siege", "without electricity"."""
    sites = [head, document.tokens[head].head] if document.tokens[head].deprel.startswith(("nsubj", "obj")) else [head]
    for site in sites:
        for child in document.children(site, "nmod", "obl"):
            case = {c.lemma.lower() for c in document.children(child.i, "case")}
            for row in rows_of("noun").get(child.lemma.lower(), ()):
                if row["role"] in case and row["role"] != "of":
                    yield Measure(row["measure"], row["name"], child.i, 0.75)


def _adjective(token: Token) -> Iterator[Measure]:
    for row in rows_of("adjective").get(token.text.lower(), ()):
        yield Measure(row["measure"], row["name"], token.i, 0.85)


def _relative_role(document: Document, verb: Token, noun: Token) -> str:
    for child in document.children(verb.i, "nsubj", "obj"):
        if child.xpos in ("WP", "WDT", "WP$") or child.lemma.lower() in ("who", "which", "that", "whom"):
            return _role(document, child, verb)
    return "object"


def _role(document: Document, token: Token, verb: Token) -> str:
    """object for what undergoes the verb, subject for what does it."""
    base = token.deprel.split(":")[0]
    if token.deprel in ("nsubj:pass", "csubj:pass") or base == "obj":
        return "object"
    if base == "nsubj":
        return "object" if document.children(verb.i, "aux:pass") else "subject"
    return "agent" if token.deprel == "obl:agent" else base


def _above(document: Document, anchor: int, kind: Kind, depth: int) -> Iterator[Measure]:
    """From what the counted hang on."""
    token = document.tokens[anchor]
    if token.head == token.i:
        yield from _root(document, token)
        return
    if depth > 4:
        return
    governor = document.tokens[token.head]
    base = token.deprel.split(":")[0]
    case = {c.lemma.lower() for c in document.children(token.i, "case", "mark", "cc", "acl")} | _opening(document, token)
    if base in ("nsubj", "obj") or token.deprel in ("obl:agent", "nsubj:pass"):
        yield from _clause(document, token, governor)
    elif base == "conj":
        yield from _conjunct(document, token, governor, kind, depth)
    elif case & _SINGLE_OUT or base in ("appos", "parataxis", "nummod"):
        yield from _part(document, governor, kind, depth)
    elif base == "nmod":
        yield from _of_noun(document, token, governor, case, kind, depth)
    elif base == "compound" and governor.upos in ("NOUN", "PROPN"):
        yield from _noun_rows(document, governor)
    elif base == "obl":
        yield from _toll(document, token, governor)
    elif governor.upos in ("ADJ", "VERB"):
        yield from _adjective(governor)
    yield from _toll(document, token, governor) if base == "obj" else ()


def _opening(document: Document, token: Token) -> set[str]:
    """The word before the phrase, which opens a part of a total ("including three children")."""
    left = min(t.i for t in document.subtree(token.i))
    return {document.tokens[left].text.lower(), document.tokens[left - 1].text.lower() if left else ""}


def _root(document: Document, token: Token) -> Iterator[Measure]:
    """A phrase that is its own clause: "the death toll was 13", "13 dead in blast"."""
    yield from _toll(document, token, token)
    for child in document.children(token.i, "acl", "amod", "dep", "parataxis", "advcl"):
        if abs(child.i - token.i) <= 2 and child.upos in ("ADJ", "VERB") and not document.children(child.i, "nsubj", "obj"):
            yield from _adjective(child)


def _clause(document: Document, token: Token, governor: Token) -> Iterator[Measure]:
    role = _role(document, token, governor)
    if governor.upos in ("ADJ", "NOUN", "ADV", "NUM"):
        yield from _adjective(governor)
    yield from _verb(document, governor, role)
    for child in document.children(governor.i, "xcomp", "ccomp"):
        if child.deprel.startswith("ccomp") and governor.lemma.lower() not in ("leave", "see", "report"):
            continue
        yield from _adjective(child)
        if child.upos == "VERB" and (role == "object" or governor.lemma.lower() in _RAISING or child.deprel.startswith("xcomp")):
            inner = "object" if document.children(child.i, "aux:pass") or child.xpos == "VBN" else "subject"
            yield from _verb(document, child, inner)
    for child in document.children(governor.i, "conj"):
        if child.upos == "VERB" and not document.children(child.i, "nsubj", "csubj") and (role == "subject" or not document.children(child.i, "obj")):
            yield from _verb(document, child, role)
    if role == "object" and governor.deprel.split(":")[0] == "conj":
        first = document.tokens[governor.head]
        if first.upos == "VERB" and not document.children(first.i, "obj") and token.i > governor.i > first.i:
            yield from _verb(document, first, role)


def _verb(document: Document, verb: Token, role: str) -> Iterator[Measure]:
    for row in rows_of("verb").get(verb.lemma.lower(), ()):
        if row["role"] != role:
            continue
        if row["needs"] and not _hangs(document, verb, frozenset(row["needs"].split("|"))):
            continue
        doubt = unreal(document, verb)
        if doubt == "no" and row["measure"] in HARM | {"strikes", "returned", "refugees"}:
            continue
        yield Measure(row["measure"], row["name"], verb.i, 0.6 if doubt else 0.9)


def _hangs(document: Document, verb: Token, needs: frozenset[str]) -> bool:
    """Whether one of these words hangs on the verb, or on its object or complement."""
    near = [*document.children(verb.i)]
    for child in document.children(verb.i, "obj", "obl", "xcomp"):
        near.extend(document.children(child.i, "nmod", "compound", "conj", "amod", "case"))
    return any(t.lemma.lower() in needs or t.text.lower() in needs for t in near)


def _conjunct(document: Document, token: Token, governor: Token, kind: Kind, depth: int) -> Iterator[Measure]:
    """The second of a pair shares the first's governor; after an ellipsis its own adjective speaks ("and 500 wounded")."""
    for child in document.children(token.i, "orphan", "amod", "acl", "xcomp", "dep", "conj"):
        yield from _adjective(child)
    if governor.upos in ("VERB", "ADJ"):
        after = [t for t in document.tokens[token.i + 1 : token.i + 3] if t.sentence == token.sentence]
        for follower in after:
            yield from _adjective(follower)
        return
    yield from _above(document, governor.i, kind, depth + 1)


def _part(document: Document, governor: Token, kind: Kind, depth: int) -> Iterator[Measure]:
    """ "including three children": what is said of the whole is said of the part."""
    if governor.upos in ("VERB", "ADJ", "AUX"):
        yield from _adjective(governor)
        for child in document.children(governor.i, "obj", "nsubj:pass", "nsubj"):
            yield from _verb(document, governor, _role(document, child, governor))
        for child in document.children(governor.i, "xcomp"):
            yield from _adjective(child)
        return
    yield from _within(document, governor.i)
    own = kind_of(document, governor)
    if own is not None and own.type == "harm" and own.measure:
        yield Measure(own.measure, "counted", governor.i, 0.8)
    yield from _above(document, governor.i, kind, depth + 1)


def _of_noun(document: Document, token: Token, governor: Token, case: set[str], kind: Kind, depth: int) -> Iterator[Measure]:
    yield from _toll(document, token, governor)
    if "of" in case or token.deprel == "nmod:poss":
        yield from _noun_rows(document, governor)
        if governor.lemma.lower() in _SETS or governor.upos == "NUM":
            yield from _above(document, governor.i, kind, depth + 1)
    if case & {"between", "among", "to", "from", "with"}:
        yield from _noun_rows(document, governor) if governor.lemma.lower() in ("number",) else ()


def _noun_rows(document: Document, noun: Token) -> Iterator[Measure]:
    for row in rows_of("noun").get(noun.lemma.lower(), ()):
        if row["role"] == "of":
            yield Measure(row["measure"], row["name"], noun.i, 0.8)


def _toll(document: Document, token: Token, governor: Token) -> Iterator[Measure]:
    """A running total: "a death toll of 13", "the toll rose to 13", "the number of wounded reached 13"."""
    candidates = [governor, *document.children(governor.i, "nsubj", "obj")]
    for candidate in candidates:
        if candidate.i == token.i:
            continue
        lemma = candidate.lemma.lower()
        if lemma == "toll":
            yield Measure(_toll_measure(document, candidate), "toll", candidate.i, 0.85)
        elif lemma in _TOTALS:
            yield from _number_of(document, candidate)


def _toll_measure(document: Document, toll: Token) -> str:
    words = {c.lemma.lower() for c in document.children(toll.i, "compound", "amod")}
    if words & {"injury", "wounded", "injured"}:
        return "injured"
    return "affected" if words & {"casualty"} else "killed"


def _number_of(document: Document, total: Token) -> Iterator[Measure]:
    for child in document.children(total.i, "nmod"):
        own = kind_of(document, child)
        if own is not None and own.measure is not None:
            yield Measure(own.measure, "number_of", child.i, 0.8)
        yield from _within(document, child.i)


def _combined(document: Document, found: Sequence[Measure]) -> tuple[Measure, ...]:
    """One measure for a number that two verbs share ("killed or wounded 50"): affected, since the parts are not told apart."""
    names = {m.name for m in found}
    pair = names & {"killed", "injured"}
    if len(pair) == 2 and _joined(document, [m.governor for m in found if m.name in pair]):
        first = next(m for m in found if m.name in pair)
        return (replace(first, name="affected", confidence=0.7), *(m for m in found if m.name not in pair))
    if {"destroyed", "damaged"} <= names:
        return tuple(m for m in found if m.name != "destroyed")
    return tuple(found)


def _joined(document: Document, governors: Sequence[int]) -> bool:
    return any(document.tokens[a].head == b and document.tokens[a].deprel.startswith("conj") for a in governors for b in governors if a != b)
