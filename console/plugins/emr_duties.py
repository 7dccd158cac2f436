"""What recurs at the medical-records software house: mails, weekly packs, summaries. Part of
`console.plugins.emr`; every duty carries its clause, and every topic the record it is for."""

from __future__ import annotations

from console.plugins import (
    FRIDAY,
    MONDAY,
    SUNDAY,
    THURSDAY,
    WEDNESDAY,
    Condition,
    Duty,
    FirstWorkingDay,
    L,
    LastWeek,
    Quarterly,
    Topic,
    Weekly,
    when,
)
from console.plugins.emr_record import (
    INSPECTED,
    ISSUE,
    MAJOR,
    OPPORTUNITIES,
    OPPORTUNITY,
    REQUIREMENT,
    UPGRADE,
)
from console.plugins.flows import COMPLAINT, UNHAPPY

REQUIREMENTS = "001 P5 2.2.9"
WEEKLY_PACK = "001 P5 2.1.1"
SUMMARIES = "001 P5 2.2.11"
MORNING, EVENING = "08:30", "19:00"
MINUTES = L("会议纪要编号", "number of the minutes")
HEADS = ("dept_head_1", "dept_head_2")

# --- What the papers and meetings are about ----------------------------------------------------

OPEN_REQUIREMENTS = Topic(
    "requirements",
    L("未闭环需求：进展与完成风险", "requirements not closed: progress and completion risk"),
    REQUIREMENT,
    shows=("req_no", "department", "req_state", "progress", "completion_risk"),
    rule="F1-15",
    clause=f"{REQUIREMENTS}(5)",
)
TO_DISCUSS = Topic(
    "to_discuss",
    L("已接受待讨论的需求", "requirements accepted, to be discussed"),
    REQUIREMENT & when("req_state").equals("accepted"),
    shows=("req_no", "purpose", "scenario"),
    rule="T1-04",
    clause=f"{REQUIREMENTS}(2)",
)
NO_SOLUTION_YET = Topic(
    "awaiting_solution",
    L("已讨论待方案的需求", "requirements discussed, without a solution"),
    REQUIREMENT & when("req_state").equals("discussed"),
    shows=("req_no", "progress"),
    rule="T1-04",
    clause=f"{REQUIREMENTS}(2)",
)
COMPLAINTS = Topic(
    "complaints", L("投诉", "complaints"), COMPLAINT, shows=("region", "reason"), clause=SUMMARIES
)
AT_RISK = Topic(
    "replacement_risk",
    L("替换风险", "replacement risk"),
    when("replace_risk").one_of("mid", "high"),
    shows=("region", "replace_risk"),
    clause=SUMMARIES,
)
SLOW = Topic(
    "slow_response",
    L("响应慢（有逾期）", "slow response (limits broken)"),
    late=True,
    clause=SUMMARIES,
)
SALES = Topic(
    "opportunities",
    L("维护合同、尾款、二次销售", "maintenance contracts, final payments, second sales"),
    OPPORTUNITY,
    shows=("opp_kind", "hint"),
    clause=SUMMARIES,
)
BUGS = Topic(
    "issues", L("问题与重大问题", "issues and major problems"), ISSUE | MAJOR, shows=("reason",)
)
UPGRADES = Topic(
    "upgrades", L("升级", "upgrades"), UPGRADE, shows=("product_version",), clause="001 P2 2.3"
)
TRACKED = Topic(
    "tracked",
    L("本期受理的问题和需求", "issues and requirements of the period"),
    ISSUE | MAJOR | REQUIREMENT | UPGRADE,
    shows=("department", "sub_kind", "product_version", "reason", "emptydoc_version"),
    whole_period=True,
    rule="F1-01",
    clause=f"{WEEKLY_PACK}(1)-(2)",
)
UNCLOSED = Topic(
    "unclosed",
    L("未闭环", "not closed"),
    ~OPPORTUNITY,
    shows=("department", "sub_kind", "reason"),
    rule="F1-03",
    clause="001 P2 2.5",
)

