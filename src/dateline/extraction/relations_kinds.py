"""The ways in which words tie two entities, one function for each kind of row in ``relations.tsv``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dateline.extraction.reality import reality
from dateline.extraction.relations_help import helped
from dateline.extraction.relations_rows import Tie, Ties, case_of, tie
from dateline.language.document import Document, Token
from dateline.lexicon import Row

_RELATIVE = frozenset({"WDT", "WP"})
_WHOLES = frozenset({"alliance", "coalition", "federation", "group", "grouping", "umbrella", "bloc", "front", "force"})
"""What is said of the parts of such a whole ("an alliance of militias backed by Turkey") is said of the whole."""
_PURPOSES = frozenset({"effort", "attempt", "bid", "determination", "resolve", "commitment", "plan", "campaign", "drive", "push", "work", "fight"})
_HYPHENS = "-–‑"


def _given(*found: Tie | None) -> Iterator[Tie]:
    return (one for one in found if one is not None)


def _joined(ties: Ties, token: Token, row: Row) -> Iterator[Tie]:
    """ "Iran-backed militias"."""
    document = ties.document
    if token.i < 2 or document.tokens[token.i - 1].text not in _HYPHENS or document.tokens[token.i - 1].end != token.start:
        return iter(())
    first, noun = document.tokens[token.i - 2], document.tokens[token.head]
    if noun.i <= token.i or not ties.refers(noun.i) or not (ties.refers(first.i) or first.upos == "NOUN" or first.text[0].isupper()):
        return iter(())
    return _given(tie(row, first.i, noun.i, token.i))


def _verb(ties: Ties, token: Token, row: Row) -> Iterator[Tie]:
    """ "Turkey backs the rebels", "the coalition fighting ISIS"."""
    document = ties.document
    if token.upos != "VERB" or reality(document, token) != "occurred" or document.children(token.i, "aux:pass"):
        return
    agent = subject_of(document, token)
    if agent is None and token.xpos == "VBG" and token.i and document.tokens[token.i - 1].upos in ("NOUN", "PROPN"):
        agent = token.i - 1
    if agent is None or not ties.refers(agent):
        return
    wanted = row["prepositions"].split("|")
    beside = ties.behind(token.i) if "*" in wanted else None
    if beside is not None and not document.children(token.i, "obj") and beside != agent:
        yield from _given(tie(row, agent, beside, token.i))
    for child in document.children(token.i, "obj", "obl"):
        direct = child.deprel.startswith("obj")
        named = "*" in wanted if direct else bool(case_of(document, child) & set(wanted)) and child.deprel != "obl:agent"
        if named and ties.refers(child.i) and not (row["name"] == "lead" and ties.named(child.i)):
            yield from _given(tie(row, agent, child.i, token.i))


def subject_of(document: Document, verb: Token) -> int | None:
    """The token of who does what the verb says, also where it is shared or relative."""
    for child in document.children(verb.i, "nsubj"):
        if child.deprel == "nsubj:pass":
            return None
        return verb.head if child.xpos in _RELATIVE and verb.deprel.startswith("acl") else child.i
    bare = [c.i for c in document.children(verb.i, "obl") if c.i < verb.i and c.upos == "PROPN" and c.deprel == "obl" and not case_of(document, c)]
    if bare:
        return bare[-1]
    governor = document.tokens[verb.head]
    base = verb.deprel.split(":")[0]
    if base == "acl" and verb.xpos == "VBG":
        return governor.i
    if base in ("conj", "xcomp", "advcl") and governor.upos == "VERB" and governor.i != verb.i:
        return subject_of(document, governor)
    return None


def _participle(ties: Ties, token: Token, row: Row) -> Iterator[Tie]:
    """ "rebels backed by Turkey", "the rebels are backed by Turkey", "fighters loyal to Haftar"."""
    document = ties.document
    if token.xpos not in ("VBN", "VBD", "JJ") or reality(document, token) not in ("occurred",):
        return
    patient = _undergoer(document, token)
    if patient is None or not ties.refers(patient):
        return
    wanted = set(row["prepositions"].split("|"))
    for child in document.children(token.i, "obl", "nmod"):
        if case_of(document, child) & wanted and ties.refers(child.i):
            yield from _given(tie(row, patient, child.i, token.i))
            whole = document.tokens[document.tokens[patient].head]
            if document.tokens[patient].deprel == "nmod" and whole.lemma.lower() in _WHOLES and ties.refers(whole.i) and row["direction"] == "back":
                yield from _given(tie(row, whole.i, child.i, token.i))


def _undergoer(document: Document, token: Token) -> int | None:
    for child in document.children(token.i, "nsubj"):
        if child.deprel == "nsubj:pass" or token.xpos == "JJ":
            return token.head if child.xpos in _RELATIVE else child.i
        return None
    if token.deprel.split(":")[0] == "acl" or (token.deprel == "amod" and token.i > token.head):
        return token.head
    return None


def _role(ties: Ties, token: Token, row: Row) -> Iterator[Tie]:
    """ "the leader of the militia", "SDF commander Omar", "HRW's deputy director"."""
    if not fits(ties.document, token, row):
        return
    holder = _holder(ties, token)
    friendly = row["type"] in ("ally_of", "backs")
    if friendly:
        holder = next((c.i for c in ties.document.children(token.i, "compound", "amod", "appos") if ties.refers(c.i)), holder)
    if holder is None:
        return
    wanted = set(row["prepositions"].split("|"))
    for body in _bodies(ties, token, wanted):
        if body != holder and not (friendly and ties.document.tokens[body].deprel.split(":")[0] in ("compound", "amod", "appos")):
            yield from _given(tie(row, holder, body, token.i))


_LESSER = frozenset("deputy assistant vice associate junior former ex".split())


def fits(document: Document, role: Token, row: Row) -> bool:
    """Whether the row is the one for the role as worded.

    A general commands only where he is called commanding; "a leader" is one of several, and a deputy leads nothing.
    """
    commanding = role.i > 0 and document.tokens[role.i - 1].text.lower() == "commanding"
    if row["name"] == "commanding_general":
        return commanding
    if row["name"] in ("leader", "lesser_leader"):
        return _lesser(document, role) == (row["name"] == "lesser_leader")
    return not (row["name"] == "rank" and commanding)


def _lesser(document: Document, role: Token) -> bool:
    before = document.children(role.i, "det", "amod", "compound")
    if any(c.text.lower() in _LESSER for c in before) or (role.i and document.tokens[role.i - 1].text.lower() in _LESSER):
        return True
    return any(c.text.lower() in ("a", "an", "one", "another") for c in before if c.i < role.i)


def _holder(ties: Ties, role: Token) -> int | None:
    """Who holds the role: the name beside it, the subject of "is", or the role noun itself where it refers."""
    document = ties.document
    governor = document.tokens[role.head]
    beside = role.deprel in ("nmod:desc", "appos", "flat") or (role.deprel == "compound" and ties.named(governor.i))
    if beside and ties.refers(governor.i) and role.i != governor.i:
        return governor.i
    before = beside_comma(ties, role)
    if before is not None and ties.named(before):
        return before
    for child in document.children(role.i, "appos", "flat"):
        if ties.named(child.i) or (child.upos == "PROPN" and ties.refers(child.i)):
            return child.i
    if document.children(role.i, "cop"):
        return next((c.i for c in document.children(role.i, "nsubj") if ties.refers(c.i)), None)
    return role.i if ties.refers(role.i) else None


def _bodies(ties: Ties, role: Token, wanted: set[str]) -> Iterator[int]:
    """The organisations that the role is held in."""
    document = ties.document
    for child in document.children(role.i, "nmod", "compound", "amod", "appos"):
        if not ties.refers(child.i) or ties.named(child.i):
            continue
        before = child.deprel == "nmod:poss" or (child.i < role.i and child.deprel in ("compound", "amod"))
        after = (child.deprel.startswith("nmod") and case_of(document, child) & wanted) or (child.deprel == "appos" and child.upos == "PROPN")
        if before or after:
            yield child.i


def _body(ties: Ties, token: Token, row: Row) -> Iterator[Tie]:
    """ "an alliance of Kurdish and Arab militias": the parts are members of the whole."""
    document = ties.document
    whole = _whole(ties, token)
    if whole is None or whole == token.i:
        return
    for child in document.children(token.i, "nmod"):
        if case_of(document, child) & {"of", "between"} and ties.refers(child.i) and _several(document, child):
            yield from _given(tie(row, whole, child.i, token.i))


def _several(document: Document, token: Token) -> bool:
    return token.xpos in ("NNS", "NNPS") or "Number=Plur" in token.feats or bool(document.children(token.i, "conj"))


def _whole(ties: Ties, token: Token) -> int | None:
    """What the noun stands for: the name that it explains, the subject of "is", or itself."""
    document = ties.document
    beside = beside_comma(ties, token)
    if token.deprel == "appos" and ties.refers(token.head):
        # Of "ISIS and the SDF, an alliance of militias" it explains the nearer one.
        listed = beside is not None and document.tokens[beside].deprel == "conj" and document.tokens[beside].head == token.head
        return beside if listed and not _several(document, token) else token.head
    if beside is not None:
        return beside
    if document.children(token.i, "cop"):
        return next((c.i for c in document.children(token.i, "nsubj") if ties.refers(c.i)), None)
    named = next((c.i for c in document.children(token.i, "appos", "flat") if ties.refers(c.i)), None)
    return named if named is not None else token.i if ties.refers(token.i) else None


def beside_comma(ties: Ties, token: Token) -> int | None:
    """The name right before the comma that opens the noun phrase of ``token`` ("the SDF, an alliance of"), whatever the tree says of it."""
    document = ties.document
    first = token.i
    for child in document.children(token.i, "det", "amod", "compound", "nummod", "nmod:poss"):
        if child.i < first:
            first = min(t.i for t in document.subtree(child.i))
    if first < 2 or document.tokens[first - 1].text != "," or document.tokens[first - 1].sentence != token.sentence:
        return None
    name = document.tokens[first - 2]
    while name.deprel.split(":")[0] == "flat":
        name = document.tokens[name.head]
    return name.i if name.upos == "PROPN" and ties.refers(name.i) and name.i != token.i else None


def _part(ties: Ties, token: Token, row: Row) -> Iterator[Tie]:
    """ "the Qassam Brigades, the armed wing of Hamas"."""
    document = ties.document
    governor = document.tokens[token.head]
    serving = token.lemma.lower() == "part" and "as" in case_of(document, token) and governor.upos == "VERB"
    part = subject_of(document, governor) if serving and reality(document, governor) == "occurred" else _whole(ties, token)
    if part is None or (part == token.i and token.lemma.lower() == "part") or not ties.refers(part):
        return
    for child in document.children(token.i, "nmod"):
        if ties.refers(child.i) and (child.deprel == "nmod:poss" or case_of(document, child) & {"of"}):
            yield from _given(tie(row, part, child.i, token.i))


def _strife(ties: Ties, token: Token, row: Row) -> Iterator[Tie]:
    """ "the coalition's campaign against ISIS", "the army's war on the rebels", "Turkey's support for the rebels"."""
    document = ties.document
    if token.upos not in ("NOUN", "PROPN"):
        return
    before = [c for c in document.children(token.i) if c.i < token.i]
    possessors = [c.i for c in before if c.deprel == "nmod:poss" or c.xpos == "PRP$" or (c.deprel in ("compound", "amod") and c.xpos in ("NNP", "NNPS"))]
    side = next((i for i in possessors if ties.refers(i)), None)
    governor = document.tokens[token.head]
    if side is None and governor.upos == "VERB" and token.deprel.startswith(("obj", "obl", "nsubj:pass")):
        if reality(document, governor) != "occurred":
            return
        side = subject_of(document, governor)
    if side is None and row["name"] == "war_against":
        side = _beside_fight(ties, token)
    if side is None or not ties.refers(side):
        return
    wanted = set(row["prepositions"].split("|"))
    sites = [token, governor] if token.deprel.split(":")[0] in ("obj", "obl", "nmod") else [token]
    for site in sites:
        for child in document.children(site.i, "nmod", "obl"):
            narrow = wanted if site.i == token.i else wanted & {"against"}
            if case_of(document, child) & narrow and ties.refers(child.i) and child.i not in (side, token.i):
                yield from _given(tie(row, side, child.i, token.i))
    for link in document.tokens[token.i + 1 : token.i + 2]:
        foe = ties.behind(link.i) if link.text.lower() in wanted and link.sentence == token.sentence else None
        if foe is not None and foe != side:
            yield from _given(tie(row, side, foe, token.i))


def _beside_fight(ties: Ties, token: Token) -> int | None:
    """Who is backed "in the fight against" somebody ("support for Iraq in the fight against ISIS"): whoever is named right before "in"."""
    document = ties.document
    lead = next((c for c in document.children(token.i, "case") if c.text.lower() == "in"), None)
    if lead is None or lead.i == 0 or token.lemma.lower() not in ("fight", "struggle", "battle", "war"):
        return None
    party = ties.party(lead.i - 1)
    helped = party is not None and case_of(document, document.tokens[party]) <= {"for", "of", "with", "to", "behind"}
    return party if helped else None


def _aim(ties: Ties, token: Token, row: Row) -> Iterator[Tie]:
    """ "the coalition to defeat ISIS", "forces working to degrade the group": a standing purpose against somebody."""
    document = ties.document
    if token.xpos not in ("VB", "VBG") or reality(document, token) in ("denied", "hypothetical", "possible"):
        return
    side = _purposeful(document, token)
    if side is None or not ties.refers(side):
        return
    for child in document.children(token.i, "obj"):
        if ties.refers(child.i) and child.i != side:
            yield from _given(tie(row, side, child.i, token.i))


def _purposeful(document: Document, verb: Token, *, depth: int = 0) -> int | None:
    """Whose purpose the verb is: its subject, or that of what it completes."""
    own = subject_of(document, verb)
    if own is not None or depth > 3 or verb.head == verb.i:
        return own
    governor, base = document.tokens[verb.head], verb.deprel.split(":")[0]
    if base == "acl" and governor.upos in ("NOUN", "PROPN"):
        return _possessor(document, governor, depth=depth)
    if base in ("advcl", "xcomp", "conj", "ccomp") and governor.upos in ("VERB", "ADJ"):
        subject = next((c for c in document.children(governor.i, "nsubj")), None)
        if subject is not None:
            return subject.i
        return _purposeful(document, governor, depth=depth + 1)
    return None


def _possessor(document: Document, noun: Token, *, depth: int) -> int | None:
    """Whose determination or effort it is: a possessor, else whoever makes it ("meets to step up efforts to counter"), else the noun itself."""
    own = next((c for c in document.children(noun.i, "nmod:poss", "compound")), None)
    lead = next((c for c in document.children(noun.i, "case") if c.text.lower() == "in"), None)
    if own is not None:  # "the community in its determination to defeat": whoever is named before "in"
        return lead.i - 1 if lead is not None and lead.i and own.xpos == "PRP$" and document.tokens[lead.i - 1].upos in ("NOUN", "PROPN") else own.i
    governor = document.tokens[noun.head]
    made = noun.lemma.lower() in _PURPOSES and noun.deprel.startswith(("obj", "obl")) and governor.upos == "VERB"
    return _purposeful(document, governor, depth=depth + 1) if made else noun.i


def _alias(ties: Ties, token: Token, row: Row) -> Iterator[Tie]:
    """ "the group, also known as Daesh", "the rebels, who call themselves the Northern Front"."""
    document = ties.document
    if any(c.text.lower() in _ITSELF for c in document.children(token.i, "obj")):
        return _own_name(ties, token, row)
    if token.deprel.split(":")[0] not in ("acl", "amod", "appos", "advcl") or token.xpos not in ("VBN", "VBD"):
        return iter(())
    for child in document.children(token.i, "obl", "xcomp", "obj"):
        renamed = case_of(document, child) & {"as"} or token.lemma.lower() in ("call", "name", "dub", "rename")
        if renamed and child.upos == "PROPN" and ties.refers(child.i) and ties.refers(token.head):
            return _given(tie(row, token.head, child.i, token.i))
    return iter(())


_ITSELF = ("itself", "themselves")


def _own_name(ties: Ties, token: Token, row: Row) -> Iterator[Tie]:
    """By what name a group calls itself; of a relative clause the noun that stands right before it is meant."""
    document = ties.document
    subject = next((c for c in document.children(token.i, "nsubj")), None)
    name = next((c for c in document.children(token.i, "xcomp", "obl", "obj") if c.upos == "PROPN"), None)
    if subject is None or name is None:
        return iter(())
    if token.deprel == "acl:relcl" and subject.upos == "PRON":
        before = subject.i - (2 if document.tokens[subject.i - 1].text == "," else 1)
        meant = next((i for i in (before, token.head) if i >= 0 and ties.refers(i)), None)
    else:
        meant = subject.i
    if meant is not None and ties.refers(name.i) and ties.refers(meant):
        return _given(tie(row, meant, name.i, token.i))
    return iter(())


KINDS: dict[str, Callable[[Ties, Token, Row], Iterator[Tie]]] = {
    "joined": _joined,
    "verb": _verb,
    "participle": _participle,
    "role": _role,
    "body": _body,
    "part": _part,
    "strife": _strife,
    "aim": _aim,
    "alias": _alias,
    "help": helped,
}
