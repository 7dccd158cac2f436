"""Nothing dangerous or invisible survives cleaning, and nothing harmless is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.domain.cleantext import ELLIPSIS, clean, is_clean

DIRECTION = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164"
CONTROLS = "\x00\x07\x08\x1b\x7f\x80\x85\x9b\x9d"
HOSTILE = CONTROLS + DIRECTION + INVISIBLE + "\ud800\udfff\u2028\u2029"

texts = st.text(
    alphabet=st.one_of(
        st.characters(), st.characters(categories=["Cs"]), st.sampled_from(HOSTILE + "[]m;\n\r\t ")
    ),
    max_size=200,
)


def visible(text: str) -> bool:
    return not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三 工程师", "张三 工程师"),
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("\x1b]0;title\x07name", "name"),
        ("\x1b]8;;http://x\x1b\\link", "link"),
        ("\x9b2Jx\x9d0;t\x9cy", "xy"),
        ("\x1bP1$q\x1b\\z\x1bcq", "zq"),
        ("a\x1b]unfinished", "aunfinished"),
        ("a\x00b\x07c", "abc"),
        ("abc\u202egpj.exe", "abcgpj.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("one\r\ntwo\u2028three\tfour", "one two three four"),
        ("  many    spaces \u3000 wide  ", "many spaces wide"),
        ("half\ud83d", "half"),
        ("blank\u3164\u115f letters", "blank letters"),
        ("", ""),
    ],
)
def test_one_line(text: str, expected: str) -> None:
    assert clean(text, 100) == expected


def test_line_ends_are_kept_where_they_are_wanted() -> None:
    assert clean("a \r\n\tb\rc\x85d\n\n", 100, multiline=True) == "a\nb\nc\nd"


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    assert clean("12345", 5) == "12345"
    assert clean("123456", 5) == "1234" + ELLIPSIS
    assert clean("123 456", 5) == "123" + ELLIPSIS
    assert clean("123", 0) == ""
    assert clean("12", 1) == ELLIPSIS


def test_a_megabyte_is_cut_short() -> None:
    assert clean("\x1b]" * 500_000 + "x", 20) == ""
    assert len(clean("x" * 1_000_000, 20)) == 20


def test_is_clean() -> None:
    assert is_clean("张三 – 8001")
    assert not is_clean("a\nb")
    assert is_clean("a\nb", multiline=True)
    assert not any(is_clean(f"a{character}b") for character in HOSTILE)


@example("\x1b\x1b[31m[31m", 40, False)
@given(texts, st.integers(0, 250), st.booleans())
def test_the_output_is_visible_bounded_and_stable(text: str, limit: int, multiline: bool) -> None:
    cleaned = clean(text, limit, multiline=multiline)
    assert len(cleaned) <= limit
    assert visible(cleaned.replace("\n", "") if multiline else cleaned)
    assert is_clean(cleaned, multiline=multiline)
    assert clean(cleaned, limit, multiline=multiline) == cleaned
    cleaned.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P"]), max_size=50))
def test_letters_digits_and_punctuation_are_left_alone(text: str) -> None:
    if is_clean(text):
        assert clean(text, 50) == text
