"""What recurs at the power-electronics maker: the monthly pack, the division meetings, the
statistics, the State Grid campaign. Part of `console.plugins.power`; every duty carries its
clause.

The two-weekly meetings follow meetings of the divisions, and State Grid sets the date of its
scoring; no regulation gives these dates: an installation writes them into `[duties]` of
`console.toml`.
"""

from __future__ import annotations

from console.plugins import (
    FRIDAY,
    TUESDAY,
    AfterDuty,
    DaysBefore,
    Duty,
    EveryWeeks,
    FirstWorkingDay,
    L,
    NthWeekday,
    OnDate,
    Topic,
    Weekly,
    when,
)
from console.plugins.flows import COMPLAINT
from console.plugins.power_incidents import INCIDENT

MEETINGS = "000 III.3.3.9"
STATISTICS = "000 III.3.3.10"
GRID_MEETING = "000 III.3.5.2-3"
MINUTES = L("会议纪要编号", "number of the minutes")
ACCIDENT_FIELDS = ("product", "batch_no", "affected_qty", "province", "city")

AGENDA = (
    Topic("complaints", L("投诉", "complaints"), COMPLAINT, ("province", "product_state")),
    Topic("accidents", L("质量事故", "quality accidents"), INCIDENT, ACCIDENT_FIELDS),
    Topic(
        "needs",
        L("事业部需求", "needs of the division"),
        when("division_need").is_set(),
        ("division_need", "product_state", "firmware"),
    ),
    Topic("late", L("逾期", "limits broken"), late=True),
    Topic("open", L("全部未结", "everything open"), shows=("product", "province")),
)
"""What every meeting with a division is about."""

SCORED = when("grid").equals("state")


def _meeting(
    rule: str, division: str, label: L, recurrence: EveryWeeks | NthWeekday
) -> tuple[Duty, Duty]:
    """A division meeting of about two hours (T0-40), and its notice one day ahead (T0-41)."""
    key = f"{division}_meeting"
    meeting = Duty(
        key,
        L(label.zh, f"{label.en} meeting"),
        recurrence,
        who="support_engineer",
        rule=rule,
        clause=MEETINGS,
        meeting=True,
        evidence=MINUTES,
        division=division,
        lasts="2h",
        to=("dgm", "technical_support_manager"),
        agenda=AGENDA,
    )
    notice = Duty(
        f"{division}_notice",
        L(f"{label.zh}通知", f"{label.en}: notice"),
        DaysBefore(key, 1),
        who="support_engineer",
        rule="T0-41",
        clause=MEETINGS,
        division=division,
        to=("dgm", "technical_support_manager"),
    )
    return meeting, notice


