"""/api/reports, statements, events, figures, search, names, explain: the record's own words."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from dateline import vocabulary as words
from dateline.web import lists, reader
from dateline.web.desk import Desk, desk_of
from dateline.web.filters import Cursor, Limit, MaybeDay, day
from dateline.web.lists import Wanted
from dateline.web.problems import responses
from dateline.web.shapes import Page
from dateline.web.shapes_incident import FigureShape
from dateline.web.shapes_record import EventRow, Explanation, Found, NameHit, Refusal, ReportDetail, ReportRow, StatementRow

ROUTES = APIRouter(prefix="/api", responses=responses())
AtDesk = Annotated[Desk, Depends(desk_of)]
_Text = Annotated[str | None, Query(max_length=200)]
_Report = Annotated[int, Path(ge=1, le=2**31, description="Number of the report.")]
_Item = Annotated[str, Path(pattern=r"^[a-z]{1,3}[0-9]{1,9}$", description="Id of the value in its report.", examples=["v3"])]


@ROUTES.get("/reports", response_model=Page[ReportRow], tags=["reports"], summary="Reports of the record")
def reports(
    desk: AtDesk,
    source: _Text = None,
    since: MaybeDay = None,
    until: MaybeDay = None,
    *,
    old: Annotated[bool, Query(description="Also versions that a newer one has replaced.")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:
    """Reports of the record, newest first."""
    wanted = Wanted(source=source, since=day(since, "since"), until=day(until, "until"))
    return lists.reports(desk, wanted, old=old, limit=limit, cursor=cursor)


@ROUTES.get("/refusals", response_model=Page[Refusal], tags=["reports"], summary="Inputs that were set aside")
def refusals(desk: AtDesk, limit: Limit = 50, cursor: Cursor = None) -> Any:
    """Inputs that were set aside, why, and what to do."""
    return lists.refusals(desk, limit=limit, cursor=cursor)


@ROUTES.get("/reports/{report}", response_model=ReportDetail, responses=responses(404), tags=["reports"], summary="A report with its reading")
def report(desk: AtDesk, report: _Report) -> Any:
    """A report with its text, parts and all that was read from it. All offsets are Unicode code points."""
    return reader.report_detail(desk, report)


@ROUTES.get("/explain/{report}/{item}", response_model=Explanation, responses=responses(404), tags=["reports"], summary="Why a value is as it is")
def explain(desk: AtDesk, report: _Report, item: _Item) -> Any:
    """A value, its words, and for each field the rule, lexicon row or score that gave it."""
    return reader.explanation(desk, report, item)


@ROUTES.get("/figures", response_model=Page[FigureShape], tags=["figures"], summary="Figures with bounds, place, day and who says so")
def figures(
    desk: AtDesk,
    measure: Annotated[list[str] | None, Query(max_length=20, json_schema_extra={"items": {"type": "string", "enum": list(words.MEASURES)}})] = None,
    place: _Text = None,
    source: Annotated[str | None, Query(max_length=200, description="Outlet or agency.")] = None,
    since: MaybeDay = None,
    until: MaybeDay = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Any:
    """Figures by day, each with its bounds, its words and its source chain."""
    wanted = Wanted(kinds=tuple(measure or ()), place=place, source=source, since=day(since, "since"), until=day(until, "until"))
    return lists.figures(desk, wanted, limit=limit, cursor=cursor)


@ROUTES.get("/statements", response_model=Page[StatementRow], tags=["statements"], summary="Who said what")
def statements(
    desk: AtDesk,
    speaker: Annotated[str | None, Query(max_length=200, description="Key or name.")] = None,
    act: Annotated[list[str] | None, Query(max_length=30, json_schema_extra={"items": {"type": "string", "enum": list(words.ACTS)}})] = None,
    source: _Text = None,
    since: MaybeDay = None,
    until: MaybeDay = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:
    """Statements by day: who said what, how, to whom, with the words."""
    wanted = Wanted(kinds=tuple(act or ()), actor=speaker, source=source, since=day(since, "since"), until=day(until, "until"))
    return lists.statements(desk, wanted, limit=limit, cursor=cursor)


@ROUTES.get("/events", response_model=Page[EventRow], tags=["events"], summary="Events as the reports tell them")
def events(
    desk: AtDesk,
    kind: Annotated[list[str] | None, Query(alias="type", max_length=100)] = None,
    actor: _Text = None,
    place: _Text = None,
    status: Annotated[list[str] | None, Query(max_length=10, json_schema_extra={"items": {"type": "string", "enum": list(words.STATUSES)}})] = None,
    source: _Text = None,
    since: MaybeDay = None,
    until: MaybeDay = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:
    """Events as each report tells them, those that were denied, planned or demanded included."""
    wanted = Wanted(
        kinds=tuple(kind or ()), statuses=tuple(status or ()), actor=actor, place=place, source=source, since=day(since, "since"), until=day(until, "until")
    )
    return lists.events(desk, wanted, limit=limit, cursor=cursor)


@ROUTES.get("/search", response_model=Found, tags=["search"], summary="Reports that hold all words, and names like them")
def search(desk: AtDesk, look_for: Annotated[str, Query(alias="words", min_length=1, max_length=200)], limit: Limit = 20, cursor: Cursor = None) -> Any:
    """Reports that hold all the words, best first, with the words around them; and the names of the record that are like them."""
    return lists.found(desk, look_for, limit=limit, cursor=cursor)


@ROUTES.get("/names", response_model=list[NameHit], tags=["search"], summary="Names that begin as typed")
def names(
    desk: AtDesk,
    starts: Annotated[str, Query(min_length=1, max_length=100)],
    kind: Annotated[list[str] | None, Query(max_length=5, json_schema_extra={"items": {"type": "string", "enum": list(words.ENTITY_KINDS)}})] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 12,
) -> Any:
    """Names of the record that begin as typed, or hold a word that does; most reported first."""
    return lists.names(desk, starts, kinds=tuple(kind or ()), limit=limit)
