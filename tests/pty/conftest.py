"""A hotline in the middle of a shift, for seats in real terminals."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installations import copy


@pytest.fixture
def shift(furnished: Path, tmp_path: Path) -> Path:
    """A copy of it that may be written to."""
    return copy(furnished, tmp_path / "data")
