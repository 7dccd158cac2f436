"""The recorded exchanges, read once: names, bytes, and what a session of reads makes of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from console.domain.call_events import CallEvent
from console.sources.ami import AmiParser
from console.sources.exchange import Exchange
from console.sources.line_trouble import LoginRefusedError
from console.sources.replay import Recording

DIRECTORY = Path(__file__).resolve().parents[1] / "data" / "captures"


def _key(path: Path) -> str:
    return path.name.partition("-")[0]


PATHS = {
    _key(path): path
    for path in sorted(DIRECTORY.iterdir())
    if path.name.removesuffix(".gz").endswith(".ami")
}


@cache
def recording(key: str) -> Recording:
    return Recording(PATHS[key])


@cache
def stream(key: str) -> bytes:
    return b"".join(read.data for read in recording(key).reads)


def listen(chunks: Iterable[tuple[float, bytes]]) -> tuple[list[CallEvent], list[str]]:
    """Events and login refusals of (instant, bytes) reads, without any connection marks."""
    parser, exchange = AmiParser(), Exchange()
    events: list[CallEvent] = []
    refusals: list[str] = []
    for at, chunk in chunks:
        for message in parser.feed(chunk):
            try:
                events += exchange.feed(message, at)
            except LoginRefusedError as refusal:
                refusals.append(str(refusal))
    assert parser.dropped == 0
    assert parser.held == 0
    assert exchange.open_calls == ()
    return events, refusals
