"""New calendars: kept, journaled, and every open limit reckoned anew with old and new due.

Whoever notices that the calendars on the shelf are not those the store remembers (somebody
added a version, or replaced a file by hand) takes the lease and brings the open cases up to
date, some at a time, so that nobody waits. A crash in between is made good by the next one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from console.desk.answers import IN_FORCE, Answers, Who
from console.desk.writing import write
from console.domain.board import BoardRow
from console.domain.calendar import Calendar
from console.domain.case import Case
from console.domain.decision import Stamp, settle
from console.domain.facts import Draft, Fact
from console.domain.people import SYSTEM, Person
from console.domain.reckoning import ELAPSED
from console.domain.refusal import RefusedError
from console.domain.rulebook import OwnedTimer
from console.domain.words import M
from console.store.calendar_shelf import Document, order_of
from console.store.writing import Writing

RECKONED = "calendars_reckoned"
"""The calendars every open case has been reckoned with: version and digest by id."""

SEEN = "calendar_files"
"""How the files looked then; asked first, because it costs no reading."""

CASES_AT_ONCE = 50
_WITHOUT_CALENDAR = frozenset(("sec", "now", "timely", "promise", "day", "month"))


class Added(NamedTuple):
    """A calendar document put in force: where its copy lies, and the facts it led to."""

    path: Path
    facts: list[Fact]


def add(desk: Answers, document: Document, who: Who) -> Added:
    """Keep a checked document and reckon with it. Raises RefusedError when a calendar in
    it is not newer than the one in force."""
    actor = desk.demand("configure", who)
    catch_up(desk)
    for identity in document.calendars:
        present = desk.calendars.book.get(identity) if identity in desk.calendars.book else None
        if present is not None and order_of(document.version) <= order_of(present.version):
            raise RefusedError(
                "calendar",
                M(
                    "Calendar {id} is in force in version {present}; {given} is not newer.",
                    id=identity,
                    present=present.version,
                    given=document.version,
                ),
                M("Raise the version in the file, for example to {next}.", next=_above(present)),
            )
    path = desk.calendars.put(document)
    return Added(path, catch_up(desk, actor, who.seat))


def catch_up(desk: Answers, actor: Person = SYSTEM, seat: str = "") -> list[Fact]:
    """Bring the open cases up to date with the calendars on the shelf. -> the facts; none
    when nothing changed, and none while somebody else is at it."""
    seen = desk.calendars.stamp()
    if desk.store.meta(SEEN) == seen:
        return []
    lease = desk.lease("calendars")
    if not lease.take():
        return []
    try:
        desk.calendars.refresh()
        return _catch_up(desk, seen, Stamp(actor, seat, desk.now(), desk.now(), 0))
    finally:
        lease.release()


def _catch_up(desk: Answers, seen: str, stamp: Stamp) -> list[Fact]:
    book = desk.calendars.book
    now = {key: f"{one.version} {one.digest}" for key, one in book.items()}
    facts: list[Fact] = []
    with desk.store.writing() as tx:
        reckoned = _remembered(tx, RECKONED)
        announced = _remembered(tx, IN_FORCE)
        if announced and announced != now:
            changed = [book[key] for key in sorted(now) if announced.get(key) != now[key]]
            facts += _journal(desk, tx, [_announcement(one) for one in changed], stamp)
        tx.put_meta(IN_FORCE, json.dumps(now, sort_keys=True))
    if reckoned and reckoned != now:
        changed_ids = {key for key in now if reckoned.get(key) != now[key]}
        facts += _reckon_anew(desk, changed_ids, stamp)
    with desk.store.writing() as tx:
        tx.put_meta(RECKONED, json.dumps(now, sort_keys=True))
        tx.put_meta(SEEN, seen)
    return facts


def _remembered(tx: Writing, key: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(tx.meta(key) or "{}")
    return found


def _announcement(calendar: Calendar) -> Draft:
    cover = [calendar.first_covered.isoformat(), calendar.last_covered.isoformat()]
    body = {
        "id": calendar.id,
        "version": calendar.version,
        "digest": calendar.digest,
        "cover": cover,
    }
    return Draft(f"calendar:{calendar.id}", "calendar_added", body)


def _journal(desk: Answers, tx: Writing, drafts: list[Draft], stamp: Stamp) -> list[Fact]:
    numbered = Stamp(stamp.actor, stamp.seat, stamp.at, stamp.recorded, tx.last_seq() + 1)
    decision = settle(drafts, desk.world(tx), numbered)
    write(tx, decision)
    return decision.facts


def _reckon_anew(desk: Answers, changed: set[str], stamp: Stamp) -> list[Fact]:
    """Fold the open cases that go by a changed calendar, in several transactions."""
    concerned = [row.case for row in desk.board() if _goes_by(desk, row, changed)]
    facts: list[Fact] = []
    for begin in range(0, len(concerned), CASES_AT_ONCE):
        with desk.store.writing() as tx:
            world = desk.world(tx)
            drafts: list[Draft] = []
            for number in concerned[begin : begin + CASES_AT_ONCE]:
                row = tx.board_row(number)
                if row is None:
                    continue
                case = world.case(number)
                found = list(_changes(row, case, desk.calendars.book))
                drafts += found
                if not found:
                    tx.put_case(case, ())
            numbered = Stamp(stamp.actor, stamp.seat, stamp.at, stamp.recorded, tx.last_seq() + 1)
            decision = settle(drafts, world, numbered)
            write(tx, decision)
            facts += decision.facts
    return facts


def _goes_by(desk: Answers, row: BoardRow, changed: set[str]) -> bool:
    rules = desk.rulebook.rules(row.line, row.division)
    timers = {owned.timer.key: owned for owned in rules.timers}
    return any(
        clock.key not in timers or _calendar_of(timers[clock.key]) in changed
        for clock in row.clocks
    )


def _calendar_of(owned: OwnedTimer) -> str:
    """The calendar a limit depends on; minutes and hours run day and night."""
    return ELAPSED if owned.timer.length.unit in _WITHOUT_CALENDAR else owned.calendar


def _changes(row: BoardRow, case: Case, book: Mapping[str, Calendar]) -> Iterator[Draft]:
    """A fact for every running limit whose due instant is not what the board has shown."""
    shown: dict[tuple[str, int], list[int | None]] = {}
    for clock in row.clocks:
        shown.setdefault((clock.key, clock.started), []).append(clock.due)
    for running in case.running():
        dues = shown.get((running.key, running.began))
        if not dues:
            continue
        old = dues.pop(0)
        if old != running.due:
            yield Draft(
                case.subject,
                "timer_recomputed",
                {
                    "timer": running.key,
                    "number": running.number,
                    "old": old,
                    "new": running.due,
                    "calendar": book[_calendar_of(running.owned)].version,
                },
            )


def _above(calendar: Calendar) -> str:
    """A version that follows the one in force."""
    *first, last = order_of(calendar.version) or (0,)
    return ".".join(str(number) for number in (*first, last + 1))
