"""Highway-engineering software house: first responder, branches, and complaints that breaches
establish.

Written after the customer-service regulation 002. Chapters are kept together and every rule
carries its clause. Records are never locked here: an entry is open to everybody the moment
it is written, and a version that has changed meanwhile is refused, not overwritten.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Category,
    Choice,
    Date,
    DateTime,
    Flag,
    Forbid,
    Form,
    Gate,
    L,
    Line,
    LongText,
    MultiChoice,
    Notice,
    Script,
    Serial,
    Step,
    Target,
    Text,
    Timer,
    Version,
    all_of,
    on,
    when,
)
from console.plugins.roadsoft_duties import DUTIES

HOTLINE = "002 P3C1 hotline"
ON_SITE = "002 P3C1 on-site"
ESTABLISHED = "002 P1C2S2 1.2.1"
COMPLAINTS = "002 P1C2S2 1.2.2"
AGES = "4wh"
"""How long what has no number may wait before it warns (D-07)."""

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
    Target("hq", L("总部客服中心", "HQ service centre"), assignee="support_engineer"),
    *(
        Target(key, label, assignee="branch_engineer", clause="002 P2C1 5.0")
        for key, label in BRANCHES.items()
    ),
    Target("solutions", L("方案部", "Solutions dept"), assignee="product_consultant"),
    Target("complaints", L("投诉受理", "Complaints"), assignee="centre_assistant"),
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
GROUNDS = {
    "unfriendly": L("态度不友好", "unfriendly attitude"),
    "job_not_done": L("当日工作未做", "day's job not done"),
    "job_not_agreed": L("未与客户改期", "job not re-agreed"),
    "unsolved_unreported": L("未解决也未上报", "unsolved, not reported"),
    "no_contact_48h": L("数据带走48时未联系", "data: no contact in 48 h"),
    "form_not_filed": L("未交问题反馈单", "feedback form not filed"),
    "data_lost": L("客户数据丢失", "customer data lost"),
    "not_recorded": L("问题未记录未派出", "problem not recorded"),
    "not_processed_24h": L("数据24时未处理", "data idle for 24 h"),
    "not_handed_in": L("记录单未按时交回", "record handed in late"),
}

SOFTWARE_ERROR = when("record_kind").equals("software_error")
SUGGESTION = when("record_kind").equals("suggestion")
VISITED = when("visited").is_set()
IS_COMPLAINT = when("category").equals("complaint") | when("complaint_stands").is_set()

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
        clause="002 P2C1 5.0",
    ),
    Choice(
        key="cust_tier",
        label=L("客户级别", "customer tier"),
        choices=TIERS,
        required="intake",
        open=False,
        clause="002 P2C2",
    ),
    Choice(
        key="product",
        label=L("产品", "product"),
        choices=PRODUCTS,
        required="intake",
        clause=RECORD,
    ),
    Version(
        key="product_version",
        label=L("产品版本", "product version"),
        required="intake",
        clause=SUPPORT,
        rule="F2-02",
    ),
    Choice(key="domain", label=L("业务领域", "domain"), choices=DOMAINS),
    Choice(
        key="record_kind",
        label=L("记录类型", "kind of record"),
        choices=RECORD_KINDS,
        required="intake",
        open=False,
        clause=RECORD,
        rule="F2-01",
    ),
    Choice(
        key="service_mode",
        label=L("服务方式", "service mode"),
        choices=SERVICE_MODES,
        required="intake",
        open=False,
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
        clause=RECORD,
        rule="F2-01",
    ),
)

DESCRIPTION_FIELDS = (
    Text(key="os", label=L("操作系统", "operating system"), clause=SUPPORT, rule="F2-02"),
    Text(key="machine_brand", label=L("机器品牌", "machine brand"), clause=SUPPORT, rule="F2-02"),
    LongText(
        key="steps",
        label=L("操作步骤", "steps that produce it"),
        help=L("能用文字说清的不要截图", "No screenshots where words suffice"),
        clause=SUPPORT,
        rule="F2-02",
    ),
    LongText(key="error_result", label=L("错误结果", "error result"), clause=SUPPORT, rule="F2-02"),
    Text(key="cause_guess", label=L("原因估计", "estimated cause"), clause=SUPPORT, rule="F2-02"),
)

SEVERITY_FIELDS = (
    Flag(key="data_lost", label=L("客户数据丢失", "customer data lost"), clause=ESTABLISHED),
    Flag(key="system_down", label=L("系统瘫痪", "system paralysed"), clause="002 P2C2 #8"),
    Flag(
        key="serious_reaction",
        label=L("客户反应强烈", "serious reaction"),
        clause="002 P1C4 #10",
    ),
    Flag(
        key="urgent_complaint",
        label=L("投诉须即时处理", "complaint, urgent"),
        clause=HOTLINE,
    ),
)

COMPLAINT_FIELDS = (
    MultiChoice(
        key="grounds",
        label=L("投诉成立理由", "grounds"),
        choices=GROUNDS,
        open=False,
        show_when=IS_COMPLAINT,
        clause=ESTABLISHED,
        rule="F2-07",
    ),
    Text(
        key="accused",
        label=L("被投诉人", "person complained of"),
        show_when=IS_COMPLAINT,
        clause=COMPLAINTS,
        rule="F2-07",
    ),
    LongText(
        key="demand",
        label=L("客户诉求", "what the customer wants"),
        show_when=IS_COMPLAINT,
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
)

STANDING_FIELDS = (
    Flag(key="visited", label=L("已上门", "visited"), show_when=VISITED, clause=ON_SITE),
    Flag(
        key="data_in_custody",
        label=L("客户数据在我方", "holding customer data"),
        show_when=when("data_in_custody").is_set(),
        clause=ON_SITE,
        rule="F2-15",
    ),
)

SETTLERS = ("complaint_officer", "signer")

CATEGORIES = (
    Category("technical", L("技术问题", "technical question"), route="hq", clause=HOTLINE),
    Category(
        "complaint",
        L("投诉", "complaint"),
        route="complaints",
        settled_by=SETTLERS,
        also_if=when("complaint_stands").is_set(),
        clause=HOTLINE,
    ),
    Category("quote", L("售前咨询", "pre-sales advice"), route="solutions", clause="002 P2C2 #3"),
)

# --- P3C1 record: the same day, fully ---------------------------------------------------

RECORD_TIMERS = (
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
            LongText(key="text", label=L("内容", "text"), required="intake"),
            Text(key="department", label=L("相关部门", "department"), required="intake"),
        ),
        clause=RECORD,
    ),
    Act(
        "spot_checked",
        L("抽查记录", "record sampled"),
        fields=(
            Choice(
                key="result",
                label=L("结果", "result"),
                choices={
                    "ok": L("无误", "in order"),
                    "wrong_entry": L("记录有误", "wrong entry"),
                    "not_solved": L("未解决", "not solved"),
                    "late": L("超时", "late"),
                    "impolite": L("不礼貌", "impolite"),
                },
                required="intake",
                open=False,
            ),
            LongText(key="text", label=L("正确做法", "correct solution")),
        ),
        roles=("quality", "support_mgr", *SETTLERS),
        not_by=("owner", "assignee"),
        clause="002 P3C1 supervision",
    ),
)

RECORD_NOTICES = (
    Notice(
        "project_info",
        L("项目信息：转相关部门", "project information: pass it on"),
        on="project_info_noted",
        to=("service_team_leader",),
        clause=RECORD,
    ),
    Notice(
        "finding",
        L("抽查有问题：告知首问责任人", "spot check with a finding: tell the owner"),
        on=on("spot_checked", **{"result!": "ok"}),
        to=("owner",),
        clause="002 P3C1 supervision",
    ),
)

RECORD_GATES = (
    Gate(
        "feedback_before_closed",
        L("缺陷和建议须填反馈单", "feedback form for defects and suggestions"),
        before="closed",
        happened=(on("form_completed", form="problem_feedback"),),
        if_=SOFTWARE_ERROR | SUGGESTION,
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
        clause=HOTLINE,
    ),
    Act("other_service_given", L("已按约服务", "other service given"), clause=HOTLINE),
    Act("data_awaited", L("等客户邮件数据", "data by mail awaited"), clause=HOTLINE),
    Act("data_arrived", L("收到客户数据", "data arrived"), clause=HOTLINE),
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
        clause=HOTLINE,
    ),
    Notice(
        "unsolved_at_branch",
        L("分公司未解决：当日答复", "unsolved at a branch: answer the same day"),
        on="support_requested",
        to=("tech_team_leader",),
        via=("console", "mail"),
        when="now",
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

# --- P3C1 on-site: the branch goes, the owner asks whether it is solved -----------------

VISIT_TIMERS = (
    Timer(
        "inform_branch",
        L("即联系当地分公司", "tell the local branch"),
        start="onsite_decided",
        stop=on("role_reached", role=("branch_manager", "branch_engineer")),
        within="now",
        rule="T2-04",
        clause=HOTLINE,
        level="now",
        who="owner",
        each=True,
    ),
    Timer(
        "ask_after_visit",
        L("问客户是否最终解决", "ask whether it is solved"),
        start="left",
        stop=(on("customer_contacted"), on("confirmed")),
        within="timely",
        rule="T2-04",
        clause=HOTLINE,
        level="timely",
        amber=AGES,
        who="owner",
        concern="followup",
        each=True,
    ),
    Timer(
        "visit",
        L("按约上门", "arrive as agreed"),
        start="visit_appointed",
        stop=(on("arrived"), on("visit_appointed")),
        within="promise",
        rule="T2-19",
        clause=ON_SITE,
        each=True,
    ),
    Timer(
        "hand_in",
        L("交回记录单和调查表", "hand in the paperwork"),
        start="left",
        stop=all_of(
            on("form_completed", form="onsite_record"),
            on("form_completed", form="usage_survey"),
        ),
        within="1wd",
        rule="T2-16",
        clause=ESTABLISHED,
        each=True,
        on_breach="complaint_established",
        house=True,
    ),
    Timer(
        "day_job",
        L("当日工作做完或改期", "day's job or a new date"),
        start="job_planned",
        stop=(on("job_done"), on("job_planned"), on("left")),
        within="promise",
        rule="T2-10",
        clause=ESTABLISHED,
        each=True,
        on_breach="complaint_established",
    ),
)

VISIT_ACTS = (
    Act(
        "onsite_decided",
        L("决定现场服务", "service on site decided"),
        fields=(LongText(key="text", label=L("问题和解决办法", "problem and solution")),),
        clause=HOTLINE,
    ),
    Act(
        "visit_appointed",
        L("电话预约上门", "visit appointed"),
        fields=(DateTime(key="due", label=L("到达时间", "arrival"), required="intake"),),
        state=L("已预约", "appointed"),
        clause=ON_SITE,
    ),
    Act(
        "job_planned",
        L("安排当日工作", "job planned for a day"),
        fields=(Date(key="day", label=L("日期", "day"), required="intake"),),
        due_field="day",
        clause=ESTABLISHED,
    ),
    Act("job_done", L("当日工作完成", "day's job done"), clause=ESTABLISHED),
    Act("arrived", L("到达现场", "arrived"), state=L("在现场", "on site"), clause=ON_SITE),
    Act("leave_agreed", L("客户同意离开", "customer agreed to leave"), clause=ON_SITE),
    Act(
        "left",
        L("离开现场", "left the site"),
        fields=(LongText(key="text", label=L("说明", "remark")),),
        state=L("已离场", "left"),
        sets={"visited": True},
        clause=ON_SITE,
    ),
)

VISIT_GATES = (
    Gate(
        "appointed_before_arrival",
        L("先电话预约再上门", "agreed by phone before going"),
        before="arrived",
        happened=("visit_appointed",),
        rule="T2-19",
        clause=ON_SITE,
    ),
    Gate(
        "signed_before_leaving",
        L("离开前：登记表签字、调查表、客户同意", "before leaving: form signed, survey, consent"),
        before="left",
        happened=(
            on("form_completed", form="service_registration"),
            on("form_step_done", form="usage_survey", step="filled"),
            "leave_agreed",
        ),
        rule="T2-17",
        clause=ON_SITE,
    ),
    Gate(
        "handed_in_before_closed",
        L("记录单和调查表交回后才能关闭", "record and survey handed in before closing"),
        before="closed",
        happened=(
            on("form_completed", form="onsite_record"),
            on("form_completed", form="usage_survey"),
        ),
        if_=VISITED,
        rule="T2-16",
        clause=ESTABLISHED,
    ),
)

VISIT_NOTICES = (
    Notice(
        "on_site",
        L("现场服务：即电话当地分公司", "on site: phone the local branch"),
        on="onsite_decided",
        to=("branch_manager",),
        via=("phone",),
        when="now",
        rule="T2-04",
        clause=HOTLINE,
    ),
)

VISIT_FORMS = (
    Form(
        "service_plan",
        L("服务计划", "service plan"),
        fields=(LongText(key="plan", label=L("计划", "plan"), required="intake"),),
        per_cycle=True,
        rule="F2-17",
        clause="002 P1C1 #5",
    ),
    Form(
        "service_registration",
        L("客户服务登记表", "service registration"),
        fields=(LongText(key="opinion", label=L("客户意见", "opinion"), required="intake"),),
        steps=(Step("signed_by_customer", L("客户签字", "signed by customer"), clause=ON_SITE),),
        per_cycle=True,
        rule="F2-03",
        clause=ON_SITE,
    ),
    Form(
        "onsite_record",
        L("现场服务记录单", "on-site record sheet"),
        fields=(LongText(key="work", label=L("服务内容", "work done"), required="intake"),),
        steps=(Step("handed_in", L("已交回", "handed in"), clause=ESTABLISHED),),
        per_cycle=True,
        rule="F2-04",
        clause=ESTABLISHED,
    ),
    Form(
        "usage_survey",
        L("客户使用情况调查表", "usage survey"),
        fields=(LongText(key="answers", label=L("调查内容", "answers"), required="intake"),),
        steps=(
            Step("filled", L("客户已填写", "filled in"), clause=ON_SITE),
            Step("handed_in", L("已交回", "handed in"), clause=ESTABLISHED),
        ),
        per_cycle=True,
        rule="F2-04",
        clause=ESTABLISHED,
    ),
)

# --- P1C2S2 and P3C1 on-site: data taken away -------------------------------------------

CUSTODY_TIMERS = (
    Timer(
        "custody_contact",
        L("数据带走后联系客户", "contact about the data"),
        start="data_taken",
        stop="customer_contacted",
        within="48h",
        rule="T2-07",
        clause=ESTABLISHED,
        each=True,
        on_breach="complaint_established",
    ),
    Timer(
        "custody_processing",
        L("数据处理或报告", "process the data, report"),
        start="data_at_processor",
        stop=(on("data_processed"), on("data_reported")),
        within="24h",
        rule="T2-08",
        clause=ESTABLISHED,
        each=True,
        on_breach="complaint_established",
    ),
    Timer(
        "custody_return",
        L("按约交还数据", "return data as agreed"),
        start="data_taken",
        stop="data_returned",
        within="promise",
        rule="T2-09",
        clause=ON_SITE,
        each=True,
    ),
)

CUSTODY_ACTS = (
    Act("custody_agreed", L("客户同意带走数据", "customer lets data go"), clause=ON_SITE),
    Act(
        "data_taken",
        L("带走客户数据", "data taken away"),
        fields=(
            DateTime(key="due", label=L("交还时间", "return by"), required="intake"),
            Text(key="media", label=L("介质", "media"), required="intake"),
            Serial(key="hash", label=L("校验值或份数", "hash or count")),
            Text(key="storage", label=L("保管处", "secure storage")),
        ),
        sets={"data_in_custody": True},
        clause=f"{ON_SITE}; {ESTABLISHED}",
    ),
    Act("data_at_processor", L("数据到处理人", "data at the processor"), clause=ESTABLISHED),
    Act("data_processed", L("数据处理完成", "data processed"), clause=ESTABLISHED),
    Act(
        "data_reported",
        L("无法处理已报告", "reported: cannot process"),
        fields=(LongText(key="text", label=L("原因", "reason"), required="intake"),),
        clause=ESTABLISHED,
    ),
    Act(
        "data_returned",
        L("数据已交还", "data returned"),
        sets={"data_in_custody": False},
        clause=ON_SITE,
    ),
)

CUSTODY_GATES = (
    Gate(
        "consent_before_custody",
        L("客户同意后才能带走数据", "data only with the customer's consent"),
        before="data_taken",
        happened=("custody_agreed",),
        rule="T2-09",
        clause=ON_SITE,
    ),
)

# --- P1C2S2 1.2: complaints, those the customer makes and those our own breaches establish ---

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
        state=L("投诉待确认", "complaint to confirm"),
        clause=ESTABLISHED,
    ),
    Act(
        "complaint_upheld",
        L("确认投诉成立", "complaint upheld"),
        fields=(
            Text(key="accused", label=L("被投诉人", "person complained of"), required="intake"),
        ),
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
    Gate(
        "apology_with_answer",
        L("答复投诉先致歉，无论是否成立", "say sorry, even if the complaint is unfounded"),
        before=on("complaint_answered", **{"apology!": True}),
        happened=(on("complaint_answered", apology=True),),
        remedy=L("请向客户致歉并注明（apology=yes）。", "Apologise and say so: apology=yes."),
        rule="W-07",
        clause=COMPLAINTS,
    ),
    Gate(
        "satisfied_before_closed",
        L("客户满意后才能关闭投诉", "the customer is satisfied before closing"),
        before="closed",
        happened=(on("complaint_answered", satisfied=True),),
        if_=IS_COMPLAINT,
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
        when="now",
        clause=HOTLINE,
    ),
    Notice(
        "established",
        L("逾期致投诉成立：请确认", "established by a breach: please confirm"),
        on="complaint_established",
        to=("centre_assistant", "owner"),
        when="now",
        rule="W-07",
        clause=ESTABLISHED,
    ),
    Notice(
        "urgent_complaint",
        L("须即时处理的投诉：分公司经理", "urgent complaint: the branch manager"),
        on=on("flag_set", flag="urgent_complaint"),
        to=("branch_manager",),
        via=("phone",),
        when="now",
        rule="T2-14",
        clause=HOTLINE,
    ),
    Notice(
        "report_received",
        L("收到书面报告：部门经理48小时内答复", "report received: answer within 48 h"),
        on=on("form_completed", form="accused_report"),
        to=("department_manager", "centre_assistant"),
        when="now",
        rule="T2-12",
        clause=COMPLAINTS,
    ),
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
            LongText(key="external_causes", label=L("外部原因", "external causes")),
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

# --- Further records --------------------------------------------------------------------

RECORD_FORMS = (
    Form(
        "problem_feedback",
        L("问题反馈单", "problem feedback form"),
        fields=(
            LongText(key="problem", label=L("问题或建议", "problem"), required="intake"),
            Text(key="product_version", label=L("产品版本", "product version")),
        ),
        rule="F2-05",
        clause=ESTABLISHED,
    ),
    Form(
        "followup_record",
        L("客户回访记录", "follow-up record"),
        fields=(
            LongText(key="questions", label=L("问题处理", "questions"), required="intake"),
            LongText(key="analysis", label=L("分析", "analysis")),
        ),
        rule="F2-12",
        clause="002 P2C2 #6",
    ),
    Form(
        "customer_file",
        L("客户档案", "customer file"),
        fields=(
            Text(key="registered_as", label=L("登记名称", "registered as"), required="intake"),
            LongText(key="remarks", label=L("情况", "remarks")),
        ),
        rule="F2-13",
        clause="002 P2C2 #6-3",
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
        *STANDING_FIELDS,
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
        *COMPLAINT_NOTICES,
    ),
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
