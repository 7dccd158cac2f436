"""A program of somebody's own, told by HTTP."""

from __future__ import annotations

import base64
import http.client
import json
from dataclasses import replace
from urllib.parse import quote, urlsplit

from console.domain.outbox import Problem
from console.outlets.letter import Letter, NotSentError
from console.outlets.redaction import parts_of, redacted
from console.outlets.settings import ADDRESS, SECRET, OutletSettings
from console.outlets.wire import broken, deadline, trust

KEY_HEADER = "Idempotency-Key"
_ANSWER_LIMIT = 2_000
_MENDABLE = frozenset((401, 403, 407))
"""Answers that say something about us, not about the message."""

_BUSY = frozenset((408, 409, 423, 425, 429))
"""Answers that ask to come back later."""


class WebhookOutlet:
    """One address that takes every letter as JSON. A redirect is not followed: whoever moves
    it tells the administrator."""

    markup = "text"

    def __init__(self, settings: OutletSettings) -> None:
        self._settings = settings
        self.addressed = ADDRESS in settings.url
        place = urlsplit(settings.url)
        self.where = f"{place.scheme}://{place.netloc.rpartition('@')[2]}"
        self._secrets = (settings.secret, *parts_of(settings.url))

    def send(self, letter: Letter) -> str:
        settings = self._settings
        url = settings.url.replace(ADDRESS, quote(letter.to, safe=""))
        place = urlsplit(url.replace(SECRET, quote(settings.secret, safe="")))
        target = (place.path or "/") + (f"?{place.query}" if place.query else "")
        connection = self._connection(place.scheme, place.hostname or "", place.port)
        with deadline(settings.timeout, lambda: connection.sock) as end:
            try:
                connection.request("POST", target, _body(letter), self._headers(letter))
                problem = _judged(connection.getresponse())
            except OSError as error:
                problem = broken(error, end)
            except (http.client.HTTPException, ValueError) as error:
                late = Problem("timeout", outlet=True)
                problem = late if end.expired else Problem("dropped", type(error).__name__)
            finally:
                connection.close()
        if problem is not None:
            detail = redacted(problem.detail, self._secrets)
            raise NotSentError(replace(problem, detail=detail))
        return settings.channel

    def _connection(self, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
        settings = self._settings
        if scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=settings.timeout)
        context = trust(settings.ca_file)
        return http.client.HTTPSConnection(host, port, timeout=settings.timeout, context=context)

    def _headers(self, letter: Letter) -> dict[str, str]:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "console",
            KEY_HEADER: letter.key,
        }
        if self._settings.secret and SECRET not in self._settings.url:
            headers["Authorization"] = f"Bearer {self._settings.secret}"
        return headers


def _body(letter: Letter) -> bytes:
    content = {
        "key": letter.key,
        "thread": letter.thread,
        "to": letter.to,
        "subject": letter.subject,
        "text": letter.short,
        "full": letter.full,
        "at": letter.at,
        **dict(letter.facts),
        "attachments": [
            {"name": name, "type": mime, "content": base64.b64encode(data).decode()}
            for name, mime, data in letter.attachments
        ],
    }
    return json.dumps(content, ensure_ascii=False).encode()


def _judged(answer: http.client.HTTPResponse) -> Problem | None:
    """What an answer means; None when the letter was taken."""
    status = answer.status
    if 200 <= status < 300:
        return None
    said = f"{status} {answer.read(_ANSWER_LIMIT).decode(errors='replace')}"
    if status in _BUSY or status >= 500:
        wait = answer.headers.get("Retry-After", "")
        seconds = int(wait[:6]) if wait.isascii() and wait.isdigit() else 0
        return Problem("later", said, wait=seconds)
    if status in _MENDABLE:
        return Problem("login", said, outlet=True)
    if status < 400:
        return Problem("settings", said, outlet=True)
    return Problem("refused", said, permanent=True)
