"""Where facts are kept: one SQLite file, many processes.

The narrow interface the rest of the console sees: load, follow and the projections on the
reading side; `writing()` with `append` on the other. Every write is one BEGIN IMMEDIATE
transaction behind the turnstile. Nothing above this package knows SQL.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from console.domain.words import M
from console.store import schema
from console.store.errors import Explaining, StoreError, explained
from console.store.reading import Reading
from console.store.turnstile import Turnstile
from console.store.writing import Writing

FILE = "console.db"
LOCK = "console.lock"
"""The file writers queue at, and ring with (see `console.store.turnstile`)."""

BUSY_SECONDS = 5.0


class Store(Reading):
    """An open store. Reads go through one connection, writes through another, so that a
    reader sees its own process's writes the same way as everybody else's."""

    def __init__(self, directory: Path) -> None:
        """Open the store in `directory`, creating or migrating it when needed.

        Raises StoreError with a sentence for a missing, read-only, full, damaged or newer
        store.
        """
        self.directory = directory
        self.path = directory / FILE
        self._lock = threading.RLock()
        self._turnstile = Turnstile(directory / LOCK)
        try:
            self._writer = self._open()
            super().__init__(self._connect(Explaining))
        except sqlite3.Error as error:
            raise explained(error) from error
        except OSError as error:
            raise _unusable(directory, error) from error

    def _open(self) -> sqlite3.Connection:
        if not self.directory.is_dir():
            raise StoreError(
                M("There is no data directory {path}.", path=str(self.directory)),
                M("Make one with `console init {path}`.", path=str(self.directory)),
            )
        if not os.access(self.directory, os.W_OK):
            raise _unusable(self.directory, PermissionError("not writable"))
        connection = self._connect()
        found = schema.version_of(connection)
        schema.check_version(found)
        if found < schema.VERSION:
            with self._turnstile.turn():
                self._bring_up(connection)
        return connection

    def _bring_up(self, connection: sqlite3.Connection) -> None:
        """Migrate, unless another process has just done it. What was there before is kept
        beside the store."""
        found = schema.version_of(connection)
        schema.check_version(found)
        if found == schema.VERSION:
            return
        if found:
            from console.store.copying import before_upgrade  # noqa: PLC0415 - seldom

            before_upgrade(connection, self.directory, found)
        schema.migrate(connection)

    def _connect(self, kind: type[sqlite3.Connection] = sqlite3.Connection) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            factory=kind,
        )
        connection.execute("PRAGMA synchronous=FULL")
        # What is erased or closed leaves nothing behind in the free space of the file.
        connection.execute("PRAGMA secure_delete=1")
        return connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writing]:
        """One write transaction: committed when the block ends, undone when it raises."""
        with self._lock:
            try:
                with self._turnstile.turn():
                    yield from self._transaction()
            except sqlite3.Error as error:
                raise explained(error) from error
            except OSError as error:
                raise _unusable(self.directory, error) from error

    def settle(self) -> bool:
        """Bring everything written into the one file and empty the log beside it. False while
        somebody reads: then it comes with a later call."""
        with self._lock:
            try:
                busy = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            except sqlite3.Error as error:
                raise explained(error) from error
        return not busy

    def _transaction(self) -> Iterator[Writing]:
        connection = self._writer
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield Writing(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def close(self) -> None:
        self._writer.close()
        self.connection.close()
        self._turnstile.close()


def _unusable(directory: Path, error: OSError) -> StoreError:
    return StoreError(
        M(
            "The data directory {path} cannot be used: {error}.",
            path=str(directory),
            error=error.strerror or str(error),
        ),
        M("Check who owns it, whether it may be written to, and whether the disk is full."),
    )
