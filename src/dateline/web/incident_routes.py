"""/api/incidents: lists, points for the map, matches of a filter, bins for the time line, counts, and one incident."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from dateline.web.answers import columns_answer, json_answer
from dateline.web.desk import Desk, desk_of
from dateline.web.filters import Asked, Cursor, Limit, next_cursor, offset_of
from dateline.web.incident_detail import incident_detail
from dateline.web.problems import responses
from dateline.web.selection import ORDERS
from dateline.web.shapes import Page
from dateline.web.shapes_incident import Counts, Histogram, IncidentDetail, IncidentRow, Matches, Points

ROUTES = APIRouter(prefix="/api/incidents", tags=["incidents"], responses=responses())
AtDesk = Annotated[Desk, Depends(desk_of)]
_ORDER = Query(json_schema_extra={"enum": list(ORDERS)}, description="days, -days, reports (most first), sources (most first), doubt (least sure first).")


@ROUTES.get("", response_model=Page[IncidentRow], summary="Incidents under a filter")
def incidents(desk: AtDesk, asked: Asked, order: Annotated[str, _ORDER] = "days", limit: Limit = 50, cursor: Cursor = None) -> Any:
    """Incidents under a filter, a page at a time; ``count`` is of all of them."""
    view, offset = desk.view(), offset_of(cursor)
    rows = view.ordered(desk.matching(view, asked), order)
    items = [{**view.cards[int(n)].row, "row": int(n)} for n in rows[offset : offset + limit]]
    return {"count": len(rows), "items": items, "next": next_cursor(offset, limit, len(rows))}


@ROUTES.get("/points", response_model=Points, summary="All incidents in columns, for the map")
def points(request: Request, desk: AtDesk) -> Response:
    """All incidents in columns: small enough for a browser to filter 50,000 of them itself. Changes only with ``revision`` (ETag)."""
    return columns_answer(request, desk.view(), desk.keeper.ready_ledger)


@ROUTES.get("/matches", response_model=Matches, summary="Rows of the columns that hold a filter")
def matches(request: Request, desk: AtDesk, asked: Asked) -> Response:
    """Rows of /api/incidents/points that hold a filter: what a browser cannot filter itself (words, actors, places, sources)."""
    view = desk.view()
    rows = desk.matching(view, asked)
    return json_answer(request, {"revision": view.revision, "count": len(rows), "rows": rows.tolist()}, view.revision)


@ROUTES.get("/histogram", response_model=Histogram, summary="The time line under a filter")
def histogram(desk: AtDesk, asked: Asked, most: Annotated[int, Query(ge=1, le=2000, description="At most so many bins.")] = 200) -> Any:
    """The time line under a filter: for each stretch of days how many incidents surely lie in it, and how many may."""
    view = desk.view()
    return view.histogram(desk.matching(view, asked), most=most)


@ROUTES.get("/counts", response_model=Counts, summary="What the incidents under a filter are")
def counts(desk: AtDesk, asked: Asked, most: Annotated[int, Query(ge=1, le=200)] = 30) -> Any:
    """How many incidents under the filter have each type, status, source, place and actor."""
    view = desk.view()
    return view.counts(desk.matching(view, asked), most=most)


@ROUTES.get("/{report}/{event}", response_model=IncidentDetail, responses=responses(404), summary="One incident with all its accounts")
def incident(
    desk: AtDesk, report: Annotated[int, Path(ge=1, le=2**31)], event: Annotated[str, Path(pattern=r"^v[0-9]{1,9}$", description="Any event of the incident.")]
) -> Any:
    """One incident with each account of it, its figures by source, and what they contradict each other in; any of its events finds it."""
    return incident_detail(desk, report, event)
