"""What the checker says of a table: columns, slot, category and first fact there are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from console.domain.rules import Line
from console.domain.tables import Drop
from console.plugins.checker import check_line, errors
from console.plugins.iptel import IPTEL
from console.plugins.known import Known

[TABLE] = IPTEL.tables


def found(**changed: Any) -> list[tuple[str, str]]:
    line: Line = replace(IPTEL, tables=(replace(TABLE, **changed),))
    wrong = errors(check_line(line, source=None, known=Known()))
    return [(one.number, one.path) for one in wrong]


def test_the_shipped_one_is_sound() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changed", "number"),
    [
        ({"columns": (*TABLE.columns, "colour")}, "R061"),
        ({"needed": ("colour",)}, "R061"),
        ({"identity": ("colour",)}, "R061"),
        ({"drops": {"colour": Drop("traffic_now", "traffic_base")}}, "R061"),
        ({"sets": {"sub_kind": "star"}}, "R062"),
        ({"category": "star"}, "R062"),
        ({"who": "rep_9"}, "R051"),
        ({"begins": "star_found"}, "R031"),
        ({"columns": "account_no"}, "R015"),
    ],
)
def test_a_mistake_is_found(changed: dict[str, Any], number: str) -> None:
    assert found(**changed) == [(number, "iptel.tables.anomalies")]
