"""`console show permissions`: who may do what, on every line and on one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from console.cli.context import Context
from console.cli.output import DONE, Output
from console.domain.commands import COMMANDS
from console.domain.line_permissions import Delta, deltas, who
from console.domain.people import ROLE_LABELS
from console.domain.permission import Permission
from console.domain.permissions import PERMISSIONS
from console.domain.refusal import RefusedError
from console.domain.rules import Line
from console.domain.words import L, Label, M

CELLS = {
    "yes": L("可以", "yes"),
    "named": L("仅指定的人", "if named"),
    "no": L("不可以", "no"),
}
"""What somebody with one role may: `named` only as the person a case or a rule names."""


def show(context: Context, role: str, line: str) -> int:
    """Print the matrix: of all roles or one, with what a line or every line adds."""
    output = context.output()
    if role and role not in ROLE_LABELS:
        raise RefusedError(
            "role",
            M("There is no role “{role}”.", role=role),
            M("Roles: {roles}.", roles=", ".join(ROLE_LABELS)),
        )
    lines = _lines(context, line)
    if output.as_json:
        output.data(
            {
                "permissions": [_data(one, role) for one in PERMISSIONS.values()],
                "lines": {one.key: _line_data(one, role) for one in lines},
            }
        )
        return DONE
    _print(output, role, lines)
    return DONE


def covered(permission: str) -> list[str]:
    """The commands that take a permission."""
    return [
        one.name for one in COMMANDS.values() if permission in (one.permission, one.on_complaint)
    ]


def _lines(context: Context, wanted: str) -> list[Line]:
    known = context.desk.rulebook.lines
    if wanted and wanted not in known:
        raise RefusedError(
            "line",
            M("There is no product line “{line}”.", line=wanted),
            M("Choose one of {choices}.", choices=", ".join(known)),
        )
    return [known[wanted]] if wanted else list(known.values())


def _print(output: Output, role: str, lines: Iterable[Line]) -> None:
    say = output.speech.say

    def row(permission: Permission) -> tuple[str, ...]:
        cell = (say(CELLS[permission.cell(role)]),) if role else ()
        return (say(permission.label), *cell, say(permission.who()), permission.clause)

    output.line(ROLE_LABELS[role] if role else M("On every product line"))
    output.table([row(one) for one in PERMISSIONS.values()])
    for line in lines:
        found = [one for one in deltas(line) if not role or role in one.roles]
        if found:
            output.line("")
            output.line(line.label)
            output.table([(say(one.label), say(who(line, one)), one.clause) for one in found])


def _data(permission: Permission, role: str) -> dict[str, Any]:
    cells = {one: permission.cell(one) for one in ([role] if role else ROLE_LABELS)}
    return {
        "key": permission.key,
        "label": _both(permission.label),
        "clause": permission.clause,
        "commands": covered(permission.key),
        "may": cells,
        "only": list(permission.only),
        "not_of": list(permission.not_of),
        "holder": _both(permission.holder) if permission.holder else None,
        "why": _both(permission.why),
    }


def _line_data(line: Line, role: str) -> list[Delta]:
    return [one for one in deltas(line) if not role or role in one.roles]


def _both(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}
