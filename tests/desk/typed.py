"""Reading what was typed, in tests: a desk with one case on its board, and short answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from console.desk import Desk, Who
from console.desk.sentence import Sentence, parse
from console.installation import open_desk
from console.speech import Speech
from tests.installations import NOON, OPENING, copy

SELECTED = 1001
CALLER = {"line": "power", "employer": "深圳供电", "contact_name": "张", "honorific": "工"}


@contextmanager
def one_case(prepared: Path, directory: Path) -> Iterator[Desk]:
    """A desk with the classified case 1001."""
    desk = open_desk(copy(prepared, directory / "data"), lambda: NOON)
    desk.do("open", {**OPENING, "line": "power"}, Who("lin"))
    desk.do(
        "classify",
        {"case": 1001, "category": "technical", "division": "charging_pile"},
        Who("lin"),
    )
    yield desk
    desk.store.close()


def read(desk: Desk, text: str, lang: str = "en") -> list[Sentence]:
    return parse(text, selected=SELECTED, desk=desk, lang=lang)


def one(desk: Desk, text: str) -> tuple[str, dict[str, Any]]:
    """The only sentence of a line that has to be understood."""
    (found,) = read(desk, text)
    assert found.problem is None, found.problem
    return found.command, found.typed


def problem(desk: Desk, text: str, lang: str = "en") -> tuple[str, str]:
    """Message and remedy of a line that cannot be understood."""
    (found,) = read(desk, text, lang)
    assert found.problem is not None, found
    speech = Speech("en")
    return speech.say(found.problem.message), speech.say(found.problem.remedy)
