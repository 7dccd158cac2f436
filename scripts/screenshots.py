"""Redraw the pictures of the documentation: `make screenshots`.

Each is a seat at work on the demo's cases at a fixed moment, driven by its own keys, so
that the same code draws the same pictures. `make screenshots ARGS="seat-zh find"` draws
some of them only.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.segment import Segment
from textual.pilot import Pilot

from console.app import SeatApp
from console.demo import furnish
from console.desk import Desk
from console.desk.pins import set_pin
from console.domain.call_events import CallEvent
from console.domain.moments import parse_moment
from console.installation import install, install_sample, open_desk
from console.sources.recorder import enriched
from console.worker import Worker
from scripts.cells import picture

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
NOW = parse_moment("2026-03-10 09:41:07", 0)
SMALL, MEDIUM = (80, 24), (100, 27)
SEAT = "3"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: who looks in which language, and the keys that lead there. `ringing` says
    whether calls are on the line."""

    name: str
    lang: str
    keys: Sequence[str] = ()
    size: tuple[int, int] = MEDIUM
    ringing: bool = True
    person: str = "lin"


def typed(text: str) -> list[str]:
    """The keys that write a text."""
    return [{" ": "space", "+": "plus"}.get(one, one) for one in text]


CALLER = ("a", *typed("彭"), "tab", *typed("工"), "tab", "tab")
SHOTS = (
    Shot("seat-zh", "zh"),
    Shot("seat-en", "en"),
    Shot("intake-zh", "zh", CALLER),
    Shot("intake-en", "en", CALLER),
    Shot("case-zh", "zh", ("down", "enter")),
    Shot("case-en", "en", ("down", "enter")),
    Shot("why-zh", "zh", ("w",), SMALL, ringing=False),
    Shot("why-en", "en", ("w",), SMALL, ringing=False),
    Shot("help-zh", "zh", ("question_mark",), MEDIUM),
    Shot("help-en", "en", ("question_mark",), MEDIUM),
    Shot("find", "en", ("f", *typed("李主任")), SMALL),
    Shot("sign-on", "en", typed("duty"), SMALL, person=""),
    Shot("command-bar", "en", ("slash", *typed("1008 promise +20m call back")), MEDIUM),
)


def furnished(directory: Path) -> Desk:
    """The demo's installation, at the fixed moment."""
    install(directory)
    install_sample(directory)
    desk = open_desk(directory, lambda: NOW)
    furnish(desk)
    for person in ("zhou", "qin"):
        set_pin(desk.store, person, "2468")
    Worker(desk).turn()
    return desk


def ring(desk: Desk) -> None:
    """Two callers wait, one of them known, and somebody has been missed."""
    line = {"exchange": "demo", "did": "4008001234", "direction": "in"}
    known, unknown = "0731-5550-2187", "0755-5550-9528"
    for call, number, ago in (("1", "13955500417", 620), ("2", known, 9), ("3", unknown, 4)):
        body = {**line, "number": number}
        desk.report(enriched(CallEvent(call, "call_rang", NOW - ago, body)))
    desk.report(CallEvent("1", "call_missed", NOW - 590, {"reason": "abandoned"}))


async def rows(desk: Desk, shot: Shot) -> list[list[Segment]]:
    """What the seat shows after the keys."""
    app = SeatApp(desk, shot.person, shot.lang, seat=SEAT)
    async with app.run_test(size=shot.size) as pilot:
        await settled(app, pilot)
        for key in shot.keys:
            await pilot.press(key)
            await settled(app, pilot)
        await pilot.pause(0.3)  # what waits for the keys to pause
        return [list(strip) for strip in app.screen._compositor.render_strips()]


async def settled(app: SeatApp, pilot: Pilot[int]) -> None:
    """Everything that was begun has been shown."""
    await app.workers.wait_for_complete()
    while app._busy:
        await pilot.pause(0.01)
    await pilot.pause()


def draw(shot: Shot) -> Path:
    """Draw one picture. -> its file."""
    with tempfile.TemporaryDirectory() as directory:
        desk = furnished(Path(directory))
        if shot.ringing:
            ring(desk)
        Worker(desk).turn()
        painted = asyncio.run(rows(desk, shot))
        desk.store.close()
    PICTURES.mkdir(exist_ok=True)
    path = PICTURES / f"{shot.name}.png"
    picture(painted, shot.size[0]).quantize(128).save(path, optimize=True)
    return path


def main(names: Sequence[str], say: Callable[[str], None] = print) -> int:
    known = {shot.name: shot for shot in SHOTS}
    for name in names or known:
        say(str(draw(known[name]).relative_to(Path.cwd())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
