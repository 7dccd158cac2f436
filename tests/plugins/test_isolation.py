"""Whatever a plugin does, it is refused or stopped with one clear line, everybody sees that
it is, and the hotline goes on: other plugins, the board, and every call."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from console.app import SeatApp
from console.desk import Desk, Outcome, Who
from console.domain.board import GRAVE
from console.domain.call_events import CallEvent
from console.installation import open_desk
from console.plugins.enabled import Enabled, Pin, digest_of
from console.plugins.guard import PATIENCE
from console.screens.seat import SeatScreen
from tests.installations import OPENING, CommandLine, HandSet
from tests.plugins.kit import drop, put, small

CLERK = Who("lin", "1")


class Bad(NamedTuple):
    """A plugin that is none: its text, what enabling it says, and whether loading it in
    the seat's own process can be survived, so that this is tried as well."""

    text: str | bytes
    says: str
    survived: bool = True


BAD = {
    "syntax": Bad("LINES = (\n", "R005"),
    "missing_import": Bad("import no_such_module\n", "R006"),
    "leaves": Bad("import sys\nsys.exit(3)\n", "R007"),
    "wrong_api": Bad(small("wrong_api").replace("API = 1", "API = 7"), "R081"),
    "misspelt": Bad(
        small("misspelt", "@hookimpl", "def console_probelms(case):", "    return []"), "R082"
    ),
    "duplicate": Bad(small("good"), "good belongs to “good” already"),
    "collects_badly": Bad(small("x").replace("return [LINE]", "raise RuntimeError"), "R006"),
    "too_large": Bad(b"#" * 10 * 1024 * 1024, "R002"),
    "hangs": Bad("while True:\n    pass\n", "R008", survived=False),
    "kills": Bad("import os\nos._exit(0)\n", "R007", survived=False),
    "interrupts": Bad("import os, signal\nos.kill(os.getpid(), 9)\n", "R007", survived=False),
    "own_kind": Bad(
        small("own_kind")
        .replace("LINE =", "class Mine(Text):\n    pass\n\nLINE =")
        .replace("(Text(key", "(Mine(key"),
        "R015",
    ),
    "binary": Bad(b"\x00\xff\xfe", "R001"),
}


def others_may_write(path: Path) -> None:
    path.chmod(0o666)


def somebody_elses(path: Path) -> None:
    os.chown(path, 12345, 12345)


def linked(path: Path) -> None:
    path.rename(path.with_name("real.py"))
    path.symlink_to(path.with_name("real.py"))


def changed(path: Path) -> None:
    path.write_text(small("small") + "# changed\n", "utf-8")


TAMPERED: dict[str, tuple[Callable[[Path], None], str]] = {
    "mode": (others_may_write, "R003"),
    "owner": (somebody_elses, "R003"),
    "symlink": (linked, "R001"),
    "content": (changed, "changed since it was enabled"),
}


def take_a_call(desk: Desk, key: str) -> Outcome:
    """A call comes in, is answered, and becomes a case."""
    now = desk.now()
    number = {"number": "+8673155502187", "direction": "in"}
    for kind, at, body in (
        ("call_rang", now - 30, number),
        ("call_answered", now - 20, {"station": "8001"}),
        ("call_ended", now, {"cause": "hangup"}),
    ):
        desk.report(CallEvent(key, kind, at, body))
    return desk.do("open", {**OPENING, "call": key, "line": "power"}, CLERK)


