"""A FreeSWITCH line without a network: the source itself, an exchange that answers it at once,
and a connection that can be cut between any two events."""

from __future__ import annotations

import contextlib
from collections.abc import Coroutine, Iterable
from functools import cache
from typing import Any

from console.domain.call_events import CallEvent
from console.sources.esl import EslParser, Event
from console.sources.esl_client import EslClient
from console.sources.freeswitch import FreeswitchSource
from console.sources.phone_config import ExchangeSettings
from tests.sources.fake_freeswitch import FakeFreeswitch, event_frame
from tests.sources.freeswitch_events import Fields

NOW = 1_800_000_000
SETTINGS = ExchangeSettings("hq", "h", "", "x", kind="freeswitch", trunk_contexts=("public",))


@cache
def _read(fields: tuple[tuple[str, str | bytes], ...]) -> Event:
    """An event as it is read."""
    [frame] = EslParser().feed(event_frame(dict(fields)))
    return Event(frame.body)


class Answers(EslClient):
    """A connection on which every question is answered at once."""

    def __init__(self, server: FakeFreeswitch) -> None:
        self.server = server

    async def api(self, command: str) -> bytes:
        name, _, rest = command.partition(" ")
        return self.server.answer(name, rest)

    async def apis(self, commands: Iterable[str]) -> list[bytes]:
        return [await self.api(command) for command in commands]


def run(asking: Coroutine[Any, Any, None]) -> None:
    """Carry out what waits for nothing: it needs no event loop."""
    with contextlib.suppress(StopIteration):
        asking.send(None)
        raise AssertionError("it waits for something")


class FreeswitchLine:
    """One second passes with each event."""

    def __init__(self, settings: ExchangeSettings = SETTINGS) -> None:
        self.now = NOW
        self.connected = True
        self.server = FakeFreeswitch()
        self.source = FreeswitchSource(settings, clock=lambda: self.now)
        self.board = self.source._board

    def hears(self, *events: Fields | Iterable[Fields]) -> list[CallEvent]:
        """What happens, heard or not, and what is made of it."""
        for event in events:
            for fields in [event] if isinstance(event, dict) else event:
                self.now += 1
                self.server.model.apply(fields, self.now)
                if self.connected:
                    self.source._heard(_read(tuple(fields.items())), self.now)
        return self.told()

    def cut(self) -> list[CallEvent]:
        self.source._emit(self.board.disconnected())
        self.connected = False
        return self.told()

    def connect(self) -> None:
        """Events are told again from here on, and held back."""
        self.board.connected()
        self.connected = True

    def settle(self) -> list[CallEvent]:
        """What is up has been asked and told."""
        run(self.source._resynchronise(Answers(self.server)))
        return self.told()

    def told(self) -> list[CallEvent]:
        queue = self.source._events
        return [event for _ in range(queue.qsize()) if (event := queue.get_nowait())]
