"""The cue words of statements as the lexicons hold them, ready to be asked by lemma."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.extraction.stems import stems
from dateline.language.document import Token
from dateline.lexicon import load

CUE_COLUMNS = ("cue", "pos", "family", "frames", "act", "never", "example", "finds")
MEDIA_COLUMNS = ("medium", "kind", "example", "finds")
LANGUAGE_COLUMNS = ("language", "code", "example", "finds")
ACTS = (
    "say declare claim_responsibility confirm deny accuse blame warn threaten promise demand urge condemn praise congratulate "
    "estimate report predict admit propose refuse other"
).split()


@dataclass(frozen=True, slots=True)
class CueRow:
    """One cue word: what it takes as content (its frames), the act it makes, and the objects with which it is no cue."""

    cue: str
    pos: str
    """verb, noun, adverb or phrase."""
    family: str
    """speech or belief."""
    frames: frozenset[str]
    act: str
    never: frozenset[str]

    @property
    def rule(self) -> str:
        """Name of the row in evidence."""
        return f"cues:{self.cue.replace(' ', '_')}"

    def takes(self, *frames: str) -> bool:
        """Whether the row has one of these frames."""
        return not self.frames.isdisjoint(frames)

    def prepositions(self, frame: str) -> frozenset[str]:
        """The prepositions of its frames ``p:...`` or ``obj-p:...``."""
        return frozenset(f[len(frame) + 1 :] for f in self.frames if f.startswith(frame + ":"))


@cache
def cue_rows(pos: str) -> dict[str, tuple[CueRow, ...]]:
    """The rows of one part of speech, by their first word; longer cues first."""
    found: dict[str, list[CueRow]] = {}
    for row in load("cues.tsv", columns=CUE_COLUMNS, key=("cue", "pos")):
        if row["pos"] == pos:
            cue = CueRow(row["cue"], row["pos"], row["family"], frozenset(row["frames"].split()), row["act"], frozenset(row["never"].split()))
            found.setdefault(row["cue"].split()[0], []).append(cue)
    return {word: tuple(sorted(rows, key=lambda r: -len(r.cue))) for word, rows in found.items()}


def rows_of_verb(token: Token) -> tuple[CueRow, ...]:
    """The rows of a verb by its lemma, or by what its ending shows where the lemma given is none of the lexicon."""
    lexicon = cue_rows("verb")
    lemma = token.lemma.lower()
    if lemma in lexicon or token.xpos not in ("VBD", "VBN", "VBZ", "VBG"):
        return lexicon.get(lemma, ())
    return next((rows for form in (*stems(lemma), *stems(token.text.lower())) if (rows := lexicon.get(form))), ())


@cache
def media() -> dict[str, str]:
    """Kind of each medium: text, occasion, channel or finder, by lower-case name."""
    return {row["medium"].lower(): row["kind"] for row in load("media.tsv", columns=MEDIA_COLUMNS, key=("medium",))}


@cache
def languages() -> dict[str, str]:
    """ISO 639-1 code of each language, by lower-case name."""
    return {row["language"].lower(): row["code"] for row in load("languages.tsv", columns=LANGUAGE_COLUMNS, key=("language",))}
