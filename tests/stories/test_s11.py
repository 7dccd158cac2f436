"""S-11: traffic that falls off, an urgent change, a live transfer and a card in 24 hours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.stories.acts import Day
from tests.stories.lines import Story, enable

TUESDAY, WEDNESDAY, SUNDAY = "2026-09-15", "2026-09-16", "2026-09-20"
TRAFFIC = Path(__file__).parents[1] / "data" / "traffic.csv"
ANOMALY, COMPLAINT, CHANGE = 1001, 1004, 1005
CUSTOMER = {
    "line": "iptel",
    "known": "yes",
    "contact_name": "韩",
    "contact_phone": "01055502041",
    "employer": "海淀某贸易公司",
    "account_no": "HD-2041",
    "cust_class": "small_traffic",
    "line_kind": "long_distance",
    "product": "长途直拨",
}


@pytest.fixture
def story(data: Path, console: CommandLine) -> Story:
    enable(data, "power", "iptel")
    return Story(console)


def imported(story: Story, moment: str, file: Path = TRAFFIC) -> Any:
    answer = story.console("import", "anomalies", str(file), "--json", who="guan", at=moment)
    assert answer.code == 1
    return answer.data


def day(story: Story) -> Day:
    return story.on(TUESDAY)


def first_step(story: Story) -> None:
    imported(story, f"{TUESDAY} 09:30:00")


def second_step(story: Story) -> None:
    first_step(story)
    tuesday = day(story)
    tuesday.do("10:20:00", "chu", "contact", case=ANOMALY, text="周五起打不出")
    typed = {"act": "anomaly_explained", "outcome": "problem", "text": "周五起打不出"}
    tuesday.do("10:21:00", "chu", "act", case=ANOMALY, **typed)
    opened = {"reason": "长途打不出", "need": "恢复通话", "matter": "周五起长途打不出"}
    tuesday.do("10:22:00", "chu", "open", **CUSTOMER, **opened)
    typed = {"category": "complaint", "sub_kind": "complaint"}
    tuesday.do("10:23:00", "chu", "classify", case=COMPLAINT, **typed)
    tuesday.do("10:24:00", "chu", "link", case=COMPLAINT, to=ANOMALY)
    offer = {"to": "mo", "summary": "周五起长途打不出，重启拨号器无效"}
    tuesday.do("10:26:00", "chu", "offer_transfer", case=COMPLAINT, **offer)
    tuesday.do("10:26:20", "mo", "accept_transfer", case=COMPLAINT)


def third_step(story: Story) -> None:
    second_step(story)
    tuesday = day(story)
    opened = {"reason": "加急改密码权限", "need": "开放国际长途密码"}
    tuesday.do("11:00:00", "chu", "open", **CUSTOMER, **opened)
    typed = {"category": "service", "sub_kind": "change", "change_kind": "permission"}
    tuesday.do("11:00:00", "chu", "classify", case=CHANGE, urgent="yes", **typed)
    order = {"form": "change_order", "kinds": "permission", "details": "开放国际长途"}
    tuesday.do("11:01:00", "chu", "fill_form", case=CHANGE, **order)
    tuesday.do("11:02:00", "chu", "step_form", case=CHANGE, form="change_order", step="verified")
    tuesday.do("11:03:00", "chu", "sign_form", case=CHANGE, form="change_order")
    tuesday.do("11:04:00", "chu", "reach", case=CHANGE, who="acceptance_supervisor")
    tuesday.do("11:05:00", "chu", "step_form", case=CHANGE, form="change_order", step="opened")
    tuesday.do("11:07:00", "chu", "act", case=CHANGE, act="change_told")
    for number in (COMPLAINT, CHANGE):
        typed = {"act": "crm_entered", "crm_no": f"C-{number}"}
        tuesday.do("17:30:00", "chu", "act", case=number, **typed)


def order_taken(story: Story) -> None:
    third_step(story)
    tuesday = day(story)
    tuesday.do("15:30", "chu", "record", case=COMPLAINT, sub_kind="repair")
    order = {"form": "service_order", "kind": "repair"}
    tuesday.do("15:40", "ju", "fill_form", case=COMPLAINT, **order)
    typed = {"act": "visit_appointed", "due": f"{WEDNESDAY} 09:30:00"}
    tuesday.do("15:50", "ju", "act", case=COMPLAINT, **typed)
    tuesday.do("16:00:00", "mo", "step_form", case=COMPLAINT, form="service_order", step="taken")


def fourth_step(story: Story) -> None:
    order_taken(story)
    wednesday = story.on(WEDNESDAY)
    typed = {"movement": "out", "dialer": "D-7820", "program": "长途P3"}
    wednesday.do("08:40", "kuang", "fill_form", case=COMPLAINT, form="stock_movement", **typed)
    for step in ("checked", "booked"):
        typed = {"form": "stock_movement", "step": step}
        wednesday.do("08:50", "kuang", "step_form", case=COMPLAINT, **typed)
    wednesday.do("09:30:00", "mo", "act", case=COMPLAINT, act="arrived")
    replaced = {"act": "dialer_replaced", "old": "D-7731", "new": "D-7820"}
    wednesday.do("10:30", "mo", "act", case=COMPLAINT, **replaced)
    wednesday.do("11:40:00", "mo", "resolve", case=COMPLAINT, text="更换拨号器后恢复")
    wednesday.do("11:45", "mo", "act", case=COMPLAINT, act="order_worked", text="更换拨号器")
    card = {"form": "feedback_card", "client_side": "小交换机后接拨号器"}
    wednesday.do("14:50", "mo", "fill_form", case=COMPLAINT, **card)
    typed = {"form": "feedback_card", "step": "received"}
    wednesday.do("15:10:00", "ju", "step_form", case=COMPLAINT, **typed)
    card = {"form": "repair_card", "problem": "拨号器主板老化"}
    wednesday.do("15:15", "mo", "fill_form", case=COMPLAINT, **card)
    data = {"access_mode": "小交换机", "device_model": "DL-20", "work_condition": "正常"}
    wednesday.do("15:20", "ju", "record", case=COMPLAINT, **data)
    wednesday.do("15:21", "ju", "act", case=COMPLAINT, act="line_data_updated")


def test_step_1_what_has_fallen_by_half_is_to_be_phoned(story: Story) -> None:
    answer = imported(story, f"{TUESDAY} 09:30:00")
    assert answer["opened"] == [1001, 1002, 1003]
    assert [row["case"] for row in answer["rows"]] == [1001, 1002, 0, 1003, 0, 0, 0]
    case = day(story).case("09:30:00", ANOMALY)
    assert (case["state"], case["category"]) == ("anomaly_detected", "service")
    assert (case["owner"], case["assignee"]) == ("chu", "")
    values = case["values"]
    assert (values["account_no"], values["cust_class"]) == ("HD-2041", "small_traffic")
    assert (values["traffic_now"], values["traffic_base"]) == (210, 1840)
    assert (values["drop_pct"], values["sub_kind"]) == (88.6, "anomaly")


def test_step_1_each_bad_line_is_named_and_keeps_no_other_out(story: Story) -> None:
    answer = imported(story, f"{TUESDAY} 09:30:00")
    problems = {row["line"]: row["problem"] for row in answer["rows"] if row["problem"]}
    assert {line: problem["rule"] for line, problem in problems.items()} == {
        7: "traffic_now",
        8: "anomalies",
    }
    assert "many" in problems[7]["message"]
    assert problems[8]["message"] == "Missing: employer"
    shown = story.console("import", "iptel.anomalies", str(TRAFFIC), who="guan").out
    assert "line 8: Missing: employer" in shown
    assert "7 rows, 0 cases opened." in shown


def test_step_1_a_file_read_twice_opens_nothing_twice(story: Story) -> None:
    first_step(story)
    assert imported(story, f"{TUESDAY} 09:35:00")["opened"] == []
    assert len(story.console.json("show", "board", at=f"{TUESDAY} 09:36")) == 3


def test_step_1_the_same_list_as_a_chinese_spreadsheet_writes_it(
    story: Story, tmp_path: Path
) -> None:
    file = tmp_path / "traffic.csv"
    header = "客户编号,客户类别,线路类别,单位,统计周,本期流量（分钟）,前四周平均（分钟）"
    row = "HD-2041,小流量,长途,海淀某贸易公司,2026-W37,210,1840"
    file.write_bytes(f"{header}\r\n{row}\r\n".encode("gb18030"))
    words = ("import", "anomalies", str(file))
    answer = story.console.json(*words, who="guan", at=f"{TUESDAY} 09:30")
    assert answer["opened"] == [1001]
    values = day(story).case("09:31", 1001)["values"]
    assert (values["employer"], values["cust_class"]) == ("海淀某贸易公司", "small_traffic")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "lacks account_no"),
        (b"account_no,week\nHD-1,2026-W37\n", "lacks cust_class, employer"),
        (b"\xff\xfe\x00\x81", "not text"),
        (b'account_no\n"HD-1', "lacks"),
    ],
)
def test_step_1_a_file_that_is_no_such_list(
    story: Story, tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "traffic.csv"
    file.write_bytes(content)
    refusal = story.console.refused("import", "anomalies", str(file), who="guan")
    assert refusal["rule"] == "import"
    assert said in refusal["message"]
    assert story.console.json("show", "board") == []


def test_step_1_a_table_and_a_file_there_are(story: Story) -> None:
    refusal = story.console.refused("import", "stars", str(TRAFFIC), who="guan")
    assert "iptel.anomalies" in refusal["remedy"]
    answer = story.console("import", "anomalies", str(TRAFFIC.parent / "none.csv"), who="guan")
    assert (answer.code, "cannot be read" in answer.err) == (2, True)


def test_step_1_it_warns_after_four_working_hours(story: Story) -> None:
    first_step(story)
    tuesday = day(story)
    [clock] = [t for t in tuesday.case("09:31", ANOMALY)["timers"] if t["rule"] == "T4-12"]
    assert (clock["due"], clock["amber"]) == (None, tuesday.due("15:00:00"))
    assert tuesday.clock("14:59:59", "T4-12", ANOMALY)[0] == "running"
    assert tuesday.clock("15:00:00", "T4-12", ANOMALY)[0] == "amber"
    story.worker(f"{TUESDAY} 15:00:00")
    warned = [f for f in tuesday.case("15:00", ANOMALY)["facts"] if f["kind"] == "timer_warned"]
    assert [f["at"] for f in warned] == [tuesday.due("15:00:00")]
    story.worker(f"{SUNDAY} 15:00:00")
    assert story.on(SUNDAY).clock("15:00:00", "T4-12", ANOMALY)[0] == "amber"


def test_step_2_the_call_finds_a_problem_with_a_case_of_its_own(story: Story) -> None:
    second_step(story)
    tuesday = day(story)
    assert tuesday.clock("10:20:00", "T4-12", ANOMALY)[0] == "met"
    linked = {
        number: [
            f["body"]["case"]
            for f in tuesday.case("10:27", number)["facts"]
            if f["kind"] == "case_linked"
        ]
        for number in (ANOMALY, COMPLAINT)
    }
    assert linked == {ANOMALY: [COMPLAINT], COMPLAINT: [ANOMALY]}
    refusal = tuesday.refused("10:27", "chu", "link", case=COMPLAINT, to=COMPLAINT)
    assert refusal["rule"] == "case"


def test_step_2_nothing_is_concluded_before_the_customer_was_phoned(story: Story) -> None:
    first_step(story)
    typed = {"act": "anomaly_explained", "outcome": "explained"}
    refusal = day(story).refused("10:00", "chu", "act", case=ANOMALY, **typed)
    assert (refusal["rule"], refusal["clause"]) == ("T4-12", "004 9.3 C(3)")


def test_step_2_the_engineer_takes_the_record_and_asks_nothing_again(story: Story) -> None:
    second_step(story)
    tuesday = day(story)
    case = tuesday.case("10:26:20", COMPLAINT)
    assert (case["owner"], case["assignee"], case["state"]) == ("chu", "mo", "in_progress")
    offered = next(f for f in case["facts"] if f["kind"] == "transfer_offered")
    assert offered["at"] == tuesday.due("10:26:00")
    refusal = tuesday.refused("10:30", "mo", "record", case=COMPLAINT, matter="打不出电话")
    assert (refusal["rule"], refusal["clause"]) == ("W-06", "002 P3C1")


def test_step_2_an_incomplete_record_is_not_passed_on(story: Story) -> None:
    tuesday = day(story)
    left_out = {k: v for k, v in CUSTOMER.items() if k != "account_no"}
    tuesday.do("10:22", "chu", "open", **left_out, reason="打不出", need="恢复")
    offer = {"to": "mo", "summary": "打不出"}
    refusal = tuesday.refused("10:26", "chu", "offer_transfer", case=1001, **offer)
    assert (refusal["rule"], refusal["clause"]) == ("W-06", "004 9.3 C(1)")


def test_step_2_a_rep_advises_and_the_supervisor_settles(story: Story) -> None:
    second_step(story)
    tuesday = day(story)
    for command, typed in (("settle", {"text": "x"}), ("close", {"reason": "x"})):
        refusal = tuesday.refused("10:30", "chu", command, case=COMPLAINT, **typed)
        assert (refusal["rule"], refusal["clause"]) == ("D-24", "004 9.3 A(2), 9.4 A(2)")
    tuesday.do("10:30", "chu", "advise_complaint", case=COMPLAINT, text="先致歉")
    assert "settle" in tuesday.case("10:31", COMPLAINT, who="guan")["offered"]


def test_step_3_an_urgent_change_needs_the_supervisor_and_the_customer_told(story: Story) -> None:
    third_step(story)
    tuesday = day(story)
    [clock] = [t for t in tuesday.case("11:04:00", CHANGE)["timers"] if t["rule"] == "T4-08"]
    assert (clock["state"], clock["due"], clock["progress"]) == (
        "amber",
        tuesday.due("11:05:00"),
        "1/2",
    )
    [clock] = [t for t in tuesday.case("11:07:00", CHANGE)["timers"] if t["rule"] == "T4-08"]
    assert (clock["state"], clock["stopped"]) == ("met", tuesday.due("11:07:00"))
    assert clock["breached_by"] == 0
    [told] = [t for t in tuesday.case("11:07:00", CHANGE)["timers"] if t["rule"] == "T4-07"]
    assert (told["state"], told["started"]) == ("met", tuesday.due("11:05:00"))
    rows = [r for r in tuesday.case("11:07", CHANGE)["notices"] if r["notice"] == "urgent_change"]
    assert {(r["person"], r["channel"]) for r in rows} == {("guan", "console"), ("guan", "phone")}


def test_step_3_only_the_first_rep_audits_the_order(story: Story) -> None:
    third_step(story)
    tuesday = day(story)
    signed = next(f for f in tuesday.case("12:00", CHANGE)["facts"] if f["kind"] == "form_signed")
    assert (signed["actor"], signed["body"]["slot"]) == ("chu", "rep_1")
    order = {"form": "change_order", "kinds": "basic_data", "details": "改名"}
    tuesday.do("12:01", "dai", "fill_form", case=CHANGE, **order)
    tuesday.do("12:02", "dai", "step_form", case=CHANGE, form="change_order", step="verified")
    refusal = tuesday.refused("12:03", "dai", "sign_form", case=CHANGE, form="change_order")
    assert refusal["clause"] == "004 9.3 A(1)"
    refusal = tuesday.refused("12:03", "dai", "step_form", case=CHANGE, form="change_order")
    assert refusal["rule"] == "F4-02"


def test_step_3_both_are_in_the_crm_the_same_day(story: Story) -> None:
    third_step(story)
    tuesday, due = day(story), "2026-09-16T00:00:00+08:00"
    for number in (COMPLAINT, CHANGE):
        assert tuesday.clock("17:29", "T4-02", number)[:2] == ("running", due)
        assert tuesday.clock("17:30:00", "T4-02", number) == ("met", due, 0)


def test_step_4_the_card_counts_from_the_order_and_not_from_the_visit(story: Story) -> None:
    order_taken(story)
    tuesday, wednesday = day(story), story.on(WEDNESDAY)
    due = wednesday.due("16:00:00")
    assert tuesday.clock("16:00:00", "T4-01", COMPLAINT) == ("running", due, 0)
    assert wednesday.clock("16:00:00", "T4-01", COMPLAINT)[0] == "amber"
    assert wednesday.clock("16:00:01", "T4-01", COMPLAINT) == ("breached", due, 1)
    wednesday.do("15:00", "mo", "act", case=COMPLAINT, act="card_excused", text="客户停电")
    assert wednesday.clock("16:00:01", "T4-01", COMPLAINT) == ("met", due, 0)


def test_step_4_only_scheduling_issues_an_order(story: Story) -> None:
    third_step(story)
    order = {"form": "service_order", "kind": "repair"}
    refusal = day(story).refused("15:40", "mo", "fill_form", case=COMPLAINT, **order)
    assert (refusal["rule"], refusal["clause"]) == ("F4-08", "004 9.8 C(1)")


def test_step_4_no_dialer_that_stock_has_not_checked(story: Story) -> None:
    order_taken(story)
    wednesday = story.on(WEDNESDAY)
    wednesday.do("09:30", "mo", "act", case=COMPLAINT, act="arrived")
    replaced = {"act": "dialer_replaced", "old": "D-7731", "new": "D-7820"}
    refusal = wednesday.refused("10:30", "mo", "act", case=COMPLAINT, **replaced)
    assert (refusal["rule"], refusal["clause"]) == ("F4-15", "004 9.5 M(1)-(3)")


def test_step_4_the_card_reaches_scheduling_in_time(story: Story) -> None:
    fourth_step(story)
    wednesday = story.on(WEDNESDAY)
    due = wednesday.due("16:00:00")
    assert wednesday.clock("15:09:59", "T4-01", COMPLAINT)[0] == "amber"
    [card] = [t for t in wednesday.case("15:30", COMPLAINT)["timers"] if t["rule"] == "T4-01"]
    assert (card["state"], card["due"], card["stopped"]) == ("met", due, wednesday.due("15:10:00"))
    case = wednesday.case("15:30", COMPLAINT)
    assert {key: case["forms"][key] for key in ("repair_card", "stock_movement")} == {
        "repair_card": "complete",
        "stock_movement": "complete",
    }
    assert case["values"]["device_model"] == "DL-20"
    assert case["facts"][-1]["kind"] == "line_data_updated"
    assert wednesday.clock("11:45", "T4-22", COMPLAINT)[0] == "met"


def test_step_5_the_supervisor_follows_up_by_the_make_up_sunday(story: Story) -> None:
    fourth_step(story)
    sunday = story.on(SUNDAY)
    due = sunday.due("18:00:00")
    assert story.on(WEDNESDAY).clock("11:40:00", "T4-24", COMPLAINT) == ("running", due, 0)
    assert sunday.clock("18:00:01", "T4-24", COMPLAINT) == ("breached", due, 1)
    typed = {"act": "complaint_followed_up", "satisfied": "yes"}
    refusal = sunday.refused("17:00", "chu", "act", case=COMPLAINT, **typed)
    assert refusal["clause"] == "004 9.2 C(2)"
    sunday.do("17:00", "guan", "settle", case=COMPLAINT, text="致歉", satisfied="yes")
    sunday.do("17:00", "guan", "confirm", case=COMPLAINT, who="韩")
    refusal = sunday.refused("17:05", "guan", "close", case=COMPLAINT, reason="x")
    assert refusal["rule"] == "T4-24"
    sunday.do("17:10:00", "guan", "act", case=COMPLAINT, **typed)
    assert sunday.clock("17:10:00", "T4-24", COMPLAINT) == ("met", due, 0)
    sunday.do("17:20", "guan", "close", case=COMPLAINT)


def test_step_5_the_weekly_reports_do_not_care_for_the_make_up_day(story: Story) -> None:
    rows = story.duties(f"{TUESDAY} 09:00", SUNDAY, SUNDAY, "T4-03")
    assert {(row["person"], row["due"]) for row in rows} == {
        ("chu", "2026-09-21T00:00:00+08:00"),
        ("dai", "2026-09-21T00:00:00+08:00"),
    }
    [check] = story.duties(f"{TUESDAY} 09:00", SUNDAY, SUNDAY, "T4-13")
    assert check["parts"] == ["rep_1", "rep_2", "stock", "technical"]


def test_a_new_account_is_visited_in_its_first_month(story: Story) -> None:
    tuesday = day(story)
    tuesday.do("14:00", "dai", "open", **CUSTOMER, reason="开户", need="开通")
    typed = {"category": "service", "sub_kind": "new_account"}
    tuesday.do("14:01", "dai", "classify", case=1001, **typed)
    tuesday.do("14:02:00", "dai", "act", case=1001, act="account_opened")
    clocks = {t["key"]: t["due"] for t in tuesday.case("14:03", 1001)["timers"]}
    assert clocks["first_month_visit"] == "2026-10-16T00:00:00+08:00"
    assert clocks["weekly_visit"] == "2026-09-28T00:00:00+08:00"
    assert clocks["activation"] is None
    refusal = tuesday.refused("14:04", "dai", "act", case=1001, act="account_established")
    assert (refusal["rule"], refusal["clause"]) == ("T4-09", "004 9.4 C(4)")


def test_the_whole_story_is_sound(story: Story) -> None:
    fourth_step(story)
    story.worker(f"{SUNDAY} 18:00:01")
    assert story.is_sound()
