"""The calls as one seat hears them: what rings, what waits, who is owed a call back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from console.domain import ringing
from console.domain.board import StripRow
from console.domain.call import Call
from console.domain.commands.calls import stale_at
from console.domain.people import Person
from console.store.rows import OwedRow

if TYPE_CHECKING:
    from console.desk.answers import Answers, Who


def rows_of(desk: Answers, lang: str, who: Who | None) -> list[StripRow]:
    """Who rings or waits, then who is owed a call back, each the oldest first: no debt may
    push a ringing caller out of view. As `who` hears and sees it when given."""
    calls, now = desk.store.strip(), desk.now()
    seat = _listener(desk, who, calls) if who is not None else ringing.EVERYBODY
    live = [_live(desk, call, lang, ringing.heard(call, seat, now)) for call in calls]
    owed = [_owed(desk, debt, lang) for debt in desk.store.owed()]
    rows = [row for some in (live, owed) for row in sorted(some, key=lambda row: row.since)]
    viewer = desk.viewer(who)
    if who is None or viewer.sees_numbers:
        return rows
    return [row._replace(number=viewer.number(row.number)) for row in rows]


def _listener(desk: Answers, who: Who, calls: Iterable[Call]) -> ringing.Listener:
    """The seat of somebody, as calls look for it."""
    directory = desk.directory
    person = directory.get(who.person) or Person(who.person, who.person)
    talking = (ringing.is_talking(call, person.key, person.extension) for call in calls)
    away = bool(who.seat) and desk.store.is_watched(f"seat:{who.seat}")
    return ringing.Listener(
        person.key,
        person.extension,
        person.skills,
        on_call=any(talking),
        on_shift=not away,
        known=directory.extensions,
    )


def _live(desk: Answers, call: Call, lang: str, heard: str) -> StripRow:
    store = desk.store
    total, opened, newest, owner = store.case_counts(call.number) if call.number else (0, 0, 0, "")
    caller = (store.caller_name(call.number) if call.number else "") or call.name
    return StripRow(
        call=call.key,
        number=call.shown or call.received,
        place=call.place.get(lang, ""),
        caller=caller,
        state=call.state,
        since=call.since,
        history=total,
        open_cases=opened,
        open_case=newest,
        owner=owner,
        claimed_by=call.claimed_by,
        stations=call.stations,
        stale_at=stale_at(call),
        heard=heard,
        overflow_at=ringing.overflow_at(call),
    )


def _owed(desk: Answers, debt: OwedRow, lang: str) -> StripRow:
    total, opened, newest, owner = desk.store.case_counts(debt.number)
    return StripRow(
        call=debt.call,
        number=debt.shown,
        place=debt.place.get(lang, ""),
        caller=desk.store.caller_name(debt.number) or debt.name,
        state="missed",
        since=debt.since,
        history=total,
        open_cases=opened,
        open_case=newest,
        owner=owner,
        claimed_by=debt.taken_by,
        stations=(),
    )
