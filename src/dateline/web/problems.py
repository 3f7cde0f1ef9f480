"""Errors as RFC 9457 problems: what is wrong, in what, and what to do; never a trace, never a path of the machine."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from dateline.errors import DatelineError, InputError, RecordError, UsageError
from dateline.web.policy import HEADERS
from dateline.web.shapes import Problem

MEDIA = "application/problem+json"


class WebError(DatelineError):
    """A request that is answered with a problem of this status."""

    status = 400
    name = "wrong-request"
    title = "The request cannot be carried out as asked"


class NotThere(WebError):
    """What was asked for is not in the record."""

    status = 404
    name = "not-found"
    title = "There is no such thing here"


class NotSignedIn(WebError):
    """Nobody is signed in, or the session or token has ended."""

    status = 401
    name = "not-signed-in"
    title = "Sign in first"


class NotAllowed(WebError):
    """Who asks may not do this."""

    status = 403
    name = "not-allowed"
    title = "This is not allowed"


class Conflict(WebError):
    """What was asked no longer fits what the record holds."""

    status = 409
    name = "conflict"
    title = "The record has changed meanwhile"


class TooMany(WebError):
    """Too many requests from one place."""

    status = 429
    name = "too-many-requests"
    title = "Too many requests"

    def __init__(self, wrong: str, *, given: str, mend: str, after: int = 1) -> None:
        super().__init__(wrong, given=given, mend=mend)
        self.after = after


class TooLarge(WebError):
    """A request whose body or header is larger than is read."""

    status = 413
    name = "too-large"
    title = "The request is too large"


class TooLong(WebError):
    """An address that is longer than is read."""

    status = 414
    name = "too-long"
    title = "The address is too long"


class HeadsTooLarge(WebError):
    """A request whose heads are larger than are read."""

    status = 431
    name = "heads-too-large"
    title = "The heads of the request are too large"


class RangeNotThere(WebError):
    """A stretch of a file that lies beyond its end."""

    status = 416
    name = "range-not-there"
    title = "The file has no such stretch"


class Unready(WebError):
    """The record cannot be read or written just now."""

    status = 503
    name = "record-unready"
    title = "The record cannot be read or written just now"


_MISSING = re.compile(r"the (?:record|log|report) (?:has no|knows nothing)")
"""How an error of the record begins that says that what was asked for is not there."""

_HTTP = {404: NotThere, 401: NotSignedIn, 403: NotAllowed, 413: TooLarge, 429: TooMany}


def problem(name: str, title: str, status: int, wrong: str, given: str, mend: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem as a response."""
    body = {"type": f"urn:dateline:problem:{name}", "title": title, "status": status, "wrong": wrong, "given": printable(given)[:500], "mend": mend}
    return JSONResponse(body, status, media_type=MEDIA, headers={"Cache-Control": "no-store", **(headers or {})})


def printable(text: str) -> str:
    """The text as it can be sent: half of a pair of surrogates, which no encoding has, stands as U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def problem_of(fault: DatelineError) -> JSONResponse:
    """The response to an error of ours; the record is named without its folder."""
    if isinstance(fault, WebError):
        headers = {"Retry-After": str(fault.after)} if isinstance(fault, TooMany) else {"Retry-After": "2"} if isinstance(fault, Unready) else {}
        return problem(fault.name, fault.title, fault.status, fault.wrong, fault.given, fault.mend, headers)
    if isinstance(fault, RecordError):
        given = fault.given.replace("\\", "/").rsplit("/", 1)[-1].rsplit("@", 1)[-1]
        return problem(Unready.name, Unready.title, 503, fault.wrong, given, fault.mend.replace(fault.given, given), {"Retry-After": "2"})
    if isinstance(fault, UsageError | InputError):
        kind: type[WebError] = NotThere if _MISSING.match(fault.wrong) else WebError
        return problem(kind.name, kind.title, kind.status, fault.wrong, fault.given, fault.mend)
    return problem("server-set-up", "The server is not set up for this", 503, fault.wrong, type(fault).__name__, fault.mend)


async def _ours(request: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, DatelineError)
    return problem_of(fault)


async def _invalid(request: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, RequestValidationError)
    first: dict[str, Any] = dict(fault.errors()[0]) if fault.errors() else {}
    where = ".".join(str(part) for part in first.get("loc", ()))
    given = f"{where}={str(first.get('input', ''))[:200]}" if first.get("type") != "json_invalid" else where
    return problem("invalid", "A part of the request has no such value", 422, str(first.get("msg", "the request cannot be read")), given,
                   "see the API's description at /api/openapi.json")  # fmt: skip


async def _http(request: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, HTTPException)
    kind = _HTTP.get(fault.status_code, WebError)
    name = "method-not-allowed" if fault.status_code == 405 else kind.name
    return problem(name, str(fault.detail), fault.status_code, str(fault.detail), request.url.path, "see the API's description at /api/openapi.json",
                   dict(fault.headers or {}))  # fmt: skip


async def _mistake(request: Request, fault: Exception) -> JSONResponse:
    """What a mistake of ours looks like from outside; what it was goes to the server's log. It is sent from without the guard, so its heads are set here."""
    mend = "send what you asked for, and the lines of the server's log, to Dateline's issue tracker"
    return problem("fault", "A fault of the server's", 500, "the server failed at this request", request.url.path, mend, HEADERS)


def add_handlers(app: FastAPI) -> None:
    """Answer every error with a problem."""
    app.add_exception_handler(Exception, _mistake)
    app.add_exception_handler(DatelineError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that an endpoint may answer with, for the API's description."""
    titles = {400: WebError, 401: NotSignedIn, 403: NotAllowed, 404: NotThere, 409: Conflict, 413: TooLarge, 416: RangeNotThere, 429: TooMany, 503: Unready}
    found: dict[int | str, dict[str, Any]] = {}
    for status in (400, 401, 403, 413, 422, 429, 503, *statuses):
        title = titles[status].title if status in titles else "A part of the request has no such value"
        found[status] = {"model": Problem, "description": title, "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    return found