RATED = when("satisfaction").is_set()
RISKY = MAJOR | UNHAPPY | when("completion_risk").equals("high")


def _csm(key: str, label: L, which: Condition, shows: str) -> Topic:
    """One of the eight matters a CSM writes about every week."""
    shown = ("region", shows)
    return Topic(key, label, which, shown, rule="F1-06", clause=f"{WEEKLY_PACK}(3)")


# --- P5 2.2.9: requirements --------------------------------------------------------------------


def _slot(key: str, weekday: int, label: L) -> Duty:
    """One of the two weekly discussions with research and testing."""
    return Duty(
        key,
        label,
        Weekly(weekday, at=MORNING),
        who="req_filter",
        rule="T1-04",
        clause=f"{REQUIREMENTS}(2)",
        meeting=True,
        to=("rnd_contact", "test_contact"),
        agenda=(TO_DISCUSS, NO_SOLUTION_YET),
    )


REQUIREMENT_DUTIES = (
    _slot("discussion_monday", MONDAY, L("周一需求讨论", "Monday discussion")),
    _slot("discussion_thursday", THURSDAY, L("周四需求讨论", "Thursday discussion")),
    Duty(
        "friday_mail",
        L("周五需求邮件", "Friday requirement mail"),
        Weekly(FRIDAY),
        who="req_filter",
        rule="T1-06",
        clause=f"{REQUIREMENTS}(5); 001 P2 2.8",
        evidence=L("需求进展与完成风险", "progress and completion risk"),
        to=("site_engineer", *HEADS, "group_leader"),
        agenda=(OPEN_REQUIREMENTS,),
    ),
    Duty(
        "requirement_bulletin",
        L("需求跟踪月度简报", "requirement bulletin"),
        FirstWorkingDay(),
        who="req_filter",
        rule="T1-07",
        clause=f"{REQUIREMENTS}(6a); 001 P2 2.8",
        to=(*HEADS, "group_leader", "tsm", "csm", "rnd_contact", "test_contact", "qa_contact"),
        agenda=(
            Topic(
                "not_closed",
                L("未闭环需求", "requirements not closed"),
                REQUIREMENT,
                shows=("req_no", "region", "req_state", "progress", "completion_risk"),
                rule="F1-16",
                clause=f"{REQUIREMENTS}(6a)",
            ),
            Topic(
                "new",
                L("当月新提需求", "requirements filed in the month"),
                REQUIREMENT,
                shows=("req_no", "region", "req_state"),
                whole_period=True,
                rule="F1-16",
                clause=f"{REQUIREMENTS}(6a)",
            ),
            Topic(
                "at_risk",
                L("完成风险高的需求", "requirements at high risk"),
                REQUIREMENT & when("completion_risk").equals("high"),
                shows=("req_no", "progress"),
                rule="F1-16",
                clause=f"{REQUIREMENTS}(6a)",
            ),
        ),
    ),
    Duty(
        "confirmations",
        L("上交医院签字确认表", "signed forms handed in"),
        FirstWorkingDay(),
        who="site_engineer",
        rule="T1-09",
        clause=f"{REQUIREMENTS}(4)",
        parts=True,
        to=("coordinator",),
    ),
)

# --- P5 2.1.1: what every week is written ------------------------------------------------------

