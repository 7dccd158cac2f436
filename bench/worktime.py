"""The due instant of a working-time clock, against bare prefix sums and bisection on ints."""

from __future__ import annotations

import json
import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from bench.rows import Row
from bench.sampling import Scale, alternating, timed
from console.domain.calendar import Calendar
from console.domain.calendars import CalendarBook
from console.domain.worktime import due
from console.installation import CALENDARS

BUDGET = 3.0

Work = Callable[[int, int], object]
Cases = Sequence[tuple[int, int]]


def run(scale: Scale) -> list[Row]:
    """Seconds, minutes and working days, as the rules count them."""
    office = _office()
    first = office.instant(office.first_covered.replace(day=20))
    last = office.instant(office.last_covered.replace(month=10))
    draw = random.Random(1)
    count = scale.pick(500, 2000)
    seconds = [(draw.randrange(first, last), draw.randrange(60, 200_000)) for _ in range(count)]
    minutes = [(start, amount // 60) for start, amount in seconds]
    days = [(start, 1 + amount % 10) for start, amount in seconds]
    bare = _floor(office)
    for start, amount in seconds:
        assert bare(start, amount) == due(office, start, amount, "sec", "earliest")
    works: dict[str, tuple[Work, Cases]] = {
        "floor": (bare, seconds),
        "due in seconds": (lambda s, n: due(office, s, n, "sec", "earliest"), seconds),
        "due in minutes": (lambda s, n: due(office, s, n, "min", "earliest"), minutes),
        "due in working days": (lambda s, n: due(office, s, n, "wd", "civil"), days),
    }
    took = _microseconds(works, scale.pick(3, 9))
    floor = took.pop("floor")
    return [Row(f"clock: {name}", value, "µs", BUDGET, floor) for name, value in took.items()]


def _office() -> Calendar:
    """The shipped calendar of a Chinese office, with all its years compiled."""
    specs = json.loads((CALENDARS / "cn.json").read_text("utf-8"))
    office = CalendarBook.parse([specs])["cn-office"]
    office.open_seconds(office.instant(office.first_covered), office.instant(office.last_covered))
    return office


def _floor(calendar: Calendar) -> Work:
    """What nobody can go below in Python: two binary searches over ready-made lists."""
    table = calendar._table  # the same numbers, without the house around them
    opens, closes, worked = table.opens, table.closes[1:], table.worked[:-1]

    def bare(start: int, seconds: int) -> int:
        k = bisect_right(opens, start) - 1
        close = closes[k]
        target = worked[k] + (start if start < close else close) - opens[k] + seconds
        k = bisect_left(worked, target) - 1
        return opens[k] + target - worked[k]

    return bare


def _microseconds(works: Mapping[str, tuple[Work, Cases]], rounds: int) -> dict[str, float]:
    """A call's time in the best round of each: single calls are too short for medians."""
    taken = alternating(
        {name: partial(_round, work, cases) for name, (work, cases) in works.items()}, rounds
    )
    return {name: min(values) for name, values in taken.items()}


def _round(work: Work, cases: Cases) -> float:
    def every() -> None:
        for start, amount in cases:
            work(start, amount)

    return timed(every) / len(cases) * 1e6
