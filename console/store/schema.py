"""The tables, made and migrated once, under an exclusive lock.

sqlite-utils is imported here only: a seat that opens an up-to-date store never loads it.
"""

from __future__ import annotations

import sqlite3

from console.domain.words import M
from console.store.errors import StoreError

VERSION = 3
"""The store's format. Raised by one with every migration below."""

_JOURNAL = {
    "seq": int,
    "at": int,
    "recorded": int,
    "actor": str,
    "seat": str,
    "subject": str,
    "kind": str,
    "body": str,
    "previous": bytes,
    "digest": bytes,
}


def version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_version(found: int) -> None:
    """Raise StoreError for a store of a newer version: guessing would damage it."""
    if found > VERSION:
        raise StoreError(
            M(
                "This store is of version {found}; this console knows version {known}.",
                found=found,
                known=VERSION,
            ),
            M("Start a newer console on it, or restore a backup of the older version."),
        )


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a store to `VERSION`. The caller holds the turnstile."""
    from sqlite_utils import Database  # noqa: PLC0415 - heavy; only for a new or old store

    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        database = Database(connection, execute_plugins=False)
        if version_of(connection) < 1:
            _first(database)
        if version_of(connection) < 2:
            _second(database)
        if version_of(connection) < 3:
            _third(database)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _first(database: object) -> None:
    """Version 1: the journal, and the projections folded from it."""
    from sqlite_utils import Database  # noqa: PLC0415

    assert isinstance(database, Database)

    def create(
        name: str, columns: dict[str, type], key: str | tuple[str, ...], **options: object
    ) -> None:
        database[name].create(columns, pk=key, strict=True, **options)  # type: ignore[union-attr,arg-type]

    create("journal", _JOURNAL, "seq", not_null=set(_JOURNAL))
    database["journal"].create_index(["subject", "seq"])  # type: ignore[union-attr]
    create("meta", {"key": str, "value": str}, "key")
    create(
        "cases",
        {
            "number": int,
            "version": int,
            "open": int,
            "state": str,
            "line": str,
            "category": str,
            "division": str,
            "owner": str,
            "assignee": str,
            "customer": str,
            "phone": str,
            "opened_at": int,
            "closed_at": int,
            "clocks": int,
        },
        "number",
    )
    create("board", {"number": int, "next_at": int, "row": str}, "number")
    create(
        "calls",
        {
            "key": str,
            "version": int,
            "strip": int,
            "state": str,
            "phone": str,
            "rang_at": int,
            "row": str,
        },
        "key",
    )
    create("watches", {"subject": str, "open": int, "next_at": int, "row": str}, "subject")
    create(
        "case_values",
        {"number": int, "field": str, "value": str, "spec_version": int},
        ("number", "field"),
    )
    create("people", {"key": str, "version": int, "row": str}, "key")
    create("credentials", {"person": str, "pin": str, "failed": int, "locked_until": int}, "person")
    for statement in (
        "CREATE INDEX cases_phone ON cases(phone, number) WHERE phone <> ''",
        "CREATE INDEX cases_owner ON cases(owner, number) WHERE open = 1",
        "CREATE INDEX board_next ON board(next_at) WHERE next_at IS NOT NULL",
        "CREATE INDEX watches_open ON watches(subject) WHERE open = 1",
        "CREATE INDEX watches_next ON watches(next_at) WHERE next_at IS NOT NULL",
        "CREATE INDEX calls_strip ON calls(strip, rang_at) WHERE strip = 1",
        "CREATE INDEX calls_phone ON calls(phone, rang_at) WHERE phone <> ''",
    ):
        database.execute(statement)


def _second(database: object) -> None:
    """Version 2: what product lines and divisions said, as long as cases know it."""
    from sqlite_utils import Database  # noqa: PLC0415

    assert isinstance(database, Database)
    columns = {"line": str, "version": int, "digest": str, "spec": str}
    database["specs"].create(columns, pk=("line", "version"), strict=True)  # type: ignore[union-attr]


def _third(database: object) -> None:
    """Version 3: what waits to be delivered, one row for each addressee and channel; and
    every record of the journal sealed, so that its words can be erased one day."""
    from sqlite_utils import Database  # noqa: PLC0415

    from console.store.sealing import seal_all  # noqa: PLC0415 - once in the life of a store

    assert isinstance(database, Database)
    columns = {**_JOURNAL, "salt": bytes, "seal": bytes}
    database.rename_table("journal", "journal_before")
    database["journal"].create(columns, pk="seq", strict=True, not_null=set(columns))  # type: ignore[union-attr]
    seal_all(database.conn, "journal_before")
    database["journal_before"].drop()
    database["journal"].create_index(["subject", "seq"])  # type: ignore[union-attr]
    columns = {
        "key": str,
        "subject": str,
        "person": str,
        "channel": str,
        "state": str,
        "next_at": int,
        "row": str,
    }
    database["outbox"].create(columns, pk="key", strict=True)  # type: ignore[union-attr]
    for statement in (
        "CREATE INDEX outbox_next ON outbox(next_at) WHERE next_at IS NOT NULL",
        "CREATE INDEX outbox_state ON outbox(state, person)",
        "CREATE INDEX outbox_subject ON outbox(subject)",
    ):
        database.execute(statement)
