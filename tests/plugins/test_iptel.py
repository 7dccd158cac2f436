"""What the telephone line asks for beside its stories: forwarded and key complaints, problems
nobody can solve."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.plugins import letters
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


# --- changes, accounts, traffic: what the customer and our own people are written


def case_of(day: Day, sub_kind: str, **typed: Any) -> None:
    classify(day, "service", sub_kind=sub_kind, **typed)


def test_a_customer_is_written_that_a_change_is_in_force(day: Day) -> None:
    case_of(day, "change", change_kind="add_line,permission")
    letter = letters.message(day.console, "change_opened", note="明日生效")
    assert "add line, permission, account HD-2041" in letter.short
    assert "Remark: 明日生效" in letter.full
    zh = letters.message(day.console, "change_opened", lang="zh")
    assert "业务变更（增加线路、权限，客户编号HD-2041）已开通" in zh.short


def test_the_supervisor_is_told_what_is_so_urgent(day: Day) -> None:
    case_of(day, "change", change_kind="permission", urgent="yes")
    said = letters.notice(day.console, "urgent_change").short
    assert "海淀某贸易公司 (HD-2041) urgently needs permission: 恢复" in said


def test_a_new_user_without_installation_is_welcomed(day: Day) -> None:
    case_of(day, "new_account")
    typed = {"act": "account_opened", "opened_at": "2026-09-14"}
    day.do("09:02", "dai", "act", case=1001, **typed)
    assert day.case("09:02")["values"]["opened_at"] == "2026-09-14"
    assert ("account_opened", "dai") in {(one, who) for one, _, who, _ in day.told("09:02")}
    letter = letters.message(day.console, "activation", how="先拨17909")
    assert letter.subject == "Your account is active"
    assert "How to use it: 先拨17909" in letter.full


def test_who_gets_an_installation_is_not_written_that_it_is_active(day: Day) -> None:
    case_of(day, "new_account", install_needed="yes")
    with pytest.raises(AssertionError):
        letters.message(day.console, "activation", how="x")


def test_a_problem_behind_the_traffic_gets_a_case_of_its_own(day: Day) -> None:
    case_of(day, "anomaly", traffic_now="210", traffic_base="1840", drop_pct="88.6", week="W37")
    day.do("09:02", "chu", "act", case=1001, act="anomaly_detected")
    assert "210 minutes against 1840" in letters.notice(day.console, "anomaly").short
    day.do("09:10", "chu", "contact", case=1001)
    day.do("09:11", "chu", "resolve", case=1001, text="已问")
    day.do("09:12", "chu", "confirm", case=1001, who="韩", satisfied="yes")
    assert day.refused("09:13", "chu", "close", case=1001, reason="x")["rule"] == "W-25"
    day.do("09:14", "chu", "act", case=1001, act="anomaly_explained", outcome="problem")
    refusal = day.refused("09:15", "chu", "close", case=1001, reason="x")
    assert (refusal["rule"], "link" in refusal["remedy"]) == ("W-25", True)
    assert day.clock("09:15", "W-25")[0] == "running"
    day.do("09:16", "chu", "open", **CUSTOMER)
    day.do("09:17", "chu", "link", case=1002, to=1001)
    assert day.clock("09:17", "W-25")[0] == "met"
    day.do("09:18", "chu", "close", case=1001, reason="x")


def test_a_customer_who_explains_it_needs_no_other_case(day: Day) -> None:
    case_of(day, "anomaly")
    day.do("09:02", "chu", "act", case=1001, act="anomaly_detected")
    day.do("09:10", "chu", "contact", case=1001)
    day.do("09:11", "chu", "act", case=1001, act="anomaly_explained", outcome="explained")
    assert "W-25" not in [one["rule"] for one in day.case("09:11")["timers"]]


# --- visits


def test_an_installation_is_audited_and_scheduled_before_its_order(day: Day) -> None:
    classify(day, "technical", sub_kind="install")
    order = {"form": "service_order", "kind": "install"}
    refusal = day.refused("09:10", "ju", "fill_form", case=1001, **order)
    assert (refusal["rule"], refusal["clause"]) == ("F4-06", "004 9.6 M(1), (5)")
    install = {"form": "install_order", "details": "两台拨号器"}
    day.do("09:11", "rong", "fill_form", case=1001, **install)
    for time in ("09:12", "09:13"):
        day.do(time, "ju", "step_form", case=1001, form="install_order")
    schedule = {"form": "install_schedule", "day": "2026-09-16", "engineer": "mo"}
    assert day.refused("09:14", "mo", "fill_form", case=1001, **schedule)["rule"] == "F4-07"
    day.do("09:14", "ju", "fill_form", case=1001, **schedule)
    day.do("09:15", "ju", "fill_form", case=1001, **order)


def test_only_scheduling_appoints_a_visit(day: Day) -> None:
    classify(day, "technical", sub_kind="repair")
    typed = {"act": "visit_appointed", "due": "15:00", "plan_no": "AZ-7"}
    for who in ("mo", "hui", "chu"):
        assert day.refused("09:10", who, "act", case=1001, **typed)["clause"].startswith(
            "004 9.6 A"
        )
    day.do("09:10", "ju", "act", case=1001, **typed)
    assert day.clock("09:10", "W-08")[1] == day.due("15:00")


def test_the_order_is_written_up_and_signed_before_leaving(day: Day) -> None:
    classify(day, "technical", sub_kind="repair")
    day.do("09:10", "ju", "fill_form", case=1001, form="service_order", kind="repair")
    day.do("09:11", "mo", "step_form", case=1001, form="service_order", step="taken")
    day.do("14:00", "mo", "act", case=1001, act="arrived")
    day.do("15:00", "mo", "act", case=1001, act="order_worked", text="更换")
    assert day.refused("15:01", "mo", "act", case=1001, act="left")["rule"] == "W-08"
    day.do("15:02", "mo", "act", case=1001, act="order_signed")
    day.do("15:03", "mo", "act", case=1001, act="left")
    assert day.case("15:03")["state"] == "left"


def test_what_was_repaired_goes_into_the_archive(day: Day) -> None:
    classify(day, "technical", sub_kind="repair")
    day.do("15:00", "mo", "resolve", case=1001, text="更换")
    assert day.clock("15:00", "F4-12")[0] == "running"
    archive = {"form": "technical_archive", "cause": "老化", "remedy": "更换"}
    assert day.refused("15:01", "mo", "fill_form", case=1001, **archive)["rule"] == "F4-12"
    day.do("15:10", "hui", "fill_form", case=1001, **archive)
    assert day.clock("15:10", "F4-12")[0] == "met"


def test_what_nobody_solves_goes_up_with_all_that_is_known(day: Day) -> None:
    classify(day, "technical", sub_kind="repair")
    there = {"access_mode": "小交换机", "device_model": "DL-20", "dialer_serial": "D-7731"}
    day.do("09:02", "chu", "record", case=1001, **there)
    day.do("09:03", "chu", "assign", case=1001)
    day.do("10:00", "mo", "act", case=1001, act="stuck", text="已换拨号器")
    said = letters.notice(day.console, "stuck")
    assert said.subject == "Stuck: 海淀某贸易公司, HD-2041"
    assert "Access 小交换机, equipment DL-20, dialer D-7731" in said.short
    day.do("10:20", "hui", "act", case=1001, act="supervisor_stuck")
    mail = letters.notice(day.console, "supervisor_stuck").full
    assert "Equipment: DL-20\n" in mail
    assert "Engineer: 莫工 Mo\nSupervisor: 惠主管 Hui\nCase: 1001" in mail


def test_the_fault_of_a_dialer_is_told_to_supervisor_and_stock(day: Day) -> None:
    classify(day, "technical", sub_kind="repair")
    day.do("09:02", "chu", "record", case=1001, dialer_serial="D-7731")
    day.do("10:00", "mo", "act", case=1001, act="dialer_quality", text="掉线")
    told = {who for one, _, who, _ in day.told("10:00") if one == "dialer_quality"}
    assert told == {"hui", "kuang"}
    assert "dialer D-7731" in letters.notice(day.console, "dialer_quality").short


# --- checks and reports


def test_a_members_finding_is_put_right(day: Day) -> None:
    checked = {"act": "spot_checked", "member": "rep_1", "result": "late", "text": "超时"}
    day.do("17:00", "guan", "act", case=1001, **checked)
    assert ("check_finding", "chu") in {(one, who) for one, _, who, _ in day.told("17:00")}
    day.do("17:10", "chu", "act", case=1001, act="finding_fixed", text="已补")
    assert day.clock("17:10", "W-18")[0] == "met"


def test_the_stock_report_goes_to_those_who_wait_for_it(day: Day) -> None:
    classify(day, "technical", sub_kind="repair")
    day.do("09:02", "chu", "record", case=1001, dialer_serial="D-7731", dialer_program="P3")
    words = ("show", "duties", "stock_weekly", "--from", "2026-09-20", "--to", "2026-09-20")
    [row] = day.console.json(*words, who="lin", at=day.at("10:00"))
    assert row["to"] == ["mei", "sang", "tang", "long", "guan", "hui"]
    [item] = row["agenda"][0]["items"]
    assert item["values"] == {"dialer_serial": "D-7731", "dialer_program": "P3"}


def test_stock_is_looked_through_every_week(day: Day) -> None:
    words = ("show", "duties", "--from", "2026-09-20", "--to", "2026-09-20")
    rows = day.console.json(*words, who="lin", at=day.at("10:00"))
    [row] = [one for one in rows if one["rule"] == "T4-25"]
    assert (row["person"], row["due"]) == ("kuang", "2026-09-21T00:00:00+08:00")
