"""What can go wrong with the place facts are kept, each with its own sentence."""

from __future__ import annotations

import sqlite3
from typing import Any

from console.domain.words import M, Message


class StoreError(Exception):
    """The store cannot be opened or written; `message` says why and what to do."""

    def __init__(self, message: Message, remedy: Message) -> None:
        super().__init__(message.text.format(**message.args))
        self.message = message
        self.remedy = remedy


_SENTENCES = {
    "SQLITE_FULL": (
        M("The disk is full; nothing was written."),
        M("Free some space, then repeat the last step. What you typed is still in the form."),
    ),
    "SQLITE_READONLY": (
        M("The store may only be read here; nothing was written."),
        M("Check who owns the data directory and whether the disk is mounted read-only."),
    ),
    "SQLITE_CANTOPEN": (
        M("The store cannot be opened."),
        M("Check that the data directory exists and that you may write to it."),
    ),
    "SQLITE_IOERR": (
        M("The disk does not answer as it should; nothing was written."),
        M("Check that the disk is healthy and not full, then try again."),
    ),
    "SQLITE_BUSY": (
        M("Another program has held the store for too long; nothing was written."),
        M("Try again. If it goes on, look for a stopped process with `console doctor`."),
    ),
    "SQLITE_CORRUPT": (
        M("The store is damaged."),
        M("Stop all seats and restore the last backup with `console restore FILE`."),
    ),
    "SQLITE_NOTADB": (
        M("The file is not a store of this console."),
        M("Check the --data directory; restore the last backup if the file was overwritten."),
    ),
}


def explained(error: sqlite3.Error) -> StoreError:
    """A sentence for a fault of the database. Unknown faults keep the engine's own words."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, (message, remedy) in _SENTENCES.items():
        if name.startswith(prefix):
            return StoreError(message, remedy)
    return StoreError(
        M("The store refused: {error}.", error=str(error)),
        M("Run `console verify` and `console doctor`."),
    )


class _ExplainingCursor(sqlite3.Cursor):
    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except sqlite3.Error as error:
            raise explained(error) from error

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except sqlite3.Error as error:
            raise explained(error) from error


class Explaining(sqlite3.Connection):
    """A connection whose faults are StoreErrors with a sentence: for reading, where no
    transaction stands around the question."""

    def execute(self, statement: str, values: Any = (), /) -> sqlite3.Cursor:
        cursor = self.cursor(_ExplainingCursor)
        try:
            return cursor.execute(statement, values)
        except UnicodeEncodeError:  # half a character: nothing stored can be equal to it
            return cursor.execute(statement, tuple(map(_whole, values)))
        except sqlite3.Error as error:
            raise explained(error) from error


def _whole(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
