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
        if seconds:
            self.windows(self.day(at))  # the date of the start counts, paused or not
        while seconds:
            if self.paused_for_ever(at):
                return None
            if not self.paused(at) and self.open(at):
                seconds -= TICK
            at += TICK
        return at

    def roll(self, at: int) -> int | None:
        self.windows(self.day(at))
        while self.paused(at) or not self.open(at):
            if self.paused_for_ever(at):
                return None
            at += TICK
        return at

    def ticks_of(self, day: date) -> list[int]:
        """Every tick at which the wall shows a day."""
        noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=self.zone).timestamp())
        around = range((noon - 86_400) // TICK * TICK, noon + 86_400, TICK)
        return [at for at in around if self.day(at) == day]

    def close(self, day: date) -> int:
        return max(at + TICK for at in self.ticks_of(day) if self.open(at))

    def midnight_after(self, day: date) -> int:
        return self.ticks_of(day)[-1] + TICK

    def working_day_after(self, day: date, count: int) -> date:
        while count:
            day += timedelta(days=1)
            count -= self.works(day)
        return day

    # Limits

    def due(self, start: int, amount: int, unit: str, convention: str) -> int | None:
        if unit == "min":
            at = self.earliest(start, amount * 60)
            return self.roll(at) if convention == "roll" and at is not None else at
        if amount == 0:
            return start
        free = SlowClock(self.spec)
        at, clamped = free.unpaused(start, amount, unit, convention)
        if not any(b is None or b > max(a, start) for a, b in self.pauses):
            return at
        moved = self.earliest(start, free.between(start, at))
        return None if moved is None else self.finished(moved, convention, clamped)

    def finished(self, moved: int, convention: str, clamped: bool) -> int | None:
        """Where a limit in days ends once pauses have moved it to an instant."""
        if convention == "same_time" and not clamped:
            return self.roll(moved)
        if convention == "civil_close":
            return self.close(self.day(moved - 1))
        if convention == "civil_24":
            return self.midnight_after(self.day(moved - 1))
        return moved

    def unpaused(self, start: int, amount: int, unit: str, convention: str) -> tuple[int, bool]:
        """The end of a limit in days without pauses, and whether it was clamped to a close."""
        if convention == "hours":
            return sure(self.earliest(start, amount * self.spec["day_minutes"] * 60)), False
        if convention == "same_time":
            return self.same_time(sure(self.roll(start)), amount)
        day = self.day(start)
        if unit == "cd":
            day += timedelta(days=amount)
            while not self.works(day):
                day += timedelta(days=1)
        else:
            if convention in ("deemed", "inclusive"):
                day = self.day(sure(self.roll(start)))
            day = self.working_day_after(day, amount - (convention == "inclusive"))
        return (self.midnight_after if convention == "civil_24" else self.close)(day), False

    def same_time(self, start: int, amount: int) -> tuple[int, bool]:
        reading = self.wall(start).time()
        day = self.working_day_after(self.day(start), amount)
        later = [at for at in self.ticks_of(day) if self.wall(at).time() >= reading]
        same = [at for at in later if self.wall(at).time() == reading]
        after_hours = reading.hour * 60 + reading.minute >= self.windows(day)[-1][1]
        at = same[0] if same else later[0] if later else self.midnight_after(day)
        close = self.close(day)
        if after_hours or at >= close:
            return close, True
        return sure(self.roll(at)), False


def minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def sure(at: int | None) -> int:
    assert at is not None, "without pauses every walk ends"
    return at
