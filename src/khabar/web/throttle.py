"""Slowing down those who guess passwords: by account and by address, in memory, bounded."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from khabar.errors import TooMany

__all__ = ["Throttle"]

_FREE = 5  # failures before the first wait
_FIRST_WAIT = 2.0  # seconds; doubles with every failure after
_LONGEST_WAIT = 900.0
_KEPT = 10_000  # names and addresses that are remembered


class Throttle:
    """Counts failures by key; a key that failed too often has to wait, longer each time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def check(self, *keys: str) -> None:
        """Raise TooMany while one of the keys has to wait."""
        with self._lock:
            waits = [until - self._clock() for key in keys for _, until in [self._failed.get(key, (0, 0.0))]]
        if (longest := max(waits, default=0.0)) > 0:
            raise TooMany(f"too many attempts: wait {longest:.0f} seconds", stage="sign-in")

    def fail(self, *keys: str) -> None:
        """Remember a failure."""
        with self._lock:
            for key in keys:
                count = self._failed.pop(key, (0, 0.0))[0] + 1
                over = count - _FREE
                # The exponent is bounded: a float would overflow after a thousand failures.
                wait = min(_FIRST_WAIT * 2.0 ** min(over, 16), _LONGEST_WAIT) if over >= 0 else 0.0
                self._failed[key] = (count, self._clock() + wait)
            while len(self._failed) > _KEPT:
                self._failed.popitem(last=False)

    def succeed(self, *keys: str) -> None:
        """Forget the failures of a key."""
        with self._lock:
            for key in keys:
                self._failed.pop(key, None)
