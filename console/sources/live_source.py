"""A live exchange: connected for as long as somebody listens to its calls.

The exchange is followed in the task that reads from it, so that it is never kept waiting;
call events queue up for whoever listens. A lost connection is made again with growing
pauses, and the resynchronisation after it tells what became of every call meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Protocol

from console.desk.line_status import LineStatus
from console.domain.call import Call
from console.domain.call_events import CallEvent
from console.domain.words import Message
from console.sources.backoff import Backoff
from console.sources.channels import NAME_LIMIT
from console.sources.line_client import LineClient, Patience
from console.sources.line_trouble import ConnectionLostError, LoginRefusedError
from console.sources.outgoing import PlacedCall, is_dialable
from console.sources.phone_config import ExchangeSettings, own_prefix

LONGEST_RING = 300
"""Seconds out of reach after which nobody can be ringing any more."""

RING_SECONDS = 25
"""How long a seat's telephone rings when it is to place a call."""


class Followed(Protocol):
    """The calls of an exchange over all its connections: a pure state machine."""

    @property
    def open_calls(self) -> tuple[str, ...]:
        """The calls that have not ended yet."""
        ...

    def disconnected(self) -> list[CallEvent]:
        """The connection is lost. Calls stay open: the next one tells what became of them."""
        ...

    def give_up(self, at: int) -> list[CallEvent]:
        """The exchange is out of reach for so long that nobody can be ringing any more."""
        ...

    def recall(self, call: str, *, answered: bool) -> None:
        """Know an inbound call again that was open when the process following it ended."""
        ...

    def recall_placed(self, placed: PlacedCall) -> None:
        """Know a placed call again that was not over when its process ended."""
        ...

    def place(self, call: str, number: str, station: str, at: int) -> list[CallEvent]:
        """Announce a call about to be placed."""
        ...

    def refuse(self, call: str, cause: str, at: int) -> list[CallEvent]:
        """An announced call could not even be asked for."""
        ...


