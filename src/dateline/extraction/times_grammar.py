"""The grammar of time as data: rules over classes of words, compiled to regular expressions with one character for each word.

A pattern of ``times.tsv`` is written over words: ``<month> <day> ( ,? <year> )?``. ``<class>`` stands for any word of that class and keeps its
value under the class's name (``<class:slot>`` under another), a bare word stands for itself, ``{name}`` for the pattern of the macro of
that name; brackets, ``|``, ``?``, ``*`` mean what they mean in regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from dateline.errors import LexiconError
from dateline.extraction.times_words import Word
from dateline.lexicon import Row

_ELEMENT = re.compile(r"\{(?P<macro>\w+)\}|<(?P<cls>\w+)(?::(?P<slot>\w+))?>|(?P<meta>\(\?:|[()|?*])|(?P<word>[^\s()|?*<>{}]+)")
_FIRST = 0xE000


@dataclass(frozen=True, slots=True)
class Match:
    """What one rule found: words ``first`` to ``last`` (exclusive) and the values of its slots."""

    rule: str
    kind: str
    first: int
    last: int
    slots: dict[str, str]
    order: int


class Grammar:
    """The rules of a table, ready to run over words; it grows its alphabet as it meets new kinds of words."""

    def __init__(self, rows: Sequence[Row], *, name: str) -> None:
        self.name = name
        self.macros = {row["name"]: row["pattern"] for row in rows if row["kind"] == "macro"}
        self.rules = [row for row in rows if row["kind"] not in ("macro", "never")]
        self.nevers = [row for row in rows if row["kind"] == "never"]
        self._letters: dict[tuple[str, frozenset[str]], str] = {}
        self._kinds: dict[str, frozenset[str]] = {}
        """The classes and the word that each letter stands for."""
        self._ready: dict[int, re.Pattern[str]] = {}
        """Compiled rules by their place; one is made anew only when a kind of word that it names is met for the first time."""

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words that rules name by themselves, rather than by a class."""
        patterns = [row["pattern"] for row in (*self.rules, *self.nevers)] + list(self.macros.values())
        return frozenset(m["word"] for p in patterns for m in _ELEMENT.finditer(p) if m["word"])

    @cached_property
    def _told(self) -> frozenset[str]:
        """The classes that rules name; a word's other classes make no difference to them."""
        return frozenset(name[1:-1] for names in self._named for name in names if name.startswith("<"))

    def letters(self, words: Sequence[Word]) -> str:
        """One private character a word: words with the same classes (and the same text, where a rule names it) share one."""
        made = []
        for word in words:
            key = (word.text if word.text in self.vocabulary else "", self._told.intersection(word.classes))
            letter = self._letters.get(key)
            if letter is None:
                letter = self._letters[key] = chr(_FIRST + len(self._letters))
                self._kinds[letter] = frozenset((key[0], *(f"<{c}>" for c in key[1])))
                self._forget(key)
            made.append(letter)
        return "".join(made)

    @cached_property
    def _needed(self) -> list[list[frozenset[str]]]:
        """For each rule what it cannot match without: one name at least of each set."""
        return [_needs(row["pattern"], self.macros) for row in (*self.rules, *self.nevers)]

    @cached_property
    def _named(self) -> list[frozenset[str]]:
        """For each rule the classes and words that it names, those of its macros with them."""
        return [frozenset(self._names(row["pattern"])) for row in (*self.rules, *self.nevers)]

    def _names(self, pattern: str) -> Iterator[str]:
        for element in _ELEMENT.finditer(pattern):
            if element["macro"]:
                yield from self._names(self.macros.get(element["macro"], ""))
            elif element["cls"]:
                yield f"<{element['cls']}>"
            elif element["word"]:
                yield element["word"]

    def _forget(self, key: tuple[str, frozenset[str]]) -> None:
        """Drop the compiled rules that name this kind of word: they must know its letter."""
        text, classes = key
        touched = {text, *(f"<{c}>" for c in classes)}
        for place in [n for n in self._ready if touched & self._named[n]]:
            del self._ready[place]

    def _compiled(self, there: set[str]) -> Iterator[tuple[int, Row, re.Pattern[str]]]:
        """The rules, with their places, that words of the kinds that are there can make."""
        for n, row in enumerate((*self.rules, *self.nevers)):
            if any(there.isdisjoint(names) for names in self._needed[n]):
                continue
            if n not in self._ready:
                self._ready[n] = self._compile(row)
            yield n, row, self._ready[n]

    def _compile(self, row: Row) -> re.Pattern[str]:
        counter = iter(range(10_000))
        try:
            return re.compile(self._translate(row["pattern"], row["name"], counter))
        except re.error as fault:
            raise LexiconError(f"the pattern of {row['name']} does not compile: {fault}", given=self.name, mend="correct the pattern") from fault

    def _translate(self, pattern: str, name: str, counter: Iterator[int]) -> str:
        out: list[str] = []
        for element in _ELEMENT.finditer(pattern):
            if element["macro"]:
                if element["macro"] not in self.macros:
                    raise LexiconError(f"rule {name} names the macro {element['macro']}, which is not there", given=self.name, mend="add a row of kind macro")
                out.append("(?:" + self._translate(self.macros[element["macro"]], name, counter) + ")")
            elif element["cls"]:
                cls, slot = element["cls"], element["slot"] or element["cls"]
                letters = "".join(x for (_, classes), x in self._letters.items() if cls in classes)
                out.append(f"(?P<{slot}__{next(counter)}__{cls}>[{letters}])" if letters else "(?!)")
            elif element["meta"]:
                out.append("(?:" if element["meta"] == "(" else element["meta"])
            else:
                letters = "".join(x for (text, _), x in self._letters.items() if text == element["word"])
                out.append(f"[{letters}]" if letters else "(?!)")
        return "".join(out)

    def matches(self, words: Sequence[Word], stands: Callable[[Match], bool]) -> list[Match]:
        """What the rules find and ``stands`` lets stand, the longest first; rows of kind ``never`` strike out what they cover."""
        letters = self.letters(words)
        there = {name for letter in set(letters) for name in self._kinds[letter]}
        found: list[Match] = []
        for order, row, pattern in self._compiled(there):
            for match in pattern.finditer(letters):
                if match.end() > match.start():
                    found.append(Match(row["name"], row["kind"], match.start(), match.end(), _slots(row, match, words), order))
        return _longest(found, stands)


