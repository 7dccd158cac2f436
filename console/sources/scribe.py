"""Taking down what the lines report: in order, off the event loop, and nothing lost.

The desk belongs to one thread here. What cannot be written because the disk is full or the
store is busy waits, and everything after it; what the store will never take is counted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, ParamSpec, TypeVar

from console.desk import Desk, StoreError
from console.domain.call_events import CallEvent
from console.sources.line_settings import LineSettings
from console.sources.place import place
from console.sources.recorder import enriched

AGAIN_SECONDS = 1.0
"""How long to wait before a store that refused is asked again."""

_SOMEWHERE = "+8675555550000"

P = ParamSpec("P")
R = TypeVar("R")


class Scribe:
    """Writes events through a desk opened in a thread of its own.

    `trouble` is told what the store refuses with, None once it works again.
    """

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        trouble: Callable[[StoreError | None], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._open_desk = open_desk
        self._trouble = trouble
        self._sleep = sleep
        self._thread = ThreadPoolExecutor(1, "lines")
        self._turn = asyncio.Lock()
        self.desk: Desk

    async def open(self) -> None:
        """Open the desk. Raises what opening one raises."""
        self.desk = await self._call(self._open_desk)
        # The tables of places take half a second to load: not while the first caller waits.
        await self._call(place, _SOMEWHERE)

    async def ask(self, question: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The answer to a question put to the desk, in its thread."""
        return await self._call(question, *args, **kwargs)

    async def write(self, event: CallEvent, settings: LineSettings | None = None) -> bool:
        """Take one event down, however long that takes. -> False for one that never can be.

        `settings` are those of the exchange it came from.
        """
        async with self._turn:
            told = False
            while True:
                try:
                    await self._call(self._report, event, settings)
                except StoreError as error:
                    told = True
                    self._trouble(error)
                    await self._sleep(AGAIN_SECONDS)
                except Exception:
                    return False
                else:
                    if told:
                        self._trouble(None)
                    return True

    def close(self) -> None:
        """Finish what is being written, and close the desk."""
        if hasattr(self, "desk"):
            self._thread.submit(self.desk.store.close)
        self._thread.shutdown()

    async def _call(self, act: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: act(*args, **kwargs))

    def _report(self, event: CallEvent, settings: LineSettings | None) -> None:
        if settings is None:
            self.desk.report(event)
            return
        zone = self.desk.config.zone
        area_code = settings.area_code or self.desk.config.area_code
        self.desk.report(enriched(_configured(event, settings, zone), area_code))


def _configured(event: CallEvent, settings: LineSettings, zone: str) -> CallEvent:
    """The event with what the configuration knows of the number called."""
    if event.kind == "call_dialled":
        return replace(event, body={**event.body, "exchange": settings.name})
    if event.kind != "call_rang":
        return event
    body = dict(event.body)
    if did := settings.dids.get(str(body.get("did", ""))):
        body |= {"line": did.line, "greeting": did.greeting}
    if not settings.hours.open_at(event.at, zone):
        body["closed"] = True
    return replace(event, body=body)
