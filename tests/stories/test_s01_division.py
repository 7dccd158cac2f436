"""S-01, steps 4 to 6: a division is needed, its R&D demand is signed by everybody, and the
engineer leaves the site with a report that has no stamp."""

from __future__ import annotations

import pytest

from tests.installations import CommandLine
from tests.stories.acts import Day
from tests.stories.test_s01 import third_step

FIVE = (
    "regional_manager",
    "support_engineer",
    "technical_support_manager",
    "technical_service_manager",
    "dgm",
)
DEMAND = {
    "form": "rnd_demand",
    "number": "RD-0310-01",
    "problem": "固件过温保护误动",
    "necessity": "现场无法绕过",
    "wanted_until": "2026-03-20",
}


@pytest.fixture
def day(console: CommandLine) -> Day:
    return Day(console, "2026-03-10")


def act(day: Day, time: str, who: str, key: str, **typed: object) -> None:
    day.do(time, who, "act", case=1001, act=key, **typed)


def fourth_step(day: Day) -> None:
    third_step(day)
    act(day, "14:05:00", "he", "need_raised", division_need="onsite_rnd")
    act(day, "14:40:00", "pan", "mail_sent", list="division_need")
    day.do("14:45:00", "tan", "fill_form", case=1001, **DEMAND)


def fifth_step(day: Day) -> None:
    fourth_step(day)
    day.do("15:10:00", "tao", "sign_form", case=1001, form="rnd_demand")
    day.do("15:20:00", "tan", "step_form", case=1001, form="rnd_demand", step="delivered")
    day.do("16:00:00", "tan", "step_form", case=1001, form="rnd_demand", step="meeting_held")
    agreed = {"held_on": "2026-03-10", "participants": "陶副总、谭工、丁研发、方副总"}
    act(day, "16:40:00", "tan", "demand_agreed", **agreed)
    day.do("16:50:00", "ding", "sign_form", case=1001, form="rnd_demand")


def on_site(day: Day) -> None:
    fifth_step(day)
    day.do("17:20:00", "fang", "sign_form", case=1001, form="rnd_demand")
    act(day, "17:30:00", "he", "visit_appointed", due="2026-03-10 18:30:00")
    act(day, "17:35:00", "he", "visit_prepared", customer_asked="yes", tools="yes")
    day.do(
        "17:40:00",
        "he",
        "message",
        case=1001,
        message="visit_confirmation",
        to="13955501953",
        arrival="18:30",
        prepare="断电",
    )
    act(day, "18:30:00", "he", "arrived", badge="yes")
    act(day, "20:30:00", "he", "result_explained", text="固件缺陷，已临时处理")
    act(day, "20:35:00", "he", "report_signed", stamped="no")
    act(day, "20:36:00", "he", "leave_agreed")
    typed = {"who": "regional_sales_manager", "channel": "phone"}
    day.do("20:38:00", "he", "reach", case=1001, **typed)


def rows(day: Day, time: str, notice: str) -> list[tuple[str, str]]:
    found = day.case(time)["notices"]
    return [(row["slot"], row["channel"]) for row in found if row["notice"] == notice]


def test_step_4_the_operator_never_rings_a_division(day: Day) -> None:
    third_step(day)
    for command, typed in (
        ("contact", {"by": "su"}),
        ("reach", {"who": "su"}),
        ("act", {"act": "division_contacted", "who": "苏经理"}),
    ):
        refusal = day.refused("14:06:00", "lin", command, case=1001, **typed)
        assert refusal["clause"] == "000 III.3.3.2"


def test_step_4_the_need_is_reported_to_five_by_mail(day: Day) -> None:
    fourth_step(day)
    assert day.case("14:06:00")["values"]["division_need"] == "onsite_rnd"
    assert rows(day, "14:06:00", "division_need") == [(slot, "mail") for slot in FIVE]
    assert ("report_need", "provincial_supervisor", "pan", "sent") in day.told("14:06:00")
    assert day.clock("14:40:00", "T0-26")[0] == "met"
    assert rows(day, "14:40:00", "need_report") == [(slot, "mail") for slot in FIVE]


