"""Installations to test with: one made once and copied, a clock set by hand, a command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from console import installation
from console.cli.main import main
from console.domain.moments import parse_moment

NOON = parse_moment("2026-03-10 12:00:00", 0)
"""A Tuesday noon in Shanghai, where no clock changes."""

OPENING = {
    "contact_name": "彭",
    "honorific": "工",
    "employer": "长沙公交场站",
    "contact_phone": "073155502187",
    "reason": "两台充电桩停机",
    "product": "pile",
    "product_state": "过温报警",
    "need": "恢复充电",
    "province": "湖南",
}
"""Everything a case of the power line needs before it may be dispatched."""


class HandSet:
    """A clock that stands still until somebody moves it."""

    def __init__(self, at: int = NOON) -> None:
        self.at = at

    def __call__(self) -> int:
        return self.at


def make(directory: Path) -> Path:
    """An installation with the sample people in every slot."""
    installation.install(directory, "en")
    installation.install_sample(directory)
    return directory


def copy(prepared: Path, directory: Path) -> Path:
    shutil.copytree(prepared, directory)
    return directory


class Answer(NamedTuple):
    """What one run of the command line gave back."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


class CommandLine:
    """Runs `console` in this process, on one data directory, in English."""

    def __init__(self, directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.directory = directory
        self._capsys = capsys

    def __call__(self, *words: str, who: str = "", at: str = "", lang: str = "en") -> Answer:
        argv = [*words, "--data", str(self.directory), "--lang", lang]
        argv += ["--as", who] if who else []
        argv += ["--at", at] if at else []
        self._capsys.readouterr()
        try:
            code = main(argv)
        except SystemExit as stopped:  # the parser's own errors
            code = int(stopped.code or 0)
        out, err = self._capsys.readouterr()
        return Answer(code, out, err)

    def json(self, *words: str, who: str = "", at: str = "") -> Any:
        """The JSON answer of a run that has to succeed."""
        answer = self(*words, "--json", who=who, at=at)
        assert answer.code == 0, answer
        return answer.data

    def refused(self, *words: str, who: str = "", at: str = "") -> dict[str, str]:
        """The refusal of a run that has to be refused."""
        answer = self(*words, "--json", who=who, at=at)
        assert answer.code == 1, answer
        refusal: dict[str, str] = answer.data["refused"]
        return refusal
