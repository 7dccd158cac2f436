"""Robotics integrator: inquiries, running projects, after-sales faults and complaints.

Written after the customer-service regulation 003, whose articles give the order. Every rule
carries its clause. Processing limits count from the customer's submission, so a late
acceptance gains nothing.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Category,
    Choice,
    Daily,
    Date,
    DateTime,
    Duty,
    FirstWorkingDay,
    Flag,
    Form,
    Gate,
    Integer,
    L,
    Line,
    LongText,
    Notice,
    Person,
    Script,
    Step,
    Target,
    Text,
    Timer,
    all_of,
    on,
    when,
)

# --- Art. 5, 17: who there is, and where work can go -------------------------------------------

SLOTS = {
    "service_head": L("客户服务负责人", "head of service"),
    "service_specialist": L("客户服务专员", "service specialist"),
    "technical_specialist": L("技术支持专员", "technical specialist"),
    "maintenance_specialist": L("售后维保专员", "maintenance specialist"),
    "sales_desk": L("销售对接人", "sales contact"),
    "technical_manager": L("技术部负责人", "technical dept head"),
    "delivery_manager": L("项目交付负责人", "project delivery head"),
}

DIVISIONS = (
    Target("sales", L("销售部", "Sales"), assignee="sales_desk", clause="003 Art.17(1)"),
    Target(
        "technical",
        L("技术部", "Technical"),
        assignee="technical_specialist",
        clause="003 Art.17(2)",
    ),
    Target(
        "delivery",
        L("项目交付部", "Project delivery"),
        assignee="delivery_manager",
        clause="003 Art.17(3)",
    ),
    Target(
        "service",
        L("客户服务部", "Customer service"),
        assignee="service_specialist",
        clause="003 Art.5",
    ),
)

# --- What is written down of a case ------------------------------------------------------------

STAGES = {
    "pre_sales": L("售前", "pre-sales"),
    "in_sales": L("售中", "in-sales"),
    "after_sales": L("售后", "after-sales"),
}
FAULTS = {
    "general": L("一般咨询", "general consultation"),
    "routine": L("常规故障", "routine fault"),
    "complex": L("复杂故障", "complex fault"),
}
INTENTIONS = {
    "open": L("意向不明", "open"),
    "clear_yes": L("明确有意向", "clear yes"),
    "clear_no": L("明确无意向", "clear no"),
    "ended": L("咨询结束", "ended"),
}
DEPARTMENTS = {one.key: one.label for one in DIVISIONS}

INQUIRY = when("category").equals("quote")
COMPLAINT = when("category").equals("complaint")
FAULT = when("category").equals("technical")
RUNNING_PROJECT = when("stage").equals("in_sales")

FIELDS = (
    Choice(
        key="stage",
        label=L("阶段", "stage"),
        choices=STAGES,
        required="intake",
        open=False,
        clause="003 Art.9-11",
    ),
    Text(key="contract_no", label=L("合同编号", "contract no."), show_when=RUNNING_PROJECT),
    Choice(
        key="fault_class",
        label=L("故障类别", "fault class"),
        choices=FAULTS,
        required="dispatch",
        required_if=FAULT,
        show_when=~(INQUIRY | COMPLAINT),
        open=False,
        help=L(
            "改类别不改起点：时限仍从客户提出时算",
            "Another class changes the limit, not its start: the customer's submission",
        ),
        clause="003 Art.11(1)",
        rule="F3-06",
    ),
    Flag(
        key="emergency",
        label=L("停机影响生产", "production affected"),
        help=L(
            "立即启动应急机制，通知并派人到场",
            "Starts the emergency mechanism at once: notify and send somebody",
        ),
        clause="003 Art.11(1)",
        rule="T3-08",
    ),
    Text(key="cell", label=L("工作站", "cell")),
    Text(key="robot_model", label=L("机器人型号", "robot model")),
    Text(key="controller_alarm", label=L("控制器报警号", "controller alarm")),
    Text(
        key="site_rules",
        label=L("客户现场规定", "site rules"),
        help=L("安全要求、入场手续", "Safety measures and how to be let in"),
        clause="003 Art.11(3)",
    ),
)

CATEGORIES = (
    Category(
        "technical",
        L("售后服务", "after-sales request"),
        route="technical",
        clause="003 Art.11",
    ),
    Category(
        "complaint",
        L("投诉", "complaint"),
        route="service",
        settled_by=("complaint_officer", "signer"),
        clause="003 Art.13(3)",
    ),
    Category("quote", L("售前咨询", "pre-sales inquiry"), route="sales", clause="003 Art.9"),
)

NOTICES = (
    Notice(
        "assigned",
        L("派单通知", "work assigned"),
        on="assigned",
        to=("assignee",),
        clause="003 Art.11(2)",
    ),
)

# --- Art. 9: pre-sales -------------------------------------------------------------------------

PRESALES_TIMERS = (
    Timer(
        "first_intake",
        L("一个工作日内需求登记", "first needs intake"),
        start="submitted",
        stop=on("form_completed", form="presales_intake"),
        within="1wd",
        if_=INQUIRY,
        rule="T3-01",
        clause="003 Art.9(1); 003 Art.12(1)",
    ),
    Timer(
        "answer_question",
        L("答复方案问题", "answer the question"),
        start="question_asked",
        stop="question_answered",
        within="2wd",
        pair="question",
        rule="T3-02",
        clause="003 Art.9(2); 003 Art.12(1)",
    ),
    # Whoever left the intention open is asked again the week after; a clear answer, the end
    # of the inquiry and the contract begin no further week.
    Timer(
        "weekly_followup",
        L("每周跟进客户", "follow up every week"),
        start=(on("submitted"), on("followed_up", intention="open")),
        stop=(on("followed_up"), on("contract_signed")),
        within="week",
        if_=INQUIRY,
        each=True,
        rule="T3-03",
        clause="003 Art.9(3)",
        concern="followup",
    ),
)

PRESALES_ACTS = (
    Act(
        "question_asked",
        L("客户提出方案问题", "question asked"),
        fields=(
            Text(key="question", label=L("问题编号", "question no.")),
            LongText(key="text", label=L("问题", "question")),
        ),
        clause="003 Art.9(2)",
    ),
    Act(
        "question_answered",
        L("已明确答复问题", "question answered"),
        fields=(
            Text(key="question", label=L("问题编号", "question no.")),
            LongText(key="text", label=L("答复", "answer")),
        ),
        clause="003 Art.9(2)",
    ),
    Act(
        "followed_up",
        L("售前跟进", "followed up"),
        fields=(
            Choice(
                key="intention",
                label=L("意向", "intention"),
                choices=INTENTIONS,
                required="intake",
                open=False,
            ),
            LongText(key="change", label=L("需求变化", "change of need")),
            LongText(key="solution", label=L("方案调整", "adjusted solution")),
        ),
        if_=INQUIRY,
        clause="003 Art.9(3)",
    ),
    Act(
        "contract_signed",
        L("签订合同", "contract signed"),
        fields=(Text(key="contract_no", label=L("合同编号", "contract no."), required="intake"),),
        state=L("已签合同", "contract signed"),
        sets={"stage": "in_sales"},
        clause="003 Art.10(1)",
    ),
)

PRESALES_FORMS = (
    Form(
        "presales_intake",
        L("售前需求登记", "pre-sales intake"),
        fields=(
            LongText(key="customer", label=L("客户基本信息", "customer data"), required="intake"),
            LongText(key="project_need", label=L("项目需求", "project need"), required="intake"),
            Text(key="budget", label=L("预算范围", "budget range"), required="intake"),
            Text(
                key="time_requirement",
                label=L("时间要求", "time requirement"),
                required="intake",
            ),
        ),
        rule="F3-01",
        clause="003 Art.9(1)",
    ),
)

# --- Art. 10: the running project --------------------------------------------------------------

PROJECT_TIMERS = (
    Timer(
        "contract_briefing",
        L("合同交底", "contract briefing"),
        start="contract_signed",
        stop=on("form_completed", form="briefing"),
        within="3wd",
        rule="T3-04",
        clause="003 Art.10(1)",
        who="delivery_manager",
    ),
    Timer(
        "progress_reports",
        L("每月两次进度反馈", "two reports a month"),
        start="contract_signed",
        stop="progress_reported",
        within="month",
        times=2,
        recurs=True,
        if_=RUNNING_PROJECT,
        rule="T3-05",
        clause="003 Art.10(2)",
        who="maintenance_specialist",
    ),
    Timer(
        "tell_milestone",
        L("第一时间告知客户", "tell the customer"),
        start=(on("milestone_reached"), on("project_problem")),
        stop="customer_contacted",
        within="now",
        each=True,
        rule="T3-06",
        clause="003 Art.10(2)",
        level="now",
        who="maintenance_specialist",
    ),
)

PROJECT_ACTS = (
    Act(
        "progress_reported",
        L("已反馈项目进度", "progress reported"),
        fields=(
            LongText(key="construction", label=L("施工进度", "construction")),
            LongText(key="commissioning", label=L("安装调试", "installation, tests")),
        ),
        clause="003 Art.10(2)",
    ),
    Act("milestone_reached", L("重大节点", "milestone reached"), clause="003 Art.10(2)"),
    Act("project_problem", L("突发问题", "sudden problem"), clause="003 Art.10(2)"),
    Act(
        "project_accepted",
        L("项目验收", "project accepted"),
        state=L("已验收", "accepted"),
        sets={"stage": "after_sales"},
        clause="003 Art.10(3)",
    ),
    Act(
        "escort_named",
        L("指定陪同人员", "escort named"),
        fields=(Person(key="escort", label=L("陪同人", "escort"), required="intake"),),
        clause="003 Art.10(3)",
    ),
    Act("customer_received", L("接待客户考察", "customer received"), clause="003 Art.10(3)"),
)

PROJECT_FORMS = (
    Form(
        "briefing",
        L("合同交底记录", "contract briefing"),
        fields=(
            LongText(key="milestones", label=L("项目节点", "milestones"), required="intake"),
            LongText(key="standard", label=L("交付标准", "delivery standard"), required="intake"),
            LongText(key="rights", label=L("双方权责", "rights and duties"), required="intake"),
            LongText(key="service", label=L("服务条款", "service clauses"), required="intake"),
        ),
        rule="F3-04",
        clause="003 Art.10(1)",
    ),
)

PROJECT_GATES = (
    Gate(
        "escort_before_visit",
        L("指定陪同人员后接待客户", "escort named before the customer comes"),
        before="customer_received",
        happened=("escort_named",),
        rule="T3-24",
        clause="003 Art.10(3)",
    ),
)

# --- Art. 11(1): acceptance and emergencies ----------------------------------------------------

# Nobody knows yet whether it is a fault before it is classified: until then the half hour
# runs for whatever came in, and what turns out to be something else drops it.
ACCEPTANCE_TIMERS = (
    Timer(
        "accept",
        L("半小时内受理", "accept the request"),
        start="submitted",
        stop=all_of("recorded", on("classified", **{"category!": ("quote", "complaint")})),
        within="30m",
        if_=~(INQUIRY | COMPLAINT),
        rule="T3-07",
        clause="003 Art.11(1); 003 Art.12(1)",
        who="owner",
        concern="accept",
        unclassified=True,
    ),
    Timer(
        "emergency",
        L("立即启动应急机制", "emergency mechanism"),
        start=on("flag_set", flag="emergency"),
        stop=all_of(
            on(
                "role_reached",
                role=("technical_specialist", "maintenance_specialist"),
                channel="phone",
            ),
            "departed",
        ),
        within="now",
        rule="T3-08",
        clause="003 Art.11(1); 003 Art.12(1)",
        level="now",
        who="owner",
    ),
    Timer(
        "customer_ledger",
        L("客户台账实时更新", "customer ledger"),
        start="submitted",
        stop="recorded",
        within="now",
        rule="T3-23",
        clause="003 Art.15(1)",
        level="now",
        who="owner",
    ),
)

ACCEPTANCE_NOTICES = (
    Notice(
        "emergency",
        L("紧急故障：电话技术或维保专员", "emergency: phone the specialists"),
        on=on("flag_set", flag="emergency"),
        to=("technical_specialist", "maintenance_specialist"),
        via=("phone",),
        when="now",
        once=True,
        rule="T3-08",
        clause="003 Art.11(1)",
    ),
)

# --- Art. 11(2): processing limits, and how they are extended ----------------------------------


def _repair(key: str, label: L, rule: str, within: str, fault: str) -> Timer:
    """The limit of one class of fault, afresh in every cycle; longer only with notice."""
    return Timer(
        key,
        label,
        start="submitted",
        stop="solved",
        within=within,
        if_=FAULT & when("fault_class").equals(fault),
        rule=rule,
        clause="003 Art.11(2); 003 Art.12(2)",
        extendable=True,
        reopens=True,
    )


REPAIR_TIMERS = (
    _repair("general", L("解决一般咨询", "answer consultation"), "T3-09", "1wd", "general"),
    _repair("routine", L("修复常规故障", "repair routine fault"), "T3-10", "3wd", "routine"),
    _repair("complex", L("修复复杂故障", "repair complex fault"), "T3-11", "7wd", "complex"),
    Timer(
        "explain_delay",
        L("事先说明并重定时限", "explain, new limit"),
        start="delay_foreseen",
        stop=(on("timer_extended"), on("solved")),
        within="timely",
        rule="T3-12",
        clause="003 Art.11(2)",
        level="timely",
    ),
)

REPAIR_ACTS = (
    Act("delay_foreseen", L("预计不能按时解决", "delay foreseen"), clause="003 Art.11(2)"),
)

# --- Art. 11(3): on site -----------------------------------------------------------------------

SITE_ACTS = (
    Act(
        "visit_appointed",
        L("预约上门", "visit appointed"),
        fields=(
            DateTime(key="due", label=L("到达时间", "arrival"), required="intake"),
            LongText(key="prepare", label=L("客户现场准备", "site preparation"), required="intake"),
        ),
        state=L("已预约", "appointed"),
        clause="003 Art.11(3)",
    ),
    Act("departed", L("专员已出发", "specialist departed"), clause="003 Art.11(1)"),
    Act("arrived", L("到达现场", "arrived"), state=L("在现场", "on site"), clause="003 Art.11(3)"),
    Act("left", L("离开现场", "left the site"), state=L("已离场", "left"), clause="003 Art.11(3)"),
)

SITE_TIMERS = (
    Timer(
        "arrive",
        L("按约到达", "arrive as agreed"),
        start="visit_appointed",
        stop=(on("arrived"), on("visit_appointed")),
        within="promise",
        each=True,
        rule="T3-13",
        clause="003 Art.11(3)",
    ),
)

SITE_GATES = (
    Gate(
        "agreed_before_arrival",
        L("约定时间和现场准备后上门", "time and preparation agreed before going"),
        before="arrived",
        happened=("visit_appointed",),
        unless=when("emergency").is_set(),
        rule="T3-13",
        clause="003 Art.11(3)",
    ),
    Gate(
        "record_before_leaving",
        L("服务记录表签字后离开", "service record signed before leaving"),
        before="left",
        happened=(on("form_completed", form="site_record"),),
        rule="F3-07",
        clause="003 Art.11(3)",
    ),
)

SITE_FORMS = (
    Form(
        "site_record",
        L("现场服务记录表", "on-site service record"),
        fields=(
            LongText(key="cause", label=L("原因", "cause"), required="intake"),
            LongText(key="remedy", label=L("处理方法", "remedy"), required="intake"),
            LongText(key="advice", label=L("维护建议", "maintenance advice"), required="intake"),
        ),
        steps=(Step("signed_by_customer", L("客户签字", "signed by the customer")),),
        per_cycle=True,
        rule="F3-07",
        clause="003 Art.11(3)",
    ),
)

# --- Art. 11(4): follow-up ---------------------------------------------------------------------

SCORE = Integer(key="satisfaction", label=L("满意度1-5", "satisfaction 1-5"), least=1, most=5)

FOLLOWUP_TIMERS = (
    Timer(
        "followup",
        L("三个工作日内回访", "follow up the repair"),
        start="solved",
        stop="followup_done",
        within="3wd",
        if_=FAULT,
        rule="T3-14",
        clause="003 Art.11(4)",
        who="service_specialist",
        concern="followup",
    ),
    Timer(
        "followup_problem",
        L("协调解决回访问题", "problem at follow-up"),
        start=on("followup_done", finding="problem"),
        stop="reopened",
        within="timely",
        rule="T3-15",
        clause="003 Art.11(4)",
        level="timely",
        who="service_specialist",
    ),
)

FOLLOWUP_ACTS = (
    Act(
        "followup_done",
        L("售后回访", "follow-up done"),
        fields=(
            Choice(
                key="finding",
                label=L("回访结果", "finding"),
                choices={"ok": L("正常", "OK"), "problem": L("有问题", "problem")},
                required="intake",
                open=False,
            ),
            SCORE,
            Text(key="running_state", label=L("设备运行状况", "running state"), required="intake"),
            LongText(key="further_needs", label=L("其他需求", "further needs")),
        ),
        if_=FAULT,
        clause="003 Art.11(4); 003 Art.13(2)",
    ),
)

FOLLOWUP_GATES = (
    Gate(
        "followed_up_before_closed",
        L("回访正常后才能关闭", "followed up before closing"),
        before="closed",
        happened=(on("followup_done", finding="ok"),),
        if_=FAULT,
        remedy=L(
            "请先回访；发现问题的请重开。",
            "Follow up first; reopen the case when a problem is found.",
        ),
        rule="T3-14",
        clause="003 Art.11(4)",
    ),
)

# --- Art. 13(3): complaints --------------------------------------------------------------------

COMPLAINT_TIMERS = (
    Timer(
        "register_complaint",
        L("立即登记投诉", "register the complaint"),
        start="submitted",
        stop=on("form_completed", form="complaint_register"),
        within="now",
        if_=COMPLAINT,
        rule="T3-16",
        clause="003 Art.13(3)",
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
        clause="003 Art.13(3)",
        who="owner",
    ),
    Timer(
        "rectify",
        L("按方案整改", "rectify as planned"),
        start=on("form_completed", form="rectification_plan"),
        stop="rectified",
        within="promise",
        if_=COMPLAINT,
        rule="F3-10",
        clause="003 Art.13(3)",
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
        clause="003 Art.13(3)",
        who="service_specialist",
    ),
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
        clause="003 Art.13(3)",
    ),
    Act(
        "rectified",
        L("整改完成", "rectified"),
        state=L("已整改", "rectified"),
        if_=COMPLAINT,
        clause="003 Art.13(3)",
    ),
    Act(
        "satisfaction_rated",
        L("客户评价", "satisfaction rated"),
        fields=(
            SCORE,
            Choice(
                key="rated_by",
                label=L("评价方式", "how"),
                choices={
                    "questionnaire": L("线上问卷", "questionnaire"),
                    "phone": L("电话", "phone"),
                    "signature": L("现场签字", "on-site signature"),
                    "no_reply": L("未答复", "no reply"),
                },
                required="intake",
                open=False,
            ),
            LongText(key="remark", label=L("意见", "remark")),
        ),
        clause="003 Art.13(2)-(3)",
    ),
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
        ),
        rule="F3-09",
        clause="003 Art.13(3)",
    ),
    Form(
        "rectification_plan",
        L("整改方案", "rectification plan"),
        fields=(
            LongText(key="plan", label=L("方案", "plan"), required="intake"),
            Date(key="plan_due", label=L("整改期限", "to be done by"), required="intake"),
        ),
        due_field="plan_due",
        requires=("complaint_register",),
        rule="F3-10",
        clause="003 Art.13(3)",
    ),
)

COMPLAINT_GATES = (
    Gate(
        "registered_before_passed",
        L("登记后转责任部门", "registered before it is passed on"),
        before="complaint_passed",
        happened=(on("form_completed", form="complaint_register"),),
        rule="F3-09",
        clause="003 Art.13(3)",
    ),
    Gate(
        "planned_before_rectified",
        L("有整改方案后整改", "planned before it is rectified"),
        before="rectified",
        happened=(on("form_completed", form="rectification_plan"),),
        rule="F3-10",
        clause="003 Art.13(3)",
    ),
)

COMPLAINT_NOTICES = (
    Notice(
        "complaint",
        L("投诉：告知客户服务负责人", "complaint: tell the head of service"),
        on="classified",
        to=("service_head",),
        if_=COMPLAINT,
        clause="003 Art.13(3)",
    ),
)

# --- Art. 13(1), 14: quality -------------------------------------------------------------------

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
)

QUALITY_ACTS = (
    Act(
        "improvement_agreed",
        L("确定改进措施", "improvement agreed"),
        fields=(
            DateTime(key="due", label=L("改进期限", "to be done by"), required="intake"),
            Person(key="responsible", label=L("责任人", "responsible"), required="intake"),
        ),
        clause="003 Art.14(1)",
    ),
    Act("improvement_done", L("改进完成", "improvement done"), clause="003 Art.14(4)"),
)

DUTIES = (
    Duty(
        "spot_check",
        L("每日抽查服务记录", "daily spot check"),
        Daily(),
        who="service_head",
        rule="T3-19",
        clause="003 Art.13(1)",
        evidence=L("抽查的工单和结果", "cases checked"),
    ),
    Duty(
        "quality_check",
        L("月度专项质检并通报", "monthly quality check"),
        FirstWorkingDay(),
        who="service_head",
        rule="T3-20",
        clause="003 Art.13(1)",
        evidence=L("质检报告编号", "number of the report"),
    ),
    Duty(
        "quality_meeting",
        L("月度质量分析会", "quality meeting"),
        FirstWorkingDay(),
        who="service_head",
        rule="T3-21",
        clause="003 Art.14(1)",
        meeting=True,
        evidence=L("纪要编号", "number of the minutes"),
    ),
)

ROBOT = Line(
    "robot",
    L("机器人集成", "Robotics"),
    categories=CATEGORIES,
    divisions=DIVISIONS,
    fields=FIELDS,
    timers=(
        *PRESALES_TIMERS,
        *PROJECT_TIMERS,
        *ACCEPTANCE_TIMERS,
        *REPAIR_TIMERS,
        *SITE_TIMERS,
        *FOLLOWUP_TIMERS,
        *COMPLAINT_TIMERS,
        *QUALITY_TIMERS,
    ),
    notices=(*NOTICES, *ACCEPTANCE_NOTICES, *COMPLAINT_NOTICES),
    gates=(*PROJECT_GATES, *SITE_GATES, *FOLLOWUP_GATES, *COMPLAINT_GATES),
    acts=(
        *PRESALES_ACTS,
        *PROJECT_ACTS,
        *REPAIR_ACTS,
        *SITE_ACTS,
        *FOLLOWUP_ACTS,
        *COMPLAINT_ACTS,
        *QUALITY_ACTS,
    ),
    forms=(*PRESALES_FORMS, *PROJECT_FORMS, *SITE_FORMS, *COMPLAINT_FORMS),
    duties=DUTIES,
    slots=SLOTS,
    script=Script(
        greeting=L(
            "您好，机器人客户服务，请问哪个工作站、什么情况？产线停了吗？",
            "Hello, robotics service. Which cell is it, what happened, and is the line down?",
        ),
        promise=L(
            "您的请求已受理，{who}会在{time}前联系您。",
            "Your request is accepted; {who} will contact you by {time}.",
        ),
        farewell=L("感谢您的来电，再见。", "Thank you for calling. Goodbye."),
    ),
)

LINES = (ROBOT,)
