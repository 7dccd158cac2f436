"""III.3.1.5 and III.5.1: electronic work orders, from the first line to the month's bound pack,
and the minutes of meetings with customers. Part of `console.plugins.power`.

One order for one job and one type of product; the same rules hold on paper. What follows
after a case is closed (verified, packed, bound) is recorded of the closed case.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Choice,
    Date,
    Gate,
    L,
    LongText,
    Notice,
    Text,
    Timer,
    on,
    when,
)
from console.plugins.flows import AGES

ORDERS = "000 III.5.1"
ARCHIVE = "000 III.3.1.5; 000 II.3(13)3"

PRODUCTS = {
    "meter": L("电能表", "meter"),
    "automation": L("自动化产品", "automation product"),
    "special_terminal": L("专变终端", "transformer terminal"),
    "pile": L("充电桩", "charging pile"),
    "storage_system": L("储能系统", "storage system"),
    "distribution_device": L("配电设备", "distribution device"),
}

ORDER_NUMBER = Text(
    key="number",
    label=L("工单编号", "order no."),
    help=L("一事一单；产品类型不同分单", "One job, one type of product, one order"),
)

ORDER_ACTS = (
    Act(
        "order_opened",
        L("建立电子工单", "order opened"),
        fields=(
            ORDER_NUMBER,
            Choice(key="product_type", label=L("产品类型", "type of product"), choices=PRODUCTS),
            Text(key="job", label=L("服务事项", "job")),
            Date(key="first_day", label=L("起始日期", "from")),
            Date(key="last_day", label=L("截止日期", "to")),
            Text(key="paper_no", label=L("纸质单号", "paper order no.")),
        ),
        clause="000 III.3.1.5; III.5.1.3",
    ),
    Act(
        "order_entry",
        L("工单当日记录", "entry of the day"),
        fields=(
            ORDER_NUMBER,
            LongText(key="text", label=L("处理过程", "what was done"), required="intake"),
        ),
        clause="000 III.5.1.1",
    ),
    Act(
        "order_completed",
        L("电子工单完成", "order complete"),
        fields=(
            ORDER_NUMBER,
            LongText(key="result", label=L("处理结果", "result")),
            Text(key="signer", label=L("客户签字人", "signed by")),
        ),
        clause="000 III.3.2.4.4",
    ),
    Act(
        "order_verified",
        L("坐席核实工单", "order verified"),
        fields=(
            ORDER_NUMBER,
            Choice(
                key="result",
                label=L("结果", "result"),
                choices={"ok": L("无误", "in order"), "returned": L("退回补正", "sent back")},
                required="intake",
                open=False,
            ),
            LongText(key="text", label=L("问题", "what is wrong")),
        ),
        roles=("quality",),
        not_by=("assignee",),
        after_close=True,
        clause=ARCHIVE,
    ),
    Act(
        "order_packed",
        L("工单编入月度档案", "order in the pack"),
        fields=(
            ORDER_NUMBER,
            Text(key="pack_no", label=L("档案编号", "pack no."), required="intake"),
        ),
        roles=("support", "support_mgr"),
        after_close=True,
        clause=ARCHIVE,
    ),
    Act(
        "order_bound",
        L("工单打印装订归档", "order printed and bound"),
        fields=(ORDER_NUMBER,),
        roles=("support", "support_mgr"),
        after_close=True,
        clause=ARCHIVE,
    ),
)

ORDER_TIMERS = (
    Timer(
        "electronic_order",
        L("建立电子工单", "write the order"),
        start="customer_contacted",
        stop=(on("order_opened"), on("order_completed")),
        within="timely",
        rule="T0-11",
        clause="000 III.3.1.5",
        level="timely",
        amber=AGES,
        who="tracker",
        if_=when("category").one_of("technical", "complaint"),
    ),
    Timer(
        "order_same_day",
        L("当日完成电子工单", "order the same day"),
        start="left",
        stop="order_completed",
        within="day",
        rule="T0-32",
        clause="000 III.3.2.4.4",
        each=True,
    ),
    Timer(
        "weekly_order",
        L("服务超一周：每周一单", "over a week: weekly"),
        start=(on("arrived"), on("order_completed")),
        stop=(on("order_completed"), on("left")),
        within="week",
        rule="T0-34",
        clause="000 III.5.1.3",
        each=True,
        if_=when("state").equals("arrived"),
    ),
    Timer(
        "mend_order",
        L("补正退回的工单", "mend the order"),
        start=on("order_verified", result="returned"),
        stop="order_completed",
        within="timely",
        rule="W-23",
        clause=ARCHIVE,
        level="timely",
        amber=AGES,
        each=True,
    ),
)

ORDER_GATES = (
    Gate(
        "complete_before_verified",
        L("工单完成后核实", "complete before it is verified"),
        before="order_verified",
        happened=("order_completed",),
        remedy=L("请先完成电子工单。", "Have the order completed first."),
        rule="W-23",
        clause=ARCHIVE,
    ),
    Gate(
        "verified_before_packed",
        L("坐席核实后编入档案", "verified before it is packed"),
        before="order_packed",
        happened=(on("order_verified", result="ok"),),
        remedy=L("请坐席工程师先核实。", "Have the seat engineer verify it first."),
        rule="W-23",
        clause=ARCHIVE,
    ),
    Gate(
        "packed_before_bound",
        L("编入档案后装订", "packed before it is bound"),
        before="order_bound",
        happened=("order_packed",),
        remedy=L("请先编入月度档案。", "Put it into the month's pack first."),
        rule="W-23",
        clause=ARCHIVE,
    ),
)

ORDER_NOTICES = (
    Notice(
        "order_returned",
        L("电子工单退回补正", "electronic order sent back"),
        on=on("order_verified", result="returned"),
        to=("assignee",),
        rule="W-23",
        clause=ARCHIVE,
    ),
)

# --- III.3.4.3: minutes of technical meetings with the customer --------------------------------

MEETING_ACTS = (
    Act(
        "meeting_held",
        L("客户技术会议", "technical meeting held"),
        fields=(
            Text(key="subject", label=L("议题", "subject"), required="intake"),
            Text(key="participants", label=L("参会人员", "participants")),
            LongText(key="decisions", label=L("议定事项", "decisions")),
        ),
        clause="000 III.3.4.3",
    ),
    Act(
        "minutes_mailed",
        L("会议纪要已发出", "minutes mailed"),
        fields=(Text(key="number", label=L("纪要编号", "number of minutes"), required="intake"),),
        clause="000 III.3.4.3",
    ),
)

MEETING_TIMERS = (
    Timer(
        "minutes",
        L("发会议纪要", "mail the minutes"),
        start="meeting_held",
        stop="minutes_mailed",
        within="timely",
        rule="T0-44",
        clause="000 III.3.4.3",
        level="timely",
        amber=AGES,
        each=True,
    ),
)

MEETING_NOTICES = (
    Notice(
        "minutes",
        L("会议纪要：区域销售经理和上级", "minutes: the sales manager and the superior"),
        on="minutes_mailed",
        to=("regional_sales_manager", "provincial_supervisor"),
        via=("mail",),
        rule="T0-44",
        clause="000 III.3.4.3",
    ),
)
