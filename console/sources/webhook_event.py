"""What a hosted exchange posts, read and made safe.

The format is that of Zammad's generic CTI: `event` (newCall, answer, hangup), `from`, `to`,
`direction`, `callId`, `user[]`, `queue`, `answeringNumber`, `cause`, as JSON or as a form of
either encoding. Added to it are `timestamp`, when it happened, and `recording`.
"""

from __future__ import annotations

import email
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from console.domain.cleantext import clean
from console.domain.numbers import RECEIVED_LIMIT
from console.domain.words import M, Message
from console.sources.channels import NAME_LIMIT, PATH_LIMIT, known

KINDS = NEW, ANSWER, HANGUP = ("newCall", "answer", "hangup")

_FIELD_LIMIT = 64
_ENCODINGS = ("utf-8", "gb18030")
_ID = re.compile(r"[A-Za-z0-9._:@+=/-]{1,100}")
_NUMBER = re.compile(r"\d{1,13}(?:\.\d{0,9})?")
_MILLISECONDS = 100_000_000_000
"""Instants from here on are written in milliseconds: in seconds it is the year 5138."""

Fields = dict[str, list[str]]


class NoEventError(Exception):
    """What was posted is no event; `message` says why, without any of it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


@dataclass(frozen=True, slots=True)
class HookEvent:
    """One event as told: `id` may stand in the key of a call, `at` (UTC seconds) is None
    where the exchange does not say when it happened."""

    kind: str
    id: str
    number: str = ""
    called: str = ""
    outgoing: bool = False
    users: tuple[str, ...] = ()
    answering: str = ""
    queue: str = ""
    cause: str = ""
    recording: str = ""
    at: int | None = None


def read(content_type: str, body: bytes) -> HookEvent:
    """The event in the body of a request. Raises NoEventError."""
    fields = _fields(content_type, body)

    def one(name: str, limit: int = NAME_LIMIT) -> str:
        return known(next(iter(fields.get(name, ())), ""), limit)

    kind, call = one("event"), next(iter(fields.get("callId", ())), "").strip()
    for name, value in (("event", kind), ("callId", call)):
        if not value:
            raise NoEventError(M("“{name}” is missing.", name=name))
    users = (known(user) for key in ("user[]", "user") for user in fields.get(key, ()))
    return HookEvent(
        kind=kind,
        id=_safe(call),
        # “anonymous” and “unknown” are answers too; what they mean is found out later.
        number=clean(next(iter(fields.get("from", ())), ""), RECEIVED_LIMIT),
        called=one("to", RECEIVED_LIMIT),
        outgoing=one("direction").lower() == "out",
        users=tuple(dict.fromkeys(user for user in users if user)),
        answering=one("answeringNumber"),
        queue=one("queue"),
        cause=one("cause"),
        recording=one("recording", PATH_LIMIT),
        at=_instant(one("timestamp")),
    )


def _safe(call: str) -> str:
    """The id of a call as it may stand in a key: itself, or else what is as good as unique."""
    if _ID.fullmatch(call):
        return call
    return hashlib.sha256(call.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _instant(text: str) -> int | None:
    """UTC seconds of an instant in seconds, in milliseconds, or as ISO 8601 with its zone."""
    if _NUMBER.fullmatch(text):
        value = float(text)
        return int(value / 1000 if value >= _MILLISECONDS else value)
    try:
        moment = datetime.fromisoformat(text)
        return int(moment.timestamp()) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _fields(content_type: str, body: bytes) -> Fields:
    kind = content_type.partition(";")[0].strip().lower()
    found: Fields = {}
    try:
        for name, value in _pairs(kind, content_type, body):
            found.setdefault(name, []).append(value)
    except (ValueError, RecursionError):
        raise NoEventError(M("The body is not what its Content-Type says.")) from None
    return found


def _pairs(kind: str, content_type: str, body: bytes) -> Iterator[tuple[str, str]]:
    if kind == "application/json":
        yield from _of_json(body)
    elif kind == "application/x-www-form-urlencoded":
        yield from _of_form(body)
    elif kind == "multipart/form-data":
        yield from _of_parts(content_type, body)
    else:
        raise NoEventError(M("The Content-Type is neither that of JSON nor that of a form."))


def _of_json(body: bytes) -> Iterator[tuple[str, str]]:
    values = json.loads(_text(body))
    if not isinstance(values, dict):
        raise ValueError("no object")
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            yield name, _scalar(one)


def _scalar(value: Any) -> str:
    """A value as text; what is neither text nor a number says nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def _of_form(body: bytes) -> Iterator[tuple[str, str]]:
    text = body.decode("latin-1")
    pairs = parse_qsl(text, keep_blank_values=True, encoding="latin-1", max_num_fields=_FIELD_LIMIT)
    for name, value in pairs:
        yield name, _text(value.encode("latin-1"))


def _of_parts(content_type: str, body: bytes) -> Iterator[tuple[str, str]]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = email.message_from_bytes(head + body)
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        value = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(value, bytes):
            yield name, _text(value)


def _text(data: bytes) -> str:
    """Text in one of the encodings Chinese exchanges use; what is in neither is kept as far
    as it can be read."""
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")
