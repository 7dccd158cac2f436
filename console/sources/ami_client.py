"""One connection to the manager interface (AMI) of an Asterisk exchange. It knows nothing
of calls."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import time
from collections.abc import Callable, Iterable, Mapping

from console.domain.cleantext import clean
from console.sources import ami_trouble as trouble
from console.sources.ami import AmiParser, Message
from console.sources.exchange import ACCEPTED
from console.sources.line_client import Address, LineClient, Patience
from console.sources.line_trouble import ConnectionLostError, LoginRefusedError

BANNER = b"Asterisk Call Manager/"
_BANNER_LIMIT = 256
_TEXT_LIMIT = 200
_LEAVING = "shutting down"


class AmiClient(LineClient):
    """Connects, logs in, and keeps asking whether the exchange is still there.

    `heard` gets each message from the accepted login on, with the instant it was read (UTC
    seconds).
    """

    def __init__(
        self,
        address: Address,
        heard: Callable[[Message, float], None],
        patience: Patience | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(address, patience, clock)
        self._heard = heard
        self._parser = AmiParser()
        self._numbers = itertools.count(1)
        self._asked: dict[str, asyncio.Future[Message]] = {}
        self._accepted = False

    @property
    def dropped(self) -> int:
        return self._parser.dropped

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

    async def ask(self, action: Mapping[str, str]) -> Message:
        """Send an action and wait for its response."""
        number = f"ask-{next(self._numbers)}"
        answer: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        try:
            self.send({**action, "ActionID": number})
            return await self._reply(answer)
        finally:
            self._asked.pop(number, None)

    def send(self, action: Mapping[str, str]) -> None:
        """Send an action without waiting. Raises ValueError for a value that would not stay
        inside its line: nobody may smuggle in an action of their own."""
        lines = [f"{key}: {value}" for key, value in action.items()]
        if any(character in line for line in lines for character in "\r\n\0"):
            raise ValueError(f"not one line: {action!r}")
        self._write("\r\n".join([*lines, "\r\n"]))

    async def _greet(self, reader: asyncio.StreamReader) -> int:
        """The first line; it stays in front of the first response."""
        first = b""
        while not first.endswith(b"\n"):
            piece = await reader.read(1)
            if not piece:
                raise self._closed()
            first += piece
            if not BANNER.startswith(first[: len(BANNER)]) or len(first) > _BANNER_LIMIT:
                raise trouble.stranger(self._address.host, self._address.port)
        self._parser.feed(first)
        return len(first)

    async def _ping(self) -> None:
        await self.ask({"Action": "Ping"})

    def _receive(self, data: bytes, now: float) -> None:
        for message in self._parser.feed(data):
            if "Response" in message:
                self._accepted = self._accepted or _is_acceptance(message)
                answer = self._asked.get(message.text("ActionID"))
                if answer is not None and not answer.done():
                    answer.set_result(message)
            if self._accepted:
                self._heard(message, now)

    def _unanswered(self) -> Iterable[asyncio.Future[Message]]:
        return self._asked.values()

    def _lost(self, error: Exception) -> ConnectionLostError:
        return trouble.lost(error, self._address.host, self._address.port)

    def _closed(self) -> ConnectionLostError:
        return trouble.closed(self._address.host, self._address.port)


def _is_acceptance(message: Message) -> bool:
    return message.text("Response") == "Success" and message.text("Message") == ACCEPTED
