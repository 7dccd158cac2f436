"""The intake form on the real seat: from the ring to the sent case, and what may go wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from textual.pilot import Pilot

from console.app import SeatApp
from console.desk import Desk, Who
from console.domain.case import Case
from console.domain.refusal import RefusedError
from console.screens.case import CaseScreen
from console.screens.intake import IntakeScreen
from console.screens.intake_slip import FRESH
from console.screens.seat import SeatScreen
from console.screens.slips import SlipsScreen
from console.widgets.field_inputs import LineInput
from tests.installations import HandSet
from tests.screens.hotline import LARGE, SMALL, Hotline, seat, settled, shown

NUMBER = "13955501953"
EVERYWHERE = pytest.mark.parametrize(
    ("lang", "size"), [(lang, size) for lang in ("zh", "en") for size in (SMALL, LARGE)]
)


@pytest.fixture
def line(desk: Desk, now: HandSet) -> Hotline:
    return Hotline(desk, now)


async def typing(pilot: Pilot[int], text: str, *after: str) -> None:
    await pilot.press(*text, *after)


async def answer(app: SeatApp, pilot: Pilot[int]) -> IntakeScreen:
    """Claim the call that rings; its form opens."""
    await pilot.press("a")
    await settled(app, pilot)
    return form_on(app)


def form_on(app: SeatApp) -> IntakeScreen:
    assert isinstance(app.screen, IntakeScreen)
    return app.screen


def at(app: SeatApp) -> str:
    """The field the cursor is in."""
    return str(getattr(app.focused, "key", ""))


async def go(app: SeatApp, pilot: Pilot[int], field: str) -> None:
    assert form_on(app).sheet.go_to(field), field
    await pilot.pause()


async def fill(app: SeatApp, pilot: Pilot[int], **typed: str) -> None:
    """Type into fields; text is typed, a key in angle brackets pressed."""
    for field, text in typed.items():
        await go(app, pilot, field)
        await pilot.press(*(["space"] if text == "<space>" else text))


NEEDED = {
    "contact_name": "王",
    "employer": "大亚",
    "save_contact": "1",
    "reason": "离线",
    "product": "1",
    "product_state": "50",
    "need": "支持",
}


def cases_of(desk: Desk) -> list[Case]:
    return [desk.case(row.case) for row in desk.board()]


def kinds(case: Case) -> Iterable[str]:
    return [fact.kind for fact in case.facts]


@EVERYWHERE
async def test_from_the_ring_to_the_dispatched_case(
    line: Hotline, lang: str, size: tuple[int, int]
) -> None:
    call = line.do("ring", number=NUMBER).call
    async with seat(line.desk, lang=lang, size=size) as (app, pilot):
        form = await answer(app, pilot)
        assert line.desk.call(call).claimed_by == "lin"
        assert "139 5550 1953" in shown(app)
        assert form.form.rules.script is not None
        assert form.form.rules.script.greeting.within(lang)[:20] in shown(app)
        assert at(app) == "contact_name"
        await typing(pilot, "王工", "enter", "enter")
        await typing(pilot, "大亚供电", "enter", "enter")
        assert at(app) == "save_contact"
        await pilot.press("1", "enter", "enter")
        await typing(pilot, "电表不上线", "enter")
        await pilot.press("1", "enter")
        await typing(pilot, "50块离线", "enter")
        await typing(pilot, "远程支持")
        await fill(app, pilot, province="广东省", category="1", division="2")
        await go(app, pilot, "promise_spoken")
        await pilot.press("space")
        await pilot.press("f10")
        await settled(app, pilot)
        assert isinstance(app.screen, SeatScreen)
        (case,) = cases_of(line.desk)
        assert app.screen.board.case == case.number
        assert str(case.number) in shown(app)
        assert not app.drafting.of("lin")
    assert (case.category, case.division, case.assignee) == ("technical", "charging_pile", "he")
    assert case.calls == [call]
    assert case.value("need") == "远程支持"
    assert case.value("promise_spoken") is True
    assert {"recorded", "contact_saved", "classified", "assigned", "noted"} <= set(kinds(case))
    said = next(fact.body["text"] for fact in case.facts if fact.kind == "noted")
    assert "12:15" in said, "the promise is stored as it was spoken"


@pytest.mark.parametrize(("lang", "size"), [("zh", SMALL), ("en", LARGE)])
async def test_every_field_of_the_form_can_be_reached_and_seen(
    line: Hotline, lang: str, size: tuple[int, int]
) -> None:
    line.do("ring", number=NUMBER)
    async with seat(line.desk, lang=lang, size=size) as (app, pilot):
        form = await answer(app, pilot)
        wanted = [entry.key for entry in form.form.entries if form.form.shows(entry)]
        seen = []
        for _ in wanted:
            seen.append(at(app))
            assert app.focused is not None
            assert form.sheet.can_view_entire(app.focused), at(app)
            await pilot.press("tab")
        assert seen == wanted
        chrome = size[1] - form.sheet.outer_size.height
        assert chrome <= 6


async def test_a_refusal_keeps_everything_and_opens_no_second_case(
    line: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.do("ring", number=NUMBER)
    real, refuse = line.desk.do, True

    def do(name: str, typed: Any, who: Who, at: int | None = None) -> Any:
        if name == "classify" and refuse:
            raise RefusedError("category", "not that one", "another one")
        return real(name, typed, who, at)

    async with seat(line.desk) as (app, pilot):
        form = await answer(app, pilot)
        await fill(app, pilot, **NEEDED, province="Gd", category="1", division="2")
        monkeypatch.setattr(line.desk, "do", do)
        await pilot.press("f10")
        await settled(app, pilot)
        assert form_on(app) is form
        assert "not that one" in shown(app)
        assert "another one" in shown(app)
        assert at(app) == "category"
        assert form.form.values["need"] == "支持"
        (case,) = cases_of(line.desk)
        assert str(case.number) in shown(app), "the head says that the case is open"
        refuse = False
        await pilot.press("f10")
        await settled(app, pilot)
        assert isinstance(app.screen, SeatScreen)
        (case,) = cases_of(line.desk)
        assert case.category == "technical"


async def test_what_is_missing_is_asked_once_and_the_number_always(line: Hotline) -> None:
    line.do("ring", number=NUMBER)
    async with seat(line.desk) as (app, pilot):
        form = await answer(app, pilot)
        await typing(pilot, "Wang")
        await pilot.press("f10", "f10")
        await settled(app, pilot)
        assert form_on(app) is form
        assert at(app) == "save_contact"
        assert not cases_of(line.desk)
        await pilot.press("2", "f10")
        await settled(app, pilot)
        assert at(app) == "employer", "it says once more what is missing"
        await pilot.press("f10")
        await settled(app, pilot)
        (case,) = cases_of(line.desk)
        assert "recorded" not in kinds(case)
        assert next(f for f in case.facts if f.kind == "contact_saved").body["saved"] is False


async def test_what_cannot_be_read_is_marked_when_the_field_is_left(line: Hotline) -> None:
    line.do("ring", number=NUMBER)
    async with seat(line.desk) as (app, pilot):
        form = await answer(app, pilot)
        await fill(app, pilot, promise_due="soonish")
        await go(app, pilot, "need")
        assert "soonish" in shown(app)
        assert "promise_due" in form.wrong
        await fill(app, pilot, promise_due="x")
        assert "promise_due" not in form.wrong
        assert form.form.values["promise_due"] == "soonishx", "nothing typed is replaced"


async def test_an_exact_time_becomes_a_promise_with_a_clock(line: Hotline) -> None:
    line.do("ring", number=NUMBER)
    async with seat(line.desk) as (app, pilot):
        await answer(app, pilot)
        await fill(app, pilot, **NEEDED, promise_due="12:40")
        await pilot.press("f10")
        await settled(app, pilot)
        (case,) = cases_of(line.desk)
    promised = next(fact for fact in case.facts if fact.kind == "promised")
    assert promised.body["due"] == line.now.at + 40 * 60
    assert "12:40" in promised.body["text"]


# --- the caller


async def test_a_repeat_caller_is_offered_the_open_case_and_joins_it(line: Hotline) -> None:
    case = line.contacted_late()
    call = line.do("ring", number=line.desk.case(case).value("contact_phone")).call
    async with seat(line.desk, size=LARGE) as (app, pilot):
        form = await answer(app, pilot)
        assert app.focused is form.offer
        assert str(case) in shown(app)
        assert form.form.values["employer"] == "长沙公交场站"
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.number == case
        assert call in line.desk.case(case).calls
        assert not app.drafting.of("lin")


async def test_typing_over_the_offer_goes_into_the_form(line: Hotline) -> None:
    case = line.contacted_late()
    line.do("ring", number=line.desk.case(case).value("contact_phone"))
    async with seat(line.desk) as (app, pilot):
        form = await answer(app, pilot)
        await typing(pilot, "aB")
        assert at(app) == "contact_name"
        assert form.form.values["contact_name"] == "aB", "no key is lost, A claims nothing"
        assert "save_contact" not in [entry.key for entry in form.form.entries]


async def test_a_number_typed_by_hand_is_looked_up(line: Hotline) -> None:
    case = line.contacted_late()
    async with seat(line.desk) as (app, pilot):
        await pilot.press("n")
        await settled(app, pilot)
        form = form_on(app)
        assert at(app) == "contact_name"
        await fill(app, pilot, contact_phone="0731 5550 2187")
        await pilot.press("tab")
        await settled(app, pilot)
        assert [row.case for row in form.offer.rows] == [case]


# --- slips


async def test_a_parked_form_comes_back_as_it_was(line: Hotline) -> None:
    line.do("ring", number=NUMBER)
    async with seat(line.desk) as (app, pilot):
        await answer(app, pilot)
        await fill(app, pilot, employer="大亚供电", need="abc")
        await pilot.press("left", "escape")
        await settled(app, pilot)
        assert isinstance(app.screen, SeatScreen)
    async with seat(line.desk) as (app, pilot):
        await pilot.press("s")
        await settled(app, pilot)
        assert isinstance(app.screen, SlipsScreen)
        assert "大亚供电" in shown(app)
        await pilot.press("enter")
        await settled(app, pilot)
        form = form_on(app)
        assert at(app) == "need"
        await pilot.press("X")
        assert form.form.values["need"] == "abXc", "the cursor is where it was"
        assert form.form.values["employer"] == "大亚供电"


async def test_every_key_is_kept_before_anything_is_asked_for(line: Hotline) -> None:
    call = line.do("ring", number=NUMBER).call
    async with seat(line.desk) as (app, pilot):
        await answer(app, pilot)
        assert not app.drafting.of("lin"), "opening alone makes no draft"
        await pilot.press("W")
        await pilot.pause()
        kept = app.drafting.get("lin", f"intake:{call}")
        assert kept is not None
        assert kept.values["values"]["contact_name"] == "W"


async def test_somebody_typing_at_another_seat_is_not_written_over(line: Hotline) -> None:
    call = line.do("ring", number=NUMBER).call
    key = f"intake:{call}"
    async with seat(line.desk) as (app, pilot):
        kept = {"call": call, "values": {"need": "theirs"}}
        app.drafting.keep("lin", key, "7", kept)
        form = await answer(app, pilot)
        assert "7" in shown(app)
        assert form.key != key
        await fill(app, pilot, need="!")
        await pilot.pause()
        theirs, mine = app.drafting.get("lin", key), app.drafting.get("lin", form.key)
        assert theirs is not None
        assert theirs.values["values"]["need"] == "theirs"
        assert mine is not None
        assert mine.values["values"]["need"] == "theirs!"


async def test_a_draft_left_long_ago_at_another_seat_is_simply_gone_on_with(line: Hotline) -> None:
    call = line.do("ring", number=NUMBER).call
    async with seat(line.desk) as (app, pilot):
        app.drafting.keep("lin", f"intake:{call}", "7", {"call": call, "values": {"need": "old"}})
        line.pass_time(FRESH + 1)
        form = await answer(app, pilot)
        assert form.key == f"intake:{call}"
        assert form.form.values["need"] == "old"


async def test_a_seat_that_died_while_opening_finds_its_case(line: Hotline) -> None:
    call = line.do("ring", number=NUMBER).call
    before = line.desk.last_seq()
    line.do("claim", call=call)
    case = line.do("open", call=call, line="power", contact_name="Wang").case
    async with seat(line.desk) as (app, pilot):
        kept = {
            "call": call,
            "values": {"contact_name": "Wang", "save_contact": "saved"},
            "sent": {"case": 0, "trying": before},
        }
        app.drafting.keep("lin", f"intake:{call}", "3", kept)
        form = await answer(app, pilot)
        assert form.form.sent.case == case
        await pilot.press("f10", "f10")
        await settled(app, pilot)
        assert [one.number for one in cases_of(line.desk)] == [case]


async def test_discarding_takes_two_presses(line: Hotline) -> None:
    line.do("ring", number=NUMBER)
    async with seat(line.desk) as (app, pilot):
        await answer(app, pilot)
        await typing(pilot, "Wang")
        await pilot.press("f8", "x", "f8")
        await pilot.pause()
        form_on(app)
        await pilot.press("f8")
        await settled(app, pilot)
        assert isinstance(app.screen, SeatScreen)
        assert not app.drafting.of("lin")


async def test_a_call_arriving_meanwhile_takes_neither_focus_nor_keys(line: Hotline) -> None:
    first = line.do("ring", number=NUMBER).call
    async with seat(line.desk) as (app, pilot):
        form = await answer(app, pilot)
        await typing(pilot, "W")
        second = line.do("ring", number="075555509528").call
        app.feed.look()
        await pilot.pause()
        assert "0755 5550 9528" in shown(app)
        await typing(pilot, "a")
        assert form.form.values["contact_name"] == "Wa"
        assert not line.desk.call(second).claimed_by
        await pilot.press("f9")
        await settled(app, pilot)
        assert form_on(app).call == second
        assert line.desk.call(second).claimed_by == "lin"
        assert app.drafting.get("lin", f"intake:{first}") is not None
        assert len([one for one in app.screen_stack if isinstance(one, IntakeScreen)]) == 1


async def test_a_call_somebody_else_won_leaves_the_form_alone(line: Hotline) -> None:
    line.do("ring", number=NUMBER)
    async with seat(line.desk) as (app, pilot):
        form = await answer(app, pilot)
        second = line.do("ring", number="075555509528").call
        app.feed.look()
        await pilot.pause()
        waiting = form.waiting()
        line.do("claim", me="zhou", call=second)
        form.waiting = lambda: waiting  # type: ignore[method-assign]
        await pilot.press("f9")
        await settled(app, pilot)
        assert form_on(app) is form


async def test_the_language_changes_under_the_form_and_keeps_what_is_typed(line: Hotline) -> None:
    line.do("ring", number=NUMBER)
    async with seat(line.desk, lang="zh") as (app, pilot):
        form = await answer(app, pilot)
        await fill(app, pilot, product="1", need="abc")
        assert "电能表" in shown(app)
        await pilot.press("f2")
        await pilot.pause()
        assert "employer" in shown(app)
        assert "meter" in shown(app)
        assert form.form.values["product"] == "meter"
        assert form.form.values["need"] == "abc"


async def test_what_stood_there_before_anybody_typed_is_replaced_by_the_first_key(
    line: Hotline,
) -> None:
    case = line.contacted_late()
    line.do("ring", number=line.desk.case(case).value("contact_phone"))
    async with seat(line.desk) as (app, pilot):
        form = await answer(app, pilot)
        await fill(app, pilot, employer="N")
        assert form.form.values["employer"] == "N"
        await fill(app, pilot, need="a")
        await fill(app, pilot, employer="ew")
        assert form.form.values["employer"] == "New"
        widget = form.sheet.field("employer")
        assert isinstance(widget, LineInput)
        assert widget.value == "New"
