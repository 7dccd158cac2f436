"""Plugins to test with, and an installation to put them into."""

from __future__ import annotations

from pathlib import Path

from console.plugins.dropin import load, read
from console.plugins.enabled import Enabled, Pin, digest_of
from console.plugins.scaffold import Beginning
from tests.plugins import acme

ACME = Path(acme.__file__).read_text("utf-8")
"""A line of its own in which nothing is wrong."""

HYDROGEN = Beginning("hydrogen", "氢能", "Hydrogen", "power").plugin()
"""A division of a line that comes with the console, as `console plugin new` writes it."""

SMALLEST = """\
from console.plugins import Division, FrozenCase, FrozenFact, L, Line, Problem, Section
from console.plugins import Text, hookimpl

CONSOLE_API = 1
LINE = Line("{name}", L("小", "Small"), fields=(Text(key="note", label=L("备注", "note")),))

@hookimpl
def console_lines():
    return [LINE]
"""


def small(name: str, *more: str) -> str:
    """A small line of its own, with further Python below."""
    return "\n".join((SMALLEST.replace("{name}", name), *more)) + "\n"


def drop(folder: Path, name: str, text: str | bytes) -> Path:
    """Put a file where plugins are."""
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    path = folder / f"{name}.py"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(0o600)
    return path


def pin(folder: Path, name: str, owns: tuple[str, ...] | None = None) -> None:
    """Enable a file as it is now, without the process of its own that checks it."""
    path = folder / f"{name}.py"
    keys = load(path).owns() if owns is None else owns
    Enabled(folder).put(name, Pin(digest_of(read(path)), keys))


def put(folder: Path, name: str, text: str) -> Path:
    """A file that is there and enabled."""
    path = drop(folder, name, text)
    pin(folder, name)
    return path
