"""A product line in a file of its own: read with care, then loaded.

The file is opened once, without following a link, checked as opened and compiled from what
was read: what was checked is what runs. This keeps other people of the machine out; it
does not make a malicious author harmless.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

from console.domain.lengths import BadLengthError
from console.domain.rules import Line
from console.plugins.findings import Finding, Kind
from console.plugins.kinds import Files

LARGEST = 256 * 1024
"""Bytes of a product line's file."""

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_WRITABLE = stat.S_IWGRP | stat.S_IWOTH


class UnfitError(Exception):
    """A file that cannot be a product line; `finding` says why."""

    def __init__(self, kind: Kind, path: Path, line: int = 1, **args: Any) -> None:
        self.finding: Finding = kind.found(path.name, str(path), line, **args)
        super().__init__(self.finding.sentence())


def load(path: Path) -> tuple[Line, ...]:
    """Read a file and take the lines it declares. Raises UnfitError."""
    return run(read(path), path)


def run(source: bytes, path: Path) -> tuple[Line, ...]:
    """Run what was read from a file and take the lines it declares. Raises UnfitError."""
    try:
        code = compile(source, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise UnfitError(Files.SYNTAX, path, error.lineno or 1, error=error.msg) from None
    except (ValueError, MemoryError, RecursionError) as error:
        raise UnfitError(Files.SYNTAX, path, error=str(error)) from None
    module = ModuleType(f"console_dropin.{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module  # dataclasses look their module up
    try:
        exec(code, module.__dict__)
    except SystemExit as error:
        raise UnfitError(Files.ENDS, path, _line(error, path), code=error.code) from None
    except BadLengthError as error:
        line = _line(error, path)
        raise UnfitError(Files.LENGTH, path, line, written=error.written) from None
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        raise UnfitError(Files.RAISES, path, _line(error, path), error=said) from None
    return lines_of(module, path)


def lines_of(module: ModuleType, path: Path) -> tuple[Line, ...]:
    """The product lines a module declares. Raises UnfitError when it declares none."""
    lines = getattr(module, "LINES", ())
    if not isinstance(lines, (tuple, list)) or not lines:
        raise UnfitError(Files.NO_LINES, path)
    if not all(isinstance(line, Line) for line in lines):
        raise UnfitError(Files.NO_LINES, path)
    return tuple(lines)


def read(path: Path) -> bytes:
    """A file's content, if it may be trusted as far as its owner is. Raises UnfitError."""
    if path.suffix != ".py" or not NAME.fullmatch(path.stem):
        raise UnfitError(Files.NAME, path, name=path.name)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise UnfitError(Files.UNREADABLE, path, error=error.strerror) from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise UnfitError(Files.UNREADABLE, path, error="not a plain file")
        if status.st_mode & _WRITABLE or status.st_uid not in (0, os.getuid()):
            raise UnfitError(Files.WRITABLE, path, name=path.name)
        if status.st_size > LARGEST:
            raise UnfitError(Files.TOO_LARGE, path, size=status.st_size, most=LARGEST)
        with open(handle, "rb", closefd=False) as file:
            source = file.read(LARGEST)
    finally:
        os.close(handle)
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise UnfitError(Files.UNREADABLE, path, line, error="not UTF-8") from None
    return source


def _line(error: BaseException, path: Path) -> int:
    """The line of the file in which something happened, however deep it went from there."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    return (lines[-1] if lines else None) or 1
