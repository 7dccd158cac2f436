"""What recurs at the robotics integrator: checks and the quality meeting. Part of
`console.plugins.robot`; every duty carries its clause."""

from __future__ import annotations

from console.plugins import Daily, Duty, FirstWorkingDay, L, Topic, when
from console.plugins.flows import COMPLAINT, UNHAPPY
from console.plugins.robot_record import DEPARTMENTS, EMERGENCY, FAULT, HEADS, INQUIRY

CHECKS = "003 Art.13(1)"
ANALYSIS = "003 Art.14(1)"

LATE = Topic("late", L("有逾期的工单", "cases with a limit broken"), late=True, clause=CHECKS)
COMPLAINTS = Topic(
    "complaints",
    L("当月投诉", "complaints of the month"),
    COMPLAINT,
    shows=("stage", "reason", "satisfaction"),
    whole_period=True,
    rule="F3-09",
    clause="003 Art.13(3)",
)
NOT_SATISFIED = Topic(
    "not_satisfied",
    L("客户不满意", "customers not satisfied"),
    UNHAPPY,
    shows=("satisfaction", "reason"),
    rule="F3-15",
    clause="003 Art.13(2)",
)

DUTIES = (
    Duty(
        "spot_check",
        L("每日抽查服务记录", "daily spot check"),
        Daily(),
        who="service_head",
        rule="T3-19",
        clause=CHECKS,
        evidence=L("抽查的工单和结果", "cases checked"),
        agenda=(
            Topic(
                "service_records",
                L("当日服务记录", "service records of the day"),
                shows=("stage", "fault_class", "reason"),
                whole_period=True,
                rule="F3-06",
                clause=CHECKS,
            ),
            Topic(
                "communication",
                L("沟通台账：处理中的工单", "communication ledger: cases at work"),
                shows=("stage", "intention", "fault_class"),
                rule="F3-14",
                clause=CHECKS,
            ),
            LATE,
        ),
    ),
    Duty(
        "quality_check",
        L("月度专项质检并通报", "monthly quality check"),
        FirstWorkingDay(),
        who="service_head",
        rule="T3-20",
        clause=CHECKS,
        evidence=L("质检报告编号", "number of the report"),
        to=tuple(HEADS[department] for department in DEPARTMENTS),
        agenda=(
            Topic(
                "after_sales",
                L("当月售后服务", "after-sales requests of the month"),
                FAULT,
                shows=("fault_class", "controller_alarm", "satisfaction"),
                whole_period=True,
                rule="F3-11",
                clause=CHECKS,
            ),
            Topic(
                "inquiries",
                L("当月售前咨询", "inquiries of the month"),
                INQUIRY,
                shows=("intention",),
                whole_period=True,
                rule="F3-11",
                clause=CHECKS,
            ),
            COMPLAINTS,
            NOT_SATISFIED,
            LATE,
        ),
    ),
    Duty(
        "quality_meeting",
        L("月度质量分析会", "quality meeting"),
        FirstWorkingDay(),
        who="service_head",
        rule="T3-21",
        clause=ANALYSIS,
        meeting=True,
        evidence=L("纪要编号", "number of the minutes"),
        to=tuple(HEADS[department] for department in DEPARTMENTS),
        agenda=(
            Topic(
                "typical",
                L("典型案例：紧急和复杂故障", "typical cases: emergencies, complex faults"),
                EMERGENCY | when("fault_class").equals("complex"),
                shows=("cell", "robot_model", "controller_alarm"),
                whole_period=True,
                rule="F3-12",
                clause=ANALYSIS,
            ),
            COMPLAINTS,
            NOT_SATISFIED,
            LATE,
        ),
    ),
)
