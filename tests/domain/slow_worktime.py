"""The clock a second time, slowly and obviously: a walk through real time, tick by tick.

It reads the plain data, asks `zoneinfo` what the wall shows at each tick, and shares no
code with the product. All its instants, pauses and windows lie on the tick.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

TICK = 900
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OUT_OF_RANGE = "out_of_range"

Pauses = Sequence[tuple[int, int | None]]


class OutOfRangeError(Exception):
    """A date outside the cover was looked at."""


class SlowClock:
    def __init__(self, spec: Mapping[str, Any], pauses: Pauses = ()) -> None:
        self.spec = spec
        self.zone = ZoneInfo(spec["tz"])
        self.pauses = pauses

    # What is true at one tick

    def windows(self, day: date) -> list[tuple[int, int]]:
        text = day.isoformat()
        if not self.spec.get("valid_from", "0001") <= text <= self.spec.get("valid_to", "9999"):
            raise OutOfRangeError(text)
        if text in self.spec.get("special_hours", {}):
            given = self.spec["special_hours"][text]
        elif text in self.spec.get("makeup_workdays", []):
            given = self.spec["makeup_hours"]
        elif text in self.spec.get("holidays", []):
            given = []
        else:
            given = self.spec["weekly"].get(WEEKDAYS[day.weekday()], [])
        return [(minutes(a), minutes(b)) for a, b in given]

    def wall(self, at: int) -> datetime:
        return datetime.fromtimestamp(at, self.zone)

    def day(self, at: int) -> date:
        return self.wall(at).date()

    def open(self, at: int) -> bool:
        wall = self.wall(at)
        reading = wall.hour * 60 + wall.minute
        return any(a <= reading < b for a, b in self.windows(wall.date()))

    def paused(self, at: int) -> bool:
        return any(a <= at and (b is None or at < b) for a, b in self.pauses)

    def paused_for_ever(self, at: int) -> bool:
        return any(a <= at and b is None for a, b in self.pauses)

    def works(self, day: date) -> bool:
        return bool(self.windows(day))

    # Walks

    def between(self, begin: int, end: int) -> int:
        if end < begin:
            return -self.between(end, begin)
        ticks = range(begin, end, TICK)
        return TICK * sum(self.open(at) and not self.paused(at) for at in ticks)

    def earliest(self, at: int, seconds: int) -> int | None:
        if seconds and not self.paused_for_ever(at):
            self.open(at)  # the start is looked at, paused or not
        while seconds:
            if self.paused_for_ever(at):
                # The date of the start is looked at before anything else is decided.
                self.open(at) if at == self.first else None
                return None
            if not self.paused(at) and self.open(at):
                seconds -= TICK
            at += TICK
        return at

    def roll(self, at: int) -> int | None:
        while self.paused(at) or not self.open(at):
            if self.paused_for_ever(at):
                return None
            at += TICK
        return at

    def first_tick_of(self, day: date) -> int:
        """The first instant at which the wall shows a day (or a later one)."""
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=self.zone)
        at = int(noon.timestamp()) // TICK * TICK
        while self.day(at - TICK) >= day:
            at -= TICK
        return at

    def close(self, day: date) -> int:
        """The end of the last open tick of a day."""
        begin, end = self.first_tick_of(day), self.first_tick_of(day + timedelta(days=1))
        return max(at + TICK for at in range(begin, end, TICK) if self.open(at))
