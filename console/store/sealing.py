"""From version 2 of the store to version 3: every record sealed, the journal chained anew.

The facts stay as they are. What the old chain ended in is remembered, in the new journal
too, so that an old copy can be told to be the same; and where the old chain did not hold,
that is written down instead of being covered up by the new one.
"""

from __future__ import annotations

import sqlite3
import time
from typing import Any, NamedTuple

from console.domain.facts import Fact
from console.domain.people import SYSTEM
from console.store import journal
from console.store.journal import GENESIS, Row

UPGRADED = "store_upgraded"
SUBJECT = "store:journal"
CHAIN_BEFORE = "chain_before"
"""What the store remembers of the chain before: the same as the fact about it says."""

_BATCH = 2000


class Before(NamedTuple):
    """The chain of version 2: its last record and digest, and the first record that did not
    fit it (0 = all did)."""

    seq: int
    digest: bytes
    broken: int


def seal_all(connection: sqlite3.Connection, old: str) -> None:
    """Write every record of the table `old` into `journal`, sealed. The caller holds a write
    transaction."""
    before = _chain_anew(connection, old)
    if not before.seq:
        return
    now = int(time.time())
    body: dict[str, Any] = {"from": 2, "to": 3, "facts": before.seq, "digest": before.digest.hex()}
    if before.broken:
        body["broken"] = before.broken
    seq, previous = journal.head(connection)
    fact = Fact(seq + 1, now, now, SYSTEM.key, "", SUBJECT, UPGRADED, body)
    journal.append(connection, [fact], previous)
    connection.execute(
        "INSERT OR REPLACE INTO meta VALUES (?,?)",
        (CHAIN_BEFORE, journal.written(body)),
    )


def _chain_anew(connection: sqlite3.Connection, table: str) -> Before:
    last, old, new, broken = 0, GENESIS, GENESIS, 0
    while True:
        rows: list[Row] = connection.execute(
            f"SELECT * FROM {table} WHERE seq > ? ORDER BY seq LIMIT ?", (last, _BATCH)
        ).fetchall()
        if not rows:
            return Before(last, old, broken)
        sealed = []
        for row in rows:
            if not broken and not _fits(row, last, old):
                broken = row[0]
            sealed.append(journal.sealed(Fact(*row[:7], {}), row[7], new))
            last, old, new = row[0], row[9], sealed[-1][9]
        journal.put(connection, sealed)


def _fits(row: Row, last: int, previous: bytes) -> bool:
    """Whether a record of version 2 follows the one before and is what was written: its
    digest was over the previous one and every column."""
    follows = row[0] == last + 1 and row[8] == previous
    return follows and journal.chained(previous, row[:8]) == row[9]
