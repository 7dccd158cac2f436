"""The change of a shift on the screen: handed over at once, taken line by line."""

from __future__ import annotations

import pytest

from console.app import SeatApp
from console.desk import Desk, Who
from console.domain.people import SYSTEM
from console.screens.case import CaseScreen
from console.screens.filling import CommandForm
from console.screens.handover import HandoverScreen
from console.screens.seat import SeatScreen
from console.screens.sign_on import SignOnScreen
from console.widgets.page import Page
from tests.installations import OPENING, HandSet
from tests.screens.hotline import LARGE, SMALL, Hotline, becomes, seat, settled, shown

HOSTILE = "\x1b[2J坏\u202e人\n\x07[red]"


@pytest.fixture
def hotline(desk: Desk, now: HandSet) -> Hotline:
    """Lin owns a case with a broken clock, a complaint to be answered at once, and one
    nothing runs for within her shift; somebody was missed."""
    hotline = Hotline(desk, now)
    hotline.contacted_late()
    hotline.complaint()
    quiet_case(hotline)
    hotline.do("ring", number="079155504410", call="m")
    hotline.do("miss_call", call="m")
    return hotline


def quiet_case(hotline: Hotline) -> None:
    """1003, an inquiry: nothing of it falls due within the next shift."""
    values = {**OPENING, "contact_name": "姚", "contact_phone": "13955501990"}
    case = hotline.do("open", number="13955501990", **values).case
    hotline.do("classify", case=case, line="power", category="quote", division="storage")


def held(hotline: Hotline, person: str) -> list[int]:
    return hotline.desk.store.cases_held_by(person)


def told(app: SeatApp) -> str:
    return str(app.screen.query_one("#message").render())


def page(app: SeatApp) -> Page:
    return app.screen.query_one(Page)


def keys(app: SeatApp) -> list[str]:
    return [line.key for line in page(app).lines if line.key]


# --- what is shown


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(("lang", "call_back"), [("zh", "回电"), ("en", "call back")])
async def test_what_one_looks_after_red_lines_first(
    hotline: Hotline, lang: str, call_back: str, size: tuple[int, int]
) -> None:
    async with seat(hotline.desk, HandoverScreen(), lang=lang, size=size) as (app, _):
        text = shown(app)
        for case in held(hotline, "lin"):
            assert str(case) in text
        assert call_back in text
        assert "0791 5550 4410" in text
        items = hotline.desk.handover("lin")
        reds = [item.red for item in items]
        assert reds == sorted(reds, reverse=True)
        assert keys(app) == [f"mine:{item.kind}:{item.key}" for item in items]


async def test_the_clocks_count_on_while_it_is_read(hotline: Hotline) -> None:
    async with seat(hotline.desk, HandoverScreen()) as (app, pilot):
        before = shown(app)
        hotline.pass_time(120)
        screen = app.screen
        assert isinstance(screen, HandoverScreen)
        screen.show()
        await pilot.pause()
        assert shown(app) != before


async def test_an_unmasked_number_is_for_those_who_call_customers(hotline: Hotline) -> None:
    person = {"person": "audit", "name": "审计", "roles": "auditor"}
    hotline.desk.do("add_person", person, Who(SYSTEM.key))
    async with seat(hotline.desk, HandoverScreen(), person="audit", size=LARGE) as (app, _):
        assert "0791****4410" in shown(app)
        assert "5550 4410" not in shown(app)
        assert "79155504410" not in shown(app)


# --- handing over


async def test_one_key_hands_everything_over(hotline: Hotline) -> None:
    async with seat(hotline.desk, HandoverScreen()) as (app, pilot):
        await pilot.press("h")
        await pilot.pause()
        assert isinstance(app.screen, CommandForm)
        await pilot.press(*"zho", "tab", *"visitor 18:30", "tab", *"call 1001 first", "f10")
        await settled(app, pilot)
        assert isinstance(app.screen, HandoverScreen)
        assert "wait for 周宁 Zhou" in told(app)
        assert shown(app).count("→ 周宁 Zhou") == len(held(hotline, "lin"))
    handing = hotline.desk.handings("zhou")[0]
    assert (handing.giver, handing.expected, handing.text) == (
        "lin",
        "visitor 18:30",
        "call 1001 first",
    )


async def test_to_whom_is_proposed_by_the_roster(hotline: Hotline) -> None:
    (hotline.desk.store.directory / "roster.csv").write_text(
        "date,from,to,seat,person\n2026-03-10,08:30,18:00,3,lin\n2026-03-10,18:00,08:30,3,zhou\n",
        "utf-8",
    )
    async with seat(hotline.desk, HandoverScreen()) as (app, pilot):
        await pilot.press("h")
        await pilot.pause()
        assert "周宁 Zhou" in shown(app).splitlines()[2]


