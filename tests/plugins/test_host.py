"""Loading: what is wrong is left out with a sentence, and the rest goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.rules import Line
from console.plugins.checker import check_line
from console.plugins.findings import Finding
from console.plugins.host import Host
from console.plugins.known import Known
from tests.plugins import acme

SOUND = Path(acme.__file__).read_text("utf-8")
BROKEN = SOUND.replace('"phone")', '"pigeon")')


def drop(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.py"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    return path


def test_a_sound_file_joins_the_shipped_lines(tmp_path: Path) -> None:
    drop(tmp_path, "acme", SOUND)
    host = Host(("acme", "power"), tmp_path, lambda: ["cn-office"])
    assert host.problems == {}
    assert set(host.rulebook().lines) == {"acme", "power"}


def test_facts_a_line_adds_are_called_as_it_says(tmp_path: Path) -> None:
    drop(tmp_path, "acme", SOUND)
    rulebook = Host(("acme",), tmp_path).rulebook()
    assert rulebook.fact_label("parts_came").zh == "配件到"
    assert rulebook.fact_label("arrived").zh == "到达"


def test_a_line_with_an_error_is_left_out_with_its_first_sentence(tmp_path: Path) -> None:
    path = drop(tmp_path, "acme", BROKEN)
    host = Host(("power", "acme"), tmp_path)
    assert set(host.rulebook().lines) == {"power"}
    line = SOUND[: SOUND.index('"phone")')].count("\n") + 1
    assert host.problems == {
        "acme": f"{path}:{line}: R053 acme.notices.leak: There is no channel “pigeon”."
    }


def test_a_warning_keeps_nothing_out(tmp_path: Path) -> None:
    drop(tmp_path, "acme", SOUND.replace('clause="acme 1.4",', ""))
    assert "acme" in Host(("acme",), tmp_path).rulebook().lines


def test_calendars_are_those_of_the_installation(tmp_path: Path) -> None:
    drop(tmp_path, "acme", SOUND)
    assert "R058" in Host(("acme",), tmp_path, lambda: ["mars"]).problems["acme"]


def test_files_that_cannot_be_loaded_do_not_stop_the_others(tmp_path: Path) -> None:
    drop(tmp_path, "leaver", "raise SystemExit(1)\n")
    drop(tmp_path, "typo", "LINES = (\n")
    drop(tmp_path, "acme", SOUND)
    host = Host(("leaver", "typo", "missing", "no name", "acme"), tmp_path)
    assert set(host.rulebook().lines) == {"acme"}
    assert set(host.problems) == {"leaver", "typo", "missing", "no name"}
    assert "R007" in host.problems["leaver"]
    assert "R005" in host.problems["typo"]


def test_nobody_takes_the_place_of_a_shipped_line(tmp_path: Path) -> None:
    drop(tmp_path, "power", "raise RuntimeError")
    drop(tmp_path, "bad", SOUND.replace('"acme",', '"power",'))
    host = Host(("bad", "power"), tmp_path)
    assert host.rulebook().lines["power"].label.en == "Power electronics"
    assert list(host.problems) == ["bad"]


def test_an_enabled_module_of_the_console_that_is_no_line_adds_nothing() -> None:
    assert Host(("host",)).rulebook().lines == {}


def test_a_file_is_checked_again_only_when_something_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[Path] = []

    def watched(line: Line, *, source: Path, known: Known) -> list[Finding]:
        checked.append(source)
        return check_line(line, source=source, known=known)

    monkeypatch.setattr("console.plugins.checker.check_line", watched)
    path = drop(tmp_path, "acme", SOUND)
    for calendars in (["cn-office"], ["cn-office"], ["cn-office", "mars"]):
        assert Host(("acme",), tmp_path, lambda ids=calendars: ids).problems == {}
    assert checked == [path] * 2
    drop(tmp_path, "acme", BROKEN)
    assert all("R053" in Host(("acme",), tmp_path).problems["acme"] for _ in range(2))
    assert checked == [path] * 3
    monkeypatch.setattr("console.plugins.checked.__version__", "another")
    drop(tmp_path, "acme", SOUND)
    assert Host(("acme",), tmp_path).problems == {}
    assert checked == [path] * 4


def test_what_was_remembered_may_be_lost_or_unreadable(tmp_path: Path) -> None:
    drop(tmp_path, "acme", SOUND)
    assert Host(("acme",), tmp_path).problems == {}
    for text in ("", "[]", "{", '{"acme": 1}', '{"acme": ["x", ""]}'):
        (tmp_path / "checked.json").write_text(text, "utf-8")
        assert Host(("acme",), tmp_path).problems == {}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acme.py", "checked.json"]
