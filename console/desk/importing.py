"""Reading a table of a product line: a CSV file whose rows may become cases."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from console.desk.answers import Who
from console.desk.desk import Desk
from console.domain.refusal import Refusal, RefusedError
from console.domain.rulebook import RuleSet
from console.domain.rules import Line
from console.domain.tables import Table
from console.domain.words import M

LARGEST = 8_000_000
"""Bytes a file may have: a list of traffic has some kilobytes."""

ENCODINGS = ("utf-8-sig", "gb18030")
"""How Chinese spreadsheets write CSV files."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one line of a file. `case` is 0 when there is nothing to do about it:
    the row is in order, or was taken in before; `problem` says why it cannot be used."""

    line: int
    case: int = 0
    problem: Refusal | None = None


def find_table(desk: Desk, name: str) -> tuple[Line, Table]:
    """A table by KEY or LINE.KEY. Raises RefusedError naming those there are."""
    found = {
        f"{line.key}.{table.key}": (line, table)
        for line in desk.rulebook.lines.values()
        for table in line.tables
    }
    hits = [one for key, one in found.items() if name in (key, one[1].key)]
    if len(hits) == 1:
        return hits[0]
    raise RefusedError(
        "import",
        M("There is no table “{table}” here.", table=name),
        M("Tables: {known}.", known=", ".join(found) or "–"),
    )


def import_rows(
    desk: Desk, line: Line, table: Table, content: bytes, who: Who, at: int | None = None
) -> Iterator[Row]:
    """Take in a file row by row, each in a transaction of its own: one that cannot be used
    keeps no other out, and a file may be read again.

    Raises RefusedError for a file that is no such table.
    """
    reader = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    try:
        columns = _columns(next(reader, []), table, desk.rulebook.rules(line.key))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                values = _values(columns, cells)
                yield _take_in(desk, line, table, values, reader.line_num, who, at)
    except csv.Error as error:
        raise _no_table(
            M("line {line}: {problem}", line=reader.line_num, problem=str(error))
        ) from None


def _take_in(
    desk: Desk,
    line: Line,
    table: Table,
    values: Mapping[str, str],
    number: int,
    who: Who,
    at: int | None,
) -> Row:
    typed = {**values, "line": line.key, "table": table.key}
    try:
        outcome = desk.do("import_row", typed, who, at)
    except RefusedError as refused:
        return Row(number, problem=refused.refusal)
    return Row(number, outcome.case if outcome.facts else 0)


def _values(columns: Mapping[int, str], cells: list[str]) -> dict[str, str]:
    """What stands in a row, empty cells left out."""
    named = ((key, cells[n].strip()) for n, key in columns.items() if n < len(cells))
    return {key: cell for key, cell in named if cell}


def _columns(header: list[str], table: Table, rules: RuleSet) -> dict[int, str]:
    """Which field each column holds; columns nobody asked for are left out."""
    names = {}
    for key in table.columns:
        label = rules.fields[key].label
        names.update(dict.fromkeys((key, label.zh, label.en.casefold()), key))
    found = {n: names[one.strip().casefold()] for n, one in enumerate(header) if _is(one, names)}
    missing = [key for key in table.needed if key not in found.values()]
    if missing:
        raise _no_table(M("its first line lacks {columns}", columns=", ".join(missing)))
    return found


def _is(name: str, names: Mapping[str, str]) -> bool:
    return name.strip().casefold() in names


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        raise _no_table(M("it has {size} bytes", size=len(content)))
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _no_table(M("it is not text in UTF-8 or GB 18030"))


def _no_table(problem: object) -> RefusedError:
    return RefusedError(
        "import",
        M("The file cannot be imported: {problem}.", problem=problem),
        M("Save it as CSV with the columns named in the first line."),
    )
