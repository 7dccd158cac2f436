"""The case screen at a real seat: live, acting by the seat's keys, honest about changes."""

from __future__ import annotations

import pytest

from console.app import SeatApp
from console.desk import Desk
from console.screens.case import CaseScreen
from console.screens.help import HelpScreen
from console.screens.seat import SeatScreen
from console.screens.why import WhyScreen
from console.widgets.command_bar import CommandBar
from console.widgets.hints import Hints
from console.widgets.page import Page
from tests.installations import HandSet
from tests.screens.hotline import LARGE, SMALL, Hotline, seat, settled, shown


@pytest.fixture
def hotline(desk: Desk, now: HandSet) -> Hotline:
    return Hotline(desk, now)


def kinds(hotline: Hotline, number: int) -> list[str]:
    return [fact.kind for fact in hotline.desk.case(number).facts]


def told(app: SeatApp) -> str:
    return str(app.screen.query_one("#message").render())


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_essentials_are_in_view_at_once(
    hotline: Hotline, lang: str, size: tuple[int, int]
) -> None:
    number = hotline.contacted_late()
    async with seat(hotline.desk, CaseScreen(number), lang=lang, size=size) as (app, _):
        screen = shown(app)
        for part in (str(number), "谭工 Tan", "何工 He", "长沙公交场站", "-01:00", "T0-02", "W-05"):
            assert part in screen, part
        assert ("已逾期" if lang == "zh" else "breached") in screen
        assert "林晓 Lin" in screen.splitlines()[0]


