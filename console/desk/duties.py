"""What recurs without a case, as people look at it: when it is due, who does it, how far
it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from console.desk.agenda import Heading, agenda_of
from console.desk.answers import Answers
from console.domain.refusal import RefusedError
from console.domain.schedule import (
    OwnedDuty,
    Planned,
    filler_of,
    fillers_of,
    parts_of,
    waiting_for,
)
from console.domain.words import Label, M

STATES = {
    "undated": Label("日期未定", "no date yet"),
    "planned": Label("计划中", "planned"),
    "soon": Label("即将到期", "due soon"),
    "overdue": Label("已逾期", "overdue"),
    "done": Label("已完成", "done"),
    "late": Label("逾期完成", "done late"),
}
LONGEST = timedelta(days=366)
_EARLIEST, _LATEST = date(1900, 1, 1), date(2900, 1, 1)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One occurrence of a duty. Instants are UTC seconds, `overdue_by` seconds.

    `person` fills the slot `who`; `done_by` did the last of it. `moved_from` is the date
    before somebody moved it. `parts` of which `missing` are not done yet; `waiting` names
    what has to come before and is not done. `provisional` are years without a calendar. `to`
    are the people who get what it comes to, `topics` how many headings its agenda has; the
    `agenda` itself is there when one duty was asked for.
    """

    duty: str
    period: str
    label: Label
    rule: str
    clause: str
    state: str
    who: str
    person: str
    meeting: bool = False
    lasts: str = ""
    division: str = ""
    day: str = ""
    due: int | None = None
    remind: int | None = None
    clash: bool = False
    proposal: str = ""
    moved_from: str = ""
    reason: str = ""
    done_at: int | None = None
    done_by: str = ""
    evidence: str = ""
    note: str = ""
    overdue_by: int = 0
    parts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    provisional: tuple[int, ...] = ()
    to: tuple[str, ...] = ()
    topics: int = 0
    agenda: tuple[Heading, ...] = ()


def rows_of(
    desk: Answers,
    first: date,
    last: date,
    now: int,
    as_of: int | None = None,
    duty: str = "",
) -> list[DutyRow]:
    """Every occurrence in `[first, last]` as it stands at `now`, then the duties nobody
    has given a date; of one `duty` only, with its agenda, when one is named. Raises
    RefusedError for a stretch too long or too far off, or a duty there is not."""
    if not _EARLIEST <= first <= last <= _LATEST or last - first > LONGEST:
        raise RefusedError(
            "duties",
            M("Duties are laid out for at most a year at a time."),
            M("Give an earlier and a later date within one year."),
        )
    history = desk.world(desk.store, as_of).facts
    if duty:
        owned = desk.schedule.known(duty)
        planned, undated = list(desk.schedule.of(owned, first, last, history)), [owned]
    else:
        planned, undated = desk.schedule.planned(first, last, history), list(desk.schedule)
    rows = [
        _row(desk, one, now, waiting_for(one, desk.schedule, desk.directory, history))
        for one in planned
    ]
    if duty:
        rows = [
            replace(row, agenda=agenda_of(desk, one, now, as_of))
            for row, one in zip(rows, planned, strict=True)
        ]
    return rows + [_undated(desk, one) for one in undated if not one.dated]


def _undated(desk: Answers, owned: OwnedDuty) -> DutyRow:
    duty = owned.duty
    return DutyRow(
        owned.key,
        "",
        duty.label,
        duty.rule,
        duty.clause,
        "undated",
        duty.who,
        filler_of(desk.directory, owned),
        duty.meeting,
        duty.lasts,
        duty.division,
    )


def _row(desk: Answers, planned: Planned, now: int, waiting: tuple[str, ...]) -> DutyRow:
    owned, one, record = planned.owned, planned.occurrence, planned.record
    duty, parts = owned.duty, parts_of(desk.directory, planned.owned.duty)
    missing = planned.missing(parts)
    done_at = planned.done_at(parts)
    last = max(record.done.values(), key=lambda fact: fact.at, default=None)
    ended = now if done_at is None else done_at
    return DutyRow(
        owned.key,
        one.period,
        duty.label,
        duty.rule,
        duty.clause,
        _state(planned, done_at, now),
        duty.who,
        filler_of(desk.directory, owned),
        duty.meeting,
        duty.lasts,
        duty.division,
        day=one.day.isoformat(),
        due=one.due,
        remind=one.remind,
        clash=one.clash,
        proposal=one.proposal.isoformat() if one.proposal else "",
        moved_from=planned.moved_from.isoformat() if planned.moved_from else "",
        reason=str(record.moved.body["reason"]) if record.moved else "",
        done_at=done_at,
        done_by=last.actor if last else "",
        evidence=str(last.body.get("evidence", "")) if last else "",
        note=str(last.body.get("note", "")) if last else "",
        overdue_by=max(0, ended - one.late_after),
        parts=parts,
        missing=missing if parts else (),
        waiting=waiting if done_at is None else (),
        provisional=one.provisional,
        to=_addressees(desk, owned),
        topics=len(duty.agenda),
    )


def _addressees(desk: Answers, owned: OwnedDuty) -> tuple[str, ...]:
    """The people in the slots a duty's outcome goes to, each once."""
    found = (fillers_of(desk.directory, owned, slot) for slot in owned.duty.to)
    return tuple(dict.fromkeys(person for people in found for person in people))


def _state(planned: Planned, done_at: int | None, now: int) -> str:
    late = planned.occurrence.late_after
    if done_at is not None:
        return "late" if done_at > late else "done"
    if now > late:
        return "overdue"
    remind = planned.occurrence.remind
    return "soon" if remind is not None and now >= remind else "planned"
