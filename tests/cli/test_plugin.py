"""`console plugin`: exit codes, sentences, and JSON for programs."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from console import config
from console.app import SeatApp
from console.cli.context import Context
from console.cli.plugin import watch
from console.cli.plugin_places import Place
from console.cli.plugin_try import PERSON, prepare, show_form
from console.installation import CALENDARS, open_desk
from console.plugins.lines import source_of
from console.screens.intake import IntakeScreen
from tests.installations import CommandLine
from tests.plugins.kit import ACME, HYDROGEN, drop, put, small

SOUND = ACME
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
    assert console("plugin", "check", "acme.py").code == 1
    assert "(perhaps acme)" in console("plugin", "check", "acne").err


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
    folder = data / "plugins"
    drop(folder, "acme", ACME)
    put(folder, "bad", small("bad"))
    drop(folder, "bad", small("bad") + "#")
    put(folder, "good", small("good"))
    settings = (data / "console.toml").read_text("utf-8")
    write(data / "console.toml", settings.replace('["power"]', '["power", "gone"]'))
    rows = {row["name"]: row for row in console.json("plugin", "list")["plugins"]}
    assert (rows["power"]["state"], rows["power"]["source"]) == ("on", "shipped")
    assert (rows["acme"]["state"], rows["acme"]["problem"]) == ("off", "")
    assert (rows["good"]["state"], rows["good"]["problem"]) == ("on", "")
    assert rows["bad"]["state"] == "left out"
    assert "changed since" in rows["bad"]["problem"]
    assert rows["gone"]["problem"]
    assert "left out" in console("plugin").out
    safe = console.json("plugin", "list", "--safe-mode")["plugins"]
    assert {row["name"] for row in safe if "safe" in row["problem"]} == {"bad", "good"}


# --- switching on and off


def test_a_plugin_runs_from_when_it_is_enabled(console: CommandLine, data: Path) -> None:
    drop(data / "plugins", "acme", ACME)
    assert "acme" not in lines_of(data)
    answer = console("plugin", "enable", "acme")
    assert (answer.code, answer.out.splitlines()[0]) == (0, "acme is on: acme.")
    assert "acme" in lines_of(data)
    assert console("plugin", "disable", "acme").code == 0
    assert "acme" not in lines_of(data)
    assert console.refused("plugin", "disable", "acme")["rule"] == "plugin"


def test_what_has_an_error_is_not_enabled(console: CommandLine, data: Path) -> None:
    drop(data / "plugins", "acme", BROKEN)
    answer = console("plugin", "enable", "acme")
    assert answer.code == 1
    assert "R052" in answer.out
    assert answer.out.splitlines()[-1] == "acme was not enabled."
    assert not (data / "plugins" / "enabled.json").exists()


def test_only_what_lies_in_the_installation_is_enabled(
    console: CommandLine, tmp_path: Path
) -> None:
    path = write(tmp_path / "acme.py", ACME)
    assert "Copy the file there" in console.refused("plugin", "enable", str(path))["remedy"]
    assert console("plugin", "enable", "nobody").code == 2
    assert console("plugin", "disable", "nobody").code == 2


@pytest.mark.parametrize("action", ["check", "enable"])
def test_a_folder_others_may_write_to_is_told_early(
    console: CommandLine, data: Path, action: str
) -> None:
    drop(data / "plugins", "acme", ACME)
    (data / "plugins").chmod(0o777)
    answer = console("plugin", action, "acme")
    assert answer.code == 1
    assert answer.out.count("R088") == 1


def test_an_installation_is_its_owner_s_whatever_the_umask(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = CommandLine(tmp_path / "own", capsys)
    before = os.umask(0o002)
    try:
        assert own("init", "--sample").code == 0
        assert own("plugin", "new", "gas", "--zh", "燃气", "--en", "Gas").code == 0
    finally:
        os.umask(before)
    assert own("plugin", "enable", "gas").code == 0


def test_slots_nobody_fills_are_named(console: CommandLine, data: Path) -> None:
    drop(data / "plugins", "acme", ACME)
    assert console.json("plugin", "enable", "acme")["vacant"] == ["manager"]
    said = console("plugin", "enable", "acme").out.splitlines()
    assert said[-2:] == [
        "Nobody fills: manager (manager).",
        f'  → Write who does into {data / "slots.toml"}: "manager" = "lin"',
    ]
    with (data / "slots.toml").open("a", encoding="utf-8") as slots:
        slots.write('manager = "lin"\n')
    assert console.json("plugin", "enable", "acme")["vacant"] == []


def test_a_key_has_one_owner(console: CommandLine, data: Path) -> None:
    put(data / "plugins", "first", small("shared"))
    drop(data / "plugins", "second", small("shared"))
    said = console.refused("plugin", "enable", "second")
    assert said["message"] == "shared belongs to “first” already."
    drop(data / "plugins", "third", small("emr"))
    assert "“console”" in console.refused("plugin", "enable", "third")["message"]


def test_a_change_is_enabled_anew(console: CommandLine, data: Path) -> None:
    put(data / "plugins", "small", small("small"))
    drop(data / "plugins", "small", small("small") + "# changed\n")
    assert "small" not in lines_of(data)
    assert console("plugin", "enable", "small").code == 0
    assert "small" in lines_of(data)


def test_a_shipped_line_is_one_word_in_the_configuration(console: CommandLine, data: Path) -> None:
    before = (data / "console.toml").read_text("utf-8")
    assert console("plugin", "enable", "emr").code == 0
    assert config.load(data).lines == ("power", "emr")
    assert console.refused("plugin", "enable", "emr")["rule"] == "plugin"
    assert console("plugin", "disable", "emr").code == 0
    assert (data / "console.toml").read_text("utf-8") == before
    write(data / "console.toml", before.replace('lines = ["power"]', ""))
    assert console("plugin", "enable", "emr").code == 0
    assert config.load(data).lines == ("power", "emr")


def test_a_start_may_do_without(console: CommandLine, data: Path) -> None:
    put(data / "plugins", "small", small("small"))
    typed = ("do", "open", "line=small", "reason=x", "--preview")
    assert console(*typed, who="lin").code == 0
    for without in (("--safe-mode",), ("--no-plugin", "small")):
        assert console.refused(*typed, *without, who="lin")["rule"] == "line"


# --- beginning, watching, looking ahead


@pytest.mark.parametrize("line", ["", "power"])
def test_a_new_plugin_is_sound_at_once(console: CommandLine, data: Path, line: str) -> None:
    named = ("--zh", "氢能", "--en", "Hydrogen", *(("--line", line) if line else ()))
    answer = console("plugin", "new", "hydrogen", *named)
    assert answer.code == 0
    assert "errors 0, warnings 0" in answer.out
    assert answer.out.splitlines()[-1].endswith("`console plugin enable hydrogen`")
    assert console("plugin", "enable", "hydrogen").code == 0
    again = console.refused("plugin", "new", "hydrogen", *named)
    assert again["message"].endswith("is there already.")


@pytest.mark.parametrize(
    "words",
    [
        ("Hydrogen", "--zh", "氢", "--en", "H"),
        ("power", "--zh", "电", "--en", "P"),
        ("hydrogen", "--en", "Hydrogen"),
        ("hydrogen", "--zh", "氢", "--en", "H", "--line", "powr"),
    ],
)
def test_an_unusable_beginning_is_refused(
    console: CommandLine, data: Path, words: tuple[str, ...]
) -> None:
    console.refused("plugin", "new", *words)
    assert not (data / "plugins").exists()


def test_a_watched_file_is_checked_whenever_it_changes(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = drop(data / "plugins", "small", small("small"))
    context = Context(data, "", "en", as_json=False, at=None)
    turns = iter(("", small("small") + "x = 1\n", "", small("small") + "x = = 1\n"))

    def wait(_seconds: float) -> None:
        text = next(turns, None)
        if text is None:
            raise KeyboardInterrupt
        if text:
            drop(path.parent, "small", text)

    before = threading.active_count()
    assert watch(context, Place("small", path), wait) == 1
    said = capsys.readouterr().out
    assert said.count("errors 0") == 2
    assert said.count("errors 1") == 1
    assert threading.active_count() == before


def test_clocks_are_shown_over_the_spring_festival(console: CommandLine, data: Path) -> None:
    drop(data / "plugins", "hydrogen", HYDROGEN.replace('within="10m"', 'within="1wd"'))
    words = ("plugin", "clocks", "hydrogen", "--from", "2026-02-13", "--days", "3")
    rows = console.json(*words)
    assert [row["due"]["hydrogen_contact"] for row in rows] == [
        "2026-02-14 18:00",
        "2026-02-24 18:00",
        "2026-02-24 18:00",
    ]
    assert "Fri 02-13 16:40" in console(*words).out
    assert console("plugin", "clocks", "power", "--from", "2026-02-13").code == 0
    assert console.refused("plugin", "clocks", "power", "--from", "soon")["rule"] == "from"
    assert console.refused("plugin", "clocks", "power", "--time", "late")["rule"] == "time"


def test_the_pages_are_printed(console: CommandLine) -> None:
    assert console("plugin", "docs").out.startswith("# Hooks\n")
    assert console("plugin", "docs", "names").out.startswith("# Names\n")
    assert console.refused("plugin", "docs", "verbs")["rule"] == "plugin"


# --- trying


async def test_the_form_is_tried_live_in_both_languages(tmp_path: Path) -> None:
    path = drop(tmp_path / "mine", "hydrogen", HYDROGEN)
    prepare(tmp_path, Place("hydrogen", path), "en")
    app = SeatApp(open_desk(tmp_path), PERSON, "en")
    async with app.run_test(size=(100, 34)) as pilot:
        await pilot.pause()
        show_form(app)
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, IntakeScreen)
        assert screen.form.division == "hydrogen"
        labels = [str(app.speech.say(one.field.label)) for one in screen.form.entries]
        assert "device serial" in labels
        await pilot.press("f2")
        assert app.speech.lang == "zh"
        screen.form.put("hydrogen_serial", "nonsense", app.desk.now())
        problem = screen.form.problem("hydrogen_serial", app.desk.now())
        assert problem is not None
        assert "AB202601" in app.speech.say(problem)
        app.leave()


def test_nothing_wrong_is_tried(console: CommandLine, data: Path, monkeypatch: Any) -> None:
    drop(data / "plugins", "acme", BROKEN)
    monkeypatch.setattr("console.cli.plugin_try.terminal_problem", lambda: None)
    assert console("plugin", "try", "acme").code == 1
    assert console("plugin", "try", "nobody").code == 2


def test_trying_needs_a_terminal(console: CommandLine) -> None:
    assert console("plugin", "try", "power").code == 2


@pytest.mark.parametrize("name", ["power", "emr"])
def test_shipped_lines_can_be_tried(tmp_path: Path, name: str) -> None:
    prepare(tmp_path, Place(name, source_of(name)))
    desk = open_desk(tmp_path)
    assert list(desk.rulebook.lines) == [name]
    desk.store.close()


def lines_of(data: Path) -> set[str]:
    desk = open_desk(data)
    lines = set(desk.rulebook.lines)
    desk.store.close()
    return lines
