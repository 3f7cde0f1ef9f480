"""The application: the API, the page's files, and what stands before them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anyio import to_thread
from fastapi import Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from dateline.schema import reading_schema
from dateline.web import incident_routes, ledger_routes, record_routes, review_routes, session_routes, share_routes, tile_routes
from dateline.web.access import Gate, reader
from dateline.web.accounts import Accounts
from dateline.web.desk import Desk
from dateline.web.guard import LOOPBACK, Guard
from dateline.web.meta import API_VERSION
from dateline.web.pages import add_pages
from dateline.web.problems import add_handlers
from dateline.web.shapes import Problem

_ABOUT = """The sourced record over HTTP, in the words of docs/api.md. Lists are paged (`limit`, `cursor`; `count` is of the whole list under the filter).
Errors are problems (RFC 9457) that say what is wrong, in what, and what to do. All offsets are Unicode code points."""


SERVER: dict[str, Any] = {
    "http": "dateline.web.patience:Patient", "limit_concurrency": 1000, "timeout_keep_alive": 75, "timeout_graceful_shutdown": 5,
    "h11_max_incomplete_event_size": 32 * 1024, "ws": "none", "lifespan": "on", "server_header": False, "date_header": True,
}  # fmt: skip
"""How uvicorn serves the application: for a team of some hundreds at once, and without waiting for ever on who says nothing."""


_THREADS = 4 + 4 * (os.cpu_count() or 1)
"""So many requests work at the record at once, each thread with a connection of its own; the others wait their turn."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served, to whom, and how."""

    record: str
    accounts: Accounts | None = None
    hosts: tuple[str, ...] = ()
    """Names by which the server may be asked, besides those of this machine."""
    who: str = "local"
    """Whose name corrections are signed with where there are no accounts."""
    secure: bool = False
    tiles: str | None = None
    cache: Path | None = None
    static: Path | None = None
    rate: float = 100.0
    burst: int = 400


def make_app(serving: Serving, *, tell: Callable[[str], None] | None = None) -> FastAPI:
    """The application that serves a record."""
    desk = Desk(serving.record, cache=serving.cache, tiles=serving.tiles, tell=tell)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        desk.keeper.start()
        try:
            yield
        finally:
            desk.close()

    app = FastAPI(
        title="Dateline", version=API_VERSION, description=_ABOUT, openapi_url=None, docs_url=None, redoc_url=None, lifespan=life,
        redirect_slashes=False,
    )  # fmt: skip
    app.state.desk = desk
    app.state.gate = Gate(serving.accounts, local=serving.who, secure=serving.secure)
    app.include_router(session_routes.ROUTES)
    for module in (incident_routes, ledger_routes, record_routes, review_routes, share_routes, tile_routes):
        app.include_router(module.ROUTES, dependencies=[Depends(reader)])
    add_handlers(app)
    _describe(app)
    add_pages(app, serving.static)
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=5)
    hosts: Sequence[str] = (*LOOPBACK, *serving.hosts)
    app.add_middleware(
        Guard, hosts=hosts, tiles=desk.tiles.origin if desk.tiles is not None else None, rate=serving.rate, burst=serving.burst, secure=serving.secure
    )
    return app


def _describe(app: FastAPI) -> None:
    """Serve the API's description, with the shape of a reading in it."""
    original = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = with_reading(original())
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]

    @app.get("/api/openapi.json", include_in_schema=False)
    def description() -> dict[str, Any]:
        return app.openapi()


def with_reading(description: dict[str, Any]) -> dict[str, Any]:
    """The description with the contract's shapes in it: Reading, ReadingReport, ReadingEvent ..."""
    schemas = description["components"]["schemas"]
    schemas.setdefault("Problem", Problem.model_json_schema())
    contract = reading_schema()
    names = {name: "Reading" + "".join(part.capitalize() for part in name.split("_")) for name in contract["$defs"]}

    def moved(value: Any) -> Any:
        if isinstance(value, dict):
            if (ref := value.get("$ref")) is not None and ref.startswith("#/$defs/"):
                return {**{k: moved(v) for k, v in value.items() if k != "$ref"}, "$ref": f"#/components/schemas/{names[ref.removeprefix('#/$defs/')]}"}
            return {k: moved(v) for k, v in value.items() if k not in ("$schema", "$id", "$defs")}
        return [moved(v) for v in value] if isinstance(value, list) else value

    for name, schema in contract["$defs"].items():
        schemas[names[name]] = moved(schema)
    schemas["Reading"] = moved(contract)
    detail = schemas["ReportDetail"]["properties"]["reading"]
    schemas["ReportDetail"]["properties"]["reading"] = {"$ref": "#/components/schemas/Reading", "description": detail.get("description", "")}
    return description


def description() -> dict[str, Any]:
    """The API's description, without serving anything."""
    return make_app(Serving("record.db")).openapi()
