"""What one shift leaves to the next, as the desk lists it."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk import Desk, Who
from console.desk.handover import shift_end
from console.domain.moments import parse_moment
from console.installation import open_desk
from console.store.presence import Presence, SeatMark, present
from tests import installations

SATURDAY = parse_moment("2026-03-14 17:00:00", 0)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    installations.make(tmp_path)
    return open_desk(tmp_path, lambda: SATURDAY)


def two_cases_and_a_missed_call(desk: Desk) -> tuple[int, int]:
    numbers = []
    for call, digits in (("a", "13955501953"), ("b", "13955501954")):
        zhou = Who("zhou", "weekend-1")
        desk.do("ring", {"number": digits, "call": call}, zhou)
        desk.do("answer", {"call": call}, zhou)
        opened = desk.do("open", {"call": call, "line": "power"}, zhou)
        numbers.append(opened.case)
        if call == "a":
            desk.do("end_call", {"call": call}, zhou)
    desk.do("ring", {"number": "079155504410", "call": "m"}, Who("zhou"))
    desk.do("miss_call", {"call": "m"}, Who("zhou"))
    return numbers[0], numbers[1]


def test_the_list_names_cases_and_missed_callers_and_who_took_them(desk: Desk) -> None:
    first, second = two_cases_and_a_missed_call(desk)
    listed = {(item.kind, item.key): item for item in desk.handover("zhou")}
    assert set(listed) == {
        ("case", str(first)),
        ("case", str(second)),
        ("callback", "+8679155504410"),
    }
    assert listed[("case", str(first))].red
    desk.do("hand_over", {"to": "qin"}, Who("zhou"))
    desk.do("take_custody", {"case": first}, Who("qin"))
    desk.do("take_callback", {"number": "079155504410"}, Who("qin"))
    after = {(i.kind, i.key): (i.to, i.taken) for i in desk.handover("zhou")}
    assert after == {
        ("case", str(first)): ("qin", True),
        ("case", str(second)): ("qin", False),
        ("callback", "+8679155504410"): ("qin", True),
    }
    assert [i.key for i in desk.handover("qin") if i.kind == "case"] == [str(first)]


def test_the_roster_says_when_the_next_shift_ends(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(
        "date,from,to,seat,person\n"
        "2026-03-14,08:30,18:00,weekend-1,zhou\n"
        "2026-03-14,18:00,08:30,weekend-1,qin\n",
        "utf-8",
    )
    assert shift_end(desk, "zhou") == parse_moment("2026-03-15 08:30:00", 0)
    assert [turn.person for turn in desk.roster.on_duty(SATURDAY, "Asia/Shanghai")] == ["zhou"]
    assert [warning.text for warning in desk.roster_warnings(SATURDAY)] == [
        "Nobody is on the roster for {day}."
    ]


def test_the_dead_are_at_no_seat(tmp_path: Path) -> None:
    mark = SeatMark(tmp_path)
    mark.show(Presence("zhou", "weekend-1", SATURDAY, 1042))
    assert present(tmp_path) == [Presence("zhou", "weekend-1", SATURDAY, 1042)]
    (tmp_path / "seats" / "1.json").write_text('{"person": "ghost"}', "utf-8")
    assert [one.person for one in present(tmp_path)] == ["zhou"]
    mark.remove()
    assert present(tmp_path) == []
