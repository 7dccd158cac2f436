"""What Tab offers in the command bar."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.desk import Desk
from console.desk.sentence import complete
from tests.desk.typed import SELECTED, one_case, read


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with one_case(prepared, tmp_path_factory.mktemp("desk")) as desk:
        yield desk


def lines(desk: Desk, text: str, lang: str = "en") -> list[str]:
    found = complete(text, selected=SELECTED, desk=desk, lang=lang, cases=[1042, 1045])
    assert all(one.line.startswith(text) or one.label for one in found)
    return [one.line for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cont", "contact "),
        ("contact 10", "contact 1045 "),
        ("10", "1042 "),
        ("1042 深圳 cont", "1042 深圳 contact "),
        ("assign 1042 h", "assign 1042 he "),
        ("assign 1042 何", "assign 1042 何工 "),
        ("assign 1042 tr", "assign 1042 tracker="),
        ("classify 1042 charg", "classify 1042 charging_pile "),
        ("classify 1042 >charg", "classify 1042 >charging_pile "),
        ("record 1042 prov", "record 1042 province="),
        ("record 1042 grid=s", "record 1042 grid=state "),
        ("t 深圳 >met", "t 深圳 >meter "),
        ("t 深圳 prod", "t 深圳 product="),
        ("note x; urg", "note x; urge "),
    ],
)
def test_tab_offers_what_may_come_next(desk: Desk, text: str, expected: str) -> None:
    assert expected in lines(desk, text)


def test_tab_speaks_the_readers_language(desk: Desk) -> None:
    assert "已联系客户 " in lines(desk, "已", "zh")
    assert "已联系客户 " not in lines(desk, "", "en")
    assert "classify 1042 >储能 " in lines(desk, "classify 1042 >储", "zh")
    assert "record 1042 省份=" in lines(desk, "record 1042 省", "zh")


def test_what_tab_offers_is_understood(desk: Desk) -> None:
    for text in ("1042 ", "classify 1042 ", "classify 1042 >", "reach 1042 ", "assign 1042 "):
        for line in lines(desk, text) + lines(desk, text, "zh"):
            if not line.endswith("="):
                assert all(s.problem is None for s in read(desk, line)), line


def test_nothing_is_offered_after_nonsense(desk: Desk) -> None:
    assert lines(desk, "xyzzy ") == []
