"""How long to wait before trying again: longer each time, never in step with others."""

from __future__ import annotations

import random
from collections.abc import Callable

FIRST = 0.5
MOST = 30.0


class Backoff:
    """Pauses in seconds that double up to `most`.

    Each is shortened by up to half at random, so that consoles that lost one exchange
    together do not come back together.
    """

    def __init__(
        self, first: float = FIRST, most: float = MOST, chance: Callable[[], float] = random.random
    ) -> None:
        self._first = first
        self._most = most
        self._chance = chance
        self._next = first

    def pause(self) -> float:
        """Seconds to wait now; the next pause is longer."""
        now, self._next = self._next, min(self._next * 2, self._most)
        return now * (1 - self._chance() / 2)

    def reset(self) -> None:
        """The attempt succeeded: begin with the shortest pause again."""
        self._next = self._first
