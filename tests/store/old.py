"""Stores as earlier versions wrote them, to be brought up to this one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from console import installation
from console.store.store import FILE

VERSION_2 = Path(__file__).parents[1] / "data" / "store-v2.sql"
HEAD_2 = "a8b77c790dec82d7eb23827a90dc8dd4469dac52f25487463896855ddce4887f"
"""The last digest of that store's chain."""


def version_2(directory: Path) -> Path:
    """An installation whose store is of version 2."""
    installation.install(directory, "en")
    with closing(sqlite3.connect(directory / FILE, isolation_level=None)) as connection:
        connection.executescript(VERSION_2.read_text("utf-8"))
        connection.execute("PRAGMA journal_mode=WAL")
    return directory
