"""`console verify`: fold the journal again and compare it with everything that is stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from console.desk import recalculation
from console.desk.answers import IN_FORCE, Answers
from console.desk.lately import LATELY, is_readable
from console.desk.refolding import PROJECTED, call_of, case_of, folded, person_of, watch_as
from console.desk.specs import KEPT
from console.domain import bulletin as bulletins
from console.domain import specs
from console.domain.case import BUILT_IN, Case
from console.domain.decision import WATCHED
from console.domain.facts import Fact
from console.domain.outbox import pending
from console.domain.words import M, Message
from console.store import checking, checkpoints, rows
from console.store.errors import StoreError
from console.store.journal import written
from console.store.sealing import CHAIN_BEFORE, SUBJECT, UPGRADED

Row = tuple[Any, ...]


class Report(NamedTuple):
    """What was checked and what is wrong with it; empty `problems` means sound."""

    facts: int
    cases: int
    calls: int
    problems: tuple[Message, ...]


class Signed(NamedTuple):
    """Checkpoints to hold the journal against, and the public keys that may have signed."""

    path: Path
    keys: Path


def verify(desk: Answers, signed: Signed | None = None) -> Report:
    """Check file, chain, checkpoints and projections. Reads everything, writes nothing.

    `signed` are checkpoints kept elsewhere; without them the installation's own are taken,
    where it has any. Raises StoreError when those that were named cannot be read.
    """
    connection = desk.store.connection
    found = list(_against(desk, signed))
    try:
        with checking.reading(connection):
            return _checked(desk, list(found))
    except StoreError:
        # Something in it can no longer be read; say which as far as that can be said.
        try:
            with checking.reading(connection, lenient=True):
                return _checked(desk, found)
        except StoreError as error:
            return Report(0, 0, 0, (*found, error.message))


def _against(desk: Answers, signed: Signed | None) -> Iterator[Message]:
    """Where the journal is not what was signed."""
    directory = desk.store.directory
    if signed is None:
        signed = Signed(directory / checkpoints.FILE, directory / checkpoints.PUBLIC)
        if not signed.path.exists():
            return
    keys = checkpoints.public_keys(signed.keys)
    yield from checkpoints.problems(desk.store.connection, signed.path, keys)


def _checked(desk: Answers, problems: list[Message]) -> Report:
    connection = desk.store.connection
    problems += [
        M("The database file is damaged: {what}.", what=one)
        for one in checking.integrity(connection)
    ]
    facts, broken = checking.broken_link(connection)
    if broken is not None:
        problems.append(M("Fact {seq} {reason}.", seq=broken.seq, reason=M(broken.reason)))
    problems += _before_upgrade(desk)
    problems += _specs(desk)
    problems += _remembered(desk)
    problems += _credentials(desk)
    projected = _Projections(desk)
    problems += projected.problems()
    return Report(facts, projected.cases, projected.calls, tuple(problems))


def _before_upgrade(desk: Answers) -> Iterator[Message]:
    """What an upgrade of the store found wrong and wrote down, and whether what is
    remembered of the chain before it is still what was written down."""
    told = [fact for fact in desk.store.load(SUBJECT) if fact.kind == UPGRADED]
    for fact in told:
        if "broken" in fact.body:
            seq = fact.body["broken"]
            yield M("Fact {seq} did not fit the journal when the store was upgraded.", seq=seq)
    kept = desk.store.meta(CHAIN_BEFORE)
    if kept != (written(told[-1].body) if told else ""):
        yield from _differs("meta", CHAIN_BEFORE, kept, told)


def _specs(desk: Answers) -> Iterator[Message]:
    """Snapshots of rules that are not what was snapshotted."""
    for line, version, digest, text in checking.specs(desk.store.connection):
        if specs.digest(text) != digest:
            key = f"{line} {version}"
            yield M("{table}: row {key} is not what its facts say.", table="specs", key=key)


def _remembered(desk: Answers) -> Iterator[Message]:
    """What the store remembers besides, where it is not what it can be."""
    for key, value in sorted(checking.meta(desk.store.connection).items()):
        is_right = _MEMORIES.get(key.partition(":")[0])
        if is_right is None or not is_right(value):
            yield M("{table}: row {key} is not what its facts say.", table="meta", key=key)


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_versions(text: str) -> bool:
    """Versions and digests by the id of a calendar."""
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return isinstance(found, dict) and all(isinstance(one, str) for one in found.values())


_MEMORIES: dict[str, Callable[[str], bool]] = {
    recalculation.RECKONED: _is_versions,
    recalculation.SEEN: bool,
    IN_FORCE: _is_versions,
    KEPT: bool,
    PROJECTED: str.isdigit,
    CHAIN_BEFORE: bool,
    "delivery_tried": str.isdigit,
    LATELY: is_readable,
    "duties_since": _is_date,
}
"""What is remembered, and what it may look like."""


def _credentials(desk: Answers) -> Iterator[Message]:
    """PINs of nobody, and what is no hash of one."""
    known = {person.key for person in desk.people()}
    for person, pin, failed, locked_until in checking.credentials(desk.store.connection):
        counted = isinstance(failed, int) and failed >= 0 and isinstance(locked_until, int)
        if person not in known:
            yield M("{table}: row {key} has no facts behind it.", table="credentials", key=person)
        elif not pin.startswith("$argon2") or not counted:
            yield M("credentials: the PIN of {person} is not stored as it should.", person=person)


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
        outbox = checking.table(self.connection, "outbox")
        broken = set()
        for key, case in folded(self.desk.store, "case", self._case):
            self.cases += 1
            if case is None:
                broken.add(key)
                yield _senseless("case", key)
                continue
            number = case.number
            yield from _differs("cases", number, stored.pop(number, None), rows.case_row(case))
            yield from _differs("board", number, board.pop(number, None), _board(case))
            for row in pending(case):
                folded_row = rows.outbox_row(case.subject, row)
                yield from _differs("outbox", row.key, outbox.pop(row.key, None), folded_row)
            for field, value in _values(case).items():
                found = values.pop((number, field), None)
                yield from _differs("case_values", f"{number} {field}", found, value)
        for name, left in (("cases", stored), ("board", board), ("case_values", values)):
            yield from _left(name, left, broken)
        yield from self._bulletins(outbox)
        unfounded = [key for key, row in outbox.items() if row[1].partition(":")[2] not in broken]
        yield from _left("outbox", unfounded, set())

    def _bulletins(self, outbox: dict[Any, Row]) -> Iterator[Message]:
        """What of the house's own messages waits to be sent."""
        kind = bulletins.SUBJECT
        for day, bulletin in folded(self.desk.store, kind, bulletins.fold):
            if bulletin is None:
                yield _senseless(kind, day)
                continue
            for row in pending(bulletin):
                folded_row = rows.outbox_row(bulletin.subject, row)
                yield from _differs("outbox", row.key, outbox.pop(row.key, None), folded_row)

    def _case(self, key: str, facts: list[Fact]) -> Case:
        return case_of(self.desk, key, facts)

    def _calls(self) -> Iterator[Message]:
        def row(key: str, facts: list[Fact]) -> Row:
            self.calls += 1
            return rows.call_row(call_of(key, facts))

        return self._compared("calls", "call", row)

    def _watches(self) -> Iterator[Message]:
        """One table for all watched things, by subject."""
        stored = checking.table(self.connection, "watches")
        broken = set()
        for kind in WATCHED:
            for key, row in folded(self.desk.store, kind, self._watch_row):
                subject = f"{kind}:{key}"
                if row is None:
                    broken.add(subject)
                    yield _senseless(kind, key)
                else:
                    yield from _differs("watches", subject, stored.pop(subject, None), row)
        yield from _left("watches", stored, broken)

    def _watch_row(self, key: str, facts: list[Fact]) -> Row:
        return rows.watch_row(watch_as(self.desk, key, facts))

    def _people(self) -> Iterator[Message]:
        def row(key: str, facts: list[Fact]) -> Row:
            person, version = person_of(key, facts)
            return (key, version, rows.person_text(person)) if version else ()

        return self._compared("people", "person", row)

    def _compared(
        self, name: str, kind: str, fold: Callable[[str, list[Fact]], Row]
    ) -> Iterator[Message]:
        """A table with one row per subject, () for a subject that has none."""
        stored = checking.table(self.connection, name)
        broken = set()
        for key, row in folded(self.desk.store, kind, fold):
            if row is None:
                broken.add(key)
                yield _senseless(kind, key)
            elif row:
                yield from _differs(name, key, stored.pop(key, None), row)
        yield from _left(name, stored, broken)


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
    M("was changed or erased without a record of it"),
)
