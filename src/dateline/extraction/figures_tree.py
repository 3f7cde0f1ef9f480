"""What the tree says of the counted: from within their phrase, from above it, from beside it."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.extraction.figures_phrase import Kind, kind_of
from dateline.extraction.figures_rows import Measure, rows_of
from dateline.extraction.reality import undone, unreal
from dateline.language.document import Document, Token

HARM = frozenset({"killed", "injured", "missing", "detained", "abducted", "displaced", "besieged", "captured", "destroyed", "damaged", "affected"})
_SINGLE_OUT = frozenset(("along alongside together including include among plus like such notably besides counting involving").split())
_SETS = frozenset(("group total crowd team convoy band contingent batch wave estimate some minimum maximum average majority list").split())
_RAISING = frozenset(
    ("report believe say fear know think feared estimate presume understand consider declare confirm list allege claim find pronounce leave").split()
)
_TOTALS = frozenset({"number", "total", "count", "tally", "figure"})


def all_measures(document: Document, anchor: int, noun: int | None, kind: Kind) -> Iterator[Measure]:
    """Every measure that the tree gives to the phrase of ``anchor`` and ``noun``, nearest words first."""
    if kind.measure is not None and kind.type == "harm":
        yield Measure(kind.measure, "counted", noun if noun is not None else anchor, 0.9)
        return
    heads = [anchor] if noun is None or noun == anchor else [anchor, noun]
    own = [m for head in heads for m in (*_within(document, head), *_behind_pair(document, head))]
    yield from own
    if not (own and document.tokens[anchor].deprel == "conj"):
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
            yield from _verb(document, child, "object" if child.xpos in ("VBN", "VBD") else "subject")
            yield from _adjective(child) if child.xpos == "VBN" else ()
        else:
            yield from _adjective(child)
    yield from _adjective(token)


def _behind_pair(document: Document, head: int) -> Iterator[Measure]:
    """From a participle behind the last of a list ("120 soldiers and a general killed")."""
    for last in document.children(head, "conj")[-1:]:
        for child in document.children(last.i, "acl"):
            if child.xpos in ("VBN", "VBD") and child.deprel == "acl":
                yield from _verb(document, child, "object")


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
    arguments = document.children(verb.i, "nsubj", "obj")
    for child in arguments:
        if child.xpos in ("WP", "WDT", "WP$") or child.lemma.lower() in ("who", "which", "that", "whom"):
            return _role(document, child, verb)
    return "none" if any(c.deprel == "nsubj:pass" or c.deprel.startswith("obj") for c in arguments) else "object"


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
    elif base == "iobj" and governor.lemma.lower() in ("see", "leave"):
        for child in document.children(governor.i, "conj", "xcomp"):
            yield from _verb(document, child, "object") if child.xpos in ("VBN", "VBD") else ()
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
        yield from _verb(document, governor, "object") if not case & _SINGLE_OUT and not document.children(token.i, "case") else ()
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
    yield from _verb(document, governor, role)
    told = governor.upos != "VERB" or (unreal(document, governor) != "no" and not _in_hospital(document, governor))
    if told and role != "agent" and (governor.upos in ("ADJ", "NOUN", "ADV", "NUM") or (governor.upos == "VERB" and not document.children(governor.i, "obj"))):
        yield from _adjective(governor)
    for child in document.children(governor.i, "xcomp", "ccomp"):
        if child.deprel.startswith("ccomp") and governor.lemma.lower() not in ("leave", "see", "report"):
            continue
        if child.upos == "VERB" and (role == "object" or governor.lemma.lower() in _RAISING or child.deprel.startswith("xcomp")):
            passive = document.children(child.i, "aux:pass") or (child.xpos == "VBN" and not document.children(child.i, "aux"))
            inner = "object" if passive else "subject"
            yield from _verb(document, child, inner)
        yield from _adjective(child)
    for child in document.children(governor.i, "conj"):
        if child.upos == "VERB" and _shares(document, governor, child) and (role == "subject" or not document.children(child.i, "obj")):
            yield from _verb(document, child, role)
    if role == "object" and governor.deprel.split(":")[0] == "conj":
        first = document.tokens[governor.head]
        if first.upos == "VERB" and not document.children(first.i, "obj") and token.i > governor.i > first.i:
            yield from _verb(document, first, role)


def _shares(document: Document, first: Token, second: Token) -> bool:
    """Whether the second verb of a pair has no argument of its own before it, by the tree and by the words between."""
    between = document.tokens[first.i + 1 : second.i]
    return not document.children(second.i, "nsubj", "csubj") and not any(t.upos in ("NUM", "NOUN", "PROPN", "PRON") and t.deprel != "obl" for t in between)


def _verb(document: Document, verb: Token, role: str) -> Iterator[Measure]:
    for row in rows_of("verb").get(verb.lemma.lower(), ()):
        if row["role"] != role:
            continue
        if row["needs"] and not _hangs(document, verb, frozenset(row["needs"].split("|"))):
            continue
        if row["measure"] == "detained" and _in_hospital(document, verb):
            continue
        doubt = unreal(document, verb)
        if doubt == "no" and row["measure"] in HARM | {"strikes", "returned", "refugees"}:
            continue
        yield Measure(row["measure"], row["name"], verb.i, 0.6 if doubt else 0.9)


def _in_hospital(document: Document, verb: Token) -> bool:
    """Whether people are kept for treatment ("detained in hospital")."""
    return verb.lemma.lower() == "detain" and any(c.lemma.lower() in ("hospital", "clinic") for c in document.children(verb.i, "obl"))


def _hangs(document: Document, verb: Token, needs: frozenset[str]) -> bool:
    """Whether one of these words hangs on the verb, or on its object or complement."""
    near = [*document.children(verb.i)]
    for child in document.children(verb.i, "obj", "obl", "xcomp"):
        near.extend(document.children(child.i, "nmod", "compound", "conj", "amod", "case"))
    near += [t for c in near if c.deprel == "xcomp" for t in document.children(c.i, "obj")]  # "need drinking water", the water drunk
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
    elif "to" in case and governor.upos == "NUM":
        yield from _above(document, governor.i, kind, depth + 1)


def _noun_rows(document: Document, noun: Token) -> Iterator[Measure]:
    pair = [document.tokens[noun.head]] if noun.deprel == "conj" else []
    for one in (noun, *document.children(noun.i, "conj"), *pair):
        for row in rows_of("noun").get(one.lemma.lower(), ()):
            if row["role"] == "of" and (one.i == noun.i or abs(one.i - noun.i) <= 3) and not (row["measure"] in HARM and undone(document, one)):
                yield Measure(row["measure"], row["name"], one.i, 0.8)


def _toll(document: Document, token: Token, governor: Token) -> Iterator[Measure]:
    """A running total: "a death toll of 13", "the toll rose to 13", "the number of wounded reached 13"."""
    if any(c.lemma.lower() == "on" for c in document.children(token.i, "case")):
        return
    candidates = [governor, *document.children(governor.i, "nsubj", "obj")]
    if governor.deprel == "acl" and any(c.lemma.lower() == "to" for c in document.children(token.i, "case")):
        candidates.extend(list(document.ancestors(governor.i))[:2])  # "raising the number of rebels killed to 40"
    for candidate in candidates:
        if candidate.i == token.i:
            continue
        lemma = candidate.lemma.lower()
        if lemma == "toll":
            yield Measure(_toll_measure(document, candidate), "toll", candidate.i, 0.85)
        elif lemma in _TOTALS:
            told = list(_number_of(document, candidate))
            yield from told
            if not told and governor.deprel == "advcl":  # "five were wounded, bringing the total to 22": of what befell the five
                yield from _verb(document, document.tokens[governor.head], "object")


def _toll_measure(document: Document, toll: Token) -> str:
    words = {c.lemma.lower() for c in document.children(toll.i, "compound", "amod")}
    if words & {"injury", "wounded", "injured"}:
        return "injured"
    return "affected" if words & {"casualty"} else "killed"


def _number_of(document: Document, total: Token) -> Iterator[Measure]:
    yield from _within(document, total.i)
    for child in document.children(total.i, "nmod"):
        befell = list(_within(document, child.i))
        yield from befell
        own = kind_of(document, child)
        if not befell and own is not None and own.measure is not None:
            yield Measure(own.measure, "number_of", child.i, 0.8)


_LINKS = frozenset({"was", "were", "are", "is", "been", "have", "has", "had", "being", "be", "also", "reportedly", "later", "now", "still", "more", "others"})


def nearby(document: Document, first: int, last: int) -> Iterator[Measure]:
    """From the words next to the phrase of tokens ``first`` to ``last`` (inclusive), where the tree ties it to nothing: "killing N", "N were killed"."""
    if first and document.tokens[first - 1].sentence == document.tokens[first].sentence:
        before = document.tokens[first - 1]
        if before.upos == "VERB" and before.xpos in ("VBG", "VBD", "VBN", "VBZ", "VBP"):
            yield from _near(_verb(document, before, "object"))
    at, passive = last + 1, False
    while at < len(document.tokens) and at <= last + 4 and document.tokens[at].text.lower() in _LINKS:
        passive = passive or document.tokens[at].lemma.lower() == "be"
        at += 1
    if at >= len(document.tokens) or document.tokens[at].sentence != document.tokens[last].sentence:
        return
    after = document.tokens[at]
    if after.upos == "VERB" and not document.children(after.i, "obj") and (passive or after.xpos == "VBN"):
        yield from _near(_verb(document, after, "object"))
    elif after.upos == "VERB" and not passive:
        yield from _near(_verb(document, after, "subject"))
    yield from _near(_adjective(after)) if not document.children(after.i, "obj") and not _in_hospital(document, after) else ()


def _near(found: Iterator[Measure]) -> Iterator[Measure]:
    for measure in found:
        yield Measure(measure.name, measure.rule, measure.governor, min(measure.confidence, 0.65))
