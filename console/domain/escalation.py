"""What becomes of a notice that has to be known now and that nobody heeds: it is told again
every few minutes, and then passed on along its chain, which ends with the shift lead. Pure.

Everything about it stands in the facts: who is next, and after how long. So when the next
step is due is derived from them like any deadline, and can be explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from console.domain.clock import Clock
from console.domain.facts import Draft, Fact
from console.domain.notices import BY_HAND, CONSOLE, DELEGATED, REPEATED, NoticeRow
from console.domain.people import CASE_ROLES
from console.domain.recipients import Patience, Recipients, Step
from console.domain.words import Label

TOLD_AGAIN = BY_HAND | {CONSOLE}
"""The channels by which somebody is told again: what was written is there to be read."""

OVER: dict[str, Label] = {
    "reached": Label("已通知到", "they were reached"),
    "settled": Label("通知已了结", "it was laid aside"),
    "heard": Label("本人已处理该工单", "they have done something about the case"),
    "moved": Label("已不担任该角色", "they are not that any more"),
    "met": Label("时限已完成或不再适用", "the limit does not run any more"),
    "closed": Label("工单已关闭", "the case is closed"),
    "reopened": Label("工单已重开", "the case was reopened"),
}
"""Why a notice needs nobody's answer any more."""


class Told(Protocol):
    """A case, as far as it matters here."""

    @property
    def subject(self) -> str: ...
    @property
    def is_open(self) -> bool: ...
    @property
    def notices(self) -> list[NoticeRow]: ...
    @property
    def clocks(self) -> list[Clock]: ...
    def value(self, field: str) -> object: ...
    def this_cycle(self) -> list[Fact]: ...


class Next(NamedTuple):
    """The next step about a row: told `again`, or passed on to the first of `to` who is
    here, at an instant (UTC seconds)."""

    at: int
    again: bool
    to: tuple[Step, ...] = ()


def over(row: NoticeRow, case: Told) -> str:
    """Why a row needs nobody's answer any more (see `OVER`); "" while it does."""
    if row.reached is not None or _was_reached(row, case.notices):
        return "reached"
    if row.settled is not None:
        return "settled"
    if row.heard is not None:
        return "heard"
    if not case.is_open:
        return "closed"
    return _moved_on(row, case)


def _was_reached(row: NoticeRow, rows: Iterable[NoticeRow]) -> bool:
    """Whether its person was told of the same cause by another channel."""
    same = (one for one in rows if one.cause == row.cause and one.person == row.person)
    return bool(row.person and row.cause) and any(one.reached is not None for one in same)


def _moved_on(row: NoticeRow, case: Told) -> str:
    """Whether the case has moved on from what the row tells."""
    if int(row.key.partition(".")[0]) < case.this_cycle()[0].seq:
        return "reopened"
    slots = {ground.slot for ground in row.grounds}
    if slots <= set(CASE_ROLES):
        meant = {row.person, *(ground.meant for ground in row.grounds)} - {""}
        if not any(case.value(slot) in meant for slot in slots):
            return "moved"
    running = {f"{clock.key}.{clock.number}" for clock in case.clocks if clock.running}
    return "met" if row.limits and running.isdisjoint(row.limits) else ""


def left(row: NoticeRow, rows: Iterable[NoticeRow]) -> tuple[Step, ...]:
    """Who of a row's chain has not been told of its cause by its channel yet."""
    told = {one.person for one in rows if one.cause == row.cause and one.channel == row.channel}
    return tuple(step for step in row.then if step.person not in told)


def next_step(row: NoticeRow, case: Told) -> Next | None:
    """What comes next about a row by itself; None when it is over, passed on, or at the end
    of its chain."""
    if row.when != "now" or row.delegated is not None or not (row.every or row.after):
        return None
    if over(row, case):
        return None
    end = row.due + (row.after or Patience().after)
    again = (row.repeated_at or row.due) + row.every
    if row.again is not None:
        again = max(again, row.again)
    if row.every and row.person and row.channel in TOLD_AGAIN and again < end:
        return Next(again, again=True)
    to = left(row, case.notices) if row.after else ()
    return Next(end, again=False, to=to) if to else None


def next_moment(case: Told) -> int | None:
    """When the next step about any row is due (UTC seconds)."""
    steps = (next_step(row, case) for row in case.notices)
    return min((step.at for step in steps if step is not None), default=None)


def steps(case: Told, at: int, until: int, recipients: Recipients) -> Iterator[Draft]:
    """What is to be journaled of the steps due at an instant. After an outage somebody is
    told again once, for the latest of the times that were missed, and what is passed on is
    passed on now (`until`), so that whoever gets it has the time that is theirs."""
    again: dict[int, list[str]] = {}
    for row in case.notices:
        step = next_step(row, case)
        if step is None or step.at != at:
            continue
        if step.again:
            again.setdefault(_latest(row, at, until), []).append(row.key)
        else:
            yield _passed_on(case.subject, row, recipients.next_of(step.to, until), until)
    for moment, keys in again.items():
        yield Draft(case.subject, REPEATED, {"keys": keys}, moment)


def _latest(row: NoticeRow, at: int, until: int) -> int:
    end = row.due + (row.after or Patience().after) - 1
    return at + max(0, min(until, end) - at) // row.every * row.every


def _passed_on(subject: str, row: NoticeRow, chain: tuple[Step, ...], until: int) -> Draft:
    body = {
        "key": row.key,
        "from": row.person,
        "slot": chain[0].slot,
        "to": chain[0].person,
        "after": until - row.due,
        "then": [list(step) for step in chain[1:]],
    }
    return Draft(subject, DELEGATED, body, until)
