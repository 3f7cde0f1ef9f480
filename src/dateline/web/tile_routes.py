"""/api/tiles: the PMTiles file that the owner has set, in stretches."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header
from starlette.responses import Response

from dateline.web.desk import Desk, desk_of
from dateline.web.problems import NotThere, RangeNotThere, responses

_MEDIA = "application/vnd.pmtiles"
_STRETCH = {"description": "The stretch of the file.", "content": {_MEDIA: {"schema": {"type": "string", "format": "binary"}}}}
_ANSWERS: dict[int | str, dict[str, Any]] = {**responses(404, 416), 206: _STRETCH}
ROUTES = APIRouter(prefix="/api", responses=responses())
_MOST = 4 * 1024 * 1024
"""Bytes that one request is given; who asks for more gets the beginning, as the protocol allows."""


@ROUTES.get("/tiles", status_code=206, response_class=Response, responses=_ANSWERS, tags=["record"], summary="A stretch of the map's tiles")
def tiles(desk: Annotated[Desk, Depends(desk_of)], asked: Annotated[str | None, Header(alias="Range", max_length=100)] = None) -> Response:
    """The PMTiles file that was set with --tiles, in the stretches that are asked for (`Range`)."""
    found = desk.tiles
    if found is None or found.file is None:
        raise NotThere("no file of tiles is set", given="--tiles", mend="start the server with --tiles and a .pmtiles file")
    size = found.file.stat().st_size
    first, last = _stretch(asked, size)
    with found.file.open("rb") as opened:
        opened.seek(first)
        body = opened.read(last - first + 1)
    headers = {
        "Content-Range": f"bytes {first}-{last}/{size}",
        "Accept-Ranges": "bytes",
        "Content-Encoding": "identity",
        "Cache-Control": "private, max-age=3600",
    }
    return Response(body, status_code=206, media_type=_MEDIA, headers=headers)


def _stretch(asked: str | None, size: int) -> tuple[int, int]:
    """First and last byte of the stretch; the beginning of the file where none is asked for.

    Raises ``RangeNotThere`` when it lies outside.
    """
    match = re.fullmatch(r"bytes=(\d{1,18})-(\d{0,18})", (asked or "bytes=0-").strip())
    if match is None:
        return 0, min(size, _MOST) - 1
    first = int(match[1])
    last = min(int(match[2]) if match[2] else size - 1, size - 1, first + _MOST - 1)
    if first >= size or last < first:
        raise RangeNotThere("the file does not reach that far", given=asked or "", mend=f"ask for bytes below {size}")
    return first, last
