"""Copies of a live database: taken in one step, checked, and only then under their name."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from console.domain.words import M
from console.store.errors import StoreError

OWNER_ONLY = 0o600


def copy(source: sqlite3.Connection, target: Path) -> None:
    """Copy a database while others write, as it is at one moment. Raises StoreError when the
    copy is not sound, sqlite3.Error and OSError where it cannot be written; then nothing is
    left at `target`.

    All pages in one step: a copy in small steps begins anew with every write of somebody
    else and never ends on a busy day.
    """
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        with closing(sqlite3.connect(fresh, isolation_level=None)) as copied:
            source.backup(copied, pages=-1)
            problems = copied.execute("PRAGMA quick_check(1)").fetchall()
            # One file, complete in itself: whoever opens it next chooses how it goes on.
            copied.execute("PRAGMA journal_mode=DELETE")
        if problems != [("ok",)]:
            raise StoreError(
                M("The copy is not sound: {what}.", what=problems[0][0]),
                M("Run `console verify`; the store itself may be damaged."),
            )
        settle(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)


def settle(fresh: Path, target: Path) -> None:
    """Give a finished file its name, on the disk when this returns. Raises OSError."""
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(fresh, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def before_upgrade(source: sqlite3.Connection, directory: Path, version: int) -> Path:
    """Keep a store of an older version beside it, named after version and moment (UTC)."""
    moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    target = directory / f"console-v{version}-{moment}.db"
    copy(source, target)
    return target
