"""Who is meant by a token that no mention covers: "rebel" in "rebel-held" is the rebels that the report names elsewhere."""

from __future__ import annotations

from dateline.resolution.scene import Scene

_OWN = frozenset({"fighter", "force", "troop", "soldier", "man", "militant", "army", "unit", "militia"})
"""Nouns for somebody's own forces."""
_SWAY = frozenset({"control", "rule", "grip", "hand", "clutch", "occupation", "hold", "possession", "domination", "yoke"})
"""Nouns for somebody's holding of a place: "liberated from the grip of the militants"."""

_ARTICLES = frozenset({"al", "el", "ul", "an", "ar", "as", "ash", "at", "az", "ad"})
"""Arabic articles, which a hyphen joins to their noun: the tree may take the article of "Ahrar al-Sham" for its head."""


def party_at(scene: Scene, token: int | None) -> str | None:
    """The entity that the token refers to, or the only actor whose mentions end in the same noun; None where that is open."""
    if token is None:
        return None
    word = scene.document.tokens[token]
    owner = _owner(scene, token) or _ruler(scene, token)
    if owner is not None:
        return owner
    known = scene.who.at(token)
    if known is not None and not _inside_other(scene, known, token):
        return known
    if word.upos == "PRON":
        return _sayer(scene, token)
    lemma = word.lemma.lower()
    named = scene.actors_by_word
    found = {entity for key in (f"… {lemma}", f"… {lemma}s", word.text.lower()) for entity in named.get(key, ())}
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


def _ruler(scene: Scene, token: int) -> str | None:
    """Whose control, rule or grip is meant."""
    if scene.document.tokens[token].lemma.lower() not in _SWAY:
        return None
    beside = [c for c in scene.document.children(token, "compound", "amod", "nmod", "nmod:poss") if c.xpos != "PRP$" or scene.who.at(c.i)]
    return next((found for c in beside if (found := party_at(scene, c.i)) is not None), None)


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


def _inside_other(scene: Scene, entity: str, token: int) -> bool:
    """Whether the token merely stands within the words of an entity that another token heads ("Saudi" in "Saudi-led coalition")."""
    document = scene.document
    here = document.tokens[token]
    following = document.tokens[token + 1] if token + 1 < len(document.tokens) else here
    if following.text not in "-–‑" or following.start != here.end or here.text.lower() in _ARTICLES:
        return False
    found = scene.entity(entity)
    mentions = () if found is None else found.mentions
    within = any(m.start <= here.start and here.end < m.end and m.end > following.end for m in mentions)
    return within and not any(m.start == here.start and m.end == here.end for m in mentions)
