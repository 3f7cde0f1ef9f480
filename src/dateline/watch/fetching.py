"""Get web addresses politely and safely: one at a time, robots respected, waits kept, bounded in size and time, every hop of a redirect checked."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from dateline.errors import UsageError
from dateline.version import VERSION
from dateline.watch.addresses import Target, Unfetched, is_public, target_of

AGENT = "Dateline"
"""By this name robots.txt speaks of us."""
_HOPS = 5
_MOVED = (301, 302, 303, 307, 308)
_ROBOTS_BYTES = 500_000
_ROBOTS_LAST = 24 * 3600.0
_PATIENCE = 60.0
"""The longest wait between two requests that a robots.txt may ask for."""
LATER = "it is tried again later by itself"
"""The mend of what may pass by itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the address in the end, its content, and by what it may be asked for news the next time."""

    address: str
    status: int
    kind: str
    """Content type, in small letters, without parameters."""
    charset: str | None
    body: bytes
    etag: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class Manners:
    """How servers are asked."""

    private: bool = False
    """Whether machines that are not public may be asked."""
    wait: float = 5.0
    """Seconds between two requests to one host."""
    most: int = 10_000_000
    """The most bytes of an answer, unpacked."""
    seconds: float = 60.0
    """The longest that one answer may take."""
    contact: str | None = None
    """By whom the keeper of a server can be reached, shown in the name that we go by."""

    @property
    def agent(self) -> str:
        """The name that we go by."""
        return f"{AGENT}/{VERSION} (reads feeds at its user's request{f'; {self.contact}' if self.contact else ''})"


class Fetcher:
    """Gets addresses, one request at a time; ``pause`` sleeps, and tells with True that it was called off."""

    def __init__(self, manners: Manners, *, pause: Callable[[float], bool] | None = None) -> None:
        try:
            import protego  # noqa: F401
            import urllib3  # noqa: F401
        except ImportError as fault:
            raise UsageError(
                f"watching feeds needs a library that is not installed ({fault.name})", given="watch", mend='pip install "dateline[watch]"'
            ) from fault
        self.manners = manners
        self._pause = pause or _sleep
        self._asked: dict[str, float] = {}
        self._robots: dict[str, tuple[float, Any]] = {}

    def get(self, address: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """The answer to a request for an address, with status 200, or 304 where nothing has changed since ``etag`` or ``modified``.

        Raises ``Unfetched`` for all else.
        """
        known = {k: v for k, v in (("If-None-Match", etag), ("If-Modified-Since", modified)) if v}
        at = address
        for _ in range(_HOPS + 1):
            target = target_of(at, private=self.manners.private)
            self._ask_robots(target)
            answer, onward = self._request(target, known, self.manners.most)
            if onward is None:
                return answer
            at = _sent_on(at, onward)
        raise Unfetched(f"it redirects more than {_HOPS} times", "check the address in a browser")

    def _ask_robots(self, target: Target) -> None:
        held = self._robots.get(target.site)
        if held is None or time.monotonic() - held[0] > _ROBOTS_LAST:
            held = (time.monotonic(), self._rules(target))
            self._robots[target.site] = held
        if held[1] is not None and not held[1].can_fetch(target.address, AGENT):
            raise Unfetched("its robots.txt asks programs to keep away from it", "respect it, or ask the publisher; give another address")

    def _rules(self, target: Target) -> Any:
        """The rules of a site's robots.txt; None where there is none. Redirects are followed, each hop checked."""
        from protego import Protego

        at = f"{target.site}/robots.txt"
        try:
            for _ in range(_HOPS + 1):
                answer, onward = self._request(target_of(at, private=self.manners.private), {}, _ROBOTS_BYTES)
                if onward is None:
                    return Protego.parse(answer.body.decode("utf-8", "replace"))
                at = _sent_on(at, onward)
        except Unfetched as fault:
            if 400 <= fault.status < 500 and fault.status != 429:
                return None
            raise Unfetched(f"its robots.txt cannot be asked: {fault.reason}", LATER, status=fault.status, wait=fault.wait) from fault
        return None

    def _take_turn(self, target: Target) -> None:
        """Wait until the host may be asked again."""
        held = self._robots.get(target.site)
        asked = held[1].crawl_delay(AGENT) if held is not None and held[1] is not None else None
        # Machines that are not public are the user's own; they wait as they ask themselves.
        usual = self.manners.wait if is_public(target.machine) else 0.0
        wait = max(usual, min(float(asked or 0.0), _PATIENCE))
        last = self._asked.get(target.host)
        if last is not None and (left := last + wait - time.monotonic()) > 0 and self._pause(left):
            raise Unfetched("it was called off", "start the watch again")

    def _request(self, target: Target, known: Mapping[str, str], most: int) -> tuple[Answer, str | None]:
        """One request: the answer, and where it sends us on."""
        from urllib3.exceptions import HTTPError

        self._take_turn(target)
        connection = _connection(target, min(self.manners.seconds, 20.0))
        late = threading.Event()
        held: list[socket.socket] = []
        clock = threading.Timer(self.manners.seconds, _cut, (connection, held, late))
        clock.start()
        try:
            heads = {
                "Host": target.netloc,
                "User-Agent": self.manners.agent,
                "Accept": "*/*;q=0.5, text/html, application/xml",
                "Accept-Encoding": "gzip, deflate",
            }
            connection.request("GET", target.path, headers={**heads, **known}, preload_content=False, decode_content=True)
            response = connection.getresponse()
            if (onward := response.headers.get("Location")) and response.status in _MOVED:
                return _answer(response, target, b""), onward
            _refuse(response)
            body = b"" if response.status == 304 else _body(response, most, late)
        except (HTTPError, OSError, ValueError, http.client.HTTPException) as fault:
            slow = late.is_set() or isinstance(fault, TimeoutError) or "timed out" in str(fault)
            wrong = f"the server takes longer than {self.manners.seconds:g} seconds" if slow else f"the server cannot be read: {_plain(fault)}"
            raise Unfetched(wrong, LATER) from fault
        finally:
            clock.cancel()
            connection.close()
            self._asked[target.host] = time.monotonic()
        if late.is_set():
            raise Unfetched(f"the server takes longer than {self.manners.seconds:g} seconds", LATER)
        return _answer(response, target, body), None


