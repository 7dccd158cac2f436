"""Finds and loads product lines. The host is an object per process, never a global."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterable
from types import ModuleType

from console.domain.rulebook import Rulebook
from console.domain.rules import Line
from console.plugins.house import HOUSE

_log = logging.getLogger(__name__)


class Host:
    """Loads the enabled lines one by one; a line that fails is left out and reported in
    `problems`, and the rest goes on."""

    def __init__(self, enabled: Iterable[str]) -> None:
        self.problems: dict[str, str] = {}
        self._lines: list[Line] = []
        for name in enabled:
            module = self._import(name)
            if module is not None:
                self._lines.extend(getattr(module, "LINES", ()))

    def rulebook(self) -> Rulebook:
        """The rules of all lines that loaded."""
        return Rulebook(self._lines, HOUSE)

    def _import(self, name: str) -> ModuleType | None:
        if not name.isidentifier():
            self.problems[name] = "not a plugin name"
            return None
        try:
            return importlib.import_module(f"console.plugins.{name}")
        except (Exception, SystemExit) as error:
            self.problems[name] = f"{type(error).__name__}: {error}"
            _log.warning("product line %s left out: %s", name, self.problems[name])
            return None
