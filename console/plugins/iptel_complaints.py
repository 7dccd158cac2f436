"""9.1-9.4: complaints of telephone customers. The reps try to solve them on the line, then the
after-sales engineer, then the acceptance supervisor coordinates, and the manager visits key
accounts. Part of `console.plugins.iptel`; every rule carries its clause."""

from __future__ import annotations

from console.plugins import (
    Act,
    DateTime,
    Flag,
    Gate,
    L,
    LongText,
    Notice,
    Text,
    Timer,
    Wording,
    on,
    when,
)
from console.plugins.complaint_course import course_acts
from console.plugins.flows import (
    AGES,
    CHECK_RESULT,
    COMPLAINT,
    SETTLERS,
    called_a_complaint,
    clear_before_transfer,
    fixing,
    next_answer,
    not_satisfied,
    rating,
    satisfied_first,
)
from console.plugins.iptel_record import CHANGE, FORWARDED

CRM = "004 9.3 C(4)"
ON_LINE = "004 9.3 C(1)"
COORDINATED = "004 9.2 C(2)"
KEY_ACCOUNT = when("cust_class").equals("key")

COMPLAINT_TIMERS = (
    Timer(
        "crm_entry",
        L("当日录入CRM", "CRM entry the same day"),
        start="submitted",
        stop="crm_entered",
        within="day",
        rule="T4-02",
        clause=CRM,
        who="rep_1",
        concern="record",
        if_=COMPLAINT | CHANGE,
    ),
    Timer(
        "forwarded",
        L("解决转来投诉", "solve what was forwarded"),
        start="submitted",
        stop=(on("solved"), on("complaint_answered")),
        within="timely",
        rule="T4-27",
        clause="004 9.3 C(1), 9.4 C(2)",
        level="timely",
        amber=AGES,
        if_=FORWARDED,
    ),
    Timer(
        "coordinate",
        L("主管协调投诉", "supervisor coordinates"),
        start="complaint_unsolved",
        stop=(on("complaint_taken"), on("complaint_passed"), on("complaint_answered")),
        within="timely",
        rule="W-07",
        clause=COORDINATED,
        level="timely",
        amber=AGES,
        who="acceptance_supervisor",
        each=True,
    ),
    Timer(
        "rectify",
        L("按方案整改", "rectify as planned"),
        start="complaint_planned",
        stop=(on("rectified"), on("complaint_planned")),
        within="promise",
        rule="W-07",
        clause=COORDINATED,
        who="acceptance_supervisor",
        each=True,
    ),
    Timer(
        "answer_complaint",
        L("整改后答复客户", "answer the customer"),
        start="rectified",
        stop="complaint_answered",
        within="timely",
        rule="W-07",
        clause=COORDINATED,
        level="timely",
        amber=AGES,
        who="acceptance_supervisor",
        each=True,
    ),
    Timer(
        "complaint_followup",
        L("投诉处理后回访", "follow up the complaint"),
        start="solved",
        stop="complaint_followed_up",
        within="3wd",
        rule="T4-24",
        clause=COORDINATED,
        who="acceptance_supervisor",
        concern="followup",
        if_=COMPLAINT,
        house=True,
    ),
    Timer(
        "manager_visit",
        L("经理走访大客户", "manager visits"),
        start=on("classified", category="complaint"),
        stop="manager_visited",
        within="timely",
        rule="W-07",
        clause="004 9.1 C(2)",
        level="timely",
        amber=AGES,
        who="service_manager",
        if_=KEY_ACCOUNT,
    ),
    next_answer("acceptance_supervisor", COORDINATED),
)

COMPLAINT_ACTS = (
    Act(
        "crm_entered",
        L("已录入CRM并核对", "entered and checked"),
        fields=(Text(key="crm_no", label=L("CRM编号", "CRM no."), required="intake"),),
        clause=CRM,
    ),
    Act(
        "complaint_unsolved",
        L("未能解决，请主管协调", "unsolved: supervisor"),
        fields=(LongText(key="text", label=L("已做的处理", "what was tried"), required="intake"),),
        if_=COMPLAINT,
        clause=ON_LINE,
    ),
    *course_acts(COORDINATED),
    Act(
        "complaint_planned",
        L("确定处理方案", "remedy planned"),
        fields=(
            LongText(key="plan", label=L("方案", "plan"), required="intake"),
            DateTime(key="due", label=L("完成时间", "to be done by"), required="intake"),
        ),
        roles=SETTLERS,
        state=L("已定方案", "planned"),
        if_=COMPLAINT,
        clause=COORDINATED,
    ),
    Act(
        "complaint_followed_up",
        L("投诉回访", "complaint followed up"),
        fields=(
            Flag(key="satisfied", label=L("客户满意", "satisfied"), required="intake"),
            LongText(key="text", label=L("意见", "opinion")),
        ),
        roles=SETTLERS,
        clause=COORDINATED,
    ),
    Act(
        "manager_visited",
        L("经理已走访", "manager visited"),
        fields=(LongText(key="text", label=L("走访情况", "what was said")),),
        roles=("signer",),
        clause="004 9.1 C(2)",
    ),
    rating("004 9.2.1, 9.3.1"),
)

