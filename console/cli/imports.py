"""`console import`: a table whose rows become cases."""

from __future__ import annotations

import argparse
from pathlib import Path

from console.cli.context import Context
from console.cli.output import DONE, REFUSED, Output
from console.desk.importing import Row, find_table, import_rows
from console.domain.words import M


def run(context: Context, options: argparse.Namespace) -> int:
    output, desk = context.output(), context.desk
    line, table = find_table(desk, options.table)
    path = Path(options.file)
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        message = M("{path} cannot be read: {reason}.", path=str(path), reason=reason)
        return output.unusable(message, M("Give the path of a CSV file."))
    rows = list(import_rows(desk, line, table, content, context.who, context.at))
    _show(output, rows)
    return REFUSED if any(row.problem for row in rows) else DONE


def _show(output: Output, rows: list[Row]) -> None:
    opened = [row.case for row in rows if row.case]
    if output.as_json:
        output.data({"rows": rows, "opened": opened})
        return
    for row in rows:
        if row.problem is not None:
            output.line(M("line {line}: {problem}", line=row.line, problem=row.problem.message))
        elif row.case:
            output.line(M("line {line}: case {case}", line=row.line, case=row.case))
    output.line(M("{rows} rows, {opened} cases opened.", rows=len(rows), opened=len(opened)))
