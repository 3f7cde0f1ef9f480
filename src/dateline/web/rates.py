"""How often somebody may ask: a bucket of requests a caller, and a pause after failed sign-ins."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_MOST = 10_000
"""So many callers are remembered at a time; the longest silent are forgotten first."""


class Buckets:
    """Each caller may ask ``burst`` times at once, and ``rate`` times a second after that."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, float(burst), clock
        self._held: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait(self, caller: str) -> float:
        """Seconds that this request of a caller comes too early; 0 where it is allowed."""
        with self._lock:
            now = self._clock()
            left, at = self._held.pop(caller, (self._burst, now))
            left = min(self._burst, left + (now - at) * self._rate)
            allowed = left >= 1
            self._held[caller] = (left - 1 if allowed else left, now)
            if len(self._held) > _MOST:
                del self._held[next(iter(self._held))]
            return 0.0 if allowed else (1 - left) / self._rate


class Failures:
    """After ``free`` failures each further one doubles the pause; a success, or an hour without failures, ends it."""

    def __init__(self, free: int, clock: Callable[[], float] = time.monotonic, *, longest: float = 900.0) -> None:
        self._free, self._clock, self._longest = free, clock, longest
        self._held: dict[str, tuple[int, float]] = {}
        self._lock = threading.Lock()

    def wait(self, key: str) -> float:
        """Seconds until this one may try again."""
        with self._lock:
            return self._left(key)

    def tried(self, key: str) -> float:
        """Seconds until this one may try again; 0 where it may now, and then the attempt counts as a failure until it is told to be none.

        Many attempts at once are therefore no more than many in turn.
        """
        with self._lock:
            wait = self._left(key)
            if wait == 0.0:
                self._count(key)
            return wait

    def failed(self, key: str) -> None:
        """Count a failure."""
        with self._lock:
            self._count(key)

    def forgiven(self, key: str) -> None:
        """Count one failure less."""
        with self._lock:
            count, at = self._held.get(key, (0, 0.0))
            if count > 1:
                self._held[key] = (count - 1, at)
            else:
                self._held.pop(key, None)

    def _count(self, key: str) -> None:
        now = self._clock()
        count, at = self._held.pop(key, (0, now))
        self._held[key] = (1 if now - at > 3600 else count + 1, now)
        if len(self._held) > _MOST:
            del self._held[next(iter(self._held))]

    def _left(self, key: str) -> float:
        count, at = self._held.get(key, (0, 0.0))
        if count < self._free:
            return 0.0
        pause = min(self._longest, 2.0 ** min(count - self._free + 1, 20))
        return max(0.0, at + pause - self._clock())

    def succeeded(self, key: str) -> None:
        """Forget the failures."""
        with self._lock:
            self._held.pop(key, None)
