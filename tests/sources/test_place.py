"""Where a number comes from, and that nobody pays for knowing it without asking."""

from __future__ import annotations

import subprocess
import sys

import pytest

from console.sources.place import Place, place


def test_a_landline_has_a_place_and_a_mobile_a_carrier_too() -> None:
    assert place("+8675555509528") == Place("广东省深圳市", "Shenzhen, Guangdong")
    mobile = place("+8613955501953")
    assert mobile.zh.startswith("安徽")
    assert mobile.en.endswith("Anhui")
    assert (mobile.carrier_zh, mobile.carrier_en) == ("中国移动", "China Mobile")


@pytest.mark.parametrize("e164", [None, "", "x", "+", "13955501953", "+999", "\ud800", "9" * 500])
def test_an_unreadable_number_has_no_place(e164: str | None) -> None:
    assert place(e164) == Place()


def test_the_tables_are_not_loaded_before_they_are_needed() -> None:
    code = "import sys, console.sources.place; print('phonenumbers' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
