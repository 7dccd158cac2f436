"""What a product line may refer to besides itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.domain import specs
from console.domain.commands import COMMANDS
from console.domain.commands.command import Command
from console.domain.commands.contact import CONTACT_CHANNELS
from console.domain.fact_labels import FACT_LABELS
from console.domain.people import ROLE_LABELS
from console.domain.rules import Line
from console.domain.specs import SpecError
from console.domain.words import Label
from console.plugins.house import HOUSE
from console.plugins.lines import all_lines

PROMISES = frozenset(("promised", "promise_renewed", "timer_extended"))
"""The common facts that carry the instant somebody was promised, as `due`."""

RESPONSIBLE = frozenset(("seat", "first_knower", "superior"))
"""Whom a timer may hold responsible though no slot means them: whose telephone it was, who
knew first, the superior of whoever is late."""


@dataclass(frozen=True, slots=True)
class Known:
    """The house's rules, the common facts, and everything else rules name.

    `calendars` are calendar ids; None leaves them unchecked, where no installation is at
    hand. `kept` is what lines and divisions said last, by key, as specs; `used` those that
    cases belong to.
    """

    calendars: frozenset[str] | None = None
    house: Line = HOUSE
    facts: Mapping[str, Label] = field(default_factory=lambda: FACT_LABELS)
    promises: frozenset[str] = PROMISES
    roles: frozenset[str] = frozenset(ROLE_LABELS)
    channels: frozenset[str] = frozenset(CONTACT_CHANNELS)
    commands: Mapping[str, Command] = field(default_factory=lambda: COMMANDS)
    kept: Mapping[str, str] = field(default_factory=dict)
    used: frozenset[str] = frozenset()

    @classmethod
    def here(
        cls,
        calendars: Iterable[str] | None,
        kept: Mapping[str, str] | None = None,
        used: Iterable[str] = (),
    ) -> Known:
        """What this version of the console knows, with what an installation has."""
        known = None if calendars is None else frozenset(calendars)
        return cls(known, kept=kept or {}, used=frozenset(used))

    def line(self, key: str) -> Line | None:
        """A line somebody may add a division to: one that comes with the console, or one
        the installation has had."""
        shipped = next((line for line in all_lines() if line.key == key), None)
        if shipped is not None:
            return shipped
        found = self.before(key)
        return found if isinstance(found, Line) else None

    def before(self, key: str) -> Any:
        """What a line (`acme`) or division (`acme/hydrogen`) said last; None when nobody
        knows."""
        try:
            return specs.read(self.kept[key]) if key in self.kept else None
        except SpecError:
            return None
