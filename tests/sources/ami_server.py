"""An exchange for tests: speaks the manager interface over real TCP.

It plays recorded events to whoever is logged in, goes on while nobody is, and answers the
actions a console sends from what those events said is up, or with recorded answers.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from console.sources.ami import AmiParser, Message
from tests.sources.captures import recording
from tests.sources.exchange_server import ExchangeServer, Session, until
from tests.sources.switch_model import LISTS, SwitchModel

END = b"\r\n\r\n"
GREETING = b"Asterisk Call Manager/11.0.0\r\n"


def block(fields: dict[str, str]) -> bytes:
    return "\r\n".join(f"{key}: {value}" for key, value in fields.items()).encode() + END


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a recording: when, its bytes, and what they say; or a mark."""

    at: float
    data: bytes
    message: Message
    mark: str = ""


def events_of(key: str) -> list[Told]:
    """The events of a recording without greetings, responses and answers to questions.
    Calls placed by whoever recorded them become calls placed by the exchange `hq` here."""
    found: list[Told] = []
    buffer = b""
    for read in recording(key).reads:
        if read.mark:
            buffer = b""
            found.append(Told(read.at, b"", Message(""), read.mark))
        *blocks, buffer = (buffer + read.data).split(END)
        blocks = [one.replace(b"console-cb", b"console-hq-cb") for one in blocks]
        found += (told for one in blocks for told in _event(read.at, one + END))
    return found


def _event(at: float, data: bytes) -> Iterator[Told]:
    for message in AmiParser().feed(data):
        kind = message.text("Event")
        if kind and kind not in LISTS and "EventList" not in message:
            yield Told(at, data, message)


def answers_of(key: str) -> dict[str, list[bytes]]:
    """The lists a recording holds as answers: by action, without their ActionID."""
    wanted = {"Status": "Status", "QueueEntry": "QueueStatus"}
    found: dict[str, list[bytes]] = {}
    for one in b"".join(read.data for read in recording(key).reads).split(END):
        for message in AmiParser().feed(one + END):
            action = wanted.get(message.text("Event"))
            if action:
                lines = [line for line in one.split(b"\r\n") if not line.startswith(b"ActionID")]
                found.setdefault(action, []).append(b"\r\n".join(lines) + END)
    return found


@dataclass
class AmiServer(ExchangeServer):
    """`Login` succeeds with `user` and `secret`. Switches to try a console's patience:

    `hashed` offers MD5, `drops_logins` hangs up on one, `denied` are actions the user may not
    use, `banner` is what a connection begins with.
    """

    about: ClassVar[str] = 'user = "console"\n'

    user: str = "console"
    secret: str = "s3cret"
    hashed: bool = True
    drops_logins: bool = False
    denied: frozenset[str] = frozenset()
    banner: bytes = GREETING
    started: str = "04:16:27"
    asked: list[Message] = field(default_factory=list)
    model: SwitchModel = field(default_factory=SwitchModel)
    answers: dict[str, list[bytes]] = field(default_factory=dict)
    on_originate: Callable[[Message], Iterable[dict[str, str]]] = lambda _: ()

    def count(self, action: str) -> int:
        """How often an action was asked for."""
        return sum(message.text("Action") == action for message in self.asked)

    # Playing

    async def tell(self, *events: dict[str, str] | Told | bytes) -> None:
        """Send events to everybody logged in; without a listener they happen all the same."""
        for event in events:
            if isinstance(event, bytes):
                await self.broadcast(event)
                continue
            told = event if isinstance(event, Told) else _told(self.now, event)
            self.now = max(self.now, told.at)
            self.model.apply(told.message)
            await self.broadcast(told.data)

    async def play(self, key: str, heard: Callable[[], int] | None = None) -> None:
        """A whole recording. With `heard`, the bytes the console has read, each event waits
        until the ones before it were heard, so that they keep the instants recorded; else
        they come as fast as they can be sent."""
        if "CONNECT" in {told.mark for told in events_of(key)}:
            self.answers = answers_of(key)
        for told in events_of(key):
            if heard is not None:
                await until(lambda: heard() >= self.sent, "everything being heard")
            self.now = max(self.now, told.at)
            if told.mark in ("CLOSE", "DROP", "EOF"):
                await self.flush()
                self.cut()
            elif told.mark == "CONNECT":
                await until(lambda: self.synced, "the console coming back")
            else:
                await self.tell(told)
        await self.flush()

    # Answering

    async def serve(self, session: Session, reader: asyncio.StreamReader) -> None:
        parser = AmiParser()
        await self.write(session, self.banner)
        while data := await reader.read(4096):
            for message in parser.feed(data):
                self.asked.append(message)
                if not self.deaf:
                    await self._answer(session, message)

    async def _answer(self, session: Session, asked: Message) -> None:
        action, number = asked.text("Action"), asked.text("ActionID")
        answer: dict[str, str] = {"Response": "Success", "ActionID": number}
        if action in self.denied or (
            not session.logged_in and action not in ("Login", "Challenge")
        ):
            answer |= {"Response": "Error", "Message": "Permission denied"}
        elif action == "Challenge":
            offered = {"Challenge": session.challenge}
            refused = {"Response": "Error", "Message": "Must specify AuthType"}
            answer |= offered if self.hashed else refused
        elif action == "Login":
            if self.drops_logins:
                session.writer.transport.abort()
                return
            answer |= self._login(session, asked)
        elif action == "CoreStatus":
            answer |= {"CoreStartupDate": "2026-11-22", "CoreStartupTime": self.started}
        elif action == "Originate" and "Channel" not in asked:
            answer |= {"Response": "Error", "Message": "Channel not specified"}
        elif action == "Getvar":
            answer |= {"Variable": asked.text("Variable"), "Value": ""}
        elif action == "Status":
            answer |= {"EventList": "start", "Message": "Channel status will follow"}
        await self.write(session, block(answer))
        await self._follow_up(session, action, asked, answer["Response"] == "Success")

    async def _follow_up(
        self, session: Session, action: str, asked: Message, granted: bool
    ) -> None:
        """The lists some answers are followed by."""
        if action == "Status" and granted:
            rows = self.answers.get(action) or [block(row) for row in self.model.status()]
            await self.write(session, b"".join([*rows, block({"Event": "StatusComplete"})]))
        elif action == "QueueStatus" and granted:
            rows = self.answers.get(action) or [block(row) for row in self.model.queues()]
            await self.write(session, b"".join([*rows, block({"Event": "QueueStatusComplete"})]))
            session.synced = True
        elif action == "Originate" and granted:
            await self.tell(*self.on_originate(asked))

    def _login(self, session: Session, asked: Message) -> dict[str, str]:
        hashed = hashlib.md5(f"{session.challenge}{self.secret}".encode()).hexdigest()
        known = asked.text("Key") == hashed if self.hashed else asked.text("Secret") == self.secret
        if not known or asked.text("Username") != self.user:
            return {"Response": "Error", "Message": "Authentication failed"}
        session.logged_in = session.hears = True
        return {"Message": "Authentication accepted"}


def _told(at: float, fields: dict[str, str]) -> Told:
    data = block(fields)
    return Told(at, data, AmiParser().feed(data)[0])
