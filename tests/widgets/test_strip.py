"""The call strip: oldest first, counting up, with a selection that follows its call."""

from __future__ import annotations

import pytest

from console.domain.board import StripRow
from console.widgets.labels import StripWords
from console.widgets.strip import CallStrip
from tests.widgets.hosts import NOW, OneWidget, Words, cell_of, text_of


def call(number: int, *, state: str = "ringing", claimed_by: str = "") -> StripRow:
    known = (3, 1, 1042, "lina") if number % 2 else (0, 0, 0, "")
    caller = "深圳供电 张工" if number % 2 else ""
    texts = (f"c{number}", f"139 5550 {number:04}", "广东 深圳", caller, state)
    return StripRow(*texts, NOW - 7 * number, *known, claimed_by, ("8001",))


STALE = NOW + 60


def ink_of(strip: CallStrip, part: str) -> object:
    """The style in which a part of the first line is painted."""
    return next(segment.style for segment in strip.render_line(0) if part in segment.text)


def strip_of(*calls: StripRow, most: int = 3) -> CallStrip:
    strip = CallStrip(Words(), StripWords(), NOW, most=most)
    strip.update_rows(calls)
    return strip


async def test_it_is_as_high_as_there_are_calls() -> None:
    strip = strip_of()
    async with OneWidget(strip).run_test(size=(100, 20)) as pilot:
        await pilot.pause()
        assert strip.size.height == 0
        strip.update_rows([call(1), call(2)])
        await pilot.pause()
        assert strip.size.height == 2
        strip.update_rows([call(number) for number in range(1, 7)])
        await pilot.pause()
        assert strip.size.height == 3
        assert text_of(strip, 2).rstrip().endswith("+3 more")


async def test_a_line_says_who_calls_for_how_long_and_what_is_known() -> None:
    strip = strip_of(call(1), call(2), call(3, claimed_by="wang"))
    async with OneWidget(strip).run_test(size=(100, 20)) as pilot:
        await pilot.pause()
        first, second, third = (text_of(strip, y) for y in range(3))
        assert first.split()[:5] == ["▌▶", "00:07", "ringing", "139", "5550"]
        assert "深圳供电 张工" in first
        assert "history 3 · open 1 · owner lina" in first
        assert "unknown caller" in second
        assert "history" not in second
        assert "taken by wang" in third
        assert len({cell_of(line, "广东") for line in (first, second, third)}) == 1


async def test_the_age_counts_up() -> None:
    strip = strip_of(call(1))
    async with OneWidget(strip).run_test(size=(100, 20)) as pilot:
        await pilot.pause()
        assert strip.wake == NOW + 1
        strip.tick(NOW + 2)
        await pilot.pause()
        assert "00:09" in text_of(strip, 0)


async def test_the_selection_follows_its_call_and_shows_hidden_ones() -> None:
    strip = strip_of(*(call(number) for number in range(1, 7)))
    async with OneWidget(strip).run_test(size=(100, 20)) as pilot:
        await pilot.press("down", "down", "down")
        assert strip.call == "c4"
        assert text_of(strip, 2).startswith("▌")
        strip.update_rows([call(4), call(5)])
        assert strip.call == "c4"
        strip.update_rows([call(5)])
        assert strip.call == "c5"
        strip.update_rows([])
        assert strip.call == ""
        await pilot.press("enter", "up")


@pytest.mark.parametrize("width", [40, 60, 80, 200])
async def test_every_line_is_exactly_as_wide_as_the_strip(width: int) -> None:
    strip = strip_of(*(call(number) for number in range(1, 7)))
    async with OneWidget(strip).run_test(size=(width, 20)) as pilot:
        await pilot.pause()
        assert [strip.render_line(y).cell_length for y in range(3)] == [width] * 3


async def test_a_claim_turns_amber_when_it_grows_stale_and_not_before() -> None:
    row = call(1, claimed_by="wang")._replace(stale_at=STALE)
    strip = strip_of(row)
    async with OneWidget(strip).run_test(size=(100, 20)) as pilot:
        await pilot.pause()
        fresh = ink_of(strip, "taken by wang")
        strip.tick(STALE - 1)
        await pilot.pause()
        assert ink_of(strip, "taken by wang") == fresh
        strip.tick(STALE)
        await pilot.pause()
        assert ink_of(strip, "taken by wang") != fresh
