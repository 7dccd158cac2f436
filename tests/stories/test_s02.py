"""S-02: Saturday on the shared terminal: a missed call, a State Grid batch, four telephones
and five mails, and somebody who cannot be reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk.pins import set_pin
from console.domain.moments import parse_moment
from console.domain.refusal import RefusedError
from console.installation import open_desk
from tests.installations import CommandLine
from tests.stories.acts import Day

CALLER = "0791-5550-4410"
METERS = {
    "contact_name": "计量中心值班",
    "employer": "江西计量中心",
    "reason": "电能表时钟故障",
    "product": "meter",
    "product_state": "时钟跳变",
    "need": "现场处理",
    "province": "江西",
    "grid": "state",
    "batch_no": "JX2602",
    "affected_qty": "1260",
}
FLAGS = {"quality_accident": "yes", "sg_performance": "yes", "sg_batch": "yes"}
FOUR = ("regional_manager", "office_director", "technical_support_manager", "dgm")
FIVE = (
    "regional_manager",
    "support_engineer",
    "technical_support_manager",
    "technical_service_manager",
    "dgm",
)


@pytest.fixture
def day(console: CommandLine) -> Day:
    return Day(console, "2026-03-14")


ROSTER = """\
date,from,to,seat,person
2026-03-14,08:30,18:00,weekend-1,zhou
2026-03-14,18:00,08:30,weekend-1,qin
"""


def returned(day: Day) -> str:
    """The call was missed, tried in vain, and returned with an apology. -> the key of the call
    that was made."""
    day.do("10:11:30", "zhou", "ring", number=CALLER, call="a")
    day.do("10:12:00", "zhou", "miss_call", call="a")
    day.do("10:25:00", "zhou", "return_call", number=CALLER, reached="no")
    made = day.do("10:38:00", "zhou", "return_call", number=CALLER, apology="yes")
    return str(made["facts"][0]["subject"].removeprefix("call:"))


def recognised(day: Day) -> None:
    call = returned(day)
    day.do("10:43:00", "zhou", "open", call=call, **METERS)
    day.do("10:44:00", "zhou", "record", case=1001, **FLAGS)
    day.do("10:44:30", "zhou", "classify", case=1001, category="technical", division="meter")
    day.do("10:45:00", "zhou", "assign", case=1001, to="pan")
    day.do("10:46:00", "zhou", "end_call", call=call)


def three_reached(day: Day) -> None:
    recognised(day)
    day.do("10:47:00", "zhou", "reach", case=1001, who="dgm", channel="phone")
    typed = {"channel": "phone"}
    day.do("10:48:00", "zhou", "reach", case=1001, who="technical_support_manager", **typed)
    for time in ("10:49:00", "10:55:00"):
        missed = {"who": "regional_manager", "reached": "no", **typed}
        day.do(time, "zhou", "reach", case=1001, **missed)
    day.do("10:51:00", "zhou", "reach", case=1001, who="office_director", **typed)


def reported(day: Day) -> None:
    three_reached(day)
    day.do("10:58:00", "pan", "contact", case=1001)
    day.do("10:59:00", "zhou", "verify", case=1001, answer="yes")
    day.do("11:20:00", "zhou", "reach", case=1001, who="regional_manager", channel="phone")
    typed = {"incident_facts": "1260块表时钟跳变", "impact": "影响采集", "known_at": "10:44"}
    day.do("11:29:00", "zhou", "act", case=1001, act="mail_sent", list="incident_report", **typed)


def rows(day: Day, time: str, notice: str) -> list[tuple[str, str]]:
    found = day.case(time)["notices"]
    return [(row["slot"], row["channel"]) for row in found if row["notice"] == notice]


def test_step_3_the_clocks_of_the_accident_begin_with_the_tick(day: Day) -> None:
    recognised(day)
    assert day.clock("10:46:01", "T0-23")[:2] == ("amber", day.due("10:49:00"))
    assert day.clock("10:46:01", "T0-24")[:2] == ("amber", day.due("10:49:00"))
    assert day.clock("10:46:01", "T0-25") == ("running", day.due("11:44:00"), 0)
    for rule in ("T0-01", "T0-02"):
        assert day.clock("10:46:01", rule) == ("running", day.due("11:01:00"), 0)
    raised = [f for f in day.case("10:46:01")["facts"] if f["kind"] == "severity_raised"]
    assert [fact["body"]["severity"] for fact in raised] == [3]


def test_step_3_four_are_phoned_five_are_mailed_and_the_dgm_first(day: Day) -> None:
    recognised(day)
    assert rows(day, "10:46:01", "sg_batch") == [("dgm", "phone")]
    assert rows(day, "10:46:01", "incident_phones") == [(slot, "phone") for slot in FOUR]
    assert rows(day, "10:46:01", "incident_mails") == [(slot, "mail") for slot in FIVE]
    phones = [r for r in day.case("10:46:01")["notices"] if r["channel"] == "phone"]
    assert [row["sent"] for row in phones] == [None] * 5


def test_step_4_three_of_four_is_not_all(day: Day) -> None:
    three_reached(day)
    assert day.clock("10:47:00", "T0-23") == ("met", day.due("10:49:00"), 0)
    assert day.clock("11:19:59", "T0-24")[0] == "behind"
    [phones] = [t for t in day.case("11:19:59")["timers"] if t["rule"] == "T0-24"]
    assert phones["progress"] == "3/4"
    assert day.clock("10:50:00", "T0-07")[:2] == ("running", day.due("11:49:00"))


def test_step_4_who_calls_back_is_found_again(day: Day) -> None:
    reported(day)
    assert day.clock("11:20:00", "T0-24")[0] == "met"
    assert day.clock("11:20:00", "T0-07") == ("met", day.due("11:49:00"), 0)


def test_step_4_an_hour_out_of_contact_is_told_to_the_superior(day: Day) -> None:
    three_reached(day)
    assert day.console("worker", "--once", at=day.at("11:49:00")).code == 0
    assert ("lost_contact", "technical_service_manager", "shen", "sent") not in day.told("11:49:00")
    assert day.console("worker", "--once", at=day.at("11:49:01")).code == 0
    assert ("lost_contact", "technical_service_manager", "shen", "sent") in day.told("11:49:01")


def test_step_5_nothing_pauses_because_it_is_saturday(day: Day) -> None:
    reported(day)
    for rule in ("T0-01", "T0-02"):
        assert day.clock("10:59:00", rule) == ("met", day.due("11:01:00"), 0)
    assert day.clock("11:29:00", "T0-25") == ("met", day.due("11:44:00"), 0)
    assert rows(day, "11:29:00", "incident_report") == [(slot, "mail") for slot in FIVE]
    case = day.case("11:29:00")
    assert case["values"]["impact"] == "影响采集"
    assert case["owner"] == "zhou"


def test_the_batch_is_large_without_anybody_ticking_it(day: Day) -> None:
    day.do("10:43:00", "zhou", "open", call=returned(day), **METERS)
    day.do("10:44:00", "zhou", "record", case=1001, quality_accident="yes")
    day.do("10:44:30", "zhou", "classify", case=1001, category="technical", division="meter")
    assert day.case("10:44:30")["values"]["sg_batch"] is True
    assert day.clock("10:44:30", "T0-23")[0] == "amber"
    assert rows(day, "10:44:30", "sg_batch") == [("dgm", "phone")]


def test_fewer_than_fifty_are_no_batch(day: Day) -> None:
    few = METERS | {"affected_qty": "49", "quality_accident": "yes"}
    day.do("10:43:00", "zhou", "open", call=returned(day), **few)
    day.do("10:44:30", "zhou", "classify", case=1001, category="technical", division="meter")
    assert "sg_batch" not in day.case("10:44:30")["values"]
    assert rows(day, "10:44:30", "sg_batch") == []


def test_an_accident_is_counted_before_it_is_closed(day: Day) -> None:
    reported(day)
    day.do("12:00:00", "pan", "resolve", case=1001, text="更换")
    day.do("12:01:00", "zhou", "confirm", case=1001, who="计量中心")
    refusal = day.refused("12:02:00", "zhou", "close", case=1001, reason="x")
    assert (refusal["rule"], refusal["message"][-4:]) == ("F0-07", "city")
    day.do("12:03:00", "zhou", "record", case=1001, city="南昌")
    day.do("12:04:00", "zhou", "close", case=1001, reason="已结")


def test_the_whole_story_is_sound(day: Day) -> None:
    reported(day)
    assert day.console("verify").code == 0


# Steps 1 and 6: who sits there, and who comes next.


def unmanned(day: Day, at: str) -> str:
    return str(day.console("show", "roster", who="lin", at=at).out)


def test_step_1_from_thursday_on_a_weekend_without_a_name_is_warned_of(
    day: Day, tmp_path: Path
) -> None:
    assert "2026-03-14" not in unmanned(day, "2026-03-11 23:59:59")
    for when in ("2026-03-12 00:00:00", "2026-03-14 08:31:00"):
        assert "Nobody is on the roster for 2026-03-14." in unmanned(day, when)
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    taken_in = day.console("roster", "import", str(tmp_path / "roster.csv"), who="lin")
    assert taken_in.code == 0, taken_in
    said = unmanned(day, "2026-03-12 00:00:00")
    assert "Nobody is on the roster for 2026-03-14." not in said
    assert "Nobody is on the roster for 2026-03-15." in said


def test_step_1_a_name_and_a_pin_open_the_terminal_and_nobody_else_s(
    day: Day, tmp_path: Path
) -> None:
    desk = open_desk(day.console.directory, lambda: parse_moment(day.at("08:31:00"), 0))
    set_pin(desk.store, "zhou", "2468")
    with pytest.raises(RefusedError):
        desk.sign_on("zhou", "8642", "weekend-1")
    assert desk.sign_on("zhou", "2468", "weekend-1").key == "zhou"
    signed = [(f.kind, f.actor, f.seat, f.at) for f in desk.store.load("person:zhou")[-2:]]
    at = parse_moment(day.at("08:31:00"), 0)
    assert signed == [
        ("sign_on_failed", "console", "weekend-1", at),
        ("signed_on", "zhou", "weekend-1", at),
    ]
    desk.store.close()


def test_step_6_the_shift_is_handed_over_and_the_owner_stays(day: Day) -> None:
    reported(day)
    day.do("18:00:00", "zhou", "hand_over", to="qin", expected="江西计量中心会再来电")
    [item] = day.console.json("show", "handover", "zhou", who="lin", at=day.at("18:00:00"))
    assert (item["key"], item["to"], item["standing"]) == ("1001", "qin", "offered")
    day.do("18:01:00", "qin", "take_custody", case=1001)
    day.do("18:05:00", "qin", "note", case=1001, text="已联系现场")
    case = day.case("18:05:00")
    assert (case["owner"], case["custodian"]) == ("zhou", "qin")
    assert case["facts"][-1]["actor"] == "qin"
    assert day.console("verify").code == 0
