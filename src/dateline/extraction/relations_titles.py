"""Titles beside names, read from the words in their order: "NAME, commander of ORG", "NAME, the ORG spokesman", "ORG commander NAME"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from dateline.extraction.findings import MentionFound
from dateline.extraction.relations_kinds import fits
from dateline.extraction.relations_rows import COLUMNS, Tie, Ties
from dateline.language.document import Document, Token
from dateline.lexicon import Row, load

_BODIES = frozenset({"ORG", "FORCE", "ACTOR"})
_LINKS = frozenset({"of", "for", "with", "in", "at", "the", ","})
_FILLING = frozenset({"NOUN", "ADJ", "PROPN", "NUM"})


@cache
def _roles() -> dict[str, tuple[Row, ...]]:
    rows = load("relations.tsv", columns=COLUMNS)
    roles = [row for row in rows if row["kind"] == "role" and row["type"] in ("leads", "spokesperson_of", "member_of")]
    lemmas = {lemma for row in roles for lemma in row["lemma"].split("|")}
    return {lemma: tuple(row for row in roles if lemma in row["lemma"].split("|")) for lemma in sorted(lemmas)}


def _role(document: Document, token: Token) -> Row | None:
    """The row of the role that a token names, or None."""
    return next((row for row in _roles().get(token.lemma.lower(), ()) if fits(document, token, row)), None)


def titles(ties: Ties, mentions: Sequence[MentionFound]) -> Iterator[Tie]:
    """The ties that a title right behind or before a person's name states, whatever the tree says."""
    document = ties.document
    starts = {m.first: m for m in sorted(mentions, key=lambda m: (m.form == "name", m.last)) if m.label in _BODIES and m.form in ("name", "noun")}
    for person in mentions:
        if person.label != "PERSON" or person.form != "name":
            continue
        yield from _behind(document, person, starts)
        yield from _before(document, person, starts)


def _behind(document: Document, person: MentionFound, starts: dict[int, MentionFound]) -> Iterator[Tie]:
    at = person.last
    if at >= len(document.tokens) or document.tokens[at].text != ",":
        return
    body: MentionFound | None = None
    i, limit = at + 1, min(at + 9, document.sentence_of(person.head).last)
    while i < limit:
        token = document.tokens[i]
        row = _role(document, token)
        if row is not None and (body is None or i >= body.last):
            target = body or _next_body(document, i + 1, starts)
            if target is not None:
                yield Tie(row, person.head, target.head, i)
            return
        if i in starts and body is None and starts[i].form == "name":
            body = starts[i]
        elif not (token.upos in _FILLING or token.xpos == "VBG" or token.text.lower() in ("the", "a", "an", "'s", "’s", "-") or _inside(body, i)):
            return
        i += 1


def _inside(body: MentionFound | None, i: int) -> bool:
    return body is not None and body.first <= i < body.last


def _next_body(document: Document, i: int, starts: dict[int, MentionFound]) -> MentionFound | None:
    """The organisation after "of", "for" or a comma; nothing else may stand between."""
    if i >= len(document.tokens) or document.tokens[i].text.lower() not in _LINKS - {"the"}:
        return None
    while i < len(document.tokens) and document.tokens[i].text.lower() in _LINKS and i not in starts:
        i += 1
    return starts.get(i)


def _before(document: Document, person: MentionFound, starts: dict[int, MentionFound]) -> Iterator[Tie]:
    """ "SDF commander Mazloum", "the CJTF-OIR commanding general, Lt. Gen. Stephen Townsend"."""
    i = person.first - 1
    while i > 0 and (document.tokens[i].text == "," or _is_rank(document.tokens[i])) and person.first - i < 6:
        i -= 1
    if i < 1 or document.tokens[i].sentence != document.tokens[person.first].sentence:
        return
    row = _role(document, document.tokens[i])
    if row is None:
        return
    for back in range(1, 4):
        body = next((m for m in starts.values() if m.form == "name" and m.last == i - back + 1 and m.last <= i), None)
        if body is not None and document.tokens[body.head].sentence != document.tokens[i].sentence:
            return
        if body is not None:
            yield Tie(row, person.head, body.head, i)
            return
        if i - back < 0 or document.tokens[i - back].upos not in _FILLING | {"PART"}:
            return


def _is_rank(token: Token) -> bool:
    return token.text.endswith(".") and token.text[:1].isupper() and len(token.text) > 2
