"""Who there is at the telephone company, where work can go, and what is written down of a case.
Part of `console.plugins.iptel`; every rule carries its clause."""

from __future__ import annotations

from console.plugins import (
    Category,
    Choice,
    Date,
    Division,
    Flag,
    Integer,
    L,
    LongText,
    MultiChoice,
    Number,
    Serial,
    Target,
    Text,
    when,
)
from console.plugins.flows import COMPLAINT, SATISFACTION, SETTLERS

# --- 9.1-9.8: the posts, and where work can go ------------------------------------------

SLOTS = {
    "company_head": L("公司总经理", "general manager"),
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
    "marketing_desk": L("市场部联系人", "marketing contact"),
    "sales_department": L("销售部联系人", "sales contact"),
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
OUTCOMES = {
    "explained": L("正常，已说明", "explained"),
    "problem": L("有问题，另建单", "problem: own case"),
}
CHANGES = {
    "add_line": L("增加线路", "add line"),
    "remove_line": L("减少线路", "remove line"),
    "add_password": L("增加密码", "add password"),
    "remove_password": L("减少密码", "remove password"),
    "permission": L("权限", "permission"),
    "basic_data": L("基本资料", "basic data"),
}

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
        help=L("大客户投诉由经理走访", "A key account that complains is visited by the manager"),
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
        help=L(
            "决定走哪个流程：变更、上门、新户、流量异常",
            "Decides the course: change, visit, new account, traffic anomaly",
        ),
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
    Choice(
        key="outcome",
        label=L("致电结论", "outcome of the call"),
        choices=OUTCOMES,
        open=False,
        show_when=when("outcome").is_set(),
        clause="004 9.3 C(3)",
        rule="W-25",
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
    LongText(
        key="demand",
        label=L("客户诉求", "demand"),
        show_when=COMPLAINT,
        clause="004 9.3 C(4)",
        rule="F4-01",
    ),
    Text(
        key="department",
        label=L("责任部门", "department"),
        show_when=when("department").is_set(),
        clause="004 9.2 C(2)",
    ),
    SATISFACTION,
)

FIELDS = (
    *CUSTOMER_FIELDS,
    *CHANGE_FIELDS,
    *LINE_FIELDS,
    *TRAFFIC_FIELDS,
    *ACCOUNT_FIELDS,
    *COMPLAINT_FIELDS,
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
        settled_by=SETTLERS,
        also_if=when("sub_kind").one_of("complaint", "forwarded_complaint"),
        clause="004 9.3 A(2), 9.4 A(2)",
    ),
    Category("quote", L("售前支持", "pre-sales"), route="business_units", clause="004 9.7 C(1)"),
)
