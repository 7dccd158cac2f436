"""A worker killed between sending and writing down: nothing is lost, and what comes twice
comes under the same key. The full size: `make endurance`."""

from __future__ import annotations

from pathlib import Path

from tests.outlets.endurance import PER_CASE, endure

NOTICES = 200


def test_killed_all_the_time_it_loses_nothing(data: Path) -> None:
    told = endure(data, NOTICES)
    assert told.problems == []
    assert told.waiting == len(told.taken) == NOTICES // PER_CASE * PER_CASE
    assert told.kills > 2