def goes_on(desk: Desk, left_out: str, says: str) -> None:
    """The plugin is named with its reason; another one and the recording of calls work."""
    assert set(desk.problems) == {left_out}
    assert says in desk.problems[left_out]
    assert "\n" not in desk.problems[left_out]
    assert "good" in desk.rulebook.lines
    outcome = take_a_call(desk, f"hq-{left_out}")
    assert desk.case(outcome.case).clocks
    assert desk.do("open", {"line": "good", "reason": "x", "note": "y"}, CLERK).case


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_plugin_is_not_enabled(
    console: CommandLine, data: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.cli.plugin.SECONDS", 0.8)
    folder, bad = data / "plugins", BAD[name]
    put(folder, "good", small("good"))
    drop(folder, name, bad.text)
    answer = console("plugin", "enable", name)
    assert answer.code == 1
    assert bad.says in answer.out + answer.err
    assert set(Enabled(folder).pins()) == {"good"}
    desk = open_desk(data)
    assert desk.problems == {}
    assert "good" in desk.rulebook.lines
    desk.store.close()


@pytest.mark.parametrize("name", [name for name, bad in BAD.items() if bad.survived])
def test_what_got_in_all_the_same_is_left_out(data: Path, now: HandSet, name: str) -> None:
    folder, bad = data / "plugins", BAD[name]
    put(folder, "good", small("good"))
    path = drop(folder, name, bad.text)
    Enabled(folder).put(name, Pin(digest_of(path.read_bytes())))
    desk = open_desk(data, now)
    says = "another plugin has good already" if name == "duplicate" else bad.says
    goes_on(desk, name, says)
    desk.store.close()


@pytest.mark.parametrize("how", TAMPERED)
def test_a_file_somebody_touched_is_left_out(data: Path, now: HandSet, how: str) -> None:
    tamper, says = TAMPERED[how]
    if how == "owner" and os.getuid() != 0:
        pytest.skip("only root can give a file away")
    put(data / "plugins", "good", small("good"))
    tamper(put(data / "plugins", "small", small("small")))
    desk = open_desk(data, now)
    goes_on(desk, "small", says)
    desk.store.close()


RAISES = (
    "@hookimpl",
    "def console_problems(case):",
    "    raise RuntimeError('boom')",
    "@hookimpl",
    "def console_severity(case):",
    "    return 3",
)


def test_code_that_raises_is_stopped_and_the_call_is_recorded(data: Path, now: HandSet) -> None:
    folder = data / "plugins"
    put(folder, "good", small("good"))
    put(folder, "small", small("small", *RAISES))
    desk = open_desk(data, now)
    opened = [
        desk.do("open", {"line": "small", "reason": "x", "note": str(n)}, CLERK).case
        for n in range(PATIENCE)
    ]
    assert len(set(opened)) == PATIENCE
    assert "small" not in desk.rulebook.lines
    goes_on(desk, "small", "console_problems raised RuntimeError: boom")
    # What was begun stays readable under its own labels, and goes on.
    case = desk.case(opened[0])
    assert case.rules.fields["note"].label.zh == "备注"
    assert case.rules.line.label.en == "Small"
    desk.do("record", {"case": opened[0], "note": "still writable"}, CLERK)
    desk.store.close()
    # The next start does not run it either, until it is enabled anew.
    again = open_desk(data, now)
    assert "stopped: console_problems raised RuntimeError: boom" in again.problems["small"]
    again.store.close()


def test_a_stopped_plugin_starts_anew_when_it_is_enabled(
    console: CommandLine, data: Path, now: HandSet
) -> None:
    folder = data / "plugins"
    put(folder, "small", small("small", *RAISES))
    Enabled(folder).fail("small", "because")
    drop(folder, "small", small("small"))
    assert console("plugin", "enable", "small").code == 0
    desk = open_desk(data, now)
    assert (desk.problems, "small" in desk.rulebook.lines) == ({}, True)
    desk.store.close()


def test_what_a_plugin_says_reaches_the_case(data: Path, now: HandSet) -> None:
    text = small(
        "small",
        "@hookimpl",
        "def console_problems(case):",
        "    if case.values.get('note') == 'bad':",
        "        yield Problem('note', L('不行', 'Not that'), L('改', 'Another one'))",
        "@hookimpl",
        "def console_severity(case):",
        "    return 3 if case.values.get('note') == 'fire' else None",
        "@hookimpl",
        "def console_report(case):",
        "    return [Section(L('概要', 'Summary'), ((L('备注', 'Note'), case.values['note']),))]",
    )
    put(data / "plugins", "small", text)
    desk = open_desk(data, now)
    refusal = desk.preview("open", {"line": "small", "reason": "x", "note": "bad"}, CLERK).refusal
    assert refusal is not None
    assert (refusal.rule, refusal.message.en) == ("note", "Not that")
    number = desk.do("open", {"line": "small", "reason": "x", "note": "calm"}, CLERK).case
    assert desk.case(number).attributes["severity"] == 0
    desk.do("record", {"case": number, "note": "fire"}, CLERK)
    case = desk.case(number)
    assert case.attributes["severity"] == 3
    assert GRAVE in desk.board_row(number).marks
    assert [(s.title.en, s.rows[0][1]) for s in desk.sections(case)] == [("Summary", "fire")]
    desk.do("record", {"case": number, "note": "calm"}, CLERK)
    assert desk.case(number).attributes["severity"] == 3  # it is only ever raised
    desk.store.close()


def test_a_plugin_may_send_a_case_on(data: Path, now: HandSet) -> None:
    text = small(
        "small",
        "@hookimpl",
        "def console_route(case):",
        "    return case.values.get('note')",
    ).replace(
        "fields=",
        "divisions=(Division('pile', L('桩', 'Pile')),), "
        "categories=(Category('technical', L('技术', 'technical')),), fields=",
    )
    put(data / "plugins", "small", text.replace("import Text,", "import Category, Text,"))
    desk = open_desk(data, now)
    for note, division in (("pile", "pile"), ("nowhere", "")):
        number = desk.do("open", {"line": "small", "reason": "x", "note": note}, CLERK).case
        desk.do("classify", {"case": number, "category": "technical"}, CLERK)
        assert desk.case(number).division == division
    assert desk.problems == {}
    desk.store.close()


async def test_the_seat_opens_and_names_what_is_left_out(data: Path, now: HandSet) -> None:
    put(data / "plugins", "small", small("small", *RAISES))
    changed(put(data / "plugins", "other", small("other")))
    app = SeatApp(open_desk(data, now), "lin", "en")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, SeatScreen)
        assert "left out: other" in app.screen._banner()
        for n in range(PATIENCE):
            app.desk.do("open", {"line": "small", "reason": "x", "note": str(n)}, app.who)
        take_a_call(app.desk, "hq-1")
        app.feed.look()
        await pilot.pause()
        assert "left out: other, small" in app.screen._banner()
        assert len(app.screen.rows) == PATIENCE + 1
        await pilot.press("n")
        await pilot.pause()
        assert type(app.screen).__name__ == "IntakeScreen"
        app.leave()
