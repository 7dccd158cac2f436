"""How an installation counts working days."""

from __future__ import annotations

from pathlib import Path

import pytest

from console import config
from console.speech import Speech
from tests.stories.lines import enable


@pytest.mark.parametrize("day_count", ["civil", "rolling"])
def test_both_ways_of_counting_are_read(data: Path, day_count: str) -> None:
    enable(data, "power", day_count=day_count)
    assert config.load(data).day_count == day_count


def test_working_days_are_counted_civilly_unless_said_otherwise(data: Path) -> None:
    path = data / config.FILE
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "day_count" not in line), "utf-8")
    assert config.load(data).day_count == "civil"


def test_another_way_is_refused_where_it_stands(data: Path) -> None:
    enable(data, "power", day_count="calendar")
    with pytest.raises(config.ConfigError) as caught:
        config.load(data)
    message = Speech("en").say(caught.value.message)
    assert "“calendar”" in message
    lines = (data / config.FILE).read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("day_count"))
    assert f"line {number}" in message
