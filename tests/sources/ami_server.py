"""An exchange for tests: speaks the manager interface over real TCP.

It plays recorded events to whoever is logged in, goes on while nobody is, and answers the
actions a console sends from what those events said is up, or with recorded answers.
"""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from console.sources.ami import AmiParser, Message
from tests.sources.captures import recording
from tests.sources.switch_model import LISTS, SwitchModel

END = b"\r\n\r\n"
GREETING = b"Asterisk Call Manager/11.0.0\r\n"
PATIENCE = 20.0
"""Seconds within which whatever a test waits for has to happen."""


async def until(condition: Callable[[], object], what: str = "the condition") -> None:
    """Wait for something to become true, looking each time the loop comes round."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while not condition():
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"{what} never came true")
        await asyncio.sleep(0.001)


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


@dataclass(eq=False)
class Session:
    """One connection, as the exchange sees it."""

    writer: asyncio.StreamWriter
    logged_in: bool = False
    challenge: str = "220627219"
    synced: bool = False


@dataclass
class AmiServer:
    """`Login` succeeds with `user` and `secret`. Switches to try a console's patience:

    `hashed` offers MD5, `drops_logins` hangs up on one, `deaf` answers nothing at all any
    more, `denied` are actions the user may not use, `banner` is what a connection begins
    with, `step` the size of each write (0: all at once).
    """

    user: str = "console"
    secret: str = "s3cret"
    hashed: bool = True
    drops_logins: bool = False
    deaf: bool = False
    denied: frozenset[str] = frozenset()
    banner: bytes = GREETING
    step: int = 0
    tls: ssl.SSLContext | None = None
    started: str = "04:16:27"
    port: int = 0
    now: float = 1_795_320_000.0
    asked: list[Message] = field(default_factory=list)
    sessions: set[Session] = field(default_factory=set)
    connections: int = 0
    sent: int = 0
    model: SwitchModel = field(default_factory=SwitchModel)
    answers: dict[str, list[bytes]] = field(default_factory=dict)
    on_originate: Callable[[Message], Iterable[dict[str, str]]] = lambda _: ()
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> AmiServer:
        await self.listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.vanish()

    async def listen(self) -> None:
        """Begin, or begin again at the same port."""
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", self.port, ssl=self.tls, start_serving=True
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

    def count(self, action: str) -> int:
        """How often an action was asked for."""
        return sum(message.text("Action") == action for message in self.asked)

    @property
    def synced(self) -> bool:
        """Whether a console is logged in and has been told what is up."""
        return any(session.synced for session in self.sessions)

    # Playing

    async def tell(self, *events: dict[str, str] | Told | bytes) -> None:
        """Send events to everybody logged in; without a listener they happen all the same."""
        for event in events:
            if isinstance(event, bytes):
                await self._broadcast(event)
                continue
            told = event if isinstance(event, Told) else _told(self.now, event)
            self.now = max(self.now, told.at)
            self.model.apply(told.message)
            await self._broadcast(told.data)

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

    async def flush(self) -> None:
        """Wait until everything is on its way."""
        for session in list(self.sessions):
            if not session.writer.is_closing():
                await session.writer.drain()

    async def _broadcast(self, data: bytes) -> None:
        for session in list(self.sessions):
            if session.logged_in:
                await self._write(session, data)

    async def _write(self, session: Session, data: bytes) -> None:
        self.sent += len(data)
        for start in range(0, len(data), self.step or len(data)):
            if session.writer.is_closing():
                return
            session.writer.write(data[start : start + (self.step or len(data))])
            if self.step:
                await asyncio.sleep(0)

    # Answering

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        session, parser = Session(writer), AmiParser()
        self.sessions.add(session)
        self.connections += 1
        self.sent = 0
        try:
            await self._write(session, self.banner)
            while data := await reader.read(4096):
                for message in parser.feed(data):
                    self.asked.append(message)
                    if not self.deaf:
                        await self._answer(session, message)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self.sessions.discard(session)
            self._tasks.discard(task)
            writer.close()

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
        await self._write(session, block(answer))
        await self._follow_up(session, action, asked, answer["Response"] == "Success")

    async def _follow_up(
        self, session: Session, action: str, asked: Message, granted: bool
    ) -> None:
        """The lists some answers are followed by."""
        if action == "Status" and granted:
            rows = self.answers.get(action) or [block(row) for row in self.model.status()]
            await self._write(session, b"".join([*rows, block({"Event": "StatusComplete"})]))
        elif action == "QueueStatus" and granted:
            rows = self.answers.get(action) or [block(row) for row in self.model.queues()]
            await self._write(session, b"".join([*rows, block({"Event": "QueueStatusComplete"})]))
            session.synced = True
        elif action == "Originate" and granted:
            await self.tell(*self.on_originate(asked))

    def _login(self, session: Session, asked: Message) -> dict[str, str]:
        hashed = hashlib.md5(f"{session.challenge}{self.secret}".encode()).hexdigest()
        known = asked.text("Key") == hashed if self.hashed else asked.text("Secret") == self.secret
        if not known or asked.text("Username") != self.user:
            return {"Response": "Error", "Message": "Authentication failed"}
        session.logged_in = True
        return {"Message": "Authentication accepted"}


def _told(at: float, fields: dict[str, str]) -> Told:
    data = block(fields)
    return Told(at, data, AmiParser().feed(data)[0])
