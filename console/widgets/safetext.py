"""The last defence between data and the terminal, and text cut to an exact width.

Whatever came from a caller, an exchange, a plugin or a file is cleaned on its way in; it
is cleaned once more on its way to the screen, so that no forgotten path can move the
cursor, reverse the reading direction or ring the bell. Segments carry plain text, so
nothing in it is ever read as markup.
"""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, set_cell_size

from console.domain.cleantext import clean

LONGEST = 1_000
"""No line of any terminal shows more characters of one text than this."""


@lru_cache(maxsize=8_192)
def _clean(text: str) -> str:
    return clean(text, LONGEST)


def safe(text: str) -> str:
    """`text` without control, bidirectional and other invisible characters.

    `str.isprintable` is false for every one that can harm, which spares other text the work.
    """
    return text if len(text) <= LONGEST and text.isprintable() else _clean(text)


def fit(text: str, width: int, *, right: bool = False, ellipsis: str = "…") -> str:
    """`text`, safe, in exactly `width` cells.

    Short text is padded (in front when `right`), long text ends in `ellipsis`. A character
    two cells wide that would be cut in half is left out and its cell padded.
    """
    text = safe(text)
    length = cell_len(text)
    if length > width:
        if width <= 0:
            return ""
        text = set_cell_size(text, width - 1).rstrip() + ellipsis
        length = cell_len(text)
    padding = " " * (width - length)
    return padding + text if right else text + padding


def centre(text: str, width: int) -> str:
    """`text`, safe, in the middle of exactly `width` cells."""
    text = safe(text)
    return fit(" " * max(0, (width - cell_len(text)) // 2) + text, width)
