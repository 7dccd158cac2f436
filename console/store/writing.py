"""The writing side of the store: append facts and lay down what they fold to."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.call import Call
from console.domain.case import Case
from console.domain.facts import Fact
from console.domain.notices import NoticeRow
from console.domain.outbox import Holder, is_pending
from console.domain.people import Person
from console.domain.watch import Watch
from console.store import journal, rows
from console.store.reading import Reading


class Writing(Reading):
    """One write transaction; see `Store.writing`."""

    def append(self, facts: list[Fact], previous: bytes) -> None:
        """Journal facts numbered from the head on."""
        journal.append(self.connection, facts, previous)

    def erase(self, seq: int, subject: str, body: str) -> None:
        """Put what is left of a fact in its place; see `journal.erase`."""
        journal.erase(self.connection, seq, subject, body)

    def drop_watch(self, subject: str) -> None:
        self.connection.execute("DELETE FROM watches WHERE subject = ?", (subject,))

    def head(self) -> tuple[int, bytes]:
        """The last sequence number and its digest."""
        return journal.head(self.connection)

    def put_case(self, case: Case, changed: Iterable[str]) -> None:
        """Lay down a case. `changed` are the fields whose values are new."""
        execute = self.connection.execute
        execute(
            "INSERT OR REPLACE INTO cases VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", rows.case_row(case)
        )
        if case.is_open:
            execute("INSERT OR REPLACE INTO board VALUES (?,?,?)", rows.board_entry(case))
        else:
            execute("DELETE FROM board WHERE number = ?", (case.number,))
        values = rows.value_rows(case, set(changed))
        if values:
            self.connection.executemany(
                "INSERT OR REPLACE INTO case_values VALUES (?,?,?,?)", values
            )

    def put_call(self, call: Call) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO calls VALUES (?,?,?,?,?,?,?)", rows.call_row(call)
        )

    def put_watch(self, watch: Watch) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO watches VALUES (?,?,?,?)", rows.watch_row(watch)
        )

    def put_outbox(self, case: Holder, notices: Iterable[NoticeRow]) -> None:
        """Lay down what is still to be done about these notices of a case or bulletin."""
        for row in notices:
            if is_pending(row, case):
                self.connection.execute(
                    "INSERT OR REPLACE INTO outbox VALUES (?,?,?,?,?,?,?)",
                    rows.outbox_row(case.subject, row),
                )
            else:
                self.connection.execute("DELETE FROM outbox WHERE key = ?", (row.key,))

    def put_person(self, person: Person, version: int) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO people VALUES (?,?,?)",
            (person.key, version, rows.person_text(person)),
        )

    def put_credentials(self, person: str, pin: str, failed: int, locked_until: int) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO credentials VALUES (?,?,?,?)",
            (person, pin, failed, locked_until),
        )

    def put_spec(self, line: str, version: int, digest: str, spec: str) -> None:
        """Keep what a line (`acme`) or a division (`acme/pile`) says."""
        self.connection.execute(
            "INSERT OR REPLACE INTO specs VALUES (?,?,?,?)", (line, version, digest, spec)
        )

    def clear_projections(self) -> None:
        """Forget everything that follows from the journal, to fold it anew."""
        for name in rows.PROJECTIONS:
            self.connection.execute(f"DELETE FROM {name}")

    def put_meta(self, key: str, value: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (key, value))
