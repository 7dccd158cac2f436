"""Rules as text: what is kept of a line is the line."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace

import pytest

from console.domain import specs
from console.domain.specs import SpecError
from console.domain.words import L
from console.plugins.host import shipped
from console.plugins.house import HOUSE
from tests.plugins import acme

LINES = [
    line for name in shipped() for line in importlib.import_module(f"console.plugins.{name}").LINES
]


@pytest.mark.parametrize("line", [HOUSE, acme.ACME, *LINES], ids=lambda line: line.key)
def test_a_line_is_read_as_it_was_written(line: object) -> None:
    assert specs.read(specs.written(line)) == line


def test_what_a_newer_console_adds_to_a_rule_is_passed_over() -> None:
    data = json.loads(specs.written(acme.PILE))
    data["colour"] = "green"
    assert specs.read(json.dumps(data)) == acme.PILE


@pytest.mark.parametrize("text", ["", "{}", '{"@": "Hologram"}', '{"@": "Line"}', "[[[", "{"])
def test_what_is_no_spec_is_refused(text: str) -> None:
    with pytest.raises(SpecError):
        specs.read(text)


def test_what_is_no_rule_is_not_written() -> None:
    with pytest.raises(SpecError):
        specs.written(object())


def test_another_word_for_a_rule_binds_nobody() -> None:
    renamed = replace(acme.PILE, label=L("充电站", "charging station"))
    assert specs.binding(renamed) == specs.binding(acme.PILE)
    assert specs.digest(specs.written(renamed)) != specs.digest(specs.written(acme.PILE))
    stricter = replace(acme.PILE, timers=(replace(acme.PILE.timers[0], within="2h"),))
    assert specs.binding(stricter) != specs.binding(acme.PILE)
