"""A call the console itself placed: first the seat's telephone rings, then the customer's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from console.domain.call_events import CallEvent

_REASONS = {"BUSY": "busy", "NOANSWER": "no_answer", "CANCEL": "no_answer"}

_DIGITS = re.compile(r"[0-9]{1,40}")


def is_dialable(number: str) -> bool:
    """Whether `number` may be handed to an exchange: digits, and nothing else ever."""
    return _DIGITS.fullmatch(number) is not None


@dataclass(slots=True)
class PlacedCall:
    """State of one placed call; every method returns the events it causes.

    It ends once, with `call_ended`, after `call_reached` or `call_not_reached`.
    """

    call: str
    root: str
    at: int
    number: str = ""
    station: str = ""
    session: int = 0
    announced: bool = False
    picked_up: int | None = None
    reached: bool = False
    outcome: str = ""

    def announce(self, number: str) -> list[CallEvent]:
        """Tell that the call was placed, as soon as its number is known."""
        if self.announced:
            return []
        self.announced = True
        self.number = number
        events = [self._event("call_dialled", self.at, number=number, station=self.station)]
        if self.picked_up is not None:
            events.append(self._station_answered(self.picked_up))
        return events

    def station_answered(self, at: int) -> list[CallEvent]:
        """The seat picked up; says nothing about the customer."""
        if self.picked_up is not None:
            return []
        self.picked_up = at
        return [self._station_answered(at)] if self.announced else []

    def customer_leg_ended(self, status: str, at: int) -> list[CallEvent]:
        """The dialled leg came to `status`. A busy trunk may be followed by another one."""
        if self.reached:
            return []
        if status != "ANSWER":
            self.outcome = _REASONS.get(status, "failed")
            return []
        self.reached = True
        return [*self.announce(self.number), self._event("call_reached", at, number=self.number)]

    def end(self, cause: str, at: int) -> list[CallEvent]:
        """The call is over; why the customer was not reached is certain only now."""
        events = self.announce(self.number)
        if not self.reached:
            reason = self.outcome or ("no_station" if self.picked_up is None else "failed")
            events.append(self._event("call_not_reached", at, reason=reason))
        return [*events, self._event("call_ended", at, cause=cause)]

    def refuse(self, cause: str, at: int) -> list[CallEvent]:
        """The exchange would not even try."""
        self.outcome = "failed"
        return self.end(cause, at)

    def _station_answered(self, at: int) -> CallEvent:
        return self._event("call_station_answered", at, station=self.station)

    def _event(self, kind: str, at: int, **body: Any) -> CallEvent:
        return CallEvent(self.call, kind, at, body)
