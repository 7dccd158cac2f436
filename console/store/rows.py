"""How a folded case or call is laid down as rows, and read back for board and strip.

A projection is redundant on purpose: `console verify` folds the journal again and compares.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any, NamedTuple

from console.domain import erasure
from console.domain.board import GRAVE, BoardClock, BoardRow
from console.domain.call import Call
from console.domain.case import BUILT_IN, Case
from console.domain.clock import Clock
from console.domain.customer import customer_of
from console.domain.erasure import MARK
from console.domain.fields import GRAVEST
from console.domain.keys import Key
from console.domain.notices import NoticeRow
from console.domain.outbox import Posted
from console.domain.people import Absence, Person
from console.domain.watch import Watch
from console.store.journal import written

PROJECTIONS = ("cases", "board", "case_values", "calls", "watches", "people", "outbox")
"""The tables that follow from the journal."""


def case_row(case: Case) -> tuple[Any, ...]:
    """The row of `cases`: every case, open or closed, as a search result needs it."""
    attributes = case.attributes
    return (
        case.number,
        case.version,
        int(case.is_open),
        case.state,
        case.line,
        case.category,
        case.division,
        case.owner,
        case.assignee,
        MARK if erasure.is_erased(case.facts) else customer_of(case),
        str(attributes.get("contact_phone") or attributes["number"] or "").replace(MARK, ""),
        case.opened_at,
        case.closed_at,
        len(case.clocks),
    )


def board_row(case: Case) -> BoardRow:
    attributes = case.attributes
    marks = []
    if attributes["urged"]:
        marks.append("urged")
    if attributes["severity"] == GRAVEST:
        marks.insert(0, GRAVE)
    elif attributes["severity"] > 1:
        marks.append("severe")
    if attributes["cycle"] > 1:
        marks.append("reopened")
    if any(row.state == "dead" for row in case.notices):
        marks.append("undelivered")
    clocks = tuple(_board_clock(clock) for clock in case.running())
    return BoardRow(
        case.number,
        case.version,
        case.state,
        case.line,
        case.category,
        case.division,
        customer_of(case),
        case.owner,
        case.assignee,
        str(attributes["tracker"]),
        str(attributes["custodian"]),
        str(attributes["receiver"] or attributes["successor"] or attributes["relief"]),
        tuple(marks),
        clocks,
    )


def _board_clock(clock: Clock) -> BoardClock:
    timer = clock.timer
    provisional = bool(clock.provisional)
    return BoardClock(
        timer.key, timer.level, clock.began, clock.amber, clock.due, provisional, timer.concern
    )


def board_entry(case: Case) -> tuple[int, int | None, str]:
    """The row of `board` for an open case."""
    return (case.number, case.next_moment(), board_text(board_row(case)))


def board_text(row: BoardRow) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def board_of(text: str) -> BoardRow:
    return boards_of((text,))[0]


def boards_of(texts: Iterable[str]) -> list[BoardRow]:
    """Rows of the board, parsed many at a time: every start reads thousands. Words that
    many rows share (people, states, clocks) are kept in memory once."""
    rows: list[BoardRow] = []
    shared: dict[str, str] = {}
    once = shared.setdefault
    waiting = iter(texts)
    while some := list(islice(waiting, _PARSED_AT_ONCE)):
        for number, version, *words, marks, clocks in json.loads(f"[{','.join(some)}]"):
            running = tuple(
                BoardClock._make((once(key, key), once(level, level), *times, once(what, what)))
                for key, level, *times, what in clocks
            )
            rows.append(
                BoardRow._make((number, version, *map(once, words, words), tuple(marks), running))
            )
    return rows


_PARSED_AT_ONCE = 200
_CALL_FIELDS = (
    "key",
    "number",
    "received",
    "shown",
    "name",
    "place",
    "exchange",
    "did",
    "line",
    "queue",
    "about",
    "called",
    "direction",
    "withheld",
    "state",
    "since",
    "rang_at",
    "ended_at",
    "stations",
    "answers",
    "claimed_by",
    "claimed_at",
    "claimed_seat",
    "missed_reason",
    "outcome",
    "recording",
    "cases",
    "version",
)


def call_text(call: Call) -> str:
    return written({name: getattr(call, name) for name in _CALL_FIELDS})


def call_of(text: str) -> Call:
    values = json.loads(text)
    for name in ("stations", "cases"):
        values[name] = tuple(values[name])
    values["answers"] = tuple((at, station) for at, station in values["answers"])
    return Call(**values)


def call_row(call: Call) -> tuple[Any, ...]:
    """The row of `calls`."""
    return (
        call.key,
        call.version,
        int(on_strip(call)),
        call.state,
        call.number,
        call.rang_at,
        call_text(call),
    )


def watch_row(watch: Watch) -> tuple[Any, ...]:
    """The row of `watches`: subject, open, next moment, and what lists show of it."""
    clocks = [_board_clock(clock) for clock in watch.running()]
    text = json.dumps([*watch.shown(), clocks], ensure_ascii=False)
    return (watch.subject, int(watch.open), watch.next_moment(), text)


def outbox_row(subject: str, row: NoticeRow) -> tuple[Any, ...]:
    """The row of `outbox`: what is still to be done about a notice."""
    text = written({name: getattr(row, name) for name in _OUTBOX_FIELDS})
    return (row.key, subject, row.person or row.to, row.channel, row.state, row.tries_at, text)


_OUTBOX_FIELDS = tuple(name for name in NoticeRow.__slots__ if name != "heard")
"""What is laid down of a notice. Whether its person did something since is for the case to
say: any fact of it may tell."""


def posted_of(subject: str, text: str) -> Posted:
    return Posted(subject, NoticeRow(**json.loads(text)))


class OwedRow(NamedTuple):
    """A debt as it is stored for the strip; see `Callback.shown` and `watch_row`."""

    number: str
    call: str
    shown: str
    name: str
    place: dict[str, str]
    since: int
    attempts: int
    rings: int
    taken_by: str
    clocks: tuple[BoardClock, ...]


def owed_of(subject: str, text: str) -> OwedRow:
    values = json.loads(text)
    values[-1] = tuple(BoardClock(*clock) for clock in values[-1])
    return OwedRow(subject.partition(":")[2], *values)


def on_strip(call: Call) -> bool:
    """Whether a call is going on that a line will end. The strip shows those that came in;
    a missed one is shown as its number's debt, and one dialled by hand is not shown."""
    return call.live and (call.direction == "in" or call.exchange != "hand")


def value_rows(case: Case, keys: set[str]) -> list[tuple[int, str, str, int]]:
    """One row per value of the case's fields."""
    version = case.rules.line.version
    return [
        (case.number, key, written(case.attributes[key]), version)
        for key in sorted(keys)
        if key not in BUILT_IN and key in case.attributes
    ]


def person_text(person: Person) -> str:
    return written(
        {
            "key": person.key,
            "name": person.name,
            "roles": sorted(person.roles),
            "phone": person.phone,
            "extension": person.extension,
            "skills": sorted(person.skills),
            "mail": person.mail,
            "im": person.im,
            "quiet": person.quiet,
            "active": person.active,
            "absence": person.absence,
            "keys": person.keys,
        }
    )


def person_of(key: str, text: str) -> Person:
    """A person as stored; of a damaged row only the key, for `console verify` to name."""
    try:
        values = json.loads(text)
        values["roles"] = frozenset(values["roles"])
        values["skills"] = frozenset(values.get("skills", ()))
        values["keys"] = tuple(Key(*key) for key in values.get("keys", ()))
        absence = values.get("absence")
        values["absence"] = Absence(*absence) if absence else None
        return Person(**values)
    except (KeyError, TypeError, ValueError):
        return Person(key, key)
