"""Art. 13(3) and 14: complaints from registration to the customer's rating, and what is
improved after them. Part of `console.plugins.robot`; every rule carries its clause."""

from __future__ import annotations

from collections.abc import Iterator

from console.plugins import (
    Act,
    Choice,
    Date,
    DateTime,
    Form,
    Gate,
    L,
    LongText,
    Notice,
    Person,
    Text,
    Timer,
    Wording,
    all_of,
    on,
)
from console.plugins.flows import (
    CHECK_RESULT,
    COMPLAINT,
    fixing,
    next_answer,
    not_satisfied,
    rating,
    satisfied_first,
)
from console.plugins.robot_record import DEPARTMENTS, HEADS

COMPLAINTS = "003 Art.13(3)"
REGISTERED = on("form_completed", form="complaint_register")
PLANNED = on("form_completed", form="rectification_plan")

COMPLAINT_TIMERS = (
    Timer(
        "register_complaint",
        L("立即登记投诉", "register the complaint"),
        start="submitted",
        stop=REGISTERED,
        within="now",
        if_=COMPLAINT,
        rule="T3-16",
        clause=COMPLAINTS,
        level="now",
        who="owner",
    ),
    Timer(
        "pass_complaint",
        L("转责任部门", "pass the complaint"),
        start="submitted",
        stop="complaint_passed",
        within="1wd",
        if_=COMPLAINT,
        rule="T3-17",
        clause=COMPLAINTS,
        who="owner",
    ),
    Timer(
        "urge_plan",
        L("督促整改方案", "urge the plan"),
        start="complaint_passed",
        stop=PLANNED,
        within="timely",
        if_=COMPLAINT,
        rule="T3-17",
        clause=COMPLAINTS,
        level="timely",
        who="owner",
    ),
    Timer(
        "rectify",
        L("按方案整改", "rectify as planned"),
        start=PLANNED,
        stop="rectified",
        within="promise",
        if_=COMPLAINT,
        rule="F3-10",
        clause=COMPLAINTS,
    ),
    Timer(
        "answer_complaint",
        L("答复投诉并收集满意度", "answer the complaint"),
        start="rectified",
        stop=all_of("complaint_answered", "satisfaction_rated"),
        within="3wd",
        if_=COMPLAINT,
        each=True,
        rule="T3-18",
        clause=COMPLAINTS,
        who="service_specialist",
    ),
    next_answer("service_specialist", COMPLAINTS),
)

COMPLAINT_ACTS = (
    Act(
        "complaint_passed",
        L("已转责任部门", "complaint passed"),
        fields=(
            Choice(
                key="department",
                label=L("责任部门", "department"),
                choices=DEPARTMENTS,
                required="intake",
            ),
        ),
        state=L("已转部门", "with the department"),
        if_=COMPLAINT,
        clause=COMPLAINTS,
    ),
    Act(
        "rectified",
        L("整改完成", "rectified"),
        fields=(LongText(key="text", label=L("结果", "result")),),
        state=L("已整改", "rectified"),
        if_=COMPLAINT,
        clause=COMPLAINTS,
    ),
    rating("003 Art.13(2)-(3)"),
)

COMPLAINT_FORMS = (
    Form(
        "complaint_register",
        L("投诉处理台账", "complaint register"),
        fields=(
            LongText(key="matter", label=L("投诉事项", "matter"), required="intake"),
            LongText(key="demand", label=L("客户诉求", "demand"), required="intake"),
            Choice(
                key="resp_dept",
                label=L("责任部门", "department"),
                choices=DEPARTMENTS,
                required="intake",
            ),
            Text(key="accused", label=L("被投诉人", "person complained of")),
        ),
        rule="F3-09",
        clause=COMPLAINTS,
    ),
    Form(
        "rectification_plan",
        L("整改方案", "rectification plan"),
        fields=(
            LongText(key="plan", label=L("方案", "plan"), required="intake"),
            Date(
                key="plan_due",
                label=L("整改期限", "to be done by"),
                required="intake",
                help=L("规章没有期限，由方案自定", "No clause gives one: the plan sets it"),
            ),
        ),
        due_field="plan_due",
        requires=("complaint_register",),
        rule="F3-10",
        clause=COMPLAINTS,
    ),
)

