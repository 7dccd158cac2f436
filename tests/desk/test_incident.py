"""What has to be told at once, by the rules of whatever line a case has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.desk import Desk
from console.domain.call import Call
from console.domain.commands.dialling import told
from console.domain.incident import Ring, incident_of
from console.domain.notices import Ground
from console.installation import open_desk
from console.worker import Worker
from tests.incidents import FIVE, FOUR, Saturday, enabled
from tests.installations import OPENING, HandSet


@pytest.fixture
def saturday(desk: Desk, now: HandSet) -> Saturday:
    saturday = Saturday(desk, now)
    saturday.recognised()
    return saturday


def slots(saturday: Saturday) -> list[str]:
    return [ring.slot for ring in saturday.incident.rings]


def next_slot(saturday: Saturday) -> str:
    ring = saturday.incident.next_ring(saturday.now.at)
    return ring.slot if ring is not None else ""


def ring_of(saturday: Saturday, slot: str) -> Ring:
    return next(ring for ring in saturday.incident.rings if ring.slot == slot)


def test_four_are_rung_and_the_dgm_for_whom_two_clocks_wait_comes_first(
    saturday: Saturday,
) -> None:
    assert tuple(slots(saturday)) == FOUR
    assert [ring.weight for ring in saturday.incident.rings] == [2, 1, 1, 1]
    assert saturday.incident.reached == (0, 4)
    assert next_slot(saturday) == "dgm"


def test_who_knew_first_and_since_when_is_kept(saturday: Saturday) -> None:
    first = saturday.incident.first
    assert first is not None
    assert (first.at, saturday.incident.first_knower) == (saturday.moment("10:44:00"), "zhou")
    saturday.reach("10:47:00", "dgm")
    saturday.at("11:00:00")
    saturday.do("record", "lin", case=saturday.number, customer_indicator="yes")
    assert saturday.incident.first == first
    assert saturday.incident.first_knower == "zhou"


def test_five_are_mailed_and_the_report_waits_for_its_clock(saturday: Saturday) -> None:
    [mailing] = saturday.incident.mails
    assert (mailing.notice, mailing.channel, mailing.gone) == ("incident_mails", "mail", 0)
    assert tuple(row.person for row in mailing.rows) == FIVE
    [report] = saturday.incident.reports
    assert (report.form.key, report.state, report.sent) == ("incident_report", None, None)
    assert [clock.timer.rule for clock in report.clocks] == ["T0-25"]


def test_the_clocks_are_those_that_telling_and_reporting_stop(saturday: Saturday) -> None:
    rules = [clock.timer.rule for clock in saturday.incident.clocks]
    assert rules == ["T0-23", "T0-24", "T0-25"]
    assert saturday.incident.remaining == ()


def test_the_next_is_who_was_not_tried_then_who_was_tried_longest_ago(saturday: Saturday) -> None:
    saturday.reach("10:47:00", "dgm")
    assert next_slot(saturday) == "regional_manager"
    saturday.reach("10:49:00", "regional_manager", reached="no")
    assert next_slot(saturday) == "office_director"
    saturday.reach("10:50:00", "office_director", reached="no")
    saturday.reach("10:51:00", "technical_support_manager")
    assert next_slot(saturday) == "regional_manager"
    saturday.reach("10:55:00", "regional_manager", reached="no")
    assert next_slot(saturday) == "office_director"
    saturday.reach("10:56:00", "office_director")
    assert saturday.incident.reached == (3, 4)
    saturday.reach("10:57:00", "regional_manager")
    assert next_slot(saturday) == ""


def test_who_asked_to_be_rung_later_comes_last_and_first_once_the_time_has_come(
    saturday: Saturday,
) -> None:
    saturday.reach("10:47:00", "dgm", reached="no", again="11:20")
    ring = ring_of(saturday, "dgm")
    assert ring.again == saturday.moment("11:20:00")
    for slot in FOUR[1:]:
        saturday.reach("10:50:00", slot, reached="no")
    assert next_slot(saturday) == "regional_manager"
    saturday.at("11:19:59")
    assert next_slot(saturday) == "regional_manager"
    saturday.at("11:20:00")
    assert next_slot(saturday) == "dgm"


def test_a_later_attempt_without_a_time_forgets_the_one_agreed(saturday: Saturday) -> None:
    saturday.reach("10:47:00", "dgm", reached="no", again="11:20")
    saturday.reach("11:21:00", "dgm", reached="no")
    ring = ring_of(saturday, "dgm")
    assert ring.again is None
    times = [saturday.moment("10:47:00"), saturday.moment("11:21:00")]
    assert [attempt.at for attempt in ring.attempts] == times


def test_who_cannot_be_reached_has_a_clock_of_their_own(saturday: Saturday) -> None:
    saturday.reach("10:49:00", "regional_manager", reached="no")
    [clock] = ring_of(saturday, "regional_manager").clocks
    assert (clock.timer.rule, clock.due) == ("T0-07", saturday.moment("11:49:00"))
    assert ring_of(saturday, "office_director").clocks == ()
    saturday.reach("11:20:00", "regional_manager")
    assert ring_of(saturday, "regional_manager").clocks == ()


def test_whoever_fills_two_of_the_posts_is_told_once_and_counts_for_both(
    data: Path, now: HandSet
) -> None:
    slots_file = data / "slots.toml"
    text = slots_file.read_text("utf-8")
    assert '"office_director" = "hou"' in text
    slots_file.write_text(text.replace('"office_director" = "hou"', '"office_director" = "luo"'))
    desk = open_desk(data, now)
    saturday = Saturday(desk, now)
    saturday.recognised()
    ring = ring_of(saturday, "regional_manager")
    assert ring.slots == ("regional_manager", "office_director")
    assert saturday.incident.reached == (0, 3)
    saturday.reach("10:50:00", "luo")
    facts = [fact.body["role"] for fact in saturday.case.facts if fact.kind == "role_reached"]
    assert facts == ["regional_manager", "office_director"]
    assert saturday.incident.reached == (1, 3)
    [phones] = [c for c in saturday.incident.clocks if c.timer.rule == "T0-24"]
    assert phones.progress() == (2, 4)
    desk.store.close()


def test_what_was_passed_on_is_listed_but_does_not_count_as_one_of_the_four(
    saturday: Saturday,
) -> None:
    for slot in FOUR[:3]:
        saturday.reach("10:47:00", slot)
    saturday.at("10:58:00")
    saturday.do("contact", "pan", case=saturday.number)
    saturday.do("verify", case=saturday.number, answer="yes")
    saturday.at("11:00:00")
    worker = Worker(saturday.desk)
    worker.turn()
    worker.close()
    passed = [ring for ring in saturday.incident.rings if ring.instead_of]
    assert [(ring.person, ring.instead_of) for ring in passed] == [("lin", "yan")]
    assert saturday.incident.reached == (3, 4)


def test_the_report_of_a_division_need_is_one_of_them(saturday: Saturday) -> None:
    saturday.at("11:40:00")
    saturday.do("record", case=saturday.number, division_need="rnd_need")
    incident = saturday.incident
    assert [one.form.rule for one in incident.reports] == ["F0-22", "F0-21"]
    [clock] = incident.reports[1].clocks
    assert (clock.timer.rule, clock.timer.level, clock.due) == ("T0-26", "timely", None)
    assert "T0-26" not in [clock.timer.rule for clock in incident.clocks]
    saturday.at("12:00:00")
    typed = {"division_need": "rnd_need", "need": "更换时钟芯片"}
    saturday.do("send_report", "pan", case=saturday.number, form="need_report", **typed)
    assert saturday.incident.reports[1].sent == saturday.moment("12:00:00")
    [clock] = saturday.incident.reports[1].clocks
    assert clock.state(saturday.now.at) == "met"
    assert saturday.incident.mails[-1].notice == "need_report"


def test_a_call_that_is_picked_up_tells_somebody_in_both_of_their_posts(
    saturday: Saturday,
) -> None:
    case = saturday.case
    call = Call("c9", about=case.number, called="yan", claimed_by="zhou")
    told_of = told(call, case, picked_up=True, reason="", at=saturday.now.at)
    assert [draft.body["role"] for draft in told_of] == ["technical_support_manager"]
    row = next(row for row in case.notices if row.channel == "phone" and row.person == "yan")
    row.also = (Ground("1.0", "x", "deputy_service_manager"),)
    drafts = [*told(call, case, picked_up=True, reason="", at=saturday.now.at)]
    roles = [draft.body["role"] for draft in drafts]
    assert roles == ["technical_support_manager", "deputy_service_manager"]
    [missed] = told(call, case, picked_up=False, reason="no_answer", at=saturday.now.at)
    assert (missed.kind, missed.body["role"]) == ("role_missed", "technical_support_manager")


def test_an_ordinary_case_has_nothing_urgent(desk: Desk, now: HandSet) -> None:
    saturday = Saturday(desk, now)
    number = saturday.do("open", number=OPENING["contact_phone"], **OPENING).case
    saturday.do("classify", case=number, category="technical", division="charging_pile")
    assert incident_of(desk.case(number)) is None


def test_what_was_urgent_in_an_earlier_cycle_is_history(saturday: Saturday) -> None:
    saturday.reach("10:47:00", "dgm")
    typed = {"incident_facts": "x", "impact": "y", "known_at": "10:44"}
    saturday.do("send_report", case=saturday.number, form="incident_report", **typed)
    saturday.at("12:00:00")
    saturday.do("contact", "pan", case=saturday.number)
    saturday.do("resolve", "pan", case=saturday.number, text="更换")
    saturday.do("confirm", case=saturday.number, who="计量中心")
    saturday.do("record", case=saturday.number, city="南昌")
    saturday.do("close", case=saturday.number, reason="已结")
    assert incident_of(saturday.case) is not None
    saturday.do("reopen", case=saturday.number, reason="spot_check")
    assert incident_of(saturday.case) is None


# --- other lines, by their rules alone


@pytest.fixture
def hospital(data: Path, now: HandSet) -> Iterator[Saturday]:
    enabled(data, "power", "emr", "robot")
    desk = open_desk(data, now)
    yield Saturday(desk, now, "2026-06-11")
    desk.store.close()


HOSPITAL = {
    "line": "emr",
    "known": "yes",
    "contact_name": "信息科",
    "contact_phone": "0755-5550-2140",
    "employer": "市一医院",
    "department": "心内科",
    "region": "华东",
    "product_version": "V5.2",
    "reason": "病程丢失",
    "need": "恢复数据",
}


def test_a_major_problem_of_a_hospital_one_telephone_and_the_direct_report(
    hospital: Saturday,
) -> None:
    hospital.at("10:00:00")
    hospital.number = hospital.do("open", "gu", **HOSPITAL).case
    hospital.do("classify", "gu", case=hospital.number, category="technical", sub_kind="major")
    hospital.do("record", "gu", case=hospital.number, major_kind="data_lost")
    incident = hospital.incident
    assert [(ring.slot, ring.person) for ring in incident.rings] == [("major_owner", "bai")]
    assert [report.form.rule for report in incident.reports] == ["F1-08"]
    assert [len(mailing.rows) for mailing in incident.mails] == [12]
    assert [clock.timer.rule for clock in incident.clocks] == ["T1-02"]
    typed = {"kind": "data_lost", "scope": "心内科", "since": "09:30", "phoned_at": "10:01"}
    hospital.at("10:02:00")
    hospital.do("send_report", "gu", case=hospital.number, form="major_report", **typed)
    [clock] = hospital.incident.clocks
    assert clock.progress() == (1, 2)
    hospital.reach("10:03:00", "major_owner")
    [clock] = hospital.incident.clocks
    assert (clock.running, clock.ended) == (False, hospital.moment("10:03:00"))


def test_a_line_down_two_specialists_and_that_somebody_has_left(hospital: Saturday) -> None:
    hospital.at("22:40:00")
    values = {
        "line": "robot",
        "known": "yes",
        "contact_name": "顾工",
        "contact_phone": "0512-5550-7788",
        "contact_addr": "苏州园区",
        "employer": "苏州某厂",
        "reason": "焊接单元停机",
        "product": "焊接单元",
        "need": "恢复生产",
        "stage": "after_sales",
    }
    hospital.number = hospital.do("open", "zhou", **values).case
    hospital.do("record", "zhou", case=hospital.number, emergency="yes")
    incident = hospital.incident
    assert [ring.slot for ring in incident.rings] == [
        "technical_specialist",
        "maintenance_specialist",
    ]
    [step] = incident.remaining
    assert (step.act, step.clock.timer.rule) == ("departed", "T3-08")
    hospital.reach("22:48:00", "technical_specialist")
    assert hospital.incident.reports == ()
    [step] = hospital.incident.remaining
    hospital.do("act", case=hospital.number, act=step.act, **step.given)
    assert hospital.incident.remaining == ()
    assert hospital.case.attributes["severity"] == 3
