"""The colours of the seat: three themes, and the palette the painted widgets use.

Calm on purpose: one quiet ground, text in two strengths, and colour only where a state
needs eyes. Every pair of colours that carries text has a contrast of at least 4.5 : 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.style import Style
from textual.color import Color, ColorParseError
from textual.theme import Theme

NIGHT = Theme(
    name="console-night",
    dark=True,
    primary="#7fb4e8",
    secondary="#5f87af",
    accent="#7fd1c7",
    warning="#f2b84b",
    error="#ff7b72",
    success="#8fce86",
    foreground="#d7dde5",
    background="#14181d",
    surface="#1b2027",
    panel="#232a33",
    variables={
        "seat-dim": "#98a3b0",
        "seat-head": "#ffffff",
        "seat-breached": "#ff7b72",
        "seat-overdue": "#ff9e64",
        "seat-amber": "#f2b84b",
        "seat-now": "#ff7b72",
        "seat-ring": "#7fd1c7",
        "seat-select": "#24364b",
        "seat-blur": "#232a33",
        "seat-bar": "#232a33",
        "block-cursor-background": "#24364b",
        "block-cursor-foreground": "#ffffff",
        "border-blurred": "#3a4450",
    },
)

DAY = Theme(
    name="console-day",
    dark=False,
    primary="#1f5f9e",
    secondary="#4a6d8c",
    accent="#0b6b62",
    warning="#8a5200",
    error="#b3261e",
    success="#2c6e2f",
    foreground="#1d232a",
    background="#f7f8fa",
    surface="#eef0f3",
    panel="#e3e7ec",
    variables={
        "seat-dim": "#56616d",
        "seat-head": "#000000",
        "seat-breached": "#b3261e",
        "seat-overdue": "#a03d00",
        "seat-amber": "#7d4a00",
        "seat-now": "#b3261e",
        "seat-ring": "#0b6b62",
        "seat-select": "#cfe0f2",
        "seat-blur": "#e3e7ec",
        "seat-bar": "#e3e7ec",
        "block-cursor-background": "#cfe0f2",
        "block-cursor-foreground": "#000000",
        "border-blurred": "#c3cad2",
    },
)

PLAIN = Theme(
    name="console-plain",
    ansi=True,
    dark=True,
    primary="ansi_cyan",
    secondary="ansi_cyan",
    accent="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_bright_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "seat-dim": "ansi_default",
        "seat-head": "ansi_bright_white",
        "seat-breached": "ansi_bright_red",
        "seat-overdue": "ansi_bright_red",
        "seat-amber": "ansi_bright_yellow",
        "seat-now": "ansi_bright_red",
        "seat-ring": "ansi_bright_cyan",
        "seat-select": "ansi_blue",
        "seat-blur": "ansi_default",
        "seat-bar": "ansi_default",
        "border-blurred": "ansi_white",
        "block-cursor-background": "ansi_blue",
        "block-cursor-foreground": "ansi_bright_white",
        "input-cursor-text-style": "reverse",
    },
)

THEMES = (NIGHT, DAY, PLAIN)


@dataclass(frozen=True, slots=True)
class Palette:
    """What each kind of text looks like, ready for segments."""

    text: Style
    dim: Style
    name: Style
    head: Style
    breached: Style
    overdue: Style
    amber: Style
    ok: Style
    now: Style
    timely: Style
    gate: Style
    ring: Style

    def of(self, state: str) -> Style:
        """The style of a clock's state, or of any other kind of text, by name."""
        style: Style = getattr(self, state)
        return style


@dataclass(frozen=True, slots=True)
class Palettes:
    """The palette on each ground a line can have."""

    plain: Palette
    selected: Palette
    blurred: Palette
    bar: Palette

    def line(self, selected: bool, focused: bool) -> Palette:
        """The palette of a line of a list."""
        if not selected:
            return self.plain
        return self.selected if focused else self.blurred


def _colour(variables: Mapping[str, str], *names: str) -> Color:
    """The first of `names` that a theme defines as a plain colour."""
    for name in names:
        try:
            return Color.parse(variables[name])
        except (KeyError, ColorParseError):
            continue
    return Color.parse("ansi_default")


def palettes_of(variables: Mapping[str, str]) -> Palettes:
    """The palettes of a theme's CSS variables; a foreign theme lends its nearest colours."""

    def on(*ground: str, chosen: bool = False) -> Palette:
        paper = _colour(variables, *ground).rich_color

        def ink(*names: str, bold: bool | None = None) -> Style:
            return Style(color=_colour(variables, *names).rich_color, bgcolor=paper, bold=bold)

        text = ink("seat-head" if chosen else "foreground", "foreground")
        dim = text if chosen else ink("seat-dim", "secondary", "foreground")
        return Palette(
            text=text,
            dim=dim,
            name=ink("seat-head", "foreground"),
            head=ink("seat-head", "foreground", bold=True),
            breached=ink("seat-breached", "error", bold=True),
            overdue=ink("seat-overdue", "warning"),
            amber=ink("seat-amber", "warning"),
            ok=text,
            now=ink("seat-now", "error", bold=True),
            timely=dim,
            gate=dim,
            ring=ink("seat-ring", "accent", bold=True),
        )

    return Palettes(
        plain=on("background"),
        selected=on("seat-select", "panel-lighten-1", "panel", chosen=True),
        blurred=on("seat-blur", "panel"),
        bar=on("seat-bar", "panel"),
    )
