"""Write docs/administrators/permissions.md: who may do what, on every line and on each.

    python scripts/permissions.py

A test compares the page with what this writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from console.cli.permissions import covered
from console.domain.line_permissions import deltas, who
from console.domain.people import ROLE_LABELS
from console.domain.permission import WORK, WORKERS, Permission
from console.domain.permissions import PERMISSIONS
from console.domain.rules import Line
from console.speech import Speech
from scripts.coverage import shipped_lines

PAGE = Path(__file__).resolve().parent.parent / "docs" / "administrators" / "permissions.md"

HEAD = """\
# Who may do what · 权限

Written by `scripts/permissions.py` from the rules; do not edit. `console show permissions`
prints the same for an installation; `--role ROLE` and `--line LINE` narrow it.

Somebody may do what any of their roles may. A refusal names the rule, its clause, and whom
to ask. Numbers of customers read 139\\*\\*\\*\\*1953 for whoever has no role that talks to them.

Three things hold for roles that are easily misread:

- A duty person is an operator who exports nothing and does not edit the roster.
- An administrator who has no other role cannot write on a case: accounts, calendars and
  settings are theirs, the history of cases is not.
- A contact at a division cannot sign on until somebody gives them a PIN or a key.
"""

MARKS = {"yes": "●", "named": "○", "no": ""}
EN, ZH = Speech("en"), Speech("zh")


def generated() -> str:
    """The page for today's table and lines."""
    parts = [HEAD, _roles(), _matrix(), _reasons()]
    parts += [_line(line) for line in shipped_lines()]
    return "\n".join(part for part in parts if part)


def _roles() -> str:
    rows = [
        f"| {number} | `{key}` | {label.en} · {label.zh} | {'✓' if key in WORKERS else ''} |"
        for number, (key, label) in enumerate(ROLE_LABELS.items(), 1)
    ]
    head = f"## Roles\n\n| | role | | {WORK.en} |\n| --- | --- | --- | --- |"
    return "\n".join((head, *rows, ""))


def _matrix() -> str:
    """Permissions by roles; the columns are the numbers of the roles."""
    numbers = range(1, len(ROLE_LABELS) + 1)
    head = "| | " + " | ".join(str(number) for number in numbers) + " |"
    rows = [_cells(one) for one in PERMISSIONS.values()]
    said = "● may · ○ may as the person a case or a rule names"
    ruler = "| --- |" + " --- |" * len(ROLE_LABELS)
    return "\n".join((f"## Matrix\n\n{said}\n", head, ruler, *rows, ""))


def _cells(permission: Permission) -> str:
    cells = " | ".join(MARKS[permission.cell(role)] for role in ROLE_LABELS)
    return f"| {_both(permission.label)} | {cells} |"


def _reasons() -> str:
    rows = [_reason(one) for one in PERMISSIONS.values()]
    head = "| | who | commands | why others may not | clause |\n| --- | --- | --- | --- | --- |"
    return "\n".join(("## Reasons\n", head, *rows, ""))


def _reason(one: Permission) -> str:
    commands = ", ".join(f"`{name}`" for name in covered(one.key))
    cells = (_both(one.label), _both(one.who()), commands, _both(one.why), one.clause)
    return f"| {' | '.join(cells)} |"


def _line(line: Line) -> str:
    """What one line says besides."""
    rows = [
        f"| {_both(one.label)} | {_both(who(line, one))} | {one.clause} |" for one in deltas(line)
    ]
    if not rows:
        return ""
    head = f"## {_both(line.label)} (`{line.key}`)\n\n| | who | clause |\n| --- | --- | --- |"
    return "\n".join((head, *rows, ""))


def _both(words: object) -> str:
    return _plain((EN.say(words), ZH.say(words)))


def _plain(texts: Iterable[str]) -> str:
    return " · ".join(dict.fromkeys(text.replace("|", "\\|") for text in texts))


if __name__ == "__main__":
    PAGE.write_text(generated(), encoding="utf-8")
    print(PAGE)
