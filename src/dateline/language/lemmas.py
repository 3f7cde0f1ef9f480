"""Dictionary forms of English words: a table of irregular forms, then spelling rules, checked against the words of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from dateline.lexicon import text_of

_VOWELS = "aeiou"


@lru_cache(maxsize=1)
def _irregular() -> dict[tuple[str, str], str]:
    """(form, kind) to dictionary form; kinds: V verb, N noun, A adjective or adverb."""
    table: dict[tuple[str, str], str] = {}
    for line in text_of("irregular.tsv").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, lemma, forms = line.split("\t")
        for form in forms.split():
            table.setdefault((form, kind), lemma)
    return table


_PRONOUNS = {
    "me": "I",
    "us": "we",
    "him": "he",
    "them": "they",
    "'em": "they",
    "her": "she",
    "'s": "we",
    "an": "a",
    "these": "this",
    "those": "that",
    "n't": "not",
    "n’t": "not",
    "myself": "myself",
    "whom": "who",
}
_POSSESSIVE = {"my": "my", "your": "your", "his": "his", "her": "her", "its": "its", "our": "our", "their": "their"}
_AUXILIARY = {
    "'s": "be",
    "’s": "be",
    "'re": "be",
    "’re": "be",
    "'m": "be",
    "’m": "be",
    "'ve": "have",
    "’ve": "have",
    "'ll": "will",
    "’ll": "will",
    "'d": "would",
    "’d": "would",
    "ca": "can",
    "wo": "will",
    "sha": "shall",
    "am": "be",
    "are": "be",
    "is": "be",
    "was": "be",
    "were": "be",
    "been": "be",
    "being": "be",
    "ai": "be",
    "has": "have",
    "had": "have",
    "having": "have",
    "does": "do",
    "did": "do",
    "done": "do",
    "doing": "do",
    "got": "get",
    "gotten": "get",
}


_ORIGIN = re.compile(
    r"^[A-Z].*(?:[aei]an|can|ish|ese|[a-z][^aeiou]i|eli|qi|Arab|Muslim|Shia|Shi['’]?ite|Jewish|French|Greek|Dutch|Swiss|Kurdish|Afghan|Islamic)$"
)
"""Adjectives of peoples and faiths keep their capital."""
_ODD = {"nt": "not", "n't": "not", "gon": "go", "wan": "want", "m": "be", "pm": "p.m.", "am": "a.m."}


class Lemmas:
    """Dictionary forms; ``known`` says whether a word stands in the model's vocabulary."""

    def __init__(self, known: Callable[[str], bool]) -> None:
        self._known = lru_cache(maxsize=50_000)(known)
        self._cached = lru_cache(maxsize=200_000)(self._find)

    def of(self, word: str, upos: str, xpos: str, feats: str) -> str:
        """The dictionary form of ``word`` read as ``xpos``."""
        if upos == "AUX" and word.lower() in ("'s", "’s") and "Part" in feats:
            return "have"
        return self._cached(word, upos, xpos)

    def _find(self, word: str, upos: str, xpos: str) -> str:
        low = word.lower().replace("’", "'")
        if upos == "PROPN":
            return self._noun(word) if xpos == "NNPS" else word
        if upos == "AUX":
            return _AUXILIARY.get(low, low) if low != "'d" or xpos == "MD" else "have"
        if xpos == "POS":
            return "'s"
        if upos in ("PRON", "DET", "PART", "ADP", "CCONJ", "SCONJ"):
            return self._closed(low, xpos)
        if xpos in ("VBD", "VBN", "VBG", "VBZ"):
            return self._verb(low, xpos)
        if xpos == "VBP" or (upos == "VERB" and low in _AUXILIARY):
            return _AUXILIARY.get(low, low)
        if xpos in ("NNS", "NNPS"):
            return self._noun(word if len(word) > 2 and word[:-1].isupper() else low)
        if xpos in ("JJR", "JJS", "RBR", "RBS"):
            return self._compared(low, xpos)
        keeps = (
            upos in ("X", "SYM", "NUM", "PUNCT")
            or (upos == "NOUN" and len(word) > 1 and word.isupper())
            or xpos == "NNP"
            or (xpos == "JJ" and _ORIGIN.search(word))
        )
        return word if keeps else _ODD.get(low, low)

    def _closed(self, low: str, xpos: str) -> str:
        if xpos == "PRP$":
            return _POSSESSIVE.get(low, low)
        if low == "i":
            return "I"
        return _PRONOUNS.get(low, low)

    def _verb(self, low: str, xpos: str) -> str:
        found = _irregular().get((low, "V")) or _AUXILIARY.get(low)
        if found:
            return found
        if xpos == "VBZ":
            return self._third(low)
        if xpos == "VBG" and low.endswith("ing") and len(low) > 4:
            return self._stem(low[:-3])
        if xpos in ("VBD", "VBN") and low.endswith("ed") and len(low) > 3:
            if low.endswith("ied") and len(low) > 4:
                return low[:-3] + "y"
            if low.endswith("eed") and not self._known(low[:-2]):
                return low[:-1]
            return self._stem(low[:-2])
        for prefix in ("re", "over", "under", "out", "un", "mis", "up", "with", "fore"):
            rest = low[len(prefix) :]
            if low.startswith(prefix) and (rest, "V") in _irregular():
                return prefix + _irregular()[rest, "V"]
        return low

    def _third(self, low: str) -> str:
        if low.endswith("ies") and len(low) > 4:
            return low[:-3] + "y"
        if low.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
            return low[:-2]
        if low.endswith("s") and not low.endswith("ss"):
            return low[:-1]
        return low

    def _stem(self, stem: str) -> str:
        """The verb whose ending was taken off: with its e, with its consonant single, or as it is."""
        doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS
        if doubled:
            if stem[-1] in "lsz" and self._known(stem):
                return stem
            return stem if stem[-2:] in ("ss", "ff", "zz", "ll") and not self._known(stem[:-1]) else stem[:-1]
        if not any(c in _VOWELS + "y" for c in stem):
            return stem + "e" if self._known(stem + "e") else stem
        if self._wants_e(stem):
            return stem + "e"
        if self._known(stem):
            return stem
        return stem + "e" if self._known(stem + "e") else stem

    def _wants_e(self, stem: str) -> bool:
        if stem.endswith(
            ("c", "u", "v", "dg", "rg", "lg", "cl", "uir", "rib", "iat", "uat", "ced", "iz", "yz", "uz", "az", "ogniz", "rs", "ns", "ps", "ls")
        ) and not stem.endswith(("lens", "eez")):
            return True
        if stem[-1] in "rstmnldkpgbz" and len(stem) > 2 and stem[-2] in _VOWELS and (len(stem) == 3 or stem[-3] not in _VOWELS):
            with_e, bare = self._known(stem + "e"), self._known(stem)
            if with_e != bare:
                return with_e
            if with_e:
                return stem not in _BARE
            return stem.endswith(
                ("at", "ut", "ur", "ir", "or", "ad", "id", "is", "os", "us", "as", "in", "ok", "ik", "ak", "ag", "og", "ap", "op")
            ) and not stem.endswith(("it", "en", "er", "on", "om", "or"))
        if stem.endswith(
            (
                "as",
                "es",
                "is",
                "os",
                "us",
                "tl",
                "bl",
                "pl",
                "dl",
                "gl",
                "fl",
                "ckl",
                "zl",
                "kl",
                "ast",
                "aus",
                "ang",
                "eng",
                "ieg",
                "eas",
                "eav",
                "eiz",
                "iev",
                "uis",
                "ous",
                "ois",
                "ais",
            )
        ):
            return self._known(stem + "e") or stem.endswith(("bl", "pl", "dl", "gl", "fl", "tl", "zl", "kl"))
        return False

    def _noun(self, word: str) -> str:
        low = word.lower()
        found = _irregular().get((low, "N"))
        if found:
            return word[:1] + found[1:] if word[:1].isupper() and found[:1] == low[:1] else found
        if low.endswith("'s"):
            return word[:-2]
        if low.endswith("men") and len(low) > 3:
            return word[:-2] + "an"
        if low.endswith("ies") and len(low) > 4:
            return word[:-1] if self._known(low[:-1]) and not self._known(low[:-3] + "y") else word[:-3] + "y"
        if low.endswith(("sses", "shes", "xes", "zzes")):
            return word[:-2]
        if low.endswith("ches"):
            return word[:-1] if self._known(low[:-1]) and not self._known(low[:-2]) else word[:-2]
        if low.endswith(("oes", "ses")) and self._known(low[:-2]) and not self._known(low[:-1]):
            return word[:-2]
        if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 2:
            return word[:-1]
        return word

    def _compared(self, low: str, xpos: str) -> str:
        found = _irregular().get((low, "A"))
        if found:
            return "well" if found == "good" and xpos.startswith("R") else found
        ending = "er" if xpos.endswith("R") else "est"
        if not low.endswith(ending) or len(low) < len(ending) + 3:
            return low
        stem = low[: -len(ending)]
        if stem.endswith("i"):
            return stem[:-1] + "y"
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "ls" + _VOWELS:
            return stem[:-1]
        return (
            stem
            if self._known(stem) and not (self._known(stem + "e") and stem[-1] in "tsg" and stem not in _BARE)
            else stem + "e"
            if self._known(stem + "e")
            else stem
        )


