"""What stands before every request: whose name the browser asked for, how large, how slow and how often it may be; and what a browser may do with answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.web.policy import HEADERS, POLICY
from dateline.web.problems import HeadsTooLarge, NotAllowed, TooLarge, TooLong, TooMany, WebError, problem_of
from dateline.web.rates import Buckets

LARGEST = 256 * 1024
"""Bytes of a request's body that are read."""
LONGEST_ADDRESS = 16 * 1024
"""Bytes of a path with its query."""
LARGEST_HEADS = 32 * 1024
"""Bytes of all heads of a request together."""
SLOWEST = 15.0
"""Seconds in which a request's body has to arrive."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def host_named(header: str) -> str:
    """The host of a Host or Origin header, without port and brackets, in lower case."""
    host = header.rpartition("://")[2].rpartition("@")[2]
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower().rstrip(".")


class Guard:
    """Wraps the application; a request that it refuses never reaches it."""

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str], tiles: str | None = None, rate: float = 100.0, burst: int = 400, secure: bool = False) -> None:
        self.app = app
        self.hosts = frozenset(h.lower() for h in hosts)
        self.buckets = Buckets(rate, burst)
        self.headers = dict(HEADERS)
        if secure:
            self.headers["Strict-Transport-Security"] = "max-age=31536000"
        if tiles is not None:
            policy = POLICY.replace("connect-src 'self'", f"connect-src 'self' {tiles}").replace("img-src 'self'", f"img-src 'self' {tiles}")
            self.headers["Content-Security-Policy"] = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry a request through, or refuse it with a problem."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api"):
                    headers.setdefault("Cache-Control", "private, no-store")
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, send_with_headers)
            return
        body, fault = await _body(receive, Headers(scope=scope))
        if fault is not None:
            await problem_of(fault)(scope, receive, send_with_headers)
            return
        await self.app(scope, _given(body, receive), send_with_headers)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            return problem_of(TooLong("the address is too long", given="address", mend=f"ask with at most {LONGEST_ADDRESS} bytes of path and query"))
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LARGEST_HEADS:
            return problem_of(HeadsTooLarge("the heads are too large", given="heads", mend=f"send at most {LARGEST_HEADS} bytes of them"))
        if "transfer-encoding" in headers and "content-length" in headers:
            return problem_of(WebError("the body has both a length and chunks", given="heads", mend="send one of them: proxies read such requests differently"))
        given = headers.getlist("host")
        if len(given) != 1 or host_named(given[0]) not in self.hosts:
            mend = "ask by the address that it printed, or name it with --name"
            return problem_of(NotAllowed("this server does not go by that name", given=(given or [""])[0], mend=mend))
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and not _own(headers, given[0]):
            return problem_of(NotAllowed("the request comes from another page", given=headers.get("origin", ""), mend="use the server's own page, or a token"))
        source = scope["client"][0] if scope.get("client") else "unknown"
        wait = self.buckets.wait(source)
        if wait > 0:
            after = int(wait) + 1
            return problem_of(TooMany("too many requests", given=source, mend=f"wait {after} seconds", after=after))
        return None


def _own(headers: Headers, host: str) -> bool:
    """Whether a change was asked for by our own page, or by no page at all."""
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2].lower() == host.lower()


async def _body(receive: Receive, headers: Headers) -> tuple[bytes, WebError | None]:
    """The whole body, or why it is not read."""
    length = headers.get("content-length", "0")
    if length.isdigit() and int(length) > LARGEST:
        return b"", TooLarge("the body is too large", given=f"{length} bytes", mend=f"send at most {LARGEST} bytes")
    parts: list[bytes] = []
    size = 0
    end = time.monotonic() + SLOWEST
    while True:
        try:
            message = await asyncio.wait_for(receive(), max(0.01, end - time.monotonic()))
        except TimeoutError:
            return b"", WebError("the body did not arrive in time", given="body", mend=f"send it within {SLOWEST:.0f} seconds")
        if message["type"] == "http.disconnect":
            return b"", WebError("the connection was closed", given="body", mend="send the request again")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST:
            return b"", TooLarge("the body is too large", given=f"over {LARGEST} bytes", mend=f"send at most {LARGEST} bytes")
        if not message.get("more_body", False):
            return b"".join(parts), None


def _given(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read, then what comes after it."""
    waiting = [body]

    async def again() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return again
