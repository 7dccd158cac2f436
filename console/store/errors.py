"""What can go wrong with the place facts are kept, each with its own sentence."""

from __future__ import annotations

import sqlite3

from console.domain.words import M, Message


class StoreError(Exception):
    """The store cannot be opened or written; `message` says why and what to do."""

    def __init__(self, message: Message, remedy: Message) -> None:
        super().__init__(message.text.format(**message.args))
        self.message = message
        self.remedy = remedy


_SENTENCES = {
    "SQLITE_FULL": (
        "The disk is full; nothing was written.",
        "Free some space, then repeat the last step. What you typed is still in the form.",
    ),
    "SQLITE_READONLY": (
        "The store may only be read here; nothing was written.",
        "Check who owns the data directory and whether the disk is mounted read-only.",
    ),
    "SQLITE_CANTOPEN": (
        "The store cannot be opened.",
        "Check that the data directory exists and that you may write to it.",
    ),
    "SQLITE_IOERR": (
        "The disk does not answer as it should; nothing was written.",
        "Check that the disk is healthy and not full, then try again.",
    ),
    "SQLITE_BUSY": (
        "Another program has held the store for too long; nothing was written.",
        "Try again. If it goes on, look for a stopped process with `console doctor`.",
    ),
    "SQLITE_CORRUPT": (
        "The store is damaged.",
        "Stop all seats and restore the last backup with `console restore FILE`.",
    ),
    "SQLITE_NOTADB": (
        "The file is not a store of this console.",
        "Check the --data directory; restore the last backup if the file was overwritten.",
    ),
}


def explained(error: sqlite3.Error) -> StoreError:
    """A sentence for a fault of the database. Unknown faults keep the engine's own words."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, (message, remedy) in _SENTENCES.items():
        if name.startswith(prefix):
            return StoreError(Message(message), Message(remedy))
    return StoreError(
        M("The store refused: {error}.", error=str(error)),
        M("Run `console verify` and `console doctor`."),
    )
