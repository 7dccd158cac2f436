"""III.3.2: the visit, from the appointment to the telephone call with the salesperson. Part
of `console.plugins.power`.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    DateTime,
    Flag,
    Gate,
    L,
    LongText,
    Notice,
    Text,
    Timer,
    Wording,
    on,
    when,
)
from console.plugins.flows import AGES

APPOINTMENT = "000 III.1.5.2; III.3.2.1.1"
PREPARING = "000 III.3.2.1.2-3"
LEAVING = "000 III.3.2.4.1-2"
SALES_PHONED = (
    on("salesperson_phoned"),
    on("role_reached", role="salesperson", channel="phone"),
)
SALES_MANAGER_TOLD = (
    on("sales_manager_told"),
    on("role_reached", role="regional_sales_manager"),
)
SMS_SENT = (on("visit_confirmed"), on("message_written", message="visit_confirmation"))

VISIT_ACTS = (
    Act(
        "visit_appointed",
        L("预约上门", "visit appointed"),
        fields=(
            DateTime(
                key="due",
                label=L("到达时间", "arrival"),
                required="intake",
                help=L("准点到达，不早不晚", "Neither early nor late"),
                example="14:00",
            ),
            Text(key="prepare", label=L("请客户准备", "to be prepared")),
        ),
        state=L("已预约", "appointed"),
        clause=APPOINTMENT,
    ),
    Act(
        "visit_delayed",
        L("到达前告知推迟", "delay told beforehand"),
        fields=(
            DateTime(key="due", label=L("新的到达时间", "new arrival"), required="intake"),
            Text(key="reason", label=L("原因", "reason"), required="intake"),
            Flag(key="apology", label=L("已致歉", "apologised"), required="intake"),
        ),
        state=L("已改约", "appointed anew"),
        clause=APPOINTMENT,
    ),
    Act(
        "visit_prepared",
        L("上门准备完成", "visit prepared"),
        fields=(
            Flag(key="customer_asked", label=L("已请客户准备", "customer asked")),
            Flag(key="papers", label=L("资料齐备", "papers ready")),
            Flag(key="tools", label=L("工具齐备", "tools ready")),
            Flag(key="parts", label=L("备件齐备", "parts ready")),
        ),
        clause=PREPARING,
    ),
    Act(
        "visit_confirmed",
        L("已自发确认短信", "own SMS sent"),
        clause="000 III.3.2.1.4",
    ),
    Act(
        "arrived",
        L("到达现场", "arrived"),
        fields=(Flag(key="badge", label=L("已出示工牌", "badge shown")),),
        state=L("在现场", "on site"),
        sets={"visited": True},
        clause="000 III.3.2.2.1",
    ),
    Act(
        "progress_reported",
        L("向上级汇报进展", "progress reported"),
        fields=(LongText(key="text", label=L("进展", "progress")),),
        clause="000 III.3.2.2.2",
    ),
    Act(
        "stuck_on_site",
        L("现场无法分析", "stuck on site"),
        fields=(LongText(key="text", label=L("现象", "symptom")),),
        clause="000 III.3.2.2.3",
    ),
    Act(
        "remote_help_asked",
        L("已联系技术支持", "support asked"),
        clause="000 III.3.2.2.3",
    ),
    Act(
        "result_explained",
        L("已说明原因经过结果", "result explained"),
        fields=(
            LongText(key="text", label=L("原因、经过、结果", "cause, process, result")),
            LongText(key="further_needs", label=L("客户其他需求", "further needs")),
        ),
        clause="000 III.1.2.12.5",
    ),
    Act(
        "customer_trained",
        L("已培训客户", "customer trained"),
        fields=(Text(key="number", label=L("签到表编号", "attendance sheet no.")),),
        clause="000 III.3.2.3.1; III.3.2.3.5",
    ),
    Act(
        "report_signed",
        L("合同实施报告签字", "contract report signed"),
        fields=(
            Flag(key="stamped", label=L("已盖章", "stamped"), required="intake"),
            Text(key="number", label=L("报告编号", "report no.")),
            LongText(key="work", label=L("服务内容", "work done")),
            LongText(key="suggestions", label=L("客户建议", "customer's suggestions")),
        ),
        clause="000 III.3.2.4.3",
    ),
    Act(
        "leave_agreed",
        L("客户同意离开", "customer agreed to leave"),
        clause="000 III.3.2.4.1",
    ),
    Act(
        "sales_manager_told",
        L("已告知区域销售经理", "sales manager told"),
        fields=(LongText(key="text", label=L("结果和客户意见", "result and opinion")),),
        clause="000 III.3.2.4.2",
    ),
    Act("left", L("离开现场", "left the site"), state=L("已离场", "left"), clause="000 III.3.2.4"),
    Act(
        "salesperson_phoned",
        L("已电话告知业务员", "salesperson phoned"),
        fields=(LongText(key="text", label=L("原因、结果、注意事项", "what was said")),),
        clause="000 III.3.4.5",
    ),
)

VISIT_TIMERS = (
    Timer(
        "arrive",
        L("按约到达", "arrive as agreed"),
        start=(on("visit_appointed"), on("visit_delayed")),
        stop=(on("arrived"), on("visit_appointed"), on("visit_delayed")),
        within="promise",
        rule="T0-17",
        clause=APPOINTMENT,
        each=True,
    ),
    Timer(
        "report_progress",
        L("向上级汇报进展", "report progress"),
        start="arrived",
        stop=(on("progress_reported"), on("left")),
        within="timely",
        rule="T0-20",
        clause="000 III.3.2.2.2",
        level="timely",
        amber=AGES,
        each=True,
    ),
    Timer(
        "ask_support",
        L("联系技术支持远程协助", "ask for remote help"),
        start="stuck_on_site",
        stop="remote_help_asked",
        within="timely",
        rule="T0-21",
        clause="000 III.3.2.2.3",
        level="timely",
        amber=AGES,
        each=True,
    ),
    Timer(
        "phone_salesperson",
        L("电话告知业务员", "phone the salesperson"),
        start="left",
        stop=SALES_PHONED,
        within="now",
        rule="T0-29",
        clause="000 III.3.4.5",
        level="now",
        each=True,
    ),
    Timer(
        "explain_result",
        L("说明原因经过结果", "explain the result"),
        start="arrived",
        stop="result_explained",
        within="timely",
        rule="T0-30",
        clause="000 III.1.2.12.5",
        level="timely",
        amber=AGES,
        each=True,
    ),
)

VISIT_GATES = (
    Gate(
        "prepared_before_confirmed",
        L("准备完成后发确认短信", "prepared before the confirmation SMS"),
        before="visit_confirmed",
        happened=("visit_prepared",),
        remedy=L(
            "请先备齐资料、工具、备件并请客户准备（act=visit_prepared）。",
            "Have papers, tools and parts ready, and the customer asked (act=visit_prepared).",
        ),
        rule="T0-19",
        clause="000 III.3.2.1.2-4",
    ),
    Gate(
        "prepared_before_written",
        L("准备完成后发确认短信", "prepared before the confirmation SMS"),
        before=on("message_written", message="visit_confirmation"),
        happened=("visit_prepared",),
        remedy=L(
            "请先备齐资料、工具、备件并请客户准备（act=visit_prepared）。",
            "Have papers, tools and parts ready, and the customer asked (act=visit_prepared).",
        ),
        rule="T0-19",
        clause="000 III.3.2.1.2-4",
    ),
    Gate(
        "confirmed_before_arrival",
        L("到达前发确认短信", "confirmation SMS before arriving"),
        before="arrived",
        happened=(SMS_SENT,),
        remedy=L(
            "请先发上门确认短信（模板 visit_confirmation）。",
            "Send the confirmation first (message visit_confirmation).",
        ),
        rule="T0-18",
        clause="000 III.3.2.1.4",
    ),
    Gate(
        "sorry_for_the_delay",
        L("推迟须向客户致歉", "a delay is told with an apology"),
        before=on("visit_delayed", **{"apology!": True}),
        happened=(on("visit_delayed", apology=True),),
        remedy=L("请致歉并注明（apology=yes）。", "Apologise and say so: apology=yes."),
        rule="T0-17",
        clause=APPOINTMENT,
    ),
    Gate(
        "leave",
        L(
            "离开前：客户同意、告知销售经理、报告签字",
            "before leaving: consent, sales manager, report signed",
        ),
        before="left",
        happened=("leave_agreed", SALES_MANAGER_TOLD, "report_signed"),
        remedy=L("请逐项完成后再离开。", "Do each of them before you leave."),
        rule="T0-28",
        clause=LEAVING,
    ),
    Gate(
        "stamped",
        L("合同实施报告盖章", "contract report stamped"),
        before="left",
        happened=(on("report_signed", stamped=True),),
        unless=when("stamp_exception").is_set(),
        remedy=L(
            "请客户盖章；确实不能的，向区域经理说明并填写原因。",
            "Have it stamped; if that is impossible, tell the regional manager and fill in why.",
        ),
        rule="T0-31",
        clause="000 III.3.2.4.3",
    ),
    Gate(
        "salesperson_before_closed",
        L("上门工单关闭前填片区业务员", "salesperson of the area before a visit is closed"),
        before="closed",
        filled=("sales_contact",),
        if_=when("visited").is_set(),
        remedy=L("请填写片区业务员。", "Fill in the salesperson of the area."),
        rule="T0-29",
        clause="000 III.3.4.5",
    ),
)

VISIT_NOTICES = (
    Notice(
        "visit_finished",
        L("准备离场：电话区域销售经理", "about to leave: phone the regional sales manager"),
        on="leave_agreed",
        to=("regional_sales_manager",),
        via=("phone",),
        when="now",
        once=True,
        text=Wording(
            L("现场服务完成：{customer}", "Service on site done: {customer}"),
            L(
                "工单{case}：{customer}现场服务完成，客户同意离开。请听取结果和客户意见。",
                "Case {case}: the service at {customer} is done and the customer lets us go. The"
                " result, and what the customer says about it.",
            ),
        ),
        rule="T0-28",
        clause=LEAVING,
    ),
    Notice(
        "salesperson",
        L("离场后：电话业务员", "after the visit: phone the salesperson"),
        on="left",
        to=("salesperson",),
        via=("phone",),
        when="now",
        text=Wording(
            L("服务完成：{customer}", "Service done: {customer}"),
            L(
                "工单{case}：{customer}（{city}）服务完成：{product}，{product_state}。"
                "告知原因、结果和注意事项。",
                "Case {case}: service at {customer} ({city}) done: {product}, {product_state}."
                " Cause, result, and what to take care of.",
            ),
        ),
        rule="T0-29",
        clause="000 III.3.4.5",
    ),
    Notice(
        "not_stamped",
        L("报告未盖章：已向区域经理说明", "report not stamped: the regional manager knows why"),
        on="left",
        to=("regional_manager",),
        if_=when("stamp_exception").is_set(),
        text=Wording(
            L("报告未盖章：{customer}", "Report not stamped: {customer}"),
            L(
                "工单{case}：{assignee}的合同实施报告未盖章，原因：{stamp_exception}。",
                "Case {case}: the contract report of {assignee} is not stamped: {stamp_exception}",
            ),
        ),
        rule="T0-31",
        clause="000 III.3.2.4.3",
    ),
)
