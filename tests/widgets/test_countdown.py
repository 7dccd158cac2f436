"""The text of a clock, and the promise of when it changes next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.domain.board import BoardClock
from console.widgets import countdown
from console.widgets.countdown import ASCII, EN, NEVER, UNICODE, ZH

MINUTE, HOUR, DAY = 60, 3600, 86_400
NOW = 1_790_000_000

lengths = st.one_of(
    st.integers(-30 * DAY, 30 * DAY),
    st.integers(-2 * HOUR, 2 * HOUR),
    st.sampled_from([0, 599, 600, 3599, 3600, DAY - 1, DAY, 10 * DAY - 1, 10 * DAY]),
)


@st.composite
def clocks(draw: st.DrawFn) -> BoardClock:
    level = draw(st.sampled_from(["hard", "soft", "now", "timely", "gate"]))
    due = None if level in {"now", "timely", "gate"} else NOW + draw(lengths)
    amber = draw(st.none() | st.integers(-2 * DAY, 0).map(lambda before: (due or NOW) + before))
    return BoardClock("contact", level, NOW - draw(st.integers(0, 9 * DAY)), amber, due)


@pytest.mark.parametrize(
    ("left", "english", "chinese"),
    [
        (0, "00:00", "00:00"),
        (291, "04:51", "04:51"),
        (599, "09:59", "09:59"),
        (600, "10m", "10分"),
        (23 * MINUTE + 59, "23m", "23分"),
        (HOUR, "1h00", "1时00"),
        (4 * HOUR + 51 * MINUTE, "4h45", "4时45"),
        (DAY + 2 * HOUR + 59 * MINUTE, "1d02h", "1天02时"),
        (12 * DAY + 5, "12d", "12天"),
        (-1, "-00:01", "-00:01"),
        (-133, "-02:13", "-02:13"),
        (-23 * MINUTE, "-23m", "-23分"),
        (-DAY - 2 * HOUR, "-1d02h", "-1天02时"),
    ],
)
def test_a_clock_reads_in_the_unit_that_matters(left: int, english: str, chinese: str) -> None:
    assert countdown.text(NOW + left, NOW, EN) == english
    assert countdown.text(NOW + left, NOW, ZH) == chinese


def test_the_last_second_is_still_in_time() -> None:
    clock = BoardClock("contact", "hard", NOW - 900, NOW - 300, NOW)
    assert countdown.state_of(clock, NOW) == "amber"
    assert countdown.state_of(clock, NOW + 1) == "breached"
    assert countdown.state_of(clock._replace(level="soft"), NOW + 1) == "overdue"


def test_an_obligation_without_a_number_has_a_state_of_its_own() -> None:
    at_once = BoardClock("tell", "now", NOW, None, None)
    assert (countdown.state_of(at_once, NOW), countdown.face(at_once, NOW)) == ("now", "now")
    timely = BoardClock("draft", "timely", NOW - 2 * HOUR, NOW + 9, None)
    assert (countdown.state_of(timely, NOW), countdown.face(timely, NOW)) == ("timely", "+2h")
    assert countdown.state_of(timely, NOW + 9) == "amber"
    gate = BoardClock("sign", "gate", NOW, None, None)
    assert (countdown.state_of(gate, NOW), countdown.face(gate, NOW)) == ("gate", "")
    assert countdown.next_face(gate, NOW) == countdown.next_face(at_once, NOW) == NEVER


@given(clocks(), st.data())
def test_nothing_changes_before_the_promised_instant(
    clock: BoardClock, data: st.DataObject
) -> None:
    def looks(now: int) -> tuple[str, str]:
        return countdown.state_of(clock, now), countdown.face(clock, now)

    change = countdown.next_face(clock, NOW)
    assert change > NOW
    between = data.draw(st.integers(NOW, min(change, NOW + 40 * DAY) - 1))
    assert looks(between) == looks(NOW)
    if change != NEVER:
        assert looks(change) != looks(NOW)


@given(lengths, st.data())
def test_nor_does_the_coarse_text(left: int, data: st.DataObject) -> None:
    due = NOW + left

    def looks(now: int) -> tuple[bool, str]:
        return now > due, countdown.coarse(due, now)

    change = countdown.next_coarse(due, None, NOW)
    between = data.draw(st.integers(NOW, change - 1))
    assert looks(between) == looks(NOW)
    assert looks(change) != looks(NOW)


@given(st.integers(0, 20 * DAY), st.data())
def test_nor_does_an_age(age: int, data: st.DataObject) -> None:
    start = NOW - age
    change = countdown.next_since(start, NOW)
    between = data.draw(st.integers(NOW, change - 1))
    assert countdown.since(start, between) == countdown.since(start, NOW)
    assert countdown.since(start, change) != countdown.since(start, NOW)


@given(clocks(), st.booleans(), st.sampled_from([EN, ZH]))
def test_every_text_fits_its_column(
    clock: BoardClock, provisional: bool, units: countdown.Units
) -> None:
    clock = clock._replace(provisional=provisional)
    assert cell_len(countdown.face(clock, NOW, units)) <= units.width


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_states_that_need_eyes_have_signs_of_their_own(glyphs: countdown.Glyphs) -> None:
    signs = [glyphs.of(state) for state in ("breached", "overdue", "amber", "ok", "now", "timely")]
    assert len(set(signs)) == len(signs)
    assert all(cell_len(sign) == 1 for sign in glyphs)
    assert glyphs is UNICODE or all(sign.isascii() for sign in glyphs)
