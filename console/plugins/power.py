"""Power-electronics maker: meters, charging piles, energy storage, distribution network.

Written after the customer-service regulation 000. Chapters are kept in its order and every
rule carries its clause.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Category,
    Choice,
    Date,
    DateTime,
    Division,
    Flag,
    Form,
    Gate,
    Integer,
    L,
    Line,
    LongText,
    Notice,
    Person,
    Place,
    Script,
    Step,
    Target,
    Text,
    Timer,
    Version,
    all_of,
    on,
    when,
)
from console.plugins.power_duties import DUTIES

# --- II.1 and III.3.3: where work can go -----------------------------------------------

VIA_SUPPORT = "000 III.3.3.2"


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
    Target("subsidiary", L("子公司", "Subsidiary"), assignee="subsidiary_contact"),
    Target("marketing_centre", L("营销中心", "Marketing centre"), assignee="marketing_contact"),
    Target("project_dept", L("项目部", "Project department"), assignee="project_manager"),
)

SLOTS = {
    "gm": L("总经理", "general manager"),
    "division_rnd_manager": L("事业部研发经理", "division R&D manager"),
    "division_deputy_gm": L("事业部副总", "division deputy GM"),
    "dgm": L("副总经理", "deputy general manager"),
    "support_engineer": L("技术支持工程师", "technical support engineer"),
    "field_engineer": L("技术服务工程师", "technical service engineer"),
    "marketing_contact": L("营销中心联系人", "marketing centre contact"),
    "subsidiary_contact": L("子公司联系人", "subsidiary contact"),
    "project_manager": L("项目经理", "project manager"),
    "regional_manager": L("区域经理", "regional manager"),
    "provincial_supervisor": L("省技术主管", "provincial technical supervisor"),
    "office_director": L("办事处主任", "office director"),
    "technical_support_manager": L("技术支持部经理", "technical support manager"),
    "technical_service_manager": L("技术服务部经理", "technical service manager"),
    "deputy_service_manager": L("技术服务部副经理", "deputy technical service manager"),
    "regional_sales_manager": L("区域销售经理", "regional sales manager"),
    "salesperson": L("业务员", "salesperson"),
}

# --- III.3.1.3: the customer call information record -------------------------------------

PRODUCTS = {
    "meter": L("电能表", "meter"),
    "automation": L("自动化产品", "automation product"),
    "special_terminal": L("专变终端", "special-transformer terminal"),
    "pile": L("充电桩", "charging pile"),
    "storage_system": L("储能系统", "storage system"),
    "distribution_device": L("配电设备", "distribution device"),
}
GRIDS = {
    "state": L("国网", "State Grid"),
    "southern": L("南网", "Southern Grid"),
    "none": L("非电网", "not a grid company"),
}
INCIDENTS = ("quality_accident", "customer_indicator", "sg_performance")
NEEDS_OF_A_DIVISION = {
    "quality_accident": L("质量事故", "quality accident"),
    "rnd_need": L("客户研发需求", "customer R&D need"),
    "optimisation": L("产品优化", "product optimisation"),
    "marketing_solution": L("营销技术方案支持", "marketing solution support"),
    "onsite_rnd": L("现场研发支持", "on-site R&D support"),
    "lecturer": L("讲师需求", "lecturer"),
}

FIELDS = (
    Choice(
        key="product",
        label=L("产品", "product"),
        choices=PRODUCTS,
        required="intake",
        clause="000 III.3.1.3",
    ),
    Text(
        key="product_state",
        label=L("产品情况", "product situation"),
        required="intake",
        clause="000 III.3.1.3",
    ),
    Flag(
        key="promise_spoken",
        label=L("已口头承诺一刻钟内联系", "quarter-hour promise spoken"),
        clause="000 III.3.1.4a",
    ),
    Place(key="province", label=L("省份", "province"), required="dispatch"),
    Place(key="city", label=L("地市", "city")),
    Choice(
        key="grid",
        label=L("电网", "grid"),
        choices=GRIDS,
        open=False,
        help=L(
            "南网客户须告知技术服务部副经理",
            "Southern Grid: the deputy service manager is involved",
        ),
        clause="000 II.3(6)3",
    ),
    Version(key="firmware", label=L("程序版本", "program version"), clause="000 III.3.3.10"),
    Flag(key="quality_accident", label=L("质量事故", "quality accident"), clause="000 III.3.3.5"),
    Flag(
        key="customer_indicator",
        label=L("影响客户指标", "customer indicators affected"),
        clause="000 III.3.3.5",
    ),
    Flag(
        key="sg_performance", label=L("国网履约", "State Grid performance"), clause="000 III.3.3.5"
    ),
    Flag(
        key="sg_batch", label=L("国网大批量质量问题", "State Grid batch"), clause="000 III.3.2.2.8"
    ),
    Text(
        key="batch_no",
        label=L("批次", "batch"),
        show_when=when("quality_accident").is_set() | when("sg_batch").is_set(),
    ),
    Integer(
        key="affected_qty",
        label=L("受影响数量", "affected quantity"),
        show_when=when("quality_accident").is_set() | when("sg_batch").is_set(),
    ),
    Choice(
        key="division_need",
        label=L("事业部需求", "division need"),
        choices=NEEDS_OF_A_DIVISION,
        open=False,
        clause="000 III.3.3.1",
    ),
    Flag(
        key="major_onsite",
        label=L("现场重大问题", "major problem on site"),
        clause="000 III.3.2.2.7",
    ),
    Person(key="sales_contact", label=L("片区业务员", "salesperson of the area")),
    Text(
        key="stamp_exception",
        label=L("未盖章原因（已告知区域经理）", "why not stamped (told the regional manager)"),
        show_when=when("state").equals("arrived"),
        clause="000 III.3.2.4.3",
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
        settled_by=("complaint_officer", "signer"),
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
        who="owner",
    ),
)

# --- III.3.1.5: whom to tell -------------------------------------------------------------

HAS_TO_BE_TRACKED = when("category").one_of("technical", "complaint")

NOTICES = (
    Notice(
        "classified",
        L("技术服务需求和投诉：告知副总和技术支持", "technical call or complaint"),
        on="classified",
        to=("dgm", "support_engineer"),
        if_=HAS_TO_BE_TRACKED,
        rule="T0-10",
        clause="000 III.3.1.5",
    ),
    Notice(
        "quote",
        L("询价：告知营销中心", "price inquiry"),
        on="classified",
        to=("marketing_contact",),
        if_=when("category").equals("quote"),
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
        clause="000 III.3.1.4b",
    ),
    Notice(
        "not_contacted",
        L("未按时联系：告知技术支持和副总", "not contacted: alarm"),
        on=on("contact_verified", answer=False),
        to=("tracker", "dgm"),
        if_=HAS_TO_BE_TRACKED,
        when="now",
        rule="T0-02",
        clause="000 III.3.1.4b",
    ),
)

# --- III.3.1.3: what must be there before work starts --------------------------------------

GATES = (
    Gate(
        "recorded_before_assigned",
        L("来电记录完整后才能派单", "the call record is complete before dispatch"),
        before="assigned",
        happened=("recorded",),
        rule="F0-01",
        clause="000 III.3.1.3",
    ),
)

# --- III.1.2 and III.1.5: reaching our own people and the customer ---------------------------

REACHING = (
    Timer(
        "lost_contact",
        L("外勤失联", "field staff out of contact"),
        start="role_missed",
        stop="role_reached",
        within="60m",
        pair="role",
        rule="T0-07 T0-05",
        clause="000 III.1.2.2",
        who="superior",
    ),
    Timer(
        "retry",
        L("再次致电客户", "ring the customer again"),
        start="contact_missed",
        stop="customer_contacted",
        within="10m",
        rule="T0-16",
        clause="000 III.1.5.4",
        level="soft",
        house=True,
    ),
    Timer(
        "ask_instructions",
        L("不能按时完成：请示上级", "cannot finish in time: ask the superior"),
        start="delay_foreseen",
        stop="instructions_asked",
        within="timely",
        rule="T0-35",
        clause="000 III.1.2.5",
        level="timely",
    ),
    Timer(
        "sales_request",
        L("答复营销转来的现场需求", "answer a request relayed by sales"),
        start="sales_request_received",
        stop="sales_request_answered",
        within="timely",
        rule="T0-45",
        clause="000 III.3.4.1",
        level="timely",
    ),
)

REACHING_ACTS = (
    Act("delay_foreseen", L("预计不能按时完成", "foreseen: cannot finish in time")),
    Act("instructions_asked", L("已请示上级", "superior asked for instructions")),
    Act("sales_request_received", L("收到营销转来需求", "request relayed by sales")),
    Act("sales_request_answered", L("已答复营销", "relayed request answered")),
)

# --- III.3.2: the visit -----------------------------------------------------------------------

VISIT_ACTS = (
    Act(
        "visit_appointed",
        L("预约上门", "visit appointed"),
        fields=(
            DateTime(key="due", label=L("到达时间", "arrival"), required="intake"),
            Text(key="prepare", label=L("请客户准备", "what the customer should prepare")),
        ),
        state=L("已预约", "appointed"),
        clause="000 III.3.2.1.1",
    ),
    Act("visit_prepared", L("上门准备完成", "visit prepared"), clause="000 III.3.2.1.2-3"),
    Act(
        "visit_confirmed", L("已发上门确认短信", "confirmation SMS sent"), clause="000 III.3.2.1.4"
    ),
    Act(
        "arrived", L("到达现场", "arrived"), state=L("在现场", "on site"), clause="000 III.3.2.2.1"
    ),
    Act("progress_reported", L("向上级汇报进展", "progress reported"), clause="000 III.3.2.2.2"),
    Act("stuck_on_site", L("现场无法分析", "cannot be analysed on site"), clause="000 III.3.2.2.3"),
    Act("remote_help_asked", L("已联系技术支持", "support engineer contacted")),
    Act("result_explained", L("已说明原因经过结果", "cause, process and result explained")),
    Act(
        "report_signed",
        L("合同实施报告签字", "implementation report signed"),
        fields=(Flag(key="stamped", label=L("已盖章", "stamped"), required="intake"),),
        clause="000 III.3.2.4.3",
    ),
    Act("leave_agreed", L("客户同意离开", "customer agreed to leave"), clause="000 III.3.2.4.1"),
    Act(
        "sales_manager_told",
        L("已告知区域销售经理", "sales manager told"),
        clause="000 III.3.2.4.2",
    ),
    Act("left", L("离开现场", "left the site"), state=L("已离场", "left"), clause="000 III.3.2.4"),
    Act("salesperson_phoned", L("已电话告知业务员", "salesperson phoned"), clause="000 III.3.4.5"),
    Act("order_opened", L("建立电子工单", "electronic order opened"), clause="000 III.3.1.5"),
    Act(
        "order_completed", L("电子工单完成", "electronic order complete"), clause="000 III.3.2.4.4"
    ),
)

VISIT_TIMERS = (
    Timer(
        "electronic_order",
        L("建立电子工单", "write the electronic order"),
        start="customer_contacted",
        stop=(on("order_opened"), on("order_completed")),
        within="timely",
        rule="T0-11",
        clause="000 III.3.1.5",
        level="timely",
        who="tracker",
        if_=HAS_TO_BE_TRACKED,
    ),
    Timer(
        "arrive",
        L("按约到达", "arrive as agreed"),
        start="visit_appointed",
        stop=(on("arrived"), on("visit_appointed")),
        within="promise",
        rule="T0-17",
        clause="000 III.1.5.2; III.3.2.1.1",
        each=True,
    ),
    Timer(
        "report_progress",
        L("向上级汇报进展", "report progress"),
        start="arrived",
        stop=(on("progress_reported"), on("left")),
        within="timely",
        rule="T0-20",
        clause="000 III.3.2.2.2",
        level="timely",
    ),
    Timer(
        "ask_support",
        L("联系技术支持远程协助", "ask support for remote help"),
        start="stuck_on_site",
        stop="remote_help_asked",
        within="timely",
        rule="T0-21",
        clause="000 III.3.2.2.3",
        level="timely",
    ),
    Timer(
        "major_on_site",
        L("重大问题：电话并书面报告上级", "major problem: phone, then file"),
        start=on("flag_set", flag="major_onsite"),
        stop=all_of(
            on("role_reached", role="regional_manager", channel="phone"),
            on("form_completed", form="quality_report"),
        ),
        within="timely",
        rule="T0-22",
        clause="000 III.3.2.2.7",
        level="timely",
    ),
    Timer(
        "phone_salesperson",
        L("电话告知业务员", "phone the salesperson"),
        start="left",
        stop="salesperson_phoned",
        within="now",
        rule="T0-29",
        clause="000 III.3.4.5",
        level="now",
    ),
    Timer(
        "explain_result",
        L("向客户说明原因经过结果", "explain cause, process and result"),
        start="arrived",
        stop="result_explained",
        within="timely",
        rule="T0-30",
        clause="000 III.1.2.12.5",
        level="timely",
    ),
    Timer(
        "order_same_day",
        L("当日完成电子工单", "complete the order the same day"),
        start="left",
        stop="order_completed",
        within="day",
        rule="T0-32",
        clause="000 III.3.2.4.4",
    ),
    Timer(
        "weekly_order",
        L("服务超过一周：每周一单", "service over a week: an order a week"),
        start=(on("arrived"), on("order_completed")),
        stop=(on("order_completed"), on("left")),
        within="week",
        rule="T0-34",
        clause="000 III.5.1.3",
        each=True,
        if_=when("state").equals("arrived"),
    ),
)

VISIT_GATES = (
    Gate(
        "prepared_before_confirmed",
        L("准备完成后发确认短信", "prepared before the confirmation SMS"),
        before="visit_confirmed",
        happened=("visit_prepared",),
        rule="T0-19",
        clause="000 III.3.2.1.2-4",
    ),
    Gate(
        "confirmed_before_arrival",
        L("到达前发确认短信", "confirmation SMS before arriving"),
        before="arrived",
        happened=("visit_confirmed",),
        rule="T0-18",
        clause="000 III.3.2.1.4",
    ),
    Gate(
        "leave",
        L(
            "离开前：客户同意、告知销售经理、报告签字",
            "before leaving: consent, sales manager, report signed",
        ),
        before="left",
        happened=("leave_agreed", "sales_manager_told", "report_signed"),
        rule="T0-28",
        clause="000 III.3.2.4.1-2",
    ),
    Gate(
        "stamped",
        L("合同实施报告盖章", "implementation report stamped"),
        before="left",
        happened=(on("report_signed", stamped=True),),
        unless=when("stamp_exception").is_set(),
        remedy=L(
            "请客户盖章；确实不能的，向区域经理说明并填写原因。",
            "Have it stamped; if that is impossible, tell the regional manager and fill in why.",
        ),
        rule="T0-31",
        clause="000 III.3.2.4.3",
    ),
)

# --- III.3.2.2.7-8 and III.3.3.5: quality accidents -----------------------------------------

PHONED = ("regional_manager", "office_director", "technical_support_manager", "dgm")
MAILED = (
    "regional_manager",
    "support_engineer",
    "technical_support_manager",
    "technical_service_manager",
    "dgm",
)
KNOWN = on("flag_set", flag=INCIDENTS)

INCIDENT_TIMERS = (
    Timer(
        "tell_dgm",
        L("国网批量问题：即刻告知副总", "State Grid batch: tell the DGM at once"),
        start=on("flag_set", flag="sg_batch"),
        stop=on("role_reached", role="dgm"),
        within="now",
        rule="T0-23",
        clause="000 III.3.2.2.8",
        level="now",
        who="first_knower",
    ),
    Timer(
        "phone_four",
        L("第一时间电话告知四人", "phone four people at once"),
        start=KNOWN,
        stop=all_of(*(on("role_reached", role=slot, channel="phone") for slot in PHONED)),
        within="now",
        rule="T0-24",
        clause="000 III.3.3.5",
        level="now",
        who="first_knower",
    ),
    Timer(
        "mail_report",
        L("一小时内邮件报告五人", "mail the report to five people"),
        start=KNOWN,
        stop=on("mail_sent", list="incident_report"),
        within="60m",
        rule="T0-25",
        clause="000 III.3.3.5",
        who="first_knower",
    ),
)

INCIDENT_NOTICES = (
    Notice(
        "incident_phones",
        L("质量事故：电话四人", "quality accident: phone four"),
        on=KNOWN,
        to=PHONED,
        via=("phone",),
        when="now",
        once=True,
        rule="T0-24",
        clause="000 III.3.3.5",
    ),
    Notice(
        "incident_mails",
        L("质量事故：邮件五人", "quality accident: mail five"),
        on=KNOWN,
        to=MAILED,
        via=("mail",),
        when="1h",
        once=True,
        rule="T0-25",
        clause="000 III.3.3.5",
    ),
    Notice(
        "southern_grid",
        L("南网客户：告知技术服务部副经理", "Southern Grid: tell the deputy service manager"),
        on="classified",
        to=("deputy_service_manager",),
        if_=when("grid").equals("southern"),
        clause="000 II.3(6)3",
    ),
)

MAILS = {
    "incident_report": L("事故一小时报告", "one-hour incident report"),
    "division_need": L("事业部需求报告", "division-need report"),
}
INCIDENT_ACTS = (
    Act(
        "mail_sent",
        L("报告已邮件发出", "report mailed"),
        fields=(
            Choice(
                key="list", label=L("报告", "report"), choices=MAILS, required="intake", open=False
            ),
        ),
        clause="000 III.3.3.4-5",
    ),
)

# --- III.3.3.1-7: work for a division goes through technical support only -------------------

DIVISION_ACTS = (
    Act(
        "need_raised",
        L("提出事业部需求", "division need raised"),
        fields=(
            Choice(
                key="kind",
                label=L("需求", "need"),
                choices=NEEDS_OF_A_DIVISION,
                required="intake",
                open=False,
            ),
        ),
        clause="000 III.3.3.1",
    ),
    Act(
        "division_contacted",
        L("联系事业部", "division contacted"),
        fields=(
            Text(key="who", label=L("联系人", "whom")),
            Text(key="text", label=L("内容", "text")),
        ),
        roles=("support", "support_mgr"),
        clause=VIA_SUPPORT,
    ),
    Act(
        "demand_delivered",
        L("研发需求已交付", "R&D demand delivered"),
        roles=("support", "support_mgr"),
    ),
)

DIVISION_TIMERS = (
    Timer(
        "report_need",
        L("省技术主管邮件报告五人", "provincial supervisor reports to five"),
        start="need_raised",
        stop=on("mail_sent", list="division_need"),
        within="timely",
        rule="T0-26",
        clause="000 III.3.3.4",
        level="timely",
        who="provincial_supervisor",
    ),
    Timer(
        "rnd_demand",
        L("研发需求交付", "R&D demand delivered"),
        start=on("form_completed", form="rnd_demand"),
        stop="demand_delivered",
        within="promise",
        rule="T0-27",
        clause="000 III.3.3.7-9",
        who="tracker",
    ),
)

DIVISION_NOTICES = (
    Notice(
        "division_need",
        L("事业部需求：邮件五人", "division need: mail five"),
        on="need_raised",
        to=MAILED,
        via=("mail",),
        rule="T0-26",
        clause="000 III.3.3.4",
    ),
)

# --- III.3.3.7-9: the R&D demand sheet ----------------------------------------------------

FORMS = (
    Form(
        "rnd_demand",
        L("研发需求单", "R&D demand sheet"),
        fields=(
            Text(key="number", label=L("编号", "number"), required="intake"),
            LongText(key="problem", label=L("问题", "problem"), required="intake"),
            LongText(key="evidence", label=L("资料清单", "evidence")),
            Text(
                key="necessity",
                label=L("必要性判断", "necessity check"),
                required="intake",
                clause="000 III.3.3.7",
            ),
            Date(key="wanted_until", label=L("要求完成日期", "wanted until"), required="intake"),
        ),
        steps=(
            Step(
                "signed_by_centre",
                L("中心总经理或副总签字", "signed by GM or DGM"),
                slots=("gm", "dgm"),
                any_of=True,
                clause="000 III.3.3.8",
            ),
            Step("delivered", L("送达事业部", "delivered"), roles=("support", "support_mgr")),
            Step("meeting_held", L("短会", "short meeting held"), clause="000 III.3.3.9"),
            Step(
                "signed_by_division",
                L("事业部责任人签字", "signed by the division"),
                slots=("division_rnd_manager", "division_deputy_gm"),
                clause="000 III.3.3.9",
            ),
        ),
        filled_by=("support",),
        due_field="wanted_until",
        rule="F0-03",
        clause="000 III.3.3.7-9",
    ),
    Form(
        "quality_report",
        L("质量反馈报告", "quality feedback report"),
        fields=(
            Text(key="batch", label=L("批次", "batch")),
            Integer(key="quantity", label=L("数量", "quantity")),
            Text(key="location", label=L("地点", "location"), required="intake"),
            LongText(key="symptom", label=L("现象", "symptom"), required="intake"),
            LongText(key="impact", label=L("对客户指标的影响", "impact on customer indicators")),
            LongText(key="measures", label=L("措施", "measures")),
        ),
        rule="F0-02",
        clause="000 III.3.2.2.7",
    ),
)

POWER = Line(
    "power",
    L("电力电子", "Power electronics"),
    categories=CATEGORIES,
    divisions=DIVISIONS,
    fields=FIELDS,
    timers=(*TIMERS, *REACHING, *VISIT_TIMERS, *INCIDENT_TIMERS, *DIVISION_TIMERS),
    notices=(*NOTICES, *INCIDENT_NOTICES, *DIVISION_NOTICES),
    gates=(*GATES, *VISIT_GATES),
    acts=(*REACHING_ACTS, *VISIT_ACTS, *INCIDENT_ACTS, *DIVISION_ACTS),
    forms=FORMS,
    duties=DUTIES,
    slots=SLOTS,
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
