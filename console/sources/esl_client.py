"""One connection to the event socket (ESL) of a FreeSWITCH exchange, in inbound mode. It
knows nothing of calls.

The exchange answers commands one after the other and names none of them in its answers:
whoever asked first is answered first.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable

from console.domain.cleantext import clean
from console.sources import esl_trouble as trouble
from console.sources.esl import EslParser, Event, Frame, decoded
from console.sources.line_client import READ, Address, LineClient, Patience
from console.sources.line_trouble import ConnectionLostError, KeptOutError, LoginRefusedError

_FIRST = b"Content-"
_TEXT_LIMIT = 200
ACCEPTED = "+OK"


class EslClient(LineClient):
    """Connects, logs in, and keeps asking whether the exchange is still there.

    `heard` gets each event, with the instant it was read (UTC seconds).
    """

    def __init__(
        self,
        address: Address,
        heard: Callable[[Event, float], None],
        patience: Patience | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(address, patience, clock)
        self._heard = heard
        self._parser = EslParser()
        self._asked: deque[asyncio.Future[bytes]] = deque()

    @property
    def dropped(self) -> int:
        return self._parser.dropped

    async def login(self, user: str, secret: str) -> None:
        """Log in: as `user` (`name@domain` of the directory), or without one by the password
        of the socket itself.

        Raises LoginRefusedError with the exchange's words when it does not let us in.
        """
        answer = await self.ask(f"userauth {user}:{secret}" if user else f"auth {secret}")
        if not answer.startswith(ACCEPTED):
            reason = clean(answer, _TEXT_LIMIT).removeprefix("-ERR ")
            raise LoginRefusedError(reason or "no reason given")

    async def subscribe(self, *events: str) -> None:
        """Ask to be told of events. Raises ConnectionLostError when that is not granted:
        without them there is nothing to stay connected for."""
        answer = await self.ask(f"event plain {' '.join(events)}")
        if not answer.startswith(ACCEPTED):
            raise trouble.unsubscribed(answer)

    async def api(self, command: str) -> bytes:
        """The answer to an API command, as it came: what is in it may be of any encoding."""
        return await self._reply(self._send(f"api {command}"))

    async def apis(self, commands: Iterable[str]) -> list[bytes]:
        """The answers to several API commands, asked without waiting in between."""
        return await asyncio.gather(*(self.api(command) for command in commands))

    def background(self, command: str, job: str) -> asyncio.Future[bytes]:
        """Have an API command carried out without waiting for it. -> the answer to come:
        whether it will be; how it went is the BACKGROUND_JOB event whose Job-UUID is `job`."""
        return self._send(f"bgapi {command}", f"Job-UUID: {job}")

    async def ask(self, command: str) -> str:
        """Send a command and wait for its answer."""
        return decoded(await self._reply(self._send(command)))

    def _send(self, *lines: str) -> asyncio.Future[bytes]:
        """Send the lines of one command. Raises ValueError for one that would not stay a
        line: nobody may smuggle in a command of their own."""
        if any(character in line for line in lines for character in "\r\n\0"):
            raise ValueError(f"not one line: {lines!r}")
        self._write("\n".join([*lines, "\n"]))
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        # An answer nobody waits for any more comes all the same, and takes its turn.
        self._asked.append(answer)
        return answer

    async def _greet(self, reader: asyncio.StreamReader) -> int:
        """The request to log in, or the word that this machine is none to talk to."""
        read, frames = 0, list[Frame]()
        first = b""
        while not frames and not self._parser.broken:
            data = await reader.read(READ)
            if not data:
                raise self._closed()
            read += len(data)
            first = (first + data)[: len(_FIRST)]
            if not _FIRST.startswith(first):
                raise self._stranger()
            frames = self._parser.feed(data)
        for frame in frames:
            self._greeted(frame)
        if self._parser.broken:
            raise self._stranger()
        return read

    def _greeted(self, frame: Frame) -> None:
        if frame.kind == "text/rude-rejection":
            reason = clean(decoded(frame.body), _TEXT_LIMIT).rstrip(".!")
            raise KeptOutError(reason or "no reason given")
        if frame.kind != "auth/request":
            raise self._closed() if frame.kind == "text/disconnect-notice" else self._stranger()

    async def _ping(self) -> None:
        await self.api("uptime")

    def _receive(self, data: bytes, now: float) -> None:
        for frame in self._parser.feed(data):
            self._take(frame, now)
        if self._parser.broken:
            raise self._stranger()

    def _take(self, frame: Frame, now: float) -> None:
        if frame.kind == "text/event-plain":
            if frame.body:
                self._heard(Event(frame.body), now)
        elif frame.kind in ("command/reply", "api/response"):
            answer = self._asked.popleft() if self._asked else None
            if answer is not None and not answer.done():
                answer.set_result(frame.body or frame.reply.encode())
        elif frame.kind == "text/disconnect-notice":
            raise self._closed()

    def _unanswered(self) -> Iterable[asyncio.Future[bytes]]:
        return self._asked

    def _lost(self, error: Exception) -> ConnectionLostError:
        return trouble.lost(error, self._address.host, self._address.port)

    def _closed(self) -> ConnectionLostError:
        return trouble.closed(self._address.host, self._address.port)

    def _stranger(self) -> ConnectionLostError:
        return trouble.stranger(self._address.host, self._address.port)
