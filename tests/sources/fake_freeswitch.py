"""A FreeSWITCH exchange for tests: its event socket over real TCP.

It tells those who subscribed what it is told to tell, goes on while nobody listens, and
answers commands from what its events said is up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import quote_from_bytes

from tests.sources.exchange_server import ExchangeServer, Session
from tests.sources.freeswitch_events import Fields
from tests.sources.freeswitch_model import FreeswitchModel

GOODBYE = b"Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n"
DENIED = "-ERR permission denied"
_SAFE = "!$'()*,-./_~"
"""What the exchange does not encode in the values of its events."""


def frame(kind: str, body: bytes = b"", **head: str) -> bytes:
    """One frame as the exchange sends it."""
    lines = [f"Content-Type: {kind}", *(f"{k.replace('_', '-')}: {v}" for k, v in head.items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\n".join([*lines, "\n"]).encode() + body


def event_frame(fields: Fields, body: str = "") -> bytes:
    """An event as the exchange sends it, its values encoded."""
    text = "".join(f"{key}: {_encoded(value)}\n" for key, value in fields.items())
    inside = body.encode()
    text += f"Content-Length: {len(inside)}\n\n" if inside else "\n"
    whole = text.encode() + inside
    return f"Content-Length: {len(whole)}\nContent-Type: text/event-plain\n\n".encode() + whole


def _encoded(value: str | bytes) -> str:
    data = value.encode() if isinstance(value, str) else value
    return quote_from_bytes(data, _SAFE) or "_undef_"


@dataclass
class FakeFreeswitch(ExchangeServer):
    """`auth` succeeds with `password`, `userauth` for a user of `users`. Switches to try a
    console's patience:

    `kept_out` rejects everybody before asking who they are, `denied` are commands nobody may
    use, `queues` False leaves mod_callcenter unloaded, `first` is sent instead of the request
    to log in, `lag` keeps channels that are gone in the list of channels.
    """

    about: ClassVar[str] = 'kind = "freeswitch"\n'

    password: str = "s3cret"
    users: dict[str, str] = field(default_factory=dict)
    kept_out: bool = False
    queues: bool = True
    denied: frozenset[str] = frozenset()
    first: bytes = b""
    lag: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    model: FreeswitchModel = field(default_factory=FreeswitchModel)
    on_originate: Callable[[str, str], Iterable[Fields | str]] = lambda _1, _2: ()

    def count(self, command: str) -> int:
        """How often a command was given."""
        return sum(asked.startswith(command) for asked in self.asked)

    # Telling

    async def tell(self, *events: Fields | Iterable[Fields] | bytes) -> None:
        """Send events to everybody who subscribed; without a listener they happen all the
        same, one second after the other."""
        for event in events:
            if isinstance(event, bytes):
                await self.broadcast(event)
            elif isinstance(event, dict):
                self.now += 1
                self.model.apply(event, self.now)
                stamp = str(int(self.now * 1_000_000))
                await self.broadcast(event_frame({**event, "Event-Date-Timestamp": stamp}))
            else:
                await self.tell(*event)

    async def job_done(self, job: str, answer: str) -> None:
        """A command given in the background has been carried out."""
        fields: Fields = {"Event-Name": "BACKGROUND_JOB", "Job-UUID": job}
        await self.broadcast(event_frame({**fields, "Job-Command": "originate"}, answer))

    async def dismiss(self) -> None:
        """End every connection the way an exchange does that is shut down."""
        for session in list(self.sessions):
            notice = frame("text/disconnect-notice", b"The system is being shut down.\n")
            await self.write(session, notice)
            session.writer.close()
        self.sessions.clear()

    # Answering

    async def serve(self, session: Session, reader: asyncio.StreamReader) -> None:
        if self.kept_out:
            rejection = frame("text/rude-rejection", b"Access Denied, go away.\n")
            await self.write(session, rejection + frame("text/disconnect-notice", GOODBYE))
            return
        await self.write(session, self.first or frame("auth/request"))
        while True:
            try:
                said = (await reader.readuntil(b"\n\n")).decode().strip("\n")
            except asyncio.IncompleteReadError:
                return
            command, *head = said.split("\n")
            self.asked.append(command)
            if self.deaf:
                continue
            if not session.logged_in:
                if not await self._log_in(session, command):
                    return
            elif command.startswith("event "):
                session.hears = "event" not in self.denied
                await self._reply(
                    session, "+OK event listener enabled plain" if session.hears else DENIED
                )
            elif command.startswith("api "):
                await self._api(session, command.removeprefix("api "))
            else:
                await self._background(session, command.removeprefix("bgapi "), head)

    async def _reply(self, session: Session, text: str, **head: str) -> None:
        await self.write(session, frame("command/reply", Reply_Text=text, **head))

    async def _log_in(self, session: Session, command: str) -> bool:
        """Only the right words are followed by anything; others end the connection."""
        kind, _, rest = command.partition(" ")
        user, _, password = rest.partition(":")
        own = kind == "auth" and rest == self.password
        session.logged_in = own or (kind == "userauth" and self.users.get(user) == password != "")
        if session.logged_in:
            await self._reply(session, "+OK accepted")
            return True
        await self._reply(session, "-ERR invalid")
        await self.write(session, frame("text/disconnect-notice", GOODBYE))
        return False

    async def _api(self, session: Session, command: str) -> None:
        name, _, rest = command.partition(" ")
        if name in self.denied:
            await self._reply(session, DENIED)
        else:
            await self.write(session, frame("api/response", self.answer(name, rest)))
        last = not self.queues or rest.startswith("queue list members")
        session.synced |= name in self.denied or (name == "callcenter_config" and last)

    def answer(self, name: str, rest: str) -> bytes:
        """What an API command outputs."""
        if name == "show":
            for row in self.lag:
                self.model.channels.setdefault(row["uuid"], row)
            shown = self.model.show_channels()
            for row in self.lag:
                del self.model.channels[row["uuid"]]
            return shown
        if name == "uuid_getvar" and rest:
            return self.model.variable(*rest.split(" "))
        if name == "uptime":
            return b"86400\n"
        if name == "callcenter_config" and self.queues:
            return self._queues(rest)
        if name in ("originate", "uuid_getvar"):
            return f"-USAGE: {name} …\n".encode()
        return f"-ERR {name} Command not found!\n".encode()

    def _queues(self, rest: str) -> bytes:
        if rest == "agent list":
            return self.model.list_agents()
        if rest == "queue list":
            return self.model.list_queues()
        return self.model.list_members(rest.removeprefix("queue list members "))

    async def _background(self, session: Session, command: str, head: list[str]) -> None:
        if command.partition(" ")[0] in self.denied:
            await self._reply(session, DENIED)
            return
        [job] = [line.removeprefix("Job-UUID: ") for line in head]
        await self._reply(session, f"+OK Job-UUID: {job}", Job_UUID=job)
        for told in self.on_originate(job, command):
            if isinstance(told, str):
                await self.job_done(job, told)
            else:
                await self.tell(told)
