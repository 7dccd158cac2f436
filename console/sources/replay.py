"""A recorded exchange connection, played again at its own pace or as fast as possible.

A recording is `NAME.ami`, the bytes received, with `NAME.times.tsv` beside it: offset,
time and length of every read, or a mark (CLOSE, DROP, CONNECT, EOF) where the connection
changed. Both may be gzipped. Without times the whole recording is one read.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from console.domain.call_events import CallEvent
from console.sources.ami import AmiParser
from console.sources.channels import ExchangeConfig
from console.sources.exchange import Exchange

_MARKS = frozenset({"CLOSE", "DROP", "CONNECT", "EOF"})


@dataclass(frozen=True, slots=True)
class Read:
    """One read of the recording: `at` is UTC seconds, `data` empty where there is a `mark`."""

    at: float
    data: bytes
    mark: str = ""


class Recording:
    """The reads of one recorded connection.

    Raises OSError when a file cannot be read and ValueError when the times do not fit it.
    """

    def __init__(self, path: Path) -> None:
        stream = _content(path)
        times = _times_of(path)
        self.reads = tuple(_reads(stream, times)) if times else (Read(0.0, stream),)

    @property
    def started(self) -> float:
        """The instant of the first read, UTC seconds; 0 when no times were recorded."""
        return self.reads[0].at if self.reads else 0.0

    @property
    def length(self) -> float:
        """Seconds from the first to the last read."""
        return self.reads[-1].at - self.started if self.reads else 0.0

    def chunks(self) -> Iterator[tuple[float, bytes]]:
        """Every read as (seconds since the read before, bytes), marks left out."""
        before = self.started
        for read in self.reads:
            if read.data:
                yield max(0.0, read.at - before), read.data
                before = read.at


class ReplaySource:
    """The call events of a recording.

    `speed` 1 is the recorded pace, 10 ten times as fast, 0 as fast as possible. Events keep
    the instants they were recorded at; with `base` (UTC seconds) the recording seems to
    begin at that instant and to run at `speed` (at the recorded pace when `speed` is 0).
    Raises LoginRefusedError where the recorded exchange refused the login.
    """

    def __init__(
        self,
        recording: Recording,
        *,
        speed: float = 1.0,
        base: int | None = None,
        config: ExchangeConfig | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        if speed < 0:
            raise ValueError(f"speed must not be negative: {speed}")
        self._recording = recording
        self._speed = speed
        self._base = base
        self._sleep = sleep
        self._parser = AmiParser()
        self._exchange = Exchange(config)

    async def events(self) -> AsyncIterator[CallEvent]:
        """The events in recorded order, each as soon as its read would have arrived."""
        before = self._recording.started
        for read in self._recording.reads:
            if self._speed and read.at > before:
                await self._sleep((read.at - before) / self._speed)
            before = read.at
            for event in self._heard(read):
                yield replace(event, at=self._instant(event.at))

    def _heard(self, read: Read) -> Iterator[CallEvent]:
        if read.mark:
            self._parser.reset()
            yield from self._exchange.disconnected()
        for message in self._parser.feed(read.data):
            yield from self._exchange.feed(message, read.at)

    def _instant(self, at: int) -> int:
        if self._base is None:
            return at
        passed = at - int(self._recording.started)
        return self._base + int(passed / self._speed if self._speed else passed)


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def _times_of(path: Path) -> str:
    """The times recorded beside `path`, empty when there are none."""
    stem = path.name.removesuffix(".gz").removesuffix(".ami")
    for name in (f"{stem}.times.tsv", f"{stem}.times.tsv.gz"):
        times = path.with_name(name)
        if times.exists():
            return _content(times).decode("utf-8")
    return ""


def _reads(stream: bytes, times: str) -> Iterator[Read]:
    for line in times.splitlines()[1:]:
        offset, at, size = line.split("\t")
        if size in _MARKS:
            yield Read(float(at), b"", size)
            continue
        data = stream[int(offset) : int(offset) + int(size)]
        if len(data) != int(size):
            raise ValueError(f"the recording ends before offset {offset} + {size}")
        yield Read(float(at), data)
