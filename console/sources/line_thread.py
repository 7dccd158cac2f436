"""The telephone lines beside something else that keeps a thread busy."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from console.sources.lines import Lines


class LineThread:
    """Runs lines in a thread of their own. A fault that ends them is handed to `failed`."""

    def __init__(self, make: Callable[[], Lines], failed: Callable[[BaseException], None]) -> None:
        self._make = make
        self._failed = failed
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lines-loop")

    def start(self) -> None:
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """Stop the lines and wait until what they reported is written."""
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._lines())
        except BaseException as error:
            self._failed(error)
        finally:
            self._ready.set()

    async def _lines(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._ready.set()
        await self._make().run(self._stop)
