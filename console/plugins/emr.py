"""Electronic-medical-record software house: issues, requirements and opportunities of hospitals.

Written after the customer-service regulation 001. Every rule carries its clause. What the
regulation leaves to separate papers (service norm, complaint method) is not repeated here.
Who there is and what is written down stands in `emr_record`, requirements in
`emr_requirements`, complaints in `emr_complaints`, what recurs in `emr_duties`.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Choice,
    Date,
    DateTime,
    Form,
    Gate,
    Integer,
    L,
    Line,
    LongText,
    MultiChoice,
    Notice,
    Person,
    Script,
    Step,
    Text,
    Timer,
    Wording,
    all_of,
    on,
)
from console.plugins.emr_complaints import (
    COMPLAINT_ACTS,
    COMPLAINT_FORMS,
    COMPLAINT_GATES,
    COMPLAINT_NOTICES,
    COMPLAINT_TIMERS,
)
from console.plugins.emr_duties import DUTIES
from console.plugins.emr_record import (
    CATEGORIES,
    DEPARTMENTS,
    DIVISIONS,
    FIELDS,
    HELP_BY_FORM,
    MAJOR_KINDS,
    OPPORTUNITIES,
    OPPORTUNITY,
    SLOTS,
    UPGRADE,
)
from console.plugins.emr_requirements import (
    REQUIREMENT_ACTS,
    REQUIREMENT_FORMS,
    REQUIREMENT_GATES,
    REQUIREMENT_NOTICES,
    REQUIREMENT_TIMERS,
)
from console.plugins.flows import clear_before_transfer, fixing

# --- P5 2.1.5: everybody can be reached, day and night -----------------------------------------

REACHABLE = "001 P5 2.1.5"

REACHING_TIMERS = (
    Timer(
        "staff_reached",
        L("员工回电", "staff call back"),
        start="role_missed",
        stop="role_reached",
        within="60m",
        pair="role",
        rule="T1-01",
        clause=REACHABLE,
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
        clause=REACHABLE,
        level="soft",
        who="superior",
        house=True,
    ),
)

REACHING_ACTS = (
    Act(
        "unreachable_verified",
        L("查实员工失联", "not reachable: verified"),
        fields=(
            Person(key="person", label=L("员工", "who"), required="intake"),
            LongText(key="text", label=L("情况", "what happened"), required="intake"),
        ),
        roles=("signer", "complaint_officer"),
        clause=REACHABLE,
    ),
)

REACHING_NOTICES = (
    Notice(
        "unreachable",
        L("员工未按时回电：部门经理核实", "staff did not call back: the heads verify"),
        on=on("timer_breached", timer="staff_reached"),
        to=("dept_head_1", "dept_head_2"),
        when="now",
        text=Wording(
            L("员工未按时回电", "Somebody could not be reached"),
            L(
                "工单{case}（{employer}）：联系我方人员一小时未回电。请核实；当月一次查实即扣发当月"
                "通讯补贴。",
                "Case {case} ({employer}): one of our people did not call back within an hour. "
                "Please verify; once in a month costs that month's telephone allowance.",
            ),
        ),
        rule="T1-01",
        clause=REACHABLE,
    ),
)

# --- P2 2.3-2.5 and P5 2.2.8: the closed loop, the empty document, versions --------------------

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
    Timer(
        "upgrade",
        L("按计划升级", "upgrade as planned"),
        start="upgrade_planned",
        stop=(on("upgraded"), on("upgrade_planned")),
        within="promise",
        rule="F1-22",
        clause="001 P2 2.3-2.4",
        who="group_leader",
        each=True,
    ),
)

LOOP_ACTS = (
    Act(
        "emptydoc_received",
        L("收到空文档", "empty document received"),
        fields=(Text(key="project", label=L("项目", "project")),),
        clause="001 P5 2.2.8(2)",
    ),
    Act(
        "emptydoc_forwarded",
        L("空文档已转交", "empty doc forwarded"),
        fields=(Person(key="engineer", label=L("工程师", "engineer")),),
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
                help=L("不得早于最近写入的版本", "Never older than the one written last"),
            ),
            LongText(key="text", label=L("沟通内容", "what was said")),
        ),
        fills=("emptydoc_version",),
        newest="emptydoc_version",
        clause="001 P5 2.2.8(1)",
    ),
    Act(
        "inspection_planned",
        L("计划巡检或回访", "inspection planned"),
        fields=(DateTime(key="due", label=L("计划时间", "planned for"), required="intake"),),
        sets={"inspection": "planned"},
        clause="001 P2 2.2",
    ),
    Act(
        "inspection_done",
        L("巡检或回访完成", "inspection done"),
        fields=(
            Choice(
                key="kind",
                label=L("类别", "kind"),
                choices={"inspection": L("巡检", "inspection"), "visit": L("回访", "visit")},
                open=False,
            ),
            Text(
                key="scan_no",
                label=L("签字原件编号", "no. of signed original"),
                rule="F1-04 F1-05",
            ),
            LongText(key="text", label=L("发现的问题", "what was found")),
        ),
        sets={"inspection": "done"},
        clause="001 P5 2.1.1(2)-(3)",
    ),
    Act(
        "upgrade_planned",
        L("计划升级", "upgrade planned"),
        fields=(
            Text(key="plan_no", label=L("升级计划编号", "no. of the plan")),
            Text(key="target", label=L("目标版本", "version planned"), required="intake"),
            DateTime(key="due", label=L("计划时间", "planned for"), required="intake"),
        ),
        state=L("已计划升级", "upgrade planned"),
        if_=UPGRADE,
        clause="001 P2 2.3-2.4",
    ),
    Act(
        "upgraded",
        L("已升级", "upgraded"),
        fields=(
            Text(key="product_version", label=L("升级后版本", "version"), required="intake"),
            LongText(key="effect", label=L("升级效果", "effect"), required="intake"),
        ),
        state=L("已升级", "upgraded"),
        fills=("product_version",),
        if_=UPGRADE,
        clause="001 P2 2.3-2.4",
    ),
)

LOOP_GATES = (
    Gate(
        "upgraded_before_closed",
        L("升级完成并记录版本后才能关闭", "upgraded and its version recorded before closing"),
        before="closed",
        happened=("upgraded",),
        if_=UPGRADE,
        rule="F1-22",
        clause="001 P2 2.3-2.4",
    ),
    clear_before_transfer("002 P1C1 #4"),
)

LOOP_NOTICES = (
    Notice(
        "emptydoc",
        L("收到空文档：协调人转交工程师", "empty document: the coordinator forwards it"),
        on="emptydoc_received",
        to=("coordinator",),
        rule="T1-19",
        clause="001 P5 2.2.8(2)",
    ),
    Notice(
        "assigned",
        L("派单通知", "work assigned"),
        on="assigned",
        to=("assignee",),
        clause="001 P2 2.5",
    ),
)

# What a spot check finds goes back to the owner.
FIX_TIMER, FIX_ACT, FIX_NOTICE = fixing("rulebook W-18")

# --- P5 2.2.4: other departments, by form only -------------------------------------------------

HELP_FORMS = (
    Form(
        "assistance_request",
        L("跨部门协助申请表", "assistance request"),
        fields=(
            Choice(
                key="wanted_from",
                label=L("申请协助的部门", "department wanted"),
                choices=DEPARTMENTS,
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
        fills=("wanted_from", "wanted_until"),
        rule="F1-07",
        clause=HELP_BY_FORM,
    ),
)

HELP_TIMERS = (
    Timer(
        "pass_request_on",
        L("转交协助申请", "pass the request on"),
        start=on("form_drafted", form="assistance_request"),
        stop=(
            on("form_step_done", form="assistance_request", step="passed_on"),
            on("form_withdrawn", form="assistance_request"),
        ),
        within="timely",
        rule="F1-07",
        clause=HELP_BY_FORM,
        level="timely",
        who="coordinator",
    ),
    Timer(
        "answer_request",
        L("部门答复协助申请", "department answers"),
        start=on("form_step_done", form="assistance_request", step="passed_on"),
        stop=(
            on("form_completed", form="assistance_request"),
            on("form_withdrawn", form="assistance_request"),
        ),
        within="timely",
        rule="F1-07",
        clause=HELP_BY_FORM,
        level="timely",
        who="coordinator",
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
        "department_answered",
        L("记录部门答复", "department's answer"),
        fields=(LongText(key="text", label=L("答复", "answer"), required="intake"),),
        roles=("coordinator",),
        clause=HELP_BY_FORM,
    ),
    Act(
        "assistance_noticed",
        L("收到协助通知单", "assistance notice"),
        fields=(
            Text(key="number", label=L("通知单编号", "number"), required="intake"),
            Choice(key="from", label=L("来自部门", "from"), choices=DEPARTMENTS),
            LongText(key="text", label=L("协助内容", "what is asked for")),
        ),
        clause="001 P5 2.2.6(2)",
    ),
    Act(
        "assistance_given",
        L("协助其他部门", "assistance given"),
        fields=(LongText(key="text", label=L("内容", "text")),),
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
        "asked_before_answered",
        L("请求协助后才有部门答复", "a department answers what it was asked"),
        before="department_answered",
        happened=("department_asked",),
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
        text=Wording(
            L("跨部门协助申请：{employer}", "Assistance request: {employer}"),
            L(
                "工单{case}：{employer}申请{wanted_from}于{wanted_until}前协助，申请表见工单。",
                "Case {case}: {employer} needs {wanted_from} by {wanted_until}; the request is "
                "with the case.",
            ),
            L(
                "申请协助的部门：{wanted_from}\n希望完成日期：{wanted_until}\n工单：{case}\n"
                "医院：{employer} {department}（{region}）\n产品与版本：{product_version}\n"
                "客户需求：{need}\n申请人：{owner}\n\n"
                "协助内容见工单{case}的跨部门协助申请表。由协调人转交并回复；不得私下协调。",
                "Department wanted: {wanted_from}\nWanted until: {wanted_until}\nCase: {case}\n"
                "Hospital: {employer}, {department} ({region})\n"
                "Product and version: {product_version}\nThe customer needs: {need}\n"
                "Asked for by: {owner}\n\n"
                "What is asked for stands in the assistance request with case {case}. The "
                "coordinator passes it on and answers; nothing is arranged privately.",
            ),
        ),
        rule="F1-07",
        clause=HELP_BY_FORM,
    ),
)

# --- P5 2.2.5: direct report of major problems -------------------------------------------------

DIRECT_REPORT = "001 P5 2.2.5"
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
        clause=f"{DIRECT_REPORT}(1)-(3)",
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
        text=Wording(
            L("重大问题直报：{major_kind}", "Major problem: {major_kind}"),
            L(
                "{employer}{department}，{product_version}：{major_kind}。{reason}。客户{contact_name}"
                "，电话{contact_phone}；工单{case}，报告人{owner}。电话与邮件缺一不可。",
                "{employer}, {department}, {product_version}: {major_kind}. {reason}. Customer "
                "{contact_name}, {contact_phone}; case {case}, reported by {owner}. Phone and "
                "mail, both.",
            ),
        ),
        rule="T1-02",
        clause=f"{DIRECT_REPORT}(1)",
    ),
    Notice(
        "major_mail",
        L("重大问题：直报表邮件", "major problem: mail the report"),
        on=RECOGNISED,
        to=REPORT_MAILED_TO,
        via=("mail",),
        when="now",
        once=True,
        text=Wording(
            L(
                "重大问题直报：{employer} {major_kind}",
                "Direct report: {employer}, {major_kind}",
            ),
            L(
                "{employer}{department}，{product_version}：{major_kind}。{reason}。工单{case}。",
                "{employer}, {department}, {product_version}: {major_kind}. {reason}. Case {case}.",
            ),
            L(
                "重大问题直报\n\n类型：{major_kind}\n医院：{employer} {department}（{region}）\n"
                "产品与版本：{product_version}\n现象：{reason}\n客户要求：{need}\n"
                "客户联系人：{contact_name} {contact_phone}\n发现时间：{at}\n报告人：{owner}\n"
                "工单：{case}\n\n影响范围和发生时间见直报表；问题负责人{major_owner}已同时电话通知。",
                "Direct report of a major problem\n\nKind: {major_kind}\n"
                "Hospital: {employer}, {department} ({region})\n"
                "Product and version: {product_version}\nWhat happens: {reason}\n"
                "The customer needs: {need}\nContact: {contact_name}, {contact_phone}\n"
                "Recognised: {at}\nReported by: {owner}\nCase: {case}\n\n"
                "Scope and beginning stand in the report form; {major_owner}, who owns the "
                "problem, is phoned at the same time.",
            ),
        ),
        rule="T1-02",
        clause=f"{DIRECT_REPORT}(2)",
    ),
    Notice(
        "major_report",
        L("重大问题直报表：发送全部收件人", "major problem report: to everybody named"),
        on=on("form_completed", form="major_report"),
        to=REPORT_MAILED_TO,
        via=("mail",),
        when="now",
        text=Wording(
            L("重大问题直报表：{employer} {major_kind}", "Report: {employer}, {major_kind}"),
            L(
                "{employer}{department}，{product_version}：{major_kind}。直报表见附件。工单{case}。",
                "{employer}, {department}, {product_version}: {major_kind}. The report is "
                "attached. Case {case}.",
            ),
            L(
                "重大问题直报表见附件，含影响范围、发生时间和电话时间。\n\n类型：{major_kind}\n"
                "医院：{employer} {department}（{region}）\n产品与版本：{product_version}\n"
                "现象：{reason}\n报告人：{owner}\n工单：{case}\n",
                "The report of the major problem is attached, with scope, beginning and time of "
                "the call.\n\nKind: {major_kind}\nHospital: {employer}, {department} ({region})\n"
                "Product and version: {product_version}\nWhat happens: {reason}\n"
                "Reported by: {owner}\nCase: {case}\n",
            ),
        ),
        rule="F1-08",
        clause=f"{DIRECT_REPORT}(2)",
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
        steps=(
            Step("mailed", L("邮件已发全部收件人", "mailed to all"), clause=f"{DIRECT_REPORT}(2)"),
        ),
        report=True,
        attach_to=("major_report",),
        begins_with={"kind": ("major_kind",)},
        rule="F1-08",
        clause=DIRECT_REPORT,
    ),
)

# --- P5 2.2.6: opportunities -------------------------------------------------------------------

SALES = "001 P5 2.2.6"
BAN = Wording(
    L("商机：未经授权不得销售", "Opportunity: no selling without authorisation"),
    L(
        "工单{case}是商机（{employer}，{opp_kind}）：请立即报备。公司决定交大区前任何人不得开展销售"
        "活动；工程师和技术服务经理一律不得销售。",
        "Case {case} is an opportunity ({employer}, {opp_kind}): file it at once. Nobody sells "
        "before the company has given it to the region; engineers and TSM never do.",
    ),
)

SALE_TIMERS = (
    Timer(
        "file_opportunity",
        L("第一时间报备商机", "file the opportunity"),
        start="classified",
        stop=on("form_completed", form="second_sale"),
        within="now",
        if_=OPPORTUNITY,
        rule="T1-03",
        clause=f"{SALES}(1), (3)",
        level="now",
        who="owner",
    ),
    Timer(
        "decide_opportunity",
        L("公司决定商机归属", "decide the opportunity"),
        start=on("form_completed", form="second_sale"),
        stop="opportunity_decided",
        within="timely",
        rule="F1-09",
        clause=f"{SALES}(1)",
        level="timely",
        who="dept_head_1",
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
        fills=("hint",),
        rule="F1-09",
        clause=SALES,
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
        clause=f"{SALES}(1)",
    ),
    Act(
        "sales_activity",
        L("销售活动", "sales activity"),
        fields=(LongText(key="text", label=L("内容", "text"), required="intake"),),
        roles=("relation",),
        if_=OPPORTUNITY,
        clause=SALES,
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
        clause=SALES,
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
        text=Wording(
            L("商机报备：{employer} {opp_kind}", "Opportunity: {employer}, {opp_kind}"),
            L(
                "{employer}{opp_kind}，线索：{hint}。工单{case}。公司决定前不得销售。",
                "{employer}, {opp_kind}: {hint}. Case {case}. No selling before the company has "
                "decided.",
            ),
            L(
                "二次销售报备\n\n类型：{opp_kind}\n医院：{employer} {department}（{region}）\n"
                "线索：{hint}\n空文档版本：{emptydoc_version}\n报备人：{owner}\n工单：{case}\n\n"
                "请公司决定是否商机、由谁跟进。决定交大区跟进之前，任何人不得开展销售活动；"
                "授权后也只由客户服务经理跟进，工程师和技术服务经理一律不得销售。",
                "Filing of a second sale\n\nKind: {opp_kind}\n"
                "Hospital: {employer}, {department} ({region})\nHint: {hint}\n"
                "Empty document: version {emptydoc_version}\nFiled by: {owner}\nCase: {case}\n\n"
                "The company decides whether it is genuine and who follows it up. Nobody sells "
                "before it is given to the region, and then the CSM alone; engineers and TSM "
                "never do.",
            ),
        ),
        rule="T1-03",
        clause=SALES,
    ),
    Notice(
        "sales_ban",
        L("商机：提醒首问不得销售", "opportunity: its owner may not sell"),
        on="classified",
        to=("owner",),
        if_=OPPORTUNITY,
        when="now",
        once=True,
        text=BAN,
        rule="T1-03",
        clause=SALES,
    ),
    Notice(
        "sales_ban_at_work",
        L("商机：提醒处理人不得销售", "opportunity: the assignee may not sell"),
        on="assigned",
        to=("assignee",),
        if_=OPPORTUNITY,
        when="now",
        text=BAN,
        rule="T1-03",
        clause=SALES,
    ),
)

EMR = Line(
    "emr",
    L("电子病历", "Medical records"),
    sensitive=True,
    categories=CATEGORIES,
    divisions=DIVISIONS,
    fields=FIELDS,
    timers=(
        *REACHING_TIMERS,
        *LOOP_TIMERS,
        FIX_TIMER,
        *HELP_TIMERS,
        *MAJOR_TIMERS,
        *SALE_TIMERS,
        *COMPLAINT_TIMERS,
        *REQUIREMENT_TIMERS,
    ),
    notices=(
        *REACHING_NOTICES,
        *LOOP_NOTICES,
        FIX_NOTICE,
        *HELP_NOTICES,
        *MAJOR_NOTICES,
        *SALE_NOTICES,
        *COMPLAINT_NOTICES,
        *REQUIREMENT_NOTICES,
    ),
    gates=(*LOOP_GATES, *HELP_GATES, *SALE_GATES, *COMPLAINT_GATES, *REQUIREMENT_GATES),
    acts=(
        *REACHING_ACTS,
        *LOOP_ACTS,
        FIX_ACT,
        *HELP_ACTS,
        *SALE_ACTS,
        *COMPLAINT_ACTS,
        *REQUIREMENT_ACTS,
    ),
    forms=(*HELP_FORMS, *MAJOR_FORMS, *SALE_FORMS, *COMPLAINT_FORMS, *REQUIREMENT_FORMS),
    duties=DUTIES,
    slots=SLOTS,
    posts={"supervisor": "group_leader", "complaint_officer": "dept_head_1"},
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
