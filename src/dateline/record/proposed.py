"""What a person says of a value, checked and written as lines of the log: with the value as seen and the anchors by which it is found again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from dateline.errors import UsageError
from dateline.record import typed
from dateline.record.anchors import ADDED, LETTERS, Body, Parts, anchors_for, spans_of, word_of
from dateline.record.corrected import JUDGEMENTS, VERBS, Line
from dateline.record.field_values import field_value, set_field
from dateline.record.fields import FIXED, Given, Place, field_named, given, properties_of
from dateline.record.references import repoint
from dateline.record.whom import World, entity_body, entity_meant
from dateline.vocabulary import PLACE_TYPES

_WORDS = {
    "entity": "entities", "actor": "entities", "person": "entities", "place": "entities", "weapon": "entities", "statement": "statements",
    "event": "events", "figure": "figures", "relation": "relations", "time": "times", "image": "images", "control": "control",
}  # fmt: skip
"""By what people call what they add the word of a reading."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a value of the record."""

    verb: str
    report: int
    item: str | None = None
    field: str | None = None
    """The field meant; of an addition the kind of thing: entity, statement, event, figure, control, relation."""
    value: Any = None
    other: str | None = None
    """The handle (``7/v2``) of the second value of a merge or a judgement."""
    words: str | None = None
    """Words of the report on which the new value rests."""
    who: str = ""
    why: str = ""
    as_read: bool = False
    """Said of the value as the machine read it, whatever others have said since: by a second reader, who did not see that."""


@dataclass(frozen=True)
class Seen:
    """A report as the record shows it to the person who corrects."""

    number: int
    key: str
    report: Body
    parts: Parts
    world: World = field(default_factory=World)

    def body(self, name: str) -> Body:
        """The value of this id.

        Raises ``UsageError`` where the report has none such.
        """
        held = next((b for b in self.parts.get(word_of(name) or "", []) if b["id"] == name), None)
        if held is None:
            raise UsageError("the report has no such value", given=f"{self.number}/{name}", mend=f"see its values with: dateline show {self.number}")
        return held

    def anchors(self, name: str | None, value: Any) -> Body:
        """The anchors of a line on this value."""
        return anchors_for(word_of(name) if name else None, name, value, self.parts, self.report["text"])


def proposed(correction: Correction, seen: Seen, *, first: int, at: str, other: Seen | None = None) -> list[Line]:
    """The lines that the log gets, numbered from ``first``; several where something has to be added before it can be named.

    Raises ``UsageError`` for what cannot be said of such a value, with the mend.
    """
    if correction.verb not in VERBS or correction.verb == "undo":
        raise UsageError("there is no such verb", given=correction.verb, mend=f"use one of: {', '.join(v for v in VERBS if v != 'undo')}")
    who = " ".join(correction.who.split())
    if not who:
        raise UsageError("a correction is signed", given="who", mend="give your name: --by NAME, DATELINE_REVIEWER, or reviewer in dateline.toml")
    _check_words(correction, seen, other)
    blank = Line(first, correction.verb, seen.key, seen.number, correction.item, None, None, None, {}, correction.words, who, at, correction.why.strip())
    if correction.verb in JUDGEMENTS:
        return [_judged(correction, seen, other, blank)]
    return _SAYERS[correction.verb](correction, seen, blank)


def _check_words(correction: Correction, seen: Seen, other: Seen | None) -> None:
    """Refuse words that no report of the correction says, in its text or title."""
    reports = [seen.report, *([other.report] if other is not None else [])]
    if correction.words and correction.words.strip():
        typed.words_meant(correction.words, {"text": "\0".join(r.get(k) or "" for r in reports for k in ("text", "title"))}, near=0)


def _place(correction: Correction, seen: Seen, word: str, body: Body) -> Place:
    return Place(seen.report, seen.parts, word, body, seen.world, correction.words)


