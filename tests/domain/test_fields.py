"""Fields: what may be typed, what is stored, how it is read back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.domain.cleantext import is_clean
from console.domain.fields import (
    LONG_TEXT_LIMIT,
    OTHER,
    TEXT_LIMIT,
    Choice,
    Date,
    DateTime,
    Field,
    FieldProblemError,
    Flag,
    Integer,
    LongText,
    MultiChoice,
    Number,
    Person,
    Phone,
    Place,
    Serial,
    Text,
    Version,
)
from console.domain.words import L
from console.speech import Speech

LABEL = L("字段", "the field")
FAULTS = {
    "E07": L("通讯中断", "Comms lost"),
    "E12": L("漏电", "Leakage"),
    "E13": L("过温", "Overheated"),
}

TEXT = Text(key="text", label=LABEL)
LONG = LongText(key="long", label=LABEL)
SERIAL = Serial(key="serial", label=LABEL, pattern=r"CP\d{8}", example="CP00001234")
CHOICE = Choice(key="choice", label=LABEL, choices=FAULTS)
CLOSED = Choice(key="closed", label=LABEL, choices=FAULTS, open=False)
SEVERAL = MultiChoice(key="several", label=LABEL, choices=FAULTS)
FLAG = Flag(key="flag", label=LABEL)
INTEGER = Integer(key="integer", label=LABEL, least=-5, most=10**9)
NUMBER = Number(key="number", label=LABEL, unit="kWh")
DATE = Date(key="date", label=LABEL)
MOMENT = DateTime(key="moment", label=LABEL)
PHONE = Phone(key="phone", label=LABEL)
VERSION = Version(key="version", label=LABEL)
PLACE = Place(key="place", label=LABEL)
PERSON = Person(key="person", label=LABEL)

FIELDS: list[Field] = [
    TEXT,
    LONG,
    SERIAL,
    CHOICE,
    CLOSED,
    SEVERAL,
    FLAG,
    INTEGER,
    NUMBER,
    DATE,
    MOMENT,
    PHONE,
    VERSION,
    PLACE,
    PERSON,
]

HOSTILE = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(categories=("Cc", "Cf", "Cs", "Nd", "Zs")), max_size=40),
    st.text("+-0123456789.,，eE kWh", max_size=20),
    st.from_regex(r"\x1b\[[0-9;]{0,5}m.{0,9}"),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.lists(st.text(max_size=9), max_size=4),
)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
@given(typed=HOSTILE)
@example(typed="\x1b]0;title\x07\u202eevil\x00\ud800")
@example(typed="9" * 5000)
@example(typed="٣" * 14)
@example(typed="{0}{label!r:>99}")
def test_parse_answers_or_explains(field: Field, typed: Any) -> None:
    try:
        value = field.parse(typed)
    except FieldProblemError as caught:
        problem: FieldProblemError | None = caught
    else:
        problem = None
    if problem is not None:
        assert Speech("en").say(problem.message)
        return
    assert json.loads(json.dumps(value)) == value
    parts = value if isinstance(value, list) else [value]
    for text in (part for part in parts if isinstance(part, str)):
        assert is_clean(text, multiline=field is LONG)
        assert len(text) <= (LONG_TEXT_LIMIT if field is LONG else TEXT_LIMIT + len(OTHER))
    for lang in ("zh", "en"):
        assert isinstance(field.format(value, lang), str)
    assert isinstance(field.search_text(value), str)


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        (TEXT, "  two   words ", "two words"),
        (TEXT, "\x1b[31mred\x1b[0m", "red"),
        (TEXT, "a\nb", "a b"),
        (LONG, "a\r\nb", "a\nb"),
        (SERIAL, "CP00001234", "CP00001234"),
        (SERIAL, "", ""),
        (CHOICE, "E07", "E07"),
        (CHOICE, "e07", "E07"),
        (CHOICE, "漏电", "E12"),
        (CHOICE, "leak", "E12"),
        (CHOICE, "LEAKAGE", "E12"),
        (CHOICE, "smoke", "other:smoke"),
        (CHOICE, "other:smoke", "other:smoke"),
        (CHOICE, "", ""),
        (CLOSED, "comms", "E07"),
        (SEVERAL, "E07, E12，E07", ["E07", "E12"]),
        (SEVERAL, "漏电、过温", ["E12", "E13"]),
        (SEVERAL, ["E13"], ["E13"]),
        (SEVERAL, "", []),
        (FLAG, "yes", True),
        (FLAG, "是", True),
        (FLAG, "Y", True),
        (FLAG, True, True),
        (FLAG, "no", False),
        (FLAG, "否", False),
        (FLAG, "", False),
        (INTEGER, "1,260", 1260),
        (INTEGER, "-5", -5),
        (NUMBER, "200 kWh", 200.0),
        (NUMBER, "1,200.5", 1200.5),
        (DATE, "2026-03-20", "2026-03-20"),
        (DATE, "2026/03/20", "2026-03-20"),
        (MOMENT, 1_773_106_810, 1_773_106_810),
        (PHONE, "139 5550 1953", "+8613955501953"),
        (PHONE, "0755-5550 9528", "+8675555509528"),
        (PHONE, "55509528", "55509528"),
        (PHONE, "", ""),
        (VERSION, "V2.1-rc3", "V2.1-rc3"),
        (PLACE, "湖南", "湖南"),
    ],
)
def test_what_is_stored(field: Field, typed: Any, stored: Any) -> None:
    value = field.parse(typed)
    assert value == stored
    assert type(value) is type(stored)


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        (SERIAL, "CP1", "the field cannot be “CP1”; it looks like CP00001234"),
        (SERIAL, "CP00001234; rm", "the field cannot be “CP00001234; rm”"),
        (CLOSED, "smoke", "choose one of E07, E12, E13"),
        (CHOICE, "E1", "the field cannot be “E1”; choose one of E07, E12, E13"),
        (FLAG, "maybe", "the field is answered with yes or no, not “maybe”"),
        (INTEGER, "-6", "the field is a whole number from -5 to 1000000000, not “-6”"),
        (INTEGER, "1.5", "not “1.5”"),
        (INTEGER, "", "whole number"),
        (NUMBER, "1e5", "the field is a number, not “1e5”"),
        (NUMBER, "nan", "not “nan”"),
        (DATE, "2026-02-30", "the field is a date like 2026-03-20, not “2026-02-30”"),
        (MOMENT, "09:45", "the field is a moment like 09:45"),
        (MOMENT, True, "the field is a moment"),
    ],
)
def test_what_is_refused_and_why(field: Field, typed: Any, says: str) -> None:
    with pytest.raises(FieldProblemError) as caught:
        field.parse(typed)
    assert says in Speech("en").say(caught.value.message)


def test_over_long_text_is_refused_and_never_cut() -> None:
    for field, limit in ((TEXT, TEXT_LIMIT), (LONG, LONG_TEXT_LIMIT)):
        assert field.parse("x" * limit) == "x" * limit
        with pytest.raises(FieldProblemError, match=f"longer than {limit} characters"):
            field.parse("x" * (limit + 1))


@pytest.mark.parametrize("field", [CHOICE, CLOSED])
@given(value=st.sampled_from(sorted(FAULTS)), lang=st.sampled_from(["zh", "en"]))
def test_a_choice_is_read_back_as_it_was_shown(field: Choice, value: str, lang: str) -> None:
    assert field.parse(field.format(value, lang)) == value


@given(
    values=st.lists(st.sampled_from(sorted(FAULTS)), unique=True),
    lang=st.sampled_from(["zh", "en"]),
)
def test_several_choices_too(values: list[str], lang: str) -> None:
    assert SEVERAL.parse(SEVERAL.format(values, lang)) == values


@given(st.booleans(), st.sampled_from(["zh", "en"]))
def test_a_flag_too(value: bool, lang: str) -> None:
    assert FLAG.parse(FLAG.format(value, lang)) is value


@given(st.integers(-5, 10**9), st.sampled_from(["zh", "en"]))
def test_an_integer_too(value: int, lang: str) -> None:
    assert INTEGER.parse(INTEGER.format(value, lang)) == value


@given(
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 999_999),
    st.sampled_from(["zh", "en"]),
)
@example(1_234_567, 0, "en")
def test_a_number_too(whole: int, millionths: int, lang: str) -> None:
    value = NUMBER.parse(f"{whole}.{millionths:06}")
    assert NUMBER.parse(NUMBER.format(value, lang)) == value


@pytest.mark.parametrize(
    ("value", "shown"), [(200.0, "200 kWh"), (0.5, "0.5 kWh"), (1_234_567.0, "1234567 kWh")]
)
def test_how_a_number_is_shown(value: float, shown: str) -> None:
    assert NUMBER.format(value, "en") == shown


@given(st.dates())
def test_a_date_too(value: Any) -> None:
    text = value.isoformat()
    assert DATE.parse(DATE.format(DATE.parse(text), "en")) == text


@pytest.mark.parametrize(
    "typed", ["13955501953", "075555509528", "4008001234", "+14155550123", "95588"]
)
def test_a_phone_number_too(typed: str) -> None:
    value = PHONE.parse(typed)
    assert PHONE.parse(PHONE.format(value, "en")) == value


def test_what_a_search_may_look_for() -> None:
    assert CHOICE.search_text("E12").split() == ["E12", "漏电", "Leakage"]
    assert SEVERAL.search_text(["E12", "E13"]) == "E12 E13 漏电 过温 Leakage Overheated"
    assert CHOICE.format("other:smoke", "en") == "smoke"


def test_both_languages_are_needed_in_every_label() -> None:
    for zh, en in (("", "pile"), ("充电桩", " ")):
        with pytest.raises(ValueError, match="both languages"):
            L(zh, en)
