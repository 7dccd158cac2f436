"""Power-electronics maker: meters, charging piles, energy storage, distribution network.

Written after the customer-service regulation 000. Chapters are kept in its order and every
rule carries its clause. Visits, quality accidents and the way to the divisions have files
of their own; what recurs stands in `power_duties`.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Category,
    Choice,
    Division,
    Flag,
    Gate,
    L,
    Line,
    LongText,
    Notice,
    Person,
    Place,
    Script,
    Target,
    Text,
    Timer,
    Version,
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
from console.plugins.flows import (
    AGES,
    COMPLAINT,
    SATISFACTION,
    SETTLERS,
    next_answer,
    not_satisfied,
    rating,
    satisfied_first,
)
from console.plugins.power_divisions import (
    DIVISION_ACTS,
    DIVISION_FIELDS,
    DIVISION_FORMS,
    DIVISION_NOTICES,
    DIVISION_TIMERS,
    VIA_SUPPORT,
)
from console.plugins.power_duties import DUTIES
from console.plugins.power_incidents import (
    INCIDENT_ACTS,
    INCIDENT_FIELDS,
    INCIDENT_FORMS,
    INCIDENT_GATES,
    INCIDENT_NOTICES,
    INCIDENT_TIMERS,
)
from console.plugins.power_orders import (
    MEETING_ACTS,
    MEETING_NOTICES,
    MEETING_TIMERS,
    ORDER_ACTS,
    ORDER_GATES,
    ORDER_NOTICES,
    ORDER_TIMERS,
    PRODUCTS,
)
from console.plugins.power_visits import VISIT_ACTS, VISIT_GATES, VISIT_NOTICES, VISIT_TIMERS

# --- II.1 and III.3.3: where work can go -----------------------------------------------


def _division(key: str, label: L) -> Division:
    """A division is reached through its technical support desk and never directly."""
    return Division(
        key, label, via="support_engineer", assignee="field_engineer", clause=VIA_SUPPORT
    )


DIVISIONS = (
    _division("meter_automation", L("电能表自动化", "Meter automation")),
    _division("charging_pile", L("充电桩", "Charging pile")),
    _division("storage", L("储能", "Energy storage")),
    _division("distribution", L("配电网", "Distribution network")),
    Target(
        "subsidiary",
        L("子公司", "Subsidiary"),
        assignee="subsidiary_contact",
        clause="000 III.3.1.4b",
    ),
    Target(
        "marketing_centre",
        L("营销中心", "Marketing centre"),
        assignee="marketing_contact",
        clause="000 III.3.1.4b",
    ),
    Target(
        "project_dept",
        L("项目部", "Project department"),
        assignee="project_manager",
        clause="000 II.3(7)10",
    ),
)

SLOTS = {
    "gm": L("总经理", "general manager"),
    "dgm": L("副总经理", "deputy general manager"),
    "division_rnd_manager": L("事业部研发经理", "division R&D manager"),
    "division_deputy_gm": L("事业部副总", "division deputy GM"),
    "support_engineer": L("技术支持工程师", "technical support engineer"),
    "field_engineer": L("技术服务工程师", "service engineer"),
    "marketing_contact": L("营销中心联系人", "marketing centre contact"),
    "subsidiary_contact": L("子公司联系人", "subsidiary contact"),
    "project_manager": L("项目经理", "project manager"),
    "regional_manager": L("区域经理", "regional manager"),
    "provincial_supervisor": L("省技术主管", "provincial supervisor"),
    "office_director": L("办事处主任", "office director"),
    "technical_support_manager": L("技术支持部经理", "support manager"),
    "technical_service_manager": L("技术服务部经理", "service manager"),
    "deputy_service_manager": L("技术服务部副经理", "deputy service manager"),
    "regional_sales_manager": L("区域销售经理", "regional sales manager"),
    "salesperson": L("业务员", "salesperson"),
}

# --- III.3.1.3: the customer call information record -------------------------------------

RECORD = "000 III.3.1.3"
GRIDS = {
    "state": L("国网", "State Grid"),
    "southern": L("南网", "Southern Grid"),
    "none": L("非电网", "not a grid company"),
}

FIELDS = (
    Choice(
        key="product",
        label=L("产品", "product"),
        choices=PRODUCTS,
        required="intake",
        help=L("清单外的产品直接写名称", "One that is not listed: write its name"),
        clause=RECORD,
        rule="F0-01",
    ),
    Text(
        key="product_state",
        label=L("产品情况", "product situation"),
        required="intake",
        help=L(
            "现象、报警、运行时间", "What it does or shows, alarms, how long it has been running"
        ),
        clause=RECORD,
        rule="F0-01",
    ),
    Flag(
        key="promise_spoken",
        label=L("已承诺一刻钟并致谢", "promise spoken, thanked"),
        clause="000 III.3.1.4a",
        rule="T0-01",
    ),
    Place(
        key="province",
        label=L("省份", "province"),
        required="dispatch",
        help=L(
            "决定省技术主管、区域经理和办事处",
            "Decides the provincial supervisor, the regional manager and the office",
        ),
        clause="000 II.3(10)",
    ),
    Place(
        key="city",
        label=L("地市", "city"),
        help=L("质量事故关闭前须填写", "Needed before a quality accident is closed"),
        clause="000 III.3.5.4",
    ),
    Choice(
        key="grid",
        label=L("电网", "grid"),
        choices=GRIDS,
        open=False,
        flagging=True,
        help=L(
            "南网客户须告知技术服务部副经理",
            "Southern Grid: the deputy service manager is involved",
        ),
        clause="000 II.3(6)3",
    ),
    Version(
        key="firmware",
        label=L("程序版本", "program version"),
        help=L("写入程序升级记录表（附件6）", "Goes into the upgrade record (annex 6)"),
        clause="000 III.3.3.10",
        rule="F0-06",
    ),
    Text(
        key="accused",
        label=L("被投诉人", "person complained of"),
        show_when=COMPLAINT,
        help=L("只记录，不辩解", "Take it down, do not argue"),
        clause="002 P1C2S2 1.2.2",
        rule="W-07",
    ),
    Text(
        key="department",
        label=L("责任部门", "department"),
        show_when=when("department").is_set(),
        clause="W-07",
        rule="W-07",
    ),
    Person(
        key="sales_contact",
        label=L("片区业务员", "salesperson of the area"),
        help=L("上门后关闭前须填写", "Needed before a case with a visit is closed"),
        clause="000 III.3.4.5",
        rule="T0-29",
    ),
    Flag(
        key="visited",
        label=L("已上门", "visited"),
        show_when=when("visited").is_set(),
        clause="000 III.3.2.2.1",
    ),
    Text(
        key="stamp_exception",
        label=L("未盖章原因", "why it is not stamped"),
        show_when=when("state").equals("arrived"),
        help=L(
            "须先向区域经理说明；无章的差旅不予报销",
            "Told the regional manager first; without a stamp the trip is not reimbursed",
        ),
        clause="000 III.3.2.4.3",
        rule="T0-31",
    ),
)

# --- III.3.1.4: classify, promise a quarter of an hour, verify ---------------------------

CATEGORIES = (
    Category(
        "technical",
        L("技术服务需求", "technical service need"),
        needs_tracker=True,
        clause="000 III.3.1.5",
    ),
    Category(
        "complaint",
        L("投诉", "complaint"),
        needs_tracker=True,
        settled_by=SETTLERS,
        clause="002 P3C1; 000 III.3.1.5",
    ),
    Category(
        "quote", L("询价", "price inquiry"), route="marketing_centre", clause="000 III.3.1.4b"
    ),
)

TIMERS = (
    Timer(
        "contact",
        L("一刻钟联系客户", "contact the customer"),
        start="call_ended",
        stop=on("customer_contacted", **{"role!": "owner"}),
        within="15m",
        reopens=True,
        rule="T0-01",
        clause="000 III.3.1.4a",
        concern="contact",
        unclassified=True,
    ),
    Timer(
        "verify",
        L("核实是否已联系", "verify the contact"),
        start="call_ended",
        stop=on("contact_verified", answer=True),
        within="15m",
        reopens=True,
        rule="T0-02",
        clause="000 III.3.1.4b",
        who="owner",
        concern="verify",
        unclassified=True,
        ask_every="5m",
    ),
    Timer(
        "classify",
        L("分类并派单", "classify and allocate"),
        start="recorded",
        stop="assigned",
        within="timely",
        rule="T0-09",
        clause="000 III.3.1.4b",
        level="timely",
        amber=AGES,
        who="owner",
    ),
)

# --- III.3.1.5: whom to tell -------------------------------------------------------------

TRACKED = when("category").one_of("technical", "complaint")
NOT_URGED = when("urged").equals(0)

NOTICES = (
    Notice(
        "classified",
        L("技术服务需求和投诉：告知副总和技术支持", "technical call or complaint"),
        on="classified",
        to=("dgm", "support_engineer"),
        via=("console", "im"),
        if_=TRACKED,
        text=Wording(
            L("新工单，{category}：{customer}", "New case, {category}: {customer}"),
            L(
                "工单{case}，{category}，{division}：{customer}，{product}，{product_state}。"
                "须在{due}前联系客户。",
                "Case {case}, {category}, {division}: {customer}, {product}, {product_state}."
                " To be contacted by {due}.",
            ),
        ),
        rule="T0-10",
        clause="000 III.3.1.5",
    ),
    Notice(
        "quote",
        L("询价：告知营销中心", "price inquiry"),
        on="classified",
        to=("marketing_contact",),
        if_=when("category").equals("quote"),
        text=Wording(
            L("询价：{customer}", "Price inquiry: {customer}"),
            L(
                "工单{case}：{customer}询价，{need}。我们已承诺在{due}前联系客户。",
                "Case {case}: {customer} asks for a price: {need}. We have promised a call by"
                " {due}.",
            ),
        ),
        clause="000 III.3.1.4b",
    ),
    Notice(
        "assigned",
        L("派单通知", "work assigned"),
        on="assigned",
        to=("assignee",),
        clause="000 III.3.1.4b",
    ),
    Notice(
        "urged",
        L("未按时联系：催办", "not contacted: urge"),
        on="urged",
        to=("assignee",),
        via=("console", "phone"),
        when="now",
        text=Wording(
            L("催办：请即联系{customer}", "Urgent: contact {customer} now"),
            L(
                "工单{case}：{customer}还在等您的电话（{contact_phone}），请即联系并回复接线员。",
                "Case {case}: {customer} is still waiting for your call ({contact_phone}). Call"
                " now and tell the operator.",
            ),
        ),
        rule="T0-02",
        clause="000 III.3.1.4b",
    ),
    Notice(
        "not_contacted",
        L("未按时联系：告知技术支持和副总", "not contacted: alarm"),
        on=on("contact_verified", answer=False),
        to=("tracker", "dgm"),
        via=("console", "phone"),
        if_=TRACKED,
        when="now",
        text=Wording(
            L("未按时联系客户：{customer}", "Customer not contacted: {customer}"),
            L(
                "工单{case}：{assignee}尚未联系{customer}（{contact_phone}），已催办。",
                "Case {case}: {assignee} has not contacted {customer} ({contact_phone}) yet and"
                " was urged.",
            ),
        ),
        rule="T0-02",
        clause="000 III.3.1.4b",
    ),
    Notice(
        "overdue",
        L("一刻钟已过：催办责任人", "the quarter of an hour is over: urge"),
        on=on("timer_breached", timer="contact"),
        to=("assignee",),
        via=("console", "phone"),
        if_=NOT_URGED,
        when="now",
        text=Wording(
            L("一刻钟已过：请即联系{customer}", "The quarter of an hour is over: {customer}"),
            L(
                "工单{case}：已过承诺时间，请即致电{customer}（{contact_phone}）并致歉。",
                "Case {case}: the promise is broken. Call {customer} ({contact_phone}) now and"
                " apologise.",
            ),
        ),
        rule="T0-01",
        clause="000 III.3.1.4b",
    ),
    Notice(
        "overdue_alarm",
        L("一刻钟已过：告知技术支持和副总", "the quarter of an hour is over: alarm"),
        on=on("timer_breached", timer="contact"),
        to=("tracker", "dgm"),
        via=("console", "phone"),
        if_=NOT_URGED & TRACKED,
        when="now",
        rule="T0-02",
        clause="000 III.3.1.4b",
    ),
    Notice(
        "asking_left",
        L("催问转技术支持：请跟进到联系上", "the asking is yours: see that the customer is called"),
        on="asking_handed_over",
        to=("tracker",),
        via=("console", "phone"),
        when="now",
        rule="T0-02",
        clause="000 III.3.1.4b; 000 III.3.1.5",
    ),
    Notice(
        "southern_grid",
        L("南网客户：告知技术服务部副经理", "Southern Grid: tell the deputy service manager"),
        on=on("flag_set", flag="southern"),
        to=("deputy_service_manager",),
        once=True,
        text=Wording(
            L("南网客户：{customer}", "Southern Grid: {customer}"),
            L(
                "工单{case}：南网客户{customer}，{province}{city}，{product}，{product_state}。",
                "Case {case}: {customer} of Southern Grid, {province} {city}, {product},"
                " {product_state}.",
            ),
        ),
        clause="000 II.3(6)3",
    ),
)

# --- III.3.1.3: what must be there before work starts --------------------------------------

GATES = (
    Gate(
        "recorded_before_assigned",
        L("来电记录完整后才能派单", "the call record is complete before dispatch"),
        before="assigned",
        happened=("recorded",),
        remedy=L("请先补齐来电记录。", "Complete the call record first."),
        rule="F0-01",
        clause=RECORD,
    ),
)

# --- III.1.2 and III.1.5: reaching our own people and the customer ---------------------------

REACHING = (
    Timer(
        "lost_contact",
        L("外勤失联", "staff out of contact"),
        start="role_missed",
        stop="role_reached",
        within="60m",
        pair="role",
        rule="T0-07",
        clause="000 III.1.2.2",
        who="superior",
    ),
    Timer(
        "retry",
        L("再次致电客户", "ring the customer again"),
        start="contact_missed",
        stop=(on("customer_contacted"), on("contact_missed")),
        within="10m",
        rule="T0-16",
        clause="000 III.1.5.4",
        level="soft",
        each=True,
        house=True,
    ),
    Timer(
        "ask_instructions",
        L("无法按时：请示上级", "cannot finish: ask"),
        start="delay_foreseen",
        stop="instructions_asked",
        within="timely",
        rule="T0-35",
        clause="000 III.1.2.5",
        level="timely",
        amber=AGES,
        each=True,
    ),
    Timer(
        "sales_request",
        L("答复营销转来的需求", "answer the sales request"),
        start="sales_request_received",
        stop="sales_request_answered",
        within="timely",
        rule="T0-45",
        clause="000 III.3.4.1",
        level="timely",
        amber=AGES,
        each=True,
    ),
)

REACHING_ACTS = (
    Act(
        "delay_foreseen",
        L("预计不能按时完成", "cannot finish in time"),
        fields=(LongText(key="text", label=L("原因", "reason")),),
        clause="000 III.1.2.5",
    ),
    Act(
        "instructions_asked",
        L("已请示上级", "superior asked"),
        fields=(LongText(key="text", label=L("上级意见", "what the superior said")),),
        clause="000 III.1.2.5",
    ),
    Act(
        "sales_request_received",
        L("收到营销转来需求", "request from sales"),
        fields=(LongText(key="text", label=L("内容", "text")),),
        clause="000 III.3.4.1",
    ),
    Act(
        "sales_request_answered",
        L("已答复营销", "sales request answered"),
        fields=(LongText(key="text", label=L("答复", "answer")),),
        clause="000 III.3.4.1",
    ),
)

REACHING_NOTICES = (
    Notice(
        "lost_contact",
        L("外勤失联：告知上级", "staff out of contact: tell the superior"),
        on=on("timer_breached", timer="lost_contact"),
        to=("provincial_supervisor", "technical_service_manager"),
        via=("console", "phone"),
        when="now",
        text=Wording(
            L("外勤失联（工单{case}）", "Out of contact (case {case})"),
            L(
                "工单{case}（{customer}）：人员电话一小时未接通，已属失联，请设法联系。",
                "Case {case} ({customer}): somebody has not answered the telephone for an hour."
                " Please find them.",
            ),
        ),
        rule="T0-05 T0-07",
        clause="000 III.1.2.2; III.3.1.1",
    ),
    Notice(
        "delay",
        L("不能按时完成：请示上级", "cannot finish in time: the superior decides"),
        on="delay_foreseen",
        to=("provincial_supervisor",),
        rule="T0-35",
        clause="000 III.1.2.5",
    ),
)

# --- II.3(8), III.3.1.5: complaints. 000 names who is told; the course is that of every line ---

COURSE = "W-07; 002 P1C2S2 1.2.2"

POWER = Line(
    "power",
    L("电力电子", "Power electronics"),
    categories=CATEGORIES,
    divisions=DIVISIONS,
    fields=(*FIELDS, *INCIDENT_FIELDS, *DIVISION_FIELDS, SATISFACTION),
    timers=(
        *TIMERS,
        *REACHING,
        *VISIT_TIMERS,
        *ORDER_TIMERS,
        *MEETING_TIMERS,
        *INCIDENT_TIMERS,
        *DIVISION_TIMERS,
        *course_timers("dgm", COURSE),
        next_answer("dgm", COURSE),
    ),
    notices=(
        *NOTICES,
        *REACHING_NOTICES,
        *VISIT_NOTICES,
        *ORDER_NOTICES,
        *MEETING_NOTICES,
        *INCIDENT_NOTICES,
        *DIVISION_NOTICES,
        not_satisfied(("dgm", "tracker"), COURSE),
    ),
    gates=(
        *GATES,
        *VISIT_GATES,
        *ORDER_GATES,
        *INCIDENT_GATES,
        *course_gates(COURSE),
        apology_first(COURSE),
        satisfied_first(COURSE),
    ),
    acts=(
        *REACHING_ACTS,
        *VISIT_ACTS,
        *ORDER_ACTS,
        *MEETING_ACTS,
        *INCIDENT_ACTS,
        *DIVISION_ACTS,
        *course_acts(COURSE),
        rating("000 II.3(8)6"),
    ),
    forms=(*INCIDENT_FORMS, *DIVISION_FORMS, register_form(COURSE), plan_form(COURSE)),
    duties=DUTIES,
    slots=SLOTS,
    posts={"supervisor": "technical_support_manager", "complaint_officer": "dgm"},
    deputies={"gm": ("dgm",)},  # II.3(2)8
    script=Script(
        greeting=L(
            "您好，客户服务中心，请问有什么可以帮您？",
            "Hello, customer service centre. How can I help you?",
        ),
        promise=L(
            "我们会在一刻钟内联系您：{who}将在{time}前给您回电。",
            "We will contact you within a quarter of an hour: {who} will call you by {time}.",
        ),
        farewell=L("感谢您的来电，再见。", "Thank you for calling. Goodbye."),
    ),
)

LINES = (POWER,)
