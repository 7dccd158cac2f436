"""Rewriting only the cells that changed, for what ticks every second.

The compositor repaints a changed span from the widget's left edge, with position and
colours for each line: some 60 bytes for a countdown of which one digit moved. With forty
countdowns under ten minutes that is 2 KB a second over the operator's line. Here the
digits are written alone, line after line in one colour: some 6 bytes each.

This goes past the compositor, so it is done only where nothing else has a say: a real
terminal, the screen on top, no repaint under way, and no widget over these cells. In
every other case the caller repaints in the ordinary way. It leans on internals of the
toolkit, whose version is pinned exactly; all of them are in this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

_TEXT = "x"
"""Stands for the text when only the codes around it are wanted."""


class Change(NamedTuple):
    """The first cells of line `y` of a widget: what the terminal shows and what it should."""

    y: int
    before: Segment
    after: Segment


class _Patch(NamedTuple):
    """Text to be written at a place of the screen."""

    x: int
    y: int
    text: str


def write_cells(widget: Widget, changes: Sequence[Change]) -> bool:
    """Write what differs between the two texts of each change, which are equally wide.

    False when that is not safe now; nothing was written then.
    """
    app = widget.app
    driver = app._driver
    width = max((change.after.cell_length for change in changes), default=0)
    if driver is None or driver.is_headless or driver.is_inline or not _free(widget, width):
        return False
    left, top = widget.content_region.offset
    groups: dict[Style | None, list[_Patch]] = {}
    for change in sorted(changes):
        patch = _patch(change, left, top)
        if patch.text:
            groups.setdefault(change.after.style, []).append(patch)
    output = "".join(_written(widget, style, patches) for style, patches in groups.items())
    if output:
        column, line = widget.screen.outer_size.clamp_offset(app.cursor_position)
        driver.write(f"{output}\x1b[{line + 1};{column + 1}H")
        driver.flush()
    # The lines the toolkit keeps are stale now: let it render them when it next needs them.
    regions = [Region(0, change.y, width, 1).translate(widget.content_offset) for change in changes]
    widget._styles_cache.set_dirty(*regions)
    return True


def _free(widget: Widget, width: int) -> bool:
    """Whether the first `width` columns of the widget are in view and nobody else's."""
    app = widget.app
    if app._batch_count or app.screen is not widget.screen or widget._repaint_regions:
        return False
    visible = widget.screen._compositor.visible_widgets
    if widget not in visible or not visible[widget][1].contains_region(widget.region):
        return False
    area = Region(*widget.content_region.offset, width, widget.content_size.height)
    mine = {widget, *widget.ancestors}
    return not any(
        region.intersection(clip).overlaps(area)
        for other, (region, clip) in visible.items()
        if other not in mine
    )


def _patch(change: Change, left: int, top: int) -> _Patch:
    """From the first character that differs to the last; all of it in another style."""
    before, after = change.before.text, change.after.text
    start, stop = 0, len(after)
    if change.before.style == change.after.style:
        while start < stop and before[start : start + 1] == after[start]:
            start += 1
        shared = 0
        while shared < stop - start and before[-shared - 1 :][:1] == after[-shared - 1]:
            shared += 1
        if cell_len(before[start : len(before) - shared]) == cell_len(after[start : stop - shared]):
            stop -= shared
    return _Patch(left + cell_len(after[:start]), top + change.y, after[start:stop])


def _written(widget: Widget, style: Style | None, patches: list[_Patch]) -> str:
    """The patches of one style: its codes once, and the shortest way from each to the next."""
    strip = Strip([Segment(_TEXT, style)], 1)
    for line_filter in widget.get_line_filters():
        strip = strip.apply_filter(line_filter, widget.background_colors[1])
    start, _, end = strip.render(widget.app.console).partition(_TEXT)
    output = [start]
    x = y = -1
    for patch in patches:
        output.append(_move(x, y, patch))
        output.append(patch.text)
        x, y = patch.x + cell_len(patch.text), patch.y
    output.append(end)
    return "".join(output)


def _move(x: int, y: int, to: _Patch) -> str:
    """From cell (x, y) to a patch, downwards by relative steps when that is shorter."""
    absolute = f"\x1b[{to.y + 1};{to.x + 1}H"
    down, back = to.y - y, x - to.x
    if y < 0 or down < 1 or back < 0:
        return absolute
    relative = f"\x1b[{'' if down == 1 else down}B" + "\b" * back
    return relative if len(relative) < len(absolute) else absolute