COMPLAINT_GATES = (
    Gate(
        "registered_before_passed",
        L("登记后转责任部门", "registered before it is passed on"),
        before="complaint_passed",
        happened=(REGISTERED,),
        rule="F3-09",
        clause=COMPLAINTS,
    ),
    Gate(
        "planned_before_rectified",
        L("有整改方案后整改", "planned before it is rectified"),
        before="rectified",
        happened=(PLANNED,),
        rule="F3-10",
        clause=COMPLAINTS,
    ),
    Gate(
        "rectified_before_answered",
        L("整改完成后答复结果", "rectified before the result is told"),
        before="complaint_answered",
        happened=("rectified",),
        if_=COMPLAINT,
        remedy=L(
            "请先登记、转部门、整改；无须整改的，在整改记录中写明。",
            "Register it, pass it on and have it rectified; where nothing is to be, say so there.",
        ),
        rule="T3-18",
        clause=COMPLAINTS,
    ),
    satisfied_first(COMPLAINTS),
)


def _told(department: str, slot: str) -> Notice:
    """The responsible department hears of its complaint."""
    where = DEPARTMENTS[department]
    return Notice(
        f"complaint_to_{department}",
        L(f"投诉：转{where.zh}整改", f"complaint: {where.en} rectifies it"),
        on=on("complaint_passed", department=department),
        to=(slot,),
        when="now",
        text=Wording(
            L("投诉须整改：{employer}", "A complaint to rectify: {employer}"),
            L(
                "工单{case}：{employer}{contact_name}投诉{product}：{reason}。请尽快提交整改方案和"
                "期限；整改完成后三个工作日内答复客户。",
                "Case {case}: {contact_name} of {employer} complains of {product}: {reason}. "
                "Please file a rectification plan with its date soon; the customer is answered "
                "within three working days of the rectification.",
            ),
        ),
        rule="T3-17",
        clause=COMPLAINTS,
    )


def _notices() -> Iterator[Notice]:
    yield Notice(
        "complaint",
        L("投诉：告知客户服务负责人", "complaint: tell the head of service"),
        on="classified",
        to=("service_head",),
        if_=COMPLAINT,
        clause=COMPLAINTS,
    )
    for department, slot in HEADS.items():
        yield _told(department, slot)
    yield not_satisfied(("service_head", "owner"), COMPLAINTS)


COMPLAINT_NOTICES = tuple(_notices())

# --- Art. 13(1), 14: checks, and improvements with their deadlines -----------------------------

FIX_TIMER, FIX_ACT, FIX_NOTICE = fixing("003 Art.13(1)")

QUALITY_TIMERS = (
    Timer(
        "improve",
        L("按期改进", "improve in time"),
        start="improvement_agreed",
        stop="improvement_done",
        within="promise",
        each=True,
        rule="T3-22",
        clause="003 Art.14(1), (4)",
        who="service_head",
    ),
    FIX_TIMER,
)

QUALITY_ACTS = (
    Act(
        "spot_checked",
        L("抽查服务记录", "record spot-checked"),
        fields=(
            CHECK_RESULT,
            LongText(key="text", label=L("说明", "remark")),
        ),
        roles=("quality",),
        not_by=("owner", "assignee"),
        clause="003 Art.13(1)",
    ),
    FIX_ACT,
    Act(
        "improvement_agreed",
        L("确定改进措施", "improvement agreed"),
        fields=(
            DateTime(key="due", label=L("改进期限", "to be done by"), required="intake"),
            Person(key="responsible", label=L("责任人", "responsible"), required="intake"),
            LongText(key="problem", label=L("共性问题", "common problem")),
            LongText(key="cause", label=L("原因", "cause")),
            LongText(key="measure", label=L("改进措施", "measure")),
        ),
        clause="003 Art.14(1)",
    ),
    Act(
        "improvement_done",
        L("改进完成", "improvement done"),
        fields=(LongText(key="effect", label=L("改进效果", "effect")),),
        clause="003 Art.14(4)",
    ),
)

QUALITY_NOTICES = (FIX_NOTICE,)
