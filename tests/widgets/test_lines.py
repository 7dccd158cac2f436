"""The title bar and the key hints: one line each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.geometry import Region

from console.widgets.hints import Hint, Hints, fitting
from console.widgets.titlebar import Title, TitleBar, TitleWords
from tests.widgets.hosts import NOW, OneWidget, text_of

TITLE = Title("李娜 Li Na", owned=7, breached=1, calls=2, missed=0, seat="seat 3")
HINTS = [Hint("A", "接听"), Hint("N", "new", 1), Hint("W", "why", 2), Hint("?", "help")]


class WatchedTitleBar(TitleBar):
    """A title bar that remembers which cells it asked to repaint."""

    def __init__(self) -> None:
        self.asked: list[Region] = []
        super().__init__(TitleWords(), NOW, lambda at: f"{at // 60 % 60:02}m")

    def refresh(self, *regions: Region, **options: bool) -> WatchedTitleBar:
        self.asked += regions
        super().refresh(*regions, **options)
        return self


async def test_the_title_bar_says_who_acts_and_what_is_pending() -> None:
    bar = WatchedTitleBar()
    async with OneWidget(bar).run_test(size=(80, 5)) as pilot:
        bar.show(TITLE)
        await pilot.pause()
        line = text_of(bar, 0)
        assert "李娜 Li Na  owner 7  ! overdue 1  ▶ calls 2" in line
        assert "missed" not in line
        assert line.endswith("seat 3 ")
        assert bar.render_line(0).cell_length == 80


async def test_it_repaints_only_the_cells_that_changed() -> None:
    bar = WatchedTitleBar()
    async with OneWidget(bar).run_test(size=(80, 5)) as pilot:
        bar.show(TITLE)
        await pilot.pause()
        where = text_of(bar, 0).index("7") + 2
        bar.asked.clear()
        bar.show(replace(TITLE, owned=8))
        assert bar.asked == [Region(where, 0, 1, 1)]
        bar.show(replace(TITLE, owned=8))
        bar.tick(bar.wake - 1)
        assert len(bar.asked) == 1
        bar.tick(bar.wake)
        assert len(bar.asked) == 2
        assert bar.asked[1].right <= 4


async def test_a_warning_stays_when_the_seat_must_go() -> None:
    bar = WatchedTitleBar()
    async with OneWidget(bar).run_test(size=(80, 5)) as pilot:
        bar.show(replace(TITLE, banner="calendar ends in 3 days"))
        await pilot.pause()
        assert "! calendar ends in 3 days" in text_of(bar, 0)
        assert "seat 3" not in text_of(bar, 0)


@pytest.mark.parametrize(
    ("width", "keys"), [(80, "ANW?"), (28, "AN?"), (17, "A?"), (9, "A"), (3, "")]
)
def test_hints_give_way_by_rank(width: int, keys: str) -> None:
    assert "".join(hint.key for hint in fitting(HINTS, width)) == keys


async def test_the_hints_are_one_line() -> None:
    hints = Hints(HINTS)
    async with OneWidget(hints).run_test(size=(30, 5)) as pilot:
        await pilot.pause()
        assert text_of(hints, 0).split() == ["A", "接听", "N", "new", "?", "help"]
        hints.show(HINTS[:1])
        assert text_of(hints, 0).rstrip() == " A 接听"
        assert hints.render_line(0).cell_length == 30
