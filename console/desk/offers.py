"""What others offer somebody at the change of a shift or in between, and their words on it:
custody (W-21), ownership (W-04), a transfer (W-06), missed callers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from console.desk.answers import Answers
from console.desk.handover import first_due, is_red, last_handing, shift_end
from console.domain.board import BoardClock, BoardRow
from console.domain.case import Case

CASE_OFFERS = {
    "custody": ("relief", "custody_offered"),
    "ownership": ("successor", "owner_offered"),
    "transfer": ("receiver", "transfer_offered"),
}
"""Kinds of offer of a case: who is to answer it, and the fact that made it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something somebody is to answer. `kind` is custody, ownership, transfer or callback,
    `key` the case or the number, `giver` who offers it, `text` what they say about it. A
    number is `shown` as people write it.

    `red` ones have a clock that is broken or falls due in the next shift: each needs an
    answer of its own.
    """

    kind: str
    key: str
    about: str
    red: bool
    clocks: tuple[BoardClock, ...]
    giver: str
    text: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Handing:
    """A shift handed to somebody: by whom, when (UTC seconds), which calls and visitors are
    expected, what else they must know."""

    giver: str
    at: int
    expected: str
    text: str
    callbacks: tuple[str, ...]


def handings_to(desk: Answers, person: str) -> list[Handing]:
    """The shifts handed to somebody of late, the latest first."""
    found = []
    for giver in desk.people():
        fact = last_handing(desk, giver.key)
        if fact is not None and fact.body.get("to") == person:
            body = fact.body
            words = (str(body.get("expected", "")), str(body.get("text", "")))
            found.append(Handing(giver.key, fact.at, *words, tuple(body.get("callbacks", ()))))
    return sorted(found, key=lambda one: -one.at)


def offers_to(desk: Answers, person: str) -> list[Offer]:
    """What somebody is to answer, red ones first, the most urgent first."""
    now = desk.now()
    found = [*_of_cases(desk, person), *_of_callers(desk, person)]
    return sorted(found, key=lambda offer: (not offer.red, first_due(offer.clocks, now)))


def _of_cases(desk: Answers, person: str) -> Iterator[Offer]:
    for row in desk.board():
        if row.offered:
            yield from _of_case(desk, desk.case(row.case), row, person)


def _of_case(desk: Answers, case: Case, row: BoardRow, person: str) -> Iterator[Offer]:
    for kind, (asked, made) in CASE_OFFERS.items():
        fact = case.happened(made)
        if case.value(asked) == person and fact is not None:
            red = is_red(row.clocks, shift_end(desk, fact.actor))
            text = str(fact.body.get("text", ""))
            yield Offer(kind, str(row.case), row.customer, red, row.clocks, fact.actor, text)


def _of_callers(desk: Answers, person: str) -> Iterator[Offer]:
    """Missed callers of a shift that was handed to somebody, whom nobody has taken on. One
    who was handed over twice is offered by the last to do so."""
    givers: dict[str, str] = {}
    for handing in handings_to(desk, person):
        for number in handing.callbacks:
            givers.setdefault(number, handing.giver)
    for debt in desk.owed():
        if debt.number in givers and not debt.taken_by:
            giver = givers[debt.number]
            yield Offer(
                "callback", debt.number, debt.name, True, debt.clocks, giver, shown=debt.shown
            )
