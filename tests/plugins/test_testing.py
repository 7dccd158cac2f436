"""What authors test with: the simulator, and the test `console plugin new` writes."""

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from console.plugins.scaffold import Beginning
from console.plugins.simulation import Simulation
from tests.plugins.acme import ACME
from tests.plugins.kit import HYDROGEN, drop

Simulate = Callable[..., Simulation]


def test_every_clock_over_the_spring_festival(simulate: Simulate, tmp_path: Path) -> None:
    path = drop(tmp_path, "hydrogen", HYDROGEN.replace('within="10m"', 'within="1wd"'))
    for at, due in (
        ("2026-02-13 16:40", "2026-02-14 18:00"),
        ("2026-02-14 18:30", "2026-02-24 18:00"),
        ("2026-02-17 09:00", "2026-02-24 18:00"),
    ):
        case = simulate(path).at(at).do("call_ended")
        assert case.due("hydrogen_contact") == due


def test_time_and_facts_move_the_clocks(simulate: Simulate) -> None:
    case = simulate(ACME, division="pile").at("2026-03-10 09:00").do("call_ended")
    assert case.state("contact") == "running"
    assert case.at("+11m").state("contact") == "amber"
    assert case.at("09:20").state("contact") == "breached"
    case.fill(fault="E12").do("recorded").do("visit_agreed", due="14:00")
    rows = {row.key: row for row in case.clocks()}
    assert rows["arrive"].due == "2026-03-10 14:00"
    assert (rows["leak"].started, rows["leak"].stopped) == ("2026-03-10 09:20", "")
    assert case.at("09:25").do("customer_contacted", role="assignee").state("contact") == "late"
    assert case.case.division == "pile"


def test_what_cannot_be_simulated_is_said(simulate: Simulate, tmp_path: Path) -> None:
    case = simulate(ACME).at("2026-03-10 09:00")
    with pytest.raises(ValueError, match="before 2026-03-10 09:00"):
        case.at("08:00")
    with pytest.raises(KeyError, match="no clock of contact"):
        case.due("contact")
    with pytest.raises(LookupError, match="no division 'mars'"):
        simulate(drop(tmp_path, "hydrogen", HYDROGEN), division="mars")


@pytest.mark.parametrize("line", ["", "power"])
def test_the_test_that_comes_with_a_new_plugin_passes(
    line: str, tmp_path: Path, simulate: Simulate, check_plugin: Callable[[Path], list[str]]
) -> None:
    begun = Beginning("hydrogen", '氢"能', "Hydro\\gen", line)
    drop(tmp_path, "hydrogen", begun.plugin())
    written = module(drop(tmp_path / "tests", "test_hydrogen", begun.test()))
    written.test_nothing_is_wrong_with_it(check_plugin)
    written.test_the_customer_is_contacted_in_time(simulate)
    drop(tmp_path, "hydrogen", begun.plugin().replace("10m", "11m"))
    with pytest.raises(AssertionError):
        written.test_the_customer_is_contacted_in_time(simulate)


def test_the_fixtures_are_offered_to_every_author() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"console": "console.plugins.testing"}


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made
