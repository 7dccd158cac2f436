"""All telephone lines of an installation, in one event loop.

One process at a time runs them, for as long as it holds the lease. It starts a line when
it is configured, stops it when it no longer is, places the calls that seats ask for, and
keeps a small file that says how the lines are.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from console.config import ConfigError
from console.desk import Desk, StoreError
from console.desk.line_status import LEASE, LineStatus, write_status
from console.domain.call import Call
from console.domain.call_events import CallEvent
from console.domain.moments import zone_of
from console.sources import phone_config
from console.sources.line_settings import LineSettings
from console.sources.line_source import CallingSource, LineSource, source_of
from console.sources.line_trouble import LoginRefusedError
from console.sources.phone_template import FILE
from console.sources.scribe import Scribe

LOOK_SECONDS = 0.2
"""How often seats are asked whether they want a call placed."""

STATUS_SECONDS = 1.0
"""How often the configuration is looked at and the status is written."""

CLOSING_SECONDS = 5.0
"""How long a line that stops may take to write down what it has heard."""

STALE_REQUEST = 20
"""Seconds after which a call asked for is no longer placed: nobody expects it by then."""

MakeSource = Callable[[LineSettings], LineSource]


class Lines:
    """Runs every line of a data directory until told to stop. `sleep` waits seconds."""

    def __init__(
        self,
        directory: Path,
        open_desk: Callable[[], Desk],
        *,
        make_source: MakeSource = source_of,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._directory = directory
        self._make_source = make_source
        self._sleep = sleep
        self._scribe = Scribe(open_desk, self._store_trouble, sleep)
        self._running: dict[str, tuple[LineSource, asyncio.Task[None]]] = {}
        self._counts: dict[str, LineStatus] = {}
        self._configured: object = None
        self._misconfigured: LineStatus | None = None
        self._store_error: StoreError | None = None
        self._pulse = -1
        self._written: list[LineStatus] = []

    async def run(self, stop: asyncio.Event) -> None:
        """Wait for the lease, then run the lines; returns soon after `stop` is set."""
        await self._scribe.open()
        lease = self._scribe.desk.lease(LEASE)
        try:
            while not lease.take():
                if await self._stopped(stop, STATUS_SECONDS):
                    return
            await self._run(stop)
        finally:
            await self._stop_lines(list(self._running))
            self._scribe.close()
            lease.release()

    def status(self) -> list[LineStatus]:
        """How the lines are now."""
        found = [self._status_of(source) for source, _ in self._running.values()]
        return [*found, self._misconfigured] if self._misconfigured else found

    async def _run(self, stop: asyncio.Event) -> None:
        desk = self._scribe.desk
        for line in await self._scribe.ask(desk.lines):
            self._counts[line.name] = line
        looks = 0
        while True:
            if looks % round(STATUS_SECONDS / LOOK_SECONDS) == 0:
                await self._heed_configuration()
                self._write_status()
            await self._serve_requests()
            looks += 1
            if await self._stopped(stop, LOOK_SECONDS):
                return

    async def _stopped(self, stop: asyncio.Event, seconds: float) -> bool:
        """Wait a while, or until told to stop."""
        pause = asyncio.ensure_future(self._sleep(seconds))
        told = asyncio.ensure_future(stop.wait())
        await asyncio.wait({pause, told}, return_when=asyncio.FIRST_COMPLETED)
        for waiting in (pause, told):
            waiting.cancel()
        return stop.is_set()

    # Which lines there are

    async def _heed_configuration(self) -> None:
        """Start, stop and restart lines when their file has changed."""
        stamp = self._stamp()
        if stamp == self._configured:
            return
        self._configured = stamp
        desk = self._scribe.desk
        try:
            settings = phone_config.load(self._directory, desk.config.lines)
            self._misconfigured = None
        except ConfigError as error:
            # What runs goes on as it was configured before.
            status = LineStatus(FILE, problem=error.message, remedy=error.remedy)
            self._misconfigured = replace(status, state="misconfigured", since=desk.now())
            return
        wanted = {one.name: one for one in settings}
        changed = [
            name
            for name, (source, task) in self._running.items()
            if wanted.get(name) != source.settings or task.done()
        ]
        await self._stop_lines(changed)
        await self._start_lines([one for name, one in wanted.items() if name not in self._running])

    def _stamp(self) -> object:
        """What changes when the configuration, or a secret beside it, does."""
        stamps = []
        for path in sorted(self._directory.glob("phone*")):
            with contextlib.suppress(OSError):
                stat = path.stat()
                stamps.append((path.name, stat.st_mtime_ns, stat.st_size, stat.st_ino))
        return tuple(stamps)

    async def _start_lines(self, settings: Iterable[LineSettings]) -> None:
        live = await self._scribe.ask(self._live)
        for one in settings:
            source = self._make_source(one)
            source.recall(live)
            self._running[one.name] = (source, asyncio.create_task(self._follow(source)))

    async def _stop_lines(self, names: Iterable[str]) -> None:
        for name in names:
            source, task = self._running.pop(name)
            self._counts[name] = self._status_of(source)
            source.close()
            await asyncio.wait({task}, timeout=CLOSING_SECONDS)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _live(self) -> list[Call]:
        """Calls going on as far as the store knows, with their facts."""
        desk = self._scribe.desk
        return [desk.call(call.key) for call in desk.live_calls()]

    # What the lines report

    async def _follow(self, source: LineSource) -> None:
        """Take down what one line reports, until it is stopped or its login refused."""
        with contextlib.suppress(LoginRefusedError):  # the line's status says so
            async for event in source.events():
                await self._take_down(event, source)

    async def _take_down(self, event: CallEvent, source: LineSource) -> None:
        written = await self._scribe.write(event, source.settings)
        count = self._counts.get(source.settings.name, LineStatus(source.settings.name))
        day = datetime.fromtimestamp(event.at, zone_of(self._scribe.desk.config.zone))
        if count.day != day.date().isoformat():
            count = replace(count, day=day.date().isoformat(), calls=0)
        self._counts[source.settings.name] = replace(
            count,
            calls=count.calls + (event.kind in ("call_rang", "call_dialled")),
            last_event=event.at,
            unwritten=count.unwritten + (not written),
        )

    # What the seats ask for

    async def _serve_requests(self) -> None:
        """Place the calls that were asked for since the last look."""
        desk = self._scribe.desk
        pulse = await self._scribe.ask(desk.pulse)
        if pulse == self._pulse:
            return
        self._pulse = pulse
        for call in await self._scribe.ask(self._requested):
            source, _ = self._running.get(call.exchange, (None, None))
            late = desk.now() - call.rang_at > STALE_REQUEST
            if source is not None and call.key in source.open_calls:
                continue  # asked for before a restart: the exchange will tell
            up = source is not None and source.status.state == "up"
            if up and not late and isinstance(source, CallingSource):
                await self._place(call, source)
            else:
                await self._refuse(call)

    async def _refuse(self, call: Call) -> None:
        """Nobody was dialled, and nobody will be."""
        now = self._scribe.desk.now()
        for event in (
            CallEvent(call.key, "call_not_reached", now, {"reason": "failed"}),
            CallEvent(call.key, "call_ended", now, {"cause": "line down"}),
        ):
            await self._scribe.write(event)

    def _requested(self) -> list[Call]:
        desk = self._scribe.desk
        live = [call for call in desk.live_calls() if call.state == "requested"]
        return [desk.call(call.key) for call in live]

    async def _place(self, call: Call, source: CallingSource) -> None:
        station = str(call.facts[0].body.get("station", ""))
        for event in source.place(call.key, call.received, station):
            await self._take_down(event, source)
        source.originate(call.key, call.received, station, inside=call.inside)

    # How the lines are

    def _store_trouble(self, error: StoreError | None) -> None:
        self._store_error = error

    def _status_of(self, source: LineSource) -> LineStatus:
        count = self._counts.get(source.settings.name, LineStatus(source.settings.name))
        status = replace(
            source.status,
            day=count.day,
            calls=count.calls,
            last_event=count.last_event,
            unwritten=count.unwritten,
        )
        if self._store_error is None:
            return status
        return replace(status, problem=self._store_error.message, remedy=self._store_error.remedy)

    def _write_status(self) -> None:
        """Say how the lines are, when that has changed. A full disk stops no line."""
        now = self.status()
        if now != self._written:
            with contextlib.suppress(OSError):
                write_status(self._directory, now)
                self._written = now
