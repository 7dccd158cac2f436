"""P1C2S2 1.2: complaints, those the customer makes and those our own breaches establish. Part
of `console.plugins.roadsoft`.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Flag,
    Forbid,
    Form,
    Gate,
    L,
    LongText,
    MultiChoice,
    Notice,
    Step,
    Text,
    Timer,
    Wording,
    on,
    when,
)
from console.plugins.complaint_course import (
    apology_first,
    course_acts,
    course_gates,
    course_timers,
    plan_form,
    register_form,
)
from console.plugins.flows import SETTLERS, not_satisfied

HOTLINE = "002 P3C1 hotline"
ESTABLISHED = "002 P1C2S2 1.2.1"
COMPLAINTS = "002 P1C2S2 1.2.2"

# --- P1C2S2 1.2: complaints, those the customer makes and those our own breaches establish ---

GROUNDS = {
    "unfriendly": L("态度不友好", "unfriendly attitude"),
    "job_not_done": L("当日工作未做未改期", "job not done or moved"),
    "unsolved_unreported": L("未解决也未上报", "unsolved, not reported"),
    "no_contact_48h": L("数据带走48时未联系", "data: no contact in 48 h"),
    "form_not_filed": L("未交问题反馈单", "feedback form not filed"),
    "data_lost": L("客户数据丢失", "customer data lost"),
    "not_recorded": L("问题未记录未派出", "problem not recorded"),
    "not_processed_24h": L("数据24时未处理", "data idle for 24 h"),
    "not_handed_in": L("记录单未按时交回", "record handed in late"),
}
"""The nine grounds on which a complaint stands."""

STANDS = when("complaint_stands").is_set()
IS_COMPLAINT = when("category").equals("complaint") | STANDS
INTERNAL = when("internal_complaint").is_set()

COMPLAINT_FIELDS = (
    MultiChoice(
        key="grounds",
        label=L("投诉成立理由", "grounds"),
        choices=GROUNDS,
        open=False,
        show_when=IS_COMPLAINT,
        help=L("可多选", "Several may apply"),
        clause=ESTABLISHED,
        rule="F2-07",
    ),
    Text(
        key="accused",
        label=L("被投诉人", "person complained of"),
        show_when=IS_COMPLAINT,
        help=L("须即写书面报告交部门经理", "Writes a report to the manager at once"),
        clause=COMPLAINTS,
        rule="F2-07",
    ),
    LongText(
        key="demand",
        label=L("客户诉求", "what the customer wants"),
        show_when=IS_COMPLAINT,
        help=L("按客户原话", "In the customer's words"),
        clause=COMPLAINTS,
        rule="F2-07",
    ),
    Text(
        key="department",
        label=L("责任部门", "department"),
        show_when=when("department").is_set(),
        clause=COMPLAINTS,
        rule="F2-07",
    ),
    Flag(
        key="complaint_stands",
        label=L("投诉成立", "complaint stands"),
        show_when=IS_COMPLAINT,
        help=L("由投诉专员确认", "Confirmed by the complaint officer"),
        clause=ESTABLISHED,
    ),
    Flag(
        key="urgent_complaint",
        label=L("投诉须即时处理", "complaint, urgent"),
        help=L("即交分公司经理", "Goes to the branch manager at once"),
        severity=2,
        clause=HOTLINE,
        rule="T2-14",
    ),
    Flag(
        key="internal_complaint",
        label=L("员工内部投诉", "complaint by staff"),
        show_when=IS_COMPLAINT,
        help=L("由总监处理", "Goes to the director"),
        clause="002 front matter",
        rule="W-07",
    ),
)

COMPLAINT_ACTS = (
    Act(
        "complaint_established",
        L("投诉成立待确认", "complaint established"),
        fields=(
            MultiChoice(
                key="grounds",
                label=L("理由", "grounds"),
                choices=GROUNDS,
                required="intake",
                open=False,
            ),
        ),
        fills=("grounds",),
        state=L("投诉待确认", "complaint to confirm"),
        clause=ESTABLISHED,
    ),
    Act(
        "complaint_upheld",
        L("确认投诉成立", "complaint upheld"),
        fields=(
            Text(key="accused", label=L("被投诉人", "person complained of"), required="intake"),
            MultiChoice(key="grounds", label=L("理由", "grounds"), choices=GROUNDS, open=False),
        ),
        fills=("accused", "grounds"),
        roles=SETTLERS,
        sets={"complaint_stands": True},
        clause=ESTABLISHED,
    ),
    Act(
        "complaint_regraded",
        L("投诉改级", "complaint regraded"),
        fields=(LongText(key="reason", label=L("理由", "reason"), required="intake"),),
        roles=SETTLERS,
        sets={"complaint_stands": False},
        clause="002 P2C2 penalties",
    ),
    *course_acts(COMPLAINTS, IS_COMPLAINT),
)

COMPLAINT_TIMERS = (
    Timer(
        "confirm_complaint",
        L("确认投诉是否成立", "confirm the complaint"),
        start="complaint_established",
        stop=(on("complaint_upheld"), on("complaint_regraded")),
        within="now",
        rule="W-07",
        clause=ESTABLISHED,
        level="now",
        who="centre_assistant",
    ),
    Timer(
        "accused_report",
        L("被投诉人书面报告", "report of the accused"),
        start=(on("classified", category="complaint"), on("complaint_upheld")),
        stop=on("form_completed", form="accused_report"),
        within="now",
        rule="T2-11",
        clause=COMPLAINTS,
        level="now",
        who="superior",
    ),
    Timer(
        "manager_answer",
        L("部门经理答复客户", "manager answers"),
        start=on("form_completed", form="accused_report"),
        stop="complaint_answered",
        within="48h",
        rule="T2-12",
        clause=COMPLAINTS,
        who="department_manager",
    ),
    Timer(
        "next_answer",
        L("继续答复至满意", "answer until satisfied"),
        start=on("complaint_answered", satisfied=False),
        stop="complaint_answered",
        within="48h",
        rule="T2-13",
        clause=COMPLAINTS,
        who="department_manager",
        each=True,
        house=True,
    ),
    *course_timers("centre_assistant", COMPLAINTS),
    Timer(
        "branch_complaint",
        L("紧急投诉交分公司经理", "urgent: branch manager"),
        start=on("flag_set", flag="urgent_complaint"),
        stop=on("role_reached", role="branch_manager"),
        within="now",
        rule="T2-14",
        clause=HOTLINE,
        level="now",
        who="owner",
    ),
)

COMPLAINT_GATES = (
    *course_gates(COMPLAINTS),
    apology_first(COMPLAINTS),
    Gate(
        "satisfied_before_closed",
        L("客户满意后才能关闭投诉", "the customer is satisfied before closing"),
        before="closed",
        happened=(on("complaint_answered", satisfied=True),),
        if_=IS_COMPLAINT,
        remedy=L(
            "请继续答复至客户满意（settle satisfied=yes）。",
            "Go on answering until the customer is satisfied (settle satisfied=yes).",
        ),
        rule="T2-13",
        clause=COMPLAINTS,
    ),
)

COMPLAINT_NOTICES = (
    Notice(
        "complaint",
        L("投诉：转客服中心助理", "complaint: to the centre assistant"),
        on=on("classified", category="complaint"),
        to=("centre_assistant",),
        if_=~INTERNAL,
        when="now",
        text=Wording(
            L("投诉：{customer}", "Complaint: {customer}"),
            L(
                "工单{case}：{customer}投诉：{reason}。诉求：{demand}。被投诉人：{accused}。"
                "分公司：{branch}。受理人员不得自行处理，请您受理。",
                "Case {case}: {customer} complains: {reason}. Wanted: {demand}. About: {accused}."
                " Branch: {branch}. It is for you to deal with, nobody settles it alone.",
            ),
        ),
        rule="W-07",
        clause=HOTLINE,
    ),
    Notice(
        "internal_complaint",
        L("员工内部投诉：总监", "complaint by staff: the director"),
        on=on("flag_set", flag="internal_complaint"),
        to=("director",),
        when="now",
        once=True,
        rule="W-07",
        clause="002 front matter",
    ),
    Notice(
        "established",
        L("逾期致投诉成立：请确认", "established by a breach: please confirm"),
        on="complaint_established",
        to=("centre_assistant", "owner"),
        when="now",
        text=Wording(
            L("逾期致投诉成立，请确认：{customer}", "Complaint by a breach: {customer}"),
            L(
                "工单{case}：因超过规定时限，投诉自动成立，请确认（complaint_upheld）"
                "或说明理由改级（complaint_regraded）。客户：{customer}，首问责任人：{owner}。",
                "Case {case}: a limit was broken, which establishes a complaint. Confirm it"
                " (complaint_upheld) or regrade it with a reason (complaint_regraded)."
                " Customer: {customer}, owner: {owner}.",
            ),
        ),
        rule="W-07",
        clause=ESTABLISHED,
    ),
    Notice(
        "report_wanted",
        L("投诉：被投诉人即写书面报告", "complaint: the accused writes a report at once"),
        on=on("classified", category="complaint"),
        to=("department_manager",),
        when="now",
        text=Wording(
            L("请被投诉人即交书面报告：{customer}", "Report of the accused: {customer}"),
            L(
                "工单{case}：请{accused}立即书面报告客户不满之处和外部原因。"
                "收到报告起48小时内答复客户。",
                "Case {case}: have {accused} write at once what the customer is dissatisfied with"
                " and which causes lie outside. From its receipt you have 48 hours to answer.",
            ),
        ),
        rule="T2-11",
        clause=COMPLAINTS,
    ),
    Notice(
        "urgent_complaint",
        L("须即时处理的投诉：分公司经理", "urgent complaint: the branch manager"),
        on=on("flag_set", flag="urgent_complaint"),
        to=("branch_manager",),
        via=("phone",),
        when="now",
        text=Wording(
            L("紧急投诉：{customer}", "Urgent complaint: {customer}"),
            L(
                "紧急投诉，工单{case}：{customer}（{contact_phone}）：{reason}。请即处理。",
                "Urgent complaint, case {case}: {customer} ({contact_phone}): {reason}. Please deal"
                " with it now.",
            ),
        ),
        rule="T2-14",
        clause=HOTLINE,
    ),
    Notice(
        "report_received",
        L("收到书面报告：部门经理48小时内答复", "report received: answer within 48 h"),
        on=on("form_completed", form="accused_report"),
        to=("department_manager", "centre_assistant"),
        when="now",
        text=Wording(
            L("48小时内答复客户：{customer}", "Answer within 48 hours: {customer}"),
            L(
                "工单{case}：已收到书面报告，请在{due}前答复{customer}（{contact_phone}），先致歉。",
                "Case {case}: the report is there. Answer {customer} ({contact_phone}) by {due},"
                " with an apology first.",
            ),
        ),
        rule="T2-12",
        clause=COMPLAINTS,
    ),
    not_satisfied(("department_manager", "centre_assistant"), COMPLAINTS),
)

COMPLAINT_FORMS = (
    Form(
        "accused_report",
        L("被投诉人书面报告", "report of the accused"),
        fields=(
            LongText(
                key="dissatisfaction",
                label=L("客户不满之处", "what is complained of"),
                required="intake",
            ),
            LongText(
                key="external_causes",
                label=L("外部原因", "external causes"),
                help=L("只写事实，不辩解", "Facts only, no excuses"),
            ),
        ),
        steps=(
            Step(
                "received",
                L("部门经理收到", "received by manager"),
                slots=("department_manager",),
                clause=COMPLAINTS,
            ),
        ),
        rule="F2-06",
        clause=COMPLAINTS,
    ),
    register_form(COMPLAINTS, ("accused", "demand")),
    plan_form(COMPLAINTS),
)

FORBIDS = (
    Forbid(
        "classify",
        "002 P2C2 penalties",
        L("投诉不得撤下或隐瞒。", "A complaint is never dropped or hidden."),
        L("请投诉专员说明理由后改级。", "Ask the complaint officer to regrade it."),
        if_=when("category").equals("complaint"),
        except_roles=SETTLERS,
    ),
)
