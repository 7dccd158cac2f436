"""Write docs/plugins/findings.md: what the rule checker may report, and what to do then.

    python scripts/findings.py

A test compares the page with what this writes.
"""

from __future__ import annotations

import re
from pathlib import Path

from console.domain.words import Message
from console.plugins.findings import Kind
from console.plugins.kinds import GROUPS, kinds

PAGE = Path(__file__).resolve().parent.parent / "docs" / "plugins" / "findings.md"

HEAD = """\
# Findings

Written by `scripts/findings.py`; do not edit. What `console plugin check` may report of a
product line's file, by number. A line with an **error** is left out until it is mended; a
warning is advice. Numbers never change their meaning.
"""

TABLE = """\
| number | | finding | remedy |
| --- | --- | --- | --- |"""


def generated() -> str:
    """The page for today's checks."""
    parts = [HEAD]
    for group in GROUPS:
        rows = "\n".join(_row(kind) for kind in kinds(group))
        parts.append(f"## {group.__doc__}\n\n{TABLE}\n{rows}\n")
    return "\n".join(parts)


def _row(kind: Kind) -> str:
    severity = f"**{kind.severity}**" if kind.severity == "error" else kind.severity
    return f"| {kind.number} | {severity} | {_said(kind.cause)} | {_said(kind.remedy)} |"


def _said(template: Message) -> str:
    """A template with … where something is filled in."""
    text = template.text.replace("{{", "\x01").replace("}}", "\x02").replace("{hint}", "")
    text = re.sub(r"\{\w+\}", "…", text)
    return text.replace("\x01", "{").replace("\x02", "}").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(generated(), encoding="utf-8")
    print(PAGE)
