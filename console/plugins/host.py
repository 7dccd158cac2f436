"""Finds and loads product lines. The host is an object per process, never a global."""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from types import ModuleType

from console.domain.rulebook import Rulebook
from console.domain.rules import Line
from console.plugins.house import HOUSE

_log = logging.getLogger(__name__)
_DECLARES = re.compile(r"^LINES\b", re.MULTILINE)


@cache
def shipped() -> tuple[str, ...]:
    """The product lines that come with the console, by name."""
    here = Path(__file__).parent.glob("*.py")
    return tuple(sorted(p.stem for p in here if _DECLARES.search(p.read_text("utf-8"))))


class Host:
    """Loads the enabled lines one by one; a line that fails is left out and reported in
    `problems`, and the rest goes on.

    Lines come with the console or stand in a file of `folder`. What comes with the console
    is checked by its tests; a file is checked when it is loaded for the first time, and again
    when it, the calendars or the console have changed, and left out when it has errors. It
    cannot take the place of a shipped line, neither by its name nor by its line's key.
    """

    def __init__(
        self,
        enabled: Iterable[str],
        folder: Path | None = None,
        calendars: Callable[[], Iterable[str]] | None = None,
    ) -> None:
        self.problems: dict[str, str] = {}
        self._folder = folder
        self._calendars = calendars
        self._lines: dict[str, Line] = {}
        # Shipped lines first: their keys are taken before any file may ask for them.
        for name in sorted(enabled, key=lambda name: name not in shipped()):
            for line in self._load(name):
                self._accept(name, line)

    def rulebook(self) -> Rulebook:
        """The rules of all lines that loaded."""
        return Rulebook(self._lines.values(), HOUSE)

    def _accept(self, name: str, line: Line) -> None:
        if line.key in self._lines:
            self._leave_out(name, f"another product line has the key {line.key!r} already")
        else:
            self._lines[line.key] = line

    def _load(self, name: str) -> tuple[Line, ...]:
        if not name.isidentifier():
            self._leave_out(name, "not a plugin name")
            return ()
        if name not in shipped() and self._folder is not None:
            path = self._folder / f"{name}.py"
            if path.exists():
                return self._from_file(name, path)
        module = self._import(name)
        return tuple(getattr(module, "LINES", ()))

    def _from_file(self, name: str, path: Path) -> tuple[Line, ...]:
        from console.plugins.checked import Checked, digest_of  # noqa: PLC0415 - few have files
        from console.plugins.dropin import UnfitError, read, run  # noqa: PLC0415

        calendars = None if self._calendars is None else frozenset(self._calendars())
        try:
            source = read(path)
            lines = run(source, path)
        except UnfitError as unfit:
            self._leave_out(name, unfit.finding.sentence())
            return ()
        checked, digest = Checked(path.parent), digest_of(source, calendars)
        problem = checked.problem(name, digest)
        if problem is None:
            problem = _first_error(lines, path, calendars)
            checked.remember(name, digest, problem)
        if problem:
            self._leave_out(name, problem)
        return () if problem else lines

    def _import(self, name: str) -> ModuleType | None:
        try:
            return importlib.import_module(f"console.plugins.{name}")
        except (Exception, SystemExit) as error:
            self._leave_out(name, f"{type(error).__name__}: {error}")
            return None

    def _leave_out(self, name: str, why: str) -> None:
        self.problems[name] = why
        _log.warning("product line %s left out: %s", name, why)


def _first_error(lines: tuple[Line, ...], path: Path, calendars: frozenset[str] | None) -> str:
    """The sentence of the first error in a file's lines; "" when there is none."""
    from console.plugins.checker import check_line, errors  # noqa: PLC0415 - 40 ms
    from console.plugins.known import Known  # noqa: PLC0415

    for line in lines:
        found = errors(check_line(line, source=path, known=Known.here(calendars)))
        if found:
            return found[0].sentence()
    return ""
