"""One connection to the manager interface (AMI) of an Asterisk exchange.

The client reads in a task of its own and hands every message on at once, because an
exchange cuts off who stalls. It knows nothing of calls.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.domain.cleantext import clean
from console.sources import ami_trouble as trouble
from console.sources.ami import AmiParser, Message
from console.sources.exchange import ACCEPTED, LoginRefusedError

BANNER = b"Asterisk Call Manager/"
_BANNER_LIMIT = 256
_READ = 64 * 1024
_TEXT_LIMIT = 200
_LEAVING = "shutting down"


@dataclass(frozen=True, slots=True)
class Address:
    """Where an exchange listens. `tls` None is plain TCP; `server_name` is the name its
    certificate is made out to where that differs from `host`."""

    host: str
    port: int = 5038
    tls: ssl.SSLContext | None = None
    server_name: str = ""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait: for a connection, for the answer to an action, between two pings."""

    connect: float = 10.0
    reply: float = 10.0
    ping: float = 15.0


class AmiClient:
    """Connects, logs in, and keeps asking whether the exchange is still there.

    `heard` gets each message from the accepted login on, with the instant it was read (UTC
    seconds). `received` counts bytes. Every method raises ConnectionLostError when there is
    no connection any more.
    """

    def __init__(
        self,
        address: Address,
        heard: Callable[[Message, float], None],
        patience: Patience | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._address = address
        self._heard = heard
        self._patience = patience or Patience()
        self._clock = clock
        self._parser = AmiParser()
        self._numbers = itertools.count(1)
        self._asked: dict[str, asyncio.Future[Message]] = {}
        self.received = 0
        self._accepted = False
        self._reading: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    @property
    def dropped(self) -> int:
        """Messages thrown away because they were longer than any the exchange sends."""
        return self._parser.dropped

    async def open(self) -> None:
        """Connect and wait for the banner."""
        host, port = self._address.host, self._address.port
        tls = self._address.tls
        name = (self._address.server_name or host) if tls else None
        try:
            async with asyncio.timeout(self._patience.connect):
                reader, self._writer = await asyncio.open_connection(
                    host, port, ssl=tls, server_hostname=name
                )
                banner = await self._banner(reader)
        except (OSError, UnicodeError) as error:
            raise trouble.lost(error, host, port) from error
        self._parser.feed(banner)
        self.received = len(banner)
        self._reading = asyncio.create_task(self._read(reader))

    async def login(self, user: str, secret: str) -> None:
        """Log in, with the secret hashed where the exchange offers it.

        Raises LoginRefusedError with the exchange's words when it does not let us in.
        """
        offer = await self.ask({"Action": "Challenge", "AuthType": "MD5"})
        login = {"Action": "Login", "Username": user, "Events": "on"}
        if challenge := offer.text("Challenge"):
            key = hashlib.md5(f"{challenge}{secret}".encode(), usedforsecurity=False)
            login |= {"AuthType": "MD5", "Key": key.hexdigest()}
        else:
            login |= {"Secret": secret}
        answer = await self.ask(login)
        if not _is_acceptance(answer):
            reason = clean(answer.text("Message"), _TEXT_LIMIT)
            if _LEAVING in reason.lower():
                raise trouble.shutting_down(self._address.host, self._address.port)
            raise LoginRefusedError(reason or "no reason given")

    async def serve(self) -> None:
        """Stay until the connection is lost, then raise ConnectionLostError."""
        reading = self._reading
        if reading is None:
            raise trouble.closed(self._address.host, self._address.port)
        while not reading.done():
            await asyncio.wait({reading}, timeout=self._patience.ping)
            if not reading.done():
                await self.ask({"Action": "Ping"})
        await reading

    async def ask(self, action: Mapping[str, str]) -> Message:
        """Send an action and wait for its response."""
        number = f"ask-{next(self._numbers)}"
        answer = asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        try:
            self.send({**action, "ActionID": number})
            async with asyncio.timeout(self._patience.reply):
                found: Message = await answer
        except TimeoutError:
            raise trouble.silent(self._patience.reply) from None
        finally:
            self._asked.pop(number, None)
        return found

    def send(self, action: Mapping[str, str]) -> None:
        """Send an action without waiting. Raises ValueError for a value that would not stay
        inside its line: nobody may smuggle in an action of their own."""
        lines = [f"{key}: {value}" for key, value in action.items()]
        if any(character in line for line in lines for character in "\r\n\0"):
            raise ValueError(f"not one line: {action!r}")
        if self._writer is None or self._writer.is_closing():
            raise trouble.closed(self._address.host, self._address.port)
        self._writer.write("\r\n".join([*lines, "\r\n"]).encode())

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

    async def _banner(self, reader: asyncio.StreamReader) -> bytes:
        """The first line; it stays in front of the first response."""
        first = b""
        while not first.endswith(b"\n"):
            piece = await reader.read(1)
            if not piece:
                raise trouble.closed(self._address.host, self._address.port)
            first += piece
            if not BANNER.startswith(first[: len(BANNER)]) or len(first) > _BANNER_LIMIT:
                raise trouble.stranger(self._address.host, self._address.port)
        return first

    async def _read(self, reader: asyncio.StreamReader) -> None:
        failure: Exception = trouble.closed(self._address.host, self._address.port)
        try:
            while data := await reader.read(_READ):
                now = self._clock()
                self.received += len(data)
                for message in self._parser.feed(data):
                    self._take(message, now)
        except OSError as error:
            failure = trouble.lost(error, self._address.host, self._address.port)
        finally:
            for answer in self._asked.values():
                if not answer.done():
                    answer.set_exception(failure)
        raise failure

    def _take(self, message: Message, now: float) -> None:
        if "Response" in message:
            self._accepted = self._accepted or _is_acceptance(message)
            answer = self._asked.get(message.text("ActionID"))
            if answer is not None and not answer.done():
                answer.set_result(message)
        if self._accepted:
            self._heard(message, now)


def _is_acceptance(message: Message) -> bool:
    return message.text("Response") == "Success" and message.text("Message") == ACCEPTED
