"""Colours that can be read."""

from __future__ import annotations

import dataclasses

import pytest
from rich.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from console.widgets.theme import DAY, NIGHT, PLAIN, Palette, palettes_of


def all_palettes(theme: Theme) -> list[Palette]:
    palettes = palettes_of(theme.to_color_system().generate() | theme.variables)
    return [getattr(palettes, field.name) for field in dataclasses.fields(palettes)]


def luminance(colour: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: Color, ground: Color) -> float:
    dark, light = sorted((luminance(ink), luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [NIGHT, DAY])
def test_every_ink_stands_out_from_its_ground(theme: Theme) -> None:
    for palette in all_palettes(theme):
        for field in dataclasses.fields(palette):
            style = palette.of(field.name)
            assert style.color is not None
            assert style.bgcolor is not None
            assert contrast(style.color, style.bgcolor) >= 4.5, field.name


def test_the_plain_theme_uses_the_sixteen_colours_of_the_terminal() -> None:
    for palette in all_palettes(PLAIN):
        for field in dataclasses.fields(palette):
            style = palette.of(field.name)
            for colour in (style.color, style.bgcolor):
                assert colour is not None
                assert colour.is_default or (colour.number is not None and colour.number < 16)


@pytest.mark.parametrize("name", ["nord", "textual-dark", "textual-light", "gruvbox"])
def test_a_foreign_theme_gives_a_readable_palette_too(name: str) -> None:
    for palette in all_palettes(BUILTIN_THEMES[name]):
        assert palette.breached.color != palette.text.color
        assert palette.text.color is not None
        assert palette.text.bgcolor is not None
        assert contrast(palette.text.color, palette.text.bgcolor) >= 4.5
