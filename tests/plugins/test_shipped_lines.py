"""The product lines that come with the console are sound: no start checks them again."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from console.domain.rules import Line
from console.installation import calendar_ids
from console.plugins.checker import check_line, errors
from console.plugins.host import Host, shipped
from console.plugins.house import HOUSE
from console.plugins.known import Known

PLUGINS = Path(importlib.import_module("console.plugins").__file__ or "").parent
LINES = [
    (name, line)
    for name in shipped()
    for line in importlib.import_module(f"console.plugins.{name}").LINES
]


@pytest.mark.parametrize(
    ("name", "line"), [("house", HOUSE), *LINES], ids=lambda one: str(one)[:12]
)
def test_a_shipped_line_has_no_errors(name: str, line: Line, tmp_path: Path) -> None:
    known = Known.here(calendar_ids(tmp_path))
    found = errors(check_line(line, source=PLUGINS / f"{name}.py", known=known))
    assert [finding.sentence() for finding in found] == []


def test_all_of_them_are_found_and_load() -> None:
    assert "power" in shipped()
    host = Host(shipped())
    assert host.problems == {}
    assert set(host.rulebook().lines) == {line.key for _, line in LINES}
