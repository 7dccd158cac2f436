"""A queue before the write lock. SQLite's own waiting is unfair and starves seats at
saturation; an advisory file lock serves them in turn.

Whoever has written rings: a byte goes into the lock file, and everybody who watches that file
looks at the journal. Nobody has to ask again and again.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Turnstile:
    """One per open store. Safe between processes and, through the descriptor, threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for our turn to write; raises OSError when the lock file cannot be made."""
        if self._descriptor is None:
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            self._descriptor = os.open(self._path, flags, 0o660)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # a full disk must not fail a commit that is done
                os.pwrite(self._descriptor, b"\n", 0)
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