class LiveSource(ABC):
    """The calls of one exchange, a `CallingSource`. `status` says how the line is.

    `clock` gives UTC seconds. Nothing is asked of the exchange before `events` is.
    """

    def __init__(
        self,
        settings: ExchangeSettings,
        *,
        patience: Patience | None = None,
        backoff: Backoff | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.settings = settings
        self.status = LineStatus(settings.name, since=int(clock()))
        self._patience = patience
        self._backoff = backoff or Backoff()
        self._clock = clock
        self._sleep = sleep
        self._events: asyncio.Queue[CallEvent | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._dropped = 0
        self._connected = False

    @property
    def open_calls(self) -> tuple[str, ...]:
        """The calls that have not ended yet."""
        return self._followed.open_calls

    def recall(self, calls: Iterable[Call]) -> None:
        """Know again what was live when the process following it ended: whatever of it is
        over by then ends with the first resynchronisation."""
        for call in calls:
            if call.key.startswith(own_prefix(self.settings.name)):
                self._followed.recall_placed(_placed(call))
            elif call.direction == "in" and call.key.startswith(f"{self.settings.name}:"):
                self._followed.recall(call.key, answered=call.state == "answered")

    async def events(self) -> AsyncIterator[CallEvent]:
        """Call events until the line is closed, or its login refused: then
        LoginRefusedError, after the events that came before it."""
        running = self._task = asyncio.create_task(self._run())
        running.add_done_callback(lambda _: self._events.put_nowait(None))
        try:
            while (event := await self._events.get()) is not None:
                yield event
            if not running.cancelled():
                await running
        finally:
            self.close()
            await asyncio.gather(running, return_exceptions=True)

    def close(self) -> None:
        """Hang up; `events` ends once what was heard before has been taken."""
        if self._task is not None:
            self._task.cancel()

    # Calls the console places

    def place(self, call: str, number: str, station: str) -> list[CallEvent]:
        """Announce a call from `station` to `number` (digits). Its events are to be written
        down before `originate`: a call is never placed that nobody would know of."""
        return self._followed.place(call, number, station, int(self._clock()))

    def originate(self, call: str, number: str, station: str, *, inside: bool = False) -> None:
        """Place an announced call: the seat's telephone rings, then the customer's, or an own
        one where `number` is one `inside` the exchange."""
        try:
            if self.status.state != "up" or not (is_dialable(number) and is_dialable(station)):
                raise ValueError(number)
            prefix = "" if inside else self.settings.dial_prefix
            self._originate(call, number, station, prefix)
        except (ConnectionLostError, ValueError):
            self._emit(self._followed.refuse(call, "line down", int(self._clock())))

    # What each kind of exchange does in its own way

    @property
    @abstractmethod
    def _followed(self) -> Followed:
        """What follows the calls."""

    @abstractmethod
    async def _session(self) -> None:
        """One connection, from the first byte to its loss. Raises ConnectionLostError, and
        LoginRefusedError."""

    @abstractmethod
    def _originate(self, call: str, number: str, station: str, prefix: str) -> None:
        """Ask the exchange for an announced call; `prefix` gets a line to the outside. Raises
        ConnectionLostError, and ValueError for what must not be asked for."""

    @abstractmethod
    def _trouble(self, error: Exception) -> ConnectionLostError:
        """What an unexpected error means."""

    @abstractmethod
    def _refusal(self, refused: LoginRefusedError) -> tuple[Message, Message]:
        """A refused login in words, and what to do about it."""

    # Being connected

    async def _run(self) -> None:
        """Connect again and again. Raises LoginRefusedError."""
        while True:
            try:
                await self._session()
            except LoginRefusedError as refused:
                self._refused(refused)
                raise
            except ConnectionLostError as error:
                self._lost(error)
            except Exception as error:  # a fault of ours must not silence the line for good
                self._lost(self._trouble(error))
            await self._sleep(self._backoff.pause())

    async def _hang_up(self, client: LineClient) -> None:
        """End one connection. Calls stay open: the next one tells what became of them."""
        self._dropped += client.dropped
        await client.close()
        self._emit(self._followed.disconnected())

    def _emit(self, events: Iterable[CallEvent]) -> None:
        for event in events:
            self._events.put_nowait(event)

    # How the line is

    def _up(self, at: int) -> None:
        self._backoff.reset()
        again = int(self._connected)
        self._connected = True
        self.status = replace(
            self.status.entered("up", at), reconnects=self.status.reconnects + again
        )

    def _count(self, client: LineClient) -> None:
        """Keep up with the messages that were too long to be read."""
        dropped = self._dropped + client.dropped
        if dropped != self.status.dropped:
            self.status = replace(self.status, dropped=dropped)

    def _lost(self, error: ConnectionLostError) -> None:
        now = int(self._clock())
        self.status = replace(
            self.status.entered("down", now), problem=error.message, remedy=error.remedy
        )
        if now - self.status.since >= LONGEST_RING:
            self._emit(self._followed.give_up(now))

    def _refused(self, refused: LoginRefusedError) -> None:
        now = int(self._clock())
        problem, remedy = self._refusal(refused)
        self.status = replace(self.status.entered("refused", now), problem=problem, remedy=remedy)
        self._emit(self._followed.give_up(now))

    def _warn(self, problem: Message, remedy: Message) -> None:
        """The line is up, but something is wrong with it."""
        self.status = replace(self.status, problem=problem, remedy=remedy)


def _placed(call: Call) -> PlacedCall:
    """A placed call as the store knows it."""
    asked = call.state == "requested"
    picked_up = next((f.at for f in call.facts if f.kind == "call_station_answered"), None)
    station = str(call.facts[0].body.get("station", "")) if call.facts else ""
    return PlacedCall(
        call.key,
        call.key,
        call.since,
        number=call.received[:NAME_LIMIT],
        station=station,
        announced=not asked,
        picked_up=picked_up,
        reached=call.outcome == "reached",
    )
