"""Who there is at the robotics integrator, where work can go, and what is written down of a
case. Part of `console.plugins.robot`; every rule carries its clause."""

from __future__ import annotations

from console.plugins import Category, Choice, Flag, L, Target, Text, when
from console.plugins.flows import COMPLAINT, SATISFACTION, SETTLERS

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
DEPARTMENTS = {one.key: one.label for one in DIVISIONS}
HEADS = {
    "sales": "sales_desk",
    "technical": "technical_manager",
    "delivery": "delivery_manager",
    "service": "service_head",
}
"""Whom a department hears through when something is its fault."""

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

INQUIRY = when("category").equals("quote")
FAULT = when("category").equals("technical")
RUNNING_PROJECT = when("stage").equals("in_sales")
EMERGENCY = when("emergency").is_set()

FIELDS = (
    Choice(
        key="stage",
        label=L("阶段", "stage"),
        choices=STAGES,
        required="intake",
        open=False,
        clause="003 Art.9-11",
    ),
    Choice(
        key="intention",
        label=L("购买意向", "intention"),
        choices=INTENTIONS,
        open=False,
        show_when=INQUIRY & when("intention").is_set(),
        help=L("由最近一次跟进带入", "As the last follow-up found it"),
        clause="003 Art.9(3)",
        rule="F3-02",
    ),
    Text(
        key="contract_no",
        label=L("合同编号", "contract no."),
        show_when=RUNNING_PROJECT,
        clause="003 Art.10(1)",
    ),
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
            "立即启动应急机制，通知并派人到场；类别时限照常运行",
            "Starts the emergency mechanism at once: notify and send somebody. The limit of the "
            "class runs on",
        ),
        severity=3,
        clause="003 Art.11(1)",
        rule="T3-08",
    ),
    Text(key="cell", label=L("工作站", "cell"), show_when=~INQUIRY, example="W2"),
    Text(key="robot_model", label=L("机器人型号", "robot model"), show_when=~INQUIRY),
    Text(
        key="controller_alarm",
        label=L("控制器报警号", "controller alarm"),
        show_when=~INQUIRY,
        example="7-201",
    ),
    Text(
        key="site_rules",
        label=L("客户现场规定", "site rules"),
        help=L("安全要求、入场手续", "Safety measures and how to be let in"),
        clause="003 Art.11(3)",
    ),
    SATISFACTION,
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
        settled_by=SETTLERS,
        clause="003 Art.13(3)",
    ),
    Category("quote", L("售前咨询", "pre-sales inquiry"), route="sales", clause="003 Art.9"),
)
