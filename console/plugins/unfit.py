"""A file or package that cannot be a plugin, and where in it the reason stands."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

from console.plugins.findings import Finding, Kind


class UnfitError(Exception):
    """A file that cannot be a plugin; `finding` says why."""

    def __init__(self, kind: Kind, path: Path, line: int = 1, **args: Any) -> None:
        self.finding: Finding = kind.found(path.name, str(path), line, **args)
        super().__init__(self.finding.sentence())


def line_in(error: BaseException, path: Path) -> int:
    """The line of the file in which something happened, however deep it went from there."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    return (lines[-1] if lines else None) or 1
