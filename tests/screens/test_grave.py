"""A case of the gravest kind: it looks and sounds like no other, and not by colour alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.app import SeatApp
from console.desk import Desk
from console.domain.board import GRAVE
from console.installation import open_desk
from console.screens import personal
from console.screens.seat import SeatScreen
from console.widgets.board import Board
from tests.incidents import Saturday, enabled
from tests.installations import OPENING, HandSet
from tests.screens.hotline import LARGE, SMALL, seat, settled, shown


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every sound of the bell; the three come at once."""
    bells: list[str] = []
    monkeypatch.setattr(SeatApp, "bell", lambda _: bells.append("bell"))
    monkeypatch.setattr(personal, "BELL_SECONDS", 0.001)
    return bells


@pytest.fixture
def saturday(desk: Desk, now: HandSet) -> Iterator[Saturday]:
    lease = desk.lease("worker")
    assert lease.take()
    yield Saturday(desk, now)
    lease.release()


def ordinary(saturday: Saturday) -> int:
    typed = {"number": OPENING["contact_phone"], **OPENING}
    number = saturday.do("open", **typed).case
    saturday.do("classify", case=number, category="technical", division="charging_pile")
    return number


def marks(saturday: Saturday, number: int) -> tuple[str, ...]:
    row = saturday.desk.board_row(number)
    assert row is not None
    return row.marks


@pytest.mark.parametrize(
    ("flag", "marked"),
    [
        ("quality_accident", (GRAVE,)),
        ("sg_batch", (GRAVE,)),
        ("sg_performance", ("severe",)),
        ("major_onsite", ("severe",)),
    ],
)
def test_the_mark_follows_from_the_severity_of_the_flag(
    saturday: Saturday, flag: str, marked: tuple[str, ...]
) -> None:
    number = ordinary(saturday)
    saturday.do("record", case=number, **{flag: "yes"})
    assert marks(saturday, number) == marked


def test_a_line_that_is_down_is_as_grave(data: Path, now: HandSet) -> None:
    enabled(data, "power", "robot")
    desk = open_desk(data, now)
    saturday = Saturday(desk, now)
    known = ("contact_name", "contact_phone", "employer", "reason", "need")
    values = {key: OPENING[key] for key in known} | {"line": "robot", "stage": "after_sales"}
    number = saturday.do("open", number="051255507788", **values).case
    assert marks(saturday, number) == ()
    saturday.do("record", case=number, emergency="yes")
    assert marks(saturday, number) == (GRAVE,)
    desk.store.close()


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(("lang", "word"), [("zh", "重大"), ("en", "MAJOR")])
async def test_sign_and_word_stand_in_the_title_and_on_the_board(
    saturday: Saturday, lang: str, word: str, size: tuple[int, int]
) -> None:
    saturday.recognised()
    other = ordinary(saturday)
    async with seat(saturday.desk, lang=lang, size=size) as (app, _):
        lines = shown(app).splitlines()
        assert f"◆ {word} 1" in lines[0]
        [grave] = [line for line in lines if str(saturday.number) in line and "计量" in line]
        assert "◆ 江西计量中心" in grave
        [usual] = [line for line in lines if str(other) in line and "长沙" in line]
        assert "◆" not in usual
        if size == LARGE:
            assert word in grave


async def test_sign_word_and_colour_are_not_those_of_any_other_case(saturday: Saturday) -> None:
    saturday.recognised()
    other = ordinary(saturday)
    async with seat(saturday.desk, lang="zh", size=LARGE) as (app, _):
        board = app.screen.query_one(Board)
        board.select(other)
        palette = board.palettes.plain
        rows = {row.case: row for row in saturday.desk.board()}
        styles = {
            number: {segment.style for segment in board._lines.body(row, 0, palette).segments}
            for number, row in rows.items()
        }
        assert palette.breached in styles[saturday.number]
        assert palette.breached not in styles[other]


async def test_three_bells_for_what_is_grave_and_one_for_a_ring(
    saturday: Saturday, rung: list[str]
) -> None:
    number = ordinary(saturday)
    async with seat(saturday.desk) as (app, pilot):
        saturday.do("ring", number="13955500007")
        app.feed.look()
        await settled(app, pilot)
        await pilot.pause(0.05)
        assert len(rung) == 1
        saturday.do("record", case=number, quality_accident="yes")
        app.feed.look()
        await settled(app, pilot)
        await pilot.pause(0.05)
        assert len(rung) == 4
        said = str(app.screen.query_one("#message").render())
        assert said == f"Case {number} is a major one: I shows whom to tell."


async def test_it_sounds_once_and_only_for_what_is_new(saturday: Saturday, rung: list[str]) -> None:
    saturday.recognised()
    async with seat(saturday.desk) as (app, pilot):
        assert rung == [], "what was grave when somebody sat down is no news"
        saturday.do("record", case=saturday.number, customer_indicator="yes")
        saturday.do("note", case=saturday.number, text="x")
        app.feed.look()
        await settled(app, pilot)
        await pilot.pause(0.05)
        assert rung == []


async def test_what_is_less_grave_does_not_sound(saturday: Saturday, rung: list[str]) -> None:
    number = ordinary(saturday)
    async with seat(saturday.desk) as (app, pilot):
        saturday.do("record", case=number, sg_performance="yes")
        app.feed.look()
        await settled(app, pilot)
        await pilot.pause(0.05)
        assert rung == []


async def test_who_wants_no_bells_hears_none_and_sees_it_all_the_same(
    saturday: Saturday, rung: list[str]
) -> None:
    from dataclasses import replace

    number = ordinary(saturday)
    async with seat(saturday.desk) as (app, pilot):
        app.prefer(replace(app.preferences, grave="off"))
        saturday.do("record", case=number, quality_accident="yes")
        app.feed.look()
        await settled(app, pilot)
        await pilot.pause(0.05)
        assert rung == []
        assert "◆ MAJOR 1" in shown(app).splitlines()[0]


async def test_one_key_from_there_to_whom_to_tell(saturday: Saturday) -> None:
    saturday.recognised()
    async with seat(saturday.desk, person="zhou") as (app, pilot):
        assert isinstance(app.screen, SeatScreen)
        await pilot.press("i")
        await pilot.pause()
        assert "MAJOR Tell at once" in shown(app)
