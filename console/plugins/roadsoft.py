"""Highway-engineering software house: first responder, branches, and complaints that breaches
establish.

Written after the customer-service regulation 002. Chapters are kept together and every rule
carries its clause; visits, data in custody and complaints have files of their own, what
recurs stands in `roadsoft_duties`. Records are never locked here: an entry is open to
everybody the moment it is written, and a version that has changed meanwhile is refused, not
overwritten.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Category,
    Choice,
    Date,
    DateTime,
    Flag,
    Form,
    Gate,
    L,
    Line,
    LongText,
    Notice,
    Script,
    Step,
    Target,
    Text,
    Timer,
    Version,
    Wording,
    all_of,
    on,
    when,
)
from console.plugins.flows import AGES, CHECK_RESULT, SATISFACTION, SETTLERS, fixing, rating
from console.plugins.roadsoft_complaints import (
    COMPLAINT_ACTS,
    COMPLAINT_FIELDS,
    COMPLAINT_FORMS,
    COMPLAINT_GATES,
    COMPLAINT_NOTICES,
    COMPLAINT_TIMERS,
    FORBIDS,
    STANDS,
)
from console.plugins.roadsoft_custody import (
    CUSTODY_ACTS,
    CUSTODY_FIELDS,
    CUSTODY_GATES,
    CUSTODY_MESSAGES,
    CUSTODY_NOTICES,
    CUSTODY_TIMERS,
)
from console.plugins.roadsoft_duties import DUTIES
from console.plugins.roadsoft_visits import (
    VISIT_ACTS,
    VISIT_FIELDS,
    VISIT_FORMS,
    VISIT_GATES,
    VISIT_NOTICES,
    VISIT_TIMERS,
)

HOTLINE = "002 P3C1 hotline"
ESTABLISHED = "002 P1C2S2 1.2.1"
SUPERVISION = "002 P3C1 supervision"
SUMMARY = "002 P3C1 summary"

# --- P2C1 5.0: headquarters and branches ------------------------------------------------

BRANCHES = {
    "beijing": L("北京", "Beijing"),
    "xian": L("西安", "Xi'an"),
    "wuhan": L("武汉", "Wuhan"),
    "guangzhou": L("广州", "Guangzhou"),
    "chengdu": L("成都", "Chengdu"),
    "nanjing": L("南京", "Nanjing"),
    "harbin": L("哈尔滨", "Harbin"),
    "shanghai": L("上海", "Shanghai"),
}

DIVISIONS = (
    Target(
        "hq",
        L("总部客服中心", "HQ service centre"),
        assignee="support_engineer",
        clause=HOTLINE,
    ),
    *(
        Target(key, label, assignee="branch_engineer", clause="002 P2C1 5.0")
        for key, label in BRANCHES.items()
    ),
    Target(
        "solutions",
        L("方案部", "Solutions dept"),
        assignee="product_consultant",
        clause=HOTLINE,
    ),
    Target(
        "complaints",
        L("投诉受理", "Complaints"),
        assignee="centre_assistant",
        clause=HOTLINE,
    ),
)

SLOTS = {
    "director": L("客服中心总监", "centre director"),
    "department_manager": L("部门经理", "department manager"),
    "technical_supervisor": L("技术主管", "technical supervisor"),
    "service_team_leader": L("服务组长", "service team leader"),
    "tech_team_leader": L("技术组长", "technical team leader"),
    "support_engineer": L("技术支持工程师", "support engineer"),
    "centre_assistant": L("客服中心助理", "centre assistant"),
    "branch_manager": L("分公司经理", "branch manager"),
    "branch_engineer": L("分公司工程师", "branch engineer"),
    "product_consultant": L("产品咨询工程师", "product consultant"),
    "sales_dept": L("销售部", "Sales"),
    "marketing_dept": L("市场部", "Marketing"),
    "product_dept": L("产品部", "Product dept"),
    "business_division": L("事业部", "business division"),
}

# --- P3C1: the customer service record --------------------------------------------------

RECORD = "002 P3C1 record"
RECORD_KINDS = {
    "software_error": L("软件错误", "software error"),
    "operation_problem": L("操作问题", "operation problem"),
    "suggestion": L("建议", "suggestion"),
    "business_question": L("业务问题", "business question"),
}
SERVICE_MODES = {
    "phone": L("电话", "phone"),
    "fax": L("传真", "fax"),
    "mail": L("邮件", "mail"),
    "forum": L("论坛", "forum"),
    "on_site": L("现场", "on site"),
    "walk_in": L("来访", "walk-in"),
    "followup": L("回访", "follow-up"),
    "survey": L("调查", "survey"),
}
TIERS = {"product": L("产品级", "product"), "project": L("项目级", "project")}
PRODUCTS = {
    "costing_bidding": L("造价与投标", "costing and bidding"),
    "project_management": L("项目管理", "project management"),
    "measurement_payment": L("计量支付", "measurement and payment"),
}
DOMAINS = {
    "bidding": L("投标", "bidding"),
    "project": L("项目管理", "project management"),
    "measurement": L("计量支付", "measurement, payment"),
    "equipment": L("设备", "equipment"),
    "material": L("材料", "material"),
    "quality": L("质量", "quality"),
    "contract": L("合同", "contract"),
    "costing": L("造价", "costing"),
}
SOFTWARE_ERROR = when("record_kind").equals("software_error")
SUGGESTION = when("record_kind").equals("suggestion")
CLOSED = when("state").equals("closed")
WITH_SOLUTIONS = when("state").equals("solutions_asked") | when("division").equals("solutions")
WAITING = when("promised").is_set() | when("state").one_of(
    "visit_appointed",
    "other_service_agreed",
    "data_awaited",
    "wait_agreed",
    "deadline_set",
    "advised",
    "deferred",
    "solved",
    "confirmed",
)

SUPPORT = "002 P3C1 branch support"
DESCRIPTION = ("os", "machine_brand", "product_version", "steps", "error_result", "cause_guess")
"""What a colleague has to know of a software error, so that nobody asks the customer again."""

RECORD_FIELDS = (
    Choice(
        key="branch",
        label=L("所属分公司", "branch"),
        choices={**BRANCHES, "hq": L("总部", "headquarters")},
        required="intake",
        open=False,
        help=L("决定由哪个分公司上门", "Decides which branch goes"),
        clause="002 P2C1 5.0",
    ),
    Choice(
        key="cust_tier",
        label=L("客户级别", "customer tier"),
        choices=TIERS,
        required="intake",
        open=False,
        help=L("项目级：按方案整体服务", "Project: served as part of a solution"),
        clause="002 P2C2",
    ),
    Choice(
        key="product",
        label=L("产品", "product"),
        choices=PRODUCTS,
        required="intake",
        help=L("清单外的产品直接写名称", "One that is not listed: write its name"),
        clause=RECORD,
    ),
    Version(
        key="product_version",
        label=L("产品版本", "product version"),
        required="intake",
        example="8.2",
        help=L("在“帮助、关于”里", "In “help, about”"),
        clause=SUPPORT,
        rule="F2-02",
    ),
    Choice(
        key="domain",
        label=L("业务领域", "domain"),
        choices=DOMAINS,
        help=L("清单外的直接写", "One that is not listed: write it"),
        clause=RECORD,
    ),
    Choice(
        key="record_kind",
        label=L("记录类型", "kind of record"),
        choices=RECORD_KINDS,
        required="intake",
        open=False,
        help=L(
            "软件错误须六项说明，错误和建议须填反馈单",
            "An error needs all six items; errors and suggestions the feedback form",
        ),
        clause=RECORD,
        rule="F2-01",
    ),
    Choice(
        key="service_mode",
        label=L("服务方式", "service mode"),
        choices=SERVICE_MODES,
        required="intake",
        open=False,
        help=L("以什么方式服务", "How it is served"),
        clause=RECORD,
        rule="F2-01",
    ),
    LongText(
        key="solution",
        label=L("解决办法", "solution"),
        help=L("简单问题可从简", "May be short for simple ones"),
        clause=RECORD,
        rule="F2-01",
    ),
    Text(
        key="suggest_contact",
        label=L("建议人联系方式", "contact of the suggester"),
        required="intake",
        required_if=SUGGESTION,
        show_when=SUGGESTION,
        help=L("姓名、单位、电话、邮箱", "Name, employer, telephone, mail"),
        clause=RECORD,
        rule="F2-01",
    ),
    LongText(
        key="project_info",
        label=L("项目和市场信息", "project information"),
        help=L("公司要求关注的信息，转相关部门", "What the company watches for; it is passed on"),
        clause=RECORD,
        rule="F2-16",
    ),
    Choice(
        key="row_colour",
        label=L("记录颜色", "colour of the record"),
        choices={
            "red": L("红：未解决", "red: unsolved"),
            "yellow": L("黄：已承诺，等待", "yellow: promised, waits"),
            "blue": L("蓝：已交方案部", "blue: with Solutions"),
            "green": L("绿：已关闭", "green: closed"),
        },
        derived={"green": CLOSED, "blue": WITH_SOLUTIONS, "yellow": WAITING, "red": ~CLOSED},
        open=False,
        clause=RECORD,
        rule="F2-01",
    ),
)

DESCRIPTION_FIELDS = (
    Text(
        key="os",
        label=L("操作系统", "operating system"),
        example="Windows 11",
        help=L("名称和版本", "Name and version"),
        clause=SUPPORT,
        rule="F2-02",
    ),
    Text(
        key="machine_brand",
        label=L("机器品牌", "machine brand"),
        help=L("品牌和型号", "Brand and model"),
        clause=SUPPORT,
        rule="F2-02",
    ),
    LongText(
        key="steps",
        label=L("操作步骤", "steps that produce it"),
        help=L("能用文字说清的不要截图", "No screenshots where words suffice"),
        clause=SUPPORT,
        rule="F2-02",
    ),
    LongText(
        key="error_result",
        label=L("错误结果", "error result"),
        help=L("提示的原文", "The very words of the message"),
        clause=SUPPORT,
        rule="F2-02",
    ),
    Text(
        key="cause_guess",
        label=L("原因估计", "estimated cause"),
        help=L("您的判断，可写“不明”", "What you think; “unknown” will do"),
        clause=SUPPORT,
        rule="F2-02",
    ),
)

SEVERITY_FIELDS = (
    Flag(
        key="data_lost",
        label=L("客户数据丢失", "customer data lost"),
        help=L("即报总监；造成损失的构成投诉", "The director is told; damage makes it a complaint"),
        severity=3,
        clause=ESTABLISHED,
        rule="T2-23",
    ),
    Flag(
        key="system_down",
        label=L("系统瘫痪", "system paralysed"),
        help=L("即报总监", "The director is told at once"),
        severity=3,
        clause="002 P2C2 #8",
        rule="T2-23",
    ),
    Flag(
        key="serious_reaction",
        label=L("客户反应强烈", "serious reaction"),
        help=L("即报总监", "The director is told at once"),
        severity=2,
        clause="002 P1C4 #10",
        rule="T2-23",
    ),
)

CATEGORIES = (
    Category("technical", L("技术问题", "technical question"), route="hq", clause=HOTLINE),
    Category(
        "complaint",
        L("投诉", "complaint"),
        route="complaints",
        settled_by=SETTLERS,
        also_if=STANDS,
        clause=HOTLINE,
    ),
    Category("quote", L("售前咨询", "pre-sales advice"), route="solutions", clause="002 P2C2 #3"),
)

# --- P3C1 record: the same day, fully ---------------------------------------------------

FIX_TIMER, FIX_ACT, _ = fixing(SUPERVISION)
DEPARTMENTS = {
    "sales": L("销售部", "Sales"),
    "marketing": L("市场部", "Marketing"),
    "product": L("产品部", "Product dept"),
    "solutions": L("方案部", "Solutions dept"),
    "division": L("事业部", "business division"),
    "service": L("服务组", "service team"),
}
DEPARTMENT_SLOTS = (
    "sales_dept",
    "marketing_dept",
    "product_dept",
    "product_consultant",
    "business_division",
    "service_team_leader",
)

RECORD_TIMERS = (
    FIX_TIMER,
    Timer(
        "same_day_record",
        L("当日完整记录", "record the same day"),
        start="submitted",
        stop="recorded",
        within="day",
        rule="T2-06",
        clause=f"{RECORD}; {ESTABLISHED}",
        who="owner",
        concern="record",
        unclassified=True,
        on_breach="complaint_established",
    ),
    Timer(
        "feedback_form",
        L("填问题反馈单", "file the feedback form"),
        start="submitted",
        stop=on("form_completed", form="problem_feedback"),
        within="timely",
        rule="T2-15",
        clause=ESTABLISHED,
        level="timely",
        amber=AGES,
        if_=SOFTWARE_ERROR | SUGGESTION,
    ),
    Timer(
        "forum_answer",
        L("回复论坛帖子", "answer the forum post"),
        start=on("case_opened", channel="forum"),
        stop=(on("forum_answered"), on("moved_to_private")),
        within="timely",
        rule="T2-21",
        clause="002 P3C1 forum",
        level="timely",
        amber=AGES,
        who="owner",
    ),
)

RECORD_ACTS = (
    Act("forum_answered", L("已回复论坛", "forum post answered"), clause="002 P3C1 forum"),
    Act(
        "moved_to_private",
        L("批评转私下沟通", "criticism moved aside"),
        clause="002 P3C1 forum",
    ),
    Act(
        "project_info_noted",
        L("记录项目信息", "project information"),
        fields=(
            LongText(key="project_info", label=L("内容", "text"), required="intake"),
            Choice(
                key="department",
                label=L("相关部门", "department"),
                choices=DEPARTMENTS,
                required="intake",
                open=False,
            ),
        ),
        fills=("project_info",),
        clause=RECORD,
    ),
    Act(
        "spot_checked",
        L("抽查记录", "record sampled"),
        fields=(
            CHECK_RESULT,
            Flag(key="called", label=L("已回访客户", "customer called")),
            LongText(key="text", label=L("正确做法", "correct solution")),
        ),
        roles=("quality", "support_mgr", *SETTLERS),
        not_by=("owner", "assignee"),
        clause=SUPERVISION,
    ),
    FIX_ACT,
    rating("002 P2C2 #9; 002 P3C1 on-site"),
)

RECORD_NOTICES = (
    *(
        Notice(
            f"project_info_{key}",
            L(f"项目信息：转{label.zh}", f"project information: to {label.en}"),
            on=on("project_info_noted", department=key),
            to=(slot,),
            via=("console", "mail"),
            text=Wording(
                L("项目信息：{customer}", "Project information: {customer}"),
                L(
                    "工单{case}，{customer}：{project_info}",
                    "Case {case}, {customer}: {project_info}",
                ),
            ),
            rule="F2-16",
            clause=RECORD,
        )
        for (key, label), slot in zip(DEPARTMENTS.items(), DEPARTMENT_SLOTS, strict=True)
    ),
    Notice(
        "finding",
        L("抽查有问题：告知首问责任人", "spot check with a finding: tell the owner"),
        on=on("spot_checked", **{"result!": "ok"}),
        to=("owner",),
        rule="W-18",
        clause=SUPERVISION,
    ),
)

RECORD_GATES = (
    Gate(
        "feedback_before_closed",
        L("缺陷和建议须填反馈单", "feedback form for defects and suggestions"),
        before="closed",
        happened=(on("form_completed", form="problem_feedback"),),
        if_=SOFTWARE_ERROR | SUGGESTION,
        remedy=L(
            "请先填问题反馈单（fill_form form=problem_feedback）；不填即构成投诉。",
            "File it first (fill_form form=problem_feedback); leaving it out is a complaint.",
        ),
        rule="T2-15",
        clause=ESTABLISHED,
    ),
)

# --- P3C1 hotline and P1C1 #4-5: answer now, promise a time, pass on without asking again ---

HOTLINE_TIMERS = (
    Timer(
        "promise",
        L("按约回电", "call back as promised"),
        start=(on("promised"), on("promise_renewed")),
        stop="customer_contacted",
        within="promise",
        rule="T2-01",
        clause=f"{HOTLINE}; 002 P1C1 #5",
        who="owner",
        concern="promise",
        each=True,
        cap="60m",
    ),
    Timer(
        "answer_at_once",
        L("有结果即回复客户", "reply with the result"),
        start="result_known",
        stop="customer_contacted",
        within="now",
        rule="T2-02",
        clause=HOTLINE,
        level="now",
        who="owner",
        each=True,
    ),
    Timer(
        "other_service",
        L("按约以其他方式服务", "other service as agreed"),
        start="other_service_agreed",
        stop=(on("other_service_given"), on("other_service_agreed")),
        within="promise",
        rule="T2-03",
        clause=HOTLINE,
        who="owner",
        each=True,
    ),
    Timer(
        "data_expected",
        L("催要客户邮件数据", "ask for the data mailed"),
        start="data_awaited",
        stop="data_arrived",
        within="timely",
        rule="T2-05",
        clause=HOTLINE,
        level="timely",
        amber=AGES,
        who="owner",
    ),
    Timer(
        "answer_branch",
        L("当日答复分公司和客户", "answer branch, customer"),
        start="support_requested",
        stop=all_of(on("branch_answered"), on("customer_contacted")),
        within="day",
        rule="T2-18",
        clause=SUPPORT,
        who="tech_team_leader",
        each=True,
    ),
    Timer(
        "walk_in",
        L("来访：按约完成", "walk-in: as agreed"),
        start="wait_agreed",
        stop=(on("solved"), on("wait_agreed")),
        within="promise",
        rule="T2-20",
        clause="002 P3C1 walk-in",
        who="owner",
        each=True,
    ),
    Timer(
        "deadline",
        L("按新期限完成", "keep the deadline set"),
        start="deadline_set",
        stop=(on("solved"), on("deadline_set")),
        within="promise",
        rule="T2-22",
        clause="002 P1C4 #2",
        who="department_manager",
        each=True,
    ),
)

MANAGERS = ("support_mgr", "area_lead", *SETTLERS)

HOTLINE_ACTS = (
    Act("result_known", L("内部已有结果", "result known"), clause=HOTLINE),
    Act(
        "other_service_agreed",
        L("约定其他服务方式", "other service agreed"),
        fields=(
            DateTime(key="due", label=L("服务时间", "time"), required="intake"),
            Choice(
                key="mode",
                label=L("服务方式", "service mode"),
                choices=SERVICE_MODES,
                required="intake",
            ),
            Text(key="address", label=L("地址", "address"), required="intake"),
        ),
        state=L("已约其他方式", "other service agreed"),
        clause=HOTLINE,
    ),
    Act(
        "other_service_given",
        L("已按约服务", "other service given"),
        state=L("已按约服务", "other service given"),
        clause=HOTLINE,
    ),
    Act(
        "data_awaited",
        L("等客户邮件数据", "data by mail awaited"),
        state=L("等客户数据", "waiting for data"),
        clause=HOTLINE,
    ),
    Act(
        "data_arrived",
        L("收到客户数据", "data arrived"),
        state=L("已收到数据", "data arrived"),
        clause=HOTLINE,
    ),
    Act(
        "solutions_asked",
        L("请教方案部", "Solutions dept asked"),
        fields=(LongText(key="text", label=L("内容", "text")),),
        state=L("交方案部", "with Solutions dept"),
        clause=HOTLINE,
    ),
    Act(
        "support_requested",
        L("分公司请求支持", "branch asks for support"),
        fields=(LongText(key="text", label=L("内容", "text")),),
        clause=SUPPORT,
    ),
    Act(
        "branch_answered",
        L("已答复分公司", "branch answered"),
        fields=(LongText(key="text", label=L("答复", "answer"), required="intake"),),
        clause=SUPPORT,
    ),
    Act("progress_told", L("已告知来访者进展", "visitor told progress"), clause="002 P3C1 walk-in"),
    Act(
        "wait_agreed",
        L("与来访者约定时间", "time agreed with visitor"),
        fields=(DateTime(key="due", label=L("完成时间", "ready at"), required="intake"),),
        state=L("来访待办", "visitor to come back"),
        if_=when("channel").equals("walk_in"),
        clause="002 P3C1 walk-in",
    ),
    Act(
        "deadline_set",
        L("说明并定新期限", "explained, deadline set"),
        fields=(
            DateTime(key="due", label=L("新期限", "deadline"), required="intake"),
            LongText(key="text", label=L("向客户的说明", "explanation"), required="intake"),
        ),
        roles=MANAGERS,
        state=L("已定期限", "deadline set"),
        clause="002 P1C4 #2",
    ),
)

HOTLINE_GATES = (
    Gate(
        "described_before_transfer",
        L("问题说清后才能转交", "the problem is made clear before it is passed on"),
        before="transfer_offered",
        filled=("need", "record_kind"),
        remedy=L(
            "请先向客户问清并填写。", "Make it clear with the customer and write it down first."
        ),
        rule="W-06",
        clause="002 P1C1 #4",
    ),
    Gate(
        "six_items_before_transfer",
        L("软件错误：六项说明齐全后才能转交", "software error: six items before it is passed on"),
        before="transfer_offered",
        filled=DESCRIPTION,
        if_=SOFTWARE_ERROR,
        remedy=L("请补齐六项说明，同事不得再问客户。", "Complete them: nobody asks twice."),
        rule="F2-02",
        clause=SUPPORT,
    ),
    Gate(
        "six_items_before_support",
        L("软件错误：六项说明齐全后才能请求支持", "software error: six items before asking"),
        before="support_requested",
        filled=DESCRIPTION,
        if_=SOFTWARE_ERROR,
        remedy=L("请补齐六项说明再请求支持。", "Complete all six before you ask for support."),
        rule="F2-02",
        clause=SUPPORT,
    ),
)

HOTLINE_NOTICES = (
    Notice(
        "assigned",
        L("派单通知", "work assigned"),
        on="assigned",
        to=("assignee",),
        clause=HOTLINE,
    ),
    Notice(
        "unsolved_at_centre",
        L("中心未解决：电话咨询方案部", "unsolved at the centre: phone the consultant"),
        on="solutions_asked",
        to=("product_consultant",),
        via=("phone",),
        text=Wording(
            L("请教：{product}{product_version}", "A question: {product} {product_version}"),
            L(
                "工单{case}：{customer}，{product}{product_version}：{need}。步骤：{steps}。"
                "结果：{error_result}。已承诺{due}前回复客户。",
                "Case {case}: {customer}, {product} {product_version}: {need}. Steps: {steps}."
                " Result: {error_result}. The customer was promised an answer by {due}.",
            ),
        ),
        rule="W-05",
        clause=HOTLINE,
    ),
    Notice(
        "unsolved_at_branch",
        L("分公司未解决：当日答复", "unsolved at a branch: answer the same day"),
        on="support_requested",
        to=("tech_team_leader",),
        via=("console", "mail"),
        when="now",
        text=Wording(
            L("分公司请求支持：{branch}，{product}", "Support for {branch}: {product}"),
            L(
                "工单{case}：{branch}分公司请求支持，{customer}，{product}{product_version}。"
                "今日内须答复分公司和客户。",
                "Case {case}: {branch} asks for support: {customer}, {product} {product_version}."
                " Branch and customer are answered today.",
            ),
            L(
                "分公司请求支持，解决与否，当日答复分公司和客户。\n\n工单：{case}\n分公司：{branch}\n"
                "客户：{customer}（{contact_phone}）\n产品：{product} {product_version}\n"
                "操作系统：{os}\n机器品牌：{machine_brand}\n操作步骤：{steps}\n"
                "错误结果：{error_result}\n原因估计：{cause_guess}\n需求：{need}\n",
                "A branch asks for support. Solved or not, branch and customer are answered the"
                " same day.\n\nCase: {case}\nBranch: {branch}\n"
                "Customer: {customer} ({contact_phone})\nProduct: {product} {product_version}\n"
                "Operating system: {os}\nMachine: {machine_brand}\nSteps: {steps}\n"
                "Result: {error_result}\nEstimated cause: {cause_guess}\nNeed: {need}\n",
            ),
        ),
        rule="T2-18",
        clause=SUPPORT,
    ),
)

# --- P1C4 #10: what has to go up --------------------------------------------------------

UPWARDS = on("flag_set", flag=("data_lost", "system_down", "serious_reaction"))

UPWARD_TIMERS = (
    Timer(
        "report_up",
        L("向总监报告", "report to the director"),
        start=UPWARDS,
        stop=on("role_reached", role="director"),
        within="timely",
        rule="T2-23",
        clause="002 P1C4 #10",
        level="timely",
        amber=AGES,
        who="owner",
    ),
    Timer(
        "approval",
        L("无规定事项：总监批准", "unregulated: approval"),
        start="unregulated_event",
        stop="event_approved",
        within="timely",
        rule="T2-23",
        clause="002 P1C4 #10",
        level="timely",
        amber=AGES,
        who="director",
    ),
)
UPWARD_ACTS = (
    Act(
        "unregulated_event",
        L("无规定事项上报", "unregulated event"),
        fields=(LongText(key="text", label=L("内容", "text"), required="intake"),),
        clause="002 P1C4 #10",
    ),
    Act(
        "event_approved",
        L("总监已批准", "event approved"),
        fields=(LongText(key="text", label=L("意见", "opinion")),),
        roles=("signer",),
        clause="002 P1C4 #10",
    ),
)
UPWARD_NOTICES = (
    Notice(
        "upwards",
        L("数据丢失、系统瘫痪或客户反应强烈：总监", "data lost, system down, strong reaction"),
        on=UPWARDS,
        to=("director", "tech_team_leader"),
        when="now",
        text=Wording(
            L("须上报：{customer}", "To be reported upwards: {customer}"),
            L(
                "工单{case}：{customer}，{product}：数据丢失、系统瘫痪或客户反应强烈。{need}",
                "Case {case}: {customer}, {product}: data lost, system paralysed or a strong"
                " reaction. {need}",
            ),
        ),
        rule="T2-23",
        clause="002 P1C4 #10",
    ),
    Notice(
        "unregulated",
        L("无规定事项：请总监批准", "unregulated event: the director approves"),
        on="unregulated_event",
        to=("director",),
        rule="T2-23",
        clause="002 P1C4 #10",
    ),
)

# --- Further records --------------------------------------------------------------------

RECORD_FORMS = (
    Form(
        "problem_feedback",
        L("问题反馈单", "problem feedback form"),
        fields=(
            LongText(key="problem", label=L("问题或建议", "problem"), required="intake"),
            Text(key="product_version", label=L("产品版本", "product version")),
        ),
        after_close=True,
        rule="F2-05",
        clause=ESTABLISHED,
    ),
    Form(
        "list_item",
        L("问题需求清单条目", "item of the list"),
        fields=(
            Choice(
                key="kind",
                label=L("类别", "kind"),
                choices={
                    "problem": L("问题：缺陷", "problem: a defect"),
                    "requirement": L("需求：建议、新功能", "requirement: new"),
                },
                required="intake",
                open=False,
            ),
            LongText(key="text", label=L("内容", "text"), required="intake"),
        ),
        steps=(
            Step("listed", L("列入清单", "listed"), roles=("support",), clause=SUMMARY),
            Step(
                "approved",
                L("技术组长审核", "approved by team leader"),
                slots=("tech_team_leader",),
                clause=SUMMARY,
            ),
            Step("sent", L("送方案部", "sent to Solutions dept"), clause=SUMMARY),
            Step("replied", L("方案部答复", "Solutions dept replied"), clause=SUMMARY),
            Step("in_faq", L("编入问答", "in the FAQ"), roles=("support",), clause=SUMMARY),
        ),
        requires=("problem_feedback",),
        after_close=True,
        rule="F2-08",
        clause=SUMMARY,
    ),
    Form(
        "followup_record",
        L("客户回访记录", "follow-up record"),
        fields=(
            LongText(key="questions", label=L("问题处理", "questions"), required="intake"),
            LongText(key="analysis", label=L("分析", "analysis")),
        ),
        after_close=True,
        rule="F2-12",
        clause="002 P2C2 #6",
    ),
    Form(
        "customer_file",
        L("客户档案", "customer file"),
        fields=(
            Text(key="registered_as", label=L("登记名称", "registered as"), required="intake"),
            Date(key="registered_on", label=L("登记日期", "registered on")),
            Flag(
                key="lost",
                label=L("客户已流失", "customer lost"),
                help=L("流失率按此统计", "Churn is counted from this"),
            ),
            LongText(key="remarks", label=L("情况", "remarks")),
        ),
        after_close=True,
        rule="F2-13",
        clause="002 P2C2 #6-3",
    ),
    Form(
        "customer_survey",
        L("客户调查", "customer survey"),
        fields=(
            Text(key="number", label=L("调查表编号", "survey no."), required="intake"),
            LongText(key="result", label=L("结果", "result")),
        ),
        after_close=True,
        rule="F2-14",
        clause="002 P2C2 #9",
    ),
)

ROADSOFT = Line(
    "roadsoft",
    L("公路软件", "Highway software"),
    categories=CATEGORIES,
    divisions=DIVISIONS,
    fields=(
        *RECORD_FIELDS,
        *DESCRIPTION_FIELDS,
        *SEVERITY_FIELDS,
        *COMPLAINT_FIELDS,
        *VISIT_FIELDS,
        *CUSTODY_FIELDS,
        SATISFACTION,
    ),
    timers=(
        *RECORD_TIMERS,
        *HOTLINE_TIMERS,
        *UPWARD_TIMERS,
        *VISIT_TIMERS,
        *CUSTODY_TIMERS,
        *COMPLAINT_TIMERS,
    ),
    notices=(
        *RECORD_NOTICES,
        *HOTLINE_NOTICES,
        *UPWARD_NOTICES,
        *VISIT_NOTICES,
        *CUSTODY_NOTICES,
        *COMPLAINT_NOTICES,
    ),
    messages=CUSTODY_MESSAGES,
    gates=(*RECORD_GATES, *HOTLINE_GATES, *VISIT_GATES, *CUSTODY_GATES, *COMPLAINT_GATES),
    forms=(*VISIT_FORMS, *COMPLAINT_FORMS, *RECORD_FORMS),
    acts=(
        *RECORD_ACTS,
        *HOTLINE_ACTS,
        *UPWARD_ACTS,
        *VISIT_ACTS,
        *CUSTODY_ACTS,
        *COMPLAINT_ACTS,
    ),
    forbids=FORBIDS,
    duties=DUTIES,
    slots=SLOTS,
    posts={"supervisor": "tech_team_leader", "complaint_officer": "centre_assistant"},
    script=Script(
        greeting=L(
            "您好，客服中心，请问有什么可以帮您？（分公司：您好，某某公司。）",
            "Hello, customer service centre. (Branch: hello, the company of your city.)",
        ),
        promise=L("{who}会在{time}前给您回电。", "{who} will call you back by {time}."),
        farewell=L("感谢您的来电，再见。", "Thank you for calling. Goodbye."),
    ),
)

LINES = (ROADSOFT,)
