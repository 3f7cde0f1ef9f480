"""What is served, and the closed lists of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline import vocabulary as words
from dateline.extraction.triggers import event_types
from dateline.model import SCHEMA_VERSION
from dateline.version import VERSION
from dateline.web.desk import Desk
from dateline.web.shapes import FINDINGS, STANDINGS

if TYPE_CHECKING:
    from dateline.web.access import Caller

API_VERSION = "1.0.0"


def meta_of(desk: Desk, asking: Caller) -> dict[str, Any]:
    """The record, what it holds, the versions, and who asks; of the record nothing where nobody is signed in."""
    user = asking.shape() if asking.known else None
    body = {
        "dateline": VERSION, "schema_version": SCHEMA_VERSION, "api_version": API_VERSION, "record": desk.name if asking.known else "", "revision": "",
        "counts": dict.fromkeys(("reports", "refused", "statements", "events", "figures", "control", "incidents", "places", "actors"), 0),
        "first": None, "last": None, "building": {"ready": 0, "of": 0}, "accounts": asking.needs_accounts, "user": user,
        "writable": asking.may("reviewer"), "tiles": desk.tiles.address if desk.tiles is not None else None,
    }  # fmt: skip
    if not asking.known:
        return body
    view = desk.view()
    first, last = view.known_days()
    return {
        **body, "revision": view.revision, "counts": {**desk.counts(view.revision), "incidents": len(view)}, "first": first,
        "last": last, "building": {"ready": view.ready, "of": view.of},
    }  # fmt: skip


def vocabulary_of(desk: Desk) -> dict[str, Any]:
    """The closed lists, with the event types that only this record holds besides."""
    listed = {k: {"id": k, "label": row["label"], "definition": row["definition"]} for k, row in event_types().items()}
    for row in desk.record().rows("SELECT DISTINCT type FROM event ORDER BY type"):
        listed.setdefault(row["type"], {"id": row["type"], "label": row["type"].replace("_", " "), "definition": ""})
    return {
        "event_types": list(listed.values()), "statuses": list(words.STATUSES), "finding_statuses": list(FINDINGS), "standings": list(STANDINGS),
        "measures": list(words.MEASURES), "acts": list(words.ACTS), "roles": list(words.ROLES), "changes": list(words.CHANGES),
        "actor_types": list(words.ACTOR_TYPES), "place_types": list(words.PLACE_TYPES), "relation_types": list(words.RELATION_TYPES),
        "precisions": list(words.PRECISIONS),
    }  # fmt: skip
