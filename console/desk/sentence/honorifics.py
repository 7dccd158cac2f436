"""Surname and form of address, taken apart (000 III.1.4.7)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TITLES = (
    *("副总经理", "副总", "总经理", "副主任", "副经理", "副处长", "副科长", "副局长", "副所长"),
    *("工程师", "护士长", "先生", "女士", "小姐", "主任", "经理", "老师", "师傅", "处长", "科长"),
    *("部长", "局长", "所长", "站长", "班长", "队长", "院长", "厂长", "校长", "主管", "教授"),
    *("博士", "医生", "书记", "助理", "会计", "同志", "工", "总"),
)
_ENGLISH = frozenset(("mr", "mrs", "ms", "miss", "dr", "prof"))
_NAME = re.compile(r"[\u3400-\u9fff·]{1,4}")


def split(typed: str) -> tuple[str, str]:
    """A name and its form of address: 张工 → 张, 工. The second is "" when there is none."""
    for title in _TITLES:
        name = typed.removesuffix(title)
        if name != typed and _NAME.fullmatch(name):
            return name, title
    title, _, name = typed.partition(" ")
    if name.strip() and is_title(title):
        return name.strip(), title
    return typed, ""


def is_title(word: str) -> bool:
    """Whether a word is an English form of address, which stands before the name."""
    return word.rstrip(".").casefold() in _ENGLISH


def place_of_name(texts: Sequence[str]) -> tuple[int, int]:
    """Which of several words name a person, told by the form of address: (first, how many);
    (-1, 0) when none does."""
    for position, text in enumerate(texts):
        if is_title(text) and position + 1 < len(texts):
            return position, 2
        if split(text)[1]:
            return position, 1
    return -1, 0