def _item(correction: Correction, seen: Seen) -> tuple[str, Body]:
    if correction.item is None:
        raise UsageError(f"only a value can be told to {correction.verb}, not a whole report", given=str(seen.number), mend=f"give a value: {seen.number}/v1")
    return word_of(correction.item) or "", seen.body(correction.item)


def _accept(correction: Correction, seen: Seen, blank: Line) -> list[Line]:
    word, body = _item(correction, seen)
    if correction.field is not None:
        name = field_named(correction.field, word)
        value = field_value(body, name)
        return [replace(blank, field=name, was=value, value=value, anchors=seen.anchors(body["id"], value))]
    value = {k: body[k] for k in properties_of(word) if k not in FIXED or k in ("lat", "lon")}
    return [replace(blank, was=value, value=value, anchors=seen.anchors(body["id"], value))]


def _change(correction: Correction, seen: Seen, blank: Line) -> list[Line]:
    if correction.field is None:
        raise UsageError("a change needs a field", given=f"{seen.number}/{correction.item}", mend="name the field and its new value, e.g. status denied")
    if correction.item is None:
        word, body = "report", seen.report
    else:
        word, body = _item(correction, seen)
    place = _place(correction, seen, word, body)
    new = given(place, correction.field, correction.value)
    was = field_value(body, new.field)
    if was == new.value:
        raise UsageError("it has this value already", given=str(correction.value), mend=f"if it is right, say so: dateline accept {_handle(correction, seen)}")
    return _with_additions(new, seen, replace(blank, field=new.field, was=was, value=new.value))


def _handle(correction: Correction, seen: Seen) -> str:
    return f"{seen.number}/{correction.item}" if correction.item else str(seen.number)


def _with_additions(new: Given, seen: Seen, last: Line) -> list[Line]:
    """The line, after those that add the entities it names and the report had not."""
    lines: list[Line] = []
    names: dict[str, str] = {}
    for i, body in enumerate(new.new):
        n = last.n + i
        names["e" + "0" * (i + 1)] = f"e{ADDED + n}"
        owner = last.n + len(new.new)
        lines.append(replace(last, n=n, verb="add", item=None, field="entities", was=None, value=body, anchors=seen.anchors(None, body), target=owner))
    value = repoint(last.value, names)
    anchors = seen.anchors(last.item, value)
    for line in lines:
        name = f"e{ADDED + line.n}"
        body = {**line.value, "id": name}
        parts = {**seen.parts, "entities": [*seen.parts["entities"], body]}
        anchors["refs"] |= anchors_for("entities", name, name, parts, seen.report["text"])["refs"]
    return [*lines, replace(last, n=last.n + len(lines), value=value, anchors=anchors)]


def _reject(correction: Correction, seen: Seen, blank: Line) -> list[Line]:
    word, body = _item(correction, seen)
    if correction.field is None:
        return [replace(blank, was=body, anchors=seen.anchors(body["id"], None))]
    name = field_named(correction.field, word)
    whole = name.split(".")[0]
    schema = properties_of(word).get(whole, {})
    kinds = schema.get("type") or [option.get("type") for option in schema.get("anyOf", ())]
    if kinds == "array":
        value: Any = []
    elif "null" in kinds:
        value = None
    else:
        raise UsageError(
            f"{name} cannot be left open", given=_handle(correction, seen), mend=f"say what it is: dateline correct {_handle(correction, seen)} {name} VALUE"
        )
    return [replace(blank, field=name, was=field_value(body, name), value=value, anchors=seen.anchors(body["id"], value))]


def _note(correction: Correction, seen: Seen, blank: Line) -> list[Line]:
    text = " ".join(str(correction.value or correction.why).split())
    if not text:
        raise UsageError("the note is empty", given=_handle(correction, seen), mend="write what is to be noted")
    if correction.item is not None:
        seen.body(correction.item)
    return [replace(blank, value=text, anchors=seen.anchors(correction.item, None))]


