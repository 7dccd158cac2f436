"""Reading everything there is, to compare it with what the journal folds to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any, NamedTuple

from console.domain.erasure import ERASED
from console.store import journal
from console.store.errors import explained
from console.store.journal import GENESIS, Row, Sealed, digest_of, digest_of_rest, seal_of


class BrokenLink(NamedTuple):
    """The first place where the chain does not hold."""

    seq: int
    reason: str


@contextmanager
def reading(connection: sqlite3.Connection, *, lenient: bool = False) -> Iterator[None]:
    """Read with every fault of the database explained. Raises StoreError.

    `lenient` reads what is no text any more all the same, so that its place can be named.
    """
    if lenient:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error) from error
    finally:
        connection.text_factory = str


def integrity(connection: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds wrong; empty when the file is sound."""
    rows = connection.execute("PRAGMA integrity_check(20)").fetchall()
    return [row[0] for row in rows if row[0] != "ok"]


def broken_link(connection: sqlite3.Connection) -> tuple[int, BrokenLink | None]:
    """Recompute the chain. -> (facts checked, the first record that does not fit)."""
    previous, expected, broken = GENESIS, 0, None
    erased: dict[int, str] = {}
    for row in journal.raw(connection):
        expected += 1
        reason = _unfit(row, expected, previous)
        if reason:
            broken = BrokenLink(row[0], reason)
            expected -= 1
            break
        if not row[10]:
            erased[row[0]] = digest_of_rest(row[5], row[7])
        previous = row[9]
    uncovered = _uncovered(connection, erased)
    if uncovered:
        return uncovered - 1, BrokenLink(uncovered, "was changed or erased without a record of it")
    return expected, broken


def _unfit(row: Sealed, expected: int, previous: bytes) -> str:
    """Why a record does not fit the chain, "" when it does."""
    if row[0] != expected:
        return f"expected fact {expected}"
    if row[8] != previous:
        return "does not follow the fact before it"
    seal = seal_of(row[10], row[5], row[7]) if row[10] else row[11]
    if seal != row[11] or digest_of(previous, (*row[:5], row[6]), seal) != row[9]:
        return "was changed after it was written"
    return ""


def _uncovered(connection: sqlite3.Connection, erased: dict[int, str]) -> int:
    """The first record without a salt whose present words no erasure stands for; 0 = none."""
    if not erased:
        return 0
    left: dict[str, str] = {}
    for subject, body, salt, seal in connection.execute(
        "SELECT subject, body, salt, seal FROM journal WHERE kind = ? ORDER BY seq", (ERASED,)
    ):
        if salt and seal_of(salt, subject, body) == seal:
            left.update(json.loads(body)["facts"])
    return next((seq for seq, digest in erased.items() if left.get(str(seq)) != digest), 0)


def subjects(connection: sqlite3.Connection, kind: str) -> Iterator[tuple[str, list[Row]]]:
    """Every subject of a kind (`case`, `call`, `person`) with its records in sequence."""
    rows: Iterator[Row] = connection.execute(
        "SELECT seq, at, recorded, actor, seat, subject, kind, body, previous, digest "
        "FROM journal WHERE subject >= ? AND subject < ? ORDER BY subject, seq",
        (f"{kind}:", f"{kind};"),
    )
    for subject, group in groupby(rows, key=lambda row: row[5]):
        yield subject, list(group)


def table(connection: sqlite3.Connection, name: str) -> dict[Any, tuple[Any, ...]]:
    """A projection as it stands, by its first column."""
    if name not in ("cases", "board", "calls", "watches", "people", "outbox"):
        raise ValueError(name)
    return {row[0]: row for row in connection.execute(f"SELECT * FROM {name}").fetchall()}


def values_table(connection: sqlite3.Connection) -> dict[tuple[int, str], str]:
    rows = connection.execute("SELECT number, field, value FROM case_values").fetchall()
    return {(row[0], row[1]): row[2] for row in rows}


def specs(connection: sqlite3.Connection) -> list[tuple[str, int, str, str]]:
    """Every snapshot of rules: line or division, version, digest, text."""
    rows = connection.execute("SELECT line, version, digest, spec FROM specs").fetchall()
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def meta(connection: sqlite3.Connection) -> dict[str, str]:
    """Everything the store remembers besides."""
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def credentials(connection: sqlite3.Connection) -> list[tuple[str, str, Any, Any]]:
    """(person, PIN hash, failed attempts, locked until) of everybody who has a PIN."""
    return connection.execute("SELECT * FROM credentials ORDER BY person").fetchall()
