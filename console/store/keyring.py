"""Who may come in with which SSH key, read without opening the store.

sshd asks before anybody is signed on, and somebody waits at its door: only what this needs
is imported, nothing is written, and a store that is busy is not waited for.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from console.store.errors import explained

FILE = "console.db"  # named again, because importing the store takes longer than all of this
BUSY_SECONDS = 1.0


class Entry(NamedTuple):
    """A key that opens a seat: whose, its fingerprint, and the key as sshd writes it."""

    person: str
    fingerprint: str
    line: str


def entries(directory: Path, wanted: str = "") -> list[Entry]:
    """The keys of everybody who has not left, or of them the one `wanted`, by fingerprint or
    as sshd writes it. Raises StoreError when the store cannot be read."""
    try:
        rows = _rows(directory / FILE, wanted)
    except sqlite3.Error as error:
        raise explained(error) from error
    found = (entry for person, text in rows for entry in _keys(person, text))
    return [one for one in found if wanted in ("", one.fingerprint, one.line)]


def _rows(path: Path, wanted: str) -> list[tuple[str, str]]:
    """The rows of people that may have the key: any that hold its last word."""
    place = f"file:{quote(str(path))}?mode=ro"
    connection = sqlite3.connect(place, uri=True, timeout=BUSY_SECONDS)
    try:
        return connection.execute(
            "SELECT key, row FROM people WHERE instr(row, ?) ORDER BY key",
            (wanted.rpartition(" ")[2] or "{",),
        ).fetchall()
    finally:
        connection.close()


def _keys(person: str, text: str) -> list[Entry]:
    """The keys in one row; none in a damaged one, which must not keep others out."""
    try:
        row = json.loads(text)
        keys = row["keys"] if row["active"] else []
        return [Entry(person, mark, f"{kind} {blob}") for kind, blob, mark, _label in keys]
    except (ValueError, KeyError, TypeError):
        return []
