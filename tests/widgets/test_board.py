"""The board in an app: selection, changes, ticking, and alignment."""

from __future__ import annotations

import pytest

from console.widgets.countdown import EN, ZH, Units
from console.widgets.rowlist import RowList
from tests.widgets.hosts import (
    CHINESE,
    HOUR,
    NOW,
    CountingBoard,
    OneWidget,
    Words,
    cell_of,
    clock,
    row,
    rows,
    text_of,
)


async def test_the_selection_follows_the_case_not_the_line() -> None:
    board = CountingBoard(rows(5), Words())
    app = OneWidget(board)
    async with app.run_test(size=(80, 24)) as pilot:
        assert board.case == 1000
        await pilot.press("down", "down")
        assert board.case == 1002
        board.patch({7: row(7, clock(NOW + 60)), 1000: None})
        await pilot.pause()
        assert board.cases == (7, 1001, 1002, 1003, 1004)
        assert board.case == 1002
        assert text_of(board, 2).startswith("▌")
        board.update_rows(reversed(rows(4)))
        assert board.case == 1002
        assert board.cases == (1000, 1001, 1002, 1003)


async def test_when_the_selected_case_goes_the_next_one_is_selected() -> None:
    board = CountingBoard(rows(3), Words())
    app = OneWidget(board)
    async with app.run_test() as pilot:
        await pilot.press("down")
        board.patch({1001: None})
        assert board.case == 1002
        board.patch({1002: None})
        assert board.case == 1000
        board.patch({1000: None})
        assert board.case == 0
        assert board.row is None
        await pilot.pause()
        assert app.heard[-1] == ("selected", 0)
        await pilot.press("enter", "down")
        assert ("opened", 0) not in app.heard


async def test_enter_opens_the_selected_case() -> None:
    app = OneWidget(CountingBoard(rows(3), Words()))
    async with app.run_test() as pilot:
        await pilot.press("end", "enter")
        assert app.heard[-1] == ("opened", 1002)
        await pilot.press("home", "enter")
        assert app.heard[-1] == ("opened", 1000)


async def test_at_the_edge_the_board_scrolls_by_half_a_page() -> None:
    board = CountingBoard(rows(100), Words())
    async with OneWidget(board).run_test(size=(80, 20)) as pilot:
        await pilot.press(*["down"] * 19)
        assert board.scroll_y == 0
        await pilot.press("down")
        assert (board.case, board.scroll_y) == (1020, 10)
        await pilot.press("pagedown")
        assert board.case == 1039
        await pilot.press("end")
        assert (board.case, board.scroll_y) == (1099, 80)
        await pilot.press("home")
        assert (board.case, board.scroll_y) == (1000, 0)


async def test_on_a_scrolled_board_the_selected_line_stays_where_it_is() -> None:
    board = CountingBoard(rows(100), Words())
    async with OneWidget(board).run_test(size=(80, 20)) as pilot:
        await pilot.press(*["down"] * 25)
        line = 25 - board.scroll_y
        board.patch({7: row(7, clock(NOW + 60)), 8: row(8, clock(NOW + 61))})
        await pilot.pause()
        assert 27 - board.scroll_y == line
        assert text_of(board, round(line)).startswith("▌")


async def test_a_tick_that_changes_no_text_repaints_nothing() -> None:
    board = CountingBoard(rows(50, first_due=NOW + 2 * HOUR + 300), Words())
    async with OneWidget(board).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        assert board.wake == NOW + 301
        board.painted.clear()
        for second in (1, 2, 60, 300):
            board.tick(NOW + second)
            await pilot.pause()
        assert board.painted == []
        board.tick(board.wake)
        await pilot.pause()
        assert board.painted


async def test_a_tick_repaints_the_lines_in_view_whose_text_changed() -> None:
    urgent = [row(1, clock(NOW + 90)), row(2, clock(NOW + 300)), row(3, clock(NOW + 1800))]
    board = CountingBoard([*urgent, *rows(100, first_due=NOW + 2 * HOUR + 300)], Words())
    async with OneWidget(board).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        assert "01:30" in text_of(board, 0)
        board.painted.clear()
        board.tick(NOW + 1)
        await pilot.pause()
        assert sorted(set(board.painted)) == [0, 1, 2]
        assert "01:29" in text_of(board, 0)
        assert "29m" in text_of(board, 2)
        board.painted.clear()
        board.tick(NOW + 2)
        await pilot.pause()
        assert sorted(set(board.painted)) == [0, 1]


