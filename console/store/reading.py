"""The reading side of the store: facts, board, strip, people. No read outlives a call."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from console.domain.board import BoardRow
from console.domain.call import Call
from console.domain.facts import Fact
from console.domain.outbox import Posted
from console.domain.people import Person
from console.store import journal
from console.store.rows import OwedRow, board_of, boards_of, call_of, owed_of, person_of, posted_of

_CASE_COLUMNS = (
    "number",
    "version",
    "open",
    "state",
    "line",
    "category",
    "division",
    "owner",
    "assignee",
    "customer",
    "phone",
    "opened_at",
    "closed_at",
)


class Reading:
    """Questions the store answers. Also mixed into `Writing`, where they see its own
    transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    # --- facts

    def load(self, subject: str, after: int = 0) -> list[Fact]:
        """The facts of one subject, in sequence."""
        return journal.load(self.connection, subject, after)

    def last(self, subject: str, kind: str) -> Fact | None:
        """The latest fact of a kind about a subject."""
        return journal.last(self.connection, subject, kind)

    def follow(self, seq: int, limit: int = 1000) -> list[Fact]:
        """The facts after a sequence number."""
        return journal.since(self.connection, seq, limit)

    def of_kinds(self, kinds: tuple[str, ...], start: int, end: int) -> Iterator[Fact]:
        """The facts of some kinds that happened in `[start, end)` (UTC seconds), in sequence.
        Reads the whole journal: for a report, not for a screen."""
        return journal.of_kinds(self.connection, kinds, start, end)

    def changed_since(self, seq: int) -> tuple[int, set[str]]:
        """The last sequence number and the subjects changed after `seq`."""
        return journal.subjects_since(self.connection, seq)

    def last_seq(self) -> int:
        return journal.head(self.connection)[0]

    def data_version(self) -> int:
        """Changes when another connection has committed; costs microseconds to ask."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    # --- cases

    def board(self) -> list[BoardRow]:
        """Every open case. The cost follows the open work, never the history."""
        rows = self.connection.execute("SELECT row FROM board")
        return boards_of(row[0] for row in rows)

    def board_row(self, number: int) -> BoardRow | None:
        row = self.connection.execute(
            "SELECT row FROM board WHERE number = ?", (number,)
        ).fetchone()
        return board_of(row[0]) if row else None

    def due_by(self, moment: int, limit: int = 100) -> list[tuple[str, int]]:
        """(subject, instant) of open cases and debts where something happens by itself at
        or before `moment` (UTC seconds), the earliest first."""
        rows = self.connection.execute(
            "SELECT * FROM (SELECT 'case:' || number, next_at FROM board WHERE next_at <= ?1 "
            "UNION ALL SELECT subject, next_at FROM watches WHERE next_at <= ?1) "
            "ORDER BY 2, 1 LIMIT ?2",
            (moment, limit),
        ).fetchall()
        return [(row[0], row[1]) for row in rows]

    def next_moment(self) -> int | None:
        """The earliest instant at which something happens by itself."""
        row = self.connection.execute(
            "SELECT min(at) FROM ("
            "SELECT min(next_at) AS at FROM board WHERE next_at IS NOT NULL UNION ALL "
            "SELECT min(next_at) FROM watches WHERE next_at IS NOT NULL)"
        ).fetchone()
        return None if row[0] is None else int(row[0])

    def is_watched(self, subject: str) -> bool:
        """Whether something is owed or amiss there: a caller not called back, an empty seat."""
        found = self.connection.execute(
            "SELECT 1 FROM watches WHERE subject = ? AND open = 1", (subject,)
        )
        return found.fetchone() is not None

    def owed(self) -> list[OwedRow]:
        """Callers who wait for a call back, the longest waiting first."""
        rows = self.connection.execute(
            "SELECT subject, row FROM watches WHERE open = 1 "
            "AND subject >= 'callback:' AND subject < 'callback;'"
        ).fetchall()
        return sorted((owed_of(*row) for row in rows), key=lambda debt: debt.since)

    def next_case(self) -> int:
        row = self.connection.execute("SELECT max(number) FROM cases").fetchone()
        return int(row[0] or 1000) + 1

    def case_exists(self, number: int) -> bool:
        found = self.connection.execute("SELECT 1 FROM cases WHERE number = ?", (number,))
        return found.fetchone() is not None

    def cases_held_by(self, person: str) -> list[int]:
        """The open cases somebody looks after: own ones without a custodian, and those in
        their custody, the oldest first."""
        mine = (row.case for row in self.board() if person == (row.custodian or row.owner))
        return sorted(mine)

    def cases_owned(self) -> dict[str, int]:
        """How many open cases each person owns."""
        rows = self.connection.execute(
            "SELECT owner, count(*) FROM cases WHERE open = 1 GROUP BY owner"
        )
        return dict(rows.fetchall())

    def cases_open_between(self, line: str, since: int, until: int) -> list[int]:
        """The cases of a line that were open at some time between two instants (UTC
        seconds), the oldest first."""
        rows = self.connection.execute(
            "SELECT number FROM cases WHERE line = ? AND opened_at <= ? "
            "AND (closed_at IS NULL OR closed_at >= ?) ORDER BY number",
            (line, until, since),
        )
        return [row[0] for row in rows]

    def cases_open_at(self, moment: int) -> list[int]:
        """The cases that may have been open at an instant (UTC seconds), the oldest first. One
        that was reopened since may have been closed."""
        rows = self.connection.execute(
            "SELECT number FROM cases WHERE opened_at <= ?1 "
            "AND (closed_at IS NULL OR closed_at > ?1) ORDER BY number",
            (moment,),
        )
        return [row[0] for row in rows]

    def cases_with_phone(self, phone: str, limit: int = 20) -> list[dict[str, object]]:
        """A caller's cases, newest first."""
        return self._cases("phone = ? ORDER BY number DESC LIMIT ?", (phone, limit))

    def cases_like(self, text: str, limit: int) -> list[dict[str, object]]:
        """Cases by number, by the last digits of the phone, or by the customer's name."""
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return self._cases(
            "CAST(number AS TEXT) = ? OR phone LIKE ? ESCAPE '\\' OR customer LIKE ? ESCAPE '\\' "
            "ORDER BY number DESC LIMIT ?",
            (text, f"%{escaped}", f"%{escaped}%", limit),
        )

    def case_counts(self, phone: str) -> tuple[int, int, int, str]:
        """(all, open, newest open case or 0, its owner) of a caller's cases."""
        rows = self.connection.execute(
            "SELECT number, open, owner FROM cases WHERE phone = ? ORDER BY number DESC LIMIT 100",
            (phone,),
        ).fetchall()
        opened = [row for row in rows if row[1]]
        newest = opened[0] if opened else (0, 0, "")
        return len(rows), len(opened), newest[0], newest[2]

    def caller_name(self, phone: str) -> str:
        """The customer the newest case of a number was for."""
        row = self.connection.execute(
            "SELECT customer FROM cases WHERE phone = ? ORDER BY number DESC LIMIT 1", (phone,)
        ).fetchone()
        return str(row[0]) if row else ""

    def _cases(self, condition: str, values: tuple[object, ...]) -> list[dict[str, object]]:
        rows = self.connection.execute(
            f"SELECT {', '.join(_CASE_COLUMNS)} FROM cases WHERE {condition}", values
        ).fetchall()
        return [dict(zip(_CASE_COLUMNS, row, strict=True)) for row in rows]

    # --- what waits to be delivered

    def outbox_waiting(self, channels: Sequence[str]) -> list[Posted]:
        """What waits to be sent by some channels, now or later, in no order."""
        marks = ",".join("?" * len(channels))
        rows = self.connection.execute(
            f"SELECT subject, row FROM outbox WHERE next_at IS NOT NULL AND channel IN ({marks})",
            tuple(channels),
        ).fetchall()
        return [posted_of(*row) for row in rows]

    def outbox(self, state: str = "", subject: str = "") -> list[Posted]:
        """What is still to be done, in a state or about a subject (any when left out)."""
        rows = self.connection.execute(
            "SELECT subject, row FROM outbox WHERE ?1 IN ('', state) AND ?2 IN ('', subject)",
            (state, subject),
        ).fetchall()
        return sorted((posted_of(*row) for row in rows), key=lambda posted: posted.order)

    def outbox_counts(self) -> list[tuple[str, str, int]]:
        """(channel, state, how many) of what is still to be done."""
        return self.connection.execute(
            "SELECT channel, state, count(*) FROM outbox GROUP BY channel, state"
        ).fetchall()

    def notice_subject(self, key: str) -> str:
        """What a notice is about, by its key; "" when there is none."""
        seq = key.partition(".")[0]
        if not seq.isascii() or not seq.isdigit() or len(seq) > 15:
            return ""
        row = self.connection.execute(
            "SELECT subject FROM journal WHERE seq = ?", (int(seq),)
        ).fetchone()
        return str(row[0]) if row else ""

    # --- calls

    def strip(self) -> list[Call]:
        """Calls that came in and are not over, oldest first."""
        return [call for call in self.live_calls() if call.direction == "in"]

    def live_calls(self) -> list[Call]:
        """Calls going on, in and out, oldest first."""
        rows = self.connection.execute(
            "SELECT row FROM calls WHERE strip = 1 ORDER BY rang_at"
        ).fetchall()
        return [call_of(row[0]) for row in rows]

    def call(self, key: str) -> Call | None:
        row = self.connection.execute("SELECT row FROM calls WHERE key = ?", (key,)).fetchone()
        return call_of(row[0]) if row else None

    def calls_like(self, text: str, limit: int) -> list[Call]:
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = self.connection.execute(
            "SELECT row FROM calls WHERE key = ? OR phone LIKE ? ESCAPE '\\' "
            "ORDER BY rang_at DESC LIMIT ?",
            (text, f"%{escaped}", limit),
        ).fetchall()
        return [call_of(row[0]) for row in rows]

    def recent_calls(self, limit: int) -> list[Call]:
        rows = self.connection.execute(
            "SELECT row FROM calls ORDER BY rang_at DESC LIMIT ?", (limit,)
        ).fetchall()
        return [call_of(row[0]) for row in rows]

    def calls_from(self, phone: str) -> int:
        row = self.connection.execute("SELECT count(*) FROM calls WHERE phone = ?", (phone,))
        return int(row.fetchone()[0])

    def viewed_since(self, person: str, case: int, moment: int) -> bool:
        """Whether it was written down from an instant on that somebody looked at a case."""
        rows = self.connection.execute(
            "SELECT kind, body FROM (SELECT kind, body, recorded FROM journal "
            "WHERE subject = ? ORDER BY seq DESC LIMIT 500) WHERE recorded >= ?",
            (f"person:{person}", moment),
        ).fetchall()
        return any(kind == "viewed" and json.loads(body)["case"] == case for kind, body in rows)

    # --- people and what else the store remembers

    def people(self) -> list[Person]:
        rows = self.connection.execute("SELECT key, row FROM people ORDER BY key").fetchall()
        return [person_of(*row) for row in rows]

    def people_version(self) -> int:
        """The sequence number of the last fact about a person."""
        row = self.connection.execute("SELECT max(version) FROM people").fetchone()
        return int(row[0] or 0)

    def meta(self, key: str) -> str:
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def spec(self, line: str, version: int = 0) -> str:
        """What a line or division said in a version (0 = the last); "" when not kept."""
        row = self.connection.execute(
            "SELECT spec FROM specs WHERE line = ?1 AND ?2 IN (0, version) "
            "ORDER BY version DESC LIMIT 1",
            (line, version),
        ).fetchone()
        return str(row[0]) if row else ""

    def spec_digests(self) -> dict[tuple[str, int], str]:
        """What is kept: the digest of every line and division, by key and version."""
        rows = self.connection.execute("SELECT line, version, digest FROM specs").fetchall()
        return {(row[0], row[1]): row[2] for row in rows}

    def has_cases(self, line: str, division: str = "") -> bool:
        """Whether a line, or a division of it, has or had any case."""
        row = self.connection.execute(
            "SELECT 1 FROM cases WHERE line = ?1 AND ?2 IN ('', division) LIMIT 1",
            (line, division),
        ).fetchone()
        return row is not None

    def credentials(self, person: str) -> tuple[str, int, int] | None:
        """(PIN hash, failed attempts, locked until) or None when no PIN was set."""
        row = self.connection.execute(
            "SELECT pin, failed, locked_until FROM credentials WHERE person = ?", (person,)
        ).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def values(self, number: int) -> dict[str, object]:
        rows = self.connection.execute(
            "SELECT field, value FROM case_values WHERE number = ?", (number,)
        ).fetchall()
        return {field: json.loads(value) for field, value in rows}