def _merge(correction: Correction, seen: Seen, blank: Line) -> list[Line]:
    word, body = _item(correction, seen)
    number, _, name = (correction.other or "").rpartition("/")
    if number not in ("", str(seen.number)):
        mend = f"events of two reports are joined with: dateline same {_handle(correction, seen)} {correction.other}"
        raise UsageError("only values of one report are merged", given=correction.other or "", mend=mend)
    second = seen.body(name)
    if word_of(name) != word or name == body["id"]:
        raise UsageError("two different values of one kind are merged", given=name, mend=f"give another id that begins with {LETTERS[word]}")
    return [replace(blank, was=second, value=name, anchors=seen.anchors(body["id"], name))]


def _split(correction: Correction, seen: Seen, blank: Line) -> list[Line]:
    word, body = _item(correction, seen)
    if word != "entities":
        values = dict(correction.value or {})
        place = _place(correction, seen, word, body)
        found = [given(place, name, value) for name, value in values.items()]
        if any(one.new for one in found):
            raise UsageError("the report has nobody of that name", given=str(values), mend="add the entity first, then split")
        value: Any = {one.field: one.value for one in found}
        return [replace(blank, was=body, value=value, anchors=seen.anchors(body["id"], value))]
    more = dict(correction.value or {})
    mentions = more.pop("mentions", None) or _mentions(correction, seen, body)
    if len(mentions) == len(body["mentions"]):
        raise UsageError(
            "no mention would be left", given=_handle(correction, seen), mend=f"correct its name or kind instead: dateline correct {_handle(correction, seen)}"
        )
    value = {**more, "mentions": mentions, "name": more.get("name") or mentions[0]["text"]}
    return [replace(blank, was={"mentions": body["mentions"]}, value=value, anchors=seen.anchors(body["id"], value))]


def _mentions(correction: Correction, seen: Seen, body: Body) -> list[Body]:
    """The mentions that lie in the words given; all that are worded so, where the words are but a mention."""
    if not correction.words:
        raise UsageError("which mentions are another's?", given=_handle(correction, seen), mend="give the words of the report they stand in: --words '...'")
    alike = [m for m in body["mentions"] if m["text"].casefold() == correction.words.casefold()]
    if alike and len(alike) < len(body["mentions"]):
        return alike
    span = typed.words_meant(correction.words, seen.report, near=(spans_of("entities", body) or [{"start": 0}])[0]["start"])
    inside = [m for m in body["mentions"] if span["start"] <= m["start"] and m["end"] <= span["end"]]
    if not inside:
        raise UsageError(
            "the entity is not mentioned in these words", given=correction.words, mend=f"see its mentions with: dateline show {_handle(correction, seen)}"
        )
    return inside


def _judged(correction: Correction, seen: Seen, other: Seen | None, blank: Line) -> Line:
    _, body = _item(correction, seen)
    name = (correction.other or "").rpartition("/")[2]
    if other is None or word_of(body["id"]) != "events" or word_of(name) != "events":
        raise UsageError(
            "only two events can be judged one or two", given=f"{_handle(correction, seen)} {correction.other}", mend="give two ids such as 3/v1 7/v2"
        )
    second = other.body(name)
    if (seen.number, body["id"]) == (other.number, name):
        raise UsageError("this is one and the same event", given=correction.other or "", mend="give two different ones")
    anchors = {**seen.anchors(body["id"], None), "other": {"key": other.key, "report": other.number, "anchor": other.anchors(second["id"], None)["item"]}}
    return replace(blank, value=f"{other.number}/{name}", anchors=anchors)


def _add(correction: Correction, seen: Seen, blank: Line) -> list[Line]:
    kind = (correction.field or "").strip().casefold()
    word = _WORDS.get(kind) or (kind if kind in LETTERS else None)
    if word is None:
        raise UsageError("there is no such thing to add", given=correction.field or "", mend=f"add one of: {', '.join(_WORDS)}")
    values = dict(correction.value or {})
    if word == "entities":
        body = _entity(correction, seen, kind, values)
        return [replace(blank, field=word, item=None, value=body, anchors=seen.anchors(None, body))]
    body = _blank(word, correction, seen)
    added: tuple[Body, ...] = ()
    for name, value in values.items():
        one = given(_place(correction, seen, word, body), name, value)
        fresh = {("e" + "0" * (i + 1)): "e" + "0" * (len(added) + i + 1) for i in range(len(one.new))}
        added += one.new
        set_field(body, one.field, repoint(one.value, fresh))
    last = replace(blank, field=word, item=None, value=body)
    return _with_additions(Given("", None, added), seen, last)


