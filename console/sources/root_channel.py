"""The channel a call begins and ends with, as an exchange says it is up at some moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.call_events import CallEvent
from console.sources.incoming import IncomingCall
from console.sources.outgoing import PlacedCall


@dataclass(frozen=True, slots=True)
class Party:
    """Who calls, as the exchange tells it; `exchange` is what it calls itself."""

    number: str
    name: str = ""
    withheld: bool = False
    exchange: str = ""


@dataclass(frozen=True, slots=True)
class RootChannel:
    """A root channel that is `up` once answered, with the telephones of its call.

    `ringing` and `talking` map the channel ids of those telephones to their stations,
    `since` is the instant (UTC seconds) the call began.
    """

    id: str
    party: Party
    did: str
    since: int
    inbound: bool
    up: bool
    recording: str
    ringing: Mapping[str, str]
    talking: Mapping[str, str]

    def reconcile(self, call: IncomingCall, at: int) -> list[CallEvent]:
        """The events that bring `call` from what was known to what is up."""
        events = call.record(self.recording, at)
        if self.talking and call.talking not in self.talking.values():
            leg, seat = next(iter(self.talking.items()))
            events += call.answer(leg, seat, at)
        for leg in tuple(call.ringing):
            if leg not in self.ringing:
                events += call.withdraw(leg, "CANCEL", at)
        for leg, seat in self.ringing.items():
            events += call.offer(leg, seat, at)
        return events

    def reconcile_placed(self, placed: PlacedCall, at: int) -> list[CallEvent]:
        """The same for a call the console placed: its root is the seat's own telephone, or
        the pipe to it, and who else is joined to it is the customer."""
        events = placed.announce(placed.number) if placed.number else []
        if self.up or placed.station in self.talking.values():
            events += placed.station_answered(at)
        if any(seat != placed.station for seat in self.talking.values()):
            events += placed.customer_leg_ended("ANSWER", at)
        return events
