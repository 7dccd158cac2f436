"""Fixtures for the tests of plugins. pytest finds them by itself where the console is
installed.

- `check_plugin(path)` gives what the checker finds, each as a sentence; [] is sound.
- `simulate(path, division="", category="")` gives a case to which things happen at moments;
  see `console.plugins.simulation.Simulation`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.plugins import simulation
from console.plugins.known import Known
from console.plugins.simulation import Simulation
from console.plugins.trial import check_file

__all__ = ["check_plugin", "simulate"]


@pytest.fixture
def check_plugin() -> Callable[[Path], list[str]]:
    """What the checker finds in a file, as sentences."""
    calendars = simulation.shipped_calendars()
    return lambda path: [one.sentence() for one in check_file(path, Known.here(calendars))]


@pytest.fixture
def simulate() -> Callable[..., Simulation]:
    """One case of a plugin, to which things happen."""
    return simulation.simulate