COMPLAINT_GATES = (
    Gate(
        "planned_before_rectified",
        L("定方案后整改", "planned before it is rectified"),
        before="rectified",
        happened=("complaint_planned",),
        rule="W-07",
        clause=COORDINATED,
    ),
    Gate(
        "answered_before_closed",
        L("答复并回访后才能关闭投诉", "answered and followed up before closing"),
        before="closed",
        happened=("complaint_answered", "complaint_followed_up"),
        if_=COMPLAINT,
        rule="T4-24",
        clause=COORDINATED,
    ),
    satisfied_first(COORDINATED),
    called_a_complaint("complaint", "forwarded_complaint"),
    clear_before_transfer(ON_LINE),
)

COMPLAINT_NOTICES = (
    Notice(
        "assigned",
        L("派单通知", "work assigned"),
        on="assigned",
        to=("assignee",),
        clause=ON_LINE,
    ),
    Notice(
        "live_transfer",
        L("在线转接工程师：客户在线等候", "live transfer: the customer holds the line"),
        on="transfer_offered",
        to=("receiver",),
        via=("phone",),
        if_=when("channel").equals("phone"),
        when="now",
        text=Wording(
            L("在线转接：{employer} {account_no}", "Live transfer: {employer}, {account_no}"),
            L(
                "工单{case}转给您，客户{contact_name}在线等候：{employer}（{account_no}，{line_kind}）"
                "{reason}。记录已齐，请接听，不必再问客户。两分钟内请确认接手。",
                "Case {case} is yours, the customer, {contact_name}, holds the line: {employer} "
                "({account_no}, {line_kind}), {reason}. The record is complete: take the call and "
                "ask nothing again. Please accept within two minutes.",
            ),
        ),
        rule="W-06",
        clause=ON_LINE,
    ),
    Notice(
        "complaint",
        L("投诉：受理服务组主管协调", "complaint: the acceptance supervisor coordinates"),
        on=on("classified", category="complaint"),
        to=("acceptance_supervisor",),
        clause=COORDINATED,
    ),
    Notice(
        "complaint_unsolved",
        L("投诉未能解决：主管协调", "complaint unsolved: the supervisor coordinates"),
        on="complaint_unsolved",
        to=("acceptance_supervisor",),
        via=("console", "phone"),
        when="now",
        text=Wording(
            L("投诉待协调：{employer}", "Complaint to coordinate: {employer}"),
            L(
                "工单{case}：{employer}（{account_no}）投诉{matter}，受理代表和工程师未能解决，请协调。",
                "Case {case}: {employer} ({account_no}) complains: {matter}. Neither rep nor "
                "engineer could solve it; please coordinate.",
            ),
        ),
        rule="W-07",
        clause=COORDINATED,
    ),
    Notice(
        "key_complaint",
        L("大客户投诉：经理走访", "complaint of a key account: the manager visits"),
        on=on("classified", category="complaint"),
        to=("service_manager",),
        if_=KEY_ACCOUNT,
        text=Wording(
            L("大客户投诉，请走访：{employer}", "A key account complains: {employer}"),
            L(
                "工单{case}：大客户{employer}（{account_no}）投诉{matter}，请安排走访。"
                "联系人{contact_name}，电话{contact_phone}。",
                "Case {case}: the key account {employer} ({account_no}) complains: {matter}. "
                "Please visit it. Contact: {contact_name}, {contact_phone}.",
            ),
        ),
        clause="004 9.1 C(2)",
    ),
    Notice(
        "finding",
        L("回访不满意：告知经理", "not satisfied at the follow-up: tell the manager"),
        on=on("complaint_followed_up", satisfied=False),
        to=("service_manager", "owner"),
        clause=COORDINATED,
    ),
    not_satisfied(("acceptance_supervisor", "service_manager"), COORDINATED),
)

# --- 9.2 M(6): every member is checked every week ---------------------------------------

FIX_TIMER, FIX_ACT, FIX_NOTICE = fixing("004 9.2 M(6)")

CHECK_ACTS = (
    Act(
        "spot_checked",
        L("服务质量抽查", "service spot check"),
        fields=(
            Text(key="member", label=L("成员", "member"), required="intake"),
            CHECK_RESULT,
            LongText(key="text", label=L("说明", "remark"), required="intake"),
        ),
        roles=("quality",),
        not_by=("owner", "assignee"),
        clause="004 9.2 M(6)",
    ),
    FIX_ACT,
)
