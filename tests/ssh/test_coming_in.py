"""A key opens the seat of its owner, and takes nothing the client says for granted."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk import Who
from console.domain.facts import Fact
from tests.ssh.door import Door, until

CARELESS = {"AcceptEnv": "*"}
ALLOWED = {b"PATH", b"TERM", b"CONSOLE_LOCALE", b"SSH_ORIGINAL_COMMAND"}


def test_a_key_opens_the_seat_of_its_owner(door: Door) -> None:
    with door.sits_down("lin") as terminal:
        terminal.sees("林晓 Lin", "5 all 8", "1001", "深圳供电局 张工")
        assert "林晓 Lin" in terminal.rows[0]
        [*_, arrived] = facts(door, "lin")
        assert (arrived.kind, arrived.actor) == ("signed_on", "lin")
        assert arrived.body["key"].startswith("SHA256:")
        terminal.types("\x1b[24~")  # F12
        assert terminal.ends() == 0
    until(door.is_empty, "nobody left behind")


def facts(door: Door, person: str) -> list[Fact]:
    with door.desk() as desk:
        return desk.store.load(f"person:{person}")


def test_what_is_done_there_is_done_by_whose_key_it_is(door: Door) -> None:
    with door.sits_down("zhou", CONSOLE_PERSON="lin") as terminal:
        terminal.sees("周宁 Zhou", "5 all 8")
        terminal.types("/")
        terminal.sees("\u203a")
        terminal.types("1008 contacted by=he\r")
        terminal.sees("2 to contact 3")
    with door.desk() as desk:
        [*_, last] = [fact for fact in desk.case(1008).facts if fact.kind == "customer_contacted"]
        assert last.actor == "zhou"


def test_nobody_else_can_sit_down_at_it_and_no_pin_is_asked(door: Door) -> None:
    with door.sits_down("lin") as terminal:
        terminal.sees("5 all 8")
        terminal.types("\x1bOS")  # F4, who are you
        terminal.sees("yours alone", "林晓 Lin")
        assert "Who are you" not in terminal.text
        terminal.types("\x1bOQ")  # F2, the other language
        terminal.sees("5 全部 8")


def test_a_key_nobody_has_opens_nothing(door: Door) -> None:
    answer = door.run("stranger")
    assert answer.code == 255
    assert "Permission denied (publickey)" in answer.err


def test_there_is_no_way_in_but_a_key(door: Door) -> None:
    methods = "PreferredAuthentications=password,keyboard-interactive,hostbased,gssapi-with-mic"
    answer = door.run("lin", options=("-o", methods))
    assert answer.code == 255
    assert "Permission denied (publickey)" in answer.err


def test_a_key_that_is_taken_away_closes_the_seat_and_opens_it_no_more(door: Door) -> None:
    with door.sits_down("zhou") as terminal, door.desk() as desk:
        terminal.sees("5 all 8")
        desk.do("remove_key", {"person": "zhou", "key": "zhou@home"}, Who("lin"))
        assert terminal.ends() == 0
        assert "Your key no longer opens this seat" in terminal.bytes.decode()
    until(door.is_empty, "nobody left behind")
    answer = door.run("zhou")
    assert answer.code == 255
    assert "Permission denied (publickey)" in answer.err


def test_a_terminal_may_be_called_anything(door: Door, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    called = f'../../../../etc/passwd"; touch {mark}; "$(touch {mark})'
    with door.sits_down("lin", TERM=called) as terminal:
        terminal.sees("林晓 Lin", "5 all 8", "深圳供电局 张工")
    assert not mark.exists()


HOSTILE = {
    "COLUMNS": "7",
    "LINES": "3",
    "CONSOLE_DATA": "/nowhere",
    "CONSOLE_PERSON": "zhou",
    "CONSOLE_SEAT": "boss",
    "NO_COLOR": "1",
    "TEXTUAL_DRIVER": "nowhere:Driver",
    "TEXTUAL_DEVTOOLS_PORT": "1",
    "PYTHONHOME": "/nowhere",
    "PYTHONINSPECT": "1",
    "PYTHONVERBOSE": "1",
    "TZ": "America/New_York",
    "LANGUAGE": "zh",
}


def test_no_variable_of_the_clients_reaches_even_the_shell(door: Door, tmp_path: Path) -> None:
    script, mark = tmp_path / "script", tmp_path / "mark"
    script.write_text(f"touch {mark}\n", "utf-8")
    sent = " ".join(f"{name}={script}" for name in ("BASH_ENV", "ENV", "ZDOTDIR"))
    answer = door.run("lin", options=("-o", f"SetEnv={sent}"))
    assert answer.code == 2
    assert not mark.exists()


@pytest.mark.parametrize("door", [CARELESS], ids=[""], indirect=True)
def test_where_they_are_let_in_the_seat_starts_without_them(door: Door, tmp_path: Path) -> None:
    marks = {"PYTHONPATH": str(tmp_path), "TEXTUAL_LOG": str(tmp_path / "log")}
    (tmp_path / "sitecustomize.py").write_text(f"open({str(tmp_path / 'mark')!r}, 'w')", "utf-8")
    sent = {**HOSTILE, **marks}
    words = ["-o", "SendEnv=" + " ".join(sent)]
    with door.sits_down("lin", *words, **sent) as terminal:
        terminal.sees("林晓 Lin", "5 all 8", "深圳供电局 张工")
        terminal.until_so(lambda: " A " in terminal.rows[23])
        words_there = Path(f"/proc/{door.seat()}/environ").read_bytes().split(b"\0")
        assert {word.partition(b"=")[0] for word in words_there if word} == ALLOWED
    assert not (tmp_path / "mark").exists()
    assert not (tmp_path / "log").exists()


@pytest.mark.parametrize("door", [CARELESS], ids=[""], indirect=True)
def test_of_the_locale_only_the_language_is_taken(door: Door) -> None:
    config = door.data / "console.toml"
    config.write_text(config.read_text("utf-8").replace('lang = "en"', 'lang = ""'), "utf-8")
    with door.sits_down("lin", "-o", "SendEnv=LC_ALL", LC_ALL="zh_CN.GB18030") as terminal:
        terminal.sees("林晓 Lin", "5 全部 8", "深圳供电局 张工")


def test_a_window_that_changes_its_size_is_filled(door: Door) -> None:
    with door.sits_down("lin") as terminal:
        terminal.sees("5 all 8")
        terminal.resizes(132, 40)
        terminal.until_so(lambda: "F2" in terminal.rows[39])
        terminal.resizes(60, 16)
        terminal.until_so(lambda: "A " in terminal.rows[15])


def test_a_window_that_is_too_small_gets_a_sentence(door: Door) -> None:
    with door.sits_down("lin", columns=20, lines=5) as terminal:
        assert terminal.ends() == 2
        assert "60×16" in terminal.bytes.decode()
    assert door.is_empty()


def test_a_store_that_is_written_to_keeps_nobody_at_the_door(door: Door) -> None:
    with door.desk() as desk, desk.store.writing():
        answer = door.run("lin", "anything")
    assert answer.code == 1
    assert "opens the seat and nothing else" in answer.err
