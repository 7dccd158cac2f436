"""What recurs at the power-electronics maker: the monthly pack, the division meetings, the
statistics. Part of `console.plugins.power`; every duty carries its clause.

The two-weekly meetings follow meetings of the divisions, whose dates no regulation gives:
an installation writes one of them into `[duties]` of `console.toml`.
"""

from __future__ import annotations

from console.plugins import (
    FRIDAY,
    TUESDAY,
    DaysBefore,
    Duty,
    EveryWeeks,
    FirstWorkingDay,
    L,
    NthWeekday,
    Weekly,
)

MEETINGS = "000 III.3.3.9"
MINUTES = L("会议纪要编号", "number of the minutes")


def _meeting(
    rule: str, division: str, label: L, recurrence: EveryWeeks | NthWeekday
) -> tuple[Duty, Duty]:
    """A division meeting of about two hours (T0-40), and its notice one day ahead (T0-41)."""
    key = f"{division}_meeting"
    meeting = Duty(
        key,
        label,
        recurrence,
        who="support_engineer",
        rule=rule,
        clause=MEETINGS,
        meeting=True,
        evidence=MINUTES,
        division=division,
        lasts="2h",
    )
    notice = Duty(
        f"{division}_notice",
        L(f"{label.zh}：提前一天线上通知", f"{label.en}: on-line notice one day ahead"),
        DaysBefore(key, 1),
        who="support_engineer",
        rule="T0-41",
        clause=MEETINGS,
        division=division,
    )
    return meeting, notice


DUTIES = (
    Duty(
        "weekend_duty",
        L("排定周末热线值班人", "name the weekend's duty person"),
        Weekly(FRIDAY, "18:00"),
        who="shift_lead",
        rule="T0-06",
        clause="000 III.3.1.1",
        evidence=L("值班人姓名和电话", "name and phone of the duty person"),
    ),
    Duty(
        "eorder_pack",
        L("电子工单月度统计、打印、装订、归档", "monthly pack of electronic work orders"),
        FirstWorkingDay(),
        who="support_engineer",
        rule="T0-12",
        clause="000 III.3.1.5; 000 II.3(13)3",
        evidence=L("归档登记号", "register number of the archived pack"),
    ),
    *_meeting(
        "T0-36",
        "meter_automation",
        L("电能表自动化事业部质量会议", "meeting with the meter automation division"),
        EveryWeeks(2),
    ),
    *_meeting(
        "T0-37",
        "charging_pile",
        L("充电桩事业部质量会议", "meeting with the charging pile division"),
        EveryWeeks(2),
    ),
    *_meeting(
        "T0-38",
        "storage",
        L("储能事业部月初会议", "meeting with the storage division"),
        NthWeekday(1, TUESDAY),
    ),
    *_meeting(
        "T0-39",
        "distribution",
        L("配电网事业部月末会议", "meeting with the distribution division"),
        NthWeekday(-1, TUESDAY),
    ),
    Duty(
        "product_statistics",
        L("产品运行月度统计（附件6、7、8）", "monthly product statistics (annexes 6, 7, 8)"),
        FirstWorkingDay(),
        who="support_engineer",
        rule="T0-42",
        clause="000 III.3.3.10",
        evidence=L("附件6、7、8编号", "numbers of annexes 6, 7 and 8"),
    ),
    Duty(
        "province_meeting",
        L("省办事处周例会：备材料、会后纪要", "weekly provincial office meeting"),
        Weekly(),
        who="provincial_supervisor",
        rule="T0-43",
        clause="000 III.3.4.5",
        evidence=MINUTES,
        parts=True,
    ),
)
