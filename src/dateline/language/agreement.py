"""Mends the trees where the names or the order of words tell better: a name has one head, and "the group that runs it said" has a speaker."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language.document import Labelled, Token

_NAMED = frozenset({"PERSON", "ORG", "FORCE", "PLACE", "FACILITY"})


def agreed(tokens: Sequence[Token], names: Sequence[Labelled]) -> tuple[Token, ...]:
    """The tokens, where words of one name hung on different words outside it now hanging on the last of them (a person's on the first)."""
    made = list(tokens)
    for run in names:
        if run.label not in _NAMED or run.last - run.first < 2:
            continue
        loose = [t for t in made[run.first : run.last] if not run.first <= t.head < run.last or t.head == t.i]
        loose = [t for t in loose if t.upos in ("PROPN", "NOUN", "ADJ")]
        if len(loose) < 2 or len({t.sentence for t in loose}) > 1:
            continue
        person = run.label == "PERSON"
        head = loose[0] if person else loose[-1]
        above = _above(made, head)
        for token in loose:
            if token.i != head.i and token.i not in above:
                made[token.i] = token._replace(head=head.i, deprel="flat" if person else "amod" if token.upos == "ADJ" else "compound")
    _told(made)
    return tuple(made)


def _told(tokens: list[Token]) -> None:
    """In "the group that runs it said", "it" is what is run and the group is who said it, whatever the parser made of them."""
    for n in range(1, len(tokens) - 1):
        pronoun, runs, said = tokens[n], tokens[n - 1], tokens[n + 1]
        if pronoun.upos != "PRON" or pronoun.deprel != "nsubj" or pronoun.head != said.i or runs.upos != "VERB" or said.upos != "VERB":
            continue
        noun = tokens[runs.head]
        both = runs.deprel.startswith("acl") and said.deprel.startswith("acl") and said.head == noun.i and noun.i < runs.i
        if not both or any(t.head == runs.i and t.deprel == "obj" for t in tokens[noun.i : n]):
            continue
        tokens[n] = pronoun._replace(head=runs.i, deprel="obj")
        tokens[said.i] = said._replace(head=said.i if noun.head == noun.i else noun.head, deprel=noun.deprel)
        tokens[noun.i] = noun._replace(head=said.i, deprel="nsubj")


def _above(tokens: Sequence[Token], token: Token) -> set[int]:
    """The words that a word hangs on, up to the root."""
    found: set[int] = set()
    at = token
    while at.head != at.i and at.head not in found:
        found.add(at.head)
        at = tokens[at.head]
    return found
