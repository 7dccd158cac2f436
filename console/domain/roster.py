"""The roster (排班): who sits where, when. Somebody must be named for every Saturday, Sunday
and public holiday; make-up days are worked by the normal shift (W-21, D-25)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from console.domain.cleantext import clean
from console.domain.people import Directory
from console.domain.words import M, Message

COLUMNS = {
    "date": ("date", "日期"),
    "start": ("from", "开始"),
    "end": ("to", "结束"),
    "seat": ("seat", "席位"),
    "person": ("person", "人员"),
    "phone": ("phone", "电话"),
}
"""The columns of a roster by their English and Chinese headings; seat and phone may lack."""

_NEEDED = ("date", "start", "end", "person")
_THURSDAY = 3
_LONGEST_HOLIDAY = 16
_CELL_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's turn. It begins on `day` at `start` and, where `end` is not later than
    `start`, ends the day after. Times are local."""

    day: date
    start: time
    end: time
    person: str
    seat: str = ""
    phone: str = ""

    def span(self, zone: str) -> tuple[int, int]:
        """Its first instant and the one after its last (UTC seconds)."""
        over_night = timedelta(days=self.end <= self.start)
        return _instant(self.day, self.start, zone), _instant(self.day + over_night, self.end, zone)


@dataclass(frozen=True, slots=True)
class Roster:
    """All turns, the earliest first, and what is wrong with the lines left out."""

    turns: tuple[Turn, ...] = ()
    problems: tuple[Message, ...] = ()

    def on_duty(self, at: int, zone: str) -> list[Turn]:
        """The turns that go on at an instant (UTC seconds)."""
        today = datetime.fromtimestamp(at, ZoneInfo(zone)).date()
        days = (today - timedelta(days=1), today)
        near = (turn for turn in self.turns if turn.day in days)
        return [turn for turn in near if turn.span(zone)[0] <= at < turn.span(zone)[1]]

    def is_off(self, person: str, at: int, zone: str) -> bool:
        """Whether others sit at an instant (UTC seconds) where somebody has turns, and they
        do not. Who is on no roster is not off by it."""
        seats = {turn.seat for turn in self.turns if turn.person == person}
        now = self.on_duty(at, zone) if seats else []
        here = {turn.person for turn in now if turn.seat in seats}
        return bool(here) and person not in {turn.person for turn in now}

    def relief_of(self, turn: Turn, zone: str) -> Turn | None:
        """The turn that follows another, at the same seat where both name one."""
        end = turn.span(zone)[1]
        later = (one for one in self.turns if one.span(zone)[0] >= end and one != turn)
        return next((one for one in later if one.seat == turn.seat or not one.seat), None)

    def unmanned(self, today: date, is_working: Callable[[date], bool]) -> list[date]:
        """The days off that are to be warned of today and for which nobody is named: from the
        Thursday before the days off begin until they are over."""
        manned = {turn.day for turn in self.turns}
        return [
            day
            for stretch in _days_off(today, is_working)
            if _thursday_before(stretch[0]) <= today
            for day in stretch
            if day >= today and day not in manned
        ]


def _days_off(today: date, is_working: Callable[[date], bool]) -> Iterator[list[date]]:
    """The stretches of days off that are not over today, those of the next week included."""
    stretch: list[date] = []
    first = today - timedelta(days=_LONGEST_HOLIDAY)
    for ahead in range(3 * _LONGEST_HOLIDAY):
        day = first + timedelta(days=ahead)
        if not is_working(day):
            stretch.append(day)
        elif stretch:
            if stretch[-1] >= today:
                yield stretch
            stretch = []


def _thursday_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - _THURSDAY) % 7 or 7)


def _instant(day: date, at: time, zone: str) -> int:
    return int(datetime.combine(day, at, ZoneInfo(zone)).timestamp())


def read(text: str, directory: Directory) -> Roster:
    """The roster a CSV file holds. Lines that cannot be used are left out and named."""
    turns: list[Turn] = []
    problems: list[Message] = []
    columns: dict[str, int] | None = None
    for number, cells in _lines(text):
        if columns is None:
            columns = _columns(cells)
            missing = [COLUMNS[key][0] for key in _NEEDED if key not in columns]
            if missing:
                return Roster((), (M("The roster lacks the column {name}.", name=missing[0]),))
            continue
        try:
            turns.append(_turn(cells, columns, directory))
        except _LineError as error:
            problems.append(M("Roster, line {line}: {problem}", line=number, problem=error.message))
    ordered = sorted(turns, key=lambda turn: (turn.day, turn.start, turn.seat))
    return Roster(tuple(ordered), (*problems, *_overlaps(ordered)))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that say something, each with its number and its cells."""
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        try:
            cells = next(csv.reader([line]), [])
        except csv.Error:
            cells = [line]
        cells = [clean(cell, _CELL_LIMIT).strip() for cell in cells]
        if any(cells) and not cells[0].startswith("#"):
            yield number, cells


def written(turns: Iterable[Turn]) -> str:
    """Turns as the lines of a roster file, with the headings in English."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([names[0] for names in COLUMNS.values()])
    for turn in sorted(turns, key=lambda one: (one.day, one.start, one.seat)):
        times = (turn.start.isoformat("minutes"), turn.end.isoformat("minutes"))
        table.writerow([turn.day.isoformat(), *times, turn.seat, turn.person, turn.phone])
    return out.getvalue()


class _LineError(ValueError):
    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


def _columns(cells: list[str]) -> dict[str, int]:
    headings = [cell.casefold() for cell in cells]
    return {
        key: headings.index(name)
        for key, names in COLUMNS.items()
        for name in names
        if name in headings
    }


def _turn(cells: list[str], columns: dict[str, int], directory: Directory) -> Turn:
    def cell(key: str) -> str:
        at = columns.get(key, len(cells))
        return cells[at] if at < len(cells) else ""

    person = directory.find(cell("person"))
    if person is None or not person.active:
        raise _LineError(M("nobody here is called “{who}”.", who=cell("person")))
    try:
        day = date.fromisoformat(cell("date"))
        start, end = time.fromisoformat(cell("start")), time.fromisoformat(cell("end"))
    except ValueError:
        raise _LineError(M("write dates like 2026-03-14 and times like 08:30.")) from None
    return Turn(day, start, end, person.key, cell("seat"), cell("phone") or person.phone)


def _overlaps(turns: Iterable[Turn]) -> list[Message]:
    """Where one seat has two people at a time."""
    found: list[Message] = []
    last: dict[str, Turn] = {}
    for turn in turns:
        before = last.get(turn.seat)
        if before is not None and turn.seat and turn.span("UTC")[0] < before.span("UTC")[1]:
            found.append(
                M(
                    "Roster: seat {seat} has two people on {day} at {time}.",
                    seat=turn.seat,
                    day=turn.day.isoformat(),
                    time=turn.start.isoformat("minutes"),
                )
            )
        last[turn.seat] = turn
    return found
