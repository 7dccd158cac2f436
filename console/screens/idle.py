"""A seat nobody touches locks itself: what customers said is covered, and nothing is written
until whoever sits there has given a PIN (W-21)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class IdleLock:
    """Calls `lock` when no key came for `seconds`; 0 = never. Keys cost it nothing but the
    time of day: it looks again only when a whole pause could have passed."""

    def __init__(self, seconds: int, lock: Callable[[], None]) -> None:
        self._seconds = seconds
        self._lock = lock
        self._touched = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def touch(self) -> None:
        """A key came."""
        self._touched = asyncio.get_running_loop().time()

    @property
    def resting(self) -> float:
        """Seconds since the last key."""
        return asyncio.get_running_loop().time() - self._touched

    def start(self) -> None:
        """Begin to watch, as if a key had come now."""
        self.stop()
        if self._seconds:
            self.touch()
            self._look_again(self._seconds)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look_again(self, wait: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(wait, self._look)

    def _look(self) -> None:
        left = self._touched + self._seconds - asyncio.get_running_loop().time()
        if left > 0:
            self._look_again(left)
            return
        self._timer = None
        self._lock()
