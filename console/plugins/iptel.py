"""IP and long-distance telephone company: consultations, changes, installations, small traffic.

Written after the customer-service regulation 004, whose chapters describe the posts: each
block below is what one post has to do, with its clause. Who there is and what is written
down stands in `iptel_record`, complaints in `iptel_complaints`, visits and dialers in
`iptel_visits`, what recurs in `iptel_duties`.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Choice,
    Date,
    Drop,
    Form,
    Gate,
    Integer,
    L,
    Line,
    LongText,
    Message,
    MultiChoice,
    Notice,
    Script,
    Step,
    Table,
    Timer,
    Wording,
    all_of,
    on,
    when,
)
from console.plugins.flows import AGES
from console.plugins.iptel_complaints import (
    CHECK_ACTS,
    COMPLAINT_ACTS,
    COMPLAINT_GATES,
    COMPLAINT_NOTICES,
    COMPLAINT_TIMERS,
    FIX_NOTICE,
    FIX_TIMER,
)
from console.plugins.iptel_duties import DUTIES
from console.plugins.iptel_record import (
    ANOMALY,
    CATEGORIES,
    CHANGE,
    CHANGES,
    DIVISIONS,
    FIELDS,
    NEW_ACCOUNT,
    OUTCOMES,
    SLOTS,
)
from console.plugins.iptel_visits import (
    VISIT_ACTS,
    VISIT_FORMS,
    VISIT_GATES,
    VISIT_NOTICES,
    VISIT_TIMERS,
)

# --- 9.3 C(2): business changes ---------------------------------------------------------

CHANGE_ORDER = "004 9.3 C(2)"
OPENED = on("form_completed", form="change_order")

CHANGE_TIMERS = (
    Timer(
        "tell_change",
        L("开通后告知客户", "tell: change opened"),
        start=OPENED,
        stop="change_told",
        within="timely",
        rule="T4-07",
        clause=CHANGE_ORDER,
        level="timely",
        amber=AGES,
        who="rep_1",
        each=True,
    ),
    Timer(
        "urgent_change",
        L("加急变更：即时反馈", "urgent change: at once"),
        start=on("flag_set", flag="urgent"),
        stop=all_of(
            on("role_reached", role="acceptance_supervisor"),
            on("change_told"),
        ),
        within="now",
        rule="T4-08",
        clause=CHANGE_ORDER,
        level="now",
        who="rep_1",
        if_=CHANGE,
    ),
)

CHANGE_ACTS = (
    Act(
        "change_told",
        L("已告知客户开通", "customer told"),
        fields=(LongText(key="text", label=L("告知内容", "what was said")),),
        clause=CHANGE_ORDER,
    ),
)

CHANGE_MESSAGES = (
    Message(
        "change_opened",
        L("业务变更开通通知", "change opened"),
        Wording(
            L("业务变更已开通", "Your change is in force"),
            L(
                "尊敬的{employer}：您申请的业务变更（{change_kind}，客户编号{account_no}）已开通。"
                "如有疑问请致电{hotline}。",
                "Dear customer, the change you asked for ({change_kind}, account {account_no}) is "
                "in force. Questions: {hotline}.",
            ),
            L(
                "{contact_name}您好：\n\n贵公司（{employer}，客户编号{account_no}）申请的业务变更已开通："
                "{change_kind}。\n说明：{note}\n\n如有疑问请致电{hotline}。\n客户服务部",
                "Dear {contact_name},\n\nthe change {employer} (account {account_no}) asked for is "
                "in force: {change_kind}.\nRemark: {note}\n\nIf there is any question please "
                "ring {hotline}.\nCustomer Service",
            ),
        ),
        fields=(LongText(key="note", label=L("说明", "remark")),),
        via=("sms", "mail"),
        if_=CHANGE,
        rule="T4-07",
        clause="004 9.3 C(2), 9.3.1 C(3)",
    ),
)

CHANGE_NOTICES = (
    Notice(
        "urgent_change",
        L("加急变更：会同主管", "urgent change: with the supervisor"),
        on=on("flag_set", flag="urgent"),
        to=("acceptance_supervisor",),
        via=("console", "phone"),
        when="now",
        if_=CHANGE,
        text=Wording(
            L("加急变更：{employer} {account_no}", "Urgent change: {employer}, {account_no}"),
            L(
                "工单{case}：{employer}（{account_no}）要求加急办理{change_kind}：{need}。请会同办理，"
                "开通后即时答复客户。",
                "Case {case}: {employer} ({account_no}) urgently needs {change_kind}: {need}. "
                "Please see to it together, and tell the customer the moment it is opened.",
            ),
        ),
        rule="T4-08",
        clause=CHANGE_ORDER,
    ),
)

CHANGE_GATES = (
    Gate(
        "opened_before_told",
        L("开通后才告知客户", "opened before the customer is told"),
        before="change_told",
        happened=(OPENED,),
        rule="F4-02",
        clause=CHANGE_ORDER,
    ),
    Gate(
        "told_before_closed",
        L("变更告知客户并录入后才能关闭", "told and entered before closing"),
        before="closed",
        happened=("change_told", "crm_entered"),
        if_=CHANGE,
        rule="T4-07",
        clause=f"{CHANGE_ORDER}(4)",
    ),
)

CHANGE_FORMS = (
    Form(
        "change_order",
        L("变更单", "change order"),
        fields=(
            MultiChoice(
                key="kinds",
                label=L("变更内容", "change"),
                choices=CHANGES,
                required="intake",
                open=False,
            ),
            LongText(key="details", label=L("说明", "details"), required="intake"),
        ),
        steps=(
            Step("verified", L("已与客户核实", "verified with customer"), clause=CHANGE_ORDER),
            Step("audited", L("变更单审核", "order audited"), ("rep_1",), clause="004 9.3 A(1)"),
            Step("opened", L("已开通", "opened"), clause=CHANGE_ORDER),
        ),
        per_cycle=True,
        rule="F4-02",
        clause=CHANGE_ORDER,
    ),
)

# --- 9.1 C(5), 9.3 C(3): traffic that falls off -----------------------------------------

FALLEN = when("drop_pct").at_least(50) | when("traffic_now").equals(0)

ANOMALY_TIMERS = (
    Timer(
        "call_anomaly",
        L("致电流量异常客户", "phone about the traffic"),
        start="anomaly_detected",
        stop="customer_contacted",
        within="timely",
        rule="T4-12",
        clause="004 9.3 C(3)",
        level="timely",
        amber=AGES,
        who="rep_1",
    ),
    Timer(
        "own_case",
        L("流量问题另建单", "a case for the problem"),
        start=on("anomaly_explained", outcome="problem"),
        stop="case_linked",
        within="timely",
        rule="W-25",
        clause="004 9.3 C(3)",
        level="timely",
        amber=AGES,
        who="owner",
    ),
)

ANOMALY_ACTS = (
    Act(
        "anomaly_detected",
        L("发现流量异常", "traffic anomaly"),
        state=L("待致电", "to be phoned"),
        if_=ANOMALY,
        clause="004 9.1 C(5)",
    ),
    Act(
        "anomaly_explained",
        L("流量异常原因", "anomaly explained"),
        fields=(
            Choice(
                key="outcome",
                label=L("结果", "outcome"),
                choices=OUTCOMES,
                required="intake",
                open=False,
            ),
            LongText(key="text", label=L("说明", "text")),
        ),
        fills=("outcome",),
        if_=ANOMALY,
        clause="004 9.3 C(3)",
    ),
)

ANOMALY_GATES = (
    Gate(
        "called_before_explained",
        L("联系客户后才有结论", "the customer is phoned before it is explained"),
        before="anomaly_explained",
        happened=("customer_contacted",),
        rule="T4-12",
        clause="004 9.3 C(3)",
    ),
    Gate(
        "explained_before_closed",
        L("流量异常有结论后才能关闭", "the anomaly is explained before closing"),
        before="closed",
        happened=("anomaly_explained",),
        if_=ANOMALY,
        rule="W-25",
        clause="004 9.3 C(3)",
    ),
    Gate(
        "problem_has_its_case",
        L("流量问题另建工单并关联", "a problem has a case of its own"),
        before="closed",
        happened=("case_linked",),
        if_=ANOMALY & when("outcome").equals("problem"),
        remedy=L(
            "请为问题建技术或投诉工单并关联（link）。",
            "Open a technical case or a complaint for it and link the two (link).",
        ),
        rule="W-25",
        clause="004 9.3 C(3)",
    ),
)

ANOMALY_NOTICES = (
    Notice(
        "anomaly",
        L("流量异常：受理代表一致电", "traffic anomaly: rep 1 phones"),
        on="anomaly_detected",
        to=("rep_1",),
        text=Wording(
            L("流量异常：{employer} {account_no}", "Traffic anomaly: {employer}, {account_no}"),
            L(
                "工单{case}：{employer}（{account_no}）{week}流量{traffic_now}分钟，前四周平均"
                "{traffic_base}分钟，下降{drop_pct}。请致电{contact_phone}了解原因。",
                "Case {case}: traffic of {employer} ({account_no}) in {week} was {traffic_now} "
                "minutes against {traffic_base} on the mean of four weeks, down {drop_pct}. Please "
                "ring {contact_phone} and ask why.",
            ),
        ),
        rule="T4-12",
        clause="004 9.3 C(3)",
    ),
)

TABLES = (
    Table(
        "anomalies",
        L("流量表", "traffic list"),
        columns=(
            "account_no",
            "cust_class",
            "line_kind",
            "employer",
            "contact_name",
            "contact_phone",
            "week",
            "traffic_now",
            "traffic_base",
        ),
        needed=("account_no", "cust_class", "employer", "week", "traffic_now", "traffic_base"),
        identity=("account_no", "week"),
        category="service",
        who="rep_1",
        begins="anomaly_detected",
        drops={"drop_pct": Drop("traffic_now", "traffic_base")},
        if_=FALLEN & when("traffic_base").at_least(1),
        sets={"sub_kind": "anomaly"},
        rule="W-25",
        clause="004 9.1 C(5), 9.3 C(3)",
    ),
)

# --- 9.4: new accounts ------------------------------------------------------------------

NEW = "004 9.4 C(3)-(5)"

ACCOUNT_TIMERS = (
    Timer(
        "activation",
        L("通知非安装用户开通", "tell: account active"),
        start="account_opened",
        stop="activation_told",
        within="timely",
        rule="T4-10",
        clause="004 9.4 C(3), 9.4.1 C(3)",
        level="timely",
        amber=AGES,
        who="rep_2",
        if_=when("install_needed").is_empty(),
    ),
    Timer(
        "first_month_visit",
        L("首月回访", "visit in the first month"),
        start="account_opened",
        stop="return_visited",
        within="1mo",
        rule="T4-09",
        clause="004 9.4 C(4), 9.4.1 C(4)",
        who="rep_2",
    ),
    Timer(
        "weekly_visit",
        L("首月每周回访", "weekly, first month"),
        start=(on("account_opened"), on("return_visited")),
        stop=(on("return_visited"), on("account_established")),
        within="week",
        rule="T4-09",
        clause="004 9.4 C(4)",
        level="soft",
        who="rep_2",
        each=True,
        house=True,
    ),
    Timer(
        "track_traffic",
        L("跟踪新户流量", "track the new traffic"),
        start=(on("account_opened"), on("traffic_tracked")),
        stop=(on("traffic_tracked"), on("account_established")),
        within="week",
        rule="T4-11",
        clause="004 9.4 C(5)",
        level="soft",
        who="rep_2",
        each=True,
        house=True,
    ),
)

ACCOUNT_ACTS = (
    Act(
        "account_opened",
        L("新成户开户", "account opened"),
        fields=(
            Date(
                key="opened_at",
                label=L("开户日期", "opened on"),
                help=L("首月从登记开户时起算", "The first month runs from when this is recorded"),
            ),
        ),
        fills=("opened_at",),
        state=L("已开户", "account opened"),
        if_=NEW_ACCOUNT,
        clause="004 9.4 C(3)",
    ),
    Act("activation_told", L("已通知开通", "told: active"), if_=NEW_ACCOUNT, clause="004 9.4 C(3)"),
    Act(
        "return_visited",
        L("电话回访", "return visit"),
        fields=(LongText(key="text", label=L("情况", "what was said"), required="intake"),),
        if_=NEW_ACCOUNT,
        clause="004 9.4 C(4)",
    ),
    Act(
        "traffic_tracked",
        L("查看新户流量", "traffic looked at"),
        fields=(Integer(key="minutes", label=L("流量（分钟）", "minutes"), required="intake"),),
        if_=NEW_ACCOUNT,
        clause="004 9.4 C(5)",
    ),
    Act(
        "account_established",
        L("新户转正常", "account established"),
        state=L("已转正常", "established"),
        if_=NEW_ACCOUNT,
        clause=NEW,
    ),
)

ACCOUNT_GATES = (
    Gate(
        "visited_before_established",
        L("首月至少回访一次", "at least one visit in the first month"),
        before="account_established",
        happened=("return_visited",),
        rule="T4-09",
        clause="004 9.4 C(4)",
    ),
)

ACCOUNT_MESSAGES = (
    Message(
        "activation",
        L("开通通知", "account active"),
        Wording(
            L("您的账户已开通", "Your account is active"),
            L(
                "尊敬的{employer}：您的{line_kind}账户（客户编号{account_no}）已开通，即日可用。"
                "使用方法：{how}。服务热线{hotline}。",
                "Dear customer, your {line_kind} account ({account_no}) is active and may be used "
                "from today. How to use it: {how}. Hotline {hotline}.",
            ),
            L(
                "{contact_name}您好：\n\n欢迎使用我们的服务。贵公司（{employer}）的{line_kind}账户已开通，"
                "客户编号{account_no}。\n使用方法：{how}\n\n首月我们会致电回访；如有疑问请致电{hotline}。\n"
                "客户服务部",
                "Dear {contact_name},\n\nwelcome. The {line_kind} account of {employer} is active; "
                "the account number is {account_no}.\nHow to use it: {how}\n\nWe call you during "
                "the first month; if there is any question please ring {hotline}.\n"
                "Customer Service",
            ),
        ),
        fields=(LongText(key="how", label=L("使用方法", "how to use it"), required="intake"),),
        via=("sms", "mail"),
        if_=NEW_ACCOUNT & when("install_needed").is_empty(),
        rule="T4-10",
        clause="004 9.4 C(3), 9.4.1 C(3)",
    ),
)

ACCOUNT_NOTICES = (
    Notice(
        "account_opened",
        L("新成户：受理代表二回访跟踪", "new account: rep 2 visits and tracks"),
        on="account_opened",
        to=("rep_2",),
        rule="T4-09",
        clause=NEW,
    ),
)

IPTEL = Line(
    "iptel",
    L("IP长话", "IP telephony"),
    categories=CATEGORIES,
    divisions=DIVISIONS,
    fields=FIELDS,
    timers=(
        *COMPLAINT_TIMERS,
        FIX_TIMER,
        *CHANGE_TIMERS,
        *ANOMALY_TIMERS,
        *ACCOUNT_TIMERS,
        *VISIT_TIMERS,
    ),
    notices=(
        *COMPLAINT_NOTICES,
        FIX_NOTICE,
        *CHANGE_NOTICES,
        *ANOMALY_NOTICES,
        *ACCOUNT_NOTICES,
        *VISIT_NOTICES,
    ),
    messages=(*CHANGE_MESSAGES, *ACCOUNT_MESSAGES),
    gates=(*COMPLAINT_GATES, *CHANGE_GATES, *ANOMALY_GATES, *ACCOUNT_GATES, *VISIT_GATES),
    forms=(*CHANGE_FORMS, *VISIT_FORMS),
    acts=(
        *COMPLAINT_ACTS,
        *CHECK_ACTS,
        *CHANGE_ACTS,
        *ANOMALY_ACTS,
        *ACCOUNT_ACTS,
        *VISIT_ACTS,
    ),
    duties=DUTIES,
    tables=TABLES,
    slots=SLOTS,
    posts={"supervisor": "acceptance_supervisor", "complaint_officer": "acceptance_supervisor"},
    script=Script(
        greeting=L(
            "您好，客户服务部，请问您的客户编号是多少？",
            "Hello, customer service. May I have your account number?",
        ),
        promise=L(
            "我们已受理，{who}会在{time}前给您答复。",
            "We have taken it on; {who} will come back to you by {time}.",
        ),
        farewell=L("感谢您的来电，再见。", "Thank you for calling. Goodbye."),
    ),
)

LINES = (IPTEL,)
