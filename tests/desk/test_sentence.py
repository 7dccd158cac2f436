"""What an operator types, as commands of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.desk import Desk, Who
from console.desk.sentence import NEW, complete, parse, written
from console.domain.commands import COMMANDS
from tests.desk.typed import one, one_case, problem, read


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with one_case(prepared, tmp_path_factory.mktemp("desk")) as desk:
        yield desk


# --- verbs


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("contact", "contact"),
        ("CONTACT", "contact"),
        ("cont", "contact"),
        ("contacted", "contact"),
        ("customer contacted", "contact"),
        ("已联系", "contact"),
        ("已联系客户", "contact"),
        ("催", "urge"),
        ("verified", "verify"),
        ("take_cus", "take_custody"),
        ("take custody", "take_custody"),
        ("take cus", "take_custody"),
        ("save_contact", "save_contact"),
        ("disp", "assign"),
        ("set", "record"),
        ("acknowledged", "acknowledge"),
    ],
)
def test_a_verb_is_known_by_name_label_synonym_or_beginning(
    desk: Desk, typed: str, command: str
) -> None:
    assert one(desk, typed) == (command, {"case": "1001"})


def test_every_command_is_known_by_its_name_and_by_its_chinese_label(desk: Desk) -> None:
    for name, command in COMMANDS.items():
        for typed in (name, command.label.zh):
            (found,) = read(desk, f"{typed} q=1")
            assert found.command == name, typed


def test_an_unknown_verb_names_the_nearest(desk: Desk) -> None:
    message, remedy = problem(desk, "contct 1042")
    assert message == "“contct” is not a command."
    assert remedy.startswith("The nearest are: contact, ")
    assert "已联系客户" in problem(desk, "已连系 1042", "zh")[1]


def test_a_beginning_of_several_verbs_names_them(desk: Desk) -> None:
    message, remedy = problem(desk, "co 1042")
    assert message == "“co” may mean several things."
    assert {"contact", "confirm"} <= set(remedy.removesuffix(".").split(": ")[1].split(", "))


# --- which case


@pytest.mark.parametrize("text", ["note 1042 x", "note #1042 x", "1042 note x", "note x case=1042"])
def test_a_case_is_named_by_number(desk: Desk, text: str) -> None:
    assert one(desk, text) == ("note", {"case": "1042", "text": "x"})


def test_without_a_number_the_selected_case_is_meant(desk: Desk) -> None:
    assert one(desk, "note x") == ("note", {"case": "1001", "text": "x"})
    (found,) = parse("note x", selected=0, desk=desk)
    assert found.typed == {"text": "x"}


def test_quoted_digits_are_text(desk: Desk) -> None:
    assert one(desk, 'note "24"') == ("note", {"case": "1001", "text": "24"})


def test_a_number_alone_asks_what_happened(desk: Desk) -> None:
    assert problem(desk, "1042")[0] == "What has happened with case 1042?"


# --- the status word at the end


@pytest.mark.parametrize(
    ("text", "command", "typed"),
    [
        ("1042 深圳供电 张工 contacted", "contact", {"text": "深圳供电 张工"}),
        ("1042 何工 09:31 已联系", "contact", {"by": "he", "when": "09:31"}),
        ("1042 Con Edison contacted", "contact", {"text": "Con Edison"}),
        ("1042 张 工 confirmed", "confirm", {"who": "张 工"}),
        ("1042 contacted", "contact", {}),
        ("1042 note please close", "note", {"text": "please close"}),
        ("1042 contacted 10:00", "contact", {"when": "10:00"}),
        ("1042 res new board", "resolve", {"text": "new board"}),
        ("1042 >充电桩", "classify", {"division": "charging_pile"}),
    ],
)
def test_a_line_that_begins_with_a_number(
    desk: Desk, text: str, command: str, typed: dict[str, Any]
) -> None:
    assert one(desk, text) == (command, {"case": "1042", **typed})


def test_two_verbs_around_a_name_are_not_guessed_at(desk: Desk) -> None:
    message, _ = problem(desk, "1042 close brothers contacted")
    assert message == "This can be read in two ways: close, contact."


# --- which word is which field


@pytest.mark.parametrize(
    ("text", "command", "typed"),
    [
        ("verify yes he 09:31", "verify", {"answer": True, "by": "he", "when": "09:31"}),
        ("核实 是 何工 09:31", "verify", {"answer": True, "by": "he", "when": "09:31"}),
        ("verify 09：31 否", "verify", {"answer": False, "when": "09:31"}),
        ("promise 明天 09:00 王工回电", "promise", {"due": "明天 09:00", "text": "王工回电"}),
        ("promise tomorrow 09:00", "promise", {"due": "tomorrow 09:00"}),
        ("promise +30m", "promise", {"due": "+30m"}),
        ("promise 2026-03-12 10:00", "promise", {"due": "2026-03-12 10:00"}),
        ("promise 2026-03-12T10:00+08:00", "promise", {"due": "2026-03-12T10:00+08:00"}),
        (
            "assign he tan please hurry",
            "assign",
            {"to": "he", "tracker": "tan", "text": "please hurry"},
        ),
        ('assign "何工 He"', "assign", {"to": "he"}),
        ("assign 何工 He", "assign", {"to": "he"}),
        ("assign bob", "assign", {"to": "bob"}),
        ("派单 技术支持工程师", "assign", {"to": "support_engineer"}),
        ("assign to=何工", "assign", {"to": "he"}),
        ("urge tracker 快", "urge", {"who": "tracker", "text": "快"}),
        ("urge 快", "urge", {"text": "快"}),
        ("reach dgm phone no", "reach", {"who": "dgm", "channel": "phone", "reached": False}),
        ("reach 副总经理 电话", "reach", {"who": "dgm", "channel": "phone"}),
        (
            "contact on site agreed at 15:00",
            "contact",
            {"channel": "on_site", "text": "agreed at 15:00"},
        ),
        ("contact apology spoke to him", "contact", {"apology": True, "text": "spoke to him"}),
        ("confirm 何工 no", "confirm", {"who": "何工", "satisfied": False}),
        ("classify 投诉 储能", "classify", {"category": "complaint", "division": "storage"}),
        (
            "classify complaint >charg",
            "classify",
            {"category": "complaint", "division": "charging_pile"},
        ),
        ("> 充电桩", "classify", {"division": "charging_pile"}),
        ("＞充电桩 省份=湖南", "classify", {"division": "charging_pile", "province": "湖南"}),
        ("classify division=charg", "classify", {"division": "charging_pile"}),
        ("record 省份=湖南 电网=State_Grid", "record", {"province": "湖南", "grid": "state"}),
        ("reopen not satisfied", "reopen", {"reason": "not_satisfied"}),
        ("resolve we gave advice", "resolve", {"text": "we gave advice"}),
        ("resolve advice restart it", "resolve", {"advice": True, "text": "restart it"}),
        ("save_contact 号码不公开", "save_contact", {"withheld": True}),
        ("note x=5 measured", "note", {"text": "x=5 measured"}),
        ('note "a; b"', "note", {"text": "a; b"}),
        ("note “a; b", "note", {"text": "a; b"}),
        ("note he said 'stop' now", "note", {"text": "he said 'stop' now"}),
        ('note text="two words" more', "note", {"text": "two words more"}),
        ("close reason=约定", "close", {"reason": "约定"}),
    ],
)
def test_words_find_their_field(desk: Desk, text: str, command: str, typed: dict[str, Any]) -> None:
    assert one(desk, text) == (command, {"case": "1001", **typed})


def test_commands_that_are_not_about_a_case(desk: Desk) -> None:
    assert one(desk, "end call c12") == ("end_call", {"call": "c12"})
    ring = one(desk, "ring 0755-55501234 张工")
    assert ring == ("ring", {"number": "0755-55501234", "name": "张工"})
    bob = {"person": "bob", "name": "Bob B", "roles": "operator,duty"}
    assert one(desk, "add_person bob Bob B operator,接线员") == (
        "add_person",
        {**bob, "roles": "operator,operator"},
    )
    assert one(desk, "add_person bob Bob B operator,duty") == ("add_person", bob)


def test_what_fits_nowhere_is_refused_not_dropped(desk: Desk) -> None:
    message, remedy = problem(desk, "verify yes he 09:31 or so")
    assert message == "“or so” fits nowhere here."
    assert "answer, by, when" in remedy


def test_a_division_nobody_has_is_refused_with_those_there_are(desk: Desk) -> None:
    message, remedy = problem(desk, "classify technical >moon")
    assert "moon" in message
    assert "charging_pile" in remedy


def test_the_version_is_the_screens_business(desk: Desk) -> None:
    (found,) = read(desk, "verify yes version=x")
    assert "version" not in found.typed
    assert desk.preview(found.command, found.typed, Who("lin")).refusal is not None


# --- several sentences


def test_several_sentences_in_one_line(desk: Desk) -> None:
    found = read(desk, '1042 note "a; b"; 1045 contacted；; urge ')
    assert [(s.command, s.typed) for s in found] == [
        ("note", {"case": "1042", "text": "a; b"}),
        ("contact", {"case": "1045"}),
        ("urge", {"case": "1001"}),
    ]


def test_an_empty_line_says_nothing(desk: Desk) -> None:
    assert read(desk, "") == read(desk, "  ;； ") == []


# --- written out in full


@pytest.mark.parametrize(
    "text",
    [
        'note says "stop" now',
        "verify yes he 09:31",
        "assign he tan please hurry",
        "classify 投诉 储能",
        'note “quoted; twice” "and" 「again」',
        "promise 明天 09:00 王工回电",
    ],
)
def test_written_in_full_it_means_the_same(desk: Desk, text: str) -> None:
    command, typed = one(desk, text)
    again, fields = one(desk, written(command, typed))
    shown = {True: "yes", False: "no"}
    expected = {key: shown.get(value, value) for key, value in typed.items()}
    if "「" in text:
        expected["text"] = expected["text"].replace('"', "'")
    assert (again, fields) == (command, expected)


# --- hostile text

MEANT = "t q 投 核实 note open confirm contacted 1042 #1042 张工 he 09:31 明天 case= version=1"
MARKS = "> >meter !2 ; ； \" “ 「 ' = ＝ / % %s {x} [b] ² １０４２ division=x call= \x1b[31m \u202e"
SCRAPS = st.sampled_from((*MEANT.split(), *MARKS.split(), "9" * 40, "\ud800", "\n", "\0"))
TEXTS = st.text(max_size=60) | st.lists(SCRAPS | st.text(max_size=4), max_size=12).map(" ".join)


@given(text=TEXTS, selected=st.sampled_from([0, 1001, 9999]))
@example(text="9" * 5000, selected=0)
@example(text="= ", selected=0)
@example(text='a="', selected=1001)
@example(text="classify 1042 case=" + "٣" * 20, selected=1001)
def test_no_text_is_too_hostile(desk: Desk, text: str, selected: int) -> None:
    for sentence in parse(text, selected=selected, desk=desk, lang="en"):
        assert sentence.problem is not None or sentence.command in COMMANDS
        if sentence.problem is None and sentence.typed.get("case") is not NEW:
            desk.preview(sentence.command, sentence.typed, Who("lin"))
    for found in complete(text, selected=selected, desk=desk, lang="zh", cases=[1042]):
        assert found.line
