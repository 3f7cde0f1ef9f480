"""Claims that somebody else denies or passes on: whose claim it is, what is denied, and where the words of the one who claims end."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.extraction.statements_draft import Draft
from dateline.extraction.statements_layout import SOURCE_NOUNS
from dateline.extraction.statements_lexicon import cue_rows
from dateline.extraction.statements_spans import MODAL, auxiliaries, negated, pieces, subtree, trim, verb_group
from dateline.extraction.statements_speakers import Speaker, at_noun, speaker_of
from dateline.language.document import Document, Token

CLAIMS = frozenset("claim report allegation accusation assertion charge suggestion rumor rumour speculation insinuation contention".split())
"""Nouns for what somebody is said to have said, which another can deny."""
DENYING = frozenset("deny dispute refute rebut reject dismiss repudiate contradict".split())
"""Verbs that deny a claim of somebody else's."""
FALSE = frozenset("false untrue baseless unfounded groundless fake fabricated incorrect inaccurate nonsense".split())
ANSWERING_ACTS = frozenset({"deny", "refuse", "confirm"})
"""Acts that answer what somebody else has said."""
OWNERS = frozenset({"NORP", "FORCE", "ORG", "PERSON"})
SIDES = SOURCE_NOUNS | frozenset({"rebel", "opposition", "militia", "militant", "insurgent", "junta", "intelligence", "separatist"})


def settle_claims(document: Document, drafts: list[Draft]) -> list[Draft]:
    """The drafts with the claims that they deny: each denial holds the whole claim, and a claim beside its denial ends before it."""
    by_cue = {d.cue: d for d in drafts if d.cue is not None}
    made = list(drafts)
    for silent in drafts:
        if silent.act == "refuse" and silent.cue is not None and (asked := claim_under(document, document.tokens[silent.cue])) is not None:
            silent.content = pieces(document, _whole(document, document.tokens[silent.cue], asked)) or silent.content
    for token in document.tokens:
        if token.upos != "VERB" or token.lemma.lower() not in DENYING:
            continue
        noun, draft = claim_under(document, token), by_cue.get(token.i)
        if noun is not None and draft is None and _told(document, token) and (called := _called_false(document, noun)):
            draft = _denial(document, token, called)
            made += [draft] if draft is not None else []
        if noun is None or draft is None or draft.act not in ("deny", "refuse") or negated(document, token.i):
            continue
        draft.act = "deny"
        draft.content = pieces(document, _whole(document, token, noun))
        if noun.i not in by_cue and (claim := _claim(document, token, noun)) is not None:
            made.append(claim)
    for draft in made:
        _end_before(document, draft, made)
    return made


def claim_under(document: Document, verb: Token) -> Token | None:
    """The claim that a verb of denying has as its object, or as its subject in the passive ("were denied"), or describes ("which they denied")."""
    for child in document.children(verb.i, "obj", "nsubj:pass", "obl"):
        if child.lemma.lower() in CLAIMS and (child.deprel in ("obj", "nsubj:pass") or _called_false(document, child)):
            return child
    return None


def _called_false(document: Document, noun: Token) -> set[int]:
    """The words "as false" that stand between the verb and the claim ("dismissed as false reports that")."""
    case = [c.i for c in document.children(noun.i, "case") if c.lemma.lower() == "as"]
    called = [c.i for c in document.children(noun.i, "amod") if c.lemma.lower() in FALSE]
    return {*case, *called} if noun.deprel == "obl" and case and called else set()


def _told(document: Document, verb: Token) -> bool:
    """Whether the denial was made: no infinitive, and nothing that it may or will do."""
    modal = {c.lemma.lower() for c in auxiliaries(document, verb.i)} & MODAL
    return verb.xpos in ("VBD", "VBZ", "VBP", "VBN") and not modal and not negated(document, verb.i)


def _denial(document: Document, verb: Token, called: set[int]) -> Draft | None:
    speaker = speaker_of(document, verb.i)
    if speaker is None:
        return None
    first, last = verb_group(document, verb.i)
    last = max(called) if max(called) - last <= 3 else last
    cue = (document.tokens[first].start, document.tokens[last].end)
    return Draft(verb.i, cue, speaker, [], "deny", f"cues:{verb.lemma.lower()}", 0.8 * speaker.score, frame="obj")


def _whole(document: Document, verb: Token, noun: Token) -> set[int]:
    """The claim with what it says, wherever the tree hung the clause."""
    said = subtree(document, noun.i)
    for child in document.children(verb.i, "ccomp", "advcl"):
        if child.i > noun.i and any(m.text.lower() == "that" for m in document.children(child.i, "mark")):
            said |= set(range(noun.i, min(subtree(document, child.i)))) | subtree(document, child.i)
    return said - _called_false(document, noun) - {c.i for c in document.children(noun.i, "case")}


def _claim(document: Document, verb: Token, noun: Token) -> Draft | None:
    """The claim as a statement of its own, where the tree hung what it says on the verb that denies it."""
    row = cue_rows("noun").get(noun.lemma.lower(), (None,))[0]
    said = [c for c in document.children(verb.i, "ccomp") if c.i > noun.i and any(m.text.lower() == "that" for m in document.children(c.i, "mark"))]
    by = [c for c in document.children(verb.i, "obl") if noun.i < c.i and (not said or c.i < said[0].i) and document.children(c.i, "case")]
    by = [c for c in by if document.children(c.i, "case")[0].lemma.lower() in ("by", "from")]
    if row is None or not said:
        return None
    speaker = at_noun(document, by[0].i, by[0].i) if by else owner(document, noun)
    if speaker is None:
        return None
    return Draft(noun.i, (noun.start, noun.end), speaker, pieces(document, subtree(document, said[0].i)), row.act, row.rule, 0.75, row.family, "noun")


def owner(document: Document, noun: Token) -> Speaker | None:
    """Whose claim a word right before the noun says that it is: "Russian claims", "UN allegations", "a rebel claim"."""
    before = document.tokens[noun.i - 1] if noun.i else noun
    if before.head != noun.i or before.deprel not in ("amod", "compound") or before.sentence != noun.sentence:
        return None
    named = any(n.label in OWNERS and n.last == noun.i for n in document.names_at(before.i))
    return at_noun(document, before.i, noun.i, 0.85) if named or (before.deprel == "compound" and before.lemma.lower() in SIDES) else None


def _end_before(document: Document, answer: Draft, drafts: Sequence[Draft]) -> None:
    """End what others say before a clause in which the report tells of an answer to it (", a claim the army denied", ", which it could not confirm")."""
    if answer.act not in ANSWERING_ACTS or answer.cue is None or answer.cue_span is None:
        return
    verb = document.tokens[answer.cue]
    while verb.deprel == "conj" and verb.head != verb.i:
        verb = document.tokens[verb.head]
    if verb.deprel != "acl:relcl":
        return
    noun = document.tokens[verb.head]
    own = subtree(document, noun.i if noun.deprel == "appos" else verb.i)
    comma = min(own)
    if document.tokens[comma].text != "," and (comma == 0 or document.tokens[comma - 1].text != ","):
        return
    start, end = document.tokens[comma].start, document.tokens[max(own)].end
    for other in drafts:
        if other is not answer and not any(s <= other.place < e for s, e in answer.content):
            other.content = [trim(document.text, s, start) if s < start < e <= end + 1 else (s, e) for s, e in other.content]
