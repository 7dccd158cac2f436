"""The help: every key of the screen one comes from, every command, every sign."""

from __future__ import annotations

import gc
import weakref

import pytest

from console.desk import Desk
from console.domain.commands import COMMANDS
from console.screens import help_view, key_labels, keymap
from console.screens.help import HelpScreen
from console.screens.seat import SeatScreen
from console.speech import Speech
from console.widgets.countdown import UNICODE
from console.widgets.page import Page
from tests.screens.hotline import LARGE, SMALL, seat, shown

KEYS = keymap.load(keymap.SHIPPED.parent / "nowhere")


def text(screen: str, wanted: str = "", lang: str = "en", width: int = 160) -> str:
    lines = help_view.lines(screen, KEYS, wanted, Speech(lang), width)
    return "\n".join(line.text for line in lines)


@pytest.mark.parametrize(
    ("screen", "action"), [(screen, action) for screen in KEYS for action in KEYS[screen]]
)
def test_every_shipped_key_is_described(screen: str, action: str) -> None:
    assert action in key_labels.LABELS[screen]
    assert screen in key_labels.SCREENS


@pytest.mark.parametrize("screen", list(key_labels.LABELS))
def test_no_key_is_described_that_does_not_exist(screen: str) -> None:
    assert set(key_labels.LABELS[screen]) <= set(KEYS[screen])


def test_an_installations_own_key_is_shown() -> None:
    own = {**KEYS, "seat": {**KEYS["seat"], "note": "m"}}
    lines = [line.text for line in help_view.lines("seat", own, "", Speech("en"), 80)]
    assert [line.split()[0] for line in lines if line.endswith("write a note")] == ["M"]


def test_every_command_is_listed_with_its_fields() -> None:
    page = text("seat", width=400)
    for command in COMMANDS.values():
        row = next(line for line in page.splitlines() if line.split()[:1] == [command.name])
        for param in command.params:
            assert param.label.en + ("*" if param.required else "") in row


def test_every_sign_of_a_clock_is_in_the_legend() -> None:
    page = text("seat")
    for sign in (UNICODE.breached, UNICODE.overdue, UNICODE.amber, UNICODE.now, UNICODE.timely):
        assert sign in page


def test_typed_words_narrow_it_down_and_all_have_to_be_there() -> None:
    lines = text("seat", "contacted verify").splitlines()
    assert lines
    rest = [line for line in lines if "─" not in line]
    assert rest
    assert all("contacted" in line.casefold() and "verify" in line.casefold() for line in rest)


def test_a_case_also_lists_the_keys_it_shares_with_the_seat() -> None:
    assert "write a note" in text("case")
    assert "open a new case" not in text("case")


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(("lang", "word"), [("zh", "核实是否已联系"), ("en", "verify that the")])
async def test_it_opens_in_the_readers_language(
    desk: Desk, lang: str, word: str, size: tuple[int, int]
) -> None:
    async with seat(desk, HelpScreen("seat"), lang=lang, size=size) as (app, _):
        assert word in shown(app)


async def test_typing_searches_and_escape_returns(desk: Desk) -> None:
    async with seat(desk) as (app, pilot):
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press(*"custody")
        await pilot.pause()
        page = app.screen.query_one(Page).text
        assert "take_custody" in page
        assert "write a note" not in page
        await pilot.press(*"zzz")
        await pilot.pause()
        assert "Nothing is found for “custodyzzz”" in shown(app)
        await pilot.press("escape")
        assert isinstance(app.screen, SeatScreen)


async def test_the_arrows_reach_what_is_below(desk: Desk) -> None:
    async with seat(desk, HelpScreen("seat")) as (app, pilot):
        assert "person_added" not in shown(app)
        before = shown(app)
        await pilot.press("pagedown")
        await pilot.pause()
        assert shown(app) != before
        await pilot.press("up")
        await pilot.pause()
        assert app.screen.query_one("#wanted").has_focus


async def test_a_closed_screen_is_let_go(desk: Desk) -> None:
    async with seat(desk) as (app, pilot):
        screen = HelpScreen("seat")
        kept = weakref.ref(screen)
        await app.push_screen(screen)
        del screen
        await pilot.press("escape")
        await pilot.pause()
        gc.collect()
        assert kept() is None
