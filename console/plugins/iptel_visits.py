"""9.5, 9.6 and 9.8: installing, repairing, maintaining at the customer's, and the dialers that
go there. Part of `console.plugins.iptel`; every rule carries its clause."""

from __future__ import annotations

from console.plugins import (
    Act,
    Choice,
    Date,
    DateTime,
    Form,
    Gate,
    L,
    LongText,
    Notice,
    Person,
    Serial,
    Step,
    Text,
    Timer,
    Wording,
    on,
    when,
)
from console.plugins.flows import AGES
from console.plugins.iptel_record import AT_THE_CUSTOMER, SUB_KINDS, TO_SYSTEMS

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
        "archive",
        L("登记技术档案", "into the archive"),
        start="solved",
        stop=on("form_completed", form="technical_archive"),
        within="timely",
        rule="F4-12",
        clause="004 9.7 M(3), 9.7.1 M(3)",
        level="timely",
        amber=AGES,
        who="support_supervisor",
        if_=AT_THE_CUSTOMER,
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
        fields=(
            DateTime(key="due", label=L("到达时间", "arrival"), required="intake"),
            Text(key="plan_no", label=L("安装方案编号", "no. of the plan agreed"), rule="F4-17"),
        ),
        roles=SCHEDULE,
        state=L("已预约", "appointed"),
        clause="004 9.6 A(1); 004 9.6 M(5)",
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
    Act("customer_trained", L("已培训客户使用", "customer trained"), clause="004 9.8.1"),
    Act("order_signed", L("客户在服务单签字", "order signed"), clause=ORDER),
    Act("left", L("离开现场", "left the site"), state=L("已离场", "left"), clause=ORDER),
    Act(
        "card_excused",
        L("反馈卡迟交特殊原因", "card: special reason"),
        fields=(LongText(key="text", label=L("原因", "reason"), required="intake"),),
        clause=CARD,
    ),
    Act(
        "stuck",
        L("疑难问题", "cannot solve it"),
        fields=(LongText(key="text", label=L("情况", "what was tried")),),
        clause="004 9.8 C(6)",
    ),
    Act(
        "supervisor_stuck",
        L("主管未能解决", "supervisor cannot, too"),
        fields=(LongText(key="text", label=L("情况", "what was tried")),),
        clause=TO_SYSTEMS,
    ),
    Act(
        "systems_asked",
        L("已转系统部", "Systems dept asked"),
        fields=(LongText(key="text", label=L("内容", "what is asked")),),
        roles=("support_mgr",),
        clause=TO_SYSTEMS,
    ),
    Act(
        "systems_answered",
        L("系统部已答复", "Systems dept answered"),
        fields=(LongText(key="text", label=L("答复", "answer"), required="intake"),),
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
        fields=(
            LongText(key="text", label=L("情况", "what is wrong"), required="intake"),
            Serial(key="dialer", label=L("拨号器编号", "dialer"), example="D-7731"),
        ),
        clause="004 9.8 C(7), 9.7 M(4)",
    ),
    # Invoices are finance's; here it is only ticked (F4-20).
    Act(
        "invoice_delivered",
        L("发票已送达", "invoice delivered"),
        roles=SCHEDULE,
        clause="004 9.6 M(4)",
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
        "scheduled_before_order",
        L("安装单审核并排期后下服务单", "audited and scheduled before the service order"),
        before=on("form_drafted", form="service_order"),
        happened=(
            on("form_completed", form="install_order"),
            on("form_completed", form="install_schedule"),
        ),
        if_=when("sub_kind").equals("install"),
        rule="F4-06",
        clause="004 9.6 M(1), (5)",
    ),
    Gate(
        "signed_before_leaving",
        L("服务单填写并由客户签字后离开", "written up and signed before leaving"),
        before="left",
        happened=("arrived", "order_worked", "order_signed"),
        rule="W-08",
        clause=ORDER,
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
        when="now",
        text=Wording(
            L("疑难问题：{employer} {account_no}", "Stuck: {employer}, {account_no}"),
            L(
                "工单{case}：{employer}（{account_no}，{line_kind}）{reason}，工程师{assignee}未能解决。"
                "接入方式{access_mode}，设备{device_model}，拨号器{dialer_serial}。请处理；仍不能解决的转"
                "系统部。",
                "Case {case}: {employer} ({account_no}, {line_kind}): {reason}. The engineer, "
                "{assignee}, cannot solve it. Access {access_mode}, equipment {device_model}, "
                "dialer {dialer_serial}. Please take it on; what you cannot solve either goes to "
                "the Systems department.",
            ),
        ),
        rule="T4-23",
        clause="004 9.8 C(6)",
    ),
    Notice(
        "supervisor_stuck",
        L("主管未能解决：系统部", "the supervisor is stuck: the Systems department"),
        on="supervisor_stuck",
        to=("systems_contact",),
        via=("console", "mail"),
        when="now",
        text=Wording(
            L("疑难问题转系统部：{account_no}", "Unsolved, to Systems: {account_no}"),
            L(
                "工单{case}：{employer}（{account_no}）{reason}，技术支持组未能解决，请系统部处理。",
                "Case {case}: {employer} ({account_no}): {reason}. Technical support could not "
                "solve it; the Systems department is asked to.",
            ),
            L(
                "客户：{employer}（{account_no}，{cust_class}，{line_kind}）\n现象：{reason}\n"
                "客户要求：{need}\n接入方式：{access_mode}\n设备型号：{device_model}\n"
                "工作状况：{work_condition}\n拨号器：{dialer_serial}（程序{dialer_program}）\n"
                "工程师：{assignee}\n主管：{support_supervisor}\n工单：{case}\n\n"
                "技术支持组未能解决，请系统部处理并答复主管。",
                "Customer: {employer} ({account_no}, {cust_class}, {line_kind})\n"
                "What happens: {reason}\nThe customer needs: {need}\nAccess mode: {access_mode}\n"
                "Equipment: {device_model}\nWorking condition: {work_condition}\n"
                "Dialer: {dialer_serial} (program {dialer_program})\nEngineer: {assignee}\n"
                "Supervisor: {support_supervisor}\nCase: {case}\n\n"
                "Technical support could not solve it. Please do, and answer the supervisor.",
            ),
        ),
        rule="T4-23",
        clause=TO_SYSTEMS,
    ),
    Notice(
        "dialer_quality",
        L("拨号器质量：主管和物控", "dialer quality: supervisor and stock"),
        on="dialer_quality",
        to=("support_supervisor", "stock_assistant"),
        text=Wording(
            L("拨号器质量反馈", "Dialer quality"),
            L(
                "工单{case}：{employer}（{account_no}）拨号器{dialer_serial}有质量问题，情况见工单。"
                "物控请检查同批，主管请汇总。",
                "Case {case}: dialer {dialer_serial} at {employer} ({account_no}) is faulty; the "
                "case says how. Stock checks the others of its kind, the supervisor sums up.",
            ),
        ),
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
            Person(key="engineer", label=L("工程师", "engineer"), required="intake"),
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
            Text(
                key="program",
                label=L("程序", "program"),
                required="intake",
                help=L("按客户需要编程", "Programmed as the customer needs it"),
            ),
            Person(key="engineer", label=L("分配给工程师", "allocated to")),
            Text(key="kingdee_no", label=L("金蝶单号", "Kingdee no.")),
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
        "technical_archive",
        L("技术档案", "technical archive"),
        fields=(
            LongText(key="cause", label=L("故障或安装问题原因", "cause"), required="intake"),
            LongText(key="remedy", label=L("处理方法", "remedy"), required="intake"),
        ),
        filled_by=("support_mgr",),
        per_cycle=True,
        rule="F4-12",
        clause="004 9.7 M(3), 9.7.1 M(3)",
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
