"""Names blacked out in a text in whatever spelling they stand there, a block for each letter, so that every offset still holds.

The time grows with the text: no letter is looked at more often than the longest name is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from dateline.lexicon import load
from dateline.web.spelled import SOFT, other_spelling, spelled

BLOCK = "█"

PARTICLES = frozenset("abu abd bin ibn the von van der den del los las der dos mac ali al el".split())
"""Parts of names that stand in many names: alone they name nobody."""

_SMALL = frozenset(
    "ad ah al am an as at ba be bi bo by co da de di do dr du ed eh el em en er et ex fm go ha he hi ho id if ii il in is it iv jr la le lo"
    " ma me mr ms mt my ne no nr of oh ok on op or os ox pa pm po re se so sr st sw te to tv uk un up us va ve vs we ye yo".split()
)
"""Words and short forms of two letters that are not taken for a name."""

_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[\u3400-\u9fff]|(?:(?![\u3400-\u9fff])[^\W\d_A-Za-z])+")
"""A stretch of letters that may be a word of its own: words that are run together part where a capital stands."""

_WEAK = re.compile(rf"[*_~'{SOFT}-]{{1,6}}|-\s*\n\s*")
"""Signs that may stand within a word: emphasis, apostrophes, a word that goes on in the next line."""

_STRONG = re.compile(rf"[\s*_~'+{SOFT}-]*\.?[*_~'+{SOFT}-]*|\.[\s{SOFT}]+")
"""What may stand between the parts of a name."""

_MACHINE = re.compile(r"@|://|\bwww\.|(?:^|[^\w&])#\w|/\S*/|[?&]\w+=|\w\w\.[a-z]{2,5}(?![\w-])", re.ASCII)
"""A mail address, a handle, a tag, an address of the web, a file: case says nothing there, and words are run together."""

_FAR = 200
"""So many characters around a word are looked at for what it stands in, and so many may stand between the parts of a name."""


@dataclass(slots=True)
class _Form:
    """One run of letters that names somebody."""

    breaks: set[frozenset[int]] = field(default_factory=set)
    """Where its words end, for each way to part it: so parted it is blacked out in any case."""
    lone: bool = False
    """It is blacked out also in one piece, where it has its capital or stands in an address."""
    small: bool = False
    """The name is written without a capital."""
    handle: bool = False
    """Only where an ``@`` stands."""
    plural: bool = False
    """A family name in the plural: only after "the" or before an apostrophe."""
    kept: set[frozenset[int]] = field(default_factory=set)
    """It is also a name that stays."""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The pieces of a plain text, and what stands between them."""

    plain: str
    spans: list[tuple[int, int]]

    def gap(self, n: int) -> str:
        """What stands before a piece."""
        return self.plain[self.spans[n - 1][1] if n else 0 : self.spans[n][0] if n < len(self.spans) else len(self.plain)]

    def edge(self, n: int) -> bool:
        """Whether a word ends before this piece."""
        if n in (0, len(self.spans)) or self.gap(n).strip(SOFT):
            return True
        return any(self.plain[self.spans[k][0]].isdigit() for k in (n - 1, n))

    def joint(self, n: int) -> str | None:
        """How a piece may go on from the one before: within a word, between words, or None."""
        gap = self.gap(n)
        if len(gap) > _FAR:
            return None
        if _WEAK.fullmatch(gap) or not gap:
            return "within"
        if "." in gap and gap.strip(".") and gap.split(".")[-1].strip("*_~'+-" + SOFT) and self.spans[n - 1][1] - self.spans[n - 1][0] > 1:
            return None  # a sentence ends there
        return "between" if _STRONG.fullmatch(gap) else None

    def machine(self, n: int) -> str:
        """The mail address, handle, web address or file in which a piece stands; empty for running text."""
        start, end = self.spans[n]
        before, after = self.plain[max(0, start - _FAR) : start], self.plain[end : end + _FAR]
        begun = before.split()[-1] if before and not before[-1].isspace() else ""
        ended = after.split(maxsplit=1)[0] if after and not after[0].isspace() else ""
        chunk = begun + self.plain[start:end] + ended
        return chunk if _MACHINE.search(chunk) else ""


