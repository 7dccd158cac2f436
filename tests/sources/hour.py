"""A made-up hour at an exchange, with outages: what happens, and what a console that loses
nothing has written down at its end."""

from __future__ import annotations

import random
from dataclasses import dataclass

Instant = float
"""Seconds since the hour began."""

UNANSWERED = "queue_timeout"
"""Why a call that rang a telephone directly was missed: the exchange does not say who gave up."""

UNOFFERED = "never_offered"
"""Why it was missed when nobody heard the telephone begin to ring."""

STATIONS = ("8001", "8002", "8003", "8004")


@dataclass(frozen=True)
class Scripted:
    """One call. `answered` is None where the caller gave up."""

    number: int
    rang: Instant
    ended: Instant
    answered: Instant | None
    station: str


@dataclass(frozen=True)
class Hour:
    """The calls, and the stretches in which nobody hears the exchange, in order."""

    calls: tuple[Scripted, ...]
    outages: tuple[tuple[Instant, Instant], ...]

    def ledger(self) -> dict[int, tuple[str, tuple[str, ...], str]]:
        """By number, what is written down of each call: its end, who answered, why missed.
        A call that came and went within one outage leaves no trace."""
        told = {}
        for call in self.calls:
            if not self._heard(call.rang, call.ended):
                continue
            if call.answered is not None and self._heard(call.answered, call.ended):
                told[call.number] = ("ended", (call.station,), "")
            else:
                told[call.number] = ("missed", (), self._reason(call))
        return told

    def _reason(self, call: Scripted) -> str:
        if call.answered is not None or self._out(call.ended):
            return "outage"
        return UNOFFERED if self._out(call.rang) else UNANSWERED

    def _heard(self, start: Instant, end: Instant) -> bool:
        """Whether somebody listened at any moment from one instant up to another."""
        return not any(begun <= start and end <= over for begun, over in self.outages)

    def _out(self, at: Instant) -> bool:
        return any(begun <= at <= over for begun, over in self.outages)


def hour(seed: int, seconds: float = 3600.0, every: float = 9.0) -> Hour:
    """A call every so many seconds on average, and an outage every two minutes or so."""
    source = random.Random(seed)
    calls, at = [], 0.0
    while (at := at + source.expovariate(1 / every)) < seconds:
        ring, talk = source.uniform(2, 30), source.uniform(5, 240)
        answered = at + ring if source.random() < 0.8 else None
        ended = at + ring + (talk if answered is not None else 0.0)
        calls.append(Scripted(len(calls) + 1, at, ended, answered, source.choice(STATIONS)))
    outages, at = [], source.uniform(20, 60)
    while at < seconds:
        over = at + source.choice((0.0, source.uniform(0.5, 3), source.uniform(5, 40)))
        outages.append((at, over))
        at = over + source.uniform(30, 200)
    return Hour(tuple(calls), tuple(outages))