def _entity(correction: Correction, seen: Seen, kind: str, values: Body) -> Body:
    """An entity to be added: as the tables know it by name, or as it is described."""
    name = typed.text_typed(values.pop("name", correction.words or "")) or ""
    if not name:
        raise UsageError("what is added needs a name", given=kind, mend="give its name as the report has it")
    chosen = values.pop("kind", kind if kind not in ("entity", "entities") else None)
    if "type" not in values and "lat" not in values:
        kinds = (chosen,) if chosen else ()
        found = entity_meant(values.pop("known_as", None) or name, seen.report, {**seen.parts, "entities": []}, seen.world, kinds=kinds)
        assert not isinstance(found, str)
        return {**entity_body(found["kind"], found["type"], name, seen.report), **{k: found[k] for k in ("known_as", "country", "lat", "lon", "geonames_id")}}
    kind_ = chosen or ("place" if values.get("type") in PLACE_TYPES or "lat" in values else "person" if values.get("type") == "person" else "actor")
    plain = {"place": "town", "person": "person", "weapon": "weapon"}.get(kind_, "other")
    return {**entity_body(kind_, values.pop("type", plain), name, seen.report), **values}


def _blank(word: str, correction: Correction, seen: Seen) -> Body:
    """A value with nothing said but the words that it stands on."""
    if not correction.words:
        raise UsageError("no value without its words", given=f"add {word}", mend="give the words of the report that say so: --words '...'")
    span = typed.words_meant(correction.words, seen.report, near=0)
    blank: Body = {k: [] if s.get("type") == "array" else None for k, s in properties_of(word).items() if k != "id"}
    blank |= {"confidence": 1.0} if "confidence" in blank else {}
    if word == "events":
        codes = {"plover": None, "cameo": None, "acled": {"event_type": None, "sub_event_type": None}, "ucdp": None}
        return {**blank, "type": "other", "trigger": span, "sentence": _sentence(seen.report, span), "status": "occurred", "negated": False, "codes": codes}
    if word == "statements":
        return {**blank, "content": [span], "mode": "indirect", "act": "say"}
    if word == "figures":
        return {**blank, "measure": "other", "approximate": False, "span": span}
    if word == "control":
        return {**blank, "change": "held", "status": "occurred", "span": span}
    if word == "images":
        return {**blank, "kind": "photograph", "shows": span}
    if word == "times":
        return {"when": {"from": None, "to": None, "precision": "unknown", "approximate": False, "basis": "stated", "span": span}}
    return {**blank, "span": span}


def _sentence(report: Body, span: Body) -> Body:
    """The paragraph's stretch between full stops around a span."""
    text: str = report["text"]
    start = max(text.rfind(mark, 0, span["start"]) + len(mark) for mark in ("\n", ". ", "! ", "? ") if mark in text[: span["start"]] or mark == "\n")
    ends = [at + 1 for mark in (". ", "! ", "? ", ".\n") if (at := text.find(mark, span["end"] - 1)) >= 0]
    line = text.find("\n", span["end"])
    end = min([*ends, line if line >= 0 else len(text), len(text)])
    start, end = min(start, span["start"]), max(end, span["end"])
    return {"start": start, "end": end, "text": text[start:end]}


_SAYERS: dict[str, Callable[[Correction, Seen, Line], list[Line]]] = {
    "accept": _accept, "change": _change, "reject": _reject, "note": _note, "merge": _merge, "split": _split, "add": _add,
}  # fmt: skip
