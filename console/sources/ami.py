"""The wire format of an Asterisk manager (AMI) connection: bytes in, messages out.

A message is a block of `Key: value` lines ended by an empty line. The reader takes any cut
of the stream, decodes each message as a whole (a character split across two segments stays
one character) and never holds more than one message of bounded size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

GREETING = "Greeting"
MESSAGE_LIMIT = 256 * 1024

_END = b"\r\n\r\n"
_OVERLAP = len(_END) - 1
_BANNER = "Asterisk Call Manager/"
# A connection cut inside a message leaves half a line in front of the next greeting.
# Only a real greeting is followed by a response; a caller named like one is not.
_RECONNECTED = re.compile(r"Asterisk Call Manager/[\w.]+\r\nResponse: ")


class Message(Mapping[str, str]):
    """One manager message: keys as received, the first value of a repeated key wins.

    The banner line of a connection is kept under `Greeting`; a line without a colon under
    the empty key. `all` gives every value of a repeated key (`Variable`, `Output`).
    """

    __slots__ = ("_fields", "_repeated")

    def __init__(self, text: str) -> None:
        self._fields: dict[str, str] = {}
        self._repeated: dict[str, list[str]] = {}
        fields = self._fields
        for line in text.split("\r\n"):
            key, separator, value = line.partition(": ")
            if not separator:
                key, value = _odd_line(line)
                if not key and not value:
                    continue
            if key in fields:
                self._repeated.setdefault(key, [fields[key]]).append(value)
            else:
                fields[key] = value

    def __getitem__(self, key: str) -> str:
        return self._fields[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __repr__(self) -> str:
        return f"Message({self._fields!r})"

    def text(self, key: str) -> str:
        """The first value of `key`, empty when the key is absent."""
        return self._fields.get(key, "")

    def all(self, key: str) -> tuple[str, ...]:
        """Every value of `key`, in order."""
        if key in self._repeated:
            return tuple(self._repeated[key])
        return (self._fields[key],) if key in self._fields else ()


def _odd_line(line: str) -> tuple[str, str]:
    """Key and value of a line that is not `Key: value`."""
    if line.startswith(_BANNER):
        return GREETING, line
    key, separator, value = line.partition(":")
    return (key, value) if separator else ("", line)


class AmiParser:
    """Incremental reader of one connection.

    A message longer than `limit` bytes is skipped up to its end and counted in `dropped`;
    memory stays below `limit` plus the size of one `feed`.
    """

    def __init__(self, limit: int = MESSAGE_LIMIT) -> None:
        self.dropped = 0
        self._limit = limit
        self._buffer = bytearray()
        self._searched = 0
        self._skipping = False

    @property
    def held(self) -> int:
        """Bytes of an unfinished message."""
        return len(self._buffer)

    def reset(self) -> None:
        """Forget an unfinished message: the connection it came from is gone."""
        self._buffer.clear()
        self._searched = 0
        self._skipping = False

    def feed(self, data: bytes) -> list[Message]:
        """The messages that `data` completes."""
        buffer = self._buffer
        buffer += data
        messages: list[Message] = []
        start = 0
        while (end := buffer.find(_END, max(start, self._searched))) >= 0:
            self._finish(buffer[start:end], messages)
            start = self._searched = end + len(_END)
        if start:
            del buffer[:start]
        if len(buffer) > self._limit + _OVERLAP:
            self._skip()
        self._searched = max(0, len(buffer) - _OVERLAP)
        return messages

    def _finish(self, block: bytearray, messages: list[Message]) -> None:
        if self._skipping:
            self._skipping = False
        elif len(block) > self._limit:
            self.dropped += 1
        elif block.strip(b"\r\n"):
            messages.append(_read(block))

    def _skip(self) -> None:
        """Give up the message being received, keeping what may be half of its end."""
        if not self._skipping:
            self._skipping = True
            self.dropped += 1
        del self._buffer[:-_OVERLAP]


def _read(block: bytearray) -> Message:
    text = block.decode("utf-8", "replace")
    if _BANNER in text and (greeting := _RECONNECTED.search(text)):
        text = text[greeting.start() :]
    return Message(text)
