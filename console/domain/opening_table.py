"""Compiled opening hours: sorted instants and running totals, searched by bisection.

Prefix sums over all openings turn "when have n seconds of working time passed" into two
binary searches, whatever holidays, breaks and changes of the clock lie in between.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from console.domain.calendar_spec import CalendarSpec
from console.domain.zone import DAY, EPOCH_DAY


@dataclass(frozen=True, slots=True)
class OpeningTable:
    """Openings of the days `first_day` … `last_day`, which are the instants `[begin, end)`.

    `opens[k]` is when opening k begins; `closes[k + 1]` when it ends and `worked[k + 1]`
    the open seconds up to there. The extra first entries stand for "before any opening",
    so that a search never needs a special case. One entry per working day: its ordinal
    (`days`), midnight (`dawns`) and close of business (`shuts`).
    """

    first_day: int
    last_day: int
    begin: int
    end: int
    opens: list[int]
    closes: list[int]
    worked: list[int]
    days: list[int]
    dawns: list[int]
    shuts: list[int]

    def worked_by(self, at: int) -> int:
        """Open seconds from the start of the count to an instant of this table."""
        k = bisect_right(self.opens, at)
        close = self.closes[k]
        return self.worked[k] - (close - at) if at < close else self.worked[k]

    def index_from(self, day: int) -> int:
        """Position of the first working day on or after a day; may lie past the end."""
        return bisect_left(self.days, day)

    def joined(self, later: OpeningTable) -> OpeningTable:
        """This table and the one of the days that follow it. Totals of this one stay."""
        shift = self.worked[-1] - later.worked[0]
        return OpeningTable(
            first_day=self.first_day,
            last_day=later.last_day,
            begin=self.begin,
            end=later.end,
            opens=self.opens + later.opens,
            closes=self.closes + later.closes[1:],
            worked=self.worked + [total + shift for total in later.worked[1:]],
            days=self.days + later.days,
            dawns=self.dawns + later.dawns,
            shuts=self.shuts + later.shuts,
        )


NOTHING = OpeningTable(1, 0, 1, 0, [], [1], [0], [], [], [])
"""The table of no day at all: a calendar before its first use."""


def compile_days(spec: CalendarSpec, first_day: int, last_day: int) -> OpeningTable:
    """Compile the openings of some days.

    Working time is physical time during which the wall clock reads inside a window, so
    days are laid out once per piece of unchanged offset and cut to it: a 00:00–04:00
    window lasts 3 h or 5 h when the clock changes.
    """
    zone = spec.zone
    begin, end = zone.instant(first_day), zone.instant(last_day + 1)
    table = OpeningTable(first_day, last_day, begin, end, [], [begin], [0], [], [], [])
    for since, until, offset in zone.spans(begin, end):
        _lay_out(table, spec, since, until, offset)
    return table


def _lay_out(table: OpeningTable, spec: CalendarSpec, since: int, until: int, offset: int) -> None:
    """Append the openings of `[since, until)`, in which the wall clock is UTC + offset."""
    opens, closes, worked = table.opens, table.closes, table.worked
    windows_of, total = spec.windows, worked[-1]
    first = (since + offset) // DAY
    last = (until - 1 + offset) // DAY
    for day in range(first, last + 1):
        windows = windows_of(day + EPOCH_DAY)
        if not windows:
            continue
        midnight = day * DAY - offset
        _note_day(table, day + EPOCH_DAY, midnight, midnight + windows[-1][1], since, until)
        for window in windows:
            start = max(midnight + window[0], since)
            close = min(midnight + window[1], until)
            if start < close:
                total += close - start
                opens.append(start)
                closes.append(close)
                worked.append(total)


def _note_day(
    table: OpeningTable, day: int, midnight: int, shut: int, since: int, until: int
) -> None:
    """Enter a working day, or move its close when the clock changed in the middle of it."""
    if not table.days or day > table.days[-1]:
        table.days.append(day)
        table.dawns.append(max(midnight, since))
        table.shuts.append(min(max(shut, since), until))
    elif day == table.days[-1] and shut > since:
        table.shuts[-1] = min(shut, until)
