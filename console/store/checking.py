"""Reading everything there is, to compare it with what the journal folds to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any, NamedTuple

from console.store import journal
from console.store.errors import explained
from console.store.journal import GENESIS, Row, digest_of


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
    previous, expected = GENESIS, 0
    for row in journal.raw(connection):
        expected += 1
        if row[0] != expected:
            return expected - 1, BrokenLink(row[0], f"expected fact {expected}")
        if row[8] != previous:
            return expected - 1, BrokenLink(row[0], "does not follow the fact before it")
        if digest_of(previous, row[:8]) != row[9]:
            return expected - 1, BrokenLink(row[0], "was changed after it was written")
        previous = row[9]
    return expected, None


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
    if name not in ("cases", "board", "calls", "watches", "people"):
        raise ValueError(name)
    return {row[0]: row for row in connection.execute(f"SELECT * FROM {name}").fetchall()}


def values_table(connection: sqlite3.Connection) -> dict[tuple[int, str], str]:
    rows = connection.execute("SELECT number, field, value FROM case_values").fetchall()
    return {(row[0], row[1]): row[2] for row in rows}


def specs(connection: sqlite3.Connection) -> list[tuple[str, int, str, str]]:
    """Every snapshot of rules: line or division, version, digest, text."""
    rows = connection.execute("SELECT line, version, digest, spec FROM specs").fetchall()
    return [(row[0], row[1], row[2], row[3]) for row in rows]
