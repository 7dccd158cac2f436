"""What somebody has typed but not sent, kept from the first key.

A file of its own: drafts change with every key and must neither wake the other seats nor
wait for the disk. The operating system keeps what was written when the process is killed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.store.errors import explained

FILE = "drafts.db"


@dataclass(frozen=True, slots=True)
class Kept:
    """One draft. `key` names the form (`intake:CALL`, `case:1042`), `seat` who last typed
    in it, `saved` when (UTC seconds)."""

    person: str
    key: str
    seat: str
    saved: int
    values: Mapping[str, Any]


class Drafts:
    """Drafts of all people of an installation. Not for more than one thread at a time."""

    def __init__(self, directory: Path) -> None:
        """Open or create the drafts. Raises StoreError."""
        try:
            self._connection = sqlite3.connect(
                directory / FILE, timeout=5.0, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=OFF")
            self._connection.execute("PRAGMA secure_delete=1")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS drafts (person TEXT, key TEXT, seat TEXT, "
                "saved INTEGER, vals TEXT, PRIMARY KEY (person, key)) STRICT"
            )
        except sqlite3.Error as error:
            raise explained(error) from error

    def keep(self, draft: Kept) -> None:
        """Remember a draft, in place of the one with the same person and key."""
        values = json.dumps(dict(draft.values), ensure_ascii=False)
        self._execute(
            "INSERT OR REPLACE INTO drafts VALUES (?,?,?,?,?)",
            (draft.person, draft.key, draft.seat, draft.saved, values),
        )

    def drop(self, person: str, key: str) -> None:
        """Forget a draft that was sent or thrown away."""
        self._execute("DELETE FROM drafts WHERE person = ? AND key = ?", (person, key))

    def of(self, person: str) -> list[Kept]:
        """A person's drafts, the latest first."""
        rows = self._execute(
            "SELECT person, key, seat, saved, vals FROM drafts WHERE person = ? "
            "ORDER BY saved DESC, key",
            (person,),
        )
        return [Kept(r[0], r[1], r[2], r[3], json.loads(r[4])) for r in rows]

    def get(self, person: str, key: str) -> Kept | None:
        return next((draft for draft in self.of(person) if draft.key == key), None)

    def all(self) -> list[Kept]:
        """Everybody's drafts, by person and key."""
        rows = self._execute(
            "SELECT person, key, seat, saved, vals FROM drafts ORDER BY person, key", ()
        )
        return [Kept(r[0], r[1], r[2], r[3], json.loads(r[4])) for r in rows]

    def erase(self, drafts: Iterable[Kept]) -> None:
        """Forget drafts so that nothing of them is left in the file."""
        for draft in drafts:
            self.drop(draft.person, draft.key)
        self._execute("PRAGMA wal_checkpoint(TRUNCATE)", ())

    def _execute(self, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise explained(error) from error

    def close(self) -> None:
        self._connection.close()
