"""Write the table of commands in docs/command-line.md from the commands themselves.

    python scripts/commands.py

A test compares the page with what this writes.
"""

from __future__ import annotations

import re
from pathlib import Path

from console.domain.commands import COMMANDS, Command

PAGE = Path(__file__).resolve().parent.parent / "docs" / "command-line.md"
BEGIN, END = "<!-- commands: written by scripts/commands.py -->", "<!-- end of commands -->"


def table() -> str:
    """Every command of the desk with its fields."""
    rows = ["| command | | fields |", "| --- | --- | --- |"]
    rows += [_row(command) for command in COMMANDS.values()]
    return "\n".join(rows)


def _row(command: Command) -> str:
    fields = [f"`{one.key}`" + ("\\*" if one.required else "") for one in command.params]
    if command.open_fields:
        fields.append("any field of the case's line")
    labels = f"{command.label.en} · {command.label.zh}"
    return f"| `{command.name}` | {labels} | {', '.join(fields)} |"


def with_table(page: str) -> str:
    """The page with today's table in it."""
    between = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.S)
    return between.sub(lambda _: f"\n{table()}\n\n", page)


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text("utf-8")), "utf-8")
