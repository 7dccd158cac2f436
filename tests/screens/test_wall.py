"""The wall: worst first, numbers masked, nothing to type."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from console.desk import Desk
from console.screens.wall import WallApp, states
from console.widgets.headline import Headline
from console.widgets.page import Page
from tests.installations import OPENING, HandSet
from tests.screens.hotline import SMALL, Hotline
from tests.screens.hotline import shown as shown_by_seat

BIG = (200, 60)
HOSTILE = "\x1b[2J坏\u202e人[red]"


@pytest.fixture
def hotline(desk: Desk, now: HandSet) -> Hotline:
    hotline = Hotline(desk, now)
    hotline.contacted_late()
    hotline.complaint()
    hotline.do("ring", number="073155502187", call="waits")
    hotline.do("ring", number="079155504410", call="m")
    hotline.do("miss_call", call="m")
    hotline.pass_time(30)
    return hotline


@asynccontextmanager
async def wall(
    desk: Desk, lang: str = "en", size: tuple[int, int] = SMALL
) -> AsyncIterator[tuple[WallApp, Pilot[int]]]:
    app = WallApp(desk, lang)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield app, pilot


def shown(app: Any) -> str:
    return shown_by_seat(app)


def lines(app: WallApp, *cases: int) -> list[int]:
    """The lines on which cases stand."""
    rows = shown(app).splitlines()
    return [next(y for y, row in enumerate(rows) if f" {case} " in row) for case in cases]


@pytest.mark.parametrize("size", [SMALL, BIG])
@pytest.mark.parametrize(
    ("lang", "waiting", "state"), [("zh", "等待接听", "响铃"), ("en", "calls waiting", "ringing")]
)
async def test_calls_counts_and_cases(
    hotline: Hotline, lang: str, waiting: str, state: str, size: tuple[int, int]
) -> None:
    async with wall(hotline.desk, lang, size) as (app, _):
        text = shown(app)
        for word in (waiting, state, "1001", "1002", "长沙公交场站", "00:30"):
            assert word in text
        assert "▌" not in text, "nothing is selected"


@pytest.mark.parametrize("size", [SMALL, BIG])
async def test_no_number_can_be_read_from_it(hotline: Hotline, size: tuple[int, int]) -> None:
    async with wall(hotline.desk, "zh", size) as (app, _):
        text = shown(app)
        assert "0731****2187" in text
        assert "0791****4410" in text
        for number in ("5550 2187", "55502187", "5550 4410", "55504410"):
            assert number not in text


async def test_the_worst_stands_first_with_room_below(hotline: Hotline) -> None:
    async with wall(hotline.desk) as (app, _):
        worst, next_ = (row.case for row in app.board._rows.between(0, 2))
        first, second = lines(app, worst, next_)
        assert second == first + 2
        rows = shown(app).splitlines()
        assert not rows[first + 1].strip()


async def test_more_cases_than_lines_are_counted(hotline: Hotline) -> None:
    for number in range(30):
        values = {**OPENING, "contact_phone": f"139555510{number:02}"}
        hotline.do("open", number=values["contact_phone"], **values)
    async with wall(hotline.desk) as (app, _):
        parts = [part.text for part in app.query_one("#tabs", Headline).parts]
        assert parts[0] == "Cases 32"
        hidden = 32 - app.board.size.height
        assert parts[1] == f"{hidden} less urgent ones are not shown"
        assert app.board._pitch == 1
    async with wall(hotline.desk, size=BIG) as (app, _):
        assert app.board._pitch == 2


async def test_what_others_write_is_shown(hotline: Hotline) -> None:
    async with wall(hotline.desk) as (app, pilot):
        values = {**OPENING, "employer": "新来的客户", "contact_phone": "13955501999"}
        hotline.do("open", number="13955501999", **values)
        hotline.do("answer", call="waits")
        hotline.do("end_call", call="waits")
        app.feed.look()
        await pilot.pause()
        text = shown(app)
        assert "新来的客户" in text
        assert "0731****2187" not in text
        assert "open 3" in app.query_one("#summary", Page).text


async def test_the_clocks_run_on_by_themselves(hotline: Hotline) -> None:
    async with wall(hotline.desk, size=BIG) as (app, pilot):
        before = lines(app, 1001)[0], shown(app)
        hotline.pass_time(60)
        app._tick()
        await pilot.pause()
        after = shown(app).splitlines()
        assert "01:30" in shown(app)
        assert after[before[0]] != before[1].splitlines()[before[0]], "on its own line"
        assert not after[before[0] + 1].strip()


async def test_it_counts_each_state_in_the_order_a_case_goes(hotline: Hotline) -> None:
    rows = hotline.desk.board()
    found = dict(states(rows))
    assert sum(found.values()) == len(rows)
    hotline.do("assign", case=1002, to="he")
    assert [state for state, _ in states(hotline.desk.board())] != []


async def test_nothing_but_leaving_can_be_done(hotline: Hotline) -> None:
    last = hotline.desk.last_seq()
    async with wall(hotline.desk) as (app, pilot):
        before = shown(app)
        await pilot.press("a", "enter", "down", "slash", "h", "tab", "x", "ctrl+q", "ctrl+z")
        await pilot.pause()
        assert app.is_running
        assert shown(app) == before
        assert app.focused is None
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running or app._exit
    assert hotline.desk.last_seq() == last
    assert hotline.desk.present() == []


@pytest.mark.parametrize("size", [SMALL, BIG])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_hostile_names_stay_on_their_line(
    hotline: Hotline, lang: str, size: tuple[int, int]
) -> None:
    values = {**OPENING, "contact_name": HOSTILE, "contact_phone": "13955501777"}
    case = hotline.do("open", number="13955501777", **values).case
    async with wall(hotline.desk, lang, size) as (app, _):
        text = shown(app)
        assert text.count(str(case)) == 1
        assert len(text.splitlines()) == size[1]
        assert not {"\x1b", "\u202e"} & set(text)


async def test_an_empty_wall_says_so(desk: Desk) -> None:
    async with wall(desk) as (app, _):
        assert "No open case." in shown(app)
        assert "No calls" in shown(app)
