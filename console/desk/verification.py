"""`console verify`: fold the journal again and compare it with everything that is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from console.desk.answers import Answers
from console.desk.world import watch_of
from console.desk.writing import PERSON_FACTS, person_after
from console.domain import call as calls
from console.domain import case as cases
from console.domain import specs
from console.domain import watch as watches
from console.domain.case import BUILT_IN, Case
from console.domain.decision import WATCHED
from console.domain.facts import Fact
from console.domain.people import Person
from console.domain.words import M, Message
from console.store import checking, rows
from console.store.errors import StoreError
from console.store.journal import fact_of, written

Row = tuple[Any, ...]
Folded = TypeVar("Folded")


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
    problems += _specs(desk)
    projected = _Projections(desk)
    problems += projected.problems()
    return Report(facts, projected.cases, projected.calls, tuple(problems))


def _specs(desk: Answers) -> Iterator[Message]:
    """Snapshots of rules that are not what was snapshotted."""
    for line, version, digest, text in checking.specs(desk.store.connection):
        if specs.digest(text) != digest:
            key = f"{line} {version}"
            yield M("{table}: row {key} is not what its facts say.", table="specs", key=key)


class _Projections:
    def __init__(self, desk: Answers) -> None:
        self.desk = desk
        self.connection = desk.store.connection
        self.cases = 0
        self.calls = 0

    def problems(self) -> Iterator[Message]:
        yield from self._cases()
        yield from self._calls()
        yield from self._watches()
        yield from self._people()

    def _cases(self) -> Iterator[Message]:
        stored = checking.table(self.connection, "cases")
        board = checking.table(self.connection, "board")
        values = checking.values_table(self.connection)
        broken = set()
        for key, case in self._folded("case", self._case):
            self.cases += 1
            if case is None:
                broken.add(key)
                yield _senseless("case", key)
                continue
            number = case.number
            yield from _differs("cases", number, stored.pop(number, None), rows.case_row(case))
            yield from _differs("board", number, board.pop(number, None), _board(case))
            for field, value in _values(case).items():
                found = values.pop((number, field), None)
                yield from _differs("case_values", f"{number} {field}", found, value)
        for name, left in (("cases", stored), ("board", board), ("case_values", values)):
            yield from _left(name, left, broken)

    def _case(self, key: str, facts: list[Fact]) -> Case:
        return cases.fold(int(key), facts, self.desk.rulebook, self.desk.reckoner)

    def _calls(self) -> Iterator[Message]:
        def row(key: str, facts: list[Fact]) -> Row:
            self.calls += 1
            return rows.call_row(calls.fold(key, facts))

        return self._compared("calls", "call", row)

    def _watches(self) -> Iterator[Message]:
        """One table for all watched things, by subject."""
        stored = checking.table(self.connection, "watches")
        broken = set()
        for kind in WATCHED:
            for key, row in self._folded(kind, self._watch_row(kind)):
                subject = f"{kind}:{key}"
                if row is None:
                    broken.add(subject)
                    yield _senseless(kind, key)
                else:
                    yield from _differs("watches", subject, stored.pop(subject, None), row)
        yield from _left("watches", stored, broken)

    def _watch_row(self, kind: str) -> Callable[[str, list[Fact]], Row]:
        def row(key: str, facts: list[Fact]) -> Row:
            empty = watch_of(f"{kind}:{key}", self.desk.rulebook, self.desk.reckoner)
            return rows.watch_row(watches.fold(empty, facts))

        return row

    def _people(self) -> Iterator[Message]:
        def row(key: str, facts: list[Fact]) -> Row:
            person = Person(key, key)
            changes = [fact for fact in facts if fact.kind in PERSON_FACTS]
            for fact in changes:
                person = person_after(person, fact.body)
            return (key, changes[-1].seq, rows.person_text(person)) if changes else ()

        return self._compared("people", "person", row)

    def _compared(
        self, name: str, kind: str, fold: Callable[[str, list[Fact]], Row]
    ) -> Iterator[Message]:
        """A table with one row per subject, () for a subject that has none."""
        stored = checking.table(self.connection, name)
        broken = set()
        for key, row in self._folded(kind, fold):
            if row is None:
                broken.add(key)
                yield _senseless(kind, key)
            elif row:
                yield from _differs(name, key, stored.pop(key, None), row)
        yield from _left(name, stored, broken)

    def _folded(
        self, kind: str, fold: Callable[[str, list[Fact]], Folded]
    ) -> Iterator[tuple[str, Folded | None]]:
        """Every subject of a kind; None where its facts make no sense any more."""
        for subject, records in checking.subjects(self.connection, kind):
            key = subject.partition(":")[2]
            made: Folded | None
            try:
                made = fold(key, [fact_of(record) for record in records])
            except Exception:
                # Whatever somebody wrote into the journal, verifying goes on to the end.
                made = None
            yield key, made


def _senseless(kind: str, key: str) -> Message:
    return M("The facts of {kind} {key} make no sense any more.", kind=kind, key=key)


def _left(name: str, left: Iterable[Any], broken: set[str]) -> Iterator[Message]:
    for key in left:
        if str(key[0] if isinstance(key, tuple) else key) not in broken:
            yield M("{table}: row {key} has no facts behind it.", table=name, key=str(key))


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
