"""The command line: exit codes, shapes of answers, and what is said when it goes wrong."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from console import __version__
from console.cli.main import main
from console.domain.commands import COMMANDS
from tests.installations import OPENING, Answer, CommandLine

OPEN = ["do", "open", *(f"{key}={value}" for key, value in OPENING.items())]


@pytest.fixture
def case(console: CommandLine) -> int:
    number: int = console.json(*OPEN, who="lin")["case"]
    return number


def safe(answer: Answer) -> bool:
    """Nothing in it a terminal would act on."""
    return all(c.isprintable() or c == "\n" for c in answer.out + answer.err)


# --- exit codes


def test_done_refused_unusable(console: CommandLine, case: int) -> None:
    done = console("do", "note", f"case={case}", "text=x", who="lin")
    refused = console("do", "close", f"case={case}", who="zhou")
    unusable = console("do", "--colour")
    assert [answer.code for answer in (done, refused, unusable)] == [0, 1, 2]
    assert (done.err, refused.out, unusable.out) == ("", "", "")


def test_a_refusal_names_rule_clause_and_remedy(console: CommandLine, case: int) -> None:
    answer = console("do", "close", f"case={case}", who="zhou")
    first, second = answer.err.splitlines()
    assert first == "Refused [W-04, 002 P3C1]: Only the owner, 林晓 Lin, closes this case."
    assert second == "  → Ask them; in their absence: shift lead."
    as_json = console("do", "close", f"case={case}", "--json", who="zhou")
    assert (as_json.code, as_json.err) == (1, "")
    assert as_json.data == {
        "refused": {
            "rule": "W-04",
            "message": "Only the owner, 林晓 Lin, closes this case.",
            "remedy": "Ask them; in their absence: shift lead.",
            "clause": "002 P3C1",
        }
    }


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for word, says in (("--version", f"console {__version__}"), ("--help", "COMMAND")):
        with pytest.raises(SystemExit) as stopped:
            main([word])
        assert stopped.value.code == 0
        assert says in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ("dance",),
        ("show",),
        ("show", "weather"),
        ("why",),
        ("find",),
        ("do", "note", "--lang", "fr"),
        ("follow", "--since", "soon"),
        ("follow", "--since", "9" * 30),
        ("follow", "--since", "-1"),
    ],
)
def test_unusable_words(console: CommandLine, words: tuple[str, ...]) -> None:
    answer = console(*words)
    assert (answer.code, answer.out) == (2, "")
    assert "console: " in answer.err


@pytest.mark.parametrize(
    ("words", "rule", "says"),
    [
        (("do", "dance"), "command", "There is no command “dance”."),
        (("do", "note", "case"), "field", "“case” is not field=value."),
        (("do", "note", "=x"), "field", "“=x” is not field=value."),
        (("do", "note", "text=x"), "note", "note needs case."),
        (("do", "note", "case=1001", "txt=x"), "note", "note has no field “txt”."),
        (("do", "note", "case=4711", "text=x"), "case", "There is no case 4711."),
        (("show", "case", "4711"), "case", "There is no case 4711."),
        (("show", "case", "x"), "case", "“x” is not a case number."),
        (("show", "case"), "case", "“” is not a case number."),
        (("show", "case", "9" * 30), "case", "is not a case number."),
        (("why", "9" * 30), "case", "is not a case number."),
        (("why", "1001", "T9-99"), "why", "Case 1001 has no clock “T9-99”."),
        (("show", "call", "zz"), "call", "There is no call “zz”."),
        (("do", "promise", "case=1001", "due=never"), "due", "cannot be “never”"),
        (("people", "add"), "person", "Which person?"),
        (("people", "add", "Li Na", "name=x"), "person", "cannot be a person's key"),
    ],
)
def test_refused_words(
    console: CommandLine, case: int, words: tuple[str, ...], rule: str, says: str
) -> None:
    refusal = console.refused(*words, who="lin")
    assert refusal["rule"] == rule
    assert says in refusal["message"]
    assert refusal["remedy"]


def test_who_acts(console: CommandLine, case: int) -> None:
    words = ("do", "note", f"case={case}", "text=x")
    assert console.refused(*words)["message"] == "Who acts?"
    assert "lin" in console.refused(*words)["remedy"]
    assert console.refused(*words, who="ghost")["message"] == "Nobody here is called “ghost”."


def test_the_person_may_come_from_the_environment(
    console: CommandLine, case: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSOLE_PERSON", "zhou")
    answer = console.json("do", "note", f"case={case}", "text=x")
    assert answer["facts"][0]["actor"] == "zhou"


def test_late_entry(console: CommandLine, case: int) -> None:
    at = "2026-03-10 09:19:00"
    answer = console.json("do", "note", f"case={case}", "text=x", who="lin", at=at)
    assert answer["facts"][0]["at"] == "2026-03-10T09:19:00+08:00"
    assert answer["facts"][0]["recorded"] > "2026-03-10T09:19:00+08:00"
    refusal = console.refused("do", "note", f"case={case}", "text=x", who="lin", at="then")
    assert (refusal["rule"], refusal["message"]) == ("at", "“then” is not a moment.")


# --- an installation that is not there, or broken


@pytest.mark.parametrize("words", [("show", "board"), ("do", "--list"), ("verify",), ("find", "x")])
def test_without_an_installation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    answer = CommandLine(tmp_path / "none", capsys)(*words)
    if words == ("do", "--list"):
        assert answer.code == 0
        return
    assert answer.code == 2
    first, second = answer.err.splitlines()
    assert first == f"The configuration file {tmp_path / 'none' / 'console.toml'} is missing."
    assert second == f"  → Write it anew with `console init {tmp_path / 'none'}`."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('name = "x"\nlines = [power]\n', "(at line 2, column 10)"),
        ('zone = "Mars/Olympus"\n', "there is no time zone “Mars/Olympus” (line 1, column 1)"),
        ('name = "x"\n  lines = 3\n', "“lines” has the wrong kind of value. (line 2, column 3)"),
        ('colour = "red"\n', "“colour” is not a setting; known are name, lang, zone"),
        ('lines = ["power", 3]\n', "“lines” has the wrong kind of value."),
    ],
)
def test_a_broken_configuration_names_line_and_column(
    console: CommandLine, data: Path, text: str, says: str
) -> None:
    (data / "console.toml").write_text(text, "utf-8")
    answer = console("show", "board")
    assert answer.code == 2
    assert says in answer.err.replace(".: ", ": ").replace(". (", " (") or says in answer.err
    assert str(data / "console.toml") in answer.err
    as_json = console("show", "board", "--json")
    assert set(as_json.data) == {"error", "remedy"}


def test_a_configuration_that_is_no_text(console: CommandLine, data: Path) -> None:
    (data / "console.toml").write_bytes(b"\xff\xfe\x00")
    answer = console("show", "board")
    assert (answer.code, "is not UTF-8 text (line 1, column 1)" in answer.err) == (2, True)


def test_a_store_that_is_no_store(console: CommandLine, data: Path) -> None:
    for path in data.glob("console.db*"):
        path.unlink()
    (data / "console.db").write_text("no database " * 99)
    answer = console("show", "board")
    assert (answer.code, answer.err.splitlines()[0]) == (
        2,
        "The file is not a store of this console.",
    )


def test_an_enabled_line_that_does_not_load_leaves_the_others_alone(
    console: CommandLine, data: Path
) -> None:
    path = data / "console.toml"
    path.write_text(path.read_text("utf-8").replace('["power"]', '["no_such", "power"]'), "utf-8")
    assert console(*OPEN, who="lin").code == 0


# --- making an installation


def test_init(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    console = CommandLine(tmp_path / "new", capsys)
    assert console("init", "--person", "li", "--name", "李娜", "--pin", "2468").code == 0
    assert [p["person"] for p in console.json("show", "people")] == ["li"]
    assert console("do", "ring", "number=13955501953").code == 0
    assert console("init", "--person", "wang", "--name", "王").code == 0
    assert [p["person"] for p in console.json("show", "people")] == ["li"]


def test_init_needs_a_first_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refusal = CommandLine(tmp_path / "new", capsys).refused("init")
    assert "--person KEY --name NAME" in refusal["remedy"]


def test_init_where_nothing_can_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    answer = CommandLine(tmp_path / "file", capsys)("init", "--sample")
    assert answer.code == 2
    assert "cannot become a data directory" in answer.err


# --- answers


def test_do_list_shows_every_command_with_its_fields(console: CommandLine) -> None:
    listed = console("do", "--list").out
    for command in COMMANDS.values():
        assert any(line.startswith(command.name) for line in listed.splitlines())
    assert "case* due* text" in listed
    described = {one["name"]: one for one in console.json("do", "--list")}
    assert set(described) == set(COMMANDS)
    assert described["reopen"]["fields"][1]["choices"][0] == "followup_problem"
    assert described["reopen"]["fields"][1]["required"] is True
    assert described["open"]["open_fields"] is True


def test_the_answer_of_a_command(console: CommandLine) -> None:
    answer = console.json(*OPEN, who="lin")
    assert set(answer) == {"case", "call", "version", "facts", "running"}
    assert (answer["case"], answer["call"]) == (1001, None)
    assert answer["version"] == answer["facts"][-1]["seq"]
    assert set(answer["facts"][0]) == {
        "seq",
        "at",
        "recorded",
        "actor",
        "seat",
        "subject",
        "kind",
        "body",
        "previous",
        "digest",
    }
    assert answer["running"] == []
    [running] = console.json("do", "promise", "case=1001", "due=+30m", who="lin")["running"]
    assert running["key"] == "promise"


def test_nothing_to_do(console: CommandLine, case: int) -> None:
    words = ("do", "record", f"case={case}", "need=恢复充电")
    assert console(*words, who="lin").out == "Nothing to do: it is so already.\n"
    assert console.json(*words, who="lin")["facts"] == []


def test_preview(console: CommandLine, case: int) -> None:
    words = ("do", "classify", f"case={case}", "category=quote", "--preview")
    out = console(*words, who="lin").out
    assert out.startswith("Nothing was written. It would become: classified\n")
    assert "would tell marketing centre contact (梅营销 Mei) by console" in out
    preview = console.json(*words, who="lin")
    assert set(preview) == {"facts", "dues", "notices", "state", "refusal"}
    assert console.refused("do", "close", f"case={case}", "--preview", who="zhou")["rule"] == "W-04"
    assert console.json("show", "case", str(case), who="lin")["category"] == ""


@pytest.mark.parametrize(
    "words",
    [
        ("show", "board"),
        ("show", "case", "1001"),
        ("show", "calls"),
        ("show", "call", "a"),
        ("show", "timers"),
        ("show", "customer", "2187"),
        ("show", "notices"),
        ("show", "people"),
        ("why", "1001"),
        ("find", "彭"),
        ("follow", "--since", "0", "--once"),
        ("verify",),
        ("people",),
        ("do", "--list"),
    ],
)
def test_every_question_answers_in_words_and_in_json(
    console: CommandLine, words: tuple[str, ...]
) -> None:
    console("do", "ring", "number=073155502187", "call=a", who="lin")
    console("do", "answer", "call=a", who="lin")
    console(*OPEN, "call=a", who="lin")
    console("do", "classify", "case=1001", "category=technical", who="lin")
    text = console(*words, who="lin")
    assert (text.code, text.err) == (0, "")
    assert text.out.strip()
    assert safe(text)
    answer = console(*words, "--json", who="lin")
    assert (answer.code, answer.err) == (0, "")
    assert all(json.loads(line) is not None for line in answer.out.splitlines())


def test_both_languages(console: CommandLine, case: int) -> None:
    chinese = console("show", "case", str(case), who="lin", lang="zh").out
    english = console("show", "case", str(case), who="lin").out
    assert "首问：" in chinese
    assert "owner: " in english
    refusal = console("do", "close", f"case={case}", who="zhou", lang="zh")
    assert refusal.code == 1


def test_follow_is_the_journal(console: CommandLine, case: int) -> None:
    lines = console("follow", "--since", "0", "--once").out.splitlines()
    facts = [json.loads(line) for line in lines]
    assert [fact["seq"] for fact in facts] == list(range(1, len(facts) + 1))
    for before, after in pairwise(facts):
        assert after["previous"] == before["digest"]
    last = facts[-2]["seq"]
    assert len(console("follow", "--since", str(last), "--once").out.splitlines()) == 1
    assert console("follow", "--once").out == ""


def test_find(console: CommandLine, case: int) -> None:
    found = console.json("find", "公交")
    assert [one["number"] for one in found["cases"]] == [case]
    assert console("find", "nobody").out == "Nothing found for “nobody”.\n"
    assert console.json("find", "two", "words") == {"cases": [], "calls": []}


def test_people(console: CommandLine) -> None:
    console.json("people", "add", "li.na", "name=李娜", "roles=duty", who="lin")
    assert {p["person"]: p["roles"] for p in console.json("people")}["li.na"] == ["duty"]
    console.json("people", "change", "li.na", "active=no", who="lin")
    assert {p["person"]: p["active"] for p in console.json("people")}["li.na"] is False
    assert console.refused("people", "change", "li.na", "active=yes", who="zhou")["rule"]


def test_verify_says_what_was_checked(console: CommandLine, case: int) -> None:
    answer = console("verify")
    assert answer.code == 0
    assert answer.out.endswith("Sound.\n")
    assert console.json("verify")["problems"] == []


def test_an_empty_board(console: CommandLine) -> None:
    assert console("show", "board").out == "No open case.\n"
    assert console.json("show", "board") == []
