"""When duties come up: the dates of the rulebook, and every kind against a slow oracle that
asks of each day of a stretch whether it is one."""

from __future__ import annotations

import calendar as almanac
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.calendar import FRIDAY, SATURDAY, SUNDAY, TUESDAY, Calendar
from console.domain.periods import span_of, split_anchor
from console.domain.recurrence import (
    AfterDuty,
    Daily,
    DaysBefore,
    EveryWeeks,
    FirstWorkingDay,
    LastDay,
    LastWeek,
    MonthDay,
    NthWeekday,
    Occurrence,
    OnDate,
    Quarterly,
    Recurrence,
    Weekly,
    Yearly,
    occurrences,
)

ROOT = Path(__file__).parents[2]
SPEC = json.loads((ROOT / "console" / "data" / "calendars" / "cn.json").read_text("utf-8"))
OFFICE = Calendar.parse("cn-office", SPEC["calendars"]["cn-office"])
ONE = timedelta(days=1)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def of(recurrence: Recurrence, first: date, last: date, **options: Any) -> list[Occurrence]:
    return list(occurrences(recurrence, first, last, OFFICE, **options))


def in_2026(recurrence: Recurrence, **options: Any) -> list[Occurrence]:
    return of(recurrence, *YEAR, **options)


def days(found: list[Occurrence]) -> list[str]:
    return [f"{one.day.month}/{one.day.day}" for one in found]


