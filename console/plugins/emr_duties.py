"""What recurs at the medical-records software house: mails, weekly packs, summaries. Part of
`console.plugins.emr`; every duty carries its clause."""

from __future__ import annotations

from console.plugins import (
    FRIDAY,
    MONDAY,
    SUNDAY,
    WEDNESDAY,
    Duty,
    FirstWorkingDay,
    L,
    LastWeek,
    Quarterly,
    Weekly,
)

WEEKLY_PACK = "001 P5 2.1.1"
SUMMARIES = "001 P5 2.2.11"
EVENING = "19:00"
MINUTES = L("会议纪要编号", "number of the minutes")

DUTIES = (
    Duty(
        "friday_mail",
        L("周五需求邮件", "Friday requirement mail"),
        Weekly(FRIDAY),
        who="req_filter",
        rule="T1-06",
        clause="001 P5 2.2.9(5); 001 P2 2.8",
        evidence=L("需求进展与完成风险", "progress and completion risk"),
    ),
    Duty(
        "requirement_bulletin",
        L("需求跟踪月度简报", "requirement bulletin"),
        FirstWorkingDay(),
        who="req_filter",
        rule="T1-07",
        clause="001 P5 2.2.9(6a); 001 P2 2.8",
    ),
    Duty(
        "confirmations",
        L("上交医院签字确认表", "signed forms handed in"),
        FirstWorkingDay(),
        who="site_engineer",
        rule="T1-09",
        clause="001 P5 2.2.9(4)",
        parts=True,
    ),
    Duty(
        "maintenance_table",
        L("维护跟踪表与空文档", "maintenance table"),
        Weekly(),
        who="site_engineer",
        rule="T1-10",
        clause=f"{WEEKLY_PACK}(1), (4)",
        parts=True,
    ),
    Duty(
        "tsm_pack",
        L("技术经理周报汇总", "TSM weekly pack"),
        Weekly.before(SUNDAY),
        who="tsm",
        rule="T1-11",
        clause=f"{WEEKLY_PACK}(2)",
        parts=True,
    ),
    Duty(
        "csm_pack",
        L("客户经理周报", "CSM weekly pack"),
        Weekly.before(SUNDAY),
        who="csm",
        rule="T1-12",
        clause=f"{WEEKLY_PACK}(3)",
        parts=True,
    ),
    Duty(
        "weekly_tally",
        L("周报统计", "tally of weekly reports"),
        Weekly(MONDAY),
        who="clerk",
        rule="T1-13",
        clause=f"{WEEKLY_PACK}(4)",
    ),
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
    ),
    Duty(
        "quarterly_summary",
        L("大区季度总结", "regional quarterly"),
        Quarterly(2),
        who="csm",
        rule="T1-15",
        clause=SUMMARIES,
        parts=True,
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
    ),
    Duty(
        "hospital_reports",
        L("医院月度服务报告", "hospital service reports"),
        FirstWorkingDay(),
        who="site_engineer",
        rule="T1-17",
        clause="001 P2 2.5; 001 P5 2.2.11",
        parts=True,
    ),
)
