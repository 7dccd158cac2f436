"""The clocks of a case that are not its worst, side by side in the room a wide board has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from console.domain.board import BoardClock
from console.widgets.countdown import (
    NEVER,
    Glyphs,
    State,
    Units,
    next_coarse,
    small_face,
    state_of,
)
from console.widgets.safetext import fit, safe

_GAP = 2


class Look(NamedTuple):
    """The units and signs in use."""

    units: Units
    glyphs: Glyphs


class Part(NamedTuple):
    """A piece of text and the state it is painted in."""

    text: str
    state: State


def _words(clock: BoardClock, now: int, say: Callable[[str], str], look: Look) -> str:
    glyph = look.glyphs.of(state_of(clock, now)).strip()
    return safe(f"{glyph} {say(clock.key)} {small_face(clock, now, look.units)}".strip())


def further(
    clocks: Sequence[BoardClock],
    room: int,
    now: int,
    say: Callable[[str], str],
    look: Look,
) -> tuple[list[Part], int]:
    """The parts, exactly `room` cells together, and the instant one of them changes.

    As many clocks as fit; the rest as "+2". The first is shown in any case, cut if it
    must be, because a clock that is not shown is a clock that is missed.
    """
    parts: list[Part] = []
    until = NEVER
    for place, clock in enumerate(clocks):
        state = state_of(clock, now)
        words = _words(clock, now, say, look)
        after = len(clocks) - place - 1
        reserve = _GAP + len(f"+{after}") if after else 0
        if cell_len(words) + reserve > room:
            if place:
                parts.append(Part(fit(f"+{after + 1}", room), "timely"))
                return parts, until
            words = fit(words, max(0, room - reserve), ellipsis=look.glyphs.ellipsis)
        until = min(until, next_coarse(clock.due, clock.amber, now))
        space = " " * min(_GAP, room - cell_len(words))
        parts.append(Part(words + space, "timely" if state == "ok" else state))
        room -= cell_len(words) + len(space)
    parts.append(Part(" " * room, "ok"))
    return parts, until
