"""How, in what language and when a statement was made, as far as the words at its cue tell."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.extraction.statements_draft import Draft
from dateline.extraction.statements_lexicon import languages, media
from dateline.extraction.statements_spans import base
from dateline.extraction.times import TimeFound
from dateline.language.document import Document, Token

CARRYING = frozenset("in on at by via through during to with from over".split())


def medium(document: Document, draft: Draft) -> str | None:
    """The words of the medium: the document that speaks, or the one that stands in an oblique of the cue ("in a statement", "on Twitter")."""
    if draft.medium is not None and media().get(document.tokens[draft.medium].lemma.lower()) == "text":
        return _worded(document, document.tokens[draft.medium])
    for child in _circumstances(document, draft):
        marks = {c.lemma.lower() for c in document.children(child.i, "case")}
        if child.i != draft.speaker.token and child.lemma.lower() in media() and marks & CARRYING and media()[child.lemma.lower()] != "finder":
            return _worded(document, child)
    return None


def _worded(document: Document, token: Token) -> str:
    """The medium's noun with the words that name its kind ("press conference", "state television")."""
    first = token.i
    own = {c.i for c in document.children(token.i, "compound", "amod", "flat")}
    while first - 1 in own and document.tokens[first - 1].lemma.lower() not in languages():
        first -= 1
    return document.text[document.tokens[first].start : token.end]


def language(document: Document, draft: Draft) -> str | None:
    """ISO 639-1 code of the language that the words at the cue name ("in Arabic", "an Arabic-language statement")."""
    known = languages()
    candidates = list(_circumstances(document, draft))
    if draft.medium is not None:
        candidates.append(document.tokens[draft.medium])
    for child in candidates:
        near = [child, *document.children(child.i)]
        for token in near:
            word = token.text.lower().removesuffix("-language")
            if word not in known:
                continue
            marks = {c.lemma.lower() for c in document.children(token.i, "case")}
            following = document.tokens[token.i + 1].text.lower() if token.i + 1 < len(document.tokens) else ""
            if "in" in marks or following in ("-", "language") or token.text.lower().endswith("-language") or child.lemma.lower() in media():
                return known[word]
    return None


def times_of_cue(document: Document, draft: Draft, times: Sequence[tuple[int, TimeFound]]) -> tuple[int, ...]:
    """Indices of the time expressions that hang on the cue or on its medium, not within what is said; ``times`` are those of its sentence."""
    seat = draft.seat if draft.seat is not None else draft.cue
    if seat is None:
        return ()
    hosts = {seat, *(c.i for c in _circumstances(document, draft))}
    if draft.medium is not None:
        hosts |= {draft.medium, document.tokens[draft.medium].head}
    if draft.frame == "noun":
        hosts.add(document.tokens[seat].head)
    found = []
    for n, time in times:
        if any(s <= time.start < e for s, e in draft.content):
            continue
        if draft.cue_span is not None and draft.content and draft.cue_span[1] <= time.start and time.end <= draft.content[0][0] - 1:
            between = document.tokens_in(draft.cue_span[1], draft.content[0][0])
            if not any(t.upos in ("VERB", "AUX") for t in between):
                found.append(n)
                continue
        if time.kind == "offset" and time.anchor is not None and time.anchor in (draft.cue, draft.speaker.token):
            found.append(n)
            continue
        if draft.cue_span is not None and draft.cue_span[1] <= time.start and all(e <= time.start for _, e in draft.content):
            between = document.tokens_in(max([draft.cue_span[1], *(e for _, e in draft.content)]), time.start)
            if draft.frame == "tag" and not any(t.upos in ("VERB", "AUX") for t in between):
                found.append(n)
                continue
        head = document.tokens[time.head]
        if head.head in hosts or head.i in hosts:
            found.append(n)
    return tuple(found)


def _circumstances(document: Document, draft: Draft) -> list[Token]:
    """The obliques of the cue and of the verb its group begins with, and their own modifiers."""
    seat = draft.seat if draft.seat is not None else draft.cue
    if seat is None:
        return []
    hosts = [seat]
    token = document.tokens[seat]
    if base(token) in ("xcomp", "conj") or draft.frame == "noun":
        hosts.append(token.head)
    found: list[Token] = []
    for host in hosts:
        for child in document.children(host, "obl", "nmod", "advmod", "obj"):
            if any(s <= child.start < e for s, e in draft.content):
                continue
            found.append(child)
            found.extend(c for c in document.children(child.i, "nmod", "obl", "acl"))
    return found


def addressee(document: Document, draft: Draft) -> int | None:
    """The token spoken to, where it lies outside what is said or is its first words ("urged Iran to")."""
    if draft.addressee is None or draft.addressee == (draft.speaker.token if draft.speaker else None):
        return None
    token = document.tokens[draft.addressee]
    if token.lemma.lower() in ("that", "this", "it", "what"):
        return None
    return draft.addressee if token.upos in ("NOUN", "PROPN", "PRON") and token.lemma.lower() not in media() else None
