"""A hosted exchange: it reports its calls to a small web server, for as long as somebody
listens to them.

A request is acknowledged when what it says is written down, and not before: an exchange
that hears nothing, or that it failed, tells it again, and what is told twice does no harm.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace

from console.desk.line_status import LineStatus
from console.domain.call import Call
from console.domain.call_events import CallEvent
from console.sources import webhook_trouble as trouble
from console.sources.backoff import Backoff
from console.sources.line_trouble import ConnectionLostError
from console.sources.webhook_calls import HostedCalls
from console.sources.webhook_config import WebhookSettings
from console.sources.webhook_event import KINDS, HookEvent
from console.sources.webhook_guard import Guard, HookRefusedError
from console.sources.webhook_server import HookPatience, HookServer, listening

LOOK_SECONDS = 1.0
"""How often calls nothing is heard of, and the certificate, are looked at."""

Written = asyncio.Future[None]
"""Resolved when every event before it has been taken."""


class WebhookSource:
    """The calls of one hosted exchange, a `Source`. `status` says how the line is.

    `clock` gives UTC seconds, `listen` a socket that listens where the settings say.
    Nothing listens before `events` is asked.
    """

    def __init__(
        self,
        settings: WebhookSettings,
        *,
        patience: HookPatience | None = None,
        backoff: Backoff | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        listen: Callable[[WebhookSettings], socket.socket] = listening,
    ) -> None:
        self.settings = settings
        self.status = LineStatus(settings.name, since=int(clock()))
        self._patience = patience
        self._backoff = backoff or Backoff()
        self._clock = clock
        self._sleep = sleep
        self._listen = listen
        self._guard = Guard(settings, clock)
        self._calls = HostedCalls(settings)
        self._events: asyncio.Queue[CallEvent | Written | None] = asyncio.Queue()
        self._moved = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def open_calls(self) -> tuple[str, ...]:
        """The calls that have not ended yet."""
        return self._calls.open_calls

    def recall(self, calls: Iterable[Call]) -> None:
        """Know again what was live when the process following it ended. What its exchange
        told meanwhile, and does not tell again, ends when its time has run out."""
        for call in calls:
            self._calls.recall(call, int(self._clock()))

    async def events(self) -> AsyncIterator[CallEvent]:
        """Call events until the line is closed."""
        running = self._task = asyncio.create_task(self._run())
        running.add_done_callback(lambda _: self._events.put_nowait(None))
        try:
            while (found := await self._events.get()) is not None:
                if isinstance(found, CallEvent):
                    yield found
                elif not found.done():
                    found.set_result(None)
            if not running.cancelled():
                await running
        finally:
            self.close()
            await asyncio.gather(running, return_exceptions=True)

    def close(self) -> None:
        """Stop listening; `events` ends once what was heard before has been taken."""
        if self._task is not None:
            self._task.cancel()

    # Listening

    async def _run(self) -> None:
        """Listen again and again, until cancelled."""
        while True:
            try:
                await self._session()
            except ConnectionLostError as error:
                self._deaf(error)
            except Exception as error:  # a fault of ours must not silence the line for good
                self._deaf(trouble.fault(error))
            else:
                continue
            await self._sleep(self._backoff.pause())
            self._tick()

    async def _session(self) -> None:
        """Listen until the certificate is replaced. Raises ConnectionLostError where that is
        impossible."""
        stamp = self._stamp()
        server = HookServer(self.settings, self._guard, self._heard, self._refused, self._patience)
        await server.open(*self._door())
        self._backoff.reset()
        self.status = self.status.entered("listening", int(self._clock()))
        try:
            while stamp == self._stamp():
                await self._sleep(LOOK_SECONDS)
                self._tick()
        finally:
            self._emit(self._calls.settle(int(self._clock())))
            await server.close()

    def _door(self) -> tuple[socket.socket, ssl.SSLContext | None]:
        try:
            tls = self.settings.tls()
        except OSError as error:
            raise trouble.uncertified(self.settings, error) from error
        try:
            return self._listen(self.settings), tls
        except OSError as error:
            raise trouble.deaf(self.settings, error) from error

    def _stamp(self) -> object:
        """What changes when the certificate is renewed."""
        stamps = []
        for path in (self.settings.cert_file, self.settings.key_file):
            with contextlib.suppress(OSError):
                stamps.append((path, os.stat(path).st_mtime_ns, os.stat(path).st_ino))
        return stamps

    # What is heard

    async def _heard(self, event: HookEvent) -> None:
        """Take an event, and return when it is safe."""
        self._emit(self._calls.hear(event, int(self._clock())))
        while self._calls.is_waiting(event.id):
            await self._moved.wait()
        written: Written = asyncio.get_running_loop().create_future()
        self._events.put_nowait(written)
        await written
        if event.kind in KINDS and self.status.problem is not None:
            self.status = replace(self.status, problem=None, remedy=None)

    def _tick(self) -> None:
        self._emit(self._calls.tick(int(self._clock())))

    def _emit(self, events: Iterable[CallEvent]) -> None:
        for event in events:
            self._events.put_nowait(event)
        self._moved.set()
        self._moved.clear()

    # How the line is

    def _refused(self, peer: str, refusal: HookRefusedError) -> None:
        if not refusal.counts:
            return
        problem, remedy = trouble.refused(peer, refusal)
        dropped = self.status.dropped + 1
        self.status = replace(self.status, dropped=dropped, problem=problem, remedy=remedy)

    def _deaf(self, error: ConnectionLostError) -> None:
        status = self.status.entered("down", int(self._clock()))
        self.status = replace(status, problem=error.message, remedy=error.remedy)
