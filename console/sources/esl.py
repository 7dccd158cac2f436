"""The wire format of a FreeSWITCH event socket (ESL): bytes in, frames out.

A frame is a block of `Key: value` lines ended by an empty line, followed by as many bytes of
body as its `Content-Length` says. The body of an event is such a block once more, its values
URL-encoded. The reader takes any cut of the stream, decodes each value as a whole (a
character split across two segments stays one character) and holds one frame of bounded size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

HEAD_LIMIT = 64 * 1024
BODY_LIMIT = 16 * 1024 * 1024
"""The answer to `show channels` is the longest body: a kilobyte for each channel."""

_BLANK_LINE = re.compile(rb"\n\r?\n")
_OVERLAP = 2
_LENGTH = re.compile(rb"\d{1,18}")
_UNDEFINED = b"_undef_"


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: `kind` is its Content-Type, `reply` the answer to a command that has no body.
    A body longer than the limit is left out."""

    kind: str
    reply: str = ""
    body: bytes = b""


class Event:
    """One event. Of its two hundred fields a dozen are looked at: each is decoded when asked
    for. The first value of a repeated field counts."""

    __slots__ = ("_body", "_fields")

    def __init__(self, data: bytes) -> None:
        """`data` is the body of a `text/event-plain` frame."""
        end = _BLANK_LINE.search(data)
        self._fields = _fields(data[: end.start()] if end else data)
        self._body = data[end.end() :] if end else b""

    @property
    def name(self) -> str:
        return self.text("Event-Name")

    @property
    def body(self) -> str:
        return decoded(self._body)

    def text(self, key: str) -> str:
        """The value of `key`, empty when absent or undefined."""
        value = self._fields.get(key.encode(), b"")
        return "" if value == _UNDEFINED else decoded(unquote_to_bytes(value))

    def variable(self, name: str) -> str:
        """The value of a channel variable; not every event carries them."""
        return self.text(f"variable_{name}")


def decoded(data: bytes) -> str:
    """Text as whoever sent it meant it: UTF-8, else the GBK of older Chinese equipment."""
    for encoding in ("utf-8", "gbk"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _fields(head: bytes) -> dict[bytes, bytes]:
    fields: dict[bytes, bytes] = {}
    for line in reversed(head.split(b"\n")):
        key, separator, value = line.partition(b":")
        if separator:
            fields[key] = value.removeprefix(b" ").removesuffix(b"\r")
    return fields


class EslParser:
    """Incremental reader of one connection.

    A body longer than `body_limit` is skipped and counted in `dropped`. After a head longer
    than `head_limit` bytes, or a length that is none, nobody knows where the next frame begins:
    the stream is `broken`, and nothing more is read from it. Memory stays below the two limits
    plus the size of one `feed`.
    """

    def __init__(self, head_limit: int = HEAD_LIMIT, body_limit: int = BODY_LIMIT) -> None:
        self.dropped = 0
        self.broken = False
        self._head_limit = head_limit
        self._body_limit = body_limit
        self._buffer = bytearray()
        self._searched = 0
        self._head: dict[bytes, bytes] | None = None
        self._missing = 0
        self._skipping = False

    @property
    def held(self) -> int:
        """Bytes of an unfinished frame."""
        return len(self._buffer)

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that `data` completes."""
        frames: list[Frame] = []
        self._buffer += data
        while not self.broken and (frame := self._next()) is not None:
            frames.append(frame)
        if self.broken:
            self._buffer.clear()
        return frames

    def _next(self) -> Frame | None:
        if self._head is None:
            self._head = self._read_head()
        if self._head is None:
            return None
        body = self._read_body()
        if body is None:
            return None
        head, self._head = self._head, None
        kind, reply = head.get(b"Content-Type", b""), head.get(b"Reply-Text", b"")
        return Frame(decoded(kind), decoded(reply), body)

    def _read_head(self) -> dict[bytes, bytes] | None:
        buffer = self._buffer
        if buffer.startswith((b"\r", b"\n")):
            # Some answers end in more line ends than they have to.
            del buffer[: len(buffer) - len(buffer.lstrip(b"\r\n"))]
        end = _BLANK_LINE.search(buffer, max(0, self._searched - _OVERLAP))
        self._searched = len(buffer)
        self.broken = (end.start() if end else len(buffer) - _OVERLAP) > self._head_limit
        if end is None or self.broken:
            return None
        head = _fields(bytes(buffer[: end.start()]))
        del buffer[: end.end()]
        self._searched = 0
        length = head.get(b"Content-Length", b"0")
        self.broken = _LENGTH.fullmatch(length) is None
        if self.broken:
            return None
        self._missing = int(length)
        self._skipping = self._missing > self._body_limit
        self.dropped += self._skipping
        return head

    def _read_body(self) -> bytes | None:
        """The body once it is complete; one that is skipped is let go as it comes."""
        buffer = self._buffer
        if self._skipping:
            gone = min(len(buffer), self._missing)
            del buffer[:gone]
            self._missing -= gone
            return None if self._missing else b""
        if len(buffer) < self._missing:
            return None
        body = bytes(buffer[: self._missing])
        del buffer[: self._missing]
        return body
