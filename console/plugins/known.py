"""What a product line may refer to besides itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from console.domain.commands import COMMANDS
from console.domain.commands.command import Command
from console.domain.commands.contact import CONTACT_CHANNELS
from console.domain.fact_labels import FACT_LABELS
from console.domain.people import ROLE_LABELS
from console.domain.rules import Line
from console.domain.words import Label
from console.plugins.house import HOUSE

PROMISES = frozenset(("promised", "promise_renewed", "timer_extended"))
"""The common facts that carry the instant somebody was promised, as `due`."""

RESPONSIBLE = frozenset(("seat", "first_knower", "superior"))
"""Whom a timer may hold responsible though no slot means them: whose telephone it was, who
knew first, the superior of whoever is late."""


@dataclass(frozen=True, slots=True)
class Known:
    """The house's rules, the common facts, and everything else rules name.

    `calendars` are calendar ids; None leaves them unchecked, where no installation is at
    hand.
    """

    calendars: frozenset[str] | None = None
    house: Line = HOUSE
    facts: Mapping[str, Label] = field(default_factory=lambda: FACT_LABELS)
    promises: frozenset[str] = PROMISES
    roles: frozenset[str] = frozenset(ROLE_LABELS)
    channels: frozenset[str] = frozenset(CONTACT_CHANNELS)
    commands: Mapping[str, Command] = field(default_factory=lambda: COMMANDS)

    @classmethod
    def here(cls, calendars: Iterable[str] | None) -> Known:
        """What this version of the console knows, with an installation's calendars."""
        return cls(None if calendars is None else frozenset(calendars))
