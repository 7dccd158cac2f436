"""Draw what a terminal shows, cell by cell, as a PNG.

A converter of SVG pictures places text by the widths of whatever font it finds, and Chinese
beside Latin drifts. Here every character is put into its own cell. Needs Pillow and two
fonts, on Debian and Ubuntu `apt install fonts-noto-cjk fonts-dejavu-core`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

FONTS = Path("/usr/share/fonts")
CHINESE = {
    False: FONTS / "opentype/noto/NotoSansCJK-Regular.ttc",
    True: FONTS / "opentype/noto/NotoSansCJK-Bold.ttc",
}
SIGNS = {
    False: FONTS / "truetype/dejavu/DejaVuSansMono.ttf",
    True: FONTS / "truetype/dejavu/DejaVuSansMono-Bold.ttf",
}
FACE = "Noto Sans Mono CJK SC"

SIZE, SIGN_SIZE = 28, 23
WIDE, HIGH, BASELINE = SIZE // 2, 38, 29
"""Pixels of a cell, and of its top to the line the letters stand on."""
MARGIN = 14
EIGHTHS = "▁▂▃▄▅▆▇█"
BACKGROUND, FOREGROUND = "#14181d", "#d7dde5"

Font = ImageFont.FreeTypeFont
Rows = Sequence[Iterable[Segment]]


@cache
def chinese(bold: bool) -> Font:
    """The font of text, in which a Chinese character is as wide as two Latin ones."""
    index = 0
    while True:
        font = ImageFont.truetype(str(CHINESE[bold]), SIZE, index=index)
        if font.getname()[0] == FACE:
            return font
        index += 1


@cache
def font_of(character: str, bold: bool) -> Font:
    """The text font, or that of signs it has only as wide ones, such as ▲ and …."""
    font = chinese(bold)
    if cell_len(character) == 2 or round(font.getlength(character)) == WIDE:
        return font
    return ImageFont.truetype(str(SIGNS[bold]), SIGN_SIZE)


def picture(rows: Rows, columns: int) -> Image.Image:
    """The rows of a screen of that many columns."""
    size = (columns * WIDE + 2 * MARGIN, len(rows) * HIGH + 2 * MARGIN)
    image = Image.new("RGB", size, BACKGROUND)
    draw = ImageDraw.Draw(image)
    for y, row in enumerate(rows):
        x = 0
        for segment in row:
            if segment.control:
                continue
            style = segment.style or Style()
            for character in segment.text:
                cells = cell_len(character)
                _paint(draw, (x * WIDE + MARGIN, y * HIGH + MARGIN), character, cells, style)
                x += cells
    return image


def _paint(
    draw: ImageDraw.ImageDraw, at: tuple[int, int], character: str, cells: int, style: Style
) -> None:
    left, top = at
    right, bottom = left + cells * WIDE, top + HIGH
    ink, paper = _colour(style.color, FOREGROUND), _colour(style.bgcolor, BACKGROUND)
    if style.reverse:
        ink, paper = paper, ink
    draw.rectangle((left, top, right - 1, bottom - 1), fill=paper)
    if character == "─":
        draw.rectangle((left, top + HIGH // 2, right - 1, top + HIGH // 2 + 1), fill=ink)
    elif character == "▌":
        draw.rectangle((left, top, left + WIDE // 2 - 1, bottom - 1), fill=ink)
    elif character in EIGHTHS:
        filled = HIGH * (EIGHTHS.index(character) + 1) // 8
        draw.rectangle((left, bottom - filled, right - 1, bottom - 1), fill=ink)
    elif character.strip():
        font = font_of(character, bool(style.bold))
        shift = max(0, round((right - left - font.getlength(character)) / 2))
        draw.text((left + shift, top + BASELINE), character, fill=ink, font=font, anchor="ls")
    if style.underline:
        draw.rectangle((left, bottom - 4, right - 1, bottom - 3), fill=ink)


def _colour(colour: object, usual: str) -> str:
    triplet = getattr(colour, "triplet", None)
    return triplet.hex if triplet else usual
