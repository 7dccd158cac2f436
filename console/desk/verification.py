"""`console verify`: fold the journal again and compare it with everything that is stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from console.desk.answers import Answers
from console.desk.writing import PERSON_FACTS, person_after
from console.domain import call as calls
from console.domain import callback as callbacks
from console.domain import case as cases
from console.domain.case import BUILT_IN, Case
from console.domain.people import Person
from console.domain.words import M, Message
from console.store import checking, rows
from console.store.journal import written


class Report(NamedTuple):
    """What was checked and what is wrong with it; empty `problems` means sound."""

    facts: int
    cases: int
    calls: int
    problems: tuple[Message, ...]


def verify(desk: Answers) -> Report:
    """Check file, chain and projections. Reads everything, writes nothing."""
    connection = desk.store.connection
    found: list[Message] = []
    try:
        with checking.reading(connection):
            return _checked(desk, [])
    except StoreError:
        # Something in it can no longer be read; say which as far as that can be said.
        try:
            with checking.reading(connection, lenient=True):
                return _checked(desk, found)
        except StoreError as error:
            return Report(0, 0, 0, (*found, error.message))


def _checked(desk: Answers, problems: list[Message]) -> Report:
    connection = desk.store.connection
    problems += [
        M("The database file is damaged: {what}.", what=one)
        for one in checking.integrity(connection)
    ]
    facts, broken = checking.broken_link(connection)
    if broken is not None:
        problems.append(M("Fact {seq} {reason}.", seq=broken.seq, reason=M(broken.reason)))
    projected = _Projections(desk)
    problems += projected.problems()
    return Report(facts, projected.cases, projected.calls, tuple(problems))


class _Projections:
    def __init__(self, desk: Answers) -> None:
        self.desk = desk
        self.connection = desk.store.connection
        self.cases = 0
        self.calls = 0

    def problems(self) -> Iterator[Message]:
        yield from self._cases()
        yield from self._calls()
        yield from self._callbacks()
        yield from self._people()

    def _cases(self) -> Iterator[Message]:
        stored = checking.table(self.connection, "cases")
        board = checking.table(self.connection, "board")
        values = checking.values_table(self.connection)
        for subject, facts in checking.subjects(self.connection, "case"):
            self.cases += 1
            number = int(subject.partition(":")[2])
            case = cases.fold(number, facts, self.desk.rulebook, self.desk.reckoner)
            yield from _differs("cases", number, stored.pop(number, None), rows.case_row(case))
            yield from _differs("board", number, board.pop(number, None), _board(case))
            for field, value in _values(case).items():
                found = values.pop((number, field), None)
                yield from _differs("case_values", f"{number} {field}", found, value)
        for name, left in (("cases", stored), ("board", board), ("case_values", values)):
            for key in left:
                yield M("{table}: row {key} has no facts behind it.", table=name, key=str(key))

    def _calls(self) -> Iterator[Message]:
        stored = checking.table(self.connection, "calls")
        for subject, facts in checking.subjects(self.connection, "call"):
            self.calls += 1
            key = subject.partition(":")[2]
            row = rows.call_row(calls.fold(key, facts))
            yield from _differs("calls", key, stored.pop(key, None), row)
        for key in stored:
            yield M("{table}: row {key} has no facts behind it.", table="calls", key=key)

    def _callbacks(self) -> Iterator[Message]:
        stored = checking.table(self.connection, "callbacks")
        for subject, facts in checking.subjects(self.connection, callbacks.SUBJECT):
            number = subject.partition(":")[2]
            debt = callbacks.fold(number, facts, self.desk.rulebook, self.desk.reckoner)
            row = rows.callback_row(debt)
            yield from _differs("callbacks", number, stored.pop(number, None), row)
        for key in stored:
            yield M("{table}: row {key} has no facts behind it.", table="callbacks", key=key)

    def _people(self) -> Iterator[Message]:
        stored = checking.table(self.connection, "people")
        for subject, facts in checking.subjects(self.connection, "person"):
            key = subject.partition(":")[2]
            person = Person(key, key)
            changes = [fact for fact in facts if fact.kind in PERSON_FACTS]
            if not changes:
                continue
            for fact in changes:
                person = person_after(person, fact.body)
            row = (key, changes[-1].seq, rows.person_text(person))
            yield from _differs("people", key, stored.pop(key, None), row)
        for key in stored:
            yield M("{table}: row {key} has no facts behind it.", table="people", key=key)


def _board(case: Case) -> tuple[Any, ...] | None:
    return rows.board_entry(case) if case.is_open else None


def _values(case: Case) -> dict[str, str]:
    filled = case.filled_since(0)
    return {key: written(case.attributes[key]) for key in filled if key not in BUILT_IN}


def _differs(table: str, key: Any, stored: Any, folded: Any) -> Iterator[Message]:
    if stored != folded:
        yield M("{table}: row {key} is not what its facts say.", table=table, key=str(key))


_REASONS = (
    M("does not follow the fact before it"),
    M("was changed after it was written"),
)
