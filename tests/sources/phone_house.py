"""An installation with telephone lines, run as the worker runs them, and watched."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from console.desk import Desk
from console.domain.call import Call
from console.installation import open_desk
from console.sources.backoff import Backoff
from console.sources.line_client import Patience
from console.sources.line_source import live_kind
from console.sources.lines import Lines
from console.sources.live_source import LiveSource
from console.sources.phone_config import ExchangeSettings
from tests.sources.ami_server import AmiServer
from tests.sources.exchange_server import ExchangeServer, until

HASTE = Patience(connect=5.0, reply=5.0, ping=5.0)
Shown = tuple[str, tuple[str, ...], str]


def configure(
    data: Path,
    *ports: int,
    more: str = "",
    secret: str = "s3cret",
    about: str = AmiServer.about,
) -> None:
    """Write `phone.toml`: exchanges called hq, b1, b2 … on this machine."""
    text = ""
    for number, port in enumerate(ports):
        name = f"b{number}" if number else "hq"
        text += f'[[exchange]]\nname = "{name}"\nhost = "127.0.0.1"\nport = {port}\n'
        text += f'{about}secret = "{secret}"\n{more}\n'
    fresh = data / "phone.new"
    fresh.write_text(text, "utf-8")
    fresh.replace(data / "phone.toml")


class House:
    """Lines of a data directory and a desk beside them, as a seat has one."""

    def __init__(self, data: Path, clock: Callable[[], float] | None, patience: Patience) -> None:
        self.data = data
        self._clock = clock
        self._patience = patience
        self.sources: list[LiveSource] = []
        now = (lambda: int(clock())) if clock else None
        opened = (lambda: open_desk(data, now)) if now else (lambda: open_desk(data))
        self.desk: Desk = opened()
        self.lines = Lines(data, opened, make_source=self._source, sleep=_hasty)
        self.stop = asyncio.Event()

    def _source(self, settings: ExchangeSettings) -> LiveSource:
        clock = {"clock": self._clock} if self._clock else {}
        backoff = Backoff(0.001, 0.01)
        source = live_kind(settings)(settings, patience=self._patience, backoff=backoff, **clock)  # type: ignore[arg-type]
        self.sources.append(source)
        return source

    def heard(self) -> int:
        """Bytes read on the present connection of the newest line."""
        client = self.sources[-1]._client if self.sources else None  # type: ignore[attr-defined]
        return client.received if client else 0

    def calls(self) -> list[Call]:
        """Every call with its facts, in the order their first facts were written."""
        found = (self.desk.call(call.key) for call in self.desk.calls(500))
        return sorted(found, key=lambda call: call.facts[0].seq)

    def shown(self) -> list[Shown]:
        return [
            (call.state, tuple(station for _, station in call.answers), call.missed_reason)
            for call in self.calls()
        ]

    async def state(self, *states: str) -> None:
        """Wait until the lines are said to be in these states, in the order configured."""
        await until(lambda: tuple(s.state for s in self.lines.status()) == states, str(states))

    async def over(self, calls: int) -> None:
        """Wait until so many calls have been and gone."""
        await until(
            lambda: len(self.desk.calls(500)) == calls and not self.desk.live_calls(),
            f"{calls} calls being over",
        )


async def _hasty(seconds: float) -> None:
    """The lines look around far more often than in earnest."""
    await asyncio.sleep(seconds / 100)


@asynccontextmanager
async def house(
    data: Path, clock: Callable[[], float] | None = None, patience: Patience = HASTE
) -> AsyncIterator[House]:
    """Lines that run until the block ends."""
    made = House(data, clock, patience)
    running = asyncio.create_task(made.lines.run(made.stop))
    try:
        yield made
    finally:
        made.stop.set()
        await running
        made.desk.store.close()


@asynccontextmanager
async def connected(
    data: Path, server: ExchangeServer, patience: Patience = HASTE, more: str = ""
) -> AsyncIterator[House]:
    """Lines connected to one exchange whose time they live in."""
    configure(data, server.port, more=more, about=server.about)
    async with house(data, lambda: server.now, patience) as made:
        await until(lambda: server.synced, "the login")
        yield made