_BARE = frozenset(
    """
    visit limit target answer order offer enter gather bomb demand form bar war plan start sport report support export import stop let edit audit
    credit profit permit admit deliver consider remember discover cover suffer differ refer prefer occur transfer hammer shelter counter encounter
    register administer monitor author anchor open happen listen threaten frighten strengthen weaken widen tighten worsen pardon abandon poison
    reason season mention question position station condition function travel cancel model label level signal rival total equal channel fuel shovel
    patrol control rebel expel compel propel repel develop envelop gallop ship step drop shop top group equip worship kidnap help keep sleep trap map
    rap tap slap wrap fear hear near appear disappear clear tear wear bear gear year air repair pair chair stair despair hair need feed speed bleed
    proceed succeed exceed heed seed weed read lead head load unload spread thread dread bread tread raid aid maid seat beat heat treat meat defeat
    repeat cheat eat retreat threat great float boat coat shout scout route doubt mount count account amount look book cook hook took break speak
    leak peak weak soak cloak week seek peek train rain gain contain maintain remain obtain sustain explain complain detain retain attain restrain
    drain strain chain pain stain claim aim maim seem deem redeem team stream scream steam cream dream beam roam foam room zoom doom loom boom bloom
    fail mail sail rail jail nail hail bail trail tail avail prevail entail detail assail peal deal heal seal steal reveal appeal conceal repeal feel
    peel kneel wheel steel reel heel fool pool cool tool school boil coil foil soil toil spoil recoil oil great short smart hard dark weak strong
    young long high low fast slow old new near clean clear cheap quick thick
    """.split()
)
