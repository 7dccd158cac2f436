"""A plugin in a file of its own: read with care, then loaded.

The file is opened once, without following a link, checked as opened and compiled from what
was read: what was checked is what runs. This keeps other people of the machine out; it
does not make a malicious author harmless.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from pathlib import Path
from types import ModuleType

from console.domain.words import M, Message
from console.plugins.contribution import Contribution, collect
from console.plugins.kinds import Files
from console.plugins.later_kinds import Hooks
from console.plugins.unfit import UnfitError, line_in

LARGEST = 256 * 1024
"""Bytes of a plugin's file."""

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_WRITABLE = stat.S_IWGRP | stat.S_IWOTH


def load(path: Path) -> Contribution:
    """Read a file and take what it adds. Raises UnfitError."""
    return run(read(path), path)


def run(source: bytes, path: Path) -> Contribution:
    """Run what was read from a file and take what it adds. Raises UnfitError."""
    try:
        code = compile(source, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        from console.plugins.mistakes import unreadable  # noqa: PLC0415 - few files are wrong

        raise unreadable(error, path) from None
    except (ValueError, MemoryError, RecursionError) as error:
        raise UnfitError(Files.SYNTAX, path, error=str(error)) from None
    module = ModuleType(f"console_dropin.{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module  # dataclasses look their module up
    try:
        exec(code, module.__dict__)
    except SystemExit as error:
        raise UnfitError(Files.ENDS, path, line_in(error, path), code=error.code) from None
    except Exception as error:
        from console.plugins.mistakes import unloadable  # noqa: PLC0415 - few files are wrong

        raise unloadable(error, path) from None
    return collect(module, path)


def read(path: Path) -> bytes:
    """A file's content, if it may be trusted as far as its owner is. Raises UnfitError."""
    if path.suffix != ".py" or not NAME.fullmatch(path.stem):
        raise UnfitError(Files.NAME, path, name=path.name)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        linked = M("it is a link, not a file")
        why = linked if error.errno == errno.ELOOP else error.strerror
        raise UnfitError(Files.UNREADABLE, path, error=why) from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise UnfitError(Files.UNREADABLE, path, error=M("it is not a plain file"))
        if status.st_mode & _WRITABLE or status.st_uid not in (0, os.getuid()):
            raise UnfitError(Files.WRITABLE, path, name=str(path))
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
        raise UnfitError(Files.UNREADABLE, path, line, error=_encoding(source)) from None
    return source


def _encoding(source: bytes) -> Message:
    """What text is saved as that is not UTF-8."""
    try:
        source.decode("gb18030")
    except UnicodeDecodeError:
        return M("it is not UTF-8")
    return M("it is not UTF-8, but seems to be GBK")


def check_folder(folder: Path) -> None:
    """Whether nobody else can put other files into a folder, or another folder in its
    place: it and everything above it. Raises UnfitError."""
    for one in (folder.absolute(), *folder.absolute().parents):
        try:
            status = os.stat(one)
        except OSError as error:
            raise UnfitError(Files.UNREADABLE, folder, error=error.strerror) from None
        shared = status.st_mode & _WRITABLE and not status.st_mode & stat.S_ISVTX
        if shared or status.st_uid not in (0, os.getuid()):
            raise UnfitError(Hooks.FOLDER, folder, folder=str(one))
