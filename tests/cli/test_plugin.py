"""`console plugin`: exit codes, sentences, and JSON for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from console.installation import CALENDARS
from tests.installations import CommandLine
from tests.plugins import acme

SOUND = Path(acme.__file__).read_text("utf-8")
BROKEN = SOUND.replace('to=("manager",)', 'to=("王工",)')


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    return path


def test_a_sound_file_is_done(console: CommandLine, tmp_path: Path) -> None:
    answer = console("plugin", "check", str(write(tmp_path / "acme.py", SOUND)))
    assert (answer.code, answer.err) == (0, "")
    assert "acme.py: errors 0, warnings 0" in answer.out


def test_an_error_is_a_refusal_with_place_and_remedy(console: CommandLine, tmp_path: Path) -> None:
    path = write(tmp_path / "acme.py", BROKEN)
    answer = console("plugin", "check", str(path))
    line = BROKEN[: BROKEN.index("王工")].count("\n") + 1
    assert answer.code == 1
    said = answer.out.splitlines()
    assert said[0].startswith(f"{path}:{line}: error R052 acme.notices.leak: “王工” looks like")
    assert said[1].startswith("  → Declare a slot")
    assert said[-1] == f"{path}: errors 1, warnings 0"


def test_a_warning_is_shown_and_accepted(console: CommandLine, tmp_path: Path) -> None:
    path = write(tmp_path / "acme.py", SOUND.replace('clause="acme 1.4",', ""))
    answer = console("plugin", "check", str(path))
    assert answer.code == 0
    assert "warning R023 acme.timers.repair" in answer.out


def test_programs_get_the_findings_as_data(console: CommandLine, tmp_path: Path) -> None:
    path = write(tmp_path / "acme.py", BROKEN)
    answer = console("plugin", "check", str(path), "--json")
    assert answer.code == 1
    assert answer.data["errors"] == 1
    finding = answer.data["findings"][0]
    assert (finding["number"], finding["severity"]) == ("R052", "error")
    assert (finding["path"], finding["file"]) == ("acme.notices.leak", str(path))
    assert finding["remedy"].startswith("Declare a slot")


@pytest.mark.parametrize("named", ["nobody", "no/such/file.py", "missing.py", "../power"])
def test_what_is_not_there_is_unusable(console: CommandLine, named: str) -> None:
    assert console("plugin", "check", named).code == 2


def test_a_file_that_hangs_is_a_refusal(
    console: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.cli.plugin.SECONDS", 0.7)
    path = write(tmp_path / "acme.py", "import time\n\ntime.sleep(60)\n")
    answer = console("plugin", "check", str(path), "--json")
    assert answer.code == 1
    assert [(f["number"], f["line"]) for f in answer.data["findings"]] == [("R008", 3)]


def test_check_needs_to_know_what(console: CommandLine) -> None:
    assert console.refused("plugin", "check")["rule"] == "plugin"


def test_lines_are_checked_by_name(console: CommandLine, data: Path) -> None:
    assert console("plugin", "check", "power").code == 0
    write(data / "plugins" / "acme.py", BROKEN)
    assert console("plugin", "check", "acme").code == 1


def test_a_check_needs_no_installation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = CommandLine(tmp_path / "nowhere", capsys)
    assert nowhere("plugin", "check", str(write(tmp_path / "acme.py", SOUND))).code == 0
    assert not (tmp_path / "nowhere").exists()


def test_an_installation_s_own_calendars_count(
    console: CommandLine, data: Path, tmp_path: Path
) -> None:
    path = write(tmp_path / "acme.py", SOUND.replace('calendar="cn-office"', 'calendar="mars"'))
    assert console("plugin", "check", str(path)).code == 1
    shipped = json.loads((CALENDARS / "elapsed.json").read_text("utf-8"))
    own = {**shipped, "calendars": {"mars": shipped["calendars"]["elapsed"]}}
    write(data / "calendars" / "mars.json", json.dumps(own))
    assert console("plugin", "check", str(path)).code == 0


def test_the_list_shows_what_is_on_off_and_left_out(console: CommandLine, data: Path) -> None:
    write(data / "plugins" / "acme.py", SOUND)
    write(data / "plugins" / "bad.py", BROKEN)
    settings = (data / "console.toml").read_text("utf-8")
    write(data / "console.toml", settings.replace('["power"]', '["power", "bad", "gone"]'))
    rows = {row["name"]: row for row in console.json("plugin", "list")["plugins"]}
    assert (rows["power"]["state"], rows["power"]["source"]) == ("on", "shipped")
    assert (rows["acme"]["state"], rows["acme"]["problem"]) == ("off", "")
    assert "R052" in rows["bad"]["problem"]
    assert rows["gone"]["problem"]
    assert "left out" in console("plugin").out


def test_a_seat_starts_without_a_line_that_has_errors(console: CommandLine, data: Path) -> None:
    write(data / "plugins" / "bad.py", BROKEN)
    settings = (data / "console.toml").read_text("utf-8")
    write(data / "console.toml", settings.replace('["power"]', '["power", "bad"]'))
    assert console("show", "board").code == 0
