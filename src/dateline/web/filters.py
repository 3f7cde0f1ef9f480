"""The questions that a request asks: the filter of incidents, the page of a list."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query

from dateline import vocabulary as words
from dateline.record.around import MOST_KM
from dateline.web.problems import WebError
from dateline.web.selection import Frame, Selection
from dateline.web.shapes import FINDINGS

MOST = 500
"""Rows that one page may hold."""

_Text = Annotated[str, Query(max_length=200)]
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_BBOX = r"^-?[0-9.]{1,20},-?[0-9.]{1,20},-?[0-9.]{1,20},-?[0-9.]{1,20}$"


def _enum(values: tuple[str, ...]) -> dict[str, Any]:
    return {"items": {"type": "string", "enum": list(values)}}


def known(given: list[str], values: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The words given; refused where one is none of the closed list."""
    for value in given:
        if value not in values:
            raise WebError(f"there is no such {name}", given=value[:200], mend=f"give one of: {', '.join(values)}")
    return tuple(given)


def day(given: str | None, name: str) -> str | None:
    """The day itself; refused where the calendar has none such."""
    if given is None:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as fault:
        raise WebError("this is no day of the calendar", given=f"{name}={given}", mend="write it as 2017-10-18") from fault


def frame(bbox: str | None) -> Frame | None:
    """West, south, east, north in degrees; a frame across the 180th meridian has its west east of its east."""
    if bbox is None:
        return None
    try:
        west, south, east, north = (float(part) for part in bbox.split(","))
    except ValueError as fault:
        raise WebError("this is no frame", given=f"bbox={bbox}", mend="write it as west,south,east,north in degrees") from fault
    if not (-90 <= south <= north <= 90 and -540 <= west <= 540 and -540 <= east <= 540):
        raise WebError("the frame lies outside the world, or its south is north of its north", given=f"bbox={bbox}", mend="give west,south,east,north")
    return Frame(west, south, east, north)


def selection(
    look_for: Annotated[str | None, Query(alias="words", max_length=200, description="Told by a report that holds all these words.")] = None,
    actor: Annotated[list[_Text] | None, Query(max_length=20, description="Key or name of somebody who takes part; several: any of them.")] = None,
    place: Annotated[list[_Text] | None, Query(max_length=20, description="Key or name of the place or country; several: any of them.")] = None,
    bbox: Annotated[str | None, Query(pattern=_BBOX, description="west,south,east,north in degrees.", examples=["35,32,43,38"])] = None,
    around: Annotated[str | None, Query(max_length=200, description="Near this place: a name, geonames:ID or LAT,LON.", examples=["Raqqa"])] = None,
    within_km: Annotated[float, Query(gt=0, le=MOST_KM, description="With `around`: so many kilometres.")] = 20.0,
    since: Annotated[str | None, Query(pattern=_DAY, description="May have been on or after this day.")] = None,
    until: Annotated[str | None, Query(pattern=_DAY, description="May have been on or before this day.")] = None,
    kind: Annotated[list[_Text] | None, Query(alias="type", max_length=100, description="Event type; several: any of them.")] = None,
    status: Annotated[list[str] | None, Query(max_length=10, json_schema_extra=_enum(FINDINGS), description="What the accounts amount to.")] = None,
    event_status: Annotated[list[str] | None, Query(max_length=10, json_schema_extra=_enum(words.STATUSES))] = None,
    source: Annotated[list[_Text] | None, Query(max_length=20, description="Outlet or agency; several: any of them.")] = None,
    least_independent: Annotated[int, Query(ge=0, le=1000, description="At least so many independent sources.")] = 0,
    least_reports: Annotated[int, Query(ge=0, le=100000)] = 0,
    least_confidence: Annotated[float, Query(ge=0, le=1)] = 0.0,
    reviewed: Annotated[bool | None, Query(description="Looked at by a person, or not.")] = None,
    background: Annotated[bool | None, Query(description="Told only long after it happened, or not.")] = None,
    placed: Annotated[bool | None, Query(description="With a point on the map, or without.")] = None,
) -> Selection:
    """The filter of incidents that the query asks for."""
    return Selection(
        words=look_for, actors=tuple(actor or ()), places=tuple(place or ()), frame=frame(bbox), around=around, within_km=within_km,
        since=day(since, "since"), until=day(until, "until"),
        types=tuple(kind or ()), statuses=known(status or [], FINDINGS, "status"), event_statuses=known(event_status or [], words.STATUSES, "event_status"),
        sources=tuple(source or ()), least_independent=least_independent, least_reports=least_reports, least_confidence=least_confidence,
        reviewed=reviewed, background=background, placed=placed,
    )  # fmt: skip


Asked = Annotated[Selection, Depends(selection)]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows on this page.")]
Cursor = Annotated[str | None, Query(max_length=200, description="The `next` of the page before; leave out for the first page.")]
OneDay = Annotated[str, Query(pattern=_DAY)]
MaybeDay = Annotated[str | None, Query(pattern=_DAY)]


def offset_of(cursor: str | None) -> int:
    """Where a page begins.

    Raises ``WebError`` for a cursor that no answer gave.
    """
    if cursor is None:
        return 0
    try:
        value = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as fault:
        raise WebError("this is no cursor", given=cursor[:60], mend="use the `next` of the page before, or none") from fault
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise WebError("this is no cursor", given=cursor[:60], mend="use the `next` of the page before, or none")
    return value


def next_cursor(offset: int, limit: int, count: int) -> str | None:
    """The cursor of the page after this one, None after the last."""
    after = offset + limit
    return base64.urlsafe_b64encode(json.dumps(after).encode()).decode().rstrip("=") if after < count else None