def _needs(pattern: str, macros: dict[str, str]) -> list[frozenset[str]]:
    """Sets of classes and words; whatever the pattern matches has one at least of each."""
    return _needs_of(list(_ELEMENT.finditer(pattern)), macros)


def _needs_of(elements: list[re.Match[str]], macros: dict[str, str]) -> list[frozenset[str]]:
    choices: list[list[frozenset[str]]] = [[]]
    at = 0
    while at < len(elements):
        element, stop = elements[at], at + 1
        if element["meta"] in ("(", "(?:"):
            stop = _closed(elements, at)
            own = _needs_of(elements[at + 1 : stop - 1], macros)
        elif element["macro"]:
            own = _needs(macros.get(element["macro"], ""), macros)
        elif element["meta"] == "|":
            choices.append([])
            own = []
        else:
            own = [] if element["meta"] else [frozenset({f"<{element['cls']}>" if element["cls"] else element["word"]})]
        if not (stop < len(elements) and elements[stop]["meta"] in ("?", "*")):
            choices[-1].extend(own)
        at = stop
    if len(choices) == 1:
        return choices[0]
    # One of the choices is made: what each needs least often is in the words, else nothing is sure.
    return [frozenset().union(*(min(own, key=len) for own in choices))] if all(choices) else []


def _closed(elements: list[re.Match[str]], at: int) -> int:
    """Where the bracket that opens at ``at`` has closed."""
    depth = 0
    for n in range(at, len(elements)):
        depth += (elements[n]["meta"] in ("(", "(?:")) - (elements[n]["meta"] == ")")
        if depth == 0:
            return n + 1
    return len(elements)


def _slots(row: Row, match: re.Match[str], words: Sequence[Word]) -> dict[str, str]:
    slots = dict(pair.split("=", 1) for pair in row["slots"].split()) if row["slots"] else {}
    for name in match.re.groupindex:
        start = match.start(name)
        if start >= 0:
            slot, _, cls = name.split("__", 2)
            slots.setdefault(slot, words[start].classes[cls])
    return slots


def _longest(found: list[Match], stands: Callable[[Match], bool]) -> list[Match]:
    """The matches that stand when longer ones go before shorter ones and earlier rows before later ones, in text order."""
    taken: set[int] = set()
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (m.first - m.last, m.first, m.order)):
        if match.first not in taken and match.last - 1 not in taken and (match.kind == "never" or stands(match)):
            taken.update(range(match.first, match.last))
            if match.kind != "never":
                kept.append(match)
    return sorted(kept, key=lambda m: m.first)
