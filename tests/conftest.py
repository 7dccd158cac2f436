"""What the tests of the store, the desk and the command line share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.demo import furnish
from console.desk import Desk
from console.installation import open_desk
from tests.installations import CommandLine, HandSet, copy, make


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation nobody writes to; tests work on copies."""
    return make(tmp_path_factory.mktemp("prepared") / "data")


@pytest.fixture(scope="session")
def furnished(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's eight cases, as of now: a seat in a process of its own has the real time."""
    directory = copy(prepared, tmp_path_factory.mktemp("furnished") / "data")
    desk = open_desk(directory)
    furnish(desk)
    desk.store.close()
    return directory


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A data directory of one's own."""
    return copy(prepared, tmp_path / "data")


@pytest.fixture
def now() -> HandSet:
    return HandSet()


@pytest.fixture
def desk(data: Path, now: HandSet) -> Iterator[Desk]:
    desk = open_desk(data, now)
    yield desk
    desk.store.close()


@pytest.fixture
def console(data: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(data, capsys)
