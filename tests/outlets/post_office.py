"""A real mail server on this machine, in a thread of its own, that misbehaves when told to."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, NamedTuple

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

TLS = Path(__file__).resolve().parents[1] / "data" / "tls"
CERTIFICATE, NAME = TLS / "exchange.pem", "pbx.example"
USER, PASSWORD = "console", "pass-word-555"


class Mail(NamedTuple):
    """A mail that was taken, by whom it was sent and to whom on the envelope."""

    sender: str
    to: str
    message: EmailMessage

    @property
    def key(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def text(self) -> str:
        part = self.message.get_body()
        assert part is not None
        return str(part.get_content())


@dataclass
class Faults:
    """What goes wrong. `refused` and `later` are answers to an address, `grey` answers every
    address 451 the first time, `slow` are seconds before an answer to RCPT; `drop_first`
    hangs up so often after RCPT, `lose_answer` so often when a mail has been taken but
    before saying so; `drip` sends the greeting one byte at a time, for ever."""

    refused: dict[str, str] = field(default_factory=dict)
    data: str = ""
    grey: bool = False
    slow: float = 0.0
    drop_first: int = 0
    lose_answer: int = 0
    drip: bool = False


class _Handler:
    def __init__(self, office: PostOffice) -> None:
        self._office = office

    async def handle_RCPT(  # noqa: N802 - looked for by this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        office, faults = self._office, self._office.faults
        office.asked[address] += 1
        if faults.slow:
            await asyncio.sleep(faults.slow)
        if faults.drop_first:
            faults.drop_first -= 1
            return _hang_up(server)
        if faults.grey and office.asked[address] == 1:
            return "451 4.7.1 Greylisted, please try again"
        if address in faults.refused:
            return faults.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - looked for by this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        office, faults = self._office, self._office.faults
        if faults.data:
            return faults.data
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        for address in envelope.rcpt_tos:
            office.mails.append(Mail(envelope.mail_from or "", address, message))
        if faults.lose_answer:
            faults.lose_answer -= 1
            return _hang_up(server)
        return "250 taken"


def _hang_up(server: SMTP) -> str:
    server.transport.abort()
    return "421 gone"


class _Session(SMTP):
    """A conversation that remembers its wire, for the end."""

    def __init__(self, wires: list[asyncio.Transport], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._wires = wires

    def connection_made(self, transport: Any) -> None:
        self._wires.append(transport)
        super().connection_made(transport)


class PostOffice:
    """A mail server at a free port; use it as a context. `tls` is none, starttls or tls."""

    def __init__(self, *, tls: str = "none", auth: bool = False) -> None:
        self.mails: list[Mail] = []
        self.asked: Counter[str] = Counter()
        self.faults = Faults()
        self.logins: list[str] = []
        self.port = 0
        self._wires: list[asyncio.Transport] = []
        self._tls, self._auth = tls, auth
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()

    def __enter__(self) -> PostOffice:
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.mails if mail.to == address]

    def table(self, **changes: Any) -> str:
        """What `outlets.toml` says of it."""
        values = {"host": "127.0.0.1", "port": self.port, "tls": self._tls, "sender": SENDER}
        lines = [f"{key} = {_toml(value)}" for key, value in (values | changes).items()]
        return "\n".join(('[mail]\nkind = "smtp"', *lines, ""))

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(lambda *_: None)  # a connection that was hung up on
        server = self._loop.run_until_complete(self._serve())
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._hang_up_on_all())
        self._loop.close()

    async def _hang_up_on_all(self) -> None:
        for wire in self._wires:
            wire.abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.01)

    async def _serve(self) -> asyncio.Server:
        if self.faults.drip:
            return await asyncio.start_server(self._drip, "127.0.0.1", 0)
        secure = _context() if self._tls == "tls" else None
        return await self._loop.create_server(self._protocol, "127.0.0.1", 0, ssl=secure)

    async def _drip(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._wires.append(writer.transport)
        while not writer.is_closing():
            writer.write(b"2")
            await asyncio.sleep(0.02)

    def _protocol(self) -> SMTP:
        return _Session(
            self._wires,
            _Handler(self),
            loop=self._loop,
            hostname="mail.example.org",
            tls_context=_context() if self._tls == "starttls" else None,
            require_starttls=self._tls == "starttls",
            auth_required=self._auth,
            auth_require_tls=self._tls == "starttls",
            authenticator=self._authenticate,
        )

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=right)


SENDER = "Hotline 客服 <hotline@example.org>"


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, TLS / "exchange.key")
    return context


def _toml(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
