"""What everybody has to be told as long as it lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from console.config import SLOTS
from console.desk.answers import Answers
from console.domain.board import BoardRow
from console.domain.calendars import missing_years
from console.domain.moments import local_time
from console.domain.words import M, Message
from console.domain.workdays import Workdays


def warnings(desk: Answers, rows: Iterable[BoardRow]) -> list[Message]:
    """The sentences a seat shows until their cause is gone."""
    return [*of_calendars(desk, rows), *strangers(desk)]


def strangers(desk: Answers) -> list[Message]:
    """Whom the slots name though nobody knows them: nothing would ever reach them."""
    return [
        M("{file}: “{slot}” names {who}, whom nobody knows.", file=SLOTS, slot=slot, who=key)
        for slot, key in desk.directory.strangers()
    ]


def of_calendars(desk: Answers, rows: Iterable[BoardRow]) -> list[Message]:
    """Years without a calendar that open clocks reach (D-22), calendars left out."""
    years = sorted(set(_missing(desk, rows)))
    found = [M("The holiday calendar for {year} is missing.", year=str(year)) for year in years]
    problems = desk.calendars.problems.values()
    found += [M("Calendar left out: {problem}", problem=one) for one in problems]
    return found


def unmanned(desk: Answers, at: int) -> Iterator[Message]:
    """Days off nobody is named for, from the Thursday before (W-21), and what is wrong with
    the roster. An installation without a roster file keeps none."""
    if not desk.keeps_roster:
        return
    roster = desk.roster
    yield from roster.problems
    today = local_time(at, desk.config.zone).date()
    workdays = Workdays(desk.calendars.calendar(desk.rulebook.house.calendar))
    for day in roster.unmanned(today, workdays.is_working):
        yield M("Nobody is on the roster for {day}.", day=day.isoformat())


def _missing(desk: Answers, rows: Iterable[BoardRow]) -> Iterator[int]:
    """The years without a calendar that open clocks reach. Nothing is read for clocks that
    are sure of their due instant."""
    for row in rows:
        for clock in row.clocks:
            if not clock.provisional or clock.due is None:
                continue
            rules = desk.rulebook.rules(row.line, row.division)
            owned = next((one for one in rules.timers if one.timer.key == clock.key), None)
            if owned is not None:
                calendar = desk.calendars.calendar(owned.calendar)
                yield from missing_years(calendar, clock.started, clock.due)
