"""What the tests of the exchange share."""

from __future__ import annotations

import pytest

from tests.sources.lines import Line


@pytest.fixture
def line() -> Line:
    return Line()
