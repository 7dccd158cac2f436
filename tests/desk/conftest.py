"""What tests of the desk about people's roles share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.cast import Cast, cast


@pytest.fixture(scope="module")
def house(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """What is refused writes nothing, and what is done is done to a case of its own: so
    all tests share one store."""
    with cast(prepared, tmp_path_factory.mktemp("permissions") / "data") as found:
        yield found
