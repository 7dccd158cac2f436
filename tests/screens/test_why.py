"""The why screen: one clock at a time, told line by line."""

from __future__ import annotations

import pytest

from console.desk import Desk
from console.screens.seat import SeatScreen
from console.screens.why import WhyScreen, lines
from console.speech import Speech
from console.widgets.page import Page
from console.worker import Worker
from tests.installations import HandSet
from tests.screens.hotline import LARGE, SMALL, Hotline, seat, shown


@pytest.fixture
def hotline(desk: Desk, now: HandSet) -> Hotline:
    return Hotline(desk, now)


def opened(page: Page) -> list[str]:
    """The titles of the clocks that are told in full."""
    return [line.text for line in page.lines if line.text.startswith("▾")]


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_every_clock_is_listed_and_one_is_told(
    hotline: Hotline, lang: str, size: tuple[int, int]
) -> None:
    number = hotline.contacted_late()
    async with seat(hotline.desk, WhyScreen(number), lang=lang, size=size) as (app, _):
        screen = shown(app)
        for rule in {clock.timer.rule for clock in hotline.desk.case(number).clocks}:
            assert rule in screen
        assert len(opened(app.screen.query_one(Page))) == 1


async def test_the_named_clock_is_told_with_its_clause_and_facts(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    async with seat(hotline.desk, WhyScreen(number, "T0-01"), size=LARGE) as (app, _):
        page = app.screen.query_one(Page)
        assert [line.split()[1] for line in opened(page)] == ["T0-01"]
        assert "000 III.3.1.4a" in page.text
        assert "2026-03-10 12:17:00" in page.text
        assert "1 min late" in page.text


async def test_a_clock_is_found_by_its_key_too(hotline: Hotline) -> None:
    async with seat(hotline.desk, WhyScreen(hotline.contacted_late(), "promise")) as (app, _):
        assert "W-05" in opened(app.screen.query_one(Page))[0]


async def test_the_arrows_open_one_clock_and_notice_after_the_other(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    Worker(hotline.desk).turn()
    case = hotline.desk.case(number)
    count = len(case.clocks) + len(case.notices)
    assert case.notices
    async with seat(hotline.desk, WhyScreen(number)) as (app, pilot):
        page = app.screen.query_one(Page)
        titles = []
        for _ in range(count):
            assert len(opened(page)) == 1
            titles += opened(page)
            await pilot.press("down")
            await pilot.pause()
        assert len(set(titles)) == count
        assert opened(page) == titles[-1:]
        await pilot.press("up")
        await pilot.pause()
        assert opened(page) == titles[-2:-1]


async def test_time_goes_on_while_one_reads(hotline: Hotline) -> None:
    screen = WhyScreen(hotline.contacted_late(), "T0-02")
    async with seat(hotline.desk, screen) as (app, pilot):
        assert "breached for 1 min, counting up" in screen.page.text
        hotline.pass_time(5)
        screen.show()
        await pilot.pause()
        assert "breached for 1 min 5 s, counting up" in shown(app)


async def test_the_clock_one_reads_stays_open_when_another_seat_stops_it(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    screen = WhyScreen(number, "T0-02")
    async with seat(hotline.desk, screen) as (app, pilot):
        hotline.do("verify", me="zhou", seat="1", case=number, answer="yes")
        app.feed.look()
        await pilot.pause()
        assert "T0-02" in opened(screen.page)[0]
        assert screen.page.key == screen.chosen
        assert "met late" in opened(screen.page)[0]


def test_a_case_without_clocks_says_so() -> None:
    assert "no clock" in lines([], "0", Speech("en"), 0, 60)[0].text


async def test_escape_returns(hotline: Hotline) -> None:
    async with seat(hotline.desk, WhyScreen(hotline.contacted_late())) as (app, pilot):
        await pilot.press("escape")
        assert isinstance(app.screen, SeatScreen)


async def test_a_notice_is_told_with_its_rule_and_what_is_next(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    [row, *_] = hotline.desk.case(number).notices
    async with seat(hotline.desk, WhyScreen(number, row.notice), size=LARGE) as (app, _):
        page = app.screen.query_one(Page)
        assert opened(page)[0].startswith(f"▾ {row.key}")
        assert "deputy general manager is 陶副总 Tao" in page.text
        assert "no next step by itself: it was told" in page.text


async def test_the_notice_one_reads_stays_open_when_another_seat_writes(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    key = hotline.desk.case(number).notices[0].key
    screen = WhyScreen(number, key)
    async with seat(hotline.desk, screen) as (app, pilot):
        hotline.do("reach", me="zhou", seat="1", case=number, who="dgm")
        app.feed.look()
        await pilot.pause()
        assert screen.chosen == key
        assert "reached 2026-03-10" in screen.page.text