async def test_nobody_is_a_refusal_that_keeps_what_is_typed(hotline: Hotline) -> None:
    async with seat(hotline.desk, HandoverScreen()) as (app, pilot):
        await pilot.press("h", "tab", *"note", "f10")
        await settled(app, pilot)
        assert told(app) == "This is needed: to."
        await pilot.press(*"lin", "f10")
        await settled(app, pilot)
        assert "000 III.1.2.7" in told(app)
        assert "note" in shown(app)


async def test_who_answers_no_calls_is_told_before_typing(hotline: Hotline) -> None:
    async with seat(hotline.desk, HandoverScreen(), person="he") as (app, pilot):
        await pilot.press("h")
        await settled(app, pilot)
        assert isinstance(app.screen, HandoverScreen)
        assert "W-01" in told(app)


# --- taking over


@pytest.fixture
def handed(hotline: Hotline) -> Hotline:
    hotline.do("hand_over", to="zhou", expected=f"{HOSTILE} 18:30", text="1001 first")
    return hotline


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(("lang", "custody"), [("zh", "代管"), ("en", "custody")])
async def test_the_receiver_sees_what_is_offered_and_what_was_said(
    handed: Hotline, lang: str, custody: str, size: tuple[int, int]
) -> None:
    screen = HandoverScreen()
    async with seat(handed.desk, screen, person="zhou", lang=lang, size=size) as (app, _):
        text = shown(app)
        assert text.count(custody) >= 3
        assert "1001 first" in text
        assert "18:30" in text
        assert "← 林晓 Lin" in text
        assert not {"\x1b", "\u202e", "\x07"} & set(text)


async def test_the_title_of_the_seat_says_that_something_is_offered(handed: Hotline) -> None:
    async with seat(handed.desk, person="zhou", size=LARGE) as (app, _):
        assert "offered to you 3 (H)" in shown(app).splitlines()[0]
    async with seat(handed.desk, person="lin", size=LARGE) as (app, _):
        assert "offered to you" not in shown(app)


async def test_line_by_line_with_enter_and_the_next_is_chosen(handed: Hotline) -> None:
    async with seat(handed.desk, HandoverScreen(), person="zhou") as (app, pilot):
        first = page(app).key.rpartition(":")[2]
        await pilot.press("enter")
        await settled(app, pilot)
        assert held(handed, "zhou") == [int(first)]
        assert first not in page(app).key
        assert page(app).key.startswith("offer:")
        await pilot.press("t")
        await settled(app, pilot)
        assert len(held(handed, "zhou")) == 2
    items = {item.key: (item.to, item.taken) for item in handed.desk.handover("lin")}
    assert items[first] == ("zhou", True)
    assert ("zhou", False) in items.values(), "what is not taken stays with whoever leaves"


async def test_the_leaver_sees_at_once_who_took_what(handed: Hotline) -> None:
    async with seat(handed.desk, HandoverScreen()) as (app, pilot):
        assert "others have taken these" not in shown(app)
        handed.do("take_custody", me="zhou", case=1001)
        app.feed.look()
        await pilot.pause()
        text = shown(app)
        assert "others have taken these" in text
        assert text.index("others have taken") < text.index("1001")


async def test_the_rest_is_taken_at_once_but_no_red_line(handed: Hotline) -> None:
    offers = handed.desk.offers("zhou")
    reds = {int(one.key) for one in offers if one.red and one.kind == "custody"}
    rest = {int(one.key) for one in offers if not one.red}
    assert reds
    assert rest == {1003}
    async with seat(handed.desk, HandoverScreen(), person="zhou") as (app, pilot):
        await pilot.press("a")
        await settled(app, pilot)
        assert set(held(handed, "zhou")) == rest
        assert f"{len(reds) + 1} lines need an answer" in told(app)
        await pilot.press("a")
        await settled(app, pilot)
        assert set(held(handed, "zhou")) == rest
        assert "answer of its own" in told(app)


async def test_refused_with_a_reason_it_stays_with_the_leaver(handed: Hotline) -> None:
    async with seat(handed.desk, HandoverScreen(), person="zhou") as (app, pilot):
        case = page(app).key.rpartition(":")[2]
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(app.screen, CommandForm)
        await pilot.press(*"not mine", "f10")
        await settled(app, pilot)
        assert isinstance(app.screen, HandoverScreen)
        await becomes(pilot, lambda: f"offer:custody:{case}" not in keys(app))
    refused = [f for f in handed.desk.case(int(case)).facts if f.kind == "custody_refused"]
    assert [fact.body["text"] for fact in refused] == ["not mine"]
    assert int(case) in held(handed, "lin")


