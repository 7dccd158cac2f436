"""An installation with a hosted exchange, and what such an exchange does: it posts."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from console.desk import Desk
from console.domain.call import Call
from console.installation import open_desk
from console.sources import phone_config
from console.sources.backoff import Backoff
from console.sources.line_settings import LineSettings
from console.sources.lines import Lines
from console.sources.webhook import WebhookSource
from console.sources.webhook_config import WebhookSettings
from console.sources.webhook_guard import SIGNED, TIMESTAMP, signature
from console.sources.webhook_server import HookPatience
from tests.installations import HandSet
from tests.sources.ami_server import until

SECRET = "correct horse battery staple"
LEAST = f'[[exchange]]\nkind = "webhook"\nname = "cloud"\nsecret = "{SECRET}"\n'
JSON = "application/json"
CALLER, HOTLINE = "13955501953", "4008001234"

Fields = dict[str, Any]


def event(kind: str, call: str = "c-1", **fields: Any) -> Fields:
    """An event as exchanges post it; `who` picks up, `at` is its own time."""
    names = {"who": "answeringNumber", "at": "timestamp", "users": "user"}
    more = {names.get(name, name): value for name, value in fields.items()}
    start = {"event": kind, "from": CALLER, "to": HOTLINE, "direction": "in", "callId": call}
    return start | more


class Answer(NamedTuple):
    """What the console answers a request with; status 0 when it hangs up instead."""

    status: int
    text: str
    headers: dict[str, str]


async def talk(port: int, data: bytes, tls: Any = None, finished: bool = True) -> Answer:
    """Send bytes as they are, and read until the console hangs up."""
    name = "pbx.example" if tls else None
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls, server_hostname=name)
    writer.write(data)
    if finished:
        await writer.drain()
    try:
        said = await reader.read()
    except ConnectionError:
        said = b""
    writer.close()
    head, _, text = said.decode().partition("\r\n\r\n")
    status, *lines = head.split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    number = int(status.split()[1]) if status else 0
    return Answer(number, text, {name.lower(): value for name, _, value in pairs})


def request(
    headers: Iterable[tuple[str, str]], body: bytes, path: str = "/calls", method: str = "POST"
) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: console", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + body


class HostedHouse:
    """Lines of a data directory, a desk beside them, and the exchange that posts to them.

    Its clock is `now`, which stands still until a test moves it.
    """

    def __init__(self, data: Path, now: HandSet, patience: HookPatience) -> None:
        self.data = data
        self.now = now
        self._patience = patience
        self.sources: list[WebhookSource] = []
        self.desk: Desk = open_desk(data, now)
        self.lines = Lines(
            data, lambda: open_desk(data, now), make_source=self._source, sleep=_hasty
        )
        self.stop = asyncio.Event()
        self.port = 0

    def _source(self, settings: LineSettings) -> WebhookSource:
        assert isinstance(settings, WebhookSettings)
        source = WebhookSource(
            settings,
            patience=self._patience,
            backoff=Backoff(0.001, 0.01),
            clock=lambda: float(self.now()),
            sleep=_hasty,
            listen=self._listen,
        )
        self.sources.append(source)
        return source

    def _listen(self, settings: WebhookSettings) -> socket.socket:
        """Any free port, so that tests never get into each other's way."""
        found = socket.create_server((settings.host, 0))
        self.port = found.getsockname()[1]
        return found

    async def post(self, fields: Fields, secret: str = SECRET, sent: int | None = None) -> Answer:
        """Report an event in JSON, signed."""
        sent = self.now() if sent is None else sent
        return await talk(self.port, signed(fields, secret, sent))

    async def send(self, body: bytes, kind: str = JSON) -> Answer:
        """Send a signed body of any kind."""
        sent = self.now()
        headers = [("Content-Type", kind), (TIMESTAMP, str(sent))]
        headers += [(SIGNED, signature(SECRET, sent, body))]
        return await talk(self.port, request(headers, body))

    async def tell(self, *events: Fields) -> None:
        """Report events that are all taken."""
        for one in events:
            answer = await self.post(one)
            assert (answer.status, answer.text) == (200, "{}")

    def calls(self) -> list[Call]:
        """Every call with its facts, in the order their first facts were written."""
        found = (self.desk.call(call.key) for call in self.desk.calls(500))
        return sorted(found, key=lambda call: call.facts[0].seq)

    def call(self, key: str = "cloud:c-1") -> Call:
        return self.desk.call(key)

    def kinds(self, key: str = "cloud:c-1") -> list[str]:
        return [fact.kind.removeprefix("call_") for fact in self.call(key).facts]

    def shown(self) -> list[tuple[str, tuple[str, ...], str]]:
        return [
            (call.state, tuple(station for _, station in call.answers), call.missed_reason)
            for call in self.calls()
        ]

    async def state_is(self, state: str) -> None:
        """Wait until the line is said to be in this state."""
        await until(lambda: [one.state for one in self.lines.status()] == [state], state)

    async def listens_anew(self, times: int) -> None:
        """Wait until the line was made so many times, and listens."""
        await until(lambda: len(self.sources) == times, "the configuration being heeded")
        await self.state_is("listening")

    async def pass_by(self, seconds: int, done: Callable[[], object]) -> None:
        """Let time pass, until the lines have noticed."""
        self.now.at += seconds
        await until(done, "what time brings")


async def _hasty(seconds: float) -> None:
    """The lines look around far more often than in earnest."""
    await asyncio.sleep(seconds / 1000)


def free_port() -> int:
    """A port nobody listens at, for processes of their own."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def is_open(port: int) -> bool:
    """Whether somebody listens at a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def signed(fields: Fields, secret: str = SECRET, sent: int = 0) -> bytes:
    """A request that reports an event in JSON."""
    body = json.dumps(fields).encode()
    headers = [("Content-Type", JSON), (TIMESTAMP, str(sent))]
    return request([*headers, (SIGNED, signature(secret, sent, body))], body)


def configure(data: Path, more: str = "", least: str = LEAST) -> None:
    fresh = data / "phone.new"
    fresh.write_text(f"{least}{more}", "utf-8")
    fresh.chmod(0o600)
    fresh.replace(data / "phone.toml")


def settings_of(directory: Path, more: str = "", least: str = LEAST) -> WebhookSettings:
    """One exchange as configured."""
    configure(directory, more, least)
    [found] = phone_config.load(directory)
    assert isinstance(found, WebhookSettings)
    return found


@asynccontextmanager
async def hosted(
    data: Path,
    now: HandSet,
    more: str = "",
    patience: HookPatience | None = None,
    least: str = LEAST,
) -> AsyncIterator[HostedHouse]:
    """Lines that listen, until the block ends."""
    configure(data, more, least)
    made = HostedHouse(data, now, patience or HookPatience())
    running = asyncio.create_task(made.lines.run(made.stop))
    try:
        await made.state_is("listening")
        yield made
    finally:
        made.stop.set()
        await running
        made.desk.store.close()
