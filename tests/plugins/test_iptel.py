"""What the telephone line asks for beside its stories: forwarded and key complaints, problems
nobody can solve."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.stories.acts import Day
from tests.stories.lines import enable

CUSTOMER = {
    "line": "iptel",
    "channel": "mail",
    "known": "yes",
    "contact_name": "韩",
    "contact_phone": "01055502041",
    "employer": "海淀某贸易公司",
    "account_no": "HD-2041",
    "cust_class": "key",
    "line_kind": "ip",
    "product": "直拨",
    "reason": "断线",
    "need": "恢复",
}


@pytest.fixture
def day(data: Path, console: CommandLine) -> Day:
    enable(data, "iptel")
    day = Day(console, "2026-09-15")
    day.do("09:00:00", "chu", "open", **CUSTOMER)
    return day


def classify(day: Day, category: str, **typed: Any) -> None:
    day.do("09:01:00", "chu", "classify", case=1001, category=category, **typed)


def test_a_key_account_that_complains_is_visited_by_the_manager(day: Day) -> None:
    classify(day, "complaint", sub_kind="complaint", matter="断线")
    told = [(notice, person) for notice, _, person, _ in day.told("09:01:00")]
    assert ("key_complaint", "long") in told
    assert ("complaint", "guan") in told
    assert day.clock("09:01", "W-07")[:2] == ("running", None)
    refusal = day.refused("10:00", "guan", "act", case=1001, act="manager_visited")
    assert refusal["clause"] == "004 9.1 C(2)"
    day.do("10:00", "long", "act", case=1001, act="manager_visited")
    assert day.clock("10:00", "W-07")[0] == "met"


def test_a_complaint_of_another_class_is_not(day: Day) -> None:
    day.do("09:00:30", "chu", "record", case=1001, cust_class="small")
    classify(day, "complaint", sub_kind="complaint", matter="断线")
    assert "key_complaint" not in [notice for notice, *_ in day.told("09:01:00")]
    assert "W-07" not in [t["rule"] for t in day.case("09:01")["timers"]]


def test_what_another_department_forwarded_names_it(day: Day) -> None:
    classify(day, "complaint", sub_kind="forwarded_complaint", matter="断线")
    refusal = day.refused("09:02", "chu", "assign", case=1001, to="dai")
    assert refusal["message"].endswith("Missing: forwarded by")
    [clock] = [t for t in day.case("09:02")["timers"] if t["rule"] == "T4-27"]
    assert (clock["due"], clock["amber"]) == (None, day.due("14:30:00"))
    day.do("09:03", "chu", "assign", case=1001, to="dai", forwarded_by="市场部")
    day.do("10:00", "dai", "resolve", case=1001, text="已恢复")
    assert day.clock("10:00", "T4-27")[0] == "met"


def test_an_engineer_asks_his_supervisor_and_the_supervisor_asks_systems(day: Day) -> None:
    classify(day, "technical", sub_kind="repair")
    day.do("09:02", "chu", "assign", case=1001)
    day.do("10:00", "mo", "act", case=1001, act="stuck")
    assert ("stuck", "support_supervisor", "hui", "sent") in day.told("10:00")
    day.do("10:10", "mo", "reach", case=1001, who="support_supervisor")
    refusal = day.refused("10:20", "mo", "act", case=1001, act="systems_asked")
    assert refusal["clause"] == "004 9.7 C(3)"
    day.do("10:20", "hui", "act", case=1001, act="supervisor_stuck")
    day.do("10:30", "hui", "act", case=1001, act="systems_asked")
    clocks = {t["key"]: t["state"] for t in day.case("10:30")["timers"] if t["rule"] == "T4-23"}
    assert clocks == {"to_supervisor": "met", "to_systems": "met"}


def test_systems_gets_work_from_the_supervisor_only(day: Day) -> None:
    classify(day, "technical", sub_kind="repair", division="systems")
    refusal = day.refused("09:02", "chu", "assign", case=1001, to="pu")
    assert (refusal["rule"], refusal["clause"]) == ("systems", "004 9.7 C(3)")
    day.do("09:03", "hui", "assign", case=1001, to="pu")


def test_a_new_account_without_installation_is_told_and_tracked(day: Day) -> None:
    classify(day, "service", sub_kind="new_account")
    day.do("09:02", "dai", "act", case=1001, act="account_opened")
    day.do("09:30", "dai", "act", case=1001, act="activation_told")
    assert day.clock("09:30", "T4-10")[0] == "met"
    assert day.clock("09:30", "T4-11")[1] == "2026-09-28T00:00:00+08:00"
    day.do("10:00", "dai", "act", case=1001, act="return_visited", text="正常")
    day.do("10:01", "dai", "act", case=1001, act="account_established")
    states = [t["state"] for t in day.case("10:01")["timers"] if t["rule"] in ("T4-09", "T4-11")]
    assert set(states) == {"met"}


def test_one_with_installation_is_told_by_the_engineer(day: Day) -> None:
    classify(day, "service", sub_kind="new_account", install_needed="yes")
    day.do("09:02", "dai", "act", case=1001, act="account_opened")
    assert "T4-10" not in [t["rule"] for t in day.case("09:03")["timers"]]
