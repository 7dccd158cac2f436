from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from console.domain.calendar import OutOfCoverError
from console.domain.calendar_spec import BadCalendarError
from console.domain.calendars import (
    CalendarBook,
    Due,
    UnknownCalendarError,
    due_or_provisional,
    missing_years,
)

SHIPPED = Path(__file__).parents[2] / "console" / "data" / "calendars"
DOCUMENTS: list[dict[str, Any]] = [
    json.loads(path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*.json"))
]
BOOK = CalendarBook.parse(DOCUMENTS)
OFFICE, DUTY = BOOK["cn-office"], BOOK["cn-weekend-duty"]


def at(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+08:00").timestamp())


def test_the_shipped_book() -> None:
    assert sorted(BOOK) == ["cn-office", "cn-weekend-duty", "elapsed"]
    assert len(BOOK) == 3
    assert OFFICE.version == "2026.1"
    assert BOOK.version == "1, 2026.1"


def test_an_unknown_calendar_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownCalendarError, match="no calendar mars; loaded: cn-office, cn-week"):
        BOOK["mars"]
    assert "mars" not in BOOK
    assert "elapsed" in BOOK


def test_a_digest_follows_what_a_calendar_says() -> None:
    again = CalendarBook.parse(json.loads(json.dumps(DOCUMENTS)))
    assert again.digest == BOOK.digest
    changed = json.loads(json.dumps(DOCUMENTS))
    changed[0]["calendars"]["cn-office"]["holidays"].append("2026-07-01")
    other = CalendarBook.parse(changed)
    assert other["cn-office"].digest != OFFICE.digest
    assert other["cn-weekend-duty"].digest == DUTY.digest
    assert other.digest != BOOK.digest


def test_a_bare_document_has_no_version_and_a_later_one_replaces() -> None:
    bare = {"elapsed": {"tz": "UTC", "weekly": {"mon": [["09:00", "10:00"]]}}}
    book = CalendarBook.parse([*DOCUMENTS, bare])
    assert book["elapsed"].zone.name == "UTC"
    assert book["elapsed"].version == ""
    assert book.version == "2026.1"


@pytest.mark.parametrize("document", [None, [], "cn-office", {"cn-office": None}])
def test_what_is_no_book_is_refused(document: object) -> None:
    with pytest.raises(BadCalendarError):
        CalendarBook.parse([document])


def test_a_limit_inside_the_cover_is_not_provisional() -> None:
    found = due_or_provisional(OFFICE, at("2026-12-30T10:00:00"), 1, "wd", "civil_24")
    assert found == Due(at("2027-01-01T00:00:00"), ())


@pytest.mark.parametrize(
    ("start", "amount", "unit", "convention", "expected"),
    [
        ("2026-12-31T10:00:00", 1, "wd", "civil", "2027-01-04T18:00:00"),
        ("2026-12-31T17:30:00", 31, "min", "earliest", "2027-01-04T08:31:00"),
        ("2026-12-31T17:30:00", 30, "min", "roll", "2027-01-04T08:30:00"),
        ("2026-12-30T10:00:00", 2, "cd", "civil", "2027-01-04T18:00:00"),
    ],
)
def test_past_the_cover_weekdays_work_but_not_new_year(
    start: str, amount: int, unit: str, convention: str, expected: str
) -> None:
    found = due_or_provisional(OFFICE, at(start), amount, unit, convention)
    assert found == Due(at(expected), (2027,))


def test_duty_goes_on_past_the_cover_and_on_new_year() -> None:
    found = due_or_provisional(DUTY, at("2026-12-31T10:00:00"), 60, "min", "earliest")
    assert found == Due(at("2027-01-01T10:00:00"), (2027,))


def test_the_guess_changes_nothing_inside_the_cover() -> None:
    guessing = OFFICE.provisional
    for year in range(2019, 2027):
        begin = guessing.instant(date(year, 1, 1))
        end = guessing.instant(date(year + 1, 1, 1))
        assert guessing.open_seconds(begin, end) == OFFICE.open_seconds(begin, end)
    assert not guessing.is_working_day(date(2027, 1, 1))
    assert guessing.is_working_day(date(2027, 10, 1))
    assert not guessing.is_working_day(date(2018, 1, 1))


def test_every_missing_year_is_named() -> None:
    found = due_or_provisional(OFFICE, at("2026-12-01T10:00:00"), 300, "wd", "civil")
    assert found.provisional_years == (2027, 2028)
    early = due_or_provisional(OFFICE, at("2018-12-28T10:00:00"), 3, "wd", "civil")
    assert early == Due(at("2019-01-03T18:00:00"), (2018,))
    both = missing_years(OFFICE, at("2017-06-01T10:00:00"), at("2027-06-01T10:00:00"))
    assert both == (2017, 2018, 2027)


def test_midnight_belongs_to_the_year_that_ends() -> None:
    night = due_or_provisional(OFFICE, at("2027-12-30T10:00:00"), 1, "wd", "civil_24")
    assert night == Due(at("2028-01-01T00:00:00"), (2027,))
    assert missing_years(OFFICE, at("2026-12-31T10:00:00"), at("2027-01-01T00:00:00")) == (2027,)


def test_a_pause_without_end_leaves_nothing_to_doubt() -> None:
    start = at("2026-12-31T10:00:00")
    assert due_or_provisional(OFFICE, start, 1, "wd", "civil", [(start, None)]) == Due(None, ())


def test_what_never_ends_is_not_made_up() -> None:
    once = CalendarBook.parse(
        [
            {
                "once": {
                    "tz": "UTC",
                    "weekly": {},
                    "special_hours": {"2026-05-04": [["09:00", "10:00"]]},
                    "valid_to": "2026-12-31",
                }
            }
        ]
    )["once"]
    with pytest.raises(OutOfCoverError):
        due_or_provisional(once, at("2026-05-01T10:00:00"), 90, "min", "earliest")