DUTIES = (
    Duty(
        "weekend_duty",
        L("排定周末热线值班人", "weekend's duty person"),
        Weekly(FRIDAY, "18:00"),
        who="shift_lead",
        rule="T0-06",
        clause="000 III.3.1.1",
        evidence=L("值班人姓名和电话", "name and phone of the duty person"),
    ),
    Duty(
        "eorder_pack",
        L("电子工单月度归档", "month's pack of orders"),
        FirstWorkingDay(),
        who="support_engineer",
        rule="T0-12",
        clause="000 III.3.1.5; 000 II.3(13)3",
        evidence=L("归档登记号", "register number of the archived pack"),
        agenda=(
            Topic(
                "orders",
                L("本月工单：统计、核实、打印、装订", "orders of the month: count, print, bind"),
                when("category").one_of("technical", "complaint"),
                ("product", "province"),
                whole_period=True,
                rule="W-23",
                clause="000 III.5.1",
            ),
        ),
    ),
    *_meeting(
        "T0-36", "meter_automation", L("电能表事业部质量会议", "meter division"), EveryWeeks(2)
    ),
    *_meeting("T0-37", "charging_pile", L("充电桩事业部质量会议", "pile division"), EveryWeeks(2)),
    *_meeting(
        "T0-38", "storage", L("储能事业部月初会议", "storage division"), NthWeekday(1, TUESDAY)
    ),
    *_meeting(
        "T0-39",
        "distribution",
        L("配电网事业部月末会议", "distribution"),
        NthWeekday(-1, TUESDAY),
    ),
    Duty(
        "product_statistics",
        L("产品运行月度统计", "product statistics"),
        FirstWorkingDay(),
        who="support_engineer",
        rule="T0-42",
        clause=STATISTICS,
        evidence=L("附件6、7、8编号", "numbers of annexes 6, 7 and 8"),
        agenda=(
            Topic(
                "upgrades",
                L("附件6：程序升级记录", "annex 6: program upgrades"),
                when("firmware").is_set(),
                ("product", "firmware", "province"),
                whole_period=True,
                rule="F0-06",
                clause=STATISTICS,
            ),
            Topic(
                "accidents",
                L("附件7：质量事故汇总", "annex 7: quality accidents"),
                INCIDENT,
                ACCIDENT_FIELDS,
                whole_period=True,
                rule="F0-07",
                clause=STATISTICS,
            ),
            Topic(
                "analysis",
                L("附件8：运行分析与建议", "annex 8: analysis and advice"),
                shows=("product", "product_state", "firmware", "province"),
                whole_period=True,
                rule="F0-08",
                clause=STATISTICS,
            ),
        ),
    ),
    Duty(
        "province_meeting",
        L("省办事处周例会", "provincial meeting"),
        Weekly(),
        who="provincial_supervisor",
        rule="T0-43",
        clause="000 III.3.4.5",
        evidence=MINUTES,
        parts=True,
    ),
    # III.3.5: State Grid scores; the scoring month is the month and a half before.
    Duty(
        "grid_scoring",
        L("国网履约评分", "State Grid scoring"),
        OnDate(),
        who="technical_service_manager",
        rule="T0-46",
        clause="000 III.3.5.1",
    ),
    Duty(
        "grid_meeting",
        L("国网履约三方会议", "three-party meeting"),
        DaysBefore("grid_scoring", 45, at="14:00"),
        who="technical_support_manager",
        rule="T0-47",
        clause=GRID_MEETING,
        meeting=True,
        evidence=MINUTES,
        to=("dgm", "technical_service_manager", "office_director"),
        agenda=(
            Topic("accidents", L("国网质量事故", "accidents"), SCORED & INCIDENT, ACCIDENT_FIELDS),
            Topic(
                "operation",
                L("运行数据（附件10、11）", "operation data (annexes 10, 11)"),
                SCORED,
                ("product", "product_state", "province", "city"),
            ),
        ),
    ),
    Duty(
        "grid_guidance",
        L("国网工作指导意见表", "guidance table"),
        AfterDuty("grid_meeting", days=1),
        who="support_engineer",
        rule="T0-48",
        clause="000 III.3.5.4",
        evidence=L("附件12编号", "number of annex 12"),
        after=("grid_meeting",),
        to=("provincial_supervisor",),
        agenda=(
            Topic(
                "cities",
                L("发生严重质量事故的地市", "cities with serious accidents"),
                SCORED & INCIDENT,
                ("province", "city", "product", "affected_qty"),
                rule="F0-12",
                clause="000 III.3.5.4",
            ),
        ),
    ),
    Duty(
        "grid_office",
        L("参加办事处当周例会", "office meeting"),
        AfterDuty("grid_guidance", days=6),
        who="provincial_supervisor",
        rule="T0-49",
        clause="000 III.3.5.5",
        after=("grid_guidance",),
        parts=True,
    ),
    Duty(
        "grid_plan",
        L("省技术整改方案", "provincial plan"),
        AfterDuty("grid_guidance", days=7, rolls=True),
        who="provincial_supervisor",
        rule="T0-50",
        clause="000 III.3.5.5",
        evidence=L("附件13编号", "number of annex 13"),
        after=("grid_guidance",),
        parts=True,
        to=("support_engineer", "office_director"),
    ),
    Duty(
        "grid_review",
        L("审核跟踪各省方案", "review of the plans"),
        AfterDuty("grid_plan", days=7, rolls=True),
        who="support_engineer",
        rule="T0-51",
        clause="000 III.3.5.6",
        after=("grid_plan",),
    ),
    Duty(
        "grid_summary",
        L("国网履约总结与奖惩", "State Grid summary"),
        AfterDuty("grid_scoring", days=7, rolls=True),
        who="support_engineer",
        rule="T0-52",
        clause="000 III.3.9.8",
        evidence=L("附件14编号", "number of annex 14"),
        to=("dgm", "regional_manager"),
    ),
)
