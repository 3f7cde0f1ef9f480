"""What a relative pronoun stands for."""

from __future__ import annotations

from dateline.extraction.triggers import classes
from dateline.language.document import Document, Token

RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_KILLS = frozenset({"kill", "wound", "injure", "maim", "destroy", "damage", "hurt", "leave", "claim"})


def antecedent(document: Document, i: int) -> int:
    """What a relative pronoun stands for; any other token stands for itself."""
    token = document.tokens[i]
    if token.lemma.lower() not in RELATIVE or token.upos not in ("PRON", "DET", "SCONJ"):
        return i
    for above in document.ancestors(i):
        if above.deprel == "acl:relcl":
            return _that_harmed(document, above)
        if above.deprel.split(":")[0] in ("ccomp", "advcl", "root"):
            break
    return i


def _that_harmed(document: Document, verb: Token) -> int:
    """The noun of a relative clause; of "the bombing of a church, which killed 20" the bombing, which alone can kill."""
    noun = document.tokens[verb.head]
    if verb.lemma.lower() not in _KILLS:
        return noun.i
    above = noun
    while above.deprel == "nmod" and above.head < above.i:
        above = document.tokens[above.head]
        if above.lemma.lower() in classes()["EVENTNOUN"]:
            return above.i
    return noun.i
