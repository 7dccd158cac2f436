"""What could not be delivered is seen at the seat: counted, marked, and explained."""

from __future__ import annotations

import pytest

from console.desk import Desk
from console.desk.delivery import Delivery
from console.screens.case import CaseScreen
from tests.installations import NOON, HandSet
from tests.outlets.house import accident, outlets, with_mail
from tests.outlets.post_office import PostOffice
from tests.screens.hotline import LARGE, seat, shown


@pytest.fixture
def number(desk: Desk, now: HandSet) -> int:
    """A case whose mail to the support manager could not be delivered."""
    with_mail(desk, skip=("yan",))
    number = accident(desk)
    with PostOffice() as office:
        outlets(desk.store.directory, office.table())
        delivery = Delivery(desk)
        delivery.step(NOON, wait=True)
        delivery.close()
    return number


@pytest.mark.parametrize(
    ("lang", "count", "mark"), [("en", "not delivered 1", "not told"), ("zh", "1", "未送达")]
)
async def test_the_board_counts_and_marks_it(
    desk: Desk, number: int, lang: str, count: str, mark: str
) -> None:
    async with seat(desk, lang=lang, size=LARGE) as (app, _):
        lines = shown(app).splitlines()
        assert count in lines[0]
        assert any(str(number) in line and mark in line for line in lines)


async def test_the_case_says_why(desk: Desk, number: int) -> None:
    async with seat(desk, CaseScreen(number), size=(200, 140)) as (app, _):
        screen = shown(app)
        assert "not delivered (no address for this channel)" in screen
        assert "notice could not be delivered" in screen
