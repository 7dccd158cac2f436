"""Numbers in every spelling an exchange or a person uses."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.cleantext import is_clean
from console.domain.numbers import (
    RECEIVED_LIMIT,
    digits,
    is_withheld,
    masked,
    match_keys,
    understand,
)

MOBILE = ("+8613955501953", "mobile", "139 5550 1953")
LANDLINE = ("+8675555509528", "landline", "0755 5550 9528")


@pytest.mark.parametrize(
    ("raw", "e164", "kind", "shown"),
    [
        ("13955501953", *MOBILE),
        ("139 5550 1953", *MOBILE),
        ("139-5550-1953", *MOBILE),
        ("013955501953", *MOBILE),
        ("+8613955501953", *MOBILE),
        ("+86 139 5550 1953", *MOBILE),
        ("8613955501953", *MOBILE),
        ("008613955501953", *MOBILE),
        ("%2B8613955501953", *MOBILE),
        ("13955501953;npdi=yes", *MOBILE),
        ("sip:13955501953@192.0.2.1;user=phone", *MOBILE),
        ("<13955501953>", *MOBILE),
        ("１３９５５５０１９５３", *MOBILE),
        ("1790913955501953", *MOBILE),
        ("075555509528", *LANDLINE),
        ("0755-55509528", *LANDLINE),
        ("0755-5550-9528", *LANDLINE),
        ("(0755)55509528", *LANDLINE),
        ("（0755）５５５０９５２８", *LANDLINE),
        ("55509528", *LANDLINE),
        ("5550 9528", *LANDLINE),
        ("+8675555509528", *LANDLINE),
        ("8675555509528", *LANDLINE),
        ("+86 (0)755 5550 9528", *LANDLINE),
        ("+86-0755-55509528", *LANDLINE),
        ("010-55501234", "+861055501234", "landline", "010 5550 1234"),
        ("0731-5550123", "+867315550123", "landline", "0731 555 0123"),
        ("4008001234", "+864008001234", "service", "400 800 1234"),
        ("400-800-1234", "+864008001234", "service", "400 800 1234"),
        ("8008201234", "+868008201234", "service", "800 820 1234"),
        ("95588", None, "short", "95588"),
        ("12345", None, "short", "12345"),
        ("075595588", None, "short", "075595588"),
        ("8001", None, "short", "8001"),
        ("+14155550123", "+14155550123", "foreign", "+1 415 555 0123"),
        ("0014155550123", "+14155550123", "foreign", "+1 415 555 0123"),
        ("0085221231234", "+85221231234", "foreign", "+852 2123 1234"),
        ("anonymous", None, "withheld", ""),
        ("Anonymous", None, "withheld", ""),
        ("Restricted", None, "withheld", ""),
        ("unknown", None, "unknown", ""),
        ("<unknown>", None, "unknown", ""),
        ("(null)", None, "unknown", ""),
        ("", None, "unknown", ""),
        ("张三", None, "unknown", "张三"),
        ("=HYPERLINK(1)", None, "unknown", "=HYPERLINK(1)"),
        ("+", None, "unknown", "+"),
        ("+8695588", None, "unknown", "+8695588"),
        ("123456789", None, "unknown", "123456789"),
        ("66455505885", None, "unknown", "66455505885"),
        ("9" * 40, None, "unknown", "9" * 40),
    ],
)
def test_spellings(raw: str, e164: str | None, kind: str, shown: str) -> None:
    number = understand(raw, area_code="0755")
    assert (number.e164, number.kind, number.shown) == (e164, kind, shown)
    assert number.extension == ""
    assert number.received == raw


@pytest.mark.parametrize(
    ("raw", "extension"),
    [
        ("0755-55509528转8001", "8001"),
        ("0755-55509528 转 8001", "8001"),
        ("（０７５５）５５５０９５２８转８００１", "8001"),
        ("0755 5550 9528 分机801", "801"),
        ("0755 5550 9528 分机号：801", "801"),
        ("0755-55509528-801", "801"),
        ("+86-755-55509528-801", "801"),
        ("0755 5550 9528 ext. 12", "12"),
        ("0755 5550 9528 EXT12", "12"),
        ("0755 5550 9528 extension 12", "12"),
        ("0755 5550 9528x12", "12"),
        ("075555509528#12", "12"),
        ("075555509528,12", "12"),
        ("+8675555509528;ext=12", "12"),
        ("55509528转12", "12"),
    ],
)
def test_an_extension_is_split_first(raw: str, extension: str) -> None:
    number = understand(raw, area_code="0755")
    assert number.extension == extension
    assert number.e164 == "+8675555509528"
    assert number.shown == f"0755 5550 9528-{extension}"
    assert digits(number) == "075555509528"


@pytest.mark.parametrize("area_code", ["0755", "755", " 0755 ", "(0755)"])
def test_a_local_number_takes_the_area_it_was_dialled_in(area_code: str) -> None:
    assert understand("55509528", area_code=area_code).e164 == "+8675555509528"


@pytest.mark.parametrize("area_code", ["", "x", "00000"])
def test_a_local_number_without_an_area_cannot_be_dialled(area_code: str) -> None:
    number = understand("55509528", area_code=area_code)
    assert (number.e164, number.kind, number.shown) == (None, "landline", "5550 9528")
    assert digits(number) == ""
    assert match_keys(number) == ("55509528", "5509528", "9528")


@pytest.mark.parametrize(
    ("raw", "dialled"),
    [
        ("+8613955501953", "13955501953"),
        ("0755-55509528转8001", "075555509528"),
        ("+14155550123", "0014155550123"),
        ("400-800-1234", "4008001234"),
        ("95588", "95588"),
        ("anonymous", ""),
        ("123456789", ""),
    ],
)
def test_dialling(raw: str, dialled: str) -> None:
    assert digits(understand(raw)) == dialled


def test_all_spellings_of_one_subscriber_share_a_match_key() -> None:
    local = match_keys(understand("55509528"))
    national = match_keys(understand("0755-55509528转12"))
    assert national == ("8675555509528", "55509528", "5509528", "9528")
    assert local[0] in national
    assert match_keys(understand("95588")) == ("95588", "5588")
    assert match_keys(understand("8001")) == ("8001",)
    assert match_keys(understand("anonymous")) == ()


def test_another_region_has_its_own_plan() -> None:
    home = understand("(415) 555-0123", region="US")
    assert (home.e164, home.shown) == ("+14155550123", "415 555 0123")
    assert understand("+8613955501953", region="US").kind == "foreign"
    assert understand("911", region="US").kind in ("short", "unknown")


@pytest.mark.parametrize("word", ["anonymous", "ANONYMOUS", "<Anonymous>", "private", "匿名"])
def test_withheld_words(word: str) -> None:
    assert is_withheld(word)


@pytest.mark.parametrize("word", ["", "unknown", "13955501953", "anonymous2"])
def test_other_words_withhold_nothing(word: str) -> None:
    assert not is_withheld(word)


def test_phonenumbers_is_loaded_only_when_a_number_needs_it() -> None:
    code = (
        "import sys; from console.domain.numbers import understand;"
        "understand('13955501953'); understand('0755-55509528'); understand('unknown');"
        "print('phonenumbers' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


alphabet = st.one_of(
    st.sampled_from("0123456789+-() ;=%xX#,转分机ext.<>@:"), st.characters(), st.just("\ud800")
)


@given(st.text(alphabet, max_size=120), st.text(alphabet, max_size=8))
def test_nothing_received_is_ever_dangerous(raw: str, area_code: str) -> None:
    number = understand(raw, area_code=area_code)
    for text in (number.received, number.shown, number.extension):
        assert is_clean(text)
    assert len(number.received) <= RECEIVED_LIMIT
    dialled = digits(number)
    assert dialled == "" or (dialled.isascii() and dialled.isdigit())
    assert all(key.isascii() and key.isdigit() for key in match_keys(number))
    if number.e164 is not None:
        assert number.e164[0] == "+"
        assert number.e164[1:].isdigit()
        assert number.e164.isascii()


@given(st.integers(0, 10**8 - 1), st.sampled_from(["", "0", "86", "+86", "0086", "+86 ", "%2B86"]))
def test_a_mobile_is_the_same_however_it_is_prefixed(rest: int, prefix: str) -> None:
    number = understand(f"{prefix}139{rest:08}")
    assert number.e164 == f"+86139{rest:08}"
    assert understand(number.shown) == understand(number.shown, area_code="0755")
    assert understand(number.shown).e164 == number.e164


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("139 5550 1953", "139****1953"),
        ("+8613955501953", "139****1953"),
        ("0731 5550 2187", "0731****2187"),
        ("+8673155502187", "0731****2187"),
        ("0731-5550-2187", "0731****2187"),
        ("0755 5550 9528-801", "0755****9528-801"),
        ("+864005550100", "40****0100"),
        ("+44 20 7946 0018", "+4420****0018"),
        ("5550 2187", "****2187"),
        ("5551234", "***1234"),
        ("sip:13955501953@192.0.2.10", "139****1953"),
        ("95598", "95598"),
        ("", ""),
        ("anonymous", "anonymous"),
    ],
)
def test_a_masked_number_shows_its_ending_only(number: str, shown: str) -> None:
    assert masked(number) == shown


@given(st.integers(0, 10**8 - 1))
def test_a_masked_number_cannot_be_dialled(rest: int) -> None:
    number = understand(f"139{rest:08}")
    hidden = masked(number.shown)
    assert masked(number.e164 or "") == hidden
    assert hidden.endswith(number.shown[-4:])
    assert understand(hidden).e164 is None
    assert masked(hidden) == hidden
