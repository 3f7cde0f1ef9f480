"""/api/export: a selection as one JSON object, or as one page that needs no server."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from dateline.web import share
from dateline.web.desk import Desk, desk_of
from dateline.web.filters import Asked
from dateline.web.problems import responses
from dateline.web.shapes_review import Dossier

ROUTES = APIRouter(prefix="/api/export", tags=["export"], responses=responses(404))
AtDesk = Annotated[Desk, Depends(desk_of)]
_ROUND = Annotated[float | None, Query(alias="round", ge=0.001, le=10, description="Round coordinates to so many degrees.")]
_HIDE = Annotated[bool, Query(description="Leave out the names of persons who hold no public office and speak for nobody.")]
_TITLE = Annotated[str, Query(max_length=200)]
_NOTE = Annotated[str | None, Query(max_length=2000)]


@ROUTES.get("/dossier", response_model=Dossier, summary="A selection as one JSON object")
def dossier(desk: AtDesk, asked: Asked, *, to: _ROUND = None, hide_private_persons: _HIDE = False, title: _TITLE = "Dateline", note: _NOTE = None) -> Any:
    """The incidents under a filter with their reports, places and actors, as the one-file page holds them."""
    return share.dossier(desk, asked, share.Care(to, hide_private_persons), title=title, note=note)


@ROUTES.get("/page", response_class=Response, summary="A selection as one page that needs no server",
            responses={200: {"content": {"text/html": {"schema": {"type": "string"}}}, "description": "The page, as a file to keep"}})  # fmt: skip
def page(desk: AtDesk, asked: Asked, *, to: _ROUND = None, hide_private_persons: _HIDE = False, title: _TITLE = "Dateline", note: _NOTE = None) -> Response:
    """The same page as this server's, in one HTML file with the selection inside; it asks nothing of any network."""
    html = share.page(share.dossier(desk, asked, share.Care(to, hide_private_persons), title=title, note=note))
    return Response(html, media_type="text/html; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="dateline.html"'})