async def test_the_countdown_runs(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    screen = CaseScreen(number)
    async with seat(hotline.desk, screen) as (app, pilot):
        hotline.pass_time(5)
        screen._tick()
        await pilot.pause()
        assert "-01:05" in shown(app)


async def test_a_complaint_offers_an_operator_no_way_to_end_it(hotline: Hotline) -> None:
    number = hotline.complaint()
    async with seat(hotline.desk, CaseScreen(number), person="zhou", size=LARGE) as (app, pilot):
        hints = {hint.label for hint in app.screen.query_one(Hints).hints}
        assert {"contact", "note"} <= hints
        assert "close" not in hints
        page = app.screen.query_one(Page).text
        assert "answer the complaint" not in page
        assert "promise compensation" not in page
        await pilot.press("x")
        assert not app.screen.query_one(CommandBar).display
        assert "complaint officer" in told(app)


async def test_the_complaint_officer_is_offered_to_answer_it(hotline: Hotline) -> None:
    number = hotline.complaint()
    async with seat(hotline.desk, CaseScreen(number), person="tao", size=LARGE) as (app, _):
        page = app.screen.query_one(Page).text
        assert "answer the complaint" in page
        assert "X close" in page


async def test_a_key_of_the_seat_opens_the_bar_for_this_case(hotline: Hotline) -> None:
    first, second = hotline.contacted_late(), hotline.complaint()
    async with seat(hotline.desk, CaseScreen(first)) as (app, pilot):
        assert isinstance(app.screen_stack[1], SeatScreen)
        app.screen_stack[1].board.select(second)
        await pilot.press("b")
        bar = app.screen.query_one(CommandBar)
        assert bar.text == f"note {first} "
        await pilot.press(*"text=back", "space", *"soon", "enter")
        await settled(app, pilot)
        note = hotline.desk.case(first).happened("noted")
        assert note is not None
        assert "back" in note.body["text"]
        assert not bar.display
        assert app.focused is app.screen.query_one(Page)
        assert "back" in app.screen.query_one(Page).text
        assert kinds(hotline, second).count("noted") == 0


async def test_escape_leaves_the_bar_first_then_the_case(hotline: Hotline) -> None:
    async with seat(hotline.desk, CaseScreen(hotline.contacted_late())) as (app, pilot):
        await pilot.press("p")
        assert app.screen.query_one(CommandBar).display
        await pilot.press("escape")
        assert isinstance(app.screen, CaseScreen)
        assert not app.screen.query_one(CommandBar).display
        await pilot.press("escape")
        assert isinstance(app.screen, SeatScreen)


async def test_what_another_seat_writes_appears_with_who_wrote_it(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    async with seat(hotline.desk, CaseScreen(number), size=LARGE) as (app, pilot):
        hotline.do("note", me="zhou", seat="1", case=number, text="客户又打来")
        app.feed.look()
        await pilot.pause()
        page = app.screen.query_one(Page).text
        new = next(line for line in page.splitlines() if "客户又打来" in line)
        assert "» " in new
        assert "周宁 Zhou has just changed this case: note" in told(app)


async def test_a_change_of_another_case_is_not_announced(hotline: Hotline) -> None:
    number, other = hotline.contacted_late(), hotline.complaint()
    async with seat(hotline.desk, CaseScreen(number)) as (app, pilot):
        hotline.do("note", me="zhou", seat="1", case=other, text="x")
        app.feed.look()
        await pilot.pause()
        assert not app.screen.query_one("#message").display


async def test_nobody_writes_over_a_change_made_while_they_typed(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    async with seat(hotline.desk, CaseScreen(number)) as (app, pilot):
        await pilot.press("b", *"text=mine")
        hotline.do("note", me="zhou", seat="1", case=number, text="theirs")
        await pilot.press("enter")
        await settled(app, pilot)
        assert kinds(hotline, number).count("noted") == 1
        assert "周宁 Zhou" in told(app)
        bar = app.screen.query_one(CommandBar)
        assert bar.display
        assert "mine" in bar.text
        assert "theirs" in app.screen.query_one(Page).text
        await pilot.press("enter")
        await settled(app, pilot)
        assert kinds(hotline, number).count("noted") == 2


async def test_a_command_about_another_case_is_not_held_to_this_version(hotline: Hotline) -> None:
    number, other = hotline.contacted_late(), hotline.complaint()
    async with seat(hotline.desk, CaseScreen(number)) as (app, pilot):
        await pilot.press("slash")
        app.screen.query_one(CommandBar).open(f"note {other} text=there")
        await pilot.pause()
        await pilot.press("enter")
        await settled(app, pilot)
        assert kinds(hotline, other).count("noted") == 1, told(app)


async def test_the_language_changes_where_one_is(hotline: Hotline) -> None:
    async with seat(hotline.desk, CaseScreen(hotline.contacted_late())) as (app, pilot):
        await pilot.press("f2")
        await pilot.pause()
        screen = shown(app)
        assert "时限" in screen
        assert "代管人 无" in screen
        assert "Clocks" not in screen


async def test_why_and_help_open_over_the_case_and_return_to_it(hotline: Hotline) -> None:
    async with seat(hotline.desk, CaseScreen(hotline.contacted_late())) as (app, pilot):
        await pilot.press("w")
        assert isinstance(app.screen, WhyScreen)
        await pilot.press("escape", "question_mark")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, CaseScreen)


async def test_the_whole_history_can_be_read_with_the_keys_alone(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    for place in range(40):
        hotline.do("note", case=number, text=f"note {place}")
    async with seat(hotline.desk, CaseScreen(number)) as (app, pilot):
        assert "note 0" not in shown(app)
        await pilot.press("end")
        await pilot.pause()
        assert "What you can do" in shown(app)
        await pilot.press("home")
        await pilot.pause()
        assert "owner" in shown(app)


async def test_a_case_closed_elsewhere_only_offers_what_is_left(hotline: Hotline) -> None:
    number = hotline.contacted_late()
    async with seat(hotline.desk, CaseScreen(number), size=LARGE) as (app, pilot):
        hotline.do("resolve", case=number, text="换新模块")
        hotline.do("confirm", case=number, who="彭工")
        hotline.do("close", case=number, reason="已处理")
        app.feed.look()
        await pilot.pause()
        hints = {hint.label for hint in app.screen.query_one(Hints).hints}
        assert "note" in hints
        assert "contact" not in hints
        await pilot.press("c")
        assert "Not possible with this case" in told(app)
        assert not app.screen.query_one(CommandBar).display
