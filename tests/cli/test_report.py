"""`console report form`: a form of a case as a file."""

from __future__ import annotations

from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from console.cli.main import main
from tests.installations import OPENING, CommandLine
from tests.reports.test_pdf import squeezed, text_of

DAY = "2026-03-14"
WORDS = {"incident_facts": "时钟跳变", "impact": "影响采集", "known_at": "10:44"}


def words(typed: dict[str, str]) -> list[str]:
    return [f"{key}={value}" for key, value in typed.items()]


@pytest.fixture
def reported(console: CommandLine) -> CommandLine:
    for time, fields in (
        ("10:43", ["open", "number=13955501111", "line=power", *words(OPENING)]),
        ("10:44", ["record", "case=1001", "quality_accident=yes"]),
        ("10:45", ["classify", "case=1001", "category=technical", "division=meter"]),
        ("11:29", ["send_report", "case=1001", "form=incident_report", *words(WORDS)]),
    ):
        console.json("do", *fields, who="zhou", at=f"{DAY} {time}")
    return console


def report(console: CommandLine, *more: str, lang: str = "zh", who: str = "", at: str = "") -> str:
    answer = console("report", "form", "1001", "incident_report", *more, lang=lang, who=who, at=at)
    assert answer.code == 0, answer
    return answer.out


def test_a_form_is_written_to_a_file(reported: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    said = report(reported, "--format", "pdf", "--to", str(path), lang="en")
    assert said == f"one-hour report as {path}.\n"
    assert "one-hourreport" in squeezed(text_of(path.read_bytes()))
    data = reported.json("report", "form", "1001", "incident_report", "--to", str(path))
    assert data["bytes"] == path.stat().st_size


def test_without_a_name_it_is_called_after_form_and_case(
    reported: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report(reported)
    text = squeezed(text_of((tmp_path / "事故一小时报告-1001.pdf").read_bytes()))
    assert "时钟跳变" in text


def test_the_same_moment_is_the_same_file(reported: CommandLine, tmp_path: Path) -> None:
    one, two = tmp_path / "1.pdf", tmp_path / "2.pdf"
    for path in (one, two):
        report(reported, "--to", str(path), at=f"{DAY} 12:00")
    assert one.read_bytes() == two.read_bytes()


def test_it_shows_the_form_as_it_stood_then(reported: CommandLine, tmp_path: Path) -> None:
    answer = reported("report", "form", "1001", "incident_report", at=f"{DAY} 11:00")
    assert answer.code == 1
    assert "has not been drawn up yet" in answer.err


def test_what_cannot_be_is_said(reported: CommandLine, tmp_path: Path) -> None:
    assert reported.refused("report", "form", "1001", "nothing")["rule"] == "form"
    assert reported.refused("report", "form", "1001", "rnd_demand")["rule"] == "F0-03"
    assert reported.refused("report", "form", "7", "rnd_demand")["rule"] == "case"
    assert reported("report", "form", "1001").code == 2
    there = str(tmp_path / "nowhere" / "x.pdf")
    answer = reported("report", "form", "1001", "incident_report", "--to", there)
    assert (answer.code, "cannot be written" in answer.err) == (2, True)


def test_it_goes_into_a_pipe(reported: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = TextIOWrapper(BytesIO())
    monkeypatch.setattr("sys.stdout", pipe)
    argv = ["report", "form", "1001", "incident_report", "--to", "-"]
    assert main([*argv, "--data", str(reported.directory)]) == 0
    assert pipe.buffer.getvalue().startswith(b"%PDF-1.")  # type: ignore[attr-defined]
