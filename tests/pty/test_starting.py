"""Starting the seat: in every size and language, and where it cannot be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from console.domain.words import M
from console.speech import Speech
from tests.pty.terminal import UTF8, Watched, large_seat, seat

TABS = {"zh": ("1 我首问", "5 全部 8"), "en": ("1 mine", "5 all 8")}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("open_seat", [seat, large_seat])
def test_a_seat_paints_its_title_tabs_and_cases(shift: Path, open_seat: type, lang: str) -> None:
    with open_seat(shift, "--as", "lin", "--lang", lang) as terminal:
        terminal.sees("林晓 Lin", *TABS[lang], "1001", "1008", "深圳供电局 张工", "充电")
        terminal.until_so(lambda: " A " in terminal.rows[-1])
        assert "林晓 Lin" in terminal.rows[0]


@pytest.mark.parametrize(
    "locale",
    [
        {"LANG": "C"},
        {"LANG": "", "LC_ALL": "en_US.ISO-8859-1"},
        {"LANG": "POSIX", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
    ids=str,
)
def test_chinese_is_painted_whatever_the_locale(shift: Path, locale: dict[str, str]) -> None:
    words = ("--data", str(shift), "--as", "lin", "--lang", "zh")
    with Watched(*words, **locale) as terminal:
        terminal.sees("林晓 Lin", "5 全部 8", "深圳供电局 张工")


def test_sixteen_colours_are_enough(shift: Path) -> None:
    with seat(shift, "--as", "lin", TERM="linux", COLORTERM="") as terminal:
        terminal.sees("林晓 Lin", "5 all 8", "深圳供电局 张工")
        assert b"[38;2;" not in terminal.bytes
        assert b"[38;5;" not in terminal.bytes


def test_a_terminal_that_is_too_small_gets_a_sentence(shift: Path) -> None:
    words = ("--data", str(shift), "--as", "lin")
    with Watched(*words, columns=20, lines=5, LANG=UTF8["en"]) as terminal:
        assert terminal.ends() == 2
        said = terminal.bytes.decode()
        assert "20×5" in said
        assert "60×16" in said
        assert "Traceback" not in said
        assert "\x1b[?1049h" not in said, "the screen was never taken over"


@pytest.mark.parametrize("command", [[], ["seat"], ["demo"]], ids=" ".join)
def test_what_is_no_terminal_gets_a_sentence(shift: Path, command: list[str]) -> None:
    argv = [sys.executable, "-m", "console", *command, "--data", str(shift), "--as", "lin"]
    done = subprocess.run(argv, check=False, capture_output=True, text=True, input="")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "needs a terminal" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_start_asks_for_the_supervisor_and_opens_the_seat(
    tmp_path: Path, lang: str
) -> None:
    data = tmp_path / "new"
    say = Speech(lang).say
    with seat(data, lang=lang) as terminal:
        terminal.sees(str(say(M("Welcome. Who is the first supervisor?"))), str(say(M("Name: "))))
        terminal.types("马丽\n")
        terminal.sees(str(say(M("Short key, small letters (for example li.na): "))).strip())
        terminal.types("ma.li\n")
        terminal.sees(str(say(M("PIN, at least 4 digits: "))).strip())
        terminal.types("2468\n")
        terminal.sees("马丽", {"zh": "5 全部 0", "en": "5 all 0"}[lang])
        assert "2468" not in terminal.bytes.decode()
    with seat(data, lang=lang) as terminal:
        terminal.sees("马丽", {"zh": "5 全部 0", "en": "5 all 0"}[lang])


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        (["\x04"], 2, ""),
        (["\x03"], 2, ""),
        (["Ma Li\n", "M L\n", "2468\n"], 1, "person"),
        (["Ma Li\n", "ma.li\n", "12\n"], 1, "A PIN has at least 4 digits"),
    ],
    ids=["end", "interrupt", "key", "PIN"],
)
def test_a_first_start_that_fails_says_so_and_is_asked_again(
    tmp_path: Path, answers: list[str], code: int, said: str
) -> None:
    data = tmp_path / "new"
    questions = ["Name: ", "Short key", "PIN, at least"]
    with seat(data) as terminal:
        for question, answer in zip(questions, answers, strict=False):
            terminal.sees(question)
            terminal.types(answer)
        assert terminal.ends() == code
        assert said in terminal.text
        assert "Traceback" not in terminal.text
    with seat(data) as terminal:
        terminal.sees("Welcome. Who is the first supervisor?")


def test_several_people_are_asked_who_they_are(shift: Path) -> None:
    with seat(shift) as terminal:
        terminal.sees("Who are you?", "name or key", "support engineer")
        assert "1002" not in terminal.text
        terminal.types("zhou")
        terminal.sees("周宁 Zhou", "operator, duty person")
        terminal.misses("support engineer")
        terminal.types("\r")
        terminal.sees("周宁 Zhou", "5 all 8")


def test_the_terminal_is_given_back(shift: Path) -> None:
    with seat(shift, "--as", "lin") as terminal:
        terminal.sees("林晓 Lin")
        terminal.types("\x1b[24~")  # F12
        assert terminal.ends() == 0
        assert b"\x1b[?1049l" in terminal.bytes
        assert b"\x1b[?25h" in terminal.bytes, "the cursor is there again"
        assert terminal.nobody_is_left()
