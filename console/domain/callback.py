"""The debt of a missed call: the caller is owed a call back, with a clock (W-02).

Several missed calls of one number are one debt, counted from the earliest. Attempts that
reach nobody stop nothing (D-14); only a real contact discharges it, and with it goes an
explanation and an apology.
"""

from __future__ import annotations

from typing import Any

from console.domain.clockwork import Reckoner
from console.domain.facts import Fact
from console.domain.rulebook import Rulebook
from console.domain.watch import Watch

SUBJECT = "callback"


class Callback(Watch):
    """The debts of one number. `key` is E.164, or as received where it could not be
    understood. A customer who was reached (`made`) is still owed the apology."""

    KIND = SUBJECT

    __slots__ = ("attempts", "calls", "label", "made", "name", "place", "taken_by")

    def __init__(self, key: str, rulebook: Rulebook, reckoner: Reckoner) -> None:
        super().__init__(key, rulebook, reckoner)
        self.label = ""
        self.name = ""
        self.place: dict[str, str] = {}
        self.calls: list[str] = []
        self.attempts = 0
        self.made = False
        self.taken_by = ""

    @property
    def number(self) -> str:
        return self.key

    def take(self, fact: Fact) -> None:
        """Owed, tried, made or given up."""
        if fact.kind == "callback_owed":
            self._owe(fact)
        elif fact.kind == "callback_taken":
            self.taken_by = fact.body["by"]
        elif fact.kind == "callback_tried":
            self.attempts += 1
        elif fact.kind == "callback_made":
            self.made = True
            self.open = not fact.body.get("apology")
        elif fact.kind == "callback_dropped":
            self.open = False

    def _owe(self, fact: Fact) -> None:
        if not self.open:
            self.begin(fact)
            self.calls = []
            self.attempts = 0
            self.made = False
            self.taken_by = ""
        self.calls.append(fact.body["call"])
        self.label = fact.body.get("shown", "") or self.key
        self.name = fact.body.get("name", "") or self.name
        self.place = dict(fact.body.get("place") or self.place)

    def shown(self) -> list[Any]:
        """The last call, number, name, place, since, attempts, rings, and who calls back."""
        last = self.calls[-1] if self.calls else ""
        rings = len(self.calls)
        return [
            last,
            self.label,
            self.name,
            self.place,
            self.since,
            self.attempts,
            rings,
            self.taken_by,
        ]
