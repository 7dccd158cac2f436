"""Whatever the data holds, the terminal gets plain text of exact width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.widgets.safetext import centre, fit, safe


@pytest.mark.parametrize(
    "text", ["\x1b[2J", "a\x07b", "a\u202eb", "a\u2066b", "a\r\nb", "a\x9bb", "\ud800", "\u200b"]
)
def test_nothing_that_steers_the_terminal_is_left(text: str) -> None:
    assert safe(text).isprintable()


def test_markup_is_only_text() -> None:
    assert safe("[bold]李[/bold]") == "[bold]李[/bold]"


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("深圳供电", 8, "深圳供电"),
        ("深圳供电", 7, "深圳供…"),
        ("深圳供电", 6, "深圳… "),
        ("深圳", 7, "深圳   "),
        ("深圳", 1, "…"),
        ("深圳", 0, ""),
    ],
)
def test_a_wide_character_is_never_half_cut(text: str, width: int, expected: str) -> None:
    assert fit(text, width) == expected


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("深圳供电，Ａ")), st.integers(0, 30))
def test_text_is_as_wide_as_asked(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit(text, width, right=True)) == width
    assert cell_len(centre(text, width)) == width
