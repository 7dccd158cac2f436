"""The roster file of an installation: `roster.csv`, which people edit or import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.people import Directory

if TYPE_CHECKING:
    from console.domain.roster import Roster

FILE = "roster.csv"
TEXT = "date,from,to,seat,person,phone\n"
"""What a new installation begins with: nobody is named yet."""


class RosterFile:
    """The roster as it was read last. It is read again when the file or the people change."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / FILE
        self._read: tuple[object, Roster] | None = None

    @property
    def exists(self) -> bool:
        return self.path.exists()

    def read(self, directory: Directory) -> Roster:
        """The roster; an empty one where there is no file, or none that can be read."""
        from console.domain import roster  # noqa: PLC0415 - read on demand
        from console.domain.words import M  # noqa: PLC0415

        try:
            stat = self.path.stat()
        except OSError:
            return roster.Roster()
        seen = (stat.st_mtime_ns, stat.st_size, id(directory))
        if self._read is None or self._read[0] != seen:
            try:
                found = roster.read(self.path.read_text("utf-8"), directory)
            except (OSError, UnicodeDecodeError):
                problem = M("{path} cannot be read; save it as UTF-8 text.", path=FILE)
                found = roster.Roster((), (problem,))
            self._read = (seen, found)
        return self._read[1]
