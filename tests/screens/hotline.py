"""A morning at the hotline for the tests of the screens: two cases, and a seat to see them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from console.app import SeatApp
from console.desk import Desk, Outcome, Who
from tests.installations import OPENING, HandSet

SMALL, LARGE = (80, 24), (200, 50)
SEAT = "3"
ADVICE = "已电话指导重启，一台恢复"


class Hotline:
    """A desk with its clock, and short ways to write on it."""

    def __init__(self, desk: Desk, now: HandSet) -> None:
        self.desk = desk
        self.now = now

    def do(self, command: str, me: str = "lin", seat: str = SEAT, **typed: Any) -> Outcome:
        return self.desk.do(command, typed, Who(me, seat))

    def pass_time(self, seconds: int) -> None:
        self.now.at += seconds

    def contacted_late(self) -> int:
        """A technical case: dispatched, promised, contacted a minute late, not verified."""
        call = self.do("ring", number=OPENING["contact_phone"]).call
        self.do("answer", call=call)
        case = self.do("open", call=call, **OPENING).case
        self.pass_time(120)
        self.do("end_call", call=call)
        self.pass_time(60)
        self.do("classify", case=case, line="power", category="technical", division="charging_pile")
        self.do("assign", case=case, tracker="tan")
        self.do("promise", case=case, due="12:25", text="12:25前联系您")
        self.pass_time(900)
        self.do("contact", me="he", seat="", case=case, text=ADVICE)
        return case

    def complaint(self) -> int:
        """A complaint that is classified and no more."""
        values: Mapping[str, Any] = {
            **OPENING,
            "contact_name": "王",
            "contact_phone": "13955501953",
        }
        case = self.do("open", number="13955501953", **values).case
        self.do("classify", case=case, line="power", category="complaint", division="storage")
        return case


@asynccontextmanager
async def seat(
    desk: Desk,
    *over: Screen[Any],
    person: str = "lin",
    lang: str = "en",
    size: tuple[int, int] = SMALL,
    ssh_key: str = "",
) -> AsyncIterator[tuple[SeatApp, Pilot[int]]]:
    """A seat in a terminal of a size, with screens opened over it."""
    app = SeatApp(desk, person, lang, seat=SEAT, ssh_key=ssh_key)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for screen in over:
            await app.push_screen(screen)
        await pilot.pause()
        yield app, pilot


async def settled(app: SeatApp, pilot: Pilot[int]) -> None:
    """Everything that was begun off the loop has been shown."""
    await app.workers.wait_for_complete()
    while app._busy:
        await pilot.pause(0.01)
    await pilot.pause()


async def becomes(pilot: Pilot[int], so: Callable[[], bool]) -> None:
    """Wait for something that is shown once the seat has heard of it."""
    for _ in range(300):
        if so():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came to be")


def shown(app: SeatApp) -> str:
    """What the terminal shows, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)
