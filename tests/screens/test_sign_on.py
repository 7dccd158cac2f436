"""Signing on: who, with which PIN, and what is remembered of it."""

from __future__ import annotations

import pytest

from console.app import SeatApp
from console.desk import Desk, Who
from console.desk.pins import delay_after, is_right, set_pin
from console.desk.verification import verify
from console.domain.refusal import RefusedError
from console.screens.seat import SeatScreen
from console.screens.sign_on import SignOnScreen
from console.widgets.page import Page
from tests.installations import HandSet
from tests.screens.hotline import LARGE, SMALL, seat, settled, shown

PIN = "2468"


def facts(desk: Desk, person: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.actor) for fact in desk.store.load(f"person:{person}")[1:]]


def told(app: SeatApp) -> str:
    return str(app.screen.query_one("#message").render())


# --- the desk


def test_somebody_without_a_pin_comes_in_freely_and_it_is_journaled(desk: Desk) -> None:
    assert not desk.has_pin("zhou")
    assert desk.sign_on("zhou", "", "3").name == "周宁 Zhou"
    assert facts(desk, "zhou") == [("signed_on", "zhou")]
    assert desk.store.load("person:zhou")[-1].seat == "3"


def test_the_right_pin_lets_in_and_a_wrong_one_does_not(desk: Desk) -> None:
    set_pin(desk.store, "zhou", PIN)
    assert desk.has_pin("zhou")
    with pytest.raises(RefusedError):
        desk.sign_on("zhou", "1111", "3")
    assert desk.sign_on("zhou", PIN, "3").key == "zhou"
    assert facts(desk, "zhou") == [("sign_on_failed", "console"), ("signed_on", "zhou")]


def test_no_pin_is_not_a_way_around_one(desk: Desk) -> None:
    set_pin(desk.store, "zhou", PIN)
    with pytest.raises(RefusedError):
        desk.sign_on("zhou", "", "3")


def test_wrong_pins_cost_more_and_more_time(desk: Desk, now: HandSet) -> None:
    set_pin(desk.store, "zhou", PIN)
    for _ in range(3):
        with pytest.raises(RefusedError):
            desk.sign_on("zhou", "1111")
    with pytest.raises(RefusedError, match="pin") as refused:
        desk.sign_on("zhou", PIN)
    assert refused.value.refusal.message.text.startswith("Too many wrong PINs")  # type: ignore[union-attr]
    now.at += delay_after(3)
    assert desk.sign_on("zhou", PIN).key == "zhou"
    with pytest.raises(RefusedError):
        desk.sign_on("zhou", "1111")
    assert desk.sign_on("zhou", PIN).key == "zhou", "the count began anew"


def test_what_is_tried_during_a_delay_is_not_counted(desk: Desk) -> None:
    set_pin(desk.store, "zhou", PIN)
    for _ in range(5):
        with pytest.raises(RefusedError):
            desk.sign_on("zhou", "1111")
    assert len(facts(desk, "zhou")) == 3


def test_the_delay_grows_to_a_quarter_of_an_hour_and_no_further() -> None:
    delays = [delay_after(failed) for failed in range(60)]
    assert delays[:5] == [0, 0, 0, 5, 10]
    assert delays == sorted(delays)
    assert delays[-1] == 900


@pytest.mark.parametrize("pin", ["123", "12a4", "", "１２３４"])
def test_a_pin_has_four_digits(desk: Desk, pin: str) -> None:
    with pytest.raises(RefusedError):
        set_pin(desk.store, "zhou", pin)
    assert not desk.has_pin("zhou")


def test_a_damaged_hash_opens_nothing() -> None:
    assert not is_right("not a hash", PIN)


@pytest.mark.parametrize("person", ["nobody", "console"])
def test_only_people_sign_on(desk: Desk, person: str) -> None:
    with pytest.raises(RefusedError):
        desk.sign_on(person)


def test_who_has_left_cannot_sign_on(desk: Desk) -> None:
    desk.do("change_person", {"person": "zhou", "active": False}, Who("lin"))
    with pytest.raises(RefusedError):
        desk.sign_on("zhou")


def test_signing_on_changes_nobody_and_the_store_stays_sound(desk: Desk) -> None:
    set_pin(desk.store, "zhou", PIN)
    before = desk.people()
    desk.sign_on("zhou", PIN)
    with pytest.raises(RefusedError):
        desk.sign_on("zhou", "1111")
    assert desk.people() == before
    assert verify(desk).problems == ()


