"""Finds and loads what an installation has switched on. An object per process, never a
global.

What comes with the console is plain data and is loaded as such. Everything else, files of
the installation's own and installed packages, runs only when somebody enabled it, and then
only as it was enabled; see `console.plugins.added`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from console import __version__
from console.domain.rulebook import Archive, Rulebook
from console.domain.rules import Line
from console.plugins.house import HOUSE
from console.plugins.lines import lines_of, shipped, stamp_of

if TYPE_CHECKING:
    from console.plugins.added import Choosing
    from console.plugins.guard import Guards

__all__ = ["Host", "shipped"]
_log = logging.getLogger(__name__)


class Host:
    """Loads what is switched on one by one; whatever fails is left out and named with its
    reason in `problems`, and the rest goes on.

    `lines` are the shipped lines to load. `folder` is where an installation keeps its own
    plugins and the list of those that are enabled; `calendars` gives the ids of the
    calendars their rules may name.
    """

    def __init__(
        self,
        lines: Iterable[str],
        folder: Path | None = None,
        calendars: Callable[[], Iterable[str]] | None = None,
        without: Choosing | None = None,
    ) -> None:
        self.problems: dict[str, str] = {}
        self.guards: Guards | None = None
        self._lines: dict[str, Line] = {}
        self._stamps = [__version__]
        self._book: Rulebook | None = None
        self._stopped: list[str] = []
        for name in dict.fromkeys(lines):
            if without is not None and name in without.names:
                self.leave_out(name, "left out by --no-plugin", asked=True)
            else:
                self._ship(name)
        if folder is not None and (folder / "enabled.json").exists():
            from console.plugins.added import add  # noqa: PLC0415 - pluggy; few have any

            self._lines, self.guards, stamps = add(self, folder, self._lines, calendars, without)
            self._stamps += stamps

    def rulebook(self, archive: Archive | None = None) -> Rulebook:
        """The rules of everything that loaded."""
        self._book = Rulebook(self._lines.values(), HOUSE, archive)
        return self._book

    @property
    def stamp(self) -> str:
        """Changes when any rule may have; costs no reading of rules."""
        return "\n".join(self._stamps)

    def leave_out(self, name: str, why: str, *, asked: bool = False) -> None:
        """Go on without a plugin. One that was `asked` to be left out is no warning."""
        self.problems[name] = why
        if not asked:
            _log.warning("plugin %s left out: %s", name, why)

    def stopped(self, name: str, keys: Iterable[str], why: str) -> None:
        """A running plugin was stopped. What it brought is withdrawn by `settle`: the
        command during which it failed is carried out under the rules it began with."""
        self.leave_out(name, why)
        self._stopped += keys

    def settle(self) -> None:
        """From now on nothing new comes under what stopped plugins brought."""
        while self._stopped and self._book is not None:
            line, _, division = self._stopped.pop().partition("/")
            self._book.withdraw(line, division)

    def _ship(self, name: str) -> None:
        if name not in shipped():
            self.leave_out(name, "no product line of this name comes with the console")
            return
        try:
            lines = lines_of(name)
            self._stamps.append(stamp_of(name))
        except (Exception, SystemExit) as error:
            self.leave_out(name, f"{type(error).__name__}: {error}")
            return
        for line in lines:
            self._lines.setdefault(line.key, line)
