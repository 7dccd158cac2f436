"""What a store holds of one telephone number, and of what is long over: for erasing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from console.domain.facts import Fact
from console.store import journal

_FACT = "seq, at, recorded, actor, seat, subject, kind, body, previous, digest"
_BATCH = 5000


def cases_of(connection: sqlite3.Connection, phone: str) -> dict[int, bool]:
    """The cases of a number, and whether each is open."""
    rows = connection.execute("SELECT number, open FROM cases WHERE phone = ?", (phone,))
    return {row[0]: bool(row[1]) for row in rows.fetchall()}


def calls_of(connection: sqlite3.Connection, phone: str) -> list[str]:
    """The calls of a number, the oldest first."""
    rows = connection.execute("SELECT key FROM calls WHERE phone = ? ORDER BY rang_at", (phone,))
    return [row[0] for row in rows.fetchall()]


def mentions(connection: sqlite3.Connection, ending: str) -> Iterator[Fact]:
    """The facts whose body has these digits somewhere. Reads the whole journal, in batches,
    so that no read stays open."""
    last, end = 0, journal.head(connection)[0]
    while last < end:
        rows = connection.execute(
            f"SELECT {_FACT} FROM journal WHERE seq > ? AND seq <= ? AND instr(body, ?) "
            "ORDER BY seq",
            (last, last + _BATCH, ending),
        ).fetchall()
        yield from map(journal.fact_of, rows)
        last += _BATCH


def rows_of(connection: sqlite3.Connection, cases: list[int]) -> list[str]:
    """The imported rows (subjects) that became these cases."""
    rows = connection.execute(
        "SELECT subject, json_extract(body, '$.case') FROM journal "
        "WHERE subject >= 'row:' AND subject < 'row;' AND kind = 'row_imported'"
    )
    return [row[0] for row in rows.fetchall() if row[1] in cases]


_NAMELESS = "SELECT kind = 'erased' AND json_extract(body, '$.all') FROM journal WHERE"
"""Whether the last fact of something is that it was erased: nothing was written since."""


def closed_before(connection: sqlite3.Connection, moment: int) -> list[int]:
    """Cases closed before an instant (UTC seconds) that still name their customer, the
    oldest first."""
    rows = connection.execute(
        "SELECT number FROM cases WHERE open = 0 AND closed_at < ? "
        f"AND NOT ({_NAMELESS} seq = version) ORDER BY closed_at",
        (moment,),
    )
    return [row[0] for row in rows.fetchall()]


def alone_before(connection: sqlite3.Connection, moment: int) -> list[str]:
    """Calls before an instant, long over, that led to no case and still say who called, the
    oldest first."""
    rows = connection.execute(
        "SELECT key FROM calls WHERE rang_at < ? AND state IN ('ended', 'missed') "
        "AND instr(row, '\"cases\":[]') "
        f"AND NOT ({_NAMELESS} seq = version) ORDER BY rang_at",
        (moment,),
    )
    return [row[0] for row in rows.fetchall()]


def quiet_since(connection: sqlite3.Connection, moment: int) -> list[str]:
    """Numbers once owed a call back of which nothing was written down since an instant."""
    last = "SELECT max(seq) FROM journal AS one WHERE one.subject = watches.subject"
    rows = connection.execute(
        "SELECT substr(subject, 10) FROM watches WHERE open = 0 AND subject >= 'callback:' "
        f"AND subject < 'callback;' AND NOT ({_NAMELESS} seq = ({last})) "
        f"AND (SELECT at FROM journal WHERE seq = ({last})) < ? ORDER BY subject",
        (moment,),
    )
    return [row[0] for row in rows.fetchall()]
