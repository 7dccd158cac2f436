"""The pictures of the documentation: all there, all used, and the same every time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style

from scripts import cells, screenshots

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
SHOWN = {
    Path(target).stem
    for page in PAGES
    for target in re.findall(r"!\[[^\]]*\]\(([^)]*pictures/[^)]*)\)", page.read_text("utf-8"))
}
has_fonts = pytest.mark.skipif(
    not all(path.exists() for path in (*cells.CHINESE.values(), *cells.SIGNS.values())),
    reason="needs the fonts of fonts-noto-cjk and fonts-dejavu-core",
)


def test_every_picture_is_drawn_and_there() -> None:
    drawn = {shot.name for shot in screenshots.SHOTS}
    assert {path.stem for path in screenshots.PICTURES.iterdir()} == drawn
    assert drawn >= SHOWN


async def test_the_same_seat_looks_the_same(tmp_path: Path) -> None:
    shot = screenshots.SHOTS[0]
    seen = []
    for name in ("one", "other"):
        desk = screenshots.furnished(tmp_path / name)
        screenshots.ring(desk)
        seen.append(await screenshots.rows(desk, shot))
        desk.store.close()
    assert seen[0] == seen[1]
    text = "".join(segment.text for row in seen[0] for segment in row)
    assert "09:41" in text
    assert "响铃" in text


@has_fonts
def test_every_character_stands_in_its_own_cells() -> None:
    row = [Segment("a中▲", Style(color="#ffffff", bgcolor="#000000"))]
    image = cells.picture([row], 4)
    assert image.size == (4 * cells.WIDE + 2 * cells.MARGIN, cells.HIGH + 2 * cells.MARGIN)
    for first, last in ((0, 1), (1, 3), (3, 4)):
        box = [cells.MARGIN + cells.WIDE * first, cells.MARGIN]
        box += [cells.MARGIN + cells.WIDE * last, cells.MARGIN + cells.HIGH]
        inked = image.crop(tuple(box)).convert("L").getbbox()  # type: ignore[arg-type]
        assert inked is not None
        left, _, right, _ = inked
        assert left > 0 or last - first == 1
        assert right <= (last - first) * cells.WIDE
