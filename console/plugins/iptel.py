"""IP and long-distance telephone company: consultations, changes, installations, small traffic.

Written after the customer-service regulation 004, whose chapters describe the posts: each
block below is what one post has to do, with its clause.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Category,
    Choice,
    Date,
    DateTime,
    Division,
    Drop,
    Flag,
    Form,
    Gate,
    Integer,
    L,
    Line,
    LongText,
    MultiChoice,
    Notice,
    Number,
    Script,
    Serial,
    Step,
    Table,
    Target,
    Text,
    Timer,
    all_of,
    on,
    when,
)
from console.plugins.iptel_duties import DUTIES

AGES = "4wh"
"""How long what has no number may wait before it warns (D-07)."""

# --- 9.1-9.8: the posts, and where work can go ------------------------------------------

SLOTS = {
    "service_manager": L("客户服务部经理", "service manager"),
    "acceptance_supervisor": L("受理服务组主管", "acceptance supervisor"),
    "rep_1": L("受理服务代表一", "acceptance rep 1"),
    "rep_2": L("受理服务代表二", "acceptance rep 2"),
    "stock_assistant": L("物控助理", "stock assistant"),
    "technical_assistant": L("技术助理", "technical assistant"),
    "support_supervisor": L("技术支持组主管", "support supervisor"),
    "after_sales_engineer": L("售后工程师", "after-sales engineer"),
    "systems_contact": L("系统部联系人", "systems contact"),
    "business_unit": L("事业部联系人", "business unit contact"),
    "finance_contact": L("财务联系人", "finance contact"),
    "spot_checker": L("抽查人（按成员）", "checker, per member"),
}

TO_SYSTEMS = "004 9.7 C(3)"

DIVISIONS = (
    Target("rep_1", L("受理代表一", "Rep 1"), assignee="rep_1", clause="004 9.3"),
    Target("rep_2", L("受理代表二", "Rep 2"), assignee="rep_2", clause="004 9.4"),
    Target("stock", L("物控", "Stock"), assignee="stock_assistant", clause="004 9.5"),
    Target(
        "scheduling", L("技术助理", "Scheduling"), assignee="technical_assistant", clause="004 9.6"
    ),
    Target(
        "after_sales",
        L("售后工程师", "After-sales"),
        assignee="after_sales_engineer",
        clause="004 9.8",
    ),
    Division(
        "systems",
        L("系统部", "Systems dept"),
        via="support_supervisor",
        door=("support_mgr",),
        assignee="systems_contact",
        clause=TO_SYSTEMS,
    ),
    Target("business_units", L("事业部", "Business units"), assignee="business_unit"),
    Target("finance", L("财务", "Finance"), assignee="finance_contact"),
)

# --- What is written down of a case -----------------------------------------------------

CLASSES = {
    "small": L("小客户", "small"),
    "medium": L("中客户", "medium"),
    "small_traffic": L("小流量", "small-traffic"),
    "key": L("大客户", "key account"),
    "new": L("新成户", "new account"),
}
SUB_KINDS = {
    "consultation": L("咨询", "consultation"),
    "complaint": L("投诉", "complaint"),
    "change": L("业务变更", "business change"),
    "install": L("安装", "install"),
    "repair": L("维修", "repair"),
    "maintain": L("维护", "maintain"),
    "new_account": L("新成户", "new account"),
    "anomaly": L("流量异常", "traffic anomaly"),
    "forwarded_complaint": L("转来投诉", "forwarded complaint"),
}
CHANGES = {
    "add_line": L("增加线路", "add line"),
    "remove_line": L("减少线路", "remove line"),
    "add_password": L("增加密码", "add password"),
    "remove_password": L("减少密码", "remove password"),
    "permission": L("权限", "permission"),
    "basic_data": L("基本资料", "basic data"),
}

COMPLAINT = when("category").equals("complaint")
CHANGE = when("sub_kind").equals("change")
ANOMALY = when("sub_kind").equals("anomaly")
NEW_ACCOUNT = when("sub_kind").equals("new_account")
FORWARDED = when("sub_kind").equals("forwarded_complaint")
AT_THE_CUSTOMER = when("sub_kind").one_of("install", "repair", "maintain")

CUSTOMER_FIELDS = (
    Serial(
        key="account_no",
        label=L("客户编号", "account no."),
        required="intake",
        example="HD-2041",
        clause="004 9.3 C(1)",
    ),
    Choice(
        key="cust_class",
        label=L("客户类别", "customer class"),
        choices=CLASSES,
        required="intake",
        open=False,
        clause="004 9.1 C(5)",
    ),
    Choice(
        key="line_kind",
        label=L("线路类别", "kind of line"),
        choices={"ip": L("IP电话", "IP"), "long_distance": L("长途", "long-distance")},
        required="intake",
        open=False,
        clause="004 9.2.1 M(2)",
    ),
    Choice(
        key="sub_kind",
        label=L("细类", "kind"),
        choices=SUB_KINDS,
        required="dispatch",
        open=False,
        clause="004 9.3 C(1)",
    ),
    Text(
        key="forwarded_by",
        label=L("转来部门", "forwarded by"),
        required="dispatch",
        required_if=FORWARDED,
        show_when=FORWARDED,
        clause="004 9.3 C(1), 9.4 C(2)",
    ),
)

CHANGE_FIELDS = (
    MultiChoice(
        key="change_kind",
        label=L("变更内容", "change"),
        choices=CHANGES,
        required="dispatch",
        required_if=CHANGE,
        open=False,
        show_when=CHANGE,
        clause="004 9.3 C(2)",
        rule="F4-02",
    ),
    Flag(
        key="urgent",
        label=L("加急变更", "urgent change"),
        show_when=CHANGE,
        help=L("会同主管办理，即时反馈", "With the supervisor, feedback at once"),
        clause="004 9.3 C(2)",
        rule="F4-02",
    ),
)

LINE_FIELDS = (
    Text(
        key="access_mode",
        label=L("接入方式", "access mode"),
        show_when=AT_THE_CUSTOMER,
        clause="004 9.6 M(7)",
        rule="F4-16",
    ),
    Text(
        key="device_model",
        label=L("设备型号", "equipment model"),
        show_when=AT_THE_CUSTOMER,
        clause="004 9.6 M(7)",
        rule="F4-16",
    ),
    Text(
        key="work_condition",
        label=L("工作状况", "working condition"),
        show_when=AT_THE_CUSTOMER,
        clause="004 9.6 M(7)",
        rule="F4-16",
    ),
    Serial(
        key="dialer_serial",
        label=L("拨号器编号", "dialer"),
        show_when=AT_THE_CUSTOMER,
        example="D-7731",
        clause="004 9.5 M(1)",
    ),
    Text(
        key="dialer_program",
        label=L("拨号器程序", "dialer program"),
        show_when=AT_THE_CUSTOMER,
        clause="004 9.5 M(1)",
    ),
)

TRAFFIC_FIELDS = (
    Text(key="week", label=L("统计周", "week"), show_when=ANOMALY, example="2026-W37"),
    Integer(
        key="traffic_now",
        label=L("本期流量（分钟）", "traffic, minutes"),
        show_when=ANOMALY,
        clause="004 9.1 C(5)",
    ),
    Integer(
        key="traffic_base",
        label=L("前四周平均（分钟）", "mean of four weeks"),
        show_when=ANOMALY,
        clause="004 9.1 C(5)",
    ),
    Number(
        key="drop_pct", label=L("下降", "drop"), unit="%", show_when=ANOMALY, clause="004 9.1 C(5)"
    ),
)

ACCOUNT_FIELDS = (
    Date(
        key="opened_at",
        label=L("开户日期", "account opened"),
        show_when=NEW_ACCOUNT,
        clause="004 9.4 C(3)",
        rule="F4-04",
    ),
    Flag(
        key="install_needed",
        label=L("需安装", "installation needed"),
        show_when=NEW_ACCOUNT,
        clause="004 9.4 C(3)",
        rule="F4-04",
    ),
)

COMPLAINT_FIELDS = (
    LongText(
        key="matter",
        label=L("投诉事项", "matter complained of"),
        required="dispatch",
        required_if=COMPLAINT,
        show_when=COMPLAINT,
        clause="004 9.3 C(4)",
        rule="F4-01",
    ),
    Text(
        key="accused",
        label=L("被投诉人", "person complained of"),
        show_when=COMPLAINT,
        clause="004 9.3 C(4)",
        rule="F4-01",
    ),
)

CATEGORIES = (
    Category(
        "service",
        L("受理服务", "customer service"),
        route="rep_1",
        clause="004 9.3 C(1)-(3)",
    ),
    Category("technical", L("技术服务", "technical"), route="after_sales", clause="004 9.8 C(1)"),
    Category(
        "complaint",
        L("投诉", "complaint"),
        route="rep_1",
        settled_by=("complaint_officer", "signer"),
        clause="004 9.3 A(2), 9.4 A(2)",
    ),
    Category("quote", L("售前支持", "pre-sales"), route="business_units", clause="004 9.7 C(1)"),
)

# --- 9.3 C(1) and C(4): complaints and what has to be in the CRM the same day -----------

CRM = "004 9.3 C(4)"

COMPLAINT_TIMERS = (
    Timer(
        "crm_entry",
        L("当日录入CRM", "CRM entry the same day"),
        start="submitted",
        stop="crm_entered",
        within="day",
        rule="T4-02",
        clause=CRM,
        who="rep_1",
        concern="record",
        if_=COMPLAINT | CHANGE,
    ),
    Timer(
        "forwarded",
        L("解决转来投诉", "solve what was forwarded"),
        start="submitted",
        stop=(on("solved"), on("complaint_answered")),
        within="timely",
        rule="T4-27",
        clause="004 9.3 C(1), 9.4 C(2)",
        level="timely",
        amber=AGES,
        if_=FORWARDED,
    ),
    Timer(
        "complaint_followup",
        L("投诉处理后回访", "follow up the complaint"),
        start="solved",
        stop="complaint_followed_up",
        within="3wd",
        rule="T4-24",
        clause="004 9.2 C(2)",
        who="acceptance_supervisor",
        concern="followup",
        if_=COMPLAINT,
        house=True,
    ),
    Timer(
        "manager_visit",
        L("经理走访大客户", "manager visits"),
        start=on("classified", category="complaint"),
        stop="manager_visited",
        within="timely",
        rule="W-07",
        clause="004 9.1 C(2)",
        level="timely",
        amber=AGES,
        who="service_manager",
        if_=when("cust_class").equals("key"),
    ),
)

COMPLAINT_ACTS = (
    Act(
        "crm_entered",
        L("已录入CRM并核对", "entered and checked"),
        fields=(Text(key="crm_no", label=L("CRM编号", "CRM no."), required="intake"),),
        clause=CRM,
    ),
    Act(
        "complaint_followed_up",
        L("投诉回访", "complaint followed up"),
        fields=(
            Flag(key="satisfied", label=L("客户满意", "satisfied"), required="intake"),
            LongText(key="text", label=L("意见", "opinion")),
        ),
        roles=("complaint_officer", "signer"),
        clause="004 9.2 C(2)",
    ),
    Act(
        "manager_visited",
        L("经理已走访", "manager visited"),
        roles=("signer",),
        clause="004 9.1 C(2)",
    ),
    Act(
        "spot_checked",
        L("服务质量抽查", "service spot check"),
        fields=(
            Text(key="member", label=L("成员", "member"), required="intake"),
            LongText(key="text", label=L("结果", "result"), required="intake"),
        ),
        roles=("quality",),
        not_by=("owner", "assignee"),
        clause="004 9.2 M(6)",
    ),
)

COMPLAINT_GATES = (
    Gate(
        "answered_before_closed",
        L("答复并回访后才能关闭投诉", "answered and followed up before closing"),
        before="closed",
        happened=("complaint_answered", "complaint_followed_up"),
        if_=COMPLAINT,
        rule="T4-24",
        clause="004 9.2 C(2)",
    ),
    Gate(
        "record_before_transfer",
        L("记录完整后才能转给工程师", "the record is complete before a live transfer"),
        before="transfer_offered",
        happened=("recorded",),
        remedy=L("请先补齐记录，工程师不再问客户。", "Complete it: nobody asks twice."),
        rule="W-06",
        clause="004 9.3 C(1)",
    ),
)

COMPLAINT_NOTICES = (
    Notice(
        "assigned",
        L("派单通知", "work assigned"),
        on="assigned",
        to=("assignee",),
        clause="004 9.3 C(1)",
    ),
    Notice(
        "complaint",
        L("投诉：受理服务组主管协调", "complaint: the acceptance supervisor coordinates"),
        on=on("classified", category="complaint"),
        to=("acceptance_supervisor",),
        clause="004 9.2 C(2)",
    ),
    Notice(
        "key_complaint",
        L("大客户投诉：经理走访", "complaint of a key account: the manager visits"),
        on=on("classified", category="complaint"),
        to=("service_manager",),
        if_=when("cust_class").equals("key"),
        clause="004 9.1 C(2)",
    ),
    Notice(
        "finding",
        L("回访不满意：告知经理", "not satisfied at the follow-up: tell the manager"),
        on=on("complaint_followed_up", satisfied=False),
        to=("service_manager", "owner"),
        clause="004 9.2 C(2)",
    ),
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

CHANGE_ACTS = (Act("change_told", L("已告知客户开通", "customer told"), clause=CHANGE_ORDER),)

CHANGE_NOTICES = (
    Notice(
        "urgent_change",
        L("加急变更：会同主管", "urgent change: with the supervisor"),
        on=on("flag_set", flag="urgent"),
        to=("acceptance_supervisor",),
        via=("console", "phone"),
        when="now",
        if_=CHANGE,
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
                choices={
                    "explained": L("正常，已说明", "explained"),
                    "problem": L("有问题，另建单", "problem: own case"),
                },
                required="intake",
                open=False,
            ),
            LongText(key="text", label=L("说明", "text")),
        ),
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

# --- 9.5, 9.6, 9.8: install, repair, maintain -------------------------------------------

ORDER = "004 9.8 C(1)"
TAKEN = on("form_completed", form="service_order")
CARD = "004 9.8.1 C(8)"
SCHEDULE = ("schedule",)

VISIT_TIMERS = (
    Timer(
        "feedback_card",
        L("24小时内交反馈卡", "feedback card in 24 h"),
        start=TAKEN,
        stop=(on("form_step_done", form="feedback_card", step="received"), on("card_excused")),
        within="24h",
        rule="T4-01",
        clause=CARD,
        each=True,
    ),
    Timer(
        "visit",
        L("按约上门", "arrive as agreed"),
        start="visit_appointed",
        stop=(on("arrived"), on("visit_appointed")),
        within="promise",
        rule="W-08",
        clause="004 9.6 M(5)",
        each=True,
    ),
    Timer(
        "daily_work",
        L("当日填写服务单", "work of the day on order"),
        start="arrived",
        stop="order_worked",
        within="day",
        rule="T4-22",
        clause=ORDER,
        each=True,
    ),
    Timer(
        "to_supervisor",
        L("疑难问题报主管", "stuck: the supervisor"),
        start="stuck",
        stop=on("role_reached", role="support_supervisor"),
        within="timely",
        rule="T4-23",
        clause="004 9.8 C(6)",
        level="timely",
        amber=AGES,
        each=True,
    ),
    Timer(
        "to_systems",
        L("主管转系统部", "supervisor: Systems dept"),
        start="supervisor_stuck",
        stop="systems_asked",
        within="timely",
        rule="T4-23",
        clause=TO_SYSTEMS,
        level="timely",
        amber=AGES,
        who="support_supervisor",
        each=True,
    ),
)

VISIT_ACTS = (
    Act(
        "visit_appointed",
        L("约定上门", "visit appointed"),
        fields=(DateTime(key="due", label=L("到达时间", "arrival"), required="intake"),),
        roles=(*SCHEDULE, "field", "support_mgr"),
        state=L("已预约", "appointed"),
        clause="004 9.6 M(5)",
    ),
    Act("arrived", L("到达现场", "arrived"), state=L("在现场", "on site"), clause=ORDER),
    Act(
        "dialer_replaced",
        L("更换拨号器", "dialer replaced"),
        fields=(
            Serial(key="old", label=L("旧编号", "old"), required="intake", example="D-7731"),
            Serial(key="new", label=L("新编号", "new"), required="intake", example="D-7820"),
        ),
        clause="004 9.5 M(1)-(3)",
    ),
    Act(
        "order_worked",
        L("填写服务单", "order written up"),
        fields=(LongText(key="text", label=L("工作内容", "work"), required="intake"),),
        clause=ORDER,
    ),
    Act(
        "card_excused",
        L("反馈卡迟交特殊原因", "card: special reason"),
        fields=(LongText(key="text", label=L("原因", "reason"), required="intake"),),
        clause=CARD,
    ),
    Act("stuck", L("疑难问题", "cannot solve it"), clause="004 9.8 C(6)"),
    Act("supervisor_stuck", L("主管未能解决", "supervisor cannot, too"), clause=TO_SYSTEMS),
    Act(
        "systems_asked",
        L("已转系统部", "Systems dept asked"),
        roles=("support_mgr",),
        clause=TO_SYSTEMS,
    ),
    Act(
        "line_data_updated",
        L("线路资料已更新", "line data updated"),
        roles=SCHEDULE,
        clause="004 9.6 M(7)",
    ),
    Act(
        "dialer_quality",
        L("拨号器质量反馈", "dialer quality"),
        fields=(LongText(key="text", label=L("情况", "what is wrong"), required="intake"),),
        clause="004 9.8 C(7), 9.7 M(4)",
    ),
)

VISIT_GATES = (
    Gate(
        "dialer_checked",
        L("拨号器编程并质检后才能更换", "programmed and checked by stock before it is fitted"),
        before="dialer_replaced",
        happened=(on("form_completed", form="stock_movement"),),
        rule="F4-15",
        clause="004 9.5 M(1)-(3)",
    ),
    Gate(
        "order_before_arrival",
        L("接服务单后才能上门", "the order is taken before going"),
        before="arrived",
        happened=(TAKEN,),
        rule="F4-08",
        clause=ORDER,
    ),
    Gate(
        "line_data_filled",
        L("线路资料三项齐全", "the three line data"),
        before="line_data_updated",
        filled=("access_mode", "device_model", "work_condition"),
        rule="F4-16",
        clause="004 9.6 M(7)",
    ),
    Gate(
        "card_before_closed",
        L("反馈卡交回后才能关闭", "the card is back before closing"),
        before="closed",
        happened=(on("form_step_done", form="feedback_card", step="received"),),
        if_=AT_THE_CUSTOMER,
        rule="F4-09",
        clause=CARD,
    ),
    Gate(
        "repair_card_before_closed",
        L("维修问题登记卡后才能关闭", "the repair card before closing"),
        before="closed",
        happened=(on("form_completed", form="repair_card"),),
        if_=when("sub_kind").equals("repair"),
        rule="F4-10",
        clause="004 9.8 C(3)",
    ),
)

VISIT_NOTICES = (
    Notice(
        "stuck",
        L("疑难问题：技术支持组主管", "stuck: the support supervisor"),
        on="stuck",
        to=("support_supervisor",),
        rule="T4-23",
        clause="004 9.8 C(6)",
    ),
    Notice(
        "supervisor_stuck",
        L("主管未能解决：系统部", "the supervisor is stuck: the Systems department"),
        on="supervisor_stuck",
        to=("systems_contact",),
        rule="T4-23",
        clause=TO_SYSTEMS,
    ),
    Notice(
        "dialer_quality",
        L("拨号器质量：主管和物控", "dialer quality: supervisor and stock"),
        on="dialer_quality",
        to=("support_supervisor", "stock_assistant"),
        rule="F4-19",
        clause="004 9.8 C(7)",
    ),
)

VISIT_FORMS = (
    Form(
        "install_order",
        L("安装单", "install order"),
        fields=(LongText(key="details", label=L("内容", "details"), required="intake"),),
        steps=(
            Step("audited", L("技术助理审核", "audited"), roles=SCHEDULE, clause="004 9.6 M(1)"),
            Step("in_crm", L("录入CRM和安排表", "in CRM and schedule"), roles=SCHEDULE),
        ),
        filled_by=("sales_contact", *SCHEDULE),
        rule="F4-06",
        clause="004 9.6 M(1)",
    ),
    Form(
        "install_schedule",
        L("安装安排", "install schedule"),
        fields=(
            Date(key="day", label=L("日期", "day"), required="intake"),
            Text(key="engineer", label=L("工程师", "engineer"), required="intake"),
            LongText(key="plan", label=L("与客户商定的方案", "plan agreed")),
        ),
        filled_by=SCHEDULE,
        rule="F4-07",
        clause="004 9.6 A(1); 004 9.6 M(1), (5)",
    ),
    Form(
        "service_order",
        L("技术服务单", "service order"),
        fields=(
            Choice(
                key="kind",
                label=L("类别", "kind"),
                choices={key: SUB_KINDS[key] for key in ("install", "repair", "maintain")},
                required="intake",
                open=False,
            ),
            LongText(key="details", label=L("内容", "details")),
        ),
        steps=(Step("taken", L("工程师接单", "taken by engineer"), roles=("field",), clause=CARD),),
        filled_by=SCHEDULE,
        rule="F4-08",
        clause=ORDER,
    ),
    Form(
        "feedback_card",
        L("服务质量反馈卡", "quality feedback card"),
        fields=(
            LongText(key="client_side", label=L("客户端情况", "client side"), required="intake"),
        ),
        steps=(
            Step("received", L("技术助理收到", "received"), roles=SCHEDULE, clause=CARD),
            Step("entered", L("录入、核对、保存", "entered, checked, kept"), roles=SCHEDULE),
        ),
        filled_by=("field",),
        rule="F4-09",
        clause="004 9.8 C(2)",
    ),
    Form(
        "repair_card",
        L("维修问题登记卡", "repair problem card"),
        fields=(
            LongText(key="problem", label=L("发现的问题", "problem found"), required="intake"),
        ),
        filled_by=("field",),
        rule="F4-10",
        clause="004 9.8 C(3)",
    ),
    Form(
        "stock_movement",
        L("物控出入库", "stock movement"),
        fields=(
            Choice(
                key="movement",
                label=L("出入", "in or out"),
                choices={"out": L("出库", "out"), "in": L("入库", "in")},
                required="intake",
                open=False,
            ),
            Serial(key="dialer", label=L("拨号器", "dialer"), required="intake"),
            Text(key="program", label=L("程序", "program"), required="intake"),
        ),
        steps=(
            Step("checked", L("质检合格", "quality checked"), roles=("stock",)),
            Step("booked", L("记入金蝶", "booked"), roles=("stock",)),
        ),
        filled_by=("stock",),
        rule="F4-15",
        clause="004 9.5 M(1)-(3), A(1)",
    ),
    Form(
        "consultation",
        L("咨询记录", "consultation record"),
        fields=(
            LongText(key="question", label=L("问题", "question"), required="intake"),
            LongText(key="answer", label=L("答复", "answer"), required="intake"),
        ),
        rule="F4-03",
        clause="004 9.3 C(1), 9.4 C(1)",
    ),
)

IPTEL = Line(
    "iptel",
    L("IP长话", "IP telephony"),
    categories=CATEGORIES,
    divisions=DIVISIONS,
    fields=(
        *CUSTOMER_FIELDS,
        *CHANGE_FIELDS,
        *LINE_FIELDS,
        *TRAFFIC_FIELDS,
        *ACCOUNT_FIELDS,
        *COMPLAINT_FIELDS,
    ),
    timers=(
        *COMPLAINT_TIMERS,
        *CHANGE_TIMERS,
        *ANOMALY_TIMERS,
        *ACCOUNT_TIMERS,
        *VISIT_TIMERS,
    ),
    notices=(*COMPLAINT_NOTICES, *CHANGE_NOTICES, *VISIT_NOTICES),
    gates=(*COMPLAINT_GATES, *CHANGE_GATES, *ANOMALY_GATES, *ACCOUNT_GATES, *VISIT_GATES),
    forms=(*CHANGE_FORMS, *VISIT_FORMS),
    acts=(*COMPLAINT_ACTS, *CHANGE_ACTS, *ANOMALY_ACTS, *ACCOUNT_ACTS, *VISIT_ACTS),
    duties=DUTIES,
    tables=TABLES,
    slots=SLOTS,
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
