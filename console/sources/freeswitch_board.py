"""The calls of one FreeSWITCH exchange, moved on by its events: a pure state machine.

No socket and no clock: the caller passes each event with the instant it was read, and says
when a connection is made and lost. Between the two stands a snapshot of what is up; what
happens while it is gathered is held back until it is settled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from console.domain.call_events import CallEvent
from console.domain.cleantext import clean
from console.sources.channels import NAME_LIMIT, PATH_LIMIT, ExchangeConfig, known
from console.sources.esl import Event
from console.sources.freeswitch_channels import instant, is_pipe, station, status
from console.sources.freeswitch_legs import Leg, Trail
from console.sources.freeswitch_queues import SUBCLASS, Queues, agent_key
from console.sources.freeswitch_snapshot import Snapshot
from console.sources.root_channel import Party

EVENTS = (
    "CHANNEL_CREATE",
    "CHANNEL_ORIGINATE",
    "CHANNEL_PROGRESS",
    "CHANNEL_PROGRESS_MEDIA",
    "CHANNEL_ANSWER",
    "CHANNEL_BRIDGE",
    "CHANNEL_UNBRIDGE",
    "CHANNEL_HANGUP_COMPLETE",
    "RECORD_START",
    "RECORD_STOP",
    "BACKGROUND_JOB",
    "SHUTDOWN",
    "CUSTOM",
    SUBCLASS,
)
"""What has to be subscribed to; the kinds behind CUSTOM are its subclasses."""

_HELD_LIMIT = 50_000
_SHUTTING_DOWN, _CANCELLED = "SYSTEM_SHUTDOWN", "ORIGINATOR_CANCEL"
_CAUSE = re.compile(r"[A-Z0-9_]{2,60}")
_CALLER_HUNG_UP = ("recv_bye", "recv_cancel")


class FreeswitchBoard(Queues):
    """Every call of one exchange, over all its connections."""

    def __init__(self, config: ExchangeConfig) -> None:
        super().__init__(config)
        self._held: list[tuple[Event, int]] | None = None
        self._handlers: Mapping[str, Callable[[Event, int], list[CallEvent]]] = {
            "CHANNEL_CREATE": self._created,
            "CHANNEL_ORIGINATE": self._dialled,
            "CHANNEL_PROGRESS": self._rings,
            "CHANNEL_PROGRESS_MEDIA": self._rings,
            "CHANNEL_ANSWER": self._picked_up,
            "CHANNEL_BRIDGE": self._bridged,
            "CHANNEL_UNBRIDGE": self._parted,
            "CHANNEL_HANGUP_COMPLETE": self._hung_up,
            "RECORD_START": self._recorded,
            "RECORD_STOP": self._recorded,
            "BACKGROUND_JOB": self._job_done,
            "SHUTDOWN": lambda _event, at: self.stopped(at),
            "CUSTOM": self.queue_event,
        }

    # Connections

    def connected(self) -> None:
        """Events come from now on; they are held back until a snapshot is settled."""
        self._held = []

    def settle_with(self, snapshot: Snapshot) -> list[CallEvent]:
        """Bring every call in line with what is up, then go on with what happened since."""
        self.agents.update(snapshot.agents)
        before = set(self.legs)
        for root in snapshot.channels:
            self.touch(root)
        roots = snapshot.roots(self.incoming, self.placed)
        events = self.settle(roots, snapshot.waiting, snapshot.at)
        self.legs.update(snapshot.legs)
        for root in self.incoming:
            trail = self.trail(root)
            trail.since, trail.withheld = snapshot.at, trail.withheld or root in snapshot.hidden
        events += self._release()
        for channel in before - snapshot.legs.keys():
            self.legs.pop(channel, None)
        events += self.lose(snapshot.at)
        self._forget()
        return events

    def blind(self, at: int) -> list[CallEvent]:
        """The exchange does not say what is up: nothing will ever be heard of the calls before."""
        self.legs.clear()
        return [*self._release(), *self.lose(at)]

    def disconnected(self) -> list[CallEvent]:
        """The connection is lost. Calls stay open: the next one tells what became of them."""
        events = self._release()
        self.session += 1
        return events

    def hear(self, event: Event, read: float) -> list[CallEvent]:
        """What `event`, read at that instant (UTC seconds), means. The exchange's own time
        stamp is preferred."""
        at = instant(event.text("Event-Date-Timestamp"), int(read))
        if self._held is None:
            return self._handle(event, at)
        if event.name in self._handlers:
            self._held.append((event, at))
        return self._release() if len(self._held) > _HELD_LIMIT else []

    def _release(self) -> list[CallEvent]:
        held, self._held = self._held or [], None
        return [event for one, at in held for event in self._handle(one, at)]

    def _handle(self, event: Event, at: int) -> list[CallEvent]:
        handler = self._handlers.get(event.name)
        if handler is None:
            return []
        events: list[CallEvent] = []
        if call := self.incoming.get(event.text("Unique-ID")):
            if event.text("Answer-State") != "hangup":
                # The queue speaks of callers who are gone by then.
                call.session = self.session
            events = [*self._hidden(call.call, call.root, event, at), *self.moved(call, event, at)]
        events += handler(event, at)
        self._forget()
        return events

    def _forget(self) -> None:
        """Calls that are over leave nothing behind."""
        if len(self.trails) > len(self.incoming):
            self.trails = {root: self.trails[root] for root in self.trails if root in self.incoming}

    # Beginning

    def _created(self, event: Event, at: int) -> list[CallEvent]:
        root, inbound = event.text("Unique-ID"), event.text("Call-Direction") == "inbound"
        if not root or root in self.incoming:
            return []
        if (
            inbound
            and event.text("Caller-Context") in self.config.trunk_contexts
            and not is_pipe(event.text("Channel-Name"))
        ):
            party = _party(event)
            self.trails[root] = Trail(withheld=party.withheld)
            return self.adopt(root, party, event.text("Caller-Destination-Number"), at)
        return self._dialled(event, at)

    def _hidden(self, call: str, root: str, event: Event, at: int) -> list[CallEvent]:
        """A caller found during an outage whose number turns out to be hidden."""
        trail = self.trail(root)
        if trail.withheld or event.text("Caller-Privacy-Hide-Number") != "true":
            return []
        trail.withheld = True
        return [CallEvent(call, "call_withheld", at)]

    def _dialled(self, event: Event, at: int) -> list[CallEvent]:
        """A telephone begins to be called, for a call of ours or for none."""
        channel = event.text("Unique-ID")
        if self._is_root(event):
            self.touch(channel)
            return []
        leg = self.leg(event)
        call = self.incoming.get(leg.root)
        if call is None or leg.pipe or event.text("Call-Direction") == "inbound":
            return []
        call.session = self.session
        if agent := event.variable("cc_agent"):
            leg.key = agent_key(agent)
            call.members.setdefault(leg.station, known(agent))
        return call.offer(leg.key, leg.station, at)

    # Answering

    def _rings(self, event: Event, _at: int) -> list[CallEvent]:
        if not self._is_root(event):
            self.leg(event).rings = event.text("Answer-State") != "answered"
        return []

    def _picked_up(self, event: Event, at: int) -> list[CallEvent]:
        channel = event.text("Unique-ID")
        if placed := self.placed.get(channel):
            self.touch(channel)
            return placed.station_answered(at)
        return [] if self._is_root(event) else self.pick_up(self.leg(event), at)

    def _is_root(self, event: Event) -> bool:
        channel = event.text("Unique-ID")
        return not channel or channel in self.incoming or channel in self.placed

    def _bridged(self, event: Event, at: int) -> list[CallEvent]:
        one, other = _joined(event)
        for root, channel in ((one, other), (other, one)):
            if channel and (root in self.incoming or root in self.placed):
                self.touch(root)
                leg = self.legs.get(channel) or self._stranger(channel, event)
                return self.join(root, leg, at)
        return []

    def _stranger(self, channel: str, event: Event) -> Leg:
        """The leg of a bridge that nothing was heard of before."""
        about = event.text("Unique-ID") == channel
        name = event.text("Channel-Name" if about else "Other-Leg-Channel-Name")
        leg = self.legs[channel] = Leg(station(self.config, name), channel, pipe=is_pipe(name))
        # Whichever of the two the event describes: while it waits for an answer, both do.
        leg.rings = event.text("Answer-State") in ("ringing", "early")
        return leg

    def _parted(self, event: Event, _at: int) -> list[CallEvent]:
        for channel in _joined(event):
            if leg := self.legs.get(channel):
                leg.joined = ""
        return []

    # Recording and ending

    def _recorded(self, event: Event, at: int) -> list[CallEvent]:
        channel = event.text("Unique-ID")
        if leg := self.legs.get(channel):
            channel = leg.joined or leg.root
        call = self.incoming.get(channel)
        return call.record(known(event.text("Record-File-Path"), PATH_LIMIT), at) if call else []

    def _hung_up(self, event: Event, at: int) -> list[CallEvent]:
        channel, cause = event.text("Unique-ID"), known(event.text("Hangup-Cause"))
        if placed := self.placed.get(channel):
            if placed.picked_up is None:
                # One telephone of several; whether the seat was reached the job will tell.
                return []
            del self.placed[channel]
            return placed.end(cause, at)
        if call := self.incoming.pop(channel, None):
            call.stopped = cause == _SHUTTING_DOWN
            if how := event.variable("sip_hangup_disposition"):
                call.gave_up = how in _CALLER_HUNG_UP
            elif cause == _CANCELLED:
                call.gave_up = True
            return call.end(cause, at)
        leg = self.legs.pop(channel, None)
        return self._leg_gone(leg, channel, status(cause), at) if leg else []

    def _leg_gone(self, leg: Leg, channel: str, how: str, at: int) -> list[CallEvent]:
        if placed := self.placed.get(leg.root):
            return placed.customer_leg_ended(how, at)
        call = self.incoming.get(leg.root)
        # The queue itself tells that an agent did not answer; only of those it has forgotten,
        # because another one was quicker, it does not.
        if call is None or (leg.key != channel and not call.talking):
            return []
        return call.withdraw(leg.key, how, at)

    # Calls the console places

    def _job_done(self, event: Event, at: int) -> list[CallEvent]:
        """The seat picked up, or did not. A seat of several telephones has answered at one of
        them: the call goes on by that one's channel."""
        job = event.text("Job-UUID")
        placed = self.placed.get(job)
        if placed is None:
            return []
        outcome, _, rest = event.body.strip().partition(" ")
        if outcome == "+OK":
            if rest and rest != job:
                placed.root = rest
                self.placed[rest] = self.placed.pop(job)
            return placed.station_answered(at)
        del self.placed[job]
        reason = clean(rest, NAME_LIMIT)
        # A hang-up cause says that the telephone was called, anything else that it was not.
        return placed.end(reason, at) if _CAUSE.fullmatch(reason) else placed.refuse(reason, at)


def _joined(event: Event) -> tuple[str, str]:
    """The two channels an event about a bridge is about."""
    one = event.text("Bridge-A-Unique-ID") or event.text("Unique-ID")
    return one, event.text("Bridge-B-Unique-ID") or event.text("Other-Leg-Unique-ID")


def _party(event: Event) -> Party:
    return Party(
        number=event.text("Caller-Caller-ID-Number"),
        name=event.text("Caller-Caller-ID-Name"),
        withheld=event.text("Caller-Privacy-Hide-Number") == "true",
        exchange=event.text("FreeSWITCH-Switchname") or event.text("FreeSWITCH-Hostname"),
    )
