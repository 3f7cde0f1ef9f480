"""Which machines may be asked: a host is resolved once, all its addresses must be public, and the connection goes to one of these."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for an IPv4 one behind a translator."""
_CLOSED = tuple(ipaddress.ip_network(net) for net in ("::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "fec0::/10", "5f00::/16", "3fff::/20", "192.88.99.0/24"))
"""Not public, though some versions of Python count them so: IPv4 within IPv6, local translators, site-local, segment routing, examples, relays."""
_PLAIN = "%/?:@!$&'()*+,;=~-._#[]"
"""Signs of a path that are sent as they are; all others are percent-encoded."""


class Unfetched(Exception):
    """What could not be fetched: ``reason`` and ``mend``; ``status`` of the answer, ``wait`` seconds where the server asks to wait."""

    def __init__(self, reason: str, mend: str, *, status: int = 0, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend
        self.status = status
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart, with the machine that is asked for it."""

    address: str
    secure: bool
    host: str
    port: int
    path: str
    machine: str
    """The numeric address that is connected to."""

    @property
    def site(self) -> str:
        """Scheme, host and port."""
        return f"{'https' if self.secure else 'http'}://{self.netloc}"

    @property
    def netloc(self) -> str:
        """Host and port as the server expects to see them."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port == (443 if self.secure else 80) else f"{shown}:{self.port}"


def target_of(address: str, *, private: bool = False) -> Target:
    """The target of a web address, resolved once.

    Raises ``Unfetched`` where it is no web address, its host is not known, or (but for ``private``) one of the host's addresses is not public.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as fault:
        raise Unfetched(f"this is no web address: {fault}", "give an address such as https://example.org/feed.xml") from fault
    if parts.scheme not in ("http", "https") or not host:
        raise Unfetched("this is no web address", "give an address that begins with https:// or http://")
    if parts.username or parts.password:
        raise Unfetched("the address holds a name or password", "take it out; what is watched is public")
    secure = parts.scheme == "https"
    path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_PLAIN, errors="replace")
    machines = _resolved(host, port or (443 if secure else 80))
    if not private and (closed := next((m for m in machines if not is_public(m)), None)) is not None:
        raise Unfetched(f"its host {host} is at {closed}, which is no public address", "leave it out, or allow it with --allow-private")
    return Target(address, secure, host, port or (443 if secure else 80), path, machines[0])


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host.encode("idna").decode() if not host.isascii() else host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise Unfetched(f"the host {host} is not known", "check the address and the connection to the network") from fault
    return [str(one[4][0]) for one in found]


def is_public(machine: str) -> bool:
    """Whether a numeric address is one of the public network, whatever form it is written in."""
    try:
        number = ipaddress.ip_address(machine.partition("%")[0])
    except ValueError:
        return False
    inner: list[ipaddress.IPv4Address] = []
    if isinstance(number, ipaddress.IPv6Address):
        inner = [one for one in (number.ipv4_mapped, number.sixtofour, *(number.teredo or ())) if one is not None]
        if number in _TRANSLATED:
            inner.append(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF))
    if isinstance(number, ipaddress.IPv6Address) and (number.ipv4_mapped or number in _TRANSLATED):
        return all(is_public(str(one)) for one in inner)
    if any(number.version == net.version and number in net for net in _CLOSED):
        return False
    return number.is_global and not number.is_multicast and all(is_public(str(one)) for one in inner)
