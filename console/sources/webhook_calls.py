"""The calls of a hosted exchange, moved on by what it posts: a pure state machine.

Events may come late, twice, in the wrong order, or not at all. What became of a call
follows from which of its events came, not from their order: any `answer` makes it an
answered one; without one a hang-up makes it missed. No socket and no clock: the caller
passes each event with the instant it came, and asks `tick` what has run out since.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass

from console.domain.call import Call
from console.domain.call_events import CallEvent
from console.domain.numbers import is_withheld, understand
from console.sources.incoming import IncomingCall
from console.sources.outgoing import PlacedCall
from console.sources.webhook_call import ESTABLISHED, HostedCall, HostedIncoming, HostedOutgoing
from console.sources.webhook_config import WebhookSettings
from console.sources.webhook_event import ANSWER, HANGUP, KINDS, NEW, HookEvent

SETTLE = 3
"""Seconds an end waits for the answer, or the beginning, it may have overtaken."""

LATEST = 7 * 24 * 3600
"""Seconds after which what happened is no longer believed to be told of only now."""

REUSED = 6 * 3600
"""Seconds after which the id of a call that is over stands for another one: no exchange
says for that long that a call has begun."""

_REMEMBERED = 10_000
_UNHEARD = "no hang-up heard"


@dataclass(slots=True)
class _Over:
    """A call that has ended, and when."""

    key: str
    at: int
    recording: str


class HostedCalls:
    """Every call of one exchange that has not ended, by the exchange's own id."""

    def __init__(self, settings: WebhookSettings) -> None:
        self._settings = settings
        self._calls: dict[str, HostedCall] = {}
        self._over: OrderedDict[str, _Over] = OrderedDict()
        self._dids = {self._e164(number): number for number in settings.dids}

    @property
    def open_calls(self) -> tuple[str, ...]:
        """The keys of the calls that have not ended yet."""
        return tuple(call.key for call in self._calls.values())

    def is_waiting(self, call: str) -> bool:
        """Whether the end of a call is known but not yet told."""
        found = self._calls.get(call)
        return found is not None and found.hangup is not None

    def recall(self, call: Call, now: int) -> None:
        """Know a call again that was live when the process following it ended."""
        prefix = f"{self._settings.name}:"
        if not call.key.startswith(prefix):
            return
        known = call.key.removeprefix(prefix).partition("~")[0]
        self._calls[known] = _recalled(call, now)

    def hear(self, event: HookEvent, now: int) -> list[CallEvent]:
        """What an event that came at `now` (UTC seconds) means; of one that is already known,
        or of no use here, nothing."""
        if event.kind not in KINDS:
            return []
        at = event.at if event.at is not None and now - LATEST <= event.at < now else now
        call, over = self._calls.get(event.id), self._over.get(event.id)
        again = over is not None and event.kind == NEW and at - over.at > REUSED
        if call is None and over is not None and not again:
            return _recorded_late(over, event, at)
        if call is None and not self._is_ours(event):
            return []
        if call is None:
            key = f"{self._settings.name}:{event.id}" + (f"~{at}" if again else "")
            call = self._calls[event.id] = self._new(key, event, at, now)
        call.heard_at = now
        return self._moved(call, event, at) + self._ended(event.id, call, now)

    def tick(self, now: int) -> list[CallEvent]:
        """What has run out by `now`: ends nothing came after, calls nothing is heard of."""
        return [
            event
            for known, call in tuple(self._calls.items())
            for event in self._ended(known, call, now) or self._expired(known, call, now)
        ]

    def settle(self, now: int) -> list[CallEvent]:
        """Wait no longer: end every call whose end is known."""
        for call in self._calls.values():
            call.settle_at = now
        return self.tick(now)

    def _moved(self, call: HostedCall, event: HookEvent, at: int) -> list[CallEvent]:
        """What an event changes in a call, its end aside."""
        events: list[CallEvent] = []
        if event.kind == HANGUP:
            self._hung_up(call, event, at)
        elif not call.begun:
            call.since = at
            events += call.begin(at)
        at = max(at, call.since)
        if event.kind == NEW:
            rings = [(self._seat(user) or user, user) for user in event.users]
            events += call.ring(rings, event.queue, at)
        if event.kind == ANSWER and not call.is_old(self._answering(event), event.at):
            call.since = at
            events += call.pick_up(self._answering(event), at)
        if call.begun:
            events += call.record(event.recording, at)
        return events

    def _hung_up(self, call: HostedCall, event: HookEvent, at: int) -> None:
        """Take note of the end; wait where an answer, or the whole call, is still unheard of.

        Many exchanges report any end as an established one: their word alone settles nothing.
        """
        if call.hangup is not None:
            return
        certain = call.answered or (call.begun and event.cause not in ESTABLISHED)
        told = event.answering and event.cause in ESTABLISHED and call.begun
        call.hangup, call.hung_up_at = event, at
        call.settle_at = call.heard_at + (0 if certain or told else SETTLE)

    def _ended(self, known: str, call: HostedCall, now: int) -> list[CallEvent]:
        """The end of a call, once nothing is waited for any more."""
        event = call.hangup
        if event is None or (now < call.settle_at and not call.answered):
            return []
        at, heard = max(call.hung_up_at, call.since), call.begun
        events = [] if heard else call.begin(at)
        if event.answering and event.cause in ESTABLISHED and not call.answered:
            events += call.pick_up(self._answering(event), at)
        events += call.record(event.recording, at)
        unclear = not heard and not call.answered and event.cause in ESTABLISHED
        events += call.give_up(at) if unclear else call.end(event.cause, at)
        self._forget(known, call, at)
        return events

    def _expired(self, known: str, call: HostedCall, now: int) -> list[CallEvent]:
        """The end of a call whose end the exchange never told."""
        limit = self._settings.talk_limit if call.answered else self._settings.ring_limit
        due = call.since + limit
        if call.hangup is not None or now < max(due, call.heard_at + SETTLE):
            return []
        self._forget(known, call, due)
        return call.end(_UNHEARD, due) if call.answered else call.give_up(due)

    def _forget(self, known: str, call: HostedCall, at: int) -> None:
        del self._calls[known]
        self._over[known] = _Over(call.key, at, call.recording)
        self._over.move_to_end(known)
        if len(self._over) > _REMEMBERED:
            self._over.popitem(last=False)

    # What the words of the exchange stand for

    def _new(self, key: str, event: HookEvent, at: int, now: int) -> HostedCall:
        if event.outgoing:
            station = self._answering(event)
            placed = PlacedCall(key, key, at, number=event.called, station=station)
            return HostedOutgoing(key, now, at, call=placed)
        body = {
            "number": event.number,
            "name": "",
            "did": self._did(event.called),
            "exchange": self._settings.name,
            "direction": "in",
            "withheld": is_withheld(event.number),
        }
        rang = CallEvent(key, "call_rang", at, body)
        return HostedIncoming(key, now, at, call=IncomingCall(key, key), rang=rang)

    def _is_ours(self, event: HookEvent) -> bool:
        """Whether the number called is one of the hotline's, as far as it is told."""
        dids, called = self._settings.dids, event.called
        return event.outgoing or not dids or not called or self._did(called) in dids

    def _did(self, called: str) -> str:
        """The number called, written the way the configuration does where it is the same."""
        return called if called in self._settings.dids else self._dids.get(
            self._e164(called), called
        )  # fmt: skip

    def _e164(self, number: str) -> str:
        return understand(number, area_code=self._settings.area_code).e164 or number

    def _answering(self, event: HookEvent) -> str:
        """The seat that answers, or that calls out: the number told, else the user."""
        told = (event.answering, *event.users)
        seats = (self._seat(name) for name in told if name)
        return next((seat for seat in seats if seat), next((one for one in told if one), ""))

    def _seat(self, name: str) -> str:
        """The extension behind a user or number; empty when it is no seat's."""
        if name in self._settings.seats:
            return self._settings.seats[name]
        found = re.fullmatch(self._settings.station_pattern, name)
        return found.group("station") if found else ""


def _recorded_late(over: _Over, event: HookEvent, at: int) -> list[CallEvent]:
    """Recordings are often there only after the call."""
    if not event.recording or event.recording == over.recording:
        return []
    over.recording = event.recording
    return [CallEvent(over.key, "call_recording", at, {"path": event.recording})]


def _recalled(call: Call, now: int) -> HostedCall:
    """A call as the store knows it."""
    station = call.answers[-1][1] if call.answers else ""
    if call.direction == "out":
        placed = PlacedCall(
            call.key,
            call.key,
            call.rang_at,
            number=call.received,
            announced=True,
            reached=call.state == "answered",
        )
        return HostedOutgoing(call.key, now, call.since, begun=True, call=placed)
    incoming = IncomingCall(
        call.key,
        call.key,
        talking=station if call.state == "answered" else "",
        answered=call.state == "answered",
        ringing={one: one for one in call.stations},
    )
    rang = CallEvent(call.key, "call_rang", call.rang_at)
    found = HostedIncoming(call.key, now, call.since, begun=True, call=incoming, rang=rang)
    found.recording = call.recording
    if call.answers:
        found.told_at, found.told = call.answers[-1][0], {station}
    return found
