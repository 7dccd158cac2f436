"""The command that takes in a row of a table (see `console.domain.tables`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from console.domain.commands.command import Command, Situation
from console.domain.commands.intake import missing_fields
from console.domain.facts import Draft
from console.domain.fields import Text
from console.domain.refusal import RefusedError
from console.domain.rules import Line
from console.domain.tables import Table
from console.domain.words import L, M, choices, listed


def import_row(situation: Situation) -> Iterable[Draft]:
    """A row that matters becomes a case, once. -> nothing for any other row."""
    line, table = _table(situation)
    rules = situation.world.rulebook.rules(line.key)
    values = table.reckoned(situation.values)
    missing = table.missing(values)
    if missing:
        raise RefusedError(
            table.key,
            M("Missing: {missing}", missing=listed([rules.fields[key].label for key in missing])),
            M("Complete the row and import the file again."),
            table.clause,
        )
    subject = f"row:{line.key}.{table.key}:{table.named(values)}"
    matters = table.if_ is None or table.if_.holds(values)
    if not matters or situation.world.facts(subject):
        return
    number = situation.world.next_case()
    yield Draft(subject, "row_imported", {"case": number, "values": values})
    yield from _opened(situation, line, table, f"case:{number}", values)


def _opened(
    situation: Situation, line: Line, table: Table, subject: str, values: dict[str, Any]
) -> Iterable[Draft]:
    directory, rules = situation.world.directory, situation.world.rulebook.rules(line.key)
    values = {**values, **table.sets}
    person = directory.resolve(table.who, {**values, "line": line.key})
    body = {"channel": "platform", "number": "", "line": line.key, "known": True}
    yield Draft(subject, "case_opened", {**body, "owner": person or situation.actor.key})
    yield Draft(subject, "submitted", {"channel": "platform"})
    yield Draft(subject, "filled", {"values": values})
    whole = not missing_fields(rules, values, "intake")
    if whole:
        yield Draft(subject, "recorded")
    category = line.category(table.category)
    division = category.route if category else ""
    told = {"line": line.key, "category": table.category, "division": division}
    yield Draft(subject, "classified", told)
    if whole and person:
        yield Draft(subject, "assigned", {"assignee": person})
    yield Draft(subject, table.begins)


def _table(situation: Situation) -> tuple[Line, Table]:
    line = situation.world.rulebook.lines.get(situation.args["line"])
    tables = {} if line is None else {table.key: table for table in line.tables}
    found = tables.get(situation.args["table"])
    if line is None or found is None:
        raise RefusedError(
            "import",
            M("There is no table “{table}” here.", table=situation.args["table"]),
            M("Tables of this line: {known}.", known=choices(tables.values())),
        )
    return line, found


COMMANDS = (
    Command(
        "import_row",
        L("导入一行", "take in a row"),
        "new",
        import_row,
        (
            Text(key="line", label=L("产品线", "product line"), required="intake"),
            Text(key="table", label=L("表", "table"), required="intake"),
        ),
        permission="work",
        open_fields=True,
        words=("导入",),
    ),
)
