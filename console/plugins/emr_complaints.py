"""P2 2.2-2.5: complaints of hospitals. The heads decide, the group leader manages, the CSM
follows, the TSM analyses. Part of `console.plugins.emr`.

The complaint method itself is a separate paper the regulation only names: the stages are
those every line has (W-07), without limits of their own.
"""

from __future__ import annotations

from dataclasses import replace

from console.plugins import Act, Choice, Gate, L, LongText, Notice, Timer, Wording, on, when
from console.plugins.complaint_course import (
    REGISTERED,
    apology_first,
    course_acts,
    course_gates,
    course_timers,
    plan_form,
    register_form,
)
from console.plugins.emr_record import DIVISIONS
from console.plugins.flows import (
    AGES,
    COMPLAINT,
    called_a_complaint,
    next_answer,
    not_satisfied,
    rating,
    satisfied_first,
)

COMPLAINTS = "001 P2 2.2, 2.5"
OFFICERS = ("dept_head_1", "dept_head_2", "group_leader", "csm")

COMPLAINT_FORMS = (register_form(COMPLAINTS), plan_form(COMPLAINTS))

# Here the head of the department decides who is responsible, and says what is to be done.
PASSED = "complaint_passed"

COMPLAINT_ACTS = (
    *(act for act in course_acts(COMPLAINTS) if act.key != PASSED),
    Act(
        PASSED,
        L("部门经理决定", "the head decides"),
        fields=(
            Choice(
                key="department",
                label=L("责任部门", "responsible department"),
                choices={one.key: one.label for one in DIVISIONS},
                required="intake",
            ),
            LongText(key="text", label=L("决定", "decision"), required="intake"),
        ),
        roles=("signer",),
        state=L("已转责任部门", "with the department"),
        if_=COMPLAINT,
        clause=COMPLAINTS,
    ),
    Act(
        "complaint_analysed",
        L("技术经理分析原因", "TSM: cause analysed"),
        fields=(LongText(key="cause", label=L("原因", "cause"), required="intake"),),
        roles=("area_lead", "support_mgr"),
        if_=COMPLAINT,
        clause="001 P2 2.4",
    ),
    rating("001 P2 2.6"),
)

COMPLAINT_TIMERS = (
    *course_timers("group_leader", COMPLAINTS),
    Timer(
        "decide_complaint",
        L("部门经理决定投诉", "decide the complaint"),
        start=REGISTERED,
        stop=PASSED,
        within="timely",
        if_=COMPLAINT,
        rule="W-07",
        clause=COMPLAINTS,
        level="timely",
        amber=AGES,
        who="dept_head_1",
    ),
    next_answer("group_leader", COMPLAINTS),
)

COMPLAINT_GATES = (
    *course_gates(COMPLAINTS),
    Gate(
        "registered_before_answered",
        L("登记投诉后才能答复", "registered before it is answered"),
        before="complaint_answered",
        happened=(REGISTERED,),
        if_=COMPLAINT,
        rule="W-07",
        clause=COMPLAINTS,
    ),
    replace(apology_first(COMPLAINTS), if_=COMPLAINT),
    called_a_complaint("complaint"),
    satisfied_first(COMPLAINTS),
)

COMPLAINT_NOTICES = (
    Notice(
        "complaint",
        L("投诉：部门经理决定，组长处理", "complaint: heads decide, group leader manages"),
        on="classified",
        to=OFFICERS,
        if_=when("category").equals("complaint"),
        text=Wording(
            L("投诉：{employer} {department}", "Complaint: {employer}, {department}"),
            L(
                "工单{case}：{employer}{department}{contact_name}投诉：{reason}。部门经理决定，"
                "组长处理，客户经理跟踪。",
                "Case {case}: {contact_name} of {employer}, {department}, complains: {reason}. The "
                "heads decide, the group leader manages, the CSM follows.",
            ),
        ),
        clause=COMPLAINTS,
    ),
    Notice(
        "complaint_planned",
        L("投诉整改方案：客户经理跟踪", "complaint planned: the CSM follows"),
        on=on("form_completed", form="rectification_plan"),
        to=("csm", "tracker"),
        clause=COMPLAINTS,
    ),
    not_satisfied(OFFICERS, COMPLAINTS),
)
