"""One holder at a time: who does what must happen without a key press.

A lock on a file, not a row with an expiry: the kernel gives it up the moment its holder
dies, however it dies, and holding it costs nothing.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class Lease:
    """A lease named by a file in the data directory; released by `release` or by death."""

    def __init__(self, directory: Path, name: str) -> None:
        self._path = directory / f"{name}.lease"
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        return self._descriptor is not None

    def take(self) -> bool:
        """Become, or stay, the holder; False while somebody else is. Never waits."""
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def taken(self) -> bool:
        """Whether somebody holds it now, this process included."""
        if self._descriptor is not None:
            return True
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