def test_the_pin_is_nowhere_in_the_journal(desk: Desk) -> None:
    set_pin(desk.store, "zhou", "86420975")
    desk.sign_on("zhou", "86420975")
    with pytest.raises(RefusedError):
        desk.sign_on("zhou", "97531864")
    assert not any(
        pin in repr(fact.body) for fact in desk.follow(0) for pin in ("86420975", "97531864")
    )


# --- the screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(
    ("lang", "role"), [("zh", "接线员、值班员"), ("en", "operator, duty person")]
)
async def test_names_are_listed_with_their_roles(
    desk: Desk, lang: str, role: str, size: tuple[int, int]
) -> None:
    async with seat(desk, SignOnScreen(), lang=lang, size=size) as (app, pilot):
        await pilot.press(*"zho")
        await pilot.pause()
        line = next(line for line in shown(app).splitlines() if "周宁 Zhou" in line)
        assert role in line


async def test_typing_narrows_the_names_and_enter_signs_on(desk: Desk) -> None:
    async with seat(desk, SignOnScreen()) as (app, pilot):
        await pilot.press(*"zho")
        await pilot.pause()
        assert app.screen.query_one(Page).key == "zhou"
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.who == Who("zhou", "3")
        assert isinstance(app.screen, SeatScreen)
        assert "周宁 Zhou" in shown(app).splitlines()[0]
        assert "console people pin zhou" in told(app), "told to set a PIN"


async def test_the_pin_is_asked_for_and_hidden(desk: Desk) -> None:
    set_pin(desk.store, "zhou", PIN)
    async with seat(desk, SignOnScreen()) as (app, pilot):
        await pilot.press(*"zhou", "enter")
        await pilot.pause()
        assert app.who.person == "lin"
        await pilot.press(*PIN)
        await pilot.pause()
        assert PIN not in shown(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.who.person == "zhou"
        assert "pin" not in told(app)


async def test_a_wrong_pin_is_said_and_after_three_the_wait(desk: Desk) -> None:
    set_pin(desk.store, "zhou", PIN)
    async with seat(desk, SignOnScreen()) as (app, pilot):
        await pilot.press(*"zhou", "enter")
        for _ in range(3):
            await pilot.press(*"1111", "enter")
            await settled(app, pilot)
            assert "not right" in told(app)
            assert isinstance(app.screen, SignOnScreen)
        assert "5 s" in told(app)
        await pilot.press(*PIN, "enter")
        await settled(app, pilot)
        assert "Wait 5 s" in told(app)
        assert app.who.person == "lin"


async def test_escape_goes_from_the_pin_to_the_names_to_the_seat(desk: Desk) -> None:
    set_pin(desk.store, "zhou", PIN)
    async with seat(desk, SignOnScreen()) as (app, pilot):
        await pilot.press(*"zhou", "enter", "escape")
        await pilot.pause()
        assert isinstance(app.screen, SignOnScreen)
        assert app.screen.query_one("#name").has_focus
        assert not app.screen.query_one("#pin").display
        await pilot.press("escape")
        assert isinstance(app.screen, SeatScreen)
        assert app.who.person == "lin"


async def test_nobody_gets_past_it_without_signing_on(desk: Desk) -> None:
    async with seat(desk, SignOnScreen(), person="") as (app, pilot):
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, SignOnScreen)
        assert "sign on first" in told(app)


async def test_who_has_a_pin_is_signed_off_by_asking_who_is_next(desk: Desk) -> None:
    set_pin(desk.store, "lin", PIN)
    async with seat(desk) as (app, pilot):
        await pilot.press("f4", "escape")
        await pilot.pause()
        assert isinstance(app.screen, SignOnScreen)
        assert "sign on first" in told(app)
        await pilot.press(*"lin", "enter", *PIN, "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, SeatScreen)


async def test_the_arrows_choose_a_name(desk: Desk) -> None:
    async with seat(desk, SignOnScreen()) as (app, pilot):
        page = app.screen.query_one(Page)
        first = page.key
        await pilot.press("down")
        second = page.key
        assert second != first
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.who.person == second


async def test_an_unknown_name_is_said(desk: Desk) -> None:
    async with seat(desk, SignOnScreen()) as (app, pilot):
        await pilot.press(*"xyz", "enter")
        await pilot.pause()
        assert isinstance(app.screen, SignOnScreen)
        assert "Nobody here is called that" in told(app)


async def test_f4_at_the_seat_asks_who_it_is(desk: Desk) -> None:
    async with seat(desk) as (app, pilot):
        await pilot.press("f4")
        assert isinstance(app.screen, SignOnScreen)
