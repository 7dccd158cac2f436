"""Hostile text, brought in through every field, never reaches a terminal or breaks a fold."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.desk import Desk, Who
from console.desk.verification import verify
from console.domain.cleantext import is_clean
from console.domain.fields import OTHER, TEXT_LIMIT
from console.domain.refusal import RefusedError
from tests.hostile.corpus import HOSTILE
from tests.installations import OPENING, Answer, CommandLine

TOO_LONG = ("combining", "long", "many lines")
FREE = ("contact_name", "honorific", "employer", "reason", "product", "product_state", "need")


def shown_safely(answer: Answer) -> bool:
    """Whether a terminal would show the answer and do nothing else."""
    return not any(
        unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        for c in (answer.out + answer.err).replace("\n", "")
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_case_opened_with_it(console: CommandLine, name: str) -> None:
    typed = OPENING | dict.fromkeys(FREE, HOSTILE[name])
    answers = [console("do", "open", *(f"{k}={v}" for k, v in typed.items()), who="lin")]
    if name in TOO_LONG:
        assert answers[0].code == 1
        assert f"longer than {TEXT_LIMIT} characters" in answers[0].err
        return
    assert answers[0].code == 0
    for question in (("show", "board"), ("show", "case", "1001"), ("why", "1001"), ("find", "湖")):
        answers.append(console(*question, who="lin"))
        answers.append(console(*question, "--json", who="lin"))
    assert all(shown_safely(answer) for answer in answers)
    assert all(len(answer.out) < 60_000 for answer in answers)
    values = console.json("show", "case", "1001", who="lin")["values"]
    for field in FREE:
        assert is_clean(values[field])
        assert len(values[field]) <= TEXT_LIMIT + len(OTHER)


@pytest.mark.parametrize("name", HOSTILE)
def test_everything_else_that_can_be_typed(console: CommandLine, name: str) -> None:
    text = HOSTILE[name]
    console("do", "open", *(f"{k}={v}" for k, v in OPENING.items()), who="lin")
    for words in (
        ("do", "note", "case=1001", f"text={text}"),
        ("do", "note", f"case={text}", "text=x"),
        ("do", "note", "case=1001", f"{text}=x", "text=x"),
        ("do", text),
        ("do", "note", text),
        ("do", "ring", f"number={text}", f"name={text}"),
        ("do", "ring", "number=13955501953", f"call={text}"),
        ("do", "promise", "case=1001", f"due={text}"),
        ("do", "record", "case=1001", f"affected_qty={text}"),
        ("do", "record", "case=1001", f"quality_accident={text}"),
        ("do", "record", "case=1001", f"grid={text}"),
        ("do", "classify", "case=1001", f"category={text}"),
        ("do", "classify", "case=1001", "category=quote", f"division={text}"),
        ("do", "classify", "case=1001", f"line={text}"),
        ("do", "assign", "case=1001", f"to={text}"),
        ("do", "reach", "case=1001", f"who={text}"),
        ("do", "reopen", "case=1001", f"reason={text}"),
        ("do", "note", "case=1001", "text=x", f"version={text}"),
        ("do", "add_person", f"person={text}", "name=x"),
        ("do", "add_person", "person=xx", f"name={text}"),
        ("show", "case", text),
        ("show", "call", text),
        ("show", "customer", text),
        ("why", "1001", text),
        ("why", text),
        ("find", text),
    ):
        for form in ((), ("--json",)):
            answer = console(*words, *form, who="lin")
            assert answer.code in (0, 1), answer
            assert shown_safely(answer)
            assert form or len(answer.out + answer.err) < 20_000
    for words in (("show", "calls"), ("show", "people"), ("show", "case", "1001"), ("verify",)):
        answer = console(*words, who="lin")
        assert (answer.code, shown_safely(answer)) == (0, True)


@pytest.mark.parametrize("name", HOSTILE)
def test_identity_and_moment(console: CommandLine, name: str) -> None:
    for who, at in ((HOSTILE[name], ""), ("lin", HOSTILE[name])):
        answer = console("do", "ring", "number=1", who=who, at=at)
        assert answer.code == 1
        assert shown_safely(answer)


def test_words_the_parser_refuses_are_shown_safely(console: CommandLine) -> None:
    for text in HOSTILE.values():
        for words in (("show", text), ("show", "board", "x", text), (f"--{text}",)):
            answer = console(*words)
            assert shown_safely(answer)
            assert answer.code in (1, 2)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(codec=None, categories=None), max_size=40),
    field=st.sampled_from([*OPENING, "grid", "affected_qty", "quality_accident", "call", "line"]),
)
def test_any_text_in_any_field_is_taken_or_refused(desk: Desk, text: str, field: str) -> None:
    try:
        outcome = desk.do("open", {**OPENING, field: text}, Who("lin"))
    except RefusedError:
        return
    case = desk.case(outcome.case)
    for value in case.attributes.values():
        if isinstance(value, str):
            assert is_clean(value)
    assert desk.board_row(outcome.case) is not None


def test_the_journal_stays_sound(desk: Desk) -> None:
    for name, text in HOSTILE.items():
        if name in TOO_LONG:
            continue
        desk.do("open", {**OPENING, "reason": text, "employer": text}, Who("lin"))
        desk.do("note", {"case": 1001, "text": f"x{text}"}, Who("lin"))
    assert verify(desk).problems == ()