WEEKLY_DUTIES = (
    Duty(
        "maintenance_table",
        L("维护跟踪表与空文档", "maintenance table"),
        Weekly(),
        who="site_engineer",
        rule="T1-10",
        clause=f"{WEEKLY_PACK}(1), (4)",
        parts=True,
        to=("tsm",),
        agenda=(TRACKED,),
    ),
    Duty(
        "tsm_pack",
        L("技术经理周报汇总", "TSM weekly pack"),
        Weekly.before(SUNDAY),
        who="tsm",
        rule="T1-11",
        clause=f"{WEEKLY_PACK}(2)",
        parts=True,
        to=("coordinator", "assistant", *HEADS, "csm"),
        agenda=(TRACKED, UNCLOSED, UPGRADES),
    ),
    Duty(
        "csm_pack",
        L("客户经理周报", "CSM weekly pack"),
        Weekly.before(SUNDAY),
        who="csm",
        rule="T1-12",
        clause=f"{WEEKLY_PACK}(3)",
        parts=True,
        to=(*HEADS, "clerk"),
        agenda=(
            _csm("inspections", L("巡检回访", "inspections, visits"), INSPECTED, "inspection"),
            _csm("satisfaction", L("满意度", "satisfaction"), RATED, "satisfaction"),
            COMPLAINTS,
            AT_RISK,
            *(
                _csm(key, label, when("opp_kind").equals(key), "hint")
                for key, label in OPPORTUNITIES.items()
            ),
            _csm("overall_risk", L("总体风险", "overall risk"), RISKY, "completion_risk"),
        ),
    ),
    Duty(
        "weekly_tally",
        L("周报统计", "tally of weekly reports"),
        Weekly(MONDAY),
        who="clerk",
        rule="T1-13",
        clause=f"{WEEKLY_PACK}(4)",
        to=HEADS,
    ),
)

# --- P5 2.2.11: summaries and analyses ---------------------------------------------------------

SUMMARY_DUTIES = (
    Duty(
        "monthly_summary",
        L("大区月度总结会", "regional monthly summary"),
        LastWeek(),
        who="tsm",
        rule="T1-14",
        clause=SUMMARIES,
        meeting=True,
        evidence=MINUTES,
        parts=True,
        to=("csm", "commercial_contact"),
        agenda=(
            Topic(
                "situation",
                L("当月服务情况", "service situation of the month"),
                shows=("sub_kind", "reason"),
                whole_period=True,
                rule="F1-18",
                clause=SUMMARIES,
            ),
            Topic(
                "difficult",
                L("难点问题", "difficult points"),
                shows=("sub_kind", "reason"),
                late=True,
                rule="F1-18",
                clause=SUMMARIES,
            ),
        ),
    ),
    Duty(
        "quarterly_summary",
        L("大区季度总结", "regional quarterly"),
        Quarterly(2),
        who="csm",
        rule="T1-15",
        clause=SUMMARIES,
        parts=True,
        to=("tsm", *HEADS),
        agenda=(
            Topic(
                "issues_of_quarter",
                L("当季问题分析", "issues of the quarter"),
                ISSUE | MAJOR,
                shows=("region", "product_version", "reason"),
                whole_period=True,
                rule="F1-19",
                clause=SUMMARIES,
            ),
        ),
    ),
    Duty(
        "customer_analysis",
        L("周客户分析会", "customer analysis"),
        Weekly(WEDNESDAY, at=EVENING),
        who="assistant",
        rule="T1-16",
        clause=SUMMARIES,
        meeting=True,
        evidence=MINUTES,
        to=(*HEADS, "tsm", "csm"),
        agenda=(
            Topic(
                "unhappy",
                L("不满意的客户", "unhappy customers"),
                UNHAPPY,
                shows=("region", "satisfaction", "reason"),
                rule="F1-20",
                clause=SUMMARIES,
            ),
            COMPLAINTS,
            AT_RISK,
            SLOW,
            SALES,
            OPEN_REQUIREMENTS,
            BUGS,
        ),
    ),
    Duty(
        "hospital_reports",
        L("医院月度服务报告", "hospital service reports"),
        FirstWorkingDay(),
        who="site_engineer",
        rule="T1-17",
        clause="001 P2 2.5; 001 P5 2.2.11",
        parts=True,
        to=("tsm",),
        agenda=(
            Topic(
                "services",
                L("当月服务", "services of the month"),
                shows=("department", "sub_kind", "reason"),
                whole_period=True,
                rule="F1-17",
                clause=SUMMARIES,
            ),
        ),
    ),
)

DUTIES = (*REQUIREMENT_DUTIES, *WEEKLY_DUTIES, *SUMMARY_DUTIES)
