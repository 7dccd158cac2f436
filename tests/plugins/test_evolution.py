"""A plugin that changes while cases rely on it: what is refused, what goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain import specs
from console.plugins.dropin import load
from console.plugins.kinds import kinds
from console.plugins.known import Known
from console.plugins.later_kinds import Evolution
from console.plugins.trial import check_file
from tests.plugins.kit import drop

BEFORE = """\
from console.plugins import Choice, Integer, L, Line, Serial, Text, hookimpl

CONSOLE_API = 1
LINE = Line("small", L("小", "Small"), version=2, fields=(
    Serial(key="serial", label=L("号", "serial")),
    Choice(key="fault", label=L("故障", "fault"), choices={
        "a": L("甲", "first"), "b": L("乙", "second")}),
))

@hookimpl
def console_lines():
    return [LINE]
"""
CHANGES = {
    "R091": [('L("号", "serial")', 'L("号", "serial"), required="close"')],
    "R092": [("version=2", "version=1")],
    "R093": [('Serial(key="serial"', 'Integer(key="serial"'), ("version=2", "version=3")],
    "R094": [
        ('    Serial(key="serial", label=L("号", "serial")),\n', ""),
        ("version=2", "version=3"),
    ],
    "R095": [(', "b": L("乙", "second")', ""), ("version=2", "version=3")],
}
FINE = [
    [],
    [('L("小", "Small")', 'L("微", "Tiny")')],
    [('L("号", "serial")', 'L("号", "serial"), required="close"'), ("version=2", "version=3")],
    [('L("号", "serial")', 'L("号", "serial"), retired=True'), ("version=2", "version=3")],
    [
        ('Serial(key="serial"', 'Serial(key="device", renamed_from="serial"'),
        ("version=2", "version=3"),
    ],
    [('"second")}', '"second")}, retired_choices=("b",)'), ("version=2", "version=3")],
]


def found(tmp_path: Path, changes: list[tuple[str, str]], used: bool = True) -> list[str]:
    text = BEFORE
    before = load(drop(tmp_path, "before", text)).lines[0]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    kept = {"small": specs.written(before)}
    known = Known(kept=kept, used=frozenset(kept) if used else frozenset())
    return [one.number for one in check_file(drop(tmp_path, "small", text), known)]


@pytest.mark.parametrize("number", CHANGES)
def test_what_cases_rely_on_is_not_changed_under_them(tmp_path: Path, number: str) -> None:
    assert found(tmp_path, CHANGES[number]) == [number]


@pytest.mark.parametrize("number", CHANGES)
def test_before_there_is_a_case_anything_may_change(tmp_path: Path, number: str) -> None:
    assert found(tmp_path, CHANGES[number], used=False) == []


@pytest.mark.parametrize("changes", FINE, ids=str)
def test_a_careful_change_is_accepted(tmp_path: Path, changes: list[tuple[str, str]]) -> None:
    assert found(tmp_path, changes) == []


def test_every_finding_about_evolution_is_tried_here() -> None:
    assert {kind.number for kind in kinds(Evolution)} == set(CHANGES)
