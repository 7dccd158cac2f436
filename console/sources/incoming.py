"""A call somebody made to the hotline, from its first ring to its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from console.domain.call_events import CallEvent

OUTAGE = "outage"
STOPPED = "exchange stopped"

_WITHDRAWN = {"NOANSWER": "no_answer", "CANCEL": "cancelled", "BUSY": "busy"}


@dataclass(slots=True)
class IncomingCall:
    """State of one inbound call; every method returns the events it causes.

    `ringing` maps the channel ids of ringing telephones to their stations, `members` the
    stations to the names their queue knows them by. `session` is the connection the call
    was last heard of on.
    """

    call: str
    root: str
    session: int = 0
    queue: str = ""
    talking: str = ""
    recording: str = ""
    answered: bool = False
    offered: bool = False
    gave_up: bool = False
    timed_out: bool = False
    stopped: bool = False
    ringing: dict[str, str] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)

    def join(self, queue: str, at: int) -> list[CallEvent]:
        """The call waits in `queue`."""
        if queue == self.queue:
            return []
        self.queue = queue
        return [self._event("call_queued", at, queue=queue)]

    def leave(self) -> None:
        """The call left its queue; it may join the same one again."""
        self.queue = ""

    def offer(self, leg: str, station: str, at: int) -> list[CallEvent]:
        """The telephone of `station` begins to ring."""
        if leg in self.ringing:
            return []
        self.offered = True
        self.ringing[leg] = station
        member = self.members.get(station, "")
        return [self._event("call_offered", at, station=station, member=member)]

    def withdraw(self, leg: str, status: str, at: int) -> list[CallEvent]:
        """That telephone stops ringing. Reported once, however often the exchange does."""
        station = self.ringing.pop(leg, None)
        if station is None:
            return []
        reason = _WITHDRAWN.get(status, "failed")
        if reason == "cancelled" and self.talking:
            reason = "answered_elsewhere"
        return [self._event("call_withdrawn", at, station=station, reason=reason)]

    def answer(self, leg: str, station: str, at: int) -> list[CallEvent]:
        """`station` (empty when not told) picked up; the first time this makes the call an
        answered one."""
        self.ringing.pop(leg, None)
        if self.answered and station == self.talking:
            return []
        self.answered = True
        self.talking = station
        return [self._event("call_answered", at, station=station)]

    def unanswer(self, *, answered_before: bool) -> None:
        """Whoever picked up last was never joined to the caller, who may still be waiting."""
        self.answered = answered_before
        self.talking = ""

    def transfer(self, station: str, target: str, at: int) -> list[CallEvent]:
        """`station` hands the caller on to `target`; the next answer is the second one."""
        self.talking = ""
        return [self._event("call_transferred", at, station=station, to=target)]

    def record(self, path: str, at: int) -> list[CallEvent]:
        """The call is being recorded to `path`, on the exchange."""
        if not path or path == self.recording:
            return []
        self.recording = path
        return [self._event("call_recording", at, path=path)]

    def end(self, cause: str, at: int, *, reason: str = "") -> list[CallEvent]:
        """The caller's own channel is gone: the call is over, answered or missed.

        `reason` overrides the reason of a miss where the exchange could not tell it.
        """
        events: list[CallEvent] = []
        for leg in tuple(self.ringing):
            events += self.withdraw(leg, "CANCEL", at)
        if self.answered:
            final = STOPPED if self.stopped else cause
            return [*events, self._event("call_ended", at, cause=final)]
        return [*events, self._event("call_missed", at, reason=reason or self._miss())]

    def _miss(self) -> str:
        if self.stopped:
            return OUTAGE
        if self.gave_up:
            return "abandoned"
        # A telephone rung directly, until the dial plan gave up, was waited for as well.
        return "queue_timeout" if self.timed_out or self.offered else "never_offered"

    def _event(self, kind: str, at: int, **body: Any) -> CallEvent:
        return CallEvent(self.call, kind, at, body)
