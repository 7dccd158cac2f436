"""The roster file of an installation: `roster.csv`, which people edit or import."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from console.desk.writing import write
from console.domain.decision import Stamp, settle
from console.domain.facts import Draft
from console.domain.people import Directory
from console.domain.refusal import RefusedError
from console.domain.words import M

if TYPE_CHECKING:
    from console.desk.answers import Answers, Who
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


def take_in(desk: Answers, text: str, who: Who) -> Roster:
    """Put a checked roster in force for the days it names; other days stay as they were.

    Raises RefusedError for whoever may not edit it, and when a line cannot be used: half a
    roster would leave gaps nobody meant.
    """
    from console.domain import roster  # noqa: PLC0415 - read on demand

    actor = desk.demand("edit_roster", who)
    given = roster.read(text, desk.directory)
    if given.problems or not given.turns:
        raise RefusedError(
            "W-21",
            given.problems[0] if given.problems else M("This roster names nobody."),
            M("Correct the file and import it again; nothing was changed."),
            "000 III.3.1.1",
        )
    days = {turn.day for turn in given.turns}
    kept = [turn for turn in desk.roster.turns if turn.day not in days]
    path = desk.store.directory / FILE
    with desk.store.writing() as tx:
        body = {
            "first": min(days).isoformat(),
            "last": max(days).isoformat(),
            "n": len(given.turns),
        }
        now = desk.now()
        draft = Draft("roster:all", "roster_imported", body)
        stamp = Stamp(actor, who.seat, now, now, tx.last_seq() + 1)
        write(tx, settle([draft], desk.world(tx), stamp))
        _replace(path, roster.written((*kept, *given.turns)))
    return desk.roster


def _replace(path: Path, text: str) -> None:
    """Write the whole file or none of it."""
    fresh = path.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    os.replace(fresh, path)