def shanghai(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+08:00").timestamp())


# --- the dates of the rulebook's appendix


def test_the_first_and_the_last_tuesdays_of_2026() -> None:
    first, last = (in_2026(NthWeekday(n, TUESDAY), meeting=True) for n in (1, -1))
    assert " ".join(days(first)) == "1/6 2/3 3/3 4/7 5/5 6/2 7/7 8/4 9/1 10/6 11/3 12/1"
    assert " ".join(days(last)) == "1/27 2/24 3/31 4/28 5/26 6/30 7/28 8/25 9/29 10/27 11/24 12/29"
    assert [one.day.month for one in first if one.clash] == [5, 10]
    assert not any(one.clash for one in last)


def test_a_meeting_on_a_rest_day_keeps_its_date_and_proposes_another() -> None:
    may = in_2026(NthWeekday(1, TUESDAY), meeting=True)[4]
    assert (may.day, may.clash, may.proposal) == (date(2026, 5, 5), True, date(2026, 5, 6))
    assert may.due == shanghai("2026-05-05 19:00")
    assert may.late_after == shanghai("2026-05-06 00:00")
    october = in_2026(NthWeekday(1, TUESDAY), meeting=True)[9]
    assert (october.proposal, october.period) == (date(2026, 10, 8), "2026-10")


def test_a_proposal_stays_in_its_month() -> None:
    # 31 January 2026 is a Saturday; the next working day is in February
    [found] = of(LastDay(at="15:00"), date(2026, 1, 31), date(2026, 1, 31), meeting=True)
    assert (found.clash, found.proposal) == (True, date(2026, 1, 30))


def test_what_is_no_meeting_never_clashes() -> None:
    assert not any(one.clash or one.proposal for one in in_2026(NthWeekday(1, TUESDAY)))


def test_the_first_working_days_of_2026() -> None:
    found = of(FirstWorkingDay(), *YEAR)
    assert " ".join(days(found)) == "1/4 2/2 3/2 4/1 5/6 6/1 7/1 8/3 9/1 10/8 11/2 12/1"
    assert [one.period for one in found][:2] == ["2025-12", "2026-01"]
    assert found[4].due == shanghai("2026-05-06 18:00")
    assert found[4].period == "2026-04"


def test_the_28ths_keep_their_date_and_are_called_to_mind_before() -> None:
    found = in_2026(MonthDay(28))
    assert all(one.day.day == 28 for one in found)
    rest = {one.day.month: one.remind for one in found if not OFFICE.is_working_day(one.day)}
    assert rest == {
        3: shanghai("2026-03-27 08:30"),
        6: shanghai("2026-06-26 08:30"),
        11: shanghai("2026-11-27 08:30"),
    }
    assert found[1].remind == shanghai("2026-02-28 08:30")
    assert found[1].due == shanghai("2026-03-01 00:00")


def test_the_29th_of_february_2026_is_the_28th() -> None:
    assert days(in_2026(MonthDay(29)))[1] == "2/28"
    assert days(of(MonthDay(29), date(2028, 2, 1), date(2028, 2, 29))) == ["2/29"]
    assert days(in_2026(LastDay()))[:4] == ["1/31", "2/28", "3/31", "4/30"]


def test_quarterly_summaries_and_the_year_without_a_calendar() -> None:
    found = of(Quarterly(2), date(2026, 4, 1), date(2027, 1, 31), meeting=True)
    assert [one.day.isoformat() for one in found] == [
        "2026-04-02",
        "2026-07-02",
        "2026-10-02",
        "2027-01-02",
    ]
    assert [one.period for one in found] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert [one.clash for one in found] == [False, False, True, True]
    assert found[2].proposal == date(2026, 10, 8)
    assert [one.provisional for one in found] == [(), (), (), (2027,)]


def test_a_week_without_a_working_day_asks_for_nothing() -> None:
    found = of(Weekly(), date(2026, 2, 1), date(2026, 3, 8))
    assert days(found) == ["2/1", "2/8", "2/15", "3/1", "3/8"]
    assert found[-1].due == shanghai("2026-03-09 00:00")
    always = of(Weekly(idle_weeks=True), date(2026, 2, 1), date(2026, 3, 8))
    assert "2/22" in days(always)


def test_a_weekly_report_on_a_worked_sunday() -> None:
    [found] = of(Weekly(), date(2026, 9, 14), date(2026, 9, 20))
    assert (found.due, found.period) == (shanghai("2026-09-21 00:00"), "2026-W38")
    assert found.remind == shanghai("2026-09-20 08:30")


def test_before_sunday_is_saturday_midnight() -> None:
    [found] = of(Weekly.before(SUNDAY), date(2026, 5, 25), date(2026, 5, 31))
    assert (found.day.weekday(), found.due) == (SATURDAY, shanghai("2026-05-31 00:00"))
    assert found.remind == shanghai("2026-05-29 08:30")


def test_the_last_week() -> None:
    october = (date(2026, 10, 1), date(2026, 10, 31))
    assert days(of(LastWeek(), *october)) == ["10/30"]
    assert days(of(LastWeek(weekday=TUESDAY), *october)) == ["10/27"]
    # 31 October is a Saturday nobody works; 31 January 2027 is a Sunday of a year unknown
    [found] = of(LastWeek(), date(2027, 1, 1), date(2027, 1, 31))
    assert (found.day, found.provisional) == (date(2027, 1, 29), (2027,))


def test_every_two_weeks_from_a_known_date_in_both_directions() -> None:
    january = (date(2026, 1, 1), date(2026, 1, 31))
    assert days(of(EveryWeeks(2, "2026-01-07"), *january)) == ["1/7", "1/21"]
    assert days(of(EveryWeeks(2, "2030-01-02"), *january)) == ["1/7", "1/21"]
    assert of(EveryWeeks(2), *january) == []
    with pytest.raises(ValueError, match="not-a-date"):
        EveryWeeks(2, "not-a-date")


def related_to(parent: Recurrence) -> Callable[[str, date, date], Iterator[Occurrence]]:
    return lambda _key, first, last: occurrences(parent, first, last, OFFICE)


def test_the_notice_of_a_meeting_is_due_the_day_before() -> None:
    meetings = related_to(NthWeekday(-1, TUESDAY))
    [notice] = of(DaysBefore("m"), date(2026, 4, 1), date(2026, 4, 30), related=meetings)
    assert (notice.due, notice.period) == (shanghai("2026-04-28 00:00"), "2026-04")
    first = related_to(NthWeekday(1, TUESDAY))
    [may] = of(DaysBefore("m"), date(2026, 5, 1), date(2026, 5, 31), related=first)
    assert (may.day, may.remind) == (date(2026, 5, 4), shanghai("2026-04-30 08:30"))


def test_the_list_follows_the_consolidation_into_the_next_month() -> None:
    records = related_to(MonthDay(29))
    [found] = of(AfterDuty("c", day=1), date(2026, 3, 1), date(2026, 3, 31), related=records)
    assert (found.period, found.due) == ("2026-02", shanghai("2026-03-02 00:00"))
    assert found.remind == shanghai("2026-02-28 08:30")
    [later] = of(AfterDuty("c", days=5), date(2026, 3, 1), date(2026, 3, 31), related=records)
    assert (later.period, later.day) == ("2026-02", date(2026, 3, 5))


def test_nothing_follows_a_duty_nobody_knows() -> None:
    with pytest.raises(ValueError, match="'m'"):
        of(DaysBefore("m"), *YEAR)


def test_an_opening_after_the_due_instant_reminds_the_day_before() -> None:
    [found] = of(Daily(at="08:00"), date(2026, 5, 11), date(2026, 5, 11))
    assert found.remind == shanghai("2026-05-09 08:30")


def test_a_calendar_that_never_opens() -> None:
    shut = Calendar.parse("shut", {"tz": "Asia/Shanghai", "weekly": {}})
    first, last = date(2026, 5, 1), date(2026, 5, 31)
    assert list(occurrences(Weekly(), first, last, shut)) == []
    assert list(occurrences(FirstWorkingDay(), first, last, shut)) == []
    [found] = occurrences(MonthDay(5), first, last, shut, meeting=True)
    assert (found.clash, found.proposal, found.remind) == (True, None, None)


# --- periods and anchors


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-05-06", "2026-05-06", "2026-05-06"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_what_a_period_spans(period: str, first: str, last: str) -> None:
    assert span_of(period) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "2026-W54", "26-05", "2026-02-30"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        span_of(text)


def test_anchors() -> None:
    assert split_anchor("2026-01-07") == ("2026-01-07", "")
    assert split_anchor("2026-01-07 19:30") == ("2026-01-07", "19:30")
    for text in ("", "soon", "2026-01-07 25:00", "2026-01-07 7pm"):
        with pytest.raises(ValueError, match=r".+"):
            split_anchor(text)


# --- against a slow oracle

Is = Callable[[date], bool]


def in_last_week(day: date) -> bool:
    return (day + 7 * ONE).month != day.month


def last_of_month(day: date) -> bool:
    return (day + ONE).month != day.month


def clamped(number: int) -> Is:
    return lambda day: day.day == min(number, almanac.monthrange(day.year, day.month)[1])


def nth(number: int, weekday: int) -> Is:
    def holds(day: date) -> bool:
        same = [d for d in month_days(day) if d.weekday() == weekday]
        position = number - 1 if number > 0 else number
        return -len(same) <= position < len(same) and same[position] == day

    return holds


def month_days(day: date) -> list[date]:
    count = almanac.monthrange(day.year, day.month)[1]
    return [date(day.year, day.month, n) for n in range(1, count + 1)]


def works(day: date) -> bool:
    return OFFICE.is_working_day(day)


def worked_week(day: date) -> bool:
    monday = day - day.weekday() * ONE
    return any(works(monday + n * ONE) for n in range(7))


def last_worked_of_week(day: date) -> bool:
    week = [one for one in month_days(day) if in_last_week(one)]
    worked = [one for one in week if works(one)]
    return day == (worked or [one for one in week if one.weekday() < 5])[-1]


def first_worked(day: date) -> bool:
    return works(day) and not any(works(one) for one in month_days(day) if one < day)


weekdays = st.integers(0, 6)
KINDS: st.SearchStrategy[tuple[Recurrence, Is]] = st.one_of(
    st.just((Daily(), works)),
    weekdays.map(lambda n: (Weekly(n), lambda d: d.weekday() == n and worked_week(d))),
    weekdays.map(lambda n: (Weekly(n, idle_weeks=True), lambda d: d.weekday() == n)),
    st.tuples(st.integers(1, 5), st.integers(-900, 900)).map(
        lambda p: (
            EveryWeeks(p[0], (date(2024, 1, 3) + p[1] * ONE).isoformat()),
            lambda d: (d - date(2024, 1, 3) - p[1] * ONE).days % (7 * p[0]) == 0,
        )
    ),
    st.tuples(st.sampled_from([1, 2, 3, 4, 5, -1, -2, -5]), weekdays).map(
        lambda p: (NthWeekday(*p), nth(*p))
    ),
    st.integers(1, 31).map(lambda n: (MonthDay(n), clamped(n))),
    st.just((LastDay(), last_of_month)),
    st.just((LastWeek(), last_worked_of_week)),
    weekdays.map(lambda n: (LastWeek(weekday=n), lambda d: in_last_week(d) and d.weekday() == n)),
    st.just((FirstWorkingDay(), first_worked)),
    st.integers(1, 31).map(lambda n: (Quarterly(n), lambda d: d.month % 3 == 1 and clamped(n)(d))),
    st.tuples(st.integers(1, 12), st.integers(1, 31)).map(
        lambda p: (Yearly(*p), lambda d: d.month == p[0] and clamped(p[1])(d))
    ),
)


@given(KINDS, st.integers(0, 6 * 365), st.integers(0, 120), st.booleans())
def test_every_kind_finds_the_days_a_slow_search_finds(
    kind: tuple[Recurrence, Is], since: int, length: int, meeting: bool
) -> None:
    recurrence, holds = kind
    first = date(2020, 1, 1) + since * ONE
    stretch = [first + n * ONE for n in range(length + 1)]
    found = of(recurrence, first, stretch[-1], meeting=meeting)
    assert [one.day for one in found] == [day for day in stretch if holds(day)]
    assert len({one.period for one in found}) == len(found)
    for one in found:
        check(one, meeting)


def check(one: Occurrence, meeting: bool) -> None:
    """What holds for any occurrence inside the cover."""
    assert one.provisional == ()
    assert one.clash == (meeting and not works(one.day))
    assert (one.proposal is not None) == one.clash
    if one.proposal is not None:
        assert works(one.proposal)
        between = range(1, abs((one.proposal - one.day).days))
        step = ONE if one.proposal > one.day else -ONE
        assert not any(works(one.day + n * step) for n in between)
    begin, end = span_of(one.period)
    assert begin <= one.day
    assert (one.day - end).days < 93
    remind = OFFICE.local_date(one.remind or 0)
    assert works(remind)
    assert (one.remind or 0) < one.due
    assert not any(works(remind + n * ONE) for n in range(1, (one.day - remind).days))
    assert remind == one.day or not works(one.day) or OFFICE.opening(one.day) >= one.due  # type: ignore[operator]


@given(KINDS, st.integers(0, 700), st.integers(1, 60), st.integers(1, 60))
def test_a_stretch_cut_in_two_loses_and_doubles_nothing(
    kind: tuple[Recurrence, Is], since: int, left: int, right: int
) -> None:
    first = date(2025, 1, 1) + since * ONE
    middle, last = first + left * ONE, first + (left + right) * ONE
    whole = of(kind[0], first, last)
    assert whole == of(kind[0], first, middle) + of(kind[0], middle + ONE, last)


@given(st.integers(0, 5000))
def test_past_the_cover_the_years_are_named(since: int) -> None:
    day = date(2027, 1, 1) + since * ONE
    for recurrence in (Weekly(FRIDAY), MonthDay(15), FirstWorkingDay(), LastWeek()):
        for one in of(recurrence, day, day + 40 * ONE):
            assert one.day.year in one.provisional


# --- a date that somebody else sets


def test_what_comes_on_a_date_comes_once_and_without_one_never() -> None:
    [scoring] = in_2026(OnDate("2026-09-15"))
    assert (scoring.period, scoring.day) == ("2026-09-15", date(2026, 9, 15))
    assert scoring.due == shanghai("2026-09-16 00:00")
    assert of(OnDate("2026-09-15"), date(2026, 9, 16), date(2026, 12, 31)) == []
    assert in_2026(OnDate()) == []
    with pytest.raises(ValueError, match="isoformat"):
        OnDate("15 Sept")
