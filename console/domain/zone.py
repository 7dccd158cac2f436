"""A time zone: the wall clock of an instant, and the instant of a wall clock.

Instants are whole UTC seconds. Days are proleptic ordinals (`date.toordinal()`), because
a calendar counts days by the thousand and dates are slow to add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = 86_400
EPOCH_DAY = date(1970, 1, 1).toordinal()

# How far apart offsets are sampled. No zone has changed its clock twice in less than a
# week since 1970, so nothing is missed between two samples.
_SAMPLE = 3 * DAY

# The instants that have a date in every zone.
_EARLIEST = (date(2, 1, 1).toordinal() - EPOCH_DAY) * DAY
_LATEST = (date(9998, 12, 31).toordinal() - EPOCH_DAY) * DAY


class Zone:
    """An IANA time zone. Get one from `zone_named`, which keeps them."""

    __slots__ = ("name", "tzinfo")

    def __init__(self, name: str) -> None:
        self.name = name
        self.tzinfo: tzinfo = ZoneInfo(name)

    def local(self, at: int) -> datetime:
        """The wall clock (with its offset) at an instant."""
        return datetime.fromtimestamp(at, self.tzinfo)

    def day(self, at: int) -> int:
        """The ordinal of the local date of an instant."""
        return (at + self.offset(at)) // DAY + EPOCH_DAY

    def offset(self, at: int) -> int:
        """Seconds the wall clock is ahead of UTC at an instant; 0 where there are no dates,
        so that a mistyped instant can still be found to lie outside a calendar."""
        if not _EARLIEST <= at <= _LATEST:
            return 0
        ahead = datetime.fromtimestamp(at, self.tzinfo).utcoffset()
        return 0 if ahead is None else ahead.days * DAY + ahead.seconds

    def instant(self, day: int, seconds: int = 0) -> int:
        """When the wall clock reads `seconds` after midnight of a day; 86400 is 24:00.

        A reading skipped by a change of the clock gives the first instant after the gap,
        one that occurs twice gives the first pass.
        """
        wall = (day - EPOCH_DAY) * DAY + seconds
        # No zone is a day away from UTC, so the instant lies between these two.
        old, new = self.offset(wall - DAY), self.offset(wall + DAY)
        if old == new:
            return wall - old
        change = self._change(wall - DAY, wall + DAY)
        if wall - old < change:
            return wall - old
        return max(wall - new, change)

    def spans(self, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Cut `[begin, end)` into (from, to, offset) pieces of unchanged offset."""
        since, offset, known = begin, self.offset(begin), begin
        while known < end:
            ahead = min(known + _SAMPLE, end)
            if self.offset(ahead) == offset:
                known = ahead
                continue
            change = self._change(known, ahead)
            if change >= end:
                break
            yield since, change, offset
            since, offset, known = change, self.offset(change), change
        if since < end:
            yield since, end, offset

    def _change(self, before: int, after: int) -> int:
        """The first instant in `(before, after]` with another offset than at `before`."""
        old = self.offset(before)
        while after - before > 1:
            middle = (before + after) // 2
            if self.offset(middle) == old:
                before = middle
            else:
                after = middle
        return after


@lru_cache(maxsize=64)
def zone_named(name: str) -> Zone:
    """The zone of an IANA name.

    Raises ValueError or ZoneInfoNotFoundError (a KeyError) when there is none.
    """
    return Zone(name)
