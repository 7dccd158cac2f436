"""Talking to a server: an end to the waiting, and what its breaking off means."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator

from console.domain.outbox import Problem

Wire = Callable[[], socket.socket | None]


class Deadline:
    """Hangs up when the time is over. `expired` says that it did."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.expired = False

    def hang_up(self) -> None:
        self.expired = True
        wire = self._wire()
        if wire is not None:
            with contextlib.suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def deadline(seconds: float, wire: Wire) -> Iterator[Deadline]:
    """Close the socket `wire` gives once `seconds` are over: an answer that comes one byte
    at a time must not go on for ever."""
    end = Deadline(wire)
    timer = threading.Timer(seconds, end.hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield end
    finally:
        timer.cancel()


def trust(ca_file: str) -> ssl.SSLContext:
    """The certificates that are believed. Raises OSError for a file that cannot be used."""
    return ssl.create_default_context(cafile=ca_file or None)


def broken(error: OSError, end: Deadline) -> Problem:
    """What it means that a conversation could not begin or go on."""
    if end.expired or isinstance(error, TimeoutError):
        return Problem("timeout", outlet=True)
    if isinstance(error, ssl.SSLError):
        why = getattr(error, "verify_message", "") or error.reason or str(error)
        return Problem("tls", why, outlet=True)
    if isinstance(error, ConnectionResetError | BrokenPipeError):
        return Problem("dropped")
    return Problem("unreachable", error.strerror or str(error), outlet=True)
