"""Answers that a browser may keep: with an ETag, compressed once, and asked for again only when they have changed."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

from fastapi import Request, Response

from dateline.web.view import View

_KEEP = "private, no-cache"
"""Keep it, but ask each time whether it is still so."""


def json_answer(request: Request, body: Any, revision: str) -> Response:
    """A JSON answer that changes only with the record's revision and the query."""
    raw = json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode()
    return _answer(request, raw, blake2b(raw, digest_size=8).hexdigest(), {})


def columns_answer(request: Request, view: View, ledger: dict[str, Any] | None) -> Response:
    """The columns of all incidents, compressed where the browser reads that."""
    mark, plain, packed = view.points(ledger)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return _answer(request, packed, mark, {"Content-Encoding": "gzip"})
    return _answer(request, plain, mark, {})


def _answer(request: Request, raw: bytes, mark: str, headers: dict[str, str]) -> Response:
    tag = f'"{mark}"'
    headers = {**headers, "ETag": tag, "Cache-Control": _KEEP, "Vary": "Accept-Encoding, Cookie, Authorization"}
    given = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    if tag in given or "*" in given:
        return Response(status_code=304, headers={k: v for k, v in headers.items() if k != "Content-Encoding"})
    return Response(raw, media_type="application/json", headers=headers)
