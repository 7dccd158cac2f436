"""Who is at which seat now. Each seat keeps a small file locked while it lives: the kernel
gives the lock up the moment the seat dies, however it dies, and the file then means nothing.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = "seats"


@dataclass(frozen=True, slots=True)
class Presence:
    """One seat in use: the person, the seat's name, since when (UTC seconds), and the case
    that lies open there (0 = none)."""

    person: str
    seat: str = ""
    since: int = 0
    case: int = 0


class SeatMark:
    """The mark of one seat of this process."""

    def __init__(self, directory: Path) -> None:
        self._folder = directory / FOLDER
        self._path = self._folder / f"{os.getpid()}-{id(self):x}.json"
        self._descriptor: int | None = None

    def show(self, presence: Presence) -> None:
        """Say who is here. Where nothing can be written nobody is shown: a seat works on."""
        with contextlib.suppress(OSError):
            if self._descriptor is None:
                self._folder.mkdir(mode=0o770, exist_ok=True)
                self._descriptor = os.open(
                    self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o660
                )
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            text = json.dumps(asdict(presence), ensure_ascii=False).encode()
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, text, 0)

    def remove(self) -> None:
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor = None


def present(directory: Path) -> list[Presence]:
    """Everybody at a seat now, this process's own included. Marks of the dead are removed."""
    found = []
    for path in sorted((directory / FOLDER).glob("*.json")):
        with contextlib.suppress(OSError, ValueError, TypeError):
            one = _read(path)
            if one is not None:
                found.append(one)
    return found


def _read(path: Path) -> Presence | None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return Presence(**json.loads(os.read(descriptor, 4096)))
        path.unlink(missing_ok=True)
        return None
    finally:
        os.close(descriptor)
