"""What one shift leaves to the next: cases with their clocks, and missed callers (W-21)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from console.desk.answers import Answers
from console.domain.board import BoardClock, BoardRow
from console.domain.facts import Fact
from console.domain.roster import Turn

SHIFT_SECONDS = 12 * 3600
"""How far ahead a clock counts as falling into the next shift when no roster says."""

TOLD_SECONDS = 24 * 3600
"""How long a hand-over is spoken of: whoever took a line is shown to the one who left it."""

HANDED_OVER = "shift_handed_over"


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """One line of the list. `kind` is case or callback, `key` the case or the number, which
    `shown` writes as people do; `about` is the customer, as far as known.

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
    shown: str = ""


def items_of(desk: Answers, person: str) -> list[HandoverItem]:
    """What a person looks after now, red lines first, and what others hold for them."""
    now, until = desk.now(), shift_end(desk, person)
    items = [*_cases(desk, person, until), *_callbacks(desk, until)]
    return sorted(items, key=lambda item: (item.taken, not item.red, first_due(item.clocks, now)))


def shift_end(desk: Answers, person: str) -> int:
    """When the shift after this person's ends (UTC seconds): by the roster, or else half a
    day from now."""
    following = _following(desk, person)
    return following.span(desk.config.zone)[1] if following else desk.now() + SHIFT_SECONDS


def reliever(desk: Answers, person: str) -> str:
    """Who follows a person by the roster; "" when it does not say."""
    following = _following(desk, person)
    return following.person if following and following.person != person else ""


def _following(desk: Answers, person: str) -> Turn | None:
    """The turn after the one a person is in now."""
    now, zone = desk.now(), desk.config.zone
    roster = desk.roster
    mine = next((turn for turn in roster.on_duty(now, zone) if turn.person == person), None)
    return roster.relief_of(mine, zone) if mine is not None else None


def last_handing(desk: Answers, person: str) -> Fact | None:
    """The last time somebody handed the shift over, as long as it is spoken of."""
    fact = desk.store.last(f"person:{person}", HANDED_OVER)
    return fact if fact is not None and fact.at > desk.now() - TOLD_SECONDS else None


def is_red(clocks: Iterable[BoardClock], until: int) -> bool:
    """Whether something is to be done at once or falls due by an instant."""
    return any(clock.level == "now" or (clock.due or until + 1) <= until for clock in clocks)


def first_due(clocks: Iterable[BoardClock], now: int) -> int:
    """When the first clock falls due; long after `now` for those without a number."""
    return min((clock.due for clock in clocks if clock.due is not None), default=now + 2**40)


def _cases(desk: Answers, person: str, until: int) -> Iterator[HandoverItem]:
    handed = _handed(desk, person)
    for row in desk.board():
        if person not in (row.owner, row.custodian) and row.case not in handed:
            continue
        holder = row.custodian or row.owner
        taken = holder != person
        to = holder if taken else relief_of(desk, row)
        red = is_red(row.clocks, until)
        yield HandoverItem("case", str(row.case), row.customer, red, row.clocks, to, taken)


def _handed(desk: Answers, person: str) -> frozenset[int]:
    """The cases of somebody's last hand-over: whoever held one for an absent owner still
    sees who took it."""
    fact = last_handing(desk, person)
    return frozenset(fact.body.get("cases", ())) if fact is not None else frozenset()


def relief_of(desk: Answers, row: BoardRow) -> str:
    """Who is to hold a case off shift. The board names whoever it is offered to first, for
    whatever it is."""
    return str(desk.case(row.case).value("relief")) if row.offered else ""


def _callbacks(desk: Answers, until: int) -> Iterator[HandoverItem]:
    for debt in desk.owed():
        taken = bool(debt.taken_by)
        yield HandoverItem(
            "callback",
            debt.number,
            debt.name,
            True,
            debt.clocks,
            debt.taken_by,
            taken,
            debt.shown,
        )
