"""What somebody chooses for their own seat, and what becomes of it: language, colours, the
bell, the title of the window, the first tab."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.app import SeatApp
from console.desk import Desk
from console.desk.pins import set_pin
from console.domain.board import BoardClock, BoardRow
from console.domain.cleantext import is_clean
from console.screens.alarms import Alarms
from console.screens.preferences import KEY, SETTINGS, Preferences, read
from console.screens.seat import SeatScreen
from console.screens.settings import SettingsScreen
from console.screens.window_title import KEEP, RESTORE, WindowTitle
from console.widgets.page import Page
from tests.installations import OPENING, HandSet
from tests.screens.hotline import LARGE, SMALL, Hotline, seat, shown

PIN = "2468"


@pytest.fixture
def hotline(desk: Desk, now: HandSet) -> Hotline:
    return Hotline(desk, now)


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every sound of the bell."""
    bells: list[str] = []
    monkeypatch.setattr(SeatApp, "bell", lambda _: bells.append("bell"))
    return bells


def choose(app: SeatApp, key: str) -> None:
    app.screen.query_one(Page).choose(key)


def tick(app: SeatApp) -> None:
    """The seat looks at its clocks, as it does when one of them turns."""
    screen = app.screen_stack[1]
    assert isinstance(screen, SeatScreen)
    screen._tick()


# --- what is kept


@given(
    st.dictionaries(st.sampled_from([*(one.key for one in SETTINGS), "x"]), st.text() | st.none())
)
def test_whatever_was_kept_something_usable_is_read(values: dict[str, object]) -> None:
    preferences = read(values)
    for setting in SETTINGS:
        assert getattr(preferences, setting.key) in {value for value, _ in setting.options}


def test_every_choice_is_kept_as_it_is() -> None:
    for setting in SETTINGS:
        for value, _ in setting.options:
            assert getattr(read({setting.key: value}), setting.key) == value


# --- the screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(
    ("lang", "label", "chosen"),
    [("zh", "先打开的页签", "[全部]"), ("en", "tab that opens", "[all]")],
)
async def test_every_setting_with_its_choices(
    desk: Desk, lang: str, label: str, chosen: str, size: tuple[int, int]
) -> None:
    async with seat(desk, SettingsScreen(), lang=lang, size=size) as (app, _):
        line = next(line for line in shown(app).splitlines() if label in line)
        assert chosen in line


async def test_a_language_holds_at_once_and_at_the_next_sign_on(desk: Desk) -> None:
    async with seat(desk) as (app, pilot):
        await pilot.press("f6", "right", "right")
        await pilot.pause()
        assert app.preferences.lang == "en"
        await pilot.press("left")
        await pilot.pause()
        assert "[中文]" in shown(app)
        assert "语言" in shown(app)
        app.leave()
    facts = [fact.kind for fact in desk.store.load("person:lin")]
    assert facts == ["person_added"], "nothing of it is journaled"
    async with seat(desk, lang="en") as (app, _):
        assert app.speech.lang == "zh"
        assert "工单" in shown(app)
    async with seat(desk, lang="en", person="qin") as (app, _):
        assert app.speech.lang == "en", "everybody has their own"


async def test_a_language_the_command_line_names_holds(desk: Desk) -> None:
    async with seat(desk) as (app, pilot):
        await pilot.press("f6", "right")
        await pilot.pause()
        app.leave()
    app = SeatApp(desk, "lin", "en")
    app.keeps_language = True
    async with app.run_test(size=SMALL):
        assert app.speech.lang == "en"


async def test_the_next_person_gets_what_the_installation_says(desk: Desk) -> None:
    set_pin(desk.store, "lin", PIN)
    set_pin(desk.store, "zhou", PIN)
    async with seat(desk) as (app, pilot):
        app.prefer(Preferences(lang="zh", theme="console-day", tab="own"))
        app.become("zhou")
        await pilot.pause()
        assert (app.speech.lang, app.theme) == ("en", "console-night")
        app.become("lin")
        await pilot.pause()
        assert (app.speech.lang, app.theme) == ("zh", "console-day")
        assert "[1 我首问 0]" in shown(app)


async def test_colours_change_at_once(desk: Desk) -> None:
    async with seat(desk, SettingsScreen()) as (app, pilot):
        choose(app, "theme")
        for theme in ("console-night", "console-day", "console-plain", "console-night"):
            await pilot.press("enter")
            await pilot.pause()
            assert app.theme == theme


async def test_the_first_tab_is_the_chosen_one(hotline: Hotline) -> None:
    hotline.contacted_late()
    async with seat(hotline.desk) as (app, _):
        assert "[5 all 1]" in shown(app)
        app.prefer(Preferences(tab="to_verify"))
        app.leave()
    async with seat(hotline.desk) as (app, _):
        assert "[3 to verify 1]" in shown(app)


async def test_settings_are_no_parked_form(desk: Desk) -> None:
    async with seat(desk) as (app, pilot):
        app.prefer(Preferences(tab="own"))
        screen = app.screen
        assert isinstance(screen, SeatScreen)
        screen.count_parked()
        await pilot.pause()
        assert [one.key for one in app.drafting.of("lin")] == [KEY]
        assert "parked" not in shown(app)


# --- the bell


def row(*clocks: BoardClock, owner: str = "lin", custodian: str = "", **names: str) -> BoardRow:
    given = {"assignee": "he", "tracker": "", "offered": "", **names}
    return BoardRow(
        case=1001,
        version=1,
        state="dispatched",
        line="power",
        category="technical",
        division="",
        customer="x",
        owner=owner,
        custodian=custodian,
        marks=(),
        clocks=clocks,
        **given,
    )


