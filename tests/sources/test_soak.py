"""Part of the hour of `make soak`, as fast as it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.hour import UNANSWERED, Hour, Scripted, hour
from tests.sources.soak import play


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_the_ledger_equals_the_script(data: Path, seed: int) -> None:
    await play(data, hour(seed, seconds=600))


def test_what_a_ledger_holds() -> None:
    calls = (
        Scripted(1, 0, 20, 5, "8001"),  # heard throughout
        Scripted(2, 110, 140, 120, "8001"),  # within the outage
        Scripted(3, 90, 140, 120, "8002"),  # answered and ended within it
        Scripted(4, 90, 200, 120, "8003"),  # still up after it
        Scripted(5, 90, 130, None, ""),  # given up within it
        Scripted(6, 10, 30, None, ""),  # given up
    )
    assert Hour(calls, ((100, 150),)).ledger() == {
        1: ("ended", ("8001",), ""),
        3: ("missed", (), "outage"),
        4: ("ended", ("8003",), ""),
        5: ("missed", (), "outage"),
        6: ("missed", (), UNANSWERED),
    }
