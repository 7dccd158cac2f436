"""A hotline that lives by itself: invented callers ring, wait, give up, call again.

For demonstrations and for trying out a plugin. It speaks the same events as an exchange
and listens: a call answered or hung up by an operator goes on from there. The same seed
with the same clock gives the same day.
"""

from __future__ import annotations

import asyncio
import heapq
import random
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from console.domain.call_events import CallEvent
from console.sources.callers import Caller, Callers

DEFAULT_STATIONS = ("8001", "8002", "8003")

_COLLEAGUES = {"8011": "陈静", "8012": "周航"}
_LINES = {"4008001234": "support", "075555509501": "sales"}
_LONGEST_NAP = 0.1  # seconds until an operator's act is noticed
_BETWEEN_CALLS = 45.0  # seconds, on average
_MOST_AT_ONCE = 6


@dataclass(slots=True)
class _Call:
    id: str
    caller: Caller
    did: str
    ringing: list[str] = field(default_factory=list)
    station: str = ""
    over: bool = False


class Simulator:
    """A simulated hotline, a `Source`.

    `stations` are the seats' telephones it rings, beside those of two invented colleagues
    who take some calls themselves. `speed` shortens every wait. `clock` gives UTC seconds.
    """

    def __init__(
        self,
        seed: int = 1,
        *,
        stations: tuple[str, ...] = DEFAULT_STATIONS,
        speed: float = 1.0,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        if speed <= 0:
            raise ValueError(f"speed must be positive: {speed}")
        self._random = random.Random(seed)
        self._callers = Callers(self._random)
        self._stations = stations
        self._speed = speed
        self._clock = clock
        self._sleep = sleep
        self._calls: dict[str, _Call] = {}
        self._agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._told: deque[CallEvent] = deque()
        self._planned = 0
        self._rung = 0
        self._day = int(clock())

    async def events(self) -> AsyncIterator[CallEvent]:
        """Call events for ever; the first call comes within seconds."""
        self._later(2.0, self._next_caller)
        while True:
            while self._agenda and self._agenda[0][0] <= self._clock():
                heapq.heappop(self._agenda)[2]()
            while self._told:
                yield self._told.popleft()
            wait = self._agenda[0][0] - self._clock()
            await self._sleep(min(max(wait, 0.0), _LONGEST_NAP))

    def answer(self, call: str, station: str) -> bool:
        """`station` picks up `call`. False when it is over or answered already."""
        known = self._calls.get(call)
        if known is None or known.station:
            return False
        for other in known.ringing:
            if other != station:
                self._tell(known, "call_withdrawn", station=other, reason="answered_elsewhere")
        known.ringing.clear()
        known.station = station
        self._tell(known, "call_answered", station=station)
        if self._random.random() < 0.5:
            self._tell(known, "call_recording", path=f"demo/{known.id}.wav")
        self._later(self._random.uniform(60, 300), lambda: self._end(known, "Normal Clearing"))
        return True

    def hang_up(self, call: str) -> bool:
        """The operator ends `call`. False when it is over already or was never answered."""
        known = self._calls.get(call)
        if known is None or not known.station:
            return False
        self._end(known, "Normal Clearing")
        return True

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        self._planned += 1
        due = self._clock() + seconds / self._speed
        heapq.heappush(self._agenda, (due, self._planned, act))

    def _tell(self, call: _Call, kind: str, **body: Any) -> None:
        self._told.append(CallEvent(call.id, kind, int(self._clock()), body))

    def _next_caller(self) -> None:
        self._later(self._random.expovariate(1 / _BETWEEN_CALLS) + 3.0, self._next_caller)
        if len(self._calls) < _MOST_AT_ONCE:
            self._ring(self._callers.next())

    def _ring(self, caller: Caller) -> None:
        self._rung += 1
        did = self._random.choices(list(_LINES), weights=(4, 1))[0]
        call = _Call(f"demo-{self._day}.{self._rung}", caller, did)
        self._calls[call.id] = call
        self._tell(
            call,
            "call_rang",
            number=caller.number,
            name=caller.name,
            did=did,
            exchange="demo",
            direction="in",
            withheld=caller.withheld,
        )
        self._later(1.0, lambda: self._queue(call))

    def _queue(self, call: _Call) -> None:
        if not self._waits(call):
            return
        self._tell(call, "call_queued", queue=_LINES[call.did])
        self._later(1.0, lambda: self._offer(call))
        fate = self._random.random()
        if fate < 0.2:
            colleague = self._random.choice(list(_COLLEAGUES))
            self._later(self._random.uniform(5, 15), lambda: self._take(call, colleague))
        elif fate < 0.4:
            self._later(self._random.uniform(8, 40), lambda: self._give_up(call, "abandoned"))
        else:
            self._later(90.0, lambda: self._give_up(call, "queue_timeout"))

    def _offer(self, call: _Call) -> None:
        if not self._waits(call):
            return
        busy = {other.station for other in self._calls.values()}
        for station in (*self._stations, *_COLLEAGUES):
            if station not in busy:
                call.ringing.append(station)
                member = _COLLEAGUES.get(station, "")
                self._tell(call, "call_offered", station=station, member=member)

    def _take(self, call: _Call, colleague: str) -> None:
        """A colleague answers, unless on the telephone by now; then the caller waits on."""
        if colleague in call.ringing:
            self.answer(call.id, colleague)
        elif self._waits(call):
            self._later(60.0, lambda: self._give_up(call, "abandoned"))

    def _give_up(self, call: _Call, reason: str) -> None:
        if not self._waits(call):
            return
        for station in call.ringing:
            self._tell(call, "call_withdrawn", station=station, reason="cancelled")
        call.over = True
        del self._calls[call.id]
        self._tell(call, "call_missed", reason=reason)
        if self._random.random() < 0.6:
            self._later(self._random.uniform(60, 180), lambda: self._ring(call.caller))

    def _end(self, call: _Call, cause: str) -> None:
        if call.over:
            return
        call.over = True
        del self._calls[call.id]
        self._tell(call, "call_ended", cause=cause)

    def _waits(self, call: _Call) -> bool:
        return not call.over and not call.station