HARD = BoardClock("contact", "hard", 0, 600, 900)


def test_a_clock_is_told_of_when_it_turns_and_once() -> None:
    alarms = Alarms()
    alarms.begin([row(HARD)], "lin", 100)
    assert alarms.wake == 600
    assert alarms.look(599) == set()
    assert alarms.look(600) == {"amber"}
    assert alarms.look(700) == set()
    assert alarms.wake == 901
    assert alarms.look(900) == set()
    assert alarms.look(901) == {"breach"}
    assert alarms.look(902) == set()


def test_how_it_stood_when_one_came_is_no_news() -> None:
    alarms = Alarms()
    alarms.begin([row(HARD)], "lin", 700)
    assert alarms.look(701) == set()
    assert alarms.look(901) == {"breach"}


def test_only_the_clocks_one_answers_for() -> None:
    for person, expected in (("lin", {"amber"}), ("he", {"amber"}), ("zhou", set())):
        alarms = Alarms()
        alarms.begin([row(HARD)], person, 0)
        assert alarms.look(600) == expected
    alarms = Alarms()
    alarms.begin([row(HARD, custodian="zhou", assignee="")], "lin", 0)
    assert alarms.look(600) == set(), "whoever holds it off shift gets its alarms (D-19)"
    alarms.patch({1001: row(HARD, custodian="", assignee="")})
    assert alarms.look(650) == set(), "it was amber when it came back"
    assert alarms.look(901) == {"breach"}
    alarms.patch({1001: None})
    assert alarms.look(2000) == set()


def asked(hotline: Hotline) -> tuple[int, int]:
    """A case with a promise, a minute before that turns amber; whatever else is to be done is
    late already. -> when the promise turns amber, when it is broken."""
    case = hotline.do("open", number=OPENING["contact_phone"], **OPENING).case
    hotline.do("promise", case=case, due="18:00", text="18:00前答复", reason="查图纸")
    clock = next(one for one in hotline.desk.board()[0].clocks if one.key == "promise")
    assert clock.amber
    assert clock.due
    hotline.now.at = clock.amber - 60
    return clock.amber, clock.due + 1


def nobody_types(app: SeatApp) -> None:
    app._idle._touched -= 10


async def test_the_bell_sounds_for_a_ring_an_amber_and_a_breach(
    hotline: Hotline, rung: list[str]
) -> None:
    turns = asked(hotline)
    async with seat(hotline.desk) as (app, _):
        nobody_types(app)
        hotline.do("ring", number="13955500007")
        app.feed.look()
        assert rung == ["bell"]
        for at in turns:
            rung.clear()
            hotline.now.at = at
            tick(app)
            assert rung == ["bell"]
            tick(app)
            assert rung == ["bell"], "once"


@pytest.mark.parametrize("kind", ["ring", "amber", "breach"])
async def test_each_bell_can_be_turned_off(hotline: Hotline, rung: list[str], kind: str) -> None:
    turns = asked(hotline)
    async with seat(hotline.desk) as (app, _):
        nobody_types(app)
        app.prefer(Preferences(**{kind: "off"}))
        hotline.do("ring", number="13955500007")
        app.feed.look()
        for at in turns:
            hotline.now.at = at
            tick(app)
        assert len(rung) == 2


async def test_no_bell_of_a_clock_while_somebody_types(hotline: Hotline, rung: list[str]) -> None:
    amber, _ = asked(hotline)
    async with seat(hotline.desk) as (app, _):
        app._idle.touch()
        hotline.now.at = amber
        tick(app)
        assert rung == []
        nobody_types(app)
        tick(app)
        assert rung == ["bell"]


# --- the title of the window


@given(st.text(max_size=200))
def test_no_title_can_hold_a_control_character(text: str) -> None:
    written: list[str] = []
    title = WindowTitle(written.append, "xterm-256color")
    title.show(text)
    inside = "".join(written).removeprefix(KEEP).removeprefix("\x1b]2;").removesuffix("\x07")
    assert is_clean(inside)
    assert len(inside) <= 60


def test_the_title_there_was_comes_back() -> None:
    written: list[str] = []
    title = WindowTitle(written.append, "tmux-256color")
    title.show("")
    assert written == [], "most seats never say anything"
    for text in ("▶ calls 1", "▶ calls 1", "! overdue 1", ""):
        title.show(text)
    assert written == [f"{KEEP}\x1b]2;▶ calls 1\x07", "\x1b]2;! overdue 1\x07", RESTORE]
    title.restore()
    assert written[-1] == RESTORE
    assert len(written) == 3


@pytest.mark.parametrize("terminal", ["linux", "dumb", ""])
def test_a_terminal_without_a_window_is_left_alone(terminal: str) -> None:
    written: list[str] = []
    title = WindowTitle(written.append, terminal)
    title.show("▶ calls 1")
    title.restore()
    assert written == []


@pytest.mark.parametrize(("lang", "word"), [("zh", "▶ 来电 1"), ("en", "▶ calls 1")])
async def test_it_says_that_somebody_calls_and_names_nobody(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch, lang: str, word: str
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    _, late = asked(hotline)
    async with seat(hotline.desk, lang=lang) as (app, _):
        before = app.window_title.text
        assert "▶" not in before
        hotline.do("ring", number="073155502187", call="x")
        app.feed.look()
        assert app.window_title.text.startswith(word)
        hotline.now.at = late
        tick(app)
        assert app.window_title.text.startswith(word + "  ! ")
        assert "公交" not in app.window_title.text
        assert "2187" not in app.window_title.text
