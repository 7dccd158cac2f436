"""A connection to an exchange, whatever it speaks: opened, kept alive, read, closed.

It is read in a task of its own and everything is handed on at once, because an exchange
cuts off who stalls.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from console.sources import line_trouble
from console.sources.line_trouble import ConnectionLostError

READ = 64 * 1024
"""Bytes taken from the network at a time."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an exchange listens. `tls` None is plain TCP; `server_name` is the name its
    certificate is made out to where that differs from `host`."""

    host: str
    port: int
    tls: ssl.SSLContext | None = None
    server_name: str = ""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait: for a connection, for the answer to an action, between two pings."""

    connect: float = 10.0
    reply: float = 10.0
    ping: float = 15.0


class LineClient(ABC):
    """Connects and keeps asking whether the exchange is still there.

    `received` counts bytes. Every method raises ConnectionLostError when there is no
    connection any more. `clock` gives UTC seconds.
    """

    def __init__(
        self,
        address: Address,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.received = 0
        self._address = address
        self._patience = patience or Patience()
        self._clock = clock
        self._reading: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    @property
    @abstractmethod
    def dropped(self) -> int:
        """Messages thrown away because they were longer than any the exchange sends."""

    async def open(self) -> None:
        """Connect and wait for what a connection begins with."""
        host, port, tls = self._address.host, self._address.port, self._address.tls
        name = (self._address.server_name or host) if tls else None
        try:
            async with asyncio.timeout(self._patience.connect):
                reader, self._writer = await asyncio.open_connection(
                    host, port, ssl=tls, server_hostname=name
                )
                self.received = await self._greet(reader)
        except (OSError, UnicodeError) as error:
            raise self._lost(error) from error
        self._reading = asyncio.create_task(self._read(reader))

    @abstractmethod
    async def login(self, user: str, secret: str) -> None:
        """Say who we are. Raises LoginRefusedError with the exchange's words when it does not
        let us in."""

    async def serve(self) -> None:
        """Stay until the connection is lost, then raise ConnectionLostError."""
        reading = self._reading
        if reading is None:
            raise self._closed()
        while not reading.done():
            await asyncio.wait({reading}, timeout=self._patience.ping)
            if not reading.done():
                await self._ping()
        await reading

    async def close(self) -> None:
        """Hang up. Never raises, and may be called twice."""
        if self._reading is not None:
            self._reading.cancel()
            # Whatever ended it has been said by `serve`, or is of no interest any more.
            await asyncio.gather(self._reading, return_exceptions=True)
        if self._writer is not None:
            self._writer.close()
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(1.0):
                    await self._writer.wait_closed()

    # What each protocol does in its own way

    @abstractmethod
    async def _greet(self, reader: asyncio.StreamReader) -> int:
        """Read what a connection begins with. -> bytes read"""

    @abstractmethod
    async def _ping(self) -> None:
        """Ask something that costs the exchange nothing, and wait for the answer."""

    @abstractmethod
    def _receive(self, data: bytes, now: float) -> None:
        """Understand and hand on what was read at `now`."""

    @abstractmethod
    def _unanswered(self) -> Iterable[asyncio.Future[Any]]:
        """Whatever somebody still waits for."""

    @abstractmethod
    def _lost(self, error: Exception) -> ConnectionLostError:
        """What an error of the network means."""

    @abstractmethod
    def _closed(self) -> ConnectionLostError:
        """What it means that the exchange hung up."""

    # What they share

    def _write(self, text: str) -> None:
        if self._writer is None or self._writer.is_closing():
            raise self._closed()
        self._writer.write(text.encode())

    async def _reply(self, answer: asyncio.Future[T]) -> T:
        """Wait for an answer as long as patience allows."""
        try:
            async with asyncio.timeout(self._patience.reply):
                return await answer
        except TimeoutError:
            raise line_trouble.silent(self._patience.reply) from None

    async def _read(self, reader: asyncio.StreamReader) -> None:
        failure: Exception = self._closed()
        try:
            while data := await reader.read(READ):
                self.received += len(data)
                self._receive(data, self._clock())
        except (OSError, ConnectionLostError) as error:
            failure = self._lost(error)
        finally:
            for answer in self._unanswered():
                if not answer.done():
                    answer.set_exception(failure)
        raise failure
