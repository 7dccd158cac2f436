"""The debt of a missed call: the caller is owed a call back, with a clock (W-02).

Several missed calls of one number are one debt, counted from the earliest. Attempts that
reach nobody stop nothing (D-14); only a real contact discharges it, and with it goes an
explanation and an apology.
"""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.clock import Clock, worst_first
from console.domain.clockwork import Clockwork, Reckoner
from console.domain.facts import Fact
from console.domain.rulebook import Rulebook

SUBJECT = "callback"
ENDINGS = ("callback_made", "callback_dropped")


class Callback:
    """The fold of one number's debts. `number` is E.164, or as received where it could not
    be understood; each new debt is a new cycle of clocks."""

    __slots__ = (
        "attempts",
        "calls",
        "clockwork",
        "facts",
        "name",
        "number",
        "open",
        "place",
        "shown",
        "since",
        "version",
    )

    def __init__(self, number: str, rulebook: Rulebook, reckoner: Reckoner) -> None:
        self.number = number
        self.clockwork = Clockwork(rulebook.rules(""), reckoner)
        self.open = False
        self.since = 0
        self.shown = ""
        self.name = ""
        self.place: dict[str, str] = {}
        self.calls: list[str] = []
        self.attempts = 0
        self.version = 0
        self.facts: list[Fact] = []

    @property
    def subject(self) -> str:
        return f"{SUBJECT}:{self.number}"

    @property
    def clocks(self) -> list[Clock]:
        return self.clockwork.clocks

    def running(self) -> list[Clock]:
        return worst_first(self.clockwork.clocks)

    def next_moment(self) -> int | None:
        """When something must be journaled though nobody presses a key (UTC seconds)."""
        moments = [clock.next_moment() for clock in self.clockwork.clocks]
        return min((moment for moment in moments if moment is not None), default=None)

    def apply(self, fact: Fact) -> None:
        """Fold one more fact."""
        self.facts.append(fact)
        self.version = fact.seq
        if fact.kind == "callback_owed":
            self._owe(fact)
        elif fact.kind == "callback_tried":
            self.attempts += 1
        elif fact.kind in ENDINGS:
            self.open = False
        self.clockwork.follow(fact, {}, ())
        if fact.kind == "callback_dropped":
            self.clockwork.end(fact)

    def _owe(self, fact: Fact) -> None:
        if not self.open:
            self.open = True
            self.since = fact.at
            self.calls = []
            self.attempts = 0
            self.clockwork.cycle += 1
        self.calls.append(fact.body["call"])
        self.shown = fact.body.get("shown", "") or self.number
        self.name = fact.body.get("name", "") or self.name
        self.place = dict(fact.body.get("place") or self.place)


def fold(number: str, facts: Iterable[Fact], rulebook: Rulebook, reckoner: Reckoner) -> Callback:
    """The debts of a number its facts make."""
    callback = Callback(number, rulebook, reckoner)
    for fact in facts:
        callback.apply(fact)
    return callback
