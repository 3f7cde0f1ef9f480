"""Read items of ninjs (IPTC's news in JSON, versions 1 to 3); canceled and withheld ones take back what was published before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.intake.dates import read_date
from dateline.intake.markup import Passage, headings_of, joined, passages_of
from dateline.intake.names import people
from dateline.intake.raw import Found, RawInput, Source, unnamed
from dateline.model import Origin, Refused, Retraction

_OWN = {
    "pubstatus", "pubStatus", "headlines", "bodies", "body_text", "body_html", "body_xhtml", "versioncreated", "versionCreated", "firstcreated", "firstCreated",
    "representationtype", "representationType", "descriptions", "description_text",
}  # fmt: skip
_TAKEN_BACK = ("canceled", "cancelled", "withheld")


def is_ninjs(value: object) -> bool:
    """Whether a JSON value is an item of ninjs: it has a uri and keys of ninjs, and not our own key ``text``."""
    return isinstance(value, dict) and "text" not in value and isinstance(value.get("uri"), str) and bool(_OWN & set(value))


def read_item(value: Any, where: str, source: Source, data: bytes) -> Found:
    """The report, or the retraction, that an item of ninjs is."""
    revised = _date(value, "versionCreated", "versioncreated")
    origin = source.traced(data, item=value["uri"], version=_string(value.get("version")), revised=revised)
    status = str(_first(value, "pubStatus", "pubstatus") or "usable").lower()
    if status in _TAKEN_BACK:
        if not value["uri"].strip():
            return unnamed(where)
        return Retraction(where, value["uri"], "withheld" if status == "withheld" else "canceled", origin, _string(_first(value, "edNote", "ednote")))
    if _string(value.get("type")) not in (None, "text", "composite"):
        return Refused(where, f"the item is of type {value['type']!r}, not text", "leave it out; reports are read from items of type text")
    passages = _body(value)
    if not passages:
        return Refused(where, "the item has no body", "give the full representation of the item, with bodies, body_text or body_html")
    return _report(value, where, origin, passages)


def _report(value: Any, where: str, origin: Origin, passages: list[Passage]) -> RawInput:
    title = _headline(value)
    lead = [Passage("heading", title)] if title and " ".join(passages[0].text.split()) != title else []
    named = value.get("infoSources") or value.get("infosources")
    source = next((n for one in _objects(named) if (n := _string(one.get("name")))), None)
    # A source is the party that gave the content; a copyright holder stands in where none is named.
    source = source or _string(_first(value, "copyrightHolder", "copyrightholder"))
    language = _string(value.get("language"))
    return RawInput(
        where,
        joined([*lead, *passages]),
        id=value["uri"],
        title=title,
        source=source,
        url=value["uri"] if value["uri"].startswith(("http://", "https://")) else None,
        published=_date(value, "firstCreated", "firstcreated", "contentCreated", "versionCreated", "versioncreated"),
        language=language.split("-")[0].lower() if language else None,
        authors=tuple(people(_string(_first(value, "by", "byline")) or "")),
        headings=headings_of([*lead, *passages]),
        origin=origin,
    )


def _first(value: Any, *keys: str) -> Any:
    return next((value[k] for k in keys if value.get(k)), None)


def _string(value: object) -> str | None:
    if isinstance(value, bool):
        return None
    return " ".join(str(value).split()) or None if isinstance(value, str | int) else None


def _objects(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def _date(value: Any, *keys: str) -> str | None:
    return next((found for k in keys if isinstance(value.get(k), str) and (found := read_date(value[k]))), None)


def _headline(value: Any) -> str | None:
    listed = sorted(_objects(value.get("headlines")), key=lambda h: h.get("role") != "main")
    told = next((h["value"] for h in listed if isinstance(h.get("value"), str) and h["value"].strip()), None)
    told = told or next((value[k] for k in ("headline", "title") if isinstance(value.get(k), str) and value[k].strip()), None)
    passages = passages_of(told) if told and "<" in told else []
    return " ".join((passages[0].text if passages else told).split()) if told else None


def _body(value: Any) -> list[Passage]:
    """The blocks of the body: of several representations the main one, marked up before plain."""
    given: list[tuple[str, str]] = []
    for one in sorted(_objects(value.get("bodies")), key=lambda b: (b.get("role") not in (None, "main"), "html" not in str(b.get("contentType")))):
        if isinstance(one.get("value"), str):
            given.append((str(one.get("contentType") or one.get("contenttype") or ""), one["value"]))
    for key in ("body_xhtml", "body_html", "body_text"):
        if isinstance(value.get(key), str):
            given.append((key, value[key]))
    for kind, body in given:
        found = passages_of(body) if "html" in kind or "xml" in kind else _plain(body)
        if any(c.isalnum() for p in found for c in p.text):
            return found
    return []


def _plain(body: str) -> list[Passage]:
    return [Passage("paragraph", block.strip()) for block in body.replace("\r\n", "\n").split("\n\n") if block.strip()]
