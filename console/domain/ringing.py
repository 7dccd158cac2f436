"""Whom a call rings for: the seats it is meant for, and all of them before it is lost.

The exchange decides which telephones ring; where it has not chosen yet, the caller's product
line and queue decide. A seat that is empty, off shift or talking hears no bell. Nothing is
hidden for long: after `OVERFLOW_SECONDS` a call that still waits is everybody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.board import StripRow
from console.domain.call import Call

OVERFLOW_SECONDS = 20
"""A call that has waited so long rings at every seat (house value)."""

RINGS, WAITS, ELSEWHERE = "rings", "waits", "elsewhere"
"""It rings here; it is shown without a bell; another seat has it, or is meant."""


@dataclass(frozen=True, slots=True)
class Listener:
    """A seat as calls look for one: its person, telephone and what they answer for (product
    lines and queues; none = everything). `known` are the telephones of all seats."""

    person: str
    extension: str = ""
    skills: frozenset[str] = frozenset()
    on_call: bool = False
    on_shift: bool = True
    known: frozenset[str] = frozenset()


EVERYBODY = Listener("")
"""Who looks at all calls: a wall, a list."""


def heard(call: Call, seat: Listener, now: int) -> str:
    """What a live call is to a seat at an instant (UTC seconds)."""
    if not seat.person:
        return WAITS
    if call.state == "answered":
        return WAITS if _is_mine(call, seat) else ELSEWHERE
    if call.claimed_by:
        return WAITS
    overflowing = now - call.rang_at >= OVERFLOW_SECONDS
    if not overflowing and not _is_meant(call, seat):
        return ELSEWHERE
    return RINGS if seat.on_shift and not seat.on_call else WAITS


def audible(rows: Iterable[StripRow], now: int) -> list[StripRow]:
    """The calls a seat shows at an instant; what has overflowed rings there, too."""
    shown = []
    for row in rows:
        if row.heard != ELSEWHERE:
            shown.append(row)
        elif row.overflow_at and row.overflow_at <= now:
            shown.append(row._replace(heard=RINGS))
    return shown


def next_overflow(rows: Iterable[StripRow], now: int) -> int | None:
    """When a call shown elsewhere will ring here, too; None when none will."""
    coming = (row.overflow_at for row in rows if row.heard == ELSEWHERE)
    return min((at for at in coming if at > now), default=None)


def is_talking(call: Call, person: str, extension: str) -> bool:
    """Whether this person is on the telephone with this call."""
    return call.state == "answered" and _is_mine(call, Listener(person, extension))


def overflow_at(call: Call) -> int:
    """When a call becomes everybody's if it still waits (UTC seconds); 0 = never."""
    waiting = call.state in ("ringing", "queued") and not call.claimed_by
    return call.rang_at + OVERFLOW_SECONDS if waiting else 0


def _is_mine(call: Call, seat: Listener) -> bool:
    station = call.answers[-1][1] if call.answers else ""
    if station and seat.extension:
        return station == seat.extension
    return call.claimed_by == seat.person


def _is_meant(call: Call, seat: Listener) -> bool:
    chosen = seat.known.intersection(call.stations)
    if chosen:
        return seat.extension in chosen
    asked = {call.line, call.queue} - {""}
    return not asked or not seat.skills or not asked.isdisjoint(seat.skills)
