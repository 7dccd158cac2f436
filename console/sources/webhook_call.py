"""One call as a hosted exchange tells of it: in any order, more than once, or in part."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field

from console.domain.call_events import CallEvent
from console.sources.incoming import OUTAGE, IncomingCall
from console.sources.outgoing import PlacedCall
from console.sources.webhook_event import HookEvent

ESTABLISHED = frozenset({"normalClearing", ""})
"""Causes that say, or do not deny, that somebody had answered."""

FORWARDED = "forwarded"
_MISSES = {
    "noAnswer": "queue_timeout",
    "busy": "never_offered",
    "congestion": "never_offered",
    "notFound": "never_offered",
}
_OUTCOMES = {"busy": "BUSY", "noAnswer": "NOANSWER", "cancel": "CANCEL"}
_FAILED = "CONGESTION"


@dataclass(slots=True)
class HostedCall(ABC):
    """A call between its first event and its end; instants are UTC seconds.

    `heard_at` is when something was heard of it last, `since` when it rang or was answered
    last, `begun` whether anybody was told of it yet. `hangup` is its end, at `hung_up_at`,
    which waits until `settle_at` for what it may have overtaken. `told` are the stations said
    to have answered at `told_at`, the latest such instant.
    """

    key: str
    heard_at: int
    since: int
    begun: bool = False
    hangup: HookEvent | None = None
    hung_up_at: int = 0
    settle_at: int = 0
    recording: str = ""
    told_at: int = 0
    told: set[str] = field(default_factory=set)

    @property
    @abstractmethod
    def answered(self) -> bool:
        """Whether somebody has picked up."""

    @abstractmethod
    def begin(self, at: int) -> list[CallEvent]:
        """It is there, since `at`."""

    @abstractmethod
    def ring(self, stations: Iterable[tuple[str, str]], queue: str, at: int) -> list[CallEvent]:
        """Telephones ring for it: (station, name of who sits there)."""

    @abstractmethod
    def pick_up(self, station: str, at: int) -> list[CallEvent]:
        """`station` answers; after another one has, the call was handed on."""

    @abstractmethod
    def end(self, cause: str, at: int) -> list[CallEvent]:
        """It is over, for this cause."""

    @abstractmethod
    def give_up(self, at: int) -> list[CallEvent]:
        """Nothing was heard of it for longer than any call of its kind lasts."""

    def record(self, path: str, at: int) -> list[CallEvent]:
        """It was recorded, there."""
        if not path or path == self.recording:
            return []
        self.recording = path
        return [CallEvent(self.key, "call_recording", at, {"path": path})]

    def is_old(self, station: str, at: int | None) -> bool:
        """Whether an answer has been told before, or is older than the latest one."""
        if at is None:
            return False
        if at > self.told_at:
            self.told_at, self.told = at, set()
        if at < self.told_at or station in self.told:
            return True
        self.told.add(station)
        return False


@dataclass(slots=True)
class HostedIncoming(HostedCall):
    """A call somebody makes to the hotline. `rang` tells of its beginning."""

    call: IncomingCall = field(kw_only=True)
    rang: CallEvent = field(kw_only=True)

    @property
    def answered(self) -> bool:
        return self.call.answered

    def begin(self, at: int) -> list[CallEvent]:
        self.begun = True
        return [CallEvent(self.key, "call_rang", at, self.rang.body)]

    def ring(self, stations: Iterable[tuple[str, str]], queue: str, at: int) -> list[CallEvent]:
        if self.answered:
            return []
        events = self.call.join(queue, at) if queue else []
        for station, member in stations:
            self.call.members[station] = member
            events += self.call.offer(station, station, at)
        return events

    def pick_up(self, station: str, at: int) -> list[CallEvent]:
        before, events = self.call.talking, []
        if self.answered and (not station or station == before):
            return []
        if self.answered:
            events += self.call.transfer(before, station, at)
        events += self.call.answer(station, station, at)
        for leg in tuple(self.call.ringing):
            events += self.call.withdraw(leg, "CANCEL", at)
        return events

    def end(self, cause: str, at: int) -> list[CallEvent]:
        events: list[CallEvent] = []
        if cause == FORWARDED and not self.answered:
            # Somebody elsewhere has it now: no seat answered, and nobody is owed a call.
            events += self.call.transfer("", "", at)
            self.call.answered = True
        return [*events, *self.call.end(cause, at, reason=_MISSES.get(cause, "abandoned"))]

    def give_up(self, at: int) -> list[CallEvent]:
        return self.call.end(OUTAGE, at, reason=OUTAGE)


@dataclass(slots=True)
class HostedOutgoing(HostedCall):
    """A call made from one of the hotline's telephones."""

    call: PlacedCall = field(kw_only=True)

    @property
    def answered(self) -> bool:
        return self.call.reached

    def begin(self, at: int) -> list[CallEvent]:
        self.begun = True
        self.call.at = at
        return self.call.announce(self.call.number)

    def ring(self, stations: Iterable[tuple[str, str]], queue: str, at: int) -> list[CallEvent]:
        return []

    def pick_up(self, station: str, at: int) -> list[CallEvent]:
        return self.call.customer_leg_ended("ANSWER", at)

    def end(self, cause: str, at: int) -> list[CallEvent]:
        self.call.customer_leg_ended(_OUTCOMES.get(cause, _FAILED), at)
        return self.call.end(cause, at)

    def give_up(self, at: int) -> list[CallEvent]:
        return self.end(OUTAGE, at)
