"""The page's files: what the front end's build left in ``static``, and nothing else."""

from __future__ import annotations

import mimetypes
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from dateline.web.problems import NotThere

_TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json",
    ".geojson": "application/geo+json", ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2", ".pbf": "application/x-protobuf",
    ".webmanifest": "application/manifest+json", ".ico": "image/x-icon", ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm",
    ".pmtiles": "application/octet-stream", ".map": "application/json",
}  # fmt: skip

_NO_PAGE = "The page is not built: run `make page` (needs Node 20). The record itself is served under /api, described at /api/openapi.json.\n"


def static_folder() -> Path:
    """Where the built page stands in the package."""
    return Path(str(files("dateline") / "web" / "static"))


def add_pages(app: FastAPI, folder: Path | None = None) -> None:
    """Serve the page's files."""
    root = (folder if folder is not None else static_folder()).resolve()

    @app.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def page(path: str, request: Request) -> Response:
        if path == "api" or path.startswith("api/"):
            raise NotThere("the API has no such path", given=request.url.path, mend="see its description at /api/openapi.json")
        found = file_at(root, path or "index.html")
        if found is not None:
            return _file(found, path or "index.html")
        if path:
            raise NotThere("there is no such file", given=request.url.path, mend="go to /")
        return PlainTextResponse(_NO_PAGE)


def file_at(root: Path, path: str) -> Path | None:
    """The file of the folder at a path; None for what is no file, is hidden, or lies outside."""
    if "\x00" in path or "\\" in path or any(part.startswith(".") or not part for part in path.split("/")):
        return None
    try:
        found = (root / path).resolve()
        return found if found.is_relative_to(root) and found.is_file() else None
    except (OSError, ValueError):  # a name that no disk can hold, among others
        return None


def _file(found: Path, path: str) -> Response:
    kind = _TYPES.get(found.suffix.lower()) or mimetypes.guess_type(found.name)[0] or "application/octet-stream"
    keep = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
    return FileResponse(found, media_type=kind, headers={"Cache-Control": keep})
