"""The page about the command line names everything there is."""

from __future__ import annotations

import argparse

import pytest

from console.cli.main import _parser
from scripts.commands import PAGE, with_table

TEXT = PAGE.read_text("utf-8")


def subcommands() -> list[str]:
    actions = _parser()._actions
    subs = next(one for one in actions if isinstance(one, argparse._SubParsersAction))
    return list(subs.choices)


def test_the_table_of_commands_is_up_to_date() -> None:
    assert with_table(TEXT) == TEXT, "run scripts/commands.py"


@pytest.mark.parametrize("name", subcommands())
def test_every_command_is_shown_with_an_example(name: str) -> None:
    assert f"## `console {name}" in TEXT
    assert f"$ console {name}" in TEXT or f"\nconsole {name}" in TEXT
