"""Electronic-medical-record software house: issues, requirements and opportunities of hospitals.

Written after the customer-service regulation 001. Every rule carries its clause. What the
regulation leaves to separate papers (service norm, complaint method) is not repeated here.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Category,
    Choice,
    Date,
    DateTime,
    Division,
    Form,
    Gate,
    Integer,
    L,
    Line,
    LongText,
    MultiChoice,
    Notice,
    Script,
    Step,
    Target,
    Text,
    Timer,
    all_of,
    on,
    when,
)
from console.plugins.emr_duties import DUTIES

# --- P2: who there is, and where work can go ---------------------------------------------------

SLOTS = {
    "tsm": L("技术服务经理", "TSM of the region"),
    "csm": L("客户服务经理", "CSM of the region"),
    "site_engineer": L("驻院工程师", "engineer at hospital"),
    "dept_head_1": L("部门经理（正）", "department head"),
    "dept_head_2": L("部门经理（副）", "deputy head"),
    "group_leader": L("技术服务组长", "technical group leader"),
    "req_filter": L("需求过滤（高级支持）", "requirement filter"),
    "coordinator": L("协调人", "coordinator"),
    "assistant": L("助理", "assistant"),
    "clerk": L("文员", "clerk"),
    "major_owner": L("重大问题负责人", "major problem owner"),
    "major_target_1": L("直报对象一", "direct report target 1"),
    "major_target_2": L("直报对象二", "direct report target 2"),
    "major_target_3": L("直报对象三", "direct report target 3"),
    "major_target_4": L("直报对象四", "direct report target 4"),
    "major_target_5": L("直报对象五（质管办）", "direct report QA office"),
    "major_cc_extra": L("直报加抄", "direct report extra cc"),
    "rnd_contact": L("研发联系人", "R&D contact"),
    "test_contact": L("测试联系人", "testing contact"),
    "sales_office": L("销售联系人", "sales contact"),
    "qa_contact": L("质管办联系人", "QA office contact"),
    "commercial_contact": L("商务联系人", "commercial contact"),
}

HELP_BY_FORM = "001 P5 2.2.4"


def _department(key: str, label: L, contact: str) -> Division:
    """Another department is asked by the coordinator or the requirement filter only."""
    return Division(
        key,
        label,
        via="coordinator",
        door=("coordinator", "req_filter"),
        assignee=contact,
        clause=HELP_BY_FORM,
    )


DIVISIONS = (
    Target("region_tsm", L("大区技术服务", "Region: technical"), assignee="tsm"),
    Target("region_csm", L("大区客户服务", "Region: relations"), assignee="csm"),
    Target("department", L("客户服务部", "Service department"), assignee="group_leader"),
    _department("rnd", L("研发", "R&D"), "rnd_contact"),
    _department("test", L("测试", "Testing"), "test_contact"),
    _department("sales", L("销售", "Sales"), "sales_office"),
    _department("qa_office", L("质管办", "QA office"), "qa_contact"),
    _department("commercial", L("商务", "Commercial"), "commercial_contact"),
)

# --- What is written down of a case ------------------------------------------------------------

SUB_KINDS = {
    "issue": L("问题", "issue"),
    "requirement": L("需求", "requirement"),
    "major": L("重大问题", "major problem"),
    "upgrade": L("升级", "upgrade"),
    "opportunity": L("商机", "opportunity"),
    "complaint": L("投诉", "complaint"),
}
MAJOR_KINDS = {
    "program_crash": L("程序崩溃", "program crash"),
    "data_lost": L("数据丢失", "data lost"),
    "data_duplicated": L("数据重复", "data duplicated"),
    "data_incorrect": L("数据不正确", "data incorrect"),
}
OPPORTUNITIES = {
    "maintenance_contract": L("维护合同", "maintenance contract"),
    "final_payment": L("尾款", "final payment"),
    "second_sale": L("二次销售", "second sale"),
}
RISKS = {"low": L("低", "low"), "mid": L("中", "medium"), "high": L("高", "high")}
REQUIREMENT_STATES = {
    "submitted": L("已提交", "submitted"),
    "refused": L("已退回", "refused"),
    "accepted": L("已接受", "accepted"),
    "discussed": L("已讨论", "discussed"),
    "solution": L("有方案", "solution given"),
    "confirmed": L("方案已确认", "solution confirmed"),
    "updated": L("已更新", "updated"),
}

REQUIREMENT = when("sub_kind").equals("requirement")
OPPORTUNITY = when("category").equals("quote") | when("sub_kind").equals("opportunity")
MAJOR = when("major_kind").is_set()

FIELDS = (
    # The hospital is the customer's employer of every other line: one key, so that the
    # board, the search and the caller's card know it without being told.
    Text(key="employer", label=L("医院", "hospital"), required="intake", clause="001 P5 2.1.1"),
    Text(key="department", label=L("科室", "ward or office"), required="intake"),
    Text(
        key="region",
        label=L("大区", "region"),
        required="intake",
        help=L("决定由哪位经理负责", "Decides whose region it is"),
        clause="001 P2 2.2",
    ),
    Text(
        key="product_version",
        label=L("产品与版本", "product and version"),
        required="intake",
        help=L("各医院版本须保持统一", "Versions are kept uniform between hospitals"),
        clause="001 P2 2.3",
    ),
    Choice(
        key="sub_kind",
        label=L("细类", "kind"),
        choices=SUB_KINDS,
        required="dispatch",
        required_if=when("category").equals("technical"),
        open=False,
    ),
    Text(key="req_no", label=L("需求编号", "requirement no."), show_when=REQUIREMENT),
    LongText(
        key="purpose",
        label=L("需改目的", "purpose of the change"),
        show_when=REQUIREMENT,
        clause="001 P5 2.2.9(1)",
        rule="F1-11",
    ),
    LongText(
        key="scenario",
        label=L("业务场景", "business scenario"),
        show_when=REQUIREMENT,
        clause="001 P5 2.2.9(1)",
        rule="F1-11",
    ),
    Choice(
        key="req_state",
        label=L("需求状态", "requirement state"),
        choices=REQUIREMENT_STATES,
        open=False,
        show_when=REQUIREMENT,
        clause="001 P5 2.2.9(3)",
        rule="F1-11",
    ),
    Text(
        key="progress",
        label=L("进展", "progress"),
        show_when=REQUIREMENT,
        clause="001 P5 2.2.9(5)",
        rule="F1-15",
    ),
    Choice(
        key="completion_risk",
        label=L("完成风险", "completion risk"),
        choices=RISKS,
        open=False,
        show_when=REQUIREMENT,
        clause="001 P5 2.2.9(5)",
        rule="F1-15",
    ),
    MultiChoice(
        key="major_kind",
        label=L("重大问题类型", "major problem"),
        choices=MAJOR_KINDS,
        open=False,
        flagging=True,
        help=L(
            "任何一项都须立即电话并邮件直报",
            "Any of them: report at once, by phone and by mail",
        ),
        clause="001 P5 2.2.5(3)",
        rule="T1-02",
    ),
    Choice(
        key="opp_kind",
        label=L("商机类型", "opportunity"),
        choices=OPPORTUNITIES,
        open=False,
        required="dispatch",
        required_if=OPPORTUNITY,
        show_when=OPPORTUNITY,
        help=L(
            "未经授权不得销售；工程师和技术经理一律不得",
            "No selling without authorisation; engineers and TSM never",
        ),
        clause="001 P5 2.2.6",
    ),
    Choice(
        key="replace_risk",
        label=L("替换风险", "replacement risk"),
        choices=RISKS,
        open=False,
        clause="001 P5 2.1.1(3)",
    ),
)

CATEGORIES = (
    Category("technical", L("技术服务", "technical service"), route="region_tsm"),
    Category(
        "complaint",
        L("投诉", "complaint"),
        route="department",
        needs_tracker=True,
        tracker="csm",
        settled_by=("complaint_officer", "signer"),
        clause="001 P2 2.2, 2.5",
    ),
    Category("quote", L("商机", "opportunity"), route="region_csm", clause="001 P5 2.2.6"),
)

# --- P5 2.1.5: everybody can be reached, day and night -----------------------------------------

REACHING = (
    Timer(
        "staff_reached",
        L("员工回电", "staff call back"),
        start="role_missed",
        stop="role_reached",
        within="60m",
        pair="role",
        rule="T1-01",
        clause="001 P5 2.1.5",
        who="superior",
        house=True,
    ),
    Timer(
        "staff_reached_soon",
        L("员工尽快回电", "staff call back soon"),
        start="role_missed",
        stop="role_reached",
        within="30m",
        pair="role",
        rule="T1-01",
        clause="001 P5 2.1.5",
        level="soft",
        who="superior",
        house=True,
    ),
)

# --- P2 2.5 and P5 2.2.8: the closed loop and the empty document -------------------------------

LOOP_TIMERS = (
    Timer(
        "closed_loop",
        L("闭环", "close the loop"),
        start="recorded",
        stop="closed",
        within="timely",
        rule="T1-18",
        clause="001 P1 2.1; 001 P2 2.5",
        level="timely",
        who="owner",
        reopens=True,
    ),
    Timer(
        "forward_emptydoc",
        L("转交空文档", "forward empty document"),
        start="emptydoc_received",
        stop="emptydoc_forwarded",
        within="timely",
        rule="T1-19",
        clause="001 P5 2.2.8(2)",
        level="timely",
        who="coordinator",
    ),
    Timer(
        "log_conversation",
        L("沟通记入空文档", "log the conversation"),
        start="customer_contacted",
        stop="emptydoc_written",
        within="now",
        rule="T1-20",
        clause="001 P5 2.2.8(1)",
        level="now",
        each=True,
    ),
    Timer(
        "inspect",
        L("按计划巡检或回访", "inspect as planned"),
        start="inspection_planned",
        stop=(on("inspection_done"), on("inspection_planned")),
        within="promise",
        rule="T1-22",
        clause="001 P1 2.2; 001 P2 2.2, 2.6",
        who="csm",
        each=True,
    ),
)

LOOP_ACTS = (
    Act("emptydoc_received", L("收到空文档", "empty document received")),
    Act(
        "emptydoc_forwarded",
        L("空文档已转交", "empty doc forwarded"),
        roles=("coordinator",),
        clause="001 P5 2.2.8(2)",
    ),
    Act(
        "emptydoc_written",
        L("已记入最新空文档", "empty document written"),
        fields=(
            Integer(
                key="emptydoc_version",
                label=L("写入的版本", "version written"),
                required="intake",
                least=1,
            ),
            LongText(key="text", label=L("沟通内容", "what was said")),
        ),
        clause="001 P5 2.2.8(1)",
    ),
    Act(
        "inspection_planned",
        L("计划巡检或回访", "inspection planned"),
        fields=(DateTime(key="due", label=L("计划时间", "planned for"), required="intake"),),
        clause="001 P2 2.2",
    ),
    Act(
        "inspection_done",
        L("巡检或回访完成", "inspection done"),
        fields=(Text(key="scan_no", label=L("签字原件编号", "no. of signed original")),),
        clause="001 P5 2.1.1(2)-(3)",
    ),
)

# --- P5 2.2.4: other departments, by form only -------------------------------------------------

HELP_FORMS = (
    Form(
        "assistance_request",
        L("跨部门协助申请表", "assistance request"),
        fields=(
            Choice(
                key="wanted_from",
                label=L("申请协助的部门", "department wanted"),
                choices={one.key: one.label for one in DIVISIONS if one.via},
                required="intake",
            ),
            LongText(key="need", label=L("协助内容", "need"), required="intake"),
            Date(key="wanted_until", label=L("希望完成日期", "wanted until"), required="intake"),
        ),
        steps=(
            Step(
                "passed_on",
                L("协调人转交", "passed on"),
                roles=("coordinator",),
                clause=HELP_BY_FORM,
            ),
            Step("answered", L("部门已答复", "answered"), roles=("coordinator",)),
        ),
        rule="F1-07",
        clause=HELP_BY_FORM,
    ),
)

HELP_ACTS = (
    Act(
        "department_asked",
        L("请其他部门协助", "department asked"),
        fields=(Text(key="text", label=L("内容", "text")),),
        roles=("coordinator",),
        clause=HELP_BY_FORM,
    ),
    Act(
        "assistance_noticed",
        L("收到协助通知单", "assistance notice"),
        fields=(Text(key="number", label=L("通知单编号", "number"), required="intake"),),
        clause="001 P5 2.2.6(2)",
    ),
    Act(
        "assistance_given",
        L("协助其他部门", "assistance given"),
        clause="001 P5 2.2.6(2)",
    ),
)

HELP_GATES = (
    Gate(
        "help_by_form",
        L("跨部门协助须先填申请表", "help of another department only by form"),
        before="department_asked",
        happened=(on("form_step_done", form="assistance_request", step="passed_on"),),
        remedy=L(
            "请填跨部门协助申请表交协调人转交，不得私下协调。",
            "Fill in the assistance request for the coordinator; nothing is arranged privately.",
        ),
        rule="T1-21",
        clause=HELP_BY_FORM,
    ),
    Gate(
        "notice_before_help",
        L("有协助通知单才能协助", "assistance notice before helping"),
        before="assistance_given",
        happened=("assistance_noticed",),
        rule="F1-10",
        clause="001 P5 2.2.6(2)",
    ),
)

HELP_NOTICES = (
    Notice(
        "assistance_request",
        L("跨部门协助申请：协调人，抄送经理", "assistance request: coordinator, cc TSM and CSM"),
        on=on("form_drafted", form="assistance_request"),
        to=("coordinator", "tsm", "csm"),
        via=("mail",),
        clause=HELP_BY_FORM,
    ),
)

# --- P5 2.2.5: direct report of major problems -------------------------------------------------

RECOGNISED = on("flag_set", flag=tuple(MAJOR_KINDS))
# The regulation's target list names the QA office, its cc list does not: the union is told.
REPORT_MAILED_TO = (
    "major_owner",
    "major_target_1",
    "major_target_2",
    "major_target_3",
    "major_target_4",
    "major_target_5",
    "major_cc_extra",
    "dept_head_1",
    "dept_head_2",
    "coordinator",
    "tsm",
    "csm",
)

MAJOR_TIMERS = (
    Timer(
        "direct_report",
        L("重大问题直报", "direct report"),
        start=RECOGNISED,
        stop=all_of(
            on("role_reached", role="major_owner", channel="phone"),
            on("form_completed", form="major_report"),
        ),
        within="now",
        rule="T1-02",
        clause="001 P5 2.2.5(1)-(3)",
        level="now",
        who="first_knower",
    ),
)

MAJOR_NOTICES = (
    Notice(
        "major_phone",
        L("重大问题：电话负责人", "major problem: phone its owner"),
        on=RECOGNISED,
        to=("major_owner",),
        via=("phone",),
        when="now",
        once=True,
        rule="T1-02",
        clause="001 P5 2.2.5(1)",
    ),
    Notice(
        "major_mail",
        L("重大问题：直报表邮件", "major problem: mail the report"),
        on=RECOGNISED,
        to=REPORT_MAILED_TO,
        via=("mail",),
        when="now",
        once=True,
        rule="T1-02",
        clause="001 P5 2.2.5(2)",
    ),
)

MAJOR_FORMS = (
    Form(
        "major_report",
        L("重大问题直报表", "major problem report"),
        fields=(
            MultiChoice(
                key="kind",
                label=L("类型", "kind"),
                choices=MAJOR_KINDS,
                open=False,
                required="intake",
            ),
            LongText(key="scope", label=L("影响范围", "scope"), required="intake"),
            DateTime(key="since", label=L("发生时间", "since when"), required="intake"),
            DateTime(key="phoned_at", label=L("电话时间", "phoned at")),
        ),
        steps=(Step("mailed", L("邮件已发全部收件人", "mailed to all"), clause="001 P5 2.2.5(2)"),),
        rule="F1-08",
        clause="001 P5 2.2.5",
    ),
)

# --- P5 2.2.6: opportunities -------------------------------------------------------------------

SALE_TIMERS = (
    Timer(
        "file_opportunity",
        L("第一时间报备商机", "file the opportunity"),
        start="classified",
        stop=on("form_completed", form="second_sale"),
        within="now",
        if_=OPPORTUNITY,
        rule="T1-03",
        clause="001 P5 2.2.6(1), (3)",
        level="now",
        who="owner",
    ),
)

SALE_FORMS = (
    Form(
        "second_sale",
        L("二次销售报备表", "second-sale filing"),
        fields=(
            Choice(
                key="kind",
                label=L("类型", "kind"),
                choices=OPPORTUNITIES,
                open=False,
                required="intake",
            ),
            Text(key="hospital", label=L("医院", "hospital"), required="intake"),
            LongText(key="hint", label=L("线索", "hint"), required="intake"),
            Integer(
                key="emptydoc_version",
                label=L("随附空文档版本", "empty document sent"),
                required="intake",
                least=1,
            ),
        ),
        rule="F1-09",
        clause="001 P5 2.2.6",
    ),
)

SALE_ACTS = (
    Act(
        "opportunity_decided",
        L("公司决定商机归属", "opportunity decided"),
        fields=(
            Choice(
                key="decision",
                label=L("决定", "decision"),
                choices={
                    "company": L("公司跟进", "the company sells"),
                    "region": L("交大区跟进", "given to the region"),
                    "not_genuine": L("不是商机", "not genuine"),
                },
                open=False,
                required="intake",
            ),
        ),
        roles=("signer",),
        if_=OPPORTUNITY,
        clause="001 P5 2.2.6(1)",
    ),
    Act(
        "sales_activity",
        L("销售活动", "sales activity"),
        fields=(LongText(key="text", label=L("内容", "text"), required="intake"),),
        roles=("relation",),
        if_=OPPORTUNITY,
        clause="001 P5 2.2.6",
    ),
)

SALE_GATES = (
    Gate(
        "authorised_before_selling",
        L("授权后才能销售", "authorised before selling"),
        before="sales_activity",
        happened=(on("opportunity_decided", decision="region"),),
        remedy=L(
            "请先报备，等公司决定交大区跟进。",
            "File it and wait until the company gives it to the region.",
        ),
        rule="T1-03",
        clause="001 P5 2.2.6",
    ),
)

SALE_NOTICES = (
    Notice(
        "opportunity",
        L("商机：两位部门经理和客户经理", "opportunity: both heads and the CSM"),
        on=on("form_completed", form="second_sale"),
        to=("dept_head_1", "dept_head_2", "csm"),
        via=("mail",),
        when="now",
        rule="T1-03",
        clause="001 P5 2.2.6",
    ),
)

# --- P2 2.2, 2.5: complaints and the usual notices ---------------------------------------------

NOTICES = (
    Notice(
        "complaint",
        L("投诉：部门经理决定，组长处理", "complaint: heads decide, group leader manages"),
        on="classified",
        to=("dept_head_1", "dept_head_2", "group_leader", "csm"),
        if_=when("category").equals("complaint"),
        clause="001 P2 2.2, 2.5",
    ),
    Notice(
        "assigned",
        L("派单通知", "work assigned"),
        on="assigned",
        to=("assignee",),
        clause="001 P2 2.5",
    ),
)

# --- P5 2.2.9: requirements, filtered and followed to the end ----------------------------------

FILTERED = "001 P5 2.2.9(1)"
SIGNED_BY_HOSPITAL = "001 P5 2.2.9(4)"
FILTER = ("req_filter",)
REFUSALS = {
    "rules_not_followed": L("未按规定提交", "rules not followed"),
    "purpose_missing": L("缺少需改目的", "purpose missing"),
    "scenario_missing": L("缺少业务场景", "scenario missing"),
}

REQUIREMENT_ACTS = (
    Act(
        "requirement_submitted",
        L("提交需求", "requirement submitted"),
        state=L("需求已提交", "requirement filed"),
        sets={"req_state": "submitted"},
        if_=REQUIREMENT,
        clause=FILTERED,
    ),
    Act(
        "requirement_refused",
        L("退回需求", "requirement refused"),
        fields=(
            Choice(
                key="reason",
                label=L("原因", "reason"),
                choices=REFUSALS,
                open=False,
                required="intake",
            ),
        ),
        roles=FILTER,
        state=L("需求已退回", "requirement refused"),
        sets={"req_state": "refused"},
        if_=REQUIREMENT,
        clause=FILTERED,
    ),
    Act(
        "requirement_accepted",
        L("接受需求", "requirement accepted"),
        roles=FILTER,
        state=L("需求已接受", "requirement accepted"),
        sets={"req_state": "accepted"},
        if_=REQUIREMENT,
        clause=FILTERED,
    ),
    Act(
        "requirement_discussed",
        L("与研发测试讨论", "requirement discussed"),
        roles=FILTER,
        state=L("需求已讨论", "requirement discussed"),
        sets={"req_state": "discussed"},
        if_=REQUIREMENT,
        clause="001 P5 2.2.9(2)",
    ),
    Act(
        "solution_received",
        L("研发给出方案", "solution received"),
        fields=(LongText(key="text", label=L("方案", "solution")),),
        roles=FILTER,
        state=L("已有方案", "solution given"),
        sets={"req_state": "solution"},
        if_=REQUIREMENT,
        clause="001 P5 2.2.9(2)",
    ),
    Act(
        "mail_sent",
        L("邮件已发", "mail sent"),
        fields=(
            Choice(
                key="list",
                label=L("邮件", "mail"),
                choices={"solution": L("方案反馈", "solution to the site")},
                open=False,
                required="intake",
            ),
        ),
        clause="001 P5 2.2.9(2)",
    ),
    Act(
        "development_started",
        L("开始开发", "development started"),
        state=L("开发中", "in development"),
        sets={"req_state": "confirmed"},
        if_=REQUIREMENT,
        clause="001 P5 2.2.9(4)",
    ),
    Act(
        "updated",
        L("已在医院更新", "updated at the hospital"),
        fields=(Text(key="product_version", label=L("更新版本", "version installed")),),
        state=L("已更新", "updated"),
        sets={"req_state": "updated"},
        if_=REQUIREMENT,
        clause="001 P5 2.2.9(6b)",
    ),
    Act(
        "effect_asked",
        L("需求效果回访", "effect call"),
        fields=(
            Choice(
                key="effect",
                label=L("效果", "effect"),
                choices={"ok": L("良好", "OK"), "not_ok": L("不佳", "not OK")},
                open=False,
                required="intake",
            ),
            LongText(key="text", label=L("客户意见", "what the customer says")),
        ),
        roles=("coordinator",),
        if_=REQUIREMENT,
        clause="001 P5 2.2.9(6b)",
    ),
)

REQUIREMENT_TIMERS = (
    Timer(
        "discuss",
        L("周一、周四讨论需求", "discuss the requirement"),
        start="requirement_accepted",
        stop="requirement_discussed",
        within="slot:mon,thu",
        rule="T1-04",
        clause="001 P5 2.2.9(2)",
        who="req_filter",
    ),
    Timer(
        "inform_site",
        L("邮件和电话告知现场", "inform the site"),
        start="solution_received",
        stop=all_of(
            on("mail_sent", list="solution"),
            on("role_reached", role="assignee", channel="phone"),
        ),
        within="2h",
        rule="T1-05",
        clause="001 P5 2.2.9(2)",
        who="req_filter",
        each=True,
    ),
    Timer(
        "effect_call",
        L("一周后回访效果", "effect call after a week"),
        start="updated",
        stop="effect_asked",
        within="7cd",
        not_before="7cd",
        rule="T1-08",
        clause="001 P5 2.2.9(6b)",
        who="coordinator",
        concern="followup",
        each=True,
    ),
)

REQUIREMENT_NOTICES = (
    Notice(
        "solution",
        L("研发方案：邮件和电话告知现场", "solution: the site by mail and phone"),
        on="solution_received",
        to=("assignee",),
        via=("mail", "phone"),
        when="2h",
        rule="T1-05",
        clause="001 P5 2.2.9(2)",
    ),
)


def _confirmation(
    rule: str, key: str, label: L, after: tuple[str, ...] = (), per_cycle: bool = False
) -> Form:
    """One of the three confirmations the hospital signs for every requirement."""
    return Form(
        key,
        label,
        fields=(
            Text(key="doc_no", label=L("文件编号", "document no."), required="intake"),
            Date(key="signed_on", label=L("签字日期", "signed on")),
        ),
        steps=(
            Step(
                "signed_by_hospital",
                L("医院已签字", "signed by the hospital"),
                clause=SIGNED_BY_HOSPITAL,
            ),
        ),
        requires=after,
        per_cycle=per_cycle,
        rule=rule,
        clause=SIGNED_BY_HOSPITAL,
    )


REQUIREMENT_FORMS = (
    _confirmation("F1-12", "form_apply", L("需求申请确认表", "requirement application")),
    _confirmation(
        "F1-13", "form_solution", L("需求方案确认表", "requirement solution"), ("form_apply",)
    ),
    _confirmation(
        "F1-14",
        "form_verify",
        L("需求验证确认表", "requirement verification"),
        ("form_solution",),
        per_cycle=True,
    ),
)

NOT_REFUSED = REQUIREMENT & ~when("req_state").equals("refused")

REQUIREMENT_GATES = (
    Gate(
        "purpose_and_scenario",
        L("有目的和业务场景才能接受", "purpose and scenario before accepting"),
        before="requirement_accepted",
        happened=("requirement_submitted",),
        filled=("purpose", "scenario"),
        remedy=L(
            "请现场补充后重新提交，或退回并说明原因。",
            "Have the site complete and submit it again, or refuse it with the reason.",
        ),
        rule="F1-11",
        clause=FILTERED,
    ),
    Gate(
        "applied_before_discussed",
        L("申请确认表签字后才能讨论", "application signed before the discussion"),
        before="requirement_discussed",
        happened=("requirement_accepted", on("form_completed", form="form_apply")),
        rule="F1-12",
        clause=SIGNED_BY_HOSPITAL,
    ),
    Gate(
        "solution_before_development",
        L("方案确认表签字后才能开发", "solution signed before development"),
        before="development_started",
        happened=(on("form_completed", form="form_solution"),),
        rule="F1-13",
        clause=SIGNED_BY_HOSPITAL,
    ),
    Gate(
        "solution_before_update",
        L("方案确认表签字后才能更新", "solution signed before the update"),
        before="updated",
        happened=(on("form_completed", form="form_solution"),),
        rule="F1-13",
        clause=SIGNED_BY_HOSPITAL,
    ),
    Gate(
        "verified_before_closed",
        L("验证确认表签字后才能关闭", "verification signed before closing"),
        before="closed",
        happened=(on("form_completed", form="form_verify"),),
        if_=NOT_REFUSED,
        rule="F1-14",
        clause=SIGNED_BY_HOSPITAL,
    ),
    Gate(
        "effect_before_closed",
        L("效果良好才能关闭", "effect OK before closing"),
        before="closed",
        happened=(on("effect_asked", effect="ok"),),
        if_=NOT_REFUSED,
        remedy=L(
            "更新满一周后回访；效果不佳的请重开。",
            "Call a week after the update; reopen the case when the effect is not OK.",
        ),
        rule="T1-08",
        clause="001 P5 2.2.9(6b)",
    ),
)

EMR = Line(
    "emr",
    L("电子病历", "Medical records"),
    categories=CATEGORIES,
    divisions=DIVISIONS,
    fields=FIELDS,
    timers=(*REACHING, *LOOP_TIMERS, *MAJOR_TIMERS, *SALE_TIMERS, *REQUIREMENT_TIMERS),
    notices=(*NOTICES, *HELP_NOTICES, *MAJOR_NOTICES, *SALE_NOTICES, *REQUIREMENT_NOTICES),
    gates=(*HELP_GATES, *SALE_GATES, *REQUIREMENT_GATES),
    acts=(*LOOP_ACTS, *HELP_ACTS, *SALE_ACTS, *REQUIREMENT_ACTS),
    forms=(*HELP_FORMS, *MAJOR_FORMS, *SALE_FORMS, *REQUIREMENT_FORMS),
    duties=DUTIES,
    slots=SLOTS,
    script=Script(
        greeting=L(
            "您好，客户服务部，请问是哪家医院、哪个科室？",
            "Hello, customer service. Which hospital and which ward are you calling from?",
        ),
        promise=L(
            "您的问题已记录，{who}会在{time}前联系您。",
            "We have taken it down; {who} will contact you by {time}.",
        ),
        farewell=L("感谢您的来电，再见。", "Thank you for calling. Goodbye."),
    ),
)

LINES = (EMR,)