def _sent_on(at: str, onward: str) -> str:
    """Where a redirect leads. Raises ``Unfetched`` where it is no web address."""
    try:
        return urljoin(at, onward)
    except ValueError as fault:
        raise Unfetched(f"it redirects to what is no web address: {_plain(fault)}", "tell its publisher, or give the new address") from fault


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return False


def _plain(fault: BaseException) -> str:
    return str(fault).splitlines()[0][:160] if str(fault) else type(fault).__name__


def _connection(target: Target, patience: float) -> Any:
    """A connection to the machine that was resolved and checked, which calls it by its host's name; no proxy of the surroundings is used."""
    from urllib3.connection import HTTPConnection, HTTPSConnection

    if not target.secure:
        return HTTPConnection(target.machine, target.port, timeout=patience)
    import certifi

    return HTTPSConnection(
        target.machine, target.port, timeout=patience, server_hostname=target.host, assert_hostname=target.host, cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
    )  # fmt: skip


def _cut(connection: Any, held: list[socket.socket], late: threading.Event) -> None:
    """End what takes too long, wherever it waits."""
    late.set()
    for waiting in held or [connection.sock]:
        if waiting is not None:
            # A shutdown alone lets what still arrives be read on; with no time left the next wait for more fails.
            with contextlib.suppress(OSError):
                waiting.settimeout(0.001)
                waiting.shutdown(socket.SHUT_RDWR)


def _refuse(response: Any) -> None:
    """Raise ``Unfetched`` for what is neither an answer nor word that nothing has changed."""
    if response.status in (200, 304):
        return
    wait = _wait(response.headers.get("Retry-After")) if response.status in (429, 503) else None
    if response.status == 410:
        raise Unfetched("the server says that it is gone for good", "take it off the list", status=410)
    mend = LATER if response.status >= 500 or response.status in (408, 429) else "check the address in a browser"
    raise Unfetched(f"the server answers {response.status}{f' and asks to wait {wait:.0f} seconds' if wait else ''}", mend, status=response.status, wait=wait)


def _wait(told: str | None) -> float | None:
    """The seconds that ``Retry-After`` asks for, as a number or as a date; at most a day."""
    if told is None:
        return None
    if told.strip().isdigit():
        return min(float(told.strip()), 86400.0)
    try:
        return min(max(parsedate_to_datetime(told).timestamp() - time.time(), 0.0), 86400.0)
    except (ValueError, TypeError, IndexError):
        return None


def _body(response: Any, most: int, late: threading.Event) -> bytes:
    """The unpacked content, taken piece by piece, so that what unpacks without end is stopped."""
    declared = response.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > most:
        raise Unfetched(f"the answer is larger than {most:,} bytes", "raise report_bytes under [intake] in dateline.toml, if you trust it")
    parts, size = [], 0
    while not late.is_set() and (piece := response.read1(65536, decode_content=True)):
        parts.append(piece)
        size += len(piece)
        if size > most:
            raise Unfetched(f"the answer is larger than {most:,} bytes", "raise report_bytes under [intake] in dateline.toml, if you trust it")
    return b"".join(parts)


def _answer(response: Any, target: Target, body: bytes) -> Answer:
    told = response.headers.get("Content-Type", "")
    charset = next((p.split("=", 1)[1].strip() for p in told.split(";")[1:] if p.strip().lower().startswith("charset=")), None)
    etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
    return Answer(target.address, response.status, told.split(";")[0].strip().lower(), charset, body, etag, modified)