async def test_lines_out_of_view_cost_nothing() -> None:
    board = CountingBoard(rows(500, first_due=NOW + 90, apart=1), Words())
    async with OneWidget(board).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        board.painted.clear()
        board.tick(NOW + 1)
        await pilot.pause()
        assert sorted(board.painted) == list(range(20))


async def test_a_patch_repaints_only_the_lines_that_differ() -> None:
    board = CountingBoard(rows(100), Words())
    async with OneWidget(board).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        board.painted.clear()
        board.patch(
            {
                1005: row(1005, clock(NOW + 7 * HOUR), customer="Mo", version=2),
                1080: row(1080, clock(NOW + 82 * HOUR), customer="Mo", version=2),
            }
        )
        await pilot.pause()
        assert board.painted == [5]
        assert "Mo" in text_of(board, 5)


async def test_a_clock_set_back_repaints_the_board() -> None:
    board = CountingBoard(rows(3, first_due=NOW + 90), Words())
    async with OneWidget(board).run_test(size=(80, 20)) as pilot:
        board.tick(NOW + 30)
        board.tick(NOW)
        await pilot.pause()
        assert "01:30" in text_of(board, 0)


@pytest.mark.parametrize("width", [80, 200])
@pytest.mark.parametrize(("words", "units"), [(Words(), EN), (CHINESE, ZH)])
async def test_wide_characters_keep_the_columns_aligned(
    width: int, words: Words, units: Units
) -> None:
    customers = [
        "Acme GmbH",
        "深圳供电 张工",
        "广州地铁十八号线运维中心运维科陈主任办公室值班",
        "Ａ１",
    ]
    shown = [
        row(1000 + number, clock(NOW + 90 + number), clock(NOW + 9 * HOUR, key="repair"))._replace(
            customer=customer
        )
        for number, customer in enumerate(customers)
    ]
    board = CountingBoard(shown, words, units)
    async with OneWidget(board).run_test(size=(width, 20)) as pilot:
        await pilot.pause()
        strips = [board.render_line(y) for y in range(len(shown))]
        room = board.scrollable_content_region.width
        assert all(strip.cell_length == room for strip in strips)
        for part in (words.clock("contact"), words.person("wang"), words.mark("urged")):
            assert len({cell_of(strip.text, part) for strip in strips}) == 1
        further = words.clock("repair") + " "
        assert all((further in strip.text) == (width == 200) for strip in strips)


async def test_hostile_text_is_only_text() -> None:
    board = CountingBoard([row(1, clock(NOW + 90), customer="[red]\x1b[2Jx\u202e")], Words())
    async with OneWidget(board).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        assert "[red]x" in text_of(board, 0)
        assert text_of(board, 0).isprintable()


async def test_another_language_and_theme_repaint_everything() -> None:
    board = CountingBoard(rows(3), Words())
    app = OneWidget(board)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        before = board.render_line(1)
        board.speak(CHINESE, ZH)
        await pilot.pause()
        assert "联系客户" in text_of(board, 1)
        app.theme = "console-day"
        await pilot.pause()
        assert [part.style for part in board.render_line(1)] != [part.style for part in before]


def test_rows_keep_their_order_through_changes() -> None:
    listed = RowList()
    listed.replace(rows(4))
    listed.patch({1001: row(1001, clock(NOW + 99 * HOUR)), 1002: None, 5: row(5)})
    assert [shown.case for shown in listed.between(0, 9)] == [1000, 1003, 1001, 5]
    assert [listed.index_of(case) for case in (1000, 1003, 1001, 5, 1002)] == [0, 1, 2, 3, None]
    listed.patch({6: row(6, clock(None, level="now")), 7: row(7, clock(None, level="timely"))})
    assert [shown.case for shown in listed.between(0, 9)] == [6, 1000, 1003, 1001, 7, 5]
