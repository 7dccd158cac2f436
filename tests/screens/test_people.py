"""People on the screen: accounts, PINs, keys, presence, and what is left when somebody goes."""

from __future__ import annotations

import pytest

from console.app import SeatApp
from console.desk import Desk, Who
from console.desk.pins import is_right, set_pin
from console.domain.people import SYSTEM
from console.screens.filling import CommandForm
from console.screens.owned import OwnedScreen
from console.screens.people import PeopleScreen
from console.screens.pin import PinForm
from console.screens.seat import SeatScreen
from console.widgets.page import Page
from tests.installations import HandSet
from tests.screens.hotline import LARGE, SMALL, Hotline, seat, settled, shown

PIN = "2468"
HOSTILE = "\x1b[2J坏\u202e人[red]"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f zhou@desk"


@pytest.fixture
def hotline(desk: Desk, now: HandSet) -> Hotline:
    return Hotline(desk, now)


def people(desk: Desk, who: str = "lin") -> PeopleScreen:
    return PeopleScreen(desk.accounts(Who(who)))


def told(app: SeatApp) -> str:
    return str(app.screen.query_one("#message").render())


def row_of(app: SeatApp, key: str) -> str:
    return next(line.text for line in app.screen.query_one(Page).lines if line.key == key)


def choose(app: SeatApp, key: str) -> None:
    page = app.screen.query_one(Page)
    page.choose(key)
    page.post_message(Page.Chosen(page, key))


# --- what is shown


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(
    ("lang", "role"), [("zh", "接线员、值班员"), ("en", "operator, duty person")]
)
async def test_everybody_with_roles_pin_and_extension(
    desk: Desk, lang: str, role: str, size: tuple[int, int]
) -> None:
    set_pin(desk.store, "zhou", PIN)
    async with seat(desk, people(desk), lang=lang, size=size) as (app, pilot):
        row = row_of(app, "zhou")
        assert "周宁 Zhou" in row
        assert role in row
        assert "PIN" in row
        assert "PIN" not in row_of(app, "qin")
        choose(app, "zhou")
        await pilot.pause()
        assert "8002" in shown(app)


async def test_owners_who_are_not_here_stand_first_and_are_marked(hotline: Hotline) -> None:
    hotline.contacted_late()
    hotline.do("hand_over_owner", case=1001, to="zhou", reason="leave")
    hotline.do("accept_ownership", me="zhou", case=1001)
    async with seat(hotline.desk, people(hotline.desk)) as (app, _):
        first = app.screen.query_one(Page).lines[0]
        assert first.key == "zhou"
        assert first.text.startswith("! ")
        assert "owns 1" in first.text


async def test_who_is_at_which_seat_is_seen(hotline: Hotline) -> None:
    hotline.contacted_late()
    hotline.desk.sit_down(Who("lin", "weekend-1"), hotline.now(), 1001)
    async with seat(hotline.desk, people(hotline.desk), size=LARGE) as (app, pilot):
        choose(app, "lin")
        await pilot.pause()
        assert "at a seat 1" in shown(app)
        assert "03-10 12:18" in shown(app)


async def test_others_are_told_why_they_may_not_look(desk: Desk) -> None:
    async with seat(desk, person="zhou") as (app, pilot):
        await pilot.press("f7")
        await settled(app, pilot)
        assert isinstance(app.screen, SeatScreen)
        assert "rulebook 5.1" in told(app)


async def test_somebody_is_found_by_a_part_of_the_name(desk: Desk) -> None:
    async with seat(desk, people(desk)) as (app, pilot):
        everybody = len(app.screen.query_one(Page).lines)
        await pilot.press("f", *"zho", "enter")
        await pilot.pause()
        assert [line.key for line in app.screen.query_one(Page).lines] == ["zhou"]
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen.query_one(Page).lines) == everybody
        await pilot.press("escape")
        assert isinstance(app.screen, SeatScreen)


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_hostile_name_stays_on_its_line(
    desk: Desk, lang: str, size: tuple[int, int]
) -> None:
    person = {"person": "bad", "name": HOSTILE + "长" * 80, "roles": "operator"}
    desk.do("add_person", person, Who(SYSTEM.key))
    async with seat(desk, people(desk), lang=lang, size=size) as (app, pilot):
        choose(app, "bad")
        await pilot.pause()
        text = shown(app)
        assert "坏" in text
        assert not {"\x1b", "\u202e"} & set(text)
        assert len(text.splitlines()) == size[1]


# --- accounts


async def test_somebody_is_added_with_a_form(desk: Desk) -> None:
    async with seat(desk, people(desk)) as (app, pilot):
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, CommandForm)
        await pilot.press(*"yao.min", "tab", *"Yao", "f10")
        await settled(app, pilot)
        assert isinstance(app.screen, PeopleScreen)
        assert app.screen.query_one(Page).key == "yao.min"
        assert "Written down: Yao" in told(app)
    person = desk.directory.get("yao.min")
    assert person is not None
    assert person.roles == {"operator"}


async def test_a_refusal_stays_in_the_form_with_its_field(desk: Desk) -> None:
    async with seat(desk, people(desk)) as (app, pilot):
        await pilot.press("n", *"Yao Min", "tab", *"Yao", "f10")
        await settled(app, pilot)
        assert isinstance(app.screen, CommandForm)
        assert "cannot be a person's key" in told(app)
        assert "Yao Min" in shown(app)
        assert "! person" in shown(app)
    assert desk.directory.find("Yao") is None


