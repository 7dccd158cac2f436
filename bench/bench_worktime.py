"""The due instant of a working-time clock, against bare prefix sums and bisection on ints.

    python bench/bench_worktime.py

Prints one JSON object; times are microseconds a call, the best of several rounds.
"""

from __future__ import annotations

import json
import random
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from console.domain.calendar import Calendar  # noqa: E402
from console.domain.calendars import CalendarBook  # noqa: E402
from console.domain.worktime import between, due  # noqa: E402

SHIPPED = ROOT / "console" / "data" / "calendars" / "cn.json"
ROUNDS, STARTS = 9, 2000
BUDGET = 3.0

Work = Callable[[int, int], object]


def floor_of(calendar: Calendar) -> Work:
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


def microseconds(works: dict[str, tuple[Work, list[tuple[int, int]]]]) -> dict[str, float]:
    """The best round of each, taken in turns so that a busy moment hits all alike."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(ROUNDS):
        for name, (work, cases) in works.items():
            begun = perf_counter()
            for start, amount in cases:
                work(start, amount)
            best[name] = min(best[name], (perf_counter() - begun) / len(cases) * 1e6)
    return best


def loading() -> dict[str, float]:
    """Milliseconds to read the shipped calendars, and to compile all their years."""
    begun = perf_counter()
    book = CalendarBook.parse([json.loads(SHIPPED.read_text(encoding="utf-8"))])
    read = perf_counter()
    for calendar in book.values():
        calendar.open_seconds(
            calendar.instant(calendar.first_covered), calendar.instant(calendar.last_covered)
        )
    compiled = perf_counter()
    return {
        "read_ms": round((read - begun) * 1e3, 2),
        "compile_all_years_ms": round((compiled - read) * 1e3, 2),
    }


def main() -> int:
    book = CalendarBook.parse([json.loads(SHIPPED.read_text(encoding="utf-8"))])
    office = book["cn-office"]
    first = office.instant(office.first_covered.replace(day=20))
    last = office.instant(office.last_covered.replace(month=10))
    office.open_seconds(first, office.instant(office.last_covered))
    draw = random.Random(1)
    seconds = [(draw.randrange(first, last), draw.randrange(60, 200_000)) for _ in range(STARTS)]
    minutes = [(start, amount // 60) for start, amount in seconds]
    days = [(start, 1 + amount % 10) for start, amount in seconds]
    bare = floor_of(office)
    for start, amount in seconds:
        assert bare(start, amount) == due(office, start, amount, "sec", "earliest")
    pause = [(first, first + 3600)]
    works: dict[str, tuple[Work, list[tuple[int, int]]]] = {
        "floor": (bare, seconds),
        "sec_earliest": (lambda s, n: due(office, s, n, "sec", "earliest"), seconds),
        "min_earliest": (lambda s, n: due(office, s, n, "min", "earliest"), minutes),
        "wd_civil": (lambda s, n: due(office, s, n, "wd", "civil"), days),
        "between": (lambda s, n: between(office, s, s + n), seconds),
        "min_roll": (lambda s, n: due(office, s, n, "min", "roll"), minutes),
        "min_paused": (lambda s, n: due(office, s, n, "min", "earliest", pause), minutes),
        "wd_civil_24": (lambda s, n: due(office, s, n, "wd", "civil_24"), days),
        "wd_same_time": (lambda s, n: due(office, s, n, "wd", "same_time"), days),
        "cd_civil": (lambda s, n: due(office, s, n, "cd", "civil"), days),
    }
    took = microseconds(works)
    floor = took.pop("floor")
    budgeted = {name: took[name] / floor for name in ("sec_earliest", "min_earliest", "wd_civil")}
    ratio = max(budgeted.values())
    result = {
        "floor_us": round(floor, 3),
        "ours_us": {name: round(value, 3) for name, value in took.items()},
        "ratio": round(ratio, 2),
        "budget": BUDGET,
        **loading(),
    }
    print(json.dumps(result))
    return 0 if ratio <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
