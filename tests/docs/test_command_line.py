"""The page about the command line names everything there is."""

from __future__ import annotations

import re

import pytest

from console.cli.main import main
from scripts.commands import PAGE, with_table

TEXT = PAGE.read_text("utf-8")


def test_the_table_of_commands_is_up_to_date() -> None:
    assert with_table(TEXT) == TEXT, "run scripts/commands.py"


def test_every_command_is_shown_with_an_example(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit):
        main(["--help"])
    names = re.findall(r"^    ([a-z-]+)  ", capsys.readouterr().out, re.M)
    assert "verify" in names
    assert [name for name in names if f"## `console {name}" not in TEXT] == []
    shown = re.findall(r"^(?:\$ )?console ([a-z-]+)", TEXT, re.M)
    assert [name for name in names if name not in shown] == []
