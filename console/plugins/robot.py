"""Robotics integrator: inquiries, running projects, after-sales faults and complaints.

Written after the customer-service regulation 003, whose articles give the order. Every rule
carries its clause. Processing limits count from the customer's submission, so a late
acceptance gains nothing. Who there is and what is written down stands in `robot_record`,
complaints and quality in `robot_complaints`, what recurs in `robot_duties`.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Choice,
    DateTime,
    Form,
    Gate,
    L,
    Line,
    LongText,
    Message,
    Notice,
    Person,
    Script,
    Step,
    Text,
    Timer,
    Wording,
    all_of,
    on,
    when,
)
from console.plugins.flows import COMPLAINT, SCORE, clear_before_transfer
from console.plugins.robot_complaints import (
    COMPLAINT_ACTS,
    COMPLAINT_FORMS,
    COMPLAINT_GATES,
    COMPLAINT_NOTICES,
    COMPLAINT_TIMERS,
    QUALITY_ACTS,
    QUALITY_NOTICES,
    QUALITY_TIMERS,
)
from console.plugins.robot_duties import DUTIES
from console.plugins.robot_record import (
    CATEGORIES,
    DIVISIONS,
    EMERGENCY,
    FAULT,
    FIELDS,
    INQUIRY,
    INTENTIONS,
    RUNNING_PROJECT,
    SLOTS,
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
        fills=("intention",),
        if_=INQUIRY,
        clause="003 Art.9(3)",
    ),
    Act(
        "solution_proposed",
        L("提供初步方案", "solution proposed"),
        fields=(
            Text(
                key="doc_no",
                label=L("方案编号", "document no."),
                required="intake",
                rule="F3-03",
            ),
            LongText(
                key="text",
                label=L("方案要点", "main points"),
                help=L(
                    "可行性、优势、实施流程、费用构成",
                    "Feasibility, advantages, how it is carried out, what the cost is made up of",
                ),
            ),
        ),
        if_=INQUIRY,
        clause="003 Art.9(2)",
    ),
    Act(
        "contract_signed",
        L("签订合同", "contract signed"),
        fields=(Text(key="contract_no", label=L("合同编号", "contract no."), required="intake"),),
        state=L("已签合同", "contract signed"),
        sets={"stage": "in_sales"},
        fills=("contract_no",),
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

PRESALES_GATES = (
    Gate(
        "intention_before_closed",
        L("意向明确或咨询结束后才能关闭", "the intention is clear before closing"),
        before="closed",
        happened=(on("followed_up", intention=("clear_yes", "clear_no", "ended")),),
        if_=INQUIRY & when("stage").equals("pre_sales"),
        remedy=L(
            "请跟进客户并记录意向（act=followed_up）。",
            "Follow the customer up and record the intention (act=followed_up).",
        ),
        rule="T3-03",
        clause="003 Art.9(3)",
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
            LongText(key="construction", label=L("施工进度", "construction"), rule="F3-05"),
            LongText(key="commissioning", label=L("安装调试", "installation, tests")),
        ),
        clause="003 Art.10(2)",
    ),
    Act(
        "milestone_reached",
        L("重大节点", "milestone reached"),
        fields=(LongText(key="text", label=L("节点", "milestone")),),
        clause="003 Art.10(2)",
    ),
    Act(
        "project_problem",
        L("突发问题", "sudden problem"),
        fields=(LongText(key="text", label=L("问题", "problem")),),
        clause="003 Art.10(2)",
    ),
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

PROJECT_NOTICES = (
    Notice(
        "contract",
        L("签订合同：组织合同交底", "contract signed: hold the briefing"),
        on="contract_signed",
        to=("delivery_manager", "service_head"),
        text=Wording(
            L("合同交底：{employer}", "Contract briefing: {employer}"),
            L(
                "{employer}{product}已签合同{contract_no}（工单{case}）：三个工作日内与客户交底，"
                "讲清节点、交付标准、双方权责和服务条款。",
                "Contract {contract_no} with {employer} for {product} is signed (case {case}): "
                "hold the briefing within three working days, on milestones, delivery standard, "
                "rights and duties and service clauses.",
            ),
        ),
        rule="T3-04",
        clause="003 Art.10(1)",
    ),
    Notice(
        "tell_customer",
        L("重大节点或突发问题：维保专员告知客户", "milestone or problem: tell the customer"),
        on="milestone_reached",
        to=("maintenance_specialist",),
        when="now",
        rule="T3-06",
        clause="003 Art.10(2)",
    ),
    Notice(
        "tell_customer_of_problem",
        L("突发问题：维保专员告知客户", "sudden problem: tell the customer"),
        on="project_problem",
        to=("maintenance_specialist", "delivery_manager"),
        via=("console", "phone"),
        when="now",
        rule="T3-06",
        clause="003 Art.10(2)",
    ),
)

PROJECT_MESSAGES = (
    Message(
        "milestone",
        L("重大节点告知", "milestone reached"),
        Wording(
            L("项目进展：{product}", "Your project: {product}"),
            L(
                "您好，{employer}的{product}项目已到重大节点：{event}。下一步：{next}。"
                "联系人{assignee}，热线{hotline}。",
                "Hello, the project {product} of {employer} has reached a milestone: {event}. "
                "Next: {next}. Contact: {assignee}, hotline {hotline}.",
            ),
            L(
                "{contact_name}您好：\n\n{employer}的{product}项目（合同{contract_no}）已到重大节点："
                "{event}。\n下一步：{next}。\n\n如有疑问请联系{assignee}，热线{hotline}。\n客户服务部",
                "Dear {contact_name},\n\nyour project {product} (contract {contract_no}) has "
                "reached a milestone: {event}.\nNext: {next}.\n\nIf there is any question please "
                "turn to {assignee}, hotline {hotline}.\nCustomer Service",
            ),
        ),
        fields=(
            Text(key="event", label=L("节点", "milestone"), required="intake"),
            Text(key="next", label=L("下一步", "what comes next"), required="intake"),
        ),
        via=("sms", "mail"),
        if_=RUNNING_PROJECT,
        rule="T3-06",
        clause="003 Art.10(2)",
    ),
    Message(
        "sudden_problem",
        L("突发问题告知", "sudden problem"),
        Wording(
            L("项目突发问题：{product}", "Your project: a problem"),
            L(
                "您好，{employer}的{product}项目出现突发问题：{event}。我们正在：{measure}。"
                "{due}前再向您说明进展。热线{hotline}。",
                "Hello, there is a problem in the project {product} of {employer}: {event}. We are "
                "at it: {measure}. You hear from us again by {due}. Hotline {hotline}.",
            ),
        ),
        fields=(
            Text(key="event", label=L("问题", "problem"), required="intake"),
            Text(key="measure", label=L("措施", "what is being done"), required="intake"),
            DateTime(key="due", label=L("再次说明时间", "told again by"), required="intake"),
        ),
        via=("sms", "mail"),
        if_=RUNNING_PROJECT,
        rule="T3-06",
        clause="003 Art.10(2)",
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
        text=Wording(
            L("紧急故障：{employer}停机", "Emergency: {employer} is down"),
            L(
                "{employer}{product}{cell}停机影响生产：{reason}，报警号{controller_alarm}。请立即出发并"
                "回报出发时间。客户{contact_name}，电话{contact_phone}，地址{contact_addr}；现场规定："
                "{site_rules}。工单{case}。",
                "Production is down at {employer}: {product} {cell}, {reason}, alarm "
                "{controller_alarm}. Leave at once and say when you have left. Customer "
                "{contact_name}, {contact_phone}, {contact_addr}; site rules: {site_rules}. "
                "Case {case}.",
            ),
        ),
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
        stop=(on("timer_extended"), on("promised"), on("promise_renewed"), on("solved")),
        within="timely",
        rule="T3-12",
        clause="003 Art.11(2)",
        level="timely",
    ),
)

REPAIR_ACTS = (
    Act(
        "delay_foreseen",
        L("预计不能按时解决", "delay foreseen"),
        fields=(LongText(key="text", label=L("原因", "why")),),
        clause="003 Art.11(2)",
    ),
)

REPAIR_NOTICES = (
    Notice(
        "delay",
        L("预计超时：首问向客户说明", "delay foreseen: explain it to the customer"),
        on="delay_foreseen",
        to=("owner", "assignee"),
        when="now",
        text=Wording(
            L("预计超时：{employer}", "Delay foreseen: {employer}"),
            L(
                "工单{case}（{employer}{product}）预计不能按时解决：到期前向客户说明并承诺新时限，"
                "再延长时限（extend）；到期后只能另作承诺，逾期记录保留。",
                "Case {case} ({employer}, {product}) will not be solved in time: before the limit, "
                "explain it to the customer and commit a new one, then extend (extend). Afterwards "
                "there is only a new promise, and the breach stays.",
            ),
        ),
        rule="T3-12",
        clause="003 Art.11(2)",
    ),
)

REPAIR_MESSAGES = (
    Message(
        "delay_explained",
        L("延期说明与新时限", "delay and new limit"),
        Wording(
            L("{product}维修延期说明", "Your {product}: a new date"),
            L(
                "您好，{employer}的{product}（工单{case}）因{cause}不能按原定时限解决，新时限为{due}，"
                "由{assignee}负责。给您带来不便，深表歉意。热线{hotline}。",
                "Hello, the {product} of {employer} (case {case}) cannot be settled by the date "
                "agreed because of {cause}. The new date is {due}; {assignee} sees to it. We "
                "apologise. Hotline {hotline}.",
            ),
            L(
                "{contact_name}您好：\n\n贵公司{product}（工单{case}）原定时限内不能解决，原因：{cause}。\n"
                "我们承诺的新时限：{due}。\n在此期间：{meanwhile}。\n负责人：{assignee}，热线{hotline}。\n\n"
                "给您带来不便，深表歉意。\n客户服务部",
                "Dear {contact_name},\n\nyour {product} (case {case}) cannot be settled by the "
                "date agreed. The reason: {cause}.\nThe new date we commit ourselves to: {due}.\n"
                "In the meantime: {meanwhile}.\nResponsible: {assignee}, hotline {hotline}.\n\n"
                "We apologise for the inconvenience.\nCustomer Service",
            ),
        ),
        fields=(
            Text(key="cause", label=L("原因", "why"), required="intake"),
            DateTime(key="due", label=L("新时限", "new limit"), required="intake"),
            Text(key="meanwhile", label=L("期间措施", "in the meantime")),
        ),
        via=("sms", "mail"),
        if_=FAULT,
        rule="T3-12",
        clause="003 Art.11(2)",
    ),
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
        unless=EMERGENCY,
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
                rule="F3-08",
            ),
            SCORE,
            Text(key="running_state", label=L("设备运行状况", "running state"), required="intake"),
            LongText(key="further_needs", label=L("其他需求", "further needs")),
            LongText(key="remark", label=L("意见", "remark")),
        ),
        fills=("satisfaction",),
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

FOLLOWUP_NOTICES = (
    Notice(
        "followup_problem",
        L("回访发现问题：协调解决", "problem at the follow-up: coordinate"),
        on=on("followup_done", finding="problem"),
        to=("owner", "technical_manager"),
        when="now",
        rule="T3-15",
        clause="003 Art.11(4)",
    ),
)

# --- Art. 15: the customer ledger, and nothing of it to third parties --------------------------

LEDGER_FORMS = (
    Form(
        "customer_ledger",
        L("客户信息台账", "customer ledger"),
        fields=(
            LongText(key="basic", label=L("客户基本信息", "customer data"), required="intake"),
            LongText(key="cooperation", label=L("项目合作情况", "project cooperation")),
            LongText(
                key="history",
                label=L("服务与投诉历史", "services, complaints"),
                help=L(
                    "以往工单见客户查询；不得向第三方披露",
                    "Earlier cases are found under the customer; nothing goes to third parties",
                ),
            ),
        ),
        rule="F3-13",
        clause="003 Art.15(1)-(2)",
    ),
)

LEDGER_ACTS = (
    Act(
        "communication_logged",
        L("记入沟通台账", "communication logged"),
        fields=(
            Text(key="with", label=L("沟通对象", "with whom"), required="intake"),
            LongText(key="text", label=L("沟通内容", "what was said"), required="intake"),
        ),
        clause="003 Art.13(1)",
    ),
)

COMMON_NOTICES = (
    Notice(
        "assigned",
        L("派单通知", "work assigned"),
        on="assigned",
        to=("assignee",),
        clause="003 Art.11(2)",
    ),
)

COMMON_GATES = (clear_before_transfer("002 P1C1 #4"),)

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
    notices=(
        *COMMON_NOTICES,
        *PROJECT_NOTICES,
        *ACCEPTANCE_NOTICES,
        *REPAIR_NOTICES,
        *FOLLOWUP_NOTICES,
        *COMPLAINT_NOTICES,
        *QUALITY_NOTICES,
    ),
    messages=(*PROJECT_MESSAGES, *REPAIR_MESSAGES),
    gates=(
        *COMMON_GATES,
        *PRESALES_GATES,
        *PROJECT_GATES,
        *SITE_GATES,
        *FOLLOWUP_GATES,
        *COMPLAINT_GATES,
    ),
    acts=(
        *LEDGER_ACTS,
        *PRESALES_ACTS,
        *PROJECT_ACTS,
        *REPAIR_ACTS,
        *SITE_ACTS,
        *FOLLOWUP_ACTS,
        *COMPLAINT_ACTS,
        *QUALITY_ACTS,
    ),
    forms=(*LEDGER_FORMS, *PRESALES_FORMS, *PROJECT_FORMS, *SITE_FORMS, *COMPLAINT_FORMS),
    duties=DUTIES,
    slots=SLOTS,
    posts={"supervisor": "service_head", "complaint_officer": "service_head"},
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
