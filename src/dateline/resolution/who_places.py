"""Places that act: "Syria said", "Moscow denied" name a state or its government, not a point on the map."""

from __future__ import annotations

from functools import cache

from dateline.aliases import fold
from dateline.language.document import Document, Token
from dateline.lexicon import load
from dateline.resolution.coreference_phrases import GROUP, Phrase
from dateline.resolution.who_names import Context
from dateline.whoswho import WhosWho

_BACKED = frozenset("backed led supported sponsored funded trained brokered allied aligned armed financed".split())


@cache
def _verbs() -> dict[str, frozenset[str]]:
    """The verbs of the lexicon by use: ``agent`` and ``target`` take a government as subject or object, ``lies`` a mere place as subject."""
    rows = load("place_verbs.tsv", columns=("verb", "use"), key=("verb", "use"))
    return {use: frozenset(r["verb"] for r in rows if r["use"] == use) for use in ("agent", "target", "lies", "with", "own")}


def acts(document: Document, p: Phrase, context: Context, whos_who: WhosWho) -> None:
    """Make the phrase an actor where its position in the sentence says that a state or government is meant."""
    name = fold(p.text)
    states = [c for c in whos_who.country_names.get(name, ()) if whos_who.states[c].alive(context.year)]
    capitals = [c for c in whos_who.metonyms.get(name, ()) if whos_who.states[c].alive(context.year)]
    seat = None if states or capitals else whos_who.choose(p.text, countries=context.countries, year=context.year)
    token = document.tokens[p.head]
    if seat is not None and seat.type == "government" and _acts(document, token, strict=True):
        p.kind, p.key, p.why = GROUP, seat.key, ("who:seat", f"{p.text} stands for those who govern there")
        p.place = None
        return
    code = context.code(states) if states else context.code(capitals) if capitals else None
    key = code if states else f"{code}.gov"
    # A territory that the who's who has no state or government for stays a place.
    if code is None or key not in whos_who.actors or not _acts(document, token, strict=not states):
        return
    p.kind, p.country, p.place, p.key = GROUP, code, None, key
    p.why = ("who:acting_state", f"{p.text} speaks or acts here") if states else ("who:metonym", f"{p.text} stands for the government that sits there")


def _acts(document: Document, token: Token, *, strict: bool) -> bool:
    """Whether the word is the subject of a verb of speech or action, its agent, its target, or one of the parties to it."""
    at = token
    while at.deprel == "conj" and at.head != at.i:
        at = document.tokens[at.head]
    after = [t.text.lower() for t in document.tokens[token.i + 1 : token.i + 3]]
    if len(after) == 2 and after[0] in ("-", "‑", "–") and after[1] in _BACKED:
        return True
    verb = document.tokens[at.head]
    lemma = verb.lemma.lower()
    verbs = _verbs()
    if not strict and _is_one_of(document, at, verb):
        return True
    if at.deprel == "nsubj" and not strict and lemma == "have":
        return any(c.lemma.lower() in verbs["own"] for c in document.children(verb.i, "obj"))
    if at.deprel == "nsubj":
        if lemma in verbs["agent"]:
            return True
        return not strict and verb.upos == "VERB" and lemma not in verbs["lies"]
    if at.deprel == "nmod:poss":
        return not strict and lemma in verbs["own"]
    if at.deprel == "obl:agent":
        return not strict or lemma in verbs["agent"] | verbs["target"]
    if at.deprel in ("obj", "nsubj:pass", "iobj"):
        return lemma in verbs["target"] and (not strict or lemma in ("accuse", "blame", "urge", "condemn", "criticize", "criticise", "sanction"))
    if at.deprel.split(":")[0] in ("obl", "nmod"):
        case = next((c.lemma.lower() for c in document.children(at.i, "case")), "")
        if at.deprel != "nmod:poss" and case in ("with", "against", "by", "between") and not strict:
            return lemma in verbs["with"] or verb.lemma.lower() in verbs["with"]
    return verb.text.lower() in _BACKED and at.deprel.split(":")[0] in ("obl", "compound", "nsubj", "nmod")


_BODIES = frozenset("nation country state member government power partner ally backer supporter sponsor patron donor contributor participant signatory".split())


def _is_one_of(document: Document, at: Token, above: Token) -> bool:
    """Whether the word is named as one of states that do something: "its backers, notably Russia", "nations which struck include Canada"."""
    if at.deprel == "appos":
        named = [above, *document.children(above.i, "conj")]
        return any(n.lemma.lower() in _BODIES - {"nation", "country", "state"} and n.i < at.i for n in named)
    ahead = [t for t in document.tokens[max(0, at.i - 3) : at.i] if t.sentence == at.sentence]
    verb = next((t for t in ahead if t.lemma.lower() == "include"), None)
    if verb is None:
        return False
    subjects = [c for head in (verb.i, above.i, at.i) for c in document.children(head, "nsubj")]
    return any(c.lemma.lower() in _BODIES and any(k.deprel == "acl:relcl" for k in document.children(c.i)) for c in subjects)
