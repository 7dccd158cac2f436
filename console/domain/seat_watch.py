"""A seat somebody has left: for an hour or more is a breach (000 III.1.2.2, III.1.2.7)."""

from __future__ import annotations

from typing import Any

from console.domain.clockwork import Reckoner
from console.domain.facts import Fact
from console.domain.rulebook import Rulebook
from console.domain.watch import Watch

SUBJECT = "seat"


class SeatWatch(Watch):
    """Whether a seat is manned. `person` is who left it, `note` what they told."""

    KIND = SUBJECT

    __slots__ = ("note", "person")

    def __init__(self, key: str, rulebook: Rulebook, reckoner: Reckoner) -> None:
        super().__init__(key, rulebook, reckoner)
        self.person = ""
        self.note = ""

    def take(self, fact: Fact) -> None:
        """Left or manned again."""
        if fact.kind == "seat_left":
            self.begin(fact)
            self.person = fact.actor
            self.note = fact.body.get("text", "")
        elif fact.kind == "seat_manned":
            self.open = False

    def shown(self) -> list[Any]:
        """Who left, what they told, since when."""
        return [self.person, self.note, self.since]