class Blackout:
    """Blacks out the ``names`` in texts; a name that is ``kept`` stays also where a part of it is another person's who is hidden."""

    def __init__(self, names: Iterable[str], kept: Iterable[str] = ()) -> None:
        self._forms: dict[str, _Form] = {}
        named: set[str] = set()
        for name in names:
            for written in {name, other_spelling(name)}:
                named |= self._add(written)
        parts = {letters for letters, form in self._forms.items() if form.lone}
        for name in kept:
            words = _words(name)
            letters = _letters(words)
            if letters not in named and any(_letters([w]) in parts for w in words):
                self._forms.setdefault(letters, _Form()).kept |= {_breaks(words), frozenset()}
        self._begun = {letters[:n] for letters in self._forms for n in range(1, len(letters) + 1)}

    def names(self, text: str) -> list[tuple[int, int]]:
        """Where in a text the names stand, word by word."""
        made = spelled(text)
        if not any(p.lower() in self._begun for p in _PIECE.findall(made.plain)):
            return []
        pieces = _Pieces(made.plain, [m.span() for m in _PIECE.finditer(made.plain)])
        return [made.span(*pieces.spans[n]) for first, last in self._found(pieces) for n in range(first, last)]

    def __call__(self, text: str) -> str:
        """The text with a block for each character of a name."""
        parts, at = [], 0
        for start, end in self.names(text):
            parts += [text[at:start], BLOCK * (end - max(start, at))]
            at = max(at, end)
        return "".join((*parts, text[at:])) if parts else text

    def within(self, key: str) -> bool:
        """Whether a key, which is made of letters alone without signs between words, may have been made of a name."""
        words = re.findall(r"[a-z0-9]+", spelled(key).plain.lower())
        letters = "".join(words)
        return any(f in words or (len(f) > 3 and f in letters) for f, form in self._forms.items() if form.lone or form.breaks)

    def _add(self, name: str) -> set[str]:
        """Take a name up in all its forms; what is given back are those of the whole name."""
        words = _words(name)
        if not words:
            return set()
        whole = _letters(words)
        form = self._forms.setdefault(whole, _Form())
        if len(words) > 1:
            form.breaks.add(_breaks(words))
            form.lone = True
            first, last = _letters(words[:1]), _letters(words[-1:])
            self._forms.setdefault(last + "s", _Form()).plural = len(last) > 2
            for letters in (first + last, last + first):
                self._forms.setdefault(letters, _Form()).lone = True
            for letters in (first[0] + last, last + first[0], first + last[0]) if len(last) > 2 and len(first) > 1 else ():
                self._forms.setdefault(letters, _Form()).handle = True
        for word in (*words, *(part for w in words for part in w.split("'"))):
            self._lone(word)
        return {whole}

    def _lone(self, word: str) -> None:
        letters = _letters([word])
        if len(letters) < 2 or letters in PARTICLES or (len(letters) == 2 and letters in _SMALL) or letters.isdigit():
            return
        form = self._forms.setdefault(letters, _Form())
        form.lone = True
        form.small |= word[0].islower() and len(letters) > 3 and letters not in _function_words()

    def _found(self, pieces: _Pieces) -> Iterator[tuple[int, int]]:
        """The stretches of pieces that are names to be hidden, in their order."""
        n = 0
        while n < len(pieces.spans):
            start, end = pieces.spans[n]
            last, hides = self._longest(pieces, n) if pieces.plain[start:end].lower() in self._begun else (n, False)
            if hides:
                yield n, last
            n = max(last, n + 1)

    def _longest(self, pieces: _Pieces, first: int) -> tuple[int, bool]:
        """Where the longest name that begins at a piece ends, and whether it is to be hidden."""
        runs = list(self._runs(pieces, first))
        if not runs:
            return first, False
        around = pieces.machine(first)
        if not around and not pieces.edge(first):
            return first, False
        for last, form, seen, between in reversed(runs):
            if not around and not pieces.edge(last):
                continue
            if any(between <= b for b in form.kept):
                return last, False
            if any(between <= b <= seen for b in form.breaks) or (not between and _alone(form, pieces, first, last, around)):
                return last, True
        return first, False

    def _runs(self, pieces: _Pieces, first: int) -> Iterator[tuple[int, _Form, frozenset[int], frozenset[int]]]:
        """The runs of letters from a piece on that may name somebody: where each ends, where it parts at all, and where between words."""
        letters, seen, between = "", frozenset[int](), frozenset[int]()
        for n in range(first, len(pieces.spans)):
            if n > first:
                joint = pieces.joint(n)
                if joint is None:
                    return
                seen |= {len(letters)}
                between |= {len(letters)} if joint == "between" else frozenset()
            letters += pieces.plain[slice(*pieces.spans[n])].lower()
            if letters not in self._begun:
                return
            if letters in self._forms:
                yield n + 1, self._forms[letters], seen, between


def _alone(form: _Form, pieces: _Pieces, first: int, last: int, around: str) -> bool:
    """Whether these pieces, taken for one word, name somebody where they stand."""
    if form.handle and "@" in around:
        return True
    start, end = pieces.spans[first][0], pieces.spans[last - 1][1]
    begins = pieces.plain[start : start + 2]
    if form.plural and not begins[0].islower() and (pieces.plain[end : end + 1] == "'" or pieces.plain[max(0, start - 4) : start].lower().split() == ["the"]):
        return True
    if not form.lone:
        return False
    if end - start == 2:
        return begins.istitle() or not (begins.islower() or begins.isupper())
    return bool(around) or form.small or not begins[0].islower()


def _words(name: str) -> Sequence[str]:
    """The words of a name in plain letters; an apostrophe parts none."""
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", spelled(name).plain.replace(SOFT, ""))


def _letters(words: Sequence[str]) -> str:
    """The letters of these words in one run, in lower case."""
    return "".join(words).replace("'", "").lower()


@cache
def _function_words() -> frozenset[str]:
    """Small words of all languages that stand within names too ("and", "for")."""
    return frozenset(word for row in load("function_words.tsv", columns=("language", "words")) for word in row["words"].split())


def _breaks(words: Sequence[str]) -> frozenset[int]:
    """Where the words end within the run of their letters."""
    lengths = [len(_letters([w])) for w in words]
    return frozenset(sum(lengths[:n]) for n in range(1, len(lengths)))
