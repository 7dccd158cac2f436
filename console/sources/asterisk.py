"""A live Asterisk exchange: connected for as long as somebody listens to its calls.

The exchange is followed in the task that reads from it, so that it is never kept waiting;
call events queue up for whoever listens. A lost connection is made again with growing
pauses, and the resynchronisation after it tells what became of every call meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace

from console.desk.line_status import LineStatus
from console.domain.call import Call
from console.domain.call_events import CallEvent
from console.domain.words import M
from console.sources import ami_trouble as trouble
from console.sources.ami import Message
from console.sources.ami_client import AmiClient, Patience
from console.sources.backoff import Backoff
from console.sources.channels import NAME_LIMIT
from console.sources.exchange import RESYNC, Exchange, LoginRefusedError
from console.sources.outgoing import PlacedCall
from console.sources.phone_config import ExchangeSettings, own_prefix

LONGEST_RING = 300
"""Seconds out of reach after which nobody can be ringing any more."""

RING_SECONDS = 25
"""How long a seat's telephone rings when it is to place a call."""


class AsteriskSource:
    """The calls of one exchange, a `Source`. `status` says how the line is.

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
        self._exchange = Exchange(settings.exchange)
        self._events: asyncio.Queue[CallEvent | None] = asyncio.Queue()
        self._client: AmiClient | None = None
        self._task: asyncio.Task[None] | None = None
        self._dropped = 0
        self._connected = False

    @property
    def open_calls(self) -> tuple[str, ...]:
        """The calls that have not ended yet."""
        return self._exchange.open_calls

    def recall(self, calls: Iterable[Call]) -> None:
        """Know again what was live when the process following it ended: whatever of it is
        over by then ends with the first resynchronisation."""
        for call in calls:
            if call.key.startswith(own_prefix(self.settings.name)):
                self._exchange.recall_placed(_placed(call))
            elif call.direction == "in" and call.key.startswith(f"{self.settings.name}:"):
                self._exchange.recall(call.key, answered=call.state == "answered")

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
        return self._exchange.place(call, number, station, int(self._clock()))

    def originate(self, call: str, number: str, station: str) -> None:
        """Place an announced call: the seat's telephone rings, then the customer's."""
        settings = self.settings
        try:
            self._must_be_up().send(
                {
                    "Action": "Originate",
                    "ActionID": call,
                    "ChannelId": call,
                    "OtherChannelId": f"{call}-b",
                    "Channel": settings.station_channel.format(station=station),
                    "Context": settings.dial_context,
                    "Exten": f"{settings.dial_prefix}{number}",
                    "Priority": "1",
                    "Timeout": str(RING_SECONDS * 1000),
                    "CallerID": settings.caller_id or number,
                    "Async": "true",
                }
            )
        except (trouble.ConnectionLostError, ValueError):
            self._emit(self._exchange.refuse(call, "line down", int(self._clock())))

    def _must_be_up(self) -> AmiClient:
        if self._client is None or self.status.state != "up":
            raise trouble.closed(self.settings.host, self.settings.port)
        return self._client

    # Being connected

    async def _run(self) -> None:
        """Connect again and again. Raises LoginRefusedError."""
        while True:
            try:
                await self._session()
            except LoginRefusedError as refused:
                self._refused(str(refused))
                raise
            except trouble.ConnectionLostError as error:
                self._lost(error)
            except Exception as error:  # a fault of ours must not silence the line for good
                self._lost(trouble.lost(error, self.settings.host, self.settings.port))
            await self._sleep(self._backoff.pause())

    async def _session(self) -> None:
        """One connection, from the first byte to its loss."""
        try:
            address = self.settings.address()
        except OSError as error:
            raise trouble.unreadable(self.settings.ca_file, error) from error
        client = AmiClient(address, self._heard, self._patience, self._clock)
        self._client = client
        try:
            await client.open()
            await client.login(self.settings.user, self.settings.secret)
            await client.serve()
        finally:
            self._client = None
            self._dropped += client.dropped
            await client.close()
            self._emit(self._exchange.disconnected())

    def _heard(self, message: Message, at: float) -> None:
        if self.status.state != "up":
            self._up(int(at))
        if message.text("Response") == "Error" and message.text("ActionID").startswith(RESYNC):
            self._tell_of_rights()
        self._emit(self._exchange.feed(message, at))
        client = self._client
        if client is not None:
            self._count(self._dropped + client.dropped)
            for action in self._exchange.actions():
                client.send(action)

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

    def _count(self, dropped: int) -> None:
        if dropped != self.status.dropped:
            self.status = replace(self.status, dropped=dropped)

    def _lost(self, error: trouble.ConnectionLostError) -> None:
        now = int(self._clock())
        self.status = replace(
            self.status.entered("down", now), problem=error.message, remedy=error.remedy
        )
        if now - self.status.since >= LONGEST_RING:
            self._emit(self._exchange.give_up(now))

    def _refused(self, reason: str) -> None:
        now = int(self._clock())
        problem, remedy = trouble.refused(self.settings.user, reason)
        self.status = replace(self.status.entered("refused", now), problem=problem, remedy=remedy)
        self._emit(self._exchange.give_up(now))

    def _tell_of_rights(self) -> None:
        self.status = replace(
            self.status,
            problem=M(
                "The user “{user}” may not ask what is up on the exchange.",
                user=self.settings.user,
            ),
            remedy=trouble.RIGHTS,
        )


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
