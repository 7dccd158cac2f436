"""Everybody who has an account, as an administrator looks after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.desk.handover import first_due
from console.domain.board import BoardRow
from console.domain.people import Person
from console.domain.permissions import demand, may

if TYPE_CHECKING:
    from console.desk.answers import Who
    from console.desk.signing import Signing
    from console.store.presence import Presence


@dataclass(frozen=True, slots=True)
class Account:
    """A person, whether a PIN is set, how many open cases they own, and where they are now."""

    person: Person
    has_pin: bool
    owns: int
    seats: tuple[Presence, ...]

    @property
    def standing(self) -> str:
        """`left`, `away` (at no seat) or `here`."""
        if not self.person.active:
            return "left"
        return "here" if self.seats else "away"

    @property
    def is_missed(self) -> bool:
        """Whether cases wait for an owner who is not here (W-04)."""
        return bool(self.owns) and self.standing != "here"


def accounts_of(desk: Signing, who: Who) -> list[Account]:
    """Everybody: owners of open cases who have left first, then those at no seat, then the
    others by name, whoever has left last.

    Raises RefusedError for somebody who neither manages people nor hands ownership over.
    """
    actor = desk.actor(who)
    if not may("hand_over_owner", actor):
        demand("manage_people", actor)
    owned, seats = desk.owned(), desk.present()
    accounts = [
        Account(
            person,
            desk.has_pin(person.key),
            owned.get(person.key, 0),
            tuple(one for one in seats if one.person == person.key),
        )
        for person in desk.people()
    ]
    return sorted(accounts, key=_place)


def owned_by(desk: Signing, person: str) -> list[tuple[BoardRow, str]]:
    """The open cases somebody owns, the most urgent first, each with whoever is to become its
    owner ("" nobody)."""
    now = desk.now()
    rows = [row for row in desk.board() if row.owner == person]
    rows.sort(key=lambda row: (first_due(row.clocks, now), row.case))
    return [
        (row, str(desk.case(row.case).value("successor")) if row.offered else "") for row in rows
    ]


def _place(account: Account) -> tuple[bool, bool, bool, str]:
    left = not account.person.active
    if account.is_missed:
        return (False, not left, False, account.person.name)
    return (True, left, False, account.person.name)
