"""The journal: facts in sequence, each chained by hash to everything before it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator

from console.domain.facts import Fact

GENESIS = bytes(32)

_COLUMNS = "seq, at, recorded, actor, seat, subject, kind, body, previous, digest"
_INSERT = f"INSERT INTO journal({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)"
_BATCH = 2000
_LENGTH = struct.Struct(">I").pack

Row = tuple[int, int, int, str, str, str, str, str, bytes, bytes]


written: Callable[[object], str] = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
).encode
"""The canonical JSON of a fact's body: what is hashed is what is stored."""


def digest_of(previous: bytes, row: tuple[int, int, int, str, str, str, str, str]) -> bytes:
    """SHA-256 over the previous digest and every column, each prefixed with its length."""
    chain = hashlib.sha256(previous)
    for column in row:
        data = str(column).encode()
        chain.update(_LENGTH(len(data)) + data)
    return chain.digest()


def head(connection: sqlite3.Connection) -> tuple[int, bytes]:
    """The last sequence number and digest; (0, zero bytes) for an empty journal."""
    row = connection.execute("SELECT seq, digest FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, GENESIS)


def append(connection: sqlite3.Connection, facts: Iterable[Fact], previous: bytes) -> None:
    """Write facts whose sequence numbers follow the head's. Inside a write transaction."""
    rows = []
    for fact in facts:
        columns = (
            fact.seq,
            fact.at,
            fact.recorded,
            fact.actor,
            fact.seat,
            fact.subject,
            fact.kind,
            written(fact.body),
        )
        digest = digest_of(previous, columns)
        rows.append((*columns, previous, digest))
        previous = digest
    connection.executemany(_INSERT, rows)


def fact_of(row: Row) -> Fact:
    seq, at, recorded, actor, seat, subject, kind, body, previous, digest = row
    return Fact(
        seq,
        at,
        recorded,
        actor,
        seat,
        subject,
        kind,
        json.loads(body),
        previous.hex(),
        digest.hex(),
    )


def load(connection: sqlite3.Connection, subject: str, after: int = 0) -> list[Fact]:
    """The facts of one subject in sequence, those after `after` only."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE subject = ? AND seq > ? ORDER BY seq",
        (subject, after),
    ).fetchall()
    return [fact_of(row) for row in rows]


def since(connection: sqlite3.Connection, seq: int, limit: int = _BATCH) -> list[Fact]:
    """The facts after a sequence number, at most `limit` of them."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)
    ).fetchall()
    return [fact_of(row) for row in rows]


def subjects_since(connection: sqlite3.Connection, seq: int) -> tuple[int, set[str]]:
    """The last sequence number and the subjects that changed after `seq`."""
    rows = connection.execute(
        "SELECT seq, subject FROM journal WHERE seq > ? ORDER BY seq", (seq,)
    ).fetchall()
    return (rows[-1][0] if rows else seq, {row[1] for row in rows})


def raw(connection: sqlite3.Connection) -> Iterator[Row]:
    """Every row of the journal in sequence, in batches, so that no read stays open."""
    last = 0
    while True:
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", (last, _BATCH)
        ).fetchall()
        if not rows:
            return
        yield from rows
        last = rows[-1][0]
