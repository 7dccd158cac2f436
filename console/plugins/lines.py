"""The product lines that come with the console: plain data, loaded without any ceremony."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from console.domain.rules import Line

_HERE = Path(__file__).parent
_DECLARES = re.compile(r"^LINES\b", re.MULTILINE)


@cache
def shipped() -> tuple[str, ...]:
    """Their names, which are those of their files."""
    files = _HERE.glob("*.py")
    return tuple(sorted(p.stem for p in files if _DECLARES.search(p.read_text("utf-8"))))


def lines_of(name: str) -> tuple[Line, ...]:
    """The lines of one of them. Raises whatever importing it raises."""
    return tuple(importlib.import_module(f"console.plugins.{name}").LINES)


def all_lines() -> Iterator[Line]:
    """The lines of every one of them that can be loaded."""
    for name in shipped():
        try:
            yield from lines_of(name)
        except (Exception, SystemExit):
            continue


def source_of(name: str) -> Path:
    """The file of one of them."""
    return _HERE / f"{name}.py"


def stamp_of(name: str) -> str:
    """Changes when a line's files do; costs no reading. A line may be several files that
    begin with its name."""
    stats = [(one.name, one.stat()) for one in sorted(_HERE.glob(f"{name}*.py"))]
    return ",".join(f"{file}:{stat.st_mtime_ns}:{stat.st_size}" for file, stat in stats)
