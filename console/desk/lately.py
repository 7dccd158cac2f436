"""How many messages somebody was sent lately, by each channel: more than so many are put
together. The store remembers it, so that a worker started anew goes on from there."""

from __future__ import annotations

import json

from console.domain.outbox import Burst, Lane

LATELY = "delivery_lately"
"""What the store remembers it by."""


class Lately:
    """When messages that count as a burst went out, by lane (UTC seconds)."""

    def __init__(self, remembered: str, burst: Burst) -> None:
        self.burst = burst
        self._under_way: set[Lane] = set()
        self._sent = {_lane(name): moments for name, moments in read(remembered).items()}

    def count(self, lane: Lane, now: int) -> int:
        """How many count at an instant."""
        return len(self._counting(lane, now))

    def begun(self, lane: Lane, now: int) -> None:
        """One that counts is on its way."""
        self._sent[lane] = [*self._counting(lane, now), now]
        self._under_way.add(lane)

    def ended(self, lane: Lane, *, sent: bool) -> None:
        """What was on its way is back; it counts no more where it did not go out."""
        if lane in self._under_way:
            self._under_way.remove(lane)
            if not sent:
                self._sent[lane].pop()

    def written(self, now: int) -> str:
        """What the store is to remember."""
        counting = {lane: self._counting(lane, now) for lane in self._sent}
        return json.dumps(
            {f"{lane[0]} {lane[1]}": found for lane, found in counting.items() if found}
        )

    def _counting(self, lane: Lane, now: int) -> list[int]:
        return [at for at in self._sent.get(lane, ()) if now - self.burst.within < at <= now]


def read(remembered: str) -> dict[str, list[int]]:
    """What was remembered, by lane; nothing of what nobody can read."""
    try:
        found = json.loads(remembered or "{}")
        return {str(name): [int(at) for at in moments] for name, moments in found.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def is_readable(remembered: str) -> bool:
    """Whether something the store remembers is of this kind."""
    try:
        return isinstance(json.loads(remembered), dict)
    except ValueError:
        return False


def _lane(name: str) -> Lane:
    channel, _, whom = name.partition(" ")
    return channel, whom
