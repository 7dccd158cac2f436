"""The journal: facts in sequence, each chained by hash to everything before it.

What a fact is about and what it says is sealed: the chain covers a salted digest of subject
and body, not the words themselves. What is erased later leaves the chain whole, and nobody
can try out numbers against the digest that stays, because the salt is gone with the words.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator

from console.domain.facts import Fact

GENESIS = bytes(32)
SALT_BYTES = 16
NO_SALT = b""
"""The salt of a record whose words were erased."""

_COLUMNS = "seq, at, recorded, actor, seat, subject, kind, body, previous, digest"
_SEALED = f"{_COLUMNS}, salt, seal"
_INSERT = f"INSERT INTO journal({_SEALED}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
_BATCH = 2000
_LENGTH = struct.Struct(">I").pack

Row = tuple[int, int, int, str, str, str, str, str, bytes, bytes]
"""A record as facts are read from it."""

Sealed = tuple[int, int, int, str, str, str, str, str, bytes, bytes, bytes, bytes]
"""A whole record: the row, its salt and its seal."""


written: Callable[[object], str] = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
).encode
"""The canonical JSON of a fact's body: what is hashed is what is stored."""


def seal_of(salt: bytes, subject: str, body: str) -> bytes:
    """SHA-256 over the salt, and subject and body as stored, the subject with its length."""
    about = subject.encode()
    return hashlib.sha256(salt + _LENGTH(len(about)) + about + body.encode()).digest()


def digest_of_rest(subject: str, body: str) -> str:
    """What an erasure says of the words it left behind: their seal without a salt, in hex."""
    return seal_of(NO_SALT, subject, body).hex()


def digest_of(previous: bytes, row: tuple[int, int, int, str, str, str], seal: bytes) -> bytes:
    """SHA-256 over the previous digest, the columns seq, at, recorded, actor, seat and kind,
    each prefixed with its length, and the seal."""
    return chained(previous, row, seal)


def chained(previous: bytes, columns: Iterable[object], seal: bytes = b"") -> bytes:
    """SHA-256 over a digest, columns as text each with its length, and a seal."""
    chain = hashlib.sha256(previous)
    for column in columns:
        data = str(column).encode()
        chain.update(_LENGTH(len(data)) + data)
    chain.update(seal)
    return chain.digest()


def head(connection: sqlite3.Connection) -> tuple[int, bytes]:
    """The last sequence number and digest; (0, zero bytes) for an empty journal."""
    row = connection.execute("SELECT seq, digest FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, GENESIS)


def append(connection: sqlite3.Connection, facts: Iterable[Fact], previous: bytes) -> None:
    """Write facts whose sequence numbers follow the head's. Inside a write transaction."""
    rows = []
    for fact in facts:
        row = sealed(fact, written(fact.body), previous)
        rows.append(row)
        previous = row[9]
    put(connection, rows)


def put(connection: sqlite3.Connection, records: Iterable[Sealed]) -> None:
    """Write records as they are. Inside a write transaction."""
    connection.executemany(_INSERT, records)


def sealed(fact: Fact, body: str, previous: bytes) -> Sealed:
    """The record of a fact that follows a digest, with a salt of its own."""
    salt = os.urandom(SALT_BYTES)
    seal = seal_of(salt, fact.subject, body)
    told = (fact.seq, fact.at, fact.recorded, fact.actor, fact.seat)
    digest = digest_of(previous, (*told, fact.kind), seal)
    return (*told, fact.subject, fact.kind, body, previous, digest, salt, seal)


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


def last(connection: sqlite3.Connection, subject: str, kind: str) -> Fact | None:
    """The latest fact of a kind about a subject."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE subject = ? AND kind = ? ORDER BY seq DESC LIMIT 1",
        (subject, kind),
    ).fetchone()
    return fact_of(row) if row else None


def since(connection: sqlite3.Connection, seq: int, limit: int = _BATCH) -> list[Fact]:
    """The facts after a sequence number, at most `limit` of them."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)
    ).fetchall()
    return [fact_of(row) for row in rows]


def of_kinds(
    connection: sqlite3.Connection, kinds: tuple[str, ...], start: int, end: int
) -> Iterator[Fact]:
    """The facts of some kinds that happened in `[start, end)`, in sequence."""
    wanted = ",".join("?" * len(kinds))
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE kind IN ({wanted}) AND at >= ? AND at < ? "
        "ORDER BY seq",
        (*kinds, start, end),
    )
    return (fact_of(row) for row in rows.fetchall())


def subjects_since(connection: sqlite3.Connection, seq: int) -> tuple[int, set[str]]:
    """The last sequence number and the subjects that changed after `seq`."""
    rows = connection.execute(
        "SELECT seq, subject FROM journal WHERE seq > ? ORDER BY seq", (seq,)
    ).fetchall()
    return (rows[-1][0] if rows else seq, {row[1] for row in rows})


def erase(connection: sqlite3.Connection, seq: int, subject: str, body: str) -> None:
    """Put other words in the place of a record's, and forget the salt they were sealed with.
    The seal and the chain stay as they are. Inside a write transaction."""
    connection.execute(
        "UPDATE journal SET subject = ?, body = ?, salt = ? WHERE seq = ?",
        (subject, body, NO_SALT, seq),
    )


def raw(connection: sqlite3.Connection) -> Iterator[Sealed]:
    """Every record of the journal in sequence, in batches, so that no read stays open."""
    last = 0
    while True:
        rows = connection.execute(
            f"SELECT {_SEALED} FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", (last, _BATCH)
        ).fetchall()
        if not rows:
            return
        yield from rows
        last = rows[-1][0]
