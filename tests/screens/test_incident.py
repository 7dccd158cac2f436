"""The screen of an incident at a real seat: one key each to ring, to say how it went, to
report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from console.app import SeatApp
from console.desk import Desk
from console.domain.call_events import CallEvent
from console.screens.case import CaseScreen
from console.screens.filling import CommandForm
from console.screens.help import HelpScreen
from console.screens.incident import IncidentScreen
from console.screens.incident_reader import exact
from console.screens.report import ReportForm, ReportPreview
from console.screens.seat import SeatScreen
from console.screens.why import WhyScreen
from console.widgets.hints import Hints
from console.widgets.page import Page
from tests.incidents import Saturday
from tests.installations import OPENING, HandSet
from tests.screens.hotline import LARGE, SMALL, seat, settled, shown

FACTS, IMPACT = "1260块表时钟跳变", "影响采集"


@pytest.fixture
def saturday(desk: Desk, now: HandSet) -> Iterator[Saturday]:
    """The accident, with a worker elsewhere: what happens by itself is not told here."""
    lease = desk.lease("worker")
    assert lease.take()
    saturday = Saturday(desk, now)
    saturday.recognised()
    yield saturday
    lease.release()


def told(app: SeatApp) -> str:
    return str(app.screen.query_one("#message").render())


def page(app: SeatApp) -> Page:
    return app.screen.query_one("#incident_page", Page)


def line_of(app: SeatApp, part: str) -> str:
    """The first line of the page with a text in it."""
    return next(line for line in page(app).text.splitlines() if part in line)


async def press(app: SeatApp, pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(app, pilot)


async def opened(app: SeatApp, pilot: Pilot[int]) -> IncidentScreen:
    await press(app, pilot, "i")
    assert isinstance(app.screen, IncidentScreen)
    return app.screen


# --- opening it


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_it_shows_everything_that_is_urgent(
    saturday: Saturday, lang: str, size: tuple[int, int]
) -> None:
    saturday.reach("10:47:00", "dgm")
    saturday.reach("10:49:00", "regional_manager", reached="no")
    saturday.at("10:51:13")
    async with seat(saturday.desk, person="zhou", lang=lang, size=size) as (app, pilot):
        await opened(app, pilot)
        screen = shown(app)
        parts = {
            "zh": ("重大 立即告知", "第一知情人 周宁 Zhou", "知情 10:44:00", "电话 1/4", "0/5",
                   "国网大批量质量问题", "事故一小时报告 F0-22", "未写"),
            "en": ("MAJOR Tell at once", "first to know 周宁 Zhou", "known since 10:44:00", "1/4",
                   "State Grid batch", "one-hour report F0-22", "not written"),
        }[lang]  # fmt: skip
        for part in (*parts, "52:47", "11:44:00", "+07:13", "T0-24", "陶副总 Tao", "10:49:00"):
            assert part in screen, part
        assert "57:47" in line_of(app, "T0-07")
        assert page(app).key == "ring:phone:hou", "the next to ring is chosen"
        width = size[0]
        assert all(len(line) <= width for line in screen.splitlines())
        beside = app.screen.query_one("#incident_beside", Page)
        assert beside.display == (size == LARGE)
        words = beside.text if size == LARGE else page(app).text
        assert ("要说的话" if lang == "zh" else "What to say") in words
        assert "JX2602" in words


async def test_it_opens_from_the_case_too_and_returns_to_it(saturday: Saturday) -> None:
    screen = CaseScreen(saturday.number)
    async with seat(saturday.desk, screen, person="zhou") as (app, pilot):
        await opened(app, pilot)
        await press(app, pilot, "escape")
        assert app.screen is screen


async def test_an_ordinary_case_says_that_nobody_has_to_be_told(desk: Desk, now: HandSet) -> None:
    Saturday(desk, now).do("open", number=OPENING["contact_phone"], **OPENING)
    async with seat(desk, person="zhou") as (app, pilot):
        await press(app, pilot, "i")
        assert isinstance(app.screen, SeatScreen)
        assert "Nobody has to be told anything at once" in told(app)


async def test_without_a_case_there_is_nothing_to_open(desk: Desk) -> None:
    async with seat(desk, person="zhou") as (app, pilot):
        await press(app, pilot, "i")
        assert "Select a case first" in told(app)


async def test_every_hint_fits_into_eighty_cells(saturday: Saturday) -> None:
    for lang in ("zh", "en"):
        async with seat(saturday.desk, person="zhou", lang=lang) as (app, pilot):
            await opened(app, pilot)
            last = shown(app).splitlines()[-1]
            hints = app.screen.query_one(Hints).hints
            assert [hint.label for hint in hints if hint.label not in last] == []


# --- telling people


async def test_reached_goes_on_to_the_next(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou") as (app, pilot):
        await opened(app, pilot)
        assert page(app).key == "ring:phone:tao"
        saturday.at("10:47:00")
        await press(app, pilot, "r")
        assert "reached 10:47:00 by 周宁 Zhou" in line_of(app, "陶副总")
        assert page(app).key == "ring:phone:luo"
        assert "Written down: reached" in told(app)
        fact = saturday.case.happened("role_reached")
        assert fact is not None
        assert (fact.at, fact.actor, fact.seat) == (saturday.now.at, "zhou", "3")
        assert fact.body == {"role": "dgm", "channel": "phone", "person": "tao"}


async def test_no_answer_stops_nothing_and_goes_on(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou") as (app, pilot):
        await opened(app, pilot)
        await press(app, pilot, "down")
        saturday.at("10:49:00")
        await press(app, pilot, "n")
        assert "no answer 10:49:00" in line_of(app, "罗区域")
        assert page(app).key == "ring:phone:tao"
        assert "0/4" in line_of(app, "By telephone")
        [clock] = [c for c in saturday.case.running() if c.timer.rule == "T0-07"]
        assert clock.due == saturday.moment("11:49:00")


async def test_who_asks_to_be_rung_again_turns_amber_when_the_time_has_come(
    saturday: Saturday,
) -> None:
    async with seat(saturday.desk, person="zhou", size=LARGE) as (app, pilot):
        screen = await opened(app, pilot)
        saturday.at("10:55:00")
        await press(app, pilot, "down", "b")
        assert isinstance(app.screen, CommandForm)
        await press(app, pilot, *"11:20", "f10")
        assert app.screen is screen
        assert "ring again at 11:20:00" in line_of(app, "罗区域")
        assert _ink(app, "ring again") == "text"
        fact = saturday.case.happened("role_missed")
        assert fact is not None
        assert fact.body["again"] == saturday.moment("11:20:00")
        saturday.at("11:20:00")
        screen.show()
        assert _ink(app, "ring again") == "amber"
        assert line_of(app, "罗区域").startswith("▲")


def _ink(app: SeatApp, part: str) -> str:
    spans = (span for line in page(app).lines for span in line.spans)
    return next(span.ink for span in spans if part in span.text)


async def test_a_time_that_is_over_is_refused_and_stays_typed(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou") as (app, pilot):
        await opened(app, pilot)
        await press(app, pilot, "b", *"09:00", "f10")
        assert isinstance(app.screen, CommandForm)
        assert "That moment is over" in told(app)
        assert app.screen.values["again"] == "09:00"
        assert saturday.case.happened("role_missed") is None


async def test_what_a_colleague_writes_down_is_seen_and_the_choice_goes_on(
    saturday: Saturday,
) -> None:
    async with seat(saturday.desk, person="zhou") as (app, pilot):
        await opened(app, pilot)
        saturday.at("10:47:00")
        saturday.do("reach", "lin", case=saturday.number, who="dgm", channel="phone")
        app.feed.look()
        await pilot.pause()
        assert "by 林晓 Lin" in line_of(app, "陶副总")
        assert page(app).key == "ring:phone:luo"


async def test_a_choice_stays_where_it_is_while_there_is_something_to_do(
    saturday: Saturday,
) -> None:
    async with seat(saturday.desk, person="zhou") as (app, pilot):
        await opened(app, pilot)
        await press(app, pilot, "down", "down")
        saturday.do("reach", "lin", case=saturday.number, who="dgm", channel="phone")
        app.feed.look()
        await pilot.pause()
        assert page(app).key == "ring:phone:hou"


# --- dialling


async def test_without_a_line_the_number_to_dial_is_shown(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou", size=LARGE) as (app, pilot):
        await opened(app, pilot)
        await press(app, pilot, "l")
        assert "Dial 139 5555 0003: 陶副总 Tao. Then R if they were reached, N if not." in told(app)
        assert saturday.desk.live_calls() == []


async def test_enter_rings_too(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou", size=LARGE) as (app, pilot):
        await opened(app, pilot)
        await press(app, pilot, "enter")
        assert "Dial 139 5555 0003" in told(app)


async def test_without_a_number_that_is_said(saturday: Saturday) -> None:
    saturday.do("change_person", "lin", person="tao", phone="")
    async with seat(saturday.desk, person="zhou") as (app, pilot):
        await opened(app, pilot)
        await press(app, pilot, "l")
        assert "No number of 陶副总 Tao is known." in told(app)


async def test_a_line_rings_them_and_writes_down_how_it_went(
    saturday: Saturday, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "exchanges", lambda _: ("hq",))
    desk = saturday.desk
    async with seat(desk, person="zhou", size=LARGE) as (app, pilot):
        await opened(app, pilot)
        saturday.at("10:46:50")
        await press(app, pilot, "l")
        assert "Your telephone rings first, then that of 陶副总 Tao." in told(app)
        [call] = desk.live_calls()
        assert (call.called, call.about, call.claimed_by) == ("tao", saturday.number, "zhou")
        assert "▶" in line_of(app, "陶副总")
        assert "being called" in line_of(app, "陶副总")
        event: dict[str, Any] = {"exchange": "hq"}
        desk.report(CallEvent(call.key, "call_dialled", saturday.now.at, event))
        saturday.at("10:47:00")
        desk.report(CallEvent(call.key, "call_reached", saturday.now.at, event))
        app.feed.look()
        await pilot.pause()
        assert "reached 10:47:00" in line_of(app, "陶副总")
        assert page(app).key == "ring:phone:luo"


@pytest.mark.parametrize(("person", "whole"), [("zhou", True), ("fan", True), ("cui", False)])
async def test_a_number_is_shown_as_the_role_may_see_it(
    saturday: Saturday, person: str, whole: bool
) -> None:
    async with seat(saturday.desk, person=person, size=LARGE) as (app, pilot):
        await app.push_screen(IncidentScreen(saturday.number))
        await pilot.pause()
        shows = "139 5555 0003" in shown(app)
        assert shows == (whole and saturday.desk.viewer(app.who).sees_numbers)
        assert "陶副总 Tao" in shown(app)


# --- the report


async def fill_in(app: SeatApp, pilot: Pilot[int]) -> None:
    form = app.screen
    assert isinstance(form, ReportForm)
    for key, text in (("incident_facts", FACTS), ("impact", IMPACT)):
        form.sheet.go_to(key)
        await pilot.pause()
        form.sheet.field(key).insert(text)  # type: ignore[union-attr]
    await pilot.pause()


async def test_the_report_begins_with_what_is_known(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou") as (app, pilot):
        await opened(app, pilot)
        await press(app, pilot, "m")
        form = app.screen
        assert isinstance(form, ReportForm)
        assert form.values["known_at"] == "2026-03-14 10:44:00"
        assert (form.values["first_knower"], form.values["batch_no"]) == ("zhou", "JX2602")
        assert form.focused is form.sheet.field("incident_facts")


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_it_is_read_once_more_and_sent(
    saturday: Saturday, lang: str, size: tuple[int, int]
) -> None:
    async with seat(saturday.desk, person="zhou", lang=lang, size=size) as (app, pilot):
        screen = await opened(app, pilot)
        await press(app, pilot, "m")
        await fill_in(app, pilot)
        await press(app, pilot, "f10")
        assert isinstance(app.screen, ReportPreview)
        preview = app.screen.query_one(Page).text
        for part in ("luo@example.org", "one-hour-report-1001.pdf", FACTS, IMPACT, "10:44"):
            assert part in preview, part
        assert ("收件人 5" if lang == "zh" else "To 5") in preview
        assert saturday.case.happened("mail_sent") is None
        saturday.at("11:29:00")
        await press(app, pilot, "f10")
        assert app.screen is screen
        assert "11:29:00" in line_of(app, "F0-22")
        fact = saturday.case.happened("mail_sent")
        assert fact is not None
        assert (fact.at, fact.body["list"]) == (saturday.now.at, "incident_report")
        assert app.drafting.of("zhou") == []


async def test_back_from_the_preview_everything_is_still_typed(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou") as (app, pilot):
        await opened(app, pilot)
        await press(app, pilot, "m")
        await fill_in(app, pilot)
        await press(app, pilot, "f10", "escape")
        assert isinstance(app.screen, ReportForm)
        assert app.screen.values["impact"] == IMPACT
        await press(app, pilot, "f10")
        assert isinstance(app.screen, ReportPreview)


async def test_what_was_typed_is_kept_when_it_is_left(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou") as (app, pilot):
        await opened(app, pilot)
        await press(app, pilot, "m")
        await fill_in(app, pilot)
        await press(app, pilot, "escape", "m")
        assert isinstance(app.screen, ReportForm)
        assert app.screen.values["incident_facts"] == FACTS
        seat_screen = app.screen_stack[1]
        assert isinstance(seat_screen, SeatScreen)
        seat_screen.count_parked()
        assert seat_screen.parked == 0, "a report is no parked call"


async def test_what_is_missing_is_pointed_at(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou") as (app, pilot):
        await opened(app, pilot)
        await press(app, pilot, "m", "f10")
        assert isinstance(app.screen, ReportForm)
        assert "what happened" in told(app)
        assert app.screen.focused is app.screen.sheet.field("incident_facts")


async def test_an_address_that_is_missing_is_said_before_it_is_sent(saturday: Saturday) -> None:
    saturday.do("change_person", "lin", person="tan", mail="")
    async with seat(saturday.desk, person="zhou", size=LARGE) as (app, pilot):
        await opened(app, pilot)
        await press(app, pilot, "m")
        await fill_in(app, pilot)
        await press(app, pilot, "f10")
        assert "no address for this channel" in app.screen.query_one(Page).text
        assert "Somebody cannot be mailed" in told(app)


async def test_hostile_words_of_a_customer_stay_words(saturday: Saturday) -> None:
    saturday.do("record", case=saturday.number, employer="\x1b[2J坏\u202e司 [b]x[/b]")
    async with seat(saturday.desk, person="zhou", size=LARGE) as (app, pilot):
        await opened(app, pilot)
        screen = shown(app)
        assert "\x1b" not in screen
        assert "\u202e" not in screen
        assert "坏司 [b]x[/b]" in screen


# --- and besides


async def test_why_help_and_language_open_over_it(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou") as (app, pilot):
        await opened(app, pilot)
        await press(app, pilot, "w")
        assert isinstance(app.screen, WhyScreen)
        await press(app, pilot, "escape", "question_mark")
        assert isinstance(app.screen, HelpScreen)
        await press(app, pilot, "escape", "f2")
        assert isinstance(app.screen, IncidentScreen)
        assert "立即告知" in shown(app)
        assert "By telephone" not in shown(app)


async def test_a_key_for_people_on_a_report_says_to_choose_somebody(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou") as (app, pilot):
        await opened(app, pilot)
        page(app).choose("report:incident_report")
        await press(app, pilot, "r")
        assert "Choose one of those who are to be told" in told(app)
        assert saturday.case.happened("role_reached") is None
        await press(app, pilot, "enter")
        assert isinstance(app.screen, ReportForm)


async def test_the_window_may_change_its_size(saturday: Saturday) -> None:
    async with seat(saturday.desk, person="zhou", size=SMALL) as (app, pilot):
        await opened(app, pilot)
        assert "What to say" in page(app).text
        await pilot.resize_terminal(*LARGE)
        await pilot.pause()
        assert "What to say" not in page(app).text
        assert "What to say" in app.screen.query_one("#incident_beside", Page).text


@pytest.mark.parametrize(
    ("left", "text"),
    [(0, "00:00"), (59, "00:59"), (3167, "52:47"), (3600, "1:00:00"), (-185, "-03:05")],
)
def test_what_is_left_is_said_to_the_second(left: int, text: str) -> None:
    assert exact(left, 0) == text
