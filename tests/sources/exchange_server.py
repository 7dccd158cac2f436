"""An exchange for tests, whatever it speaks: real TCP, cut and killed at will."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Self

PATIENCE = 20.0
"""Seconds within which whatever a test waits for has to happen."""


async def until(condition: Callable[[], object], what: str = "the condition") -> None:
    """Wait for something to become true, looking each time the loop comes round."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while not condition():
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"{what} never came true")
        await asyncio.sleep(0.001)


@dataclass(eq=False)
class Session:
    """One connection, as the exchange sees it: it `hears` events, and is `synced` once it has
    been told what is up."""

    writer: asyncio.StreamWriter
    logged_in: bool = False
    hears: bool = False
    synced: bool = False
    challenge: str = "220627219"
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass
class ExchangeServer:
    """`step` is the size of each write (0: all at once), `sent` counts the bytes of the newest
    connection, `now` is the exchange's own time; `deaf` answers nothing at all any more."""

    about: ClassVar[str] = ""
    """What `phone.toml` has to say of such an exchange."""

    deaf: bool = False
    step: int = 0
    tls: ssl.SSLContext | None = None
    port: int = 0
    now: float = 1_795_320_000.0
    sessions: set[Session] = field(default_factory=set)
    connections: int = 0
    sent: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        await self.listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.vanish()

    async def listen(self) -> None:
        """Begin, or begin again at the same port."""
        self._server = await asyncio.start_server(
            self._accept, "127.0.0.1", self.port, ssl=self.tls, start_serving=True
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def vanish(self) -> None:
        """Cut every connection and listen no more."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.cut()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self) -> None:
        """Cut every connection, as a broken network does."""
        for session in list(self.sessions):
            session.writer.transport.abort()
        self.sessions.clear()

    @property
    def synced(self) -> bool:
        """Whether a console is logged in and has been told what is up."""
        return any(session.synced for session in self.sessions)

    async def flush(self) -> None:
        """Wait until everything is on its way."""
        for session in list(self.sessions):
            if not session.writer.is_closing():
                await session.writer.drain()

    async def serve(self, session: Session, reader: asyncio.StreamReader) -> None:
        """Talk to a connection until it ends."""
        raise NotImplementedError

    async def broadcast(self, data: bytes) -> None:
        for session in list(self.sessions):
            if session.hears:
                await self.write(session, data)

    async def write(self, session: Session, data: bytes) -> None:
        self.sent += len(data)
        async with session.turn:
            for start in range(0, len(data), self.step or len(data) or 1):
                if session.writer.is_closing():
                    return
                session.writer.write(data[start : start + (self.step or len(data))])
                if self.step:
                    await asyncio.sleep(0)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        session = Session(writer)
        self.sessions.add(session)
        self.connections += 1
        self.sent = 0
        try:
            await self.serve(session, reader)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self.sessions.discard(session)
            self._tasks.discard(task)
            writer.close()