def test_step_4_only_support_issues_a_demand(day: Day) -> None:
    third_step(day)
    for who in ("lin", "he"):
        refusal = day.refused("14:45:00", who, "fill_form", case=1001, **DEMAND)
        assert (refusal["rule"], refusal["clause"]) == ("F0-03", "000 III.3.3.7-9")


def test_step_5_nothing_is_delivered_unsigned(day: Day) -> None:
    fourth_step(day)
    refusal = day.refused("14:50:00", "tan", "step_form", case=1001, form="rnd_demand")
    assert (refusal["rule"], refusal["clause"]) == ("F0-03", "000 III.3.3.8")
    assert "Tao" in refusal["message"]
    refusal = day.refused("14:55:00", "yan", "sign_form", case=1001, form="rnd_demand")
    assert refusal["clause"] == "000 III.3.3.8"


def test_step_5_effective_only_when_all_have_signed(day: Day) -> None:
    fifth_step(day)
    refusal = day.refused("17:00:00", "tan", "step_form", case=1001, form="rnd_demand")
    assert "1/2" in refusal["message"]
    assert [t for t in day.case("17:00:00")["timers"] if t["rule"] == "T0-27"] == []
    day.do("17:20:00", "fang", "sign_form", case=1001, form="rnd_demand")
    assert day.clock("17:20:00", "T0-27")[:2] == ("running", "2026-03-21T00:00:00+08:00")


def test_step_6_without_a_stamp_only_with_a_reason(day: Day) -> None:
    on_site(day)
    refusal = day.refused("20:40:00", "he", "act", case=1001, act="left")
    assert (refusal["rule"], refusal["clause"]) == ("T0-31", "000 III.3.2.4.3")
    day.do("20:39:00", "he", "record", case=1001, stamp_exception="公章外借")
    act(day, "20:40:00", "he", "left")
    assert ("not_stamped", "regional_manager", "luo", "sent") in day.told("20:40:00")
    assert day.clock("20:40:00", "T0-32")[:2] == ("running", "2026-03-11T00:00:00+08:00")
    assert day.clock("20:40:00", "T0-29")[:2] == ("amber", day.due("20:45:00"))
    day.do("20:45:00", "he", "reach", case=1001, who="salesperson", channel="phone")
    assert day.clock("20:45:00", "T0-29")[0] == "met"
    act(day, "21:15:00", "he", "order_completed")
    assert day.clock("21:15:00", "T0-32")[0] == "met"


def test_step_6_nobody_leaves_before_customer_and_sales_manager_agree(day: Day) -> None:
    fifth_step(day)
    refusal = day.refused("18:30:00", "he", "act", case=1001, act="arrived")
    assert (refusal["rule"], refusal["clause"]) == ("T0-18", "000 III.3.2.1.4")
    refusal = day.refused("18:30:00", "he", "act", case=1001, act="visit_confirmed")
    assert refusal["rule"] == "T0-19"
    act(day, "18:31:00", "he", "visit_prepared")
    act(day, "18:32:00", "he", "visit_confirmed")
    act(day, "18:33:00", "he", "arrived")
    refusal = day.refused("20:40:00", "he", "act", case=1001, act="left")
    assert (refusal["rule"], refusal["clause"]) == ("T0-28", "000 III.3.2.4.1-2")
    for missing in ("customer agreed to leave", "sales manager told", "contract report signed"):
        assert missing in refusal["message"]


def test_the_customer_is_told_when_we_come_and_what_to_prepare(day: Day) -> None:
    on_site(day)
    [told] = [f for f in day.case("17:40:00")["facts"] if f["kind"] == "message_written"]
    assert told["body"]["address"] == "+8613955501953"
    for said in ("彭工您好", "何工 He", "2026-03-10 18:30", "断电", "1001"):
        assert said in told["body"]["text"]


def test_no_confirmation_is_written_before_all_is_prepared(day: Day) -> None:
    third_step(day)
    typed = {"to": "13955501953", "arrival": "18:30", "prepare": "断电"}
    refusal = day.refused(
        "17:40:00", "he", "message", case=1001, message="visit_confirmation", **typed
    )
    assert (refusal["rule"], refusal["clause"]) == ("T0-19", "000 III.3.2.1.2-4")


def test_the_whole_story_is_sound(day: Day) -> None:
    on_site(day)
    assert day.console("verify").code == 0
