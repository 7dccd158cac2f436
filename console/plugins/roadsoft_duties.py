"""The month of the highway-software house: branch packs, consolidation, the list to the
Solutions department. Part of `console.plugins.roadsoft`; every duty carries its clause."""

from __future__ import annotations

from console.plugins import (
    AfterDuty,
    Duty,
    FirstWorkingDay,
    L,
    LastDay,
    MonthDay,
    Quarterly,
    Topic,
    when,
)

SUMMARY = "002 P3C1 summary"
PACK = "002 P2C2 #13"
SHOWN = ("branch", "product", "product_version", "record_kind")
DEFECTS = when("record_kind").equals("software_error")
WISHES = when("record_kind").equals("suggestion")
COMPLAINTS = when("category").equals("complaint") | when("complaint_stands").is_set()

DUTIES = (
    Duty(
        "branch_records",
        L("分公司上报服务记录", "branch service records"),
        MonthDay(28),
        who="branch_manager",
        rule="T2-25",
        clause=f"{SUMMARY}; {PACK}",
        parts=True,
        to=("support_engineer",),
        agenda=(
            Topic("records", L("本月服务记录", "records of the month"), None, SHOWN, False, True),
        ),
    ),
    Duty(
        "check_records",
        L("核对并追问记录", "check the records"),
        MonthDay(29),
        who="support_engineer",
        rule="T2-26",
        clause=SUMMARY,
        after=("branch_records",),
        agenda=(
            Topic(
                "unsolved",
                L("未解决的记录", "records not solved"),
                when("state").one_of("open", "recorded", "classified", "dispatched", "advised"),
                SHOWN,
            ),
            Topic("late", L("逾期的记录", "limits broken"), shows=SHOWN, late=True),
        ),
    ),
    Duty(
        "consolidation",
        L("汇总分公司和总部记录", "consolidate the records"),
        MonthDay(29),
        who="support_engineer",
        rule="T2-27",
        clause=SUMMARY,
        after=("branch_records",),
        agenda=(Topic("records", L("分公司和总部记录", "all records"), None, SHOWN, False, True),),
    ),
    Duty(
        "branch_status",
        L("分公司月末情况", "branch status report"),
        LastDay(),
        who="branch_manager",
        rule="T2-31",
        clause="002 P2C2 #10",
        parts=True,
        to=("director", "centre_assistant"),
        evidence=L("是否需要总部支持", "HQ support needed?"),
    ),
    Duty(
        "problem_list",
        L("问题需求清单送方案部", "list to Solutions dept"),
        AfterDuty("consolidation", day=1),
        who="tech_team_leader",
        rule="T2-28",
        clause=SUMMARY,
        after=("consolidation",),
        to=("product_consultant",),
        agenda=(
            Topic("problems", L("问题：缺陷", "problems: defects"), DEFECTS, SHOWN, False, True),
            Topic("wishes", L("需求：建议", "requirements"), WISHES, SHOWN, False, True),
        ),
    ),
    Duty(
        "solutions_reply",
        L("方案部答复清单", "Solutions dept replies"),
        AfterDuty("problem_list", days=5, rolls=True),
        who="product_consultant",
        rule="T2-29",
        clause=SUMMARY,
        after=("problem_list",),
        to=("tech_team_leader",),
    ),
    Duty(
        "faq",
        L("编发内外部问答", "FAQ, both editions"),
        AfterDuty("solutions_reply", days=5, rolls=True),
        who="support_engineer",
        rule="T2-30",
        clause=SUMMARY,
        after=("solutions_reply",),
        to=("branch_manager",),
    ),
    Duty(
        "rate_records",
        L("总部抽查回访并评分", "HQ samples and rates"),
        FirstWorkingDay(),
        who="tech_team_leader",
        rule="T2-32",
        clause="002 P3C1 supervision",
        evidence=L("抽查名单和评分", "sample and rating"),
        agenda=(
            Topic("records", L("可抽查的记录", "records to sample"), None, SHOWN, False, True),
        ),
    ),
    Duty(
        "sample_branches",
        L("中心抽查分公司回访", "centre samples branches"),
        FirstWorkingDay(),
        who="centre_assistant",
        rule="T2-32",
        clause="002 P3C1 supervision",
        evidence=L("抽查名单", "sample"),
        agenda=(
            Topic("records", L("可抽查的记录", "records to sample"), None, SHOWN, False, True),
        ),
    ),
    Duty(
        "branch_customers",
        L("总部抽查分公司客户", "HQ asks branch customers"),
        Quarterly(2),
        who="centre_assistant",
        rule="T2-33",
        clause="002 P2C2 #9",
    ),
    Duty(
        "former_customers",
        L("联系老客户", "contact former customers"),
        FirstWorkingDay(),
        who="service_team_leader",
        rule="T2-36",
        clause="002 P1C2S2 basic",
    ),
    Duty(
        "complaint_count",
        L("按人统计投诉", "complaints per person"),
        FirstWorkingDay(),
        who="centre_assistant",
        rule="T2-34",
        clause="002 P2C2 penalties",
        evidence=L("12个月内超过两次的人员", "who has more than two in 12 months"),
        to=("director",),
        agenda=(
            Topic(
                "complaints",
                L("本月投诉", "complaints of the month"),
                COMPLAINTS,
                ("accused", "grounds", "branch"),
                whole_period=True,
                rule="F2-07",
                clause="002 P2C2 penalties",
            ),
        ),
    ),
)
