"""Write the calendars the package carries from the published holiday notices.

    python scripts/make_calendar.py [FOLDER]

Run it when a new year has been published and `chinesecalendar` knows it, review the
difference, raise VERSION and commit. A year that is not published is never guessed: the
cover ends where the notices end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import chinese_calendar

VERSION = "2026.1"
FIRST_YEAR, LAST_YEAR = 2019, 2026
FOLDER = Path(__file__).resolve().parents[1] / "console" / "data" / "calendars"

OFFICE_HOURS = [["08:30", "12:00"], ["13:30", "18:00"]]
DUTY_HOURS = [["09:00", "17:00"]]
WHOLE_DAY = [["00:00", "24:00"]]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Spec = dict[str, Any]


def covered_days() -> Iterator[date]:
    day = date(FIRST_YEAR, 1, 1)
    while day.year <= LAST_YEAR:
        yield day
        day += timedelta(days=1)


def weekday_holidays() -> list[str]:
    """Mondays to Fridays that are off."""
    return [
        day.isoformat()
        for day in covered_days()
        if day.weekday() < 5 and not chinese_calendar.is_workday(day)
    ]


def makeup_workdays() -> list[str]:
    """Saturdays and Sundays that are worked instead."""
    return [
        day.isoformat()
        for day in covered_days()
        if day.weekday() >= 5 and chinese_calendar.is_workday(day)
    ]


def covered(spec: Spec) -> Spec:
    cover = {"valid_from": f"{FIRST_YEAR}-01-01", "valid_to": f"{LAST_YEAR}-12-31"}
    return {"tz": "Asia/Shanghai", **spec, **cover}


def office() -> Spec:
    return covered(
        {
            "note": "Office hours; State Council holidays and make-up working days",
            "weekly": dict.fromkeys(WEEKDAYS[:5], OFFICE_HOURS),
            "holidays": weekday_holidays(),
            "makeup_workdays": makeup_workdays(),
            "makeup_hours": OFFICE_HOURS,
            "day_minutes": 480,
        }
    )


def weekend_duty() -> Spec:
    """The mirror image: open when the office is not, closed on make-up days (D-25)."""
    return covered(
        {
            "note": "Duty desk on rest days: weekends but make-up days, and weekday holidays",
            "weekly": dict.fromkeys(WEEKDAYS[5:], DUTY_HOURS),
            "holidays": makeup_workdays(),
            "special_hours": dict.fromkeys(weekday_holidays(), DUTY_HOURS),
            "day_minutes": 480,
        }
    )


def elapsed() -> Spec:
    return {
        "note": "Plain elapsed time, day and night",
        "tz": "Asia/Shanghai",
        "weekly": dict.fromkeys(WEEKDAYS, WHOLE_DAY),
        "day_minutes": 1440,
    }


def documents() -> dict[str, dict[str, Any]]:
    """File name to content."""
    notices = (
        f"State Council holiday notices for {FIRST_YEAR} to {LAST_YEAR}, "
        f"as published in chinesecalendar {version('chinesecalendar')}"
    )
    return {
        "cn.json": {
            "version": VERSION,
            "source": notices,
            "calendars": {"cn-office": office(), "cn-weekend-duty": weekend_duty()},
        },
        "elapsed.json": {
            "version": "1",
            "source": "none needed",
            "calendars": {"elapsed": elapsed()},
        },
    }


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in documents().items():
        text = json.dumps(document, ensure_ascii=False, indent=1)
        (folder / name).write_text(text + "\n", encoding="utf-8")
        print(folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
