"""What one shift leaves to the next: cases with their clocks, and missed callers (W-21)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from console.desk.answers import Answers
from console.domain.board import BoardClock

SHIFT_SECONDS = 12 * 3600
"""How far ahead a clock counts as falling into the next shift when no roster says."""


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """One line of the list. `kind` is case or callback, `key` the case or the number.

    `red` lines have a clock that is broken or falls due in the next shift: they need an
    answer. `to` is whom it was handed to, `taken` whether they took it.
    """

    kind: str
    key: str
    about: str
    red: bool
    clocks: tuple[BoardClock, ...]
    to: str = ""
    taken: bool = False


def items_of(desk: Answers, person: str) -> list[HandoverItem]:
    """What a person looks after now, red lines first, and what others hold for them."""
    now, until = desk.now(), shift_end(desk, person)
    items = [*_cases(desk, person, until), *_callbacks(desk, until)]
    return sorted(items, key=lambda item: (item.taken, not item.red, _first_due(item, now)))


def shift_end(desk: Answers, person: str) -> int:
    """When the shift after this person's ends (UTC seconds): by the roster, or else half a
    day from now."""
    now, zone = desk.now(), desk.config.zone
    roster = desk.roster
    mine = next((turn for turn in roster.on_duty(now, zone) if turn.person == person), None)
    following = roster.relief_of(mine, zone) if mine is not None else None
    return following.span(zone)[1] if following is not None else now + SHIFT_SECONDS


def _cases(desk: Answers, person: str, until: int) -> Iterator[HandoverItem]:
    for row in desk.board():
        if person in (row.owner, row.custodian):
            taken = row.custodian not in ("", person)
            to = row.custodian if taken else row.offered
            red = _is_red(row.clocks, until)
            yield HandoverItem("case", str(row.case), row.customer, red, row.clocks, to, taken)


def _callbacks(desk: Answers, until: int) -> Iterator[HandoverItem]:
    for debt in desk.owed():
        taken = bool(debt.taken_by)
        yield HandoverItem(
            "callback",
            debt.number,
            debt.name or debt.shown,
            True,
            debt.clocks,
            debt.taken_by,
            taken,
        )


def _is_red(clocks: tuple[BoardClock, ...], until: int) -> bool:
    return any(clock.level == "now" or (clock.due or until + 1) <= until for clock in clocks)


def _first_due(item: HandoverItem, now: int) -> int:
    return min((clock.due for clock in item.clocks if clock.due is not None), default=now + 2**40)
