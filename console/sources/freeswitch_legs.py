"""Who rings for a call at a FreeSWITCH exchange, who picks up, who is joined to the caller.

A call's root is the channel that came in through a trunk context (or the seat's own, of a call
the console places); everybody else is on a channel of their own, a leg. Being joined (bridged)
is not being answered: a carrier's ring-back tone joins two channels before anybody has picked
up. So a leg has answered when it is joined *and* picked up, whichever comes last.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from console.domain.call_events import CallEvent
from console.domain.numbers import RECEIVED_LIMIT
from console.sources.channels import ExchangeConfig, known
from console.sources.esl import Event
from console.sources.freeswitch_channels import is_pipe, is_seat, station
from console.sources.incoming import IncomingCall
from console.sources.open_calls import OpenCalls

_PLACED = uuid.UUID("5a3cf1be-7f0c-5d0b-9b0e-6c8a1f0f5b55")
_BLIND, _INLINE = "bl_xfer", "inline"


@dataclass(slots=True)
class Leg:
    """A channel that is no root. `root` is the call it rings for, `key` what it is known by
    there, `joined` the call it is bridged with; `rings` until it is picked up. A `pipe` leads
    to somebody else's telephone."""

    station: str
    key: str
    root: str = ""
    joined: str = ""
    rings: bool = False
    pipe: bool = False


@dataclass(slots=True)
class Trail:
    """What has to be remembered of an inbound call besides its state.

    `speaker` is who was joined last, `transfer` the exchange's note of the last transfer,
    `since` the instant from which such notes tell anything new. `unjoined` is set while an
    agent has picked up and is not joined yet: whether the call was answered before.
    """

    since: int = 0
    transfer: str = ""
    withheld: bool = False
    speaker: Leg | None = None
    unjoined: bool | None = None


class Legs(OpenCalls):
    """Open calls by the id of their root channel, and the legs by theirs."""

    def __init__(self, config: ExchangeConfig) -> None:
        super().__init__(config)
        self.legs: dict[str, Leg] = {}
        self.trails: dict[str, Trail] = {}

    def root_of(self, call: str) -> str:
        """Channels have UUIDs here: the one a placed call begins with follows from its key."""
        return str(uuid.uuid5(_PLACED, call))

    def trail(self, root: str) -> Trail:
        """The trail of an open inbound call."""
        return self.trails.setdefault(root, Trail())

    def seat(self, event: Event) -> str:
        """The station of the channel an event is about."""
        users = (event.variable("dialed_user"), event.text("Channel-Presence-ID"))
        return station(self.config, event.text("Channel-Name"), *users)

    def leg(self, event: Event) -> Leg:
        """The leg an event is about, and the call it rings for where that shows."""
        channel, name = event.text("Unique-ID"), event.text("Channel-Name")
        leg = self.legs.get(channel)
        if leg is None:
            leg = self.legs[channel] = Leg(self.seat(event), channel, pipe=is_pipe(name))
        elif not is_seat(self.config, leg.station):
            leg.station = self.seat(event)  # the list of channels may have known less
        leg.root = leg.root or self._owner(event)
        return leg

    def _owner(self, event: Event) -> str:
        """The root a leg belongs to: by its queue, by who dialled it, by the pipe it is in."""
        dialled = event.text("Other-Type") == "originator"
        for candidate in (
            event.variable("cc_member_session_uuid"),
            event.text("Other-Leg-Unique-ID") if dialled else "",
            event.variable("originator"),
            event.variable("other_loopback_leg_uuid"),
            event.text("Channel-Call-UUID"),
        ):
            if candidate in self.incoming or candidate in self.placed:
                return candidate
            if candidate in self.legs and self.legs[candidate].root:
                return self.legs[candidate].root
        return ""

    # Answering

    def join(self, root: str, leg: Leg, at: int) -> list[CallEvent]:
        """A leg is bridged with a root; it has answered unless it still rings."""
        leg.joined = root
        return [] if leg.rings else self.talk(root, leg, at)

    def pick_up(self, leg: Leg, at: int) -> list[CallEvent]:
        """Somebody picked up; that answers the call they are joined with already."""
        leg.rings = False
        return self.talk(leg.joined, leg, at) if leg.joined else []

    def talk(self, root: str, leg: Leg, at: int) -> list[CallEvent]:
        """A root and a leg talk: an answer, or the end of a transfer."""
        if placed := self.placed.get(root):
            return placed.customer_leg_ended("ANSWER", at)
        call = self.incoming.get(root)
        if call is None:
            return []
        trail = self.trail(root)
        before, trail.speaker = trail.speaker, leg
        trail.unjoined = None
        events: list[CallEvent] = []
        handed_on = call.talking and call.talking != leg.station
        if handed_on and not (before and before.pipe):
            # Nobody announced it: a talk before the transfer, or a call that was taken over.
            events = call.transfer(call.talking, leg.station, at)
        for key in [key for key, seat in call.ringing.items() if seat == leg.station]:
            del call.ringing[key]  # however it is known: this telephone rings no more
        return events + call.answer(leg.key, leg.station, at)

    def unjoin(self, call: IncomingCall) -> None:
        """Whoever picked up was not joined to the caller, and never will be."""
        trail = self.trail(call.root)
        if trail.unjoined is not None:
            call.unanswer(answered_before=trail.unjoined)
            trail.unjoined = trail.speaker = None

    def moved(self, call: IncomingCall, event: Event, at: int) -> list[CallEvent]:
        """What the exchange's own note says of a blind transfer. It reads
        `1700000000:UUID:bl_xfer:8016/default/XML` and stays with the channel."""
        note, trail = event.text("Caller-Transfer-Source"), self.trail(call.root)
        if not note or note == trail.transfer:
            return []
        trail.transfer = note
        when, _, rest = note.partition(":")
        kind, _, target = rest.partition(":")[2].partition(":")
        extension, _, dialplan = target.rpartition("/")
        if kind != _BLIND or dialplan == _INLINE or not call.talking:
            return []  # to somewhere inside: whoever is joined next tells where to
        if not when.isdecimal() or int(when[:11]) < trail.since:
            return []
        return call.transfer(call.talking, known(extension.rpartition("/")[0], RECEIVED_LIMIT), at)
