"""Taking a store back to an earlier point of its journal. Only ever on a copy that nobody
has open."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from console.domain.erasure import ERASED
from console.store import journal


@contextmanager
def alone(store: Path) -> Iterator[sqlite3.Connection]:
    """One transaction on a store nobody else has open."""
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA secure_delete = 1")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def last_by(connection: sqlite3.Connection, moment: int) -> int:
    """The last fact recorded by an instant (UTC seconds); 0 for none."""
    row = connection.execute("SELECT max(seq) FROM journal WHERE recorded <= ?", (moment,))
    return row.fetchone()[0] or 0


def whole_to(connection: sqlite3.Connection, seq: int) -> int:
    """The fact a command ends with that a fact belongs to: what one person wrote down from
    one seat in the same second stays together."""
    rows = connection.execute(
        "SELECT seq, recorded, actor, seat FROM journal WHERE seq >= ? ORDER BY seq LIMIT 1000",
        (seq,),
    ).fetchall()
    last = seq
    for row in rows:
        if row[1:] != rows[0][1:]:
            break
        last = row[0]
    return last


def forget(connection: sqlite3.Connection, key: str) -> None:
    """Forget one of the things the store remembers besides facts."""
    connection.execute("DELETE FROM meta WHERE key = ?", (key,))


def cut(connection: sqlite3.Connection, seq: int) -> int:
    """Forget every fact after one. -> how many. What follows from the journal is to be
    folded anew."""
    return connection.execute("DELETE FROM journal WHERE seq > ?", (seq,)).rowcount


def forget_strangers(connection: sqlite3.Connection) -> None:
    """PINs of people who are not there yet."""
    connection.execute("DELETE FROM credentials WHERE person NOT IN (SELECT key FROM people)")


def erased_since(connection: sqlite3.Connection, newer: Path) -> list[tuple[str, dict[str, str]]]:
    """Put what was erased in a newer store in the place of the same records here. -> what is
    to be journaled again: subject, and the body of the fact about it.

    A record is the same when its seal is: then these are the words that were erased.
    """
    told = []
    with closing(sqlite3.connect(f"file:{newer}?mode=ro", uri=True)) as other:
        rows = other.execute(
            "SELECT subject, body FROM journal WHERE kind = ? ORDER BY seq", (ERASED,)
        )
        for subject, body in rows.fetchall():
            again = _erased_again(connection, other, json.loads(body)["facts"])
            if again:
                told.append((subject, {**json.loads(body), "facts": again}))
    return told


def _erased_again(
    here: sqlite3.Connection, other: sqlite3.Connection, facts: dict[str, str]
) -> dict[str, str]:
    again = {}
    for seq in map(int, facts):
        mine = here.execute("SELECT salt, seal FROM journal WHERE seq = ?", (seq,)).fetchone()
        left = other.execute(
            "SELECT subject, body, seal FROM journal WHERE seq = ?", (seq,)
        ).fetchone()
        if mine and left and mine[0] and mine[1] == left[2]:
            journal.erase(here, seq, left[0], left[1])
            again[str(seq)] = journal.digest_of_rest(left[0], left[1])
    return again
