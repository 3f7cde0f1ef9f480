"""Who is meant by a token that no mention covers: "rebel" in "rebel-held" is the rebels that the report names elsewhere."""

from __future__ import annotations

from dateline.resolution.scene import Scene

_OWN = frozenset({"fighter", "force", "troop", "soldier", "man", "militant", "army", "unit", "militia"})
"""Nouns for somebody's own forces."""


def party_at(scene: Scene, token: int | None) -> str | None:
    """The entity that the token refers to, or the only actor whose mentions end in the same noun; None where that is open."""
    if token is None:
        return None
    word = scene.document.tokens[token]
    owner = _owner(scene, token)
    if owner is not None:
        return owner
    known = scene.who.at(token)
    if known is not None and not _inside_other(scene, known, token):
        return known
    if word.upos == "PRON":
        return _sayer(scene, token)
    lemma = word.lemma.lower()
    alike = {lemma, lemma + "s"}
    actors = [e for e in scene.who.entities if e.kind == "actor"]
    found = {e.id for e in actors if any(_head(m.text) in alike or m.text.lower() == word.text.lower() for m in e.mentions)}
    return next(iter(found)) if len(found) == 1 else None


def _owner(scene: Scene, token: int) -> str | None:
    """Whose own forces are meant: "their fighters" are the group that says so."""
    if scene.document.tokens[token].lemma.lower() not in _OWN:
        return None
    for child in scene.document.children(token):
        if child.xpos == "PRP$" and child.i < token:
            found = scene.who.at(child.i) or _speaker(scene, token)
            entity = scene.entity(found)
            return found if entity is not None and entity.kind == "actor" else None
    return None


def _speaker(scene: Scene, token: int) -> str | None:
    """Who says the words that the token stands in."""
    word = scene.document.tokens[token]
    chain = scene.according_to(word.start, word.end)
    statement = scene.statement(chain[-1]) if chain else None
    return None if statement is None else statement.speaker


def _sayer(scene: Scene, token: int) -> str | None:
    """Who says that "it" or "they" do something, where nobody else is meant ("the army denied that it had lost ...")."""
    document = scene.document
    pronoun = document.tokens[token]
    verb = document.tokens[pronoun.head]
    if not pronoun.deprel.startswith("nsubj") or verb.deprel != "ccomp":
        return None
    subject = next(iter(document.children(verb.head, "nsubj")), None)
    return None if subject is None else scene.who.at(subject.i)


def _head(text: str) -> str:
    """The last word of the words before any "of", "in" or "from", in lower case."""
    words = text.lower().split()
    for stop in ("of", "in", "from", "against", "for"):
        if stop in words[1:]:
            words = words[: words.index(stop, 1)]
    return words[-1].strip(",.'’\"") if words else ""


def _inside_other(scene: Scene, entity: str, token: int) -> bool:
    """Whether the token merely stands within the words of an entity that another token heads ("Saudi" in "Saudi-led coalition")."""
    document = scene.document
    here = document.tokens[token]
    following = document.tokens[token + 1] if token + 1 < len(document.tokens) else here
    if following.text not in "-–‑" or following.start != here.end:
        return False
    return any(
        m.start <= here.start and here.end < m.end and m.end > following.end for e in scene.who.entities if e.id == entity for m in e.mentions
    ) and not any(m.start == here.start and m.end == here.end for e in scene.who.entities if e.id == entity for m in e.mentions)
