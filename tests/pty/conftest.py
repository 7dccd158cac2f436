"""A hotline in the middle of a shift, for seats in real terminals."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.demo import furnish
from console.installation import open_desk
from tests.installations import copy


@pytest.fixture(scope="session")
def furnished(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's eight cases, as of now: a seat in a process of its own has the real time."""
    directory = copy(prepared, tmp_path_factory.mktemp("furnished") / "data")
    desk = open_desk(directory)
    furnish(desk)
    desk.store.close()
    return directory


@pytest.fixture
def shift(furnished: Path, tmp_path: Path) -> Path:
    """A copy of it that may be written to."""
    return copy(furnished, tmp_path / "data")
