"""How long a connection may keep the server waiting, and how many one source may hold: who says nothing, or drips, is let go."""

from __future__ import annotations

import asyncio
import http
import json
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from dateline.web.policy import HEADERS

HEADS = 15.0
"""Seconds in which the head of a request has to arrive, from its first byte or from the connection's beginning."""
TAKING = 60.0
"""Seconds for which whoever asked may leave an answer untaken."""
MOST = 900
"""Connections held at once, some fewer than the server as a whole allows, so that the last ones can still be told so."""
EACH = 500
"""Connections that one source may hold: a proxy has its own limits, a person needs a handful, and nobody can take all of them."""


class Patient(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with an end to patience."""

    _due: asyncio.TimerHandle | None = None
    _untaken: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, unless there are too many."""
        super().connection_made(transport)
        source = self.client[0] if self.client else ""
        if len(self.connections) > MOST or sum(1 for one in self.connections if _source(one) == source) > EACH:
            self._refuse(503, "there are too many connections", "close some, or try again in a minute")
        else:
            self._wait()

    def data_received(self, data: bytes) -> None:
        """Read on; the head of a request has to be whole in time."""
        if self.transport.is_closing():
            return
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._arrived()
        elif self._idle():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._arrived()
        self._taken()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Whoever asked does not take the answer: wait, but not for ever."""
        super().pause_writing()
        self._untaken = self._untaken or self.loop.call_later(TAKING, self.transport.abort)

    def resume_writing(self) -> None:
        """The answer is taken again."""
        super().resume_writing()
        self._taken()

    def send_400_response(self, msg: str) -> None:
        """Name what is no request, with the heads that every answer has."""
        if not self._idle():
            self.transport.abort()  # in the middle of an answer nothing else can be said
            return
        self._refuse(400, "this is no HTTP request that the server understands", "send a request of less than 32 kB of heads, as RFC 9112 has it")

    def _arrived(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _taken(self) -> None:
        if self._untaken is not None:
            self._untaken.cancel()
            self._untaken = None

    def _idle(self) -> bool:
        return (self.cycle is None or self.cycle.response_complete) and not self.transport.is_closing()

    def _wait(self) -> None:
        self._due = self._due or self.loop.call_later(HEADS, self._late)

    def _late(self) -> None:
        self._due = None
        if self._idle():
            self._refuse(408, "the head of the request did not arrive in time", f"send it within {HEADS:.0f} seconds")

    def _refuse(self, status: int, wrong: str, mend: str) -> None:
        self.transport.write(refusal(status, wrong, mend))
        self.transport.close()


def refusal(status: int, wrong: str, mend: str) -> bytes:
    """A whole answer for what never becomes a request."""
    title = http.HTTPStatus(status).phrase
    body = json.dumps({"type": "urn:dateline:problem:connection", "title": title, "status": status, "wrong": wrong, "given": "connection", "mend": mend})
    heads = {**HEADERS, "Content-Type": "application/problem+json", "Content-Length": str(len(body)), "Cache-Control": "no-store", "Connection": "close"}
    told = "".join(f"{name}: {value}\r\n" for name, value in heads.items())
    return f"HTTP/1.1 {status} {title}\r\n{told}\r\n{body}".encode()


def _source(connection: Any) -> str:
    client = connection.client
    return client[0] if client else ""
