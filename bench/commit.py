"""One command at the desk, on the disk when it returns, against the bare statements."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench import seed
from bench.rows import Row
from bench.sampling import Scale, alternating, median, timed
from console.desk import Desk, Who
from console.installation import open_desk
from console.store.store import FILE

WHO = Who(seed.PERSON, "bench")
Statement = tuple[str, bool, Any]
"""SQL, whether it is carried out for many rows, and its values."""


class Recording:
    """Stands in for a connection and takes down what is asked of it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.statements: list[Statement] = []

    def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        self.statements.append((sql, False, values))
        return self._connection.execute(sql, values)

    def executemany(self, sql: str, rows: Iterable[Any]) -> sqlite3.Cursor:
        values = list(rows)
        self.statements.append((sql, True, values))
        return self._connection.executemany(sql, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def run(scale: Scale) -> list[Row]:
    """A note on a case: one fact, its projections, and a case read and folded before."""
    count = scale.pick(60, 600)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        original = seed.store(place / "data", history=0, open_cases=200)
        ours, bare, told = (_copy(original, place / name) for name in ("ours", "bare", "told"))
        recorded = _recorded(told, count)
        desk = open_desk(ours)
        raw = sqlite3.connect(bare / FILE, isolation_level=None)
        raw.execute("PRAGMA synchronous=FULL")
        steps = _notes(desk, count)
        replay = iter(recorded)
        took = alternating(
            {
                "ours": lambda: timed(next(steps)),
                "bare": lambda: timed(lambda: _replayed(raw, next(replay))),
            },
            count - 5,
            warm=5,
        )
        raw.close()
        desk.store.close()
    ours_ms, bare_ms = (median(took[name]) * 1e3 for name in ("ours", "bare"))
    return [Row("one command, durable", ours_ms, "ms", 1.5, bare_ms)]


def _copy(original: Path, place: Path) -> Path:
    shutil.copytree(original, place)
    return place


def _notes(desk: Desk, count: int) -> Any:
    numbers = sorted(row.case for row in desk.board())

    def note(number: int) -> Callable[[], object]:
        return lambda: desk.do("note", {"case": number, "text": "客户来电补充说明"}, WHO)

    return (note(numbers[turn % len(numbers)]) for turn in range(count))


def _recorded(directory: Path, count: int) -> list[list[Statement]]:
    """The statements of each command, from a run of its own."""
    desk = open_desk(directory)
    recording = Recording(desk.store._writer)
    desk.store._writer = recording  # type: ignore[assignment]
    groups = []
    for step in _notes(desk, count):
        recording.statements = []
        step()
        groups.append(recording.statements)
    desk.store.close()
    return groups


def _replayed(connection: sqlite3.Connection, statements: list[Statement]) -> None:
    for sql, many, values in statements:
        if many:
            connection.executemany(sql, values)
        else:
            connection.execute(sql, values).fetchall()
