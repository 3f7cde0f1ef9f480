"""/api/ledger, /api/places, /api/actors, /api/towns: who holds what, and who and what the record knows."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from dateline.web.actors import actor_detail, actor_rows
from dateline.web.answers import json_answer
from dateline.web.desk import Desk, desk_of
from dateline.web.filters import Cursor, Limit, MaybeDay, OneDay, day, frame
from dateline.web.labels import labels
from dateline.web.places import holdings_on, ledger_columns, place_detail, place_rows
from dateline.web.problems import responses
from dateline.web.shapes import Page
from dateline.web.shapes_record import ActorDetail, ActorRow, Holding, Labels, LedgerChanges, PlaceDetail, PlaceRow

ROUTES = APIRouter(prefix="/api", responses=responses())
AtDesk = Annotated[Desk, Depends(desk_of)]
_KEY = Path(max_length=300, description="Key of the place or actor, as the lists give it.", examples=["geonames:172955"])
_NAMED = Query(description="Only those that a report calls by a name.")
_STARTS = Query(max_length=100, description="Only names that begin so.")


@ROUTES.get("/ledger", response_model=Page[Holding], tags=["ledger"], summary="Who held each place on a day")
def ledger(
    desk: AtDesk,
    on: OneDay,
    place: Annotated[str | None, Query(max_length=200, description="Key or name of one place.")] = None,
    according_to: Annotated[str | None, Query(max_length=200, description="Only by the word of this speaker or outlet (with a place).")] = None,
    as_known_on: MaybeDay = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Any:
    """Who held each place on the day, how it stands (confirmed, reported, claimed, contested, possible, denied), and every account with its words."""
    return holdings_on(desk, day(on, "on") or "", place=place, according_to=according_to, known=day(as_known_on, "as_known_on"), limit=limit, cursor=cursor)


@ROUTES.get("/ledger/changes", response_model=LedgerChanges, tags=["ledger"], summary="The ledger of all places and days, in columns")
def ledger_changes(request: Request, desk: AtDesk) -> Response:
    """The ledger of all places over all days, so that a slider needs no request a day."""
    body = ledger_columns(desk)
    return json_answer(request, body, body["revision"])


@ROUTES.get("/places", response_model=Page[PlaceRow], tags=["places"], summary="Places of the record")
def places(
    desk: AtDesk, starts: Annotated[str | None, _STARTS] = None, named: Annotated[bool | None, _NAMED] = None, limit: Limit = 100, cursor: Cursor = None
) -> Any:
    """Places of the record, most reported first."""
    return place_rows(desk, starts=starts, named=bool(named), limit=limit, cursor=cursor)


@ROUTES.get("/places/{key:path}", response_model=PlaceDetail, responses=responses(404), tags=["places"], summary="A place and its ledger")
def place(desk: AtDesk, key: Annotated[str, _KEY]) -> Any:
    """A place with its names, the bands of its ledger and every account of a change of hands."""
    return place_detail(desk, key)


@ROUTES.get("/actors", response_model=Page[ActorRow], tags=["actors"], summary="Actors and persons of the record")
def actors(
    desk: AtDesk,
    starts: Annotated[str | None, _STARTS] = None,
    kind: Annotated[str | None, Query(json_schema_extra={"enum": ["actor", "person"]}, max_length=20)] = None,
    named: Annotated[bool | None, _NAMED] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Any:
    """Actors and persons of the record, most reported first."""
    return actor_rows(desk, starts=starts, kind=kind, named=bool(named), limit=limit, cursor=cursor)


@ROUTES.get("/actors/{key:path}", response_model=ActorDetail, responses=responses(404), tags=["actors"], summary="An actor or person")
def actor(desk: AtDesk, key: Annotated[str, _KEY]) -> Any:
    """An actor or person: names, ties with their years, places held. Its incidents and statements are lists of their own."""
    return actor_detail(desk, key)


@ROUTES.get("/towns", response_model=Labels, tags=["map"], summary="Towns for the map's labels")
def towns(
    request: Request,
    desk: AtDesk,
    bbox: Annotated[str, Query(max_length=90, examples=["35,32,43,38"])],
    zoom: Annotated[float, Query(ge=0, le=24)] = 5.0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> Response:
    """The largest towns of the gazetteer in a frame, as many as a map of this zoom has room for."""
    found = frame(bbox)
    assert found is not None
    return json_answer(request, labels(desk, found, zoom=zoom, limit=limit), "towns-1")
