"""Give each statement found its speaker and addressee, its day and its place in the chain."""

from __future__ import annotations

from dateline.extraction.findings import StatementFound
from dateline.model import Evidence, Span, Statement
from dateline.resolution.scene import Scene

REASONS = {
    "cues": "the cue word {value} with its subject and complement",
    "layout": "the layout of the report: {value}",
    "quotes": "a quotation without a cue of its own: {value}",
}


def resolve_statements(scene: Scene) -> tuple[Statement, ...]:
    """The statements of the report, ids ``s1`` onward, one for each of ``Findings.statements`` and in their order."""
    return tuple(_statement(scene, n, found) for n, found in enumerate(scene.findings.statements))


def _statement(scene: Scene, n: int, found: StatementFound) -> Statement:
    return Statement(
        id=f"s{n + 1}",
        speaker=_speaker(scene, found.speaker),
        speaker_span=_span(scene, found.speaker_start, found.speaker_end),
        cue=_span(scene, found.cue_start, found.cue_end),
        content=tuple(scene.span(start, end) for start, end in found.content),
        mode=found.mode,
        act=found.act,
        addressee=scene.who.at(found.addressee),
        medium=found.medium,
        language=found.language,
        when=scene.when(found.times),
        within=None if found.within is None else f"s{found.within + 1}",
        section=_section(scene, found),
    )


_ORGANS = frozenset("wing arm office service department branch directorate unit bureau centre center channel account website page team desk division".split())


def _speaker(scene: Scene, token: int | None) -> str | None:
    """The entity that speaks; where a body's own office, wing or channel does that the report does not make known apart, the body."""
    known = scene.who.at(token)
    if known is not None or token is None or scene.document.tokens[token].lemma.lower() not in _ORGANS:
        return known
    owners = [scene.entity(scene.who.at(c.i)) for c in scene.document.children(token, "nmod:poss", "compound")]
    return next((owner.id for owner in owners if owner is not None and owner.kind == "actor"), None)


def _span(scene: Scene, start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else scene.span(start, end)


def _section(scene: Scene, found: StatementFound) -> int | None:
    """Index of the section in which the statement stands."""
    point = found.content[0][0] if found.content else found.cue_start
    if point is None:
        return None
    token = scene.document.token_at(point)
    return None if token is None else scene.document.sentence_of(token.i).section


def explain_statements(scene: Scene) -> dict[str, tuple[Evidence, ...]]:
    """Why each statement is one, why it has its act, and how its speaker was known."""
    return {f"s{n + 1}": _reasons(scene, found) for n, found in enumerate(scene.findings.statements)}


def _reasons(scene: Scene, found: StatementFound) -> tuple[Evidence, ...]:
    family, _, value = found.rule.partition(":")
    words = value.replace("_", " ")
    cue = _span(scene, found.cue_start, found.cue_end)
    shown = [Evidence("content", found.rule, REASONS.get(family, "{value}").format(value=words), found.confidence, cue)]
    if found.speaker is not None:
        who = _speaker(scene, found.speaker)
        name = scene.document.tokens[found.speaker].text
        detail = f"the cue's subject is {name!r}" + ("" if who else ", whom the report does not make known")
        shown.append(Evidence("speaker", found.rule, detail, found.confidence, _span(scene, found.speaker_start, found.speaker_end)))
    shown.append(Evidence("act", found.rule, f"{found.act}, as the cue or what is said makes it", None, cue))
    return tuple(shown)
