"""How many messages somebody was sent lately, as a worker started anew remembers it."""

from __future__ import annotations

import pytest

from console.desk.lately import Lately, is_readable, read
from console.domain.outbox import Burst

LANE, OTHER = ("mail", "tan"), ("mail", "he")
BURST = Burst(3, 600)


def test_what_was_sent_counts_for_a_while_in_its_own_lane() -> None:
    lately = Lately("", BURST)
    for moment in (100, 200):
        lately.begun(LANE, moment)
        lately.ended(LANE, sent=True)
    assert [lately.count(LANE, moment) for moment in (200, 699, 700, 800)] == [2, 2, 1, 0]
    assert lately.count(OTHER, 200) == 0


def test_what_did_not_go_out_does_not_count() -> None:
    lately = Lately("", BURST)
    lately.begun(LANE, 100)
    lately.ended(LANE, sent=True)
    lately.begun(LANE, 110)
    lately.ended(LANE, sent=False)
    assert lately.count(LANE, 110) == 1
    lately.ended(LANE, sent=False)  # what did not count is back
    assert lately.count(LANE, 110) == 1


def test_it_is_remembered_and_what_is_over_forgotten() -> None:
    lately = Lately("", BURST)
    lately.begun(LANE, 100)
    lately.begun(OTHER, 650)
    again = Lately(lately.written(650), BURST)
    assert [again.count(lane, 650) for lane in (LANE, OTHER)] == [1, 1]
    assert read(lately.written(700)) == {"mail he": [650]}


@pytest.mark.parametrize("text", ["", "x", "[]", '{"mail tan": 7}', '{"mail tan": ["x"]}'])
def test_what_nobody_can_read_is_nothing(text: str) -> None:
    assert Lately(text, BURST).count(LANE, 0) == 0


def test_what_may_be_remembered() -> None:
    assert is_readable(Lately("", BURST).written(0))
    assert not is_readable("x")
    assert not is_readable("[]")