async def test_a_missed_caller_is_taken_on_and_not_refused(handed: Hotline) -> None:
    async with seat(handed.desk, HandoverScreen(), person="zhou") as (app, pilot):
        page(app).choose("offer:callback:+8679155504410")
        await pilot.press("r")
        await settled(app, pilot)
        assert "not refused" in told(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "offer:callback:+8679155504410" not in keys(app)
    assert [one.taken_by for one in handed.desk.owed()] == ["zhou"]


async def test_ownership_and_transfers_are_answered_here_too(hotline: Hotline) -> None:
    hotline.do("hand_over_owner", case=1001, to="zhou", reason="leave")
    hotline.do("offer_transfer", case=1002, to="zhou", summary="knows them")
    async with seat(hotline.desk, HandoverScreen(), person="zhou") as (app, pilot):
        assert {key.rpartition(":")[0] for key in keys(app)} >= {
            "offer:ownership",
            "offer:transfer",
        }
        assert "knows them" in shown(app)
        page(app).choose("offer:ownership:1001")
        await pilot.press("enter")
        await settled(app, pilot)
        page(app).choose("offer:transfer:1002")
        await pilot.press("r", *"full", "f10")
        await settled(app, pilot)
    assert hotline.desk.case(1001).owner == "zhou"
    refused = hotline.desk.case(1002).happened("transfer_refused")
    assert refused is not None
    assert refused.body["text"] == "full"


# --- leaving


async def test_signing_off_warns_of_what_stays(handed: Hotline) -> None:
    async with seat(handed.desk, HandoverScreen()) as (app, pilot):
        await pilot.press("s")
        await settled(app, pilot)
        assert isinstance(app.screen, HandoverScreen)
        for case in held(handed, "lin"):
            assert str(case) in told(app)
        await pilot.press("down", "o", "escape", "s")
        await settled(app, pilot)
        assert app.who.person == "lin", "another key in between: it is said again"
        await pilot.press("s")
        await settled(app, pilot)
        assert isinstance(app.screen, SignOnScreen)
        assert app.who.person == ""
    fact = handed.desk.store.last("person:lin", "signed_off")
    assert fact is not None
    assert fact.body["held"] == held(handed, "lin")


async def test_with_nothing_left_it_signs_off_at_once(handed: Hotline) -> None:
    for case in held(handed, "lin"):
        handed.do("take_custody", me="zhou", case=case)
    async with seat(handed.desk, HandoverScreen()) as (app, pilot):
        await pilot.press("s")
        await settled(app, pilot)
        assert isinstance(app.screen, SignOnScreen)


async def test_only_what_concerns_one_is_read_anew(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading the list costs as much as the board, and a busy hotline writes all the time."""
    async with seat(hotline.desk, HandoverScreen(), person="zhou") as (app, _):
        read: list[str] = []
        offers = hotline.desk.offers
        monkeypatch.setattr(app.desk, "offers", lambda me: read.append(me) or offers(me))
        hotline.do("note", case=1001, text="called again")
        hotline.do("ring", number="13955500008")
        app.feed.look()
        assert read == []
        hotline.do("hand_over_owner", case=1001, to="zhou", reason="leave")
        app.feed.look()
        assert read == ["zhou"]
        hotline.do("take_callback", number="079155504410")
        app.feed.look()
        assert read == ["zhou", "zhou"]


# --- moving about


async def test_h_at_the_seat_opens_it_and_o_reads_the_case(hotline: Hotline) -> None:
    async with seat(hotline.desk) as (app, pilot):
        await pilot.press("h")
        await pilot.pause()
        assert isinstance(app.screen, HandoverScreen)
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen)
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, SeatScreen)


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_hostile_names_stay_on_their_line(
    hotline: Hotline, lang: str, size: tuple[int, int]
) -> None:
    values = {**OPENING, "contact_name": HOSTILE, "employer": "[bold]" + "长" * 60}
    case = hotline.do("open", number="13955501777", **values).case
    async with seat(hotline.desk, HandoverScreen(), lang=lang, size=size) as (app, _):
        lines = shown(app).splitlines()
        assert sum(str(case) in line for line in lines) == 1
        assert len(lines) == size[1]
        assert not {"\x1b", "\u202e", "\x07"} & set(shown(app))
