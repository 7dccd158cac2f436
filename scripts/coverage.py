"""Write docs/coverage.md: every limit the console has to keep, and the rules that keep it.

    python scripts/coverage.py

The limits are in tests/data/limits.json; which rule keeps which is read from the rules
themselves, from their `rule`. A test compares the page with what this writes.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from console.domain.rules import Line
from console.plugins.host import shipped
from console.plugins.house import HOUSE

ROOT = Path(__file__).resolve().parent.parent
LIMITS = ROOT / "tests" / "data" / "limits.json"
PAGE = ROOT / "docs" / "coverage.md"

LIMIT = re.compile(r"T\d-\d\d")
OTHER = re.compile(r"[WDS]-\d\d|F\d-\d\d")
"""Workflows, house decisions, stories and forms: cited too, but not limits."""

ELSEWHERE = {
    "T0-13": "calendar `cn-office`",
    "T2-24": "records are never locked: every write names the version its author saw",
}
"""Limits that are kept, but by something that is no rule."""

Cited = dict[str, list[str]]


def citations(lines: Iterable[Line]) -> Cited:
    """Cited number to the rules that cite it, like `power.timers.contact`."""
    found: Cited = {}
    for line in lines:
        for path, rule in _rules(line, line.key):
            for number in re.split(r"[,\s]+", rule.strip()):
                found.setdefault(number, []).append(path)
    return found


def _rules(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every `rule` in a line, however deep, with the way to it."""
    if isinstance(value, (tuple, list)):
        for one in value:
            key = getattr(one, "key", "")
            yield from _rules(one, f"{path}.{key}" if key else path)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _rules(one, f"{path}.{key}")
    elif is_dataclass(value):
        if getattr(value, "rule", ""):
            yield path, value.rule
        for field in fields(value):
            if field.name != "rule":
                yield from _rules(getattr(value, field.name), f"{path}.{field.name}")


def unknown(cited: Cited, limits: Iterable[Mapping[str, str]]) -> list[str]:
    """Cited numbers that name nothing, with the rules that cite them."""
    known = {limit["id"] for limit in limits}
    return [
        f"{number}: {', '.join(paths)}"
        for number, paths in sorted(cited.items())
        if number not in known and (LIMIT.match(number) or not OTHER.fullmatch(number))
    ]


def shipped_lines() -> list[Line]:
    """The product lines that come with the console."""
    modules = [importlib.import_module(f"console.plugins.{name}") for name in shipped()]
    return [line for module in modules for line in module.LINES]


def page(limits: list[dict[str, str]], lines: list[Line], cited: Cited) -> str:
    """The page as text."""
    core = [limit for limit in limits if limit["tag"] == "core"]
    kept = [limit for limit in core if limit["id"] in cited or limit["id"] in ELSEWHERE]
    parts = [
        "# Coverage",
        "",
        "Written by `scripts/coverage.py` from the rules; do not edit. Every limit with a live",
        "clock or a live obligation, and what keeps it. Reports, meetings and what lies outside",
        "the console are not listed.",
        "",
        f"{len(kept)} of {len(core)} limits are kept.",
    ]
    written = {line.key for line in lines}
    for key in dict.fromkeys(limit["line"] for limit in core):
        mine = [limit for limit in core if limit["line"] == key]
        done = sum(limit in kept for limit in mine)
        parts += ["", f"## `{key}`: {done} of {len(mine)}", ""]
        parts += ["| limit | what | clause | kept by |", "| --- | --- | --- | --- |"]
        parts += [_row(limit, cited, key in written) for limit in mine]
    return "\n".join(parts) + "\n"


def _row(limit: Mapping[str, str], cited: Cited, written: bool) -> str:
    number = limit["id"]
    by = [f"`{path}`" for path in cited.get(number, ())]
    by += [ELSEWHERE[number]] if number in ELSEWHERE else []
    missing = "no rule yet" if written else "line file to come"
    return f"| {number} | {limit['name']} | {limit['clause']} | {', '.join(by) or missing} |"


def generated() -> str:
    """The page for today's rules."""
    lines = shipped_lines()
    limits = json.loads(LIMITS.read_text(encoding="utf-8"))
    return page(limits, lines, citations([HOUSE, *lines]))


if __name__ == "__main__":
    PAGE.write_text(generated(), encoding="utf-8")
    print(PAGE)
