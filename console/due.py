"""`console due`: the bare clock. Cases in, due instants out, one JSON line each.

It needs no data directory, no store and no screen, so that other programs and checks can
ask the clock what it would say.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from console.domain.calendar import Calendar, OutOfCoverError
from console.domain.calendar_spec import CalendarError, in_english
from console.domain.calendars import CalendarBook
from console.domain.pauses import Pause
from console.domain.words import M, Message
from console.domain.worktime import between, due

DONE, UNUSABLE = 0, 2

Say = Callable[[Message], str]


class BadCaseError(CalendarError):
    """A line that is not a case."""


def run(
    calendars: Path | TextIO,
    cases: Iterable[str],
    out: TextIO,
    err: TextIO | None = None,
    say: Say = in_english,
) -> int:
    """Answer every case with a line `{"id": …, "result": …}`, in order.

    A line that is no case is answered `{"error": "unusable"}` and explained on `err`
    (default: standard error) with its number; `say` renders the sentences. Returns the
    exit code: 0 when every line was answered, 2 otherwise or when `calendars` is unusable.
    """
    complain = sys.stderr if err is None else err
    try:
        book = _read_calendars(calendars)
    except CalendarError as problem:
        print(say(problem.message), file=complain)
        return UNUSABLE
    code = DONE
    for number, line in enumerate(cases, 1):
        if not line.strip():
            continue
        case: object = None
        try:
            case = _read_case(line)
            result = answer(book, case)
        except CalendarError as problem:
            code = UNUSABLE
            result = {"error": "unusable"}
            where = M("Line {number}: {problem}", number=number, problem=problem.message)
            print(say(where), file=complain)
        name = case.get("id") if isinstance(case, Mapping) else None
        out.write(json.dumps({"id": name, "result": result}) + "\n")
    return code


def answer(book: CalendarBook, case: Mapping[str, Any]) -> object:
    """The result of one case: an ISO instant in the calendar's zone, None while paused
    without end, seconds (`between`), or `{"error": "out_of_range"}`.

    Raises CalendarError when the case cannot be understood.
    """
    calendar = book[_text(case, "calendar")]
    operation = _text(case, "op")
    start = _instant("start", case.get("start"))
    pauses = _pauses(case.get("pauses"))
    try:
        if operation == "add":
            return _shown(calendar, _add(calendar, start, case, pauses))
        if operation == "between":
            return between(calendar, start, _instant("amount", case.get("amount")), pauses)
    except OutOfCoverError:
        return {"error": "out_of_range"}
    raise BadCaseError(M("{given} is no op; write add or between.", given=operation))


def _add(
    calendar: Calendar, start: int, case: Mapping[str, Any], pauses: list[Pause]
) -> int | None:
    amount = case.get("amount")
    if type(amount) is not int:
        raise BadCaseError(M("amount: {given} is no whole number.", given=json.dumps(amount)))
    return due(calendar, start, amount, _text(case, "unit"), _text(case, "convention"), pauses)


def _read_calendars(calendars: Path | TextIO) -> CalendarBook:
    try:
        if isinstance(calendars, Path):
            text = calendars.read_text(encoding="utf-8")
        else:
            text = calendars.read()
        document = json.loads(text)
    except OSError as problem:
        raise BadCaseError(
            M("The calendars cannot be read: {reason}.", reason=problem.strerror or str(problem))
        ) from None
    except (ValueError, RecursionError) as problem:
        raise BadCaseError(M("The calendars are no JSON: {reason}.", reason=str(problem))) from None
    return CalendarBook.parse([document])


def _read_case(line: str) -> Mapping[str, Any]:
    try:
        case = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise BadCaseError(M("this is no JSON: {reason}.", reason=str(problem))) from None
    if not isinstance(case, Mapping):
        raise BadCaseError(M("a case is an object with id, calendar, start, op and amount."))
    return case


def _text(case: Mapping[str, Any], key: str) -> str:
    value = case.get(key)
    if not isinstance(value, str):
        raise BadCaseError(M("{key}: {given} is no text.", key=key, given=json.dumps(value)))
    return value


def _instant(key: str, value: object) -> int:
    """UTC seconds of an ISO instant with offset and without fractions."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    placed = moment is not None and moment.utcoffset() is not None and 1 < moment.year < 9999
    if moment is None or not placed or moment.microsecond:
        raise BadCaseError(
            M(
                "{key}: {given} is no instant; write it as 2026-05-14T10:00:00+08:00.",
                key=key,
                given=json.dumps(value),
            )
        )
    return int(moment.timestamp())


def _pauses(given: object) -> list[Pause]:
    if given is None:
        return []
    pauses: list[Pause] = []
    for pause in given if isinstance(given, list) else [given]:
        if not isinstance(pause, list) or len(pause) != 2:
            raise BadCaseError(M("pauses: write a list of [from, to], with to null when open."))
        begin, end = pause
        pauses.append((_instant("pauses", begin), None if end is None else _instant("pauses", end)))
    return pauses


def _shown(calendar: Calendar, at: int | None) -> str | None:
    return None if at is None else calendar.zone.local(at).isoformat()