async def test_only_what_was_changed_is_written_down(desk: Desk) -> None:
    async with seat(desk, people(desk)) as (app, pilot):
        choose(app, "zhou")
        await pilot.press("c")
        await pilot.pause()
        form = app.screen
        assert isinstance(form, CommandForm)
        form.sheet.go_to("extension")
        await pilot.press("end", "backspace", "backspace", "backspace", "backspace", "f10")
        await settled(app, pilot)
        assert isinstance(app.screen, PeopleScreen)
    fact = desk.store.load("person:zhou")[-1]
    assert (fact.kind, dict(fact.body)) == ("person_changed", {"extension": ""})


async def test_who_may_not_manage_people_may_look_and_is_refused(desk: Desk) -> None:
    person = {"person": "qiao", "name": "乔", "roles": "shift_lead"}
    desk.do("add_person", person, Who(SYSTEM.key))
    async with seat(desk, people(desk, "qiao"), person="qiao") as (app, pilot):
        for key in "ncpk":
            await pilot.press(key)
            await settled(app, pilot)
            assert isinstance(app.screen, PeopleScreen)
            assert "rulebook 5.1" in told(app)


async def test_leaving_is_asked_twice_and_can_be_undone(desk: Desk) -> None:
    def active() -> bool:
        person = desk.directory.get("zhou")
        return person is not None and person.active

    async with seat(desk, people(desk)) as (app, pilot):
        choose(app, "zhou")
        await pilot.press("d")
        await settled(app, pilot)
        assert active()
        assert "Press D again" in told(app)
        await pilot.press("d")
        await settled(app, pilot)
        assert not active()
        assert "has left" in row_of(app, "zhou")
        choose(app, "zhou")
        await pilot.press("d", "d")
        await settled(app, pilot)
        assert active()


# --- what somebody owns who leaves


async def test_whoever_owns_open_cases_is_shown_with_them_first(hotline: Hotline) -> None:
    hotline.contacted_late()
    hotline.complaint()
    async with seat(hotline.desk, people(hotline.desk)) as (app, pilot):
        choose(app, "lin")
        await pilot.press("d")
        await settled(app, pilot)
        assert isinstance(app.screen, OwnedScreen)
        assert "林晓 Lin owns 2" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press(*"zho", "tab", *"leave", "f10")
        await settled(app, pilot)
        assert "waits for 周宁 Zhou" in told(app)
        await pilot.press("down", "enter", "f10")
        await settled(app, pilot)
        assert shown(app).count("waits for 周宁 Zhou") >= 2, "the reason need not be typed again"
        await pilot.press("d")
        await settled(app, pilot)
        assert "still owns 2" in told(app)
        await pilot.press("d")
        await settled(app, pilot)
    assert [hotline.desk.case(n).value("successor") for n in (1001, 1002)] == ["zhou", "zhou"]
    person = hotline.desk.directory.get("lin")
    assert person is not None
    assert not person.active


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(("lang", "word"), [("zh", "移交首问"), ("en", "offer it")])
async def test_the_cases_of_an_owner(
    hotline: Hotline, lang: str, word: str, size: tuple[int, int]
) -> None:
    number = hotline.contacted_late()
    async with seat(hotline.desk, OwnedScreen("lin"), lang=lang, size=size) as (app, _):
        text = shown(app)
        assert str(number) in text
        assert "长沙公交场站" in text
        assert word in text


# --- PIN and keys


async def test_a_pin_is_typed_twice_and_never_shown(desk: Desk) -> None:
    async with seat(desk, people(desk)) as (app, pilot):
        choose(app, "zhou")
        await pilot.press("p")
        await pilot.pause()
        assert isinstance(app.screen, PinForm)
        await pilot.press(*PIN, "tab", *"1111", "f10")
        await settled(app, pilot)
        assert "not the same" in told(app)
        assert PIN not in shown(app)
        await pilot.press(*["backspace"] * 4, *PIN, "f10")
        await settled(app, pilot)
        assert isinstance(app.screen, PeopleScreen)
        assert "PIN" in row_of(app, "zhou")
    credentials = desk.store.credentials("zhou")
    assert credentials is not None
    assert is_right(credentials[0], PIN)


async def test_a_pin_that_cannot_be_one_is_refused_in_place(desk: Desk) -> None:
    async with seat(desk, people(desk)) as (app, pilot):
        choose(app, "zhou")
        await pilot.press("p", *"12", "tab", *"12", "f10")
        await settled(app, pilot)
        assert isinstance(app.screen, PinForm)
        assert "at least 4 digits" in told(app)
    assert not desk.has_pin("zhou")


async def test_a_key_is_added_seen_and_taken_away(desk: Desk) -> None:
    async with seat(desk, people(desk), size=LARGE) as (app, pilot):
        choose(app, "zhou")
        await pilot.press("k")
        await pilot.pause()
        form = app.screen
        assert isinstance(form, CommandForm)
        field = form.sheet.field("key")
        assert field is not None
        field.value = KEY  # type: ignore[attr-defined]
        await pilot.press("f10")
        await settled(app, pilot)
        assert "keys 1" in row_of(app, "zhou")
        assert "SHA256:" in shown(app)
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("f10")
        await settled(app, pilot)
        assert "keys" not in row_of(app, "zhou")
    person = desk.directory.get("zhou")
    assert person is not None
    assert person.keys == ()
