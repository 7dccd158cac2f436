"""A small web server that takes one kind of request: events of a hosted exchange.

Each connection carries one request, and each of its steps has its time: who sends slowly,
or opens connections and says nothing, is cut off and holds up nobody else.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from console.domain.words import M
from console.sources.webhook_config import WebhookSettings
from console.sources.webhook_event import HookEvent, NoEventError, read
from console.sources.webhook_guard import Guard, HookRefusedError

BODY_LIMIT = 16 * 1024
_LINE_LIMIT, _HEADERS = 4096, 64
SERVER = "console"
"""How the server calls itself, so that `console doctor` knows it from another one."""

_LOG = logging.getLogger("console.webhook")
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False

_NO_REQUEST = M("This is no HTTP request.")
_FAULT = M("The console cannot take this request.")

Hear = Callable[[HookEvent], Awaitable[None]]
Refused = Callable[[str, HookRefusedError], None]


@dataclass(frozen=True, slots=True)
class HookPatience:
    """Seconds: for a request to arrive, for what it says to be written down, for the rest of
    one that was turned away, for what is under way when the server stops; and how many
    connections there may be, in all and from one address."""

    arrive: float = 10.0
    write: float = 10.0
    linger: float = 1.0
    stop: float = 2.0
    connections: int = 200
    per_peer: int = 50


def listening(settings: WebhookSettings) -> socket.socket:
    """A socket that listens where the settings say. Raises OSError."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family, backlog=128)


class HookServer:
    """Serves until closed. `hear` is awaited with every event that is taken, and returns
    when it is safe; `refused` is told the address and the reason of every other request."""

    def __init__(
        self,
        settings: WebhookSettings,
        guard: Guard,
        hear: Hear,
        refused: Refused,
        patience: HookPatience | None = None,
    ) -> None:
        self._settings = settings
        self._guard = guard
        self._hear = hear
        self._refused = refused
        self._patience = patience or HookPatience()
        self._web = _Web(self._answer, self._patience)
        self._server: asyncio.Server | None = None

    async def open(self, sock: socket.socket, tls: ssl.SSLContext | None) -> None:
        """Begin to serve on a listening socket. Raises OSError."""
        patience = self._patience.arrive if tls else None
        self._server = await asyncio.get_running_loop().create_server(
            self._web, sock=sock, ssl=tls, ssl_handshake_timeout=patience
        )

    async def close(self) -> None:
        """Take nothing new, and let what is under way be answered."""
        if self._server is not None:
            self._server.close()
            self._web.pre_shutdown()
            await self._web.shutdown(self._patience.stop)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        peer = request.remote or ""
        try:
            return await self._taken(request, peer)
        except HookRefusedError as error:
            refusal = error
        except web.RequestPayloadError:
            refusal = HookRefusedError(400, _NO_REQUEST)
        except Exception:
            refusal = HookRefusedError(500, _FAULT)
        self._refused(peer, refusal)
        return _refusal(refusal)

    async def _taken(self, request: web.BaseRequest, peer: str) -> web.Response:
        self._guard.admit(peer)
        if request.path != self._settings.path:
            raise HookRefusedError(404, M("Calls are not reported here."), counts=False)
        if request.method != "POST":
            allowed = {"Allow": "POST"}
            raise HookRefusedError(405, M("Calls are reported by POST."), allowed, counts=False)
        body = await self._body(request)
        self._guard.check(request.headers, body)
        try:
            event = read(request.headers.get("Content-Type", ""), body)
        except NoEventError as error:
            raise HookRefusedError(400, error.message) from None
        first = self._guard.is_first(request.headers)
        await self._written(event if first else HookEvent("", event.id))
        return _response(200, "{}", "application/json")

    async def _body(self, request: web.BaseRequest) -> bytes:
        too_long = HookRefusedError(413, M("A request has {most} bytes at most.", most=BODY_LIMIT))
        if (request.content_length or 0) > BODY_LIMIT:
            raise too_long
        body = bytearray()
        try:
            async with asyncio.timeout(self._patience.arrive):
                async for piece in request.content.iter_any():
                    body += piece
                    if len(body) > BODY_LIMIT:
                        raise too_long
        except TimeoutError:
            raise HookRefusedError(408, M("The request did not arrive in time.")) from None
        return bytes(body)

    async def _written(self, event: HookEvent) -> None:
        """Wait until the event is safe: what was acknowledged must not get lost."""
        try:
            async with asyncio.timeout(self._patience.write):
                await self._hear(event)
        except TimeoutError:
            words = M("It could not be written down yet. Send it again.")
            raise HookRefusedError(503, words, {"Retry-After": "5"}) from None


class _Web(web.Server):
    """Connections, and how many of them there are."""

    def __init__(
        self,
        answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]],
        patience: HookPatience,
    ) -> None:
        super().__init__(
            answer,
            access_log=None,
            logger=_LOG,
            keepalive_timeout=patience.arrive,
            lingering_time=patience.linger,
            max_line_size=_LINE_LIMIT,
            max_field_size=_LINE_LIMIT,
            max_headers=_HEADERS,
            auto_decompress=False,
        )
        self._patience = patience
        self._open: Counter[str] = Counter()

    def __call__(self) -> web.RequestHandler:
        return _Connection(self, loop=self._loop, **self._kwargs)

    def enter(self, peer: str) -> bool:
        """Whether there is room for one more connection; then it is taken."""
        patience = self._patience
        if self._open[peer] >= patience.per_peer or self._open.total() >= patience.connections:
            return False
        self._open[peer] += 1
        return True

    def leave(self, peer: str) -> None:
        self._open[peer] -= 1
        if not self._open[peer]:
            del self._open[peer]


class _Connection(web.RequestHandler):
    """A connection that is served where there is room for it, and whose faults are answered
    in our own words, without what caused them."""

    __slots__ = ("_house", "_peer")

    def __init__(self, house: _Web, **kwargs: Any) -> None:
        super().__init__(house, **kwargs)
        self._house = house
        self._peer: str | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        name = transport.get_extra_info("peername")
        peer = str(name[0]) if name else ""
        if self._house.enter(peer):
            self._peer = peer
            super().connection_made(transport)
        elif isinstance(transport, asyncio.Transport):
            transport.abort()

    def connection_lost(self, exc: BaseException | None) -> None:
        if self._peer is not None:
            self._house.leave(self._peer)
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        return _refusal(HookRefusedError(status, _NO_REQUEST if status == 400 else _FAULT))


def _refusal(refusal: HookRefusedError) -> web.Response:
    response = _response(refusal.status, f"{refusal}\n", "text/plain")
    response.headers.update(refusal.headers)
    return response


def _response(status: int, text: str, kind: str) -> web.Response:
    response = web.Response(status=status, text=text, content_type=kind)
    response.headers["Server"] = SERVER
    response.headers["Cache-Control"] = "no-store"
    response.force_close()
    return response
