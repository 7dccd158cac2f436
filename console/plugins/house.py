"""Rules every product line inherits: what the house decided where no regulation speaks.

Values here are house values and are shown as such. A line overrides one by declaring a
field or a timer with the same key.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    DateTime,
    Gate,
    L,
    Line,
    LongText,
    Message,
    Notice,
    Phone,
    Script,
    Text,
    Timer,
    Wording,
    on,
    when,
)
from console.plugins.flows import CHECK_RESULT, COMPLAINT

RECORD = "000 III.3.1.3"

INTAKE = (
    Text(
        key="contact_name",
        label=L("联系人", "contact"),
        required="intake",
        clause=RECORD,
    ),
    Text(
        key="honorific",
        label=L("称呼", "form of address"),
        example="彭工",
        help=L("姓加职务", "Surname and title"),
        clause="000 III.1.4.7",
    ),
    Text(key="employer", label=L("单位", "employer"), required="intake", clause=RECORD),
    Phone(
        key="contact_phone",
        label=L("联系电话", "contact phone"),
        required="intake",
        clause=RECORD,
    ),
    Text(
        key="contact_mail",
        label=L("邮箱", "mail"),
        example="peng@example.com",
        help=L("给客户发邮件用", "Where the customer is written to by mail"),
        clause=RECORD,
    ),
    Text(key="contact_addr", label=L("地址", "address"), clause="002 P3C1 hotline"),
    Text(
        key="reason", label=L("来电原因", "reason for the call"), required="intake", clause=RECORD
    ),
    Text(key="product", label=L("产品", "product"), required="intake", clause=RECORD),
    Text(key="need", label=L("需求", "need"), required="intake", clause=RECORD),
)

TIMERS = (
    Timer(
        "promise",
        L("兑现承诺", "keep the promise"),
        start=(on("promised"), on("promise_renewed")),
        stop="customer_contacted",
        within="promise",
        rule="W-05",
        clause="002 P3C1 hotline; 002 P1C1 #5",
        who="owner",
        concern="promise",
        each=True,
        cap="60m",
    ),
    Timer(
        "return_missed",
        L("回电", "call back"),
        start="callback_owed",
        stop="callback_made",
        within="60m",
        rule="T0-03",
        clause="000 III.3.1.1",
        who="seat",
        concern="return_missed",
        house=True,
    ),
    Timer(
        "apologise",
        L("回电说明并致歉", "call back and apologise"),
        start="callback_owed",
        stop=on("callback_made", apology=True),
        within="30m",
        rule="T0-04",
        clause="000 III.1.5.6",
        level="soft",
        who="seat",
        concern="return_missed",
        house=True,
    ),
    Timer(
        "seat_empty",
        L("席位无人", "seat left"),
        start="seat_left",
        stop="seat_manned",
        within="60m",
        reaching=True,
        rule="T0-08",
        clause="000 III.1.2.2; III.1.2.7",
        who="seat",
        concern="record",
        house=True,
    ),
    Timer(
        "save_contact",
        L("保存来电号码", "save the caller's number"),
        start="call_ended",
        stop="contact_saved",
        if_=when("known").is_empty(),
        within="now",
        rule="T0-15",
        clause="000 III.1.5.7",
        level="now",
        who="owner",
        concern="record",
        house=True,
    ),
    Timer(
        "accept_transfer",
        L("确认接手", "accept the transfer"),
        start="transfer_offered",
        stop=(
            on("transfer_accepted"),
            on("transfer_refused"),
            on("transfer_returned"),
            on("assigned"),
        ),
        within="2m",
        rule="W-06",
        clause="002 P3C1; 002 P1C1 #4",
        level="soft",
        who="receiver",
        each=True,
        on_breach="transfer_returned",
        house=True,
    ),
)

GATES = (
    Gate(
        "confirmed_before_closed",
        L("客户确认后才能关闭", "confirmed by the customer before closing"),
        before="closed",
        happened=("confirmed",),
        remedy=L(
            "请先请客户确认问题已解决，并记录确认人和方式。",
            "Ask the customer whether it is solved, and record who confirmed it and how.",
        ),
        rule="D-23",
        clause="001 P2 2.5",
    ),
)

# Who hears of a limit, by its level: before it is broken whoever it is due to, then those
# above. They are for whom no line tells otherwise of the same; what a line says replaces the
# notice of the same key here.

ESCALATION = (
    Notice(
        "due_soon",
        L("即将逾期：提醒责任人", "due soon: whoever it is due to"),
        on=on("timer_warned", level="hard"),
        to=("obliged",),
        unless_told=True,
        rule="D-21",
        clause="rulebook 2",
    ),
    Notice(
        "soft_breached",
        L("超过软性时限：告知处理人和首问责任人", "soft limit broken: assignee and owner"),
        on=on("timer_breached", level="soft"),
        to=("assignee", "owner"),
        unless_told=True,
        rule="D-15",
        clause="rulebook 2",
    ),
    Notice(
        "breached",
        L(
            "逾期：告知处理人、首问责任人、值班长和主管",
            "limit broken: assignee, owner, shift lead and supervisor",
        ),
        on=on("timer_breached", level="hard"),
        to=("assignee", "owner", "shift_lead", "supervisor"),
        besides=("mail",),
        unless_told=True,
        rule="D-15",
        clause="rulebook 2",
    ),
    Notice(
        "complaint_breached",
        L("投诉逾期：告知投诉专员", "limit of a complaint broken: its officer"),
        on=on("timer_breached", level=("hard", "soft")),
        to=("complaint_officer",),
        if_=COMPLAINT,
        besides=("mail",),
        unless_told=True,
        rule="W-07",
        clause="rulebook 4",
    ),
)

NOTICES = (
    Notice(
        "offered",
        L("转交：请接手人确认", "offered: the receiver answers"),
        on="transfer_offered",
        to=("receiver",),
        when="now",
        clause="002 P3C1",
    ),
    Notice(
        "owner_offered",
        L("移交首问：请拟任首问责任人确认", "ownership offered: the successor answers"),
        on="owner_offered",
        to=("successor",),
        when="now",
        clause="002 P3C1",
    ),
    Notice(
        "refused",
        L("拒绝接手：告知首问责任人", "refused: tell the owner"),
        on="transfer_refused",
        to=("owner",),
        when="now",
        clause="002 P3C1",
    ),
    Notice(
        "returned",
        L("无人接手：退回首问责任人", "not taken: back to the owner"),
        on="transfer_returned",
        to=("owner",),
        when="now",
        clause="002 P3C1",
    ),
    *ESCALATION,
)

# What a customer is written. The words are the house's; a line may have its own of a key.

MESSAGES = (
    Message(
        "promise_confirmation",
        L("承诺确认", "promise confirmed"),
        Wording(
            L("我们将在{promised_for}前联系您", "We will call you by {promised_for}"),
            L(
                "{contact_name}{honorific}您好，您反映的问题已受理，工单号{case}。{assignee}将在"
                "{promised_for}前联系您；如有变化，我们会提前致电。客服热线{hotline}。",
                "Hello {contact_name}, we have taken down your request as case {case}."
                " {assignee} will call you by {promised_for}; should that change, we call you"
                " beforehand. Hotline {hotline}.",
            ),
        ),
        fields=(
            DateTime(
                key="promised_for",
                label=L("承诺时间", "promised for"),
                required="intake",
                example="09:45",
                help=L("与口头承诺一致", "The time the customer was told"),
            ),
        ),
        via=("sms", "mail"),
        rule="W-05",
        clause="002 P3C1 hotline",
    ),
    Message(
        "visit_confirmation",
        L("上门确认", "visit confirmed"),
        Wording(
            L("上门服务确认：{arrival}", "Our visit: {arrival}"),
            L(
                "{contact_name}{honorific}您好，{assignee}将于{arrival}到达现场（工单{case}）。"
                "请您提前准备：{prepare}。我们将尽快为您处理，如有变化请致电{hotline}。",
                "Hello {contact_name}, {assignee} will be with you at {arrival} (case {case})."
                " Please have ready: {prepare}. We will be quick; should anything change, call"
                " {hotline}.",
            ),
        ),
        fields=(
            DateTime(
                key="arrival", label=L("到达时间", "arrival"), required="intake", example="14:00"
            ),
            Text(
                key="prepare",
                label=L("请客户准备", "to be prepared"),
                required="intake",
                help=L(
                    "停电、钥匙、陪同、资料等；不需要则写“无”",
                    "Power off, keys, somebody to be there, papers; “nothing” if so",
                ),
            ),
        ),
        via=("sms", "mail"),
        rule="F0-20",
        clause="000 III.3.2.1.4",
    ),
    Message(
        "delay_notice",
        L("延误致歉", "delay, with an apology"),
        Wording(
            L("致歉：{what_waits}改为{new_time}", "Our apologies: {what_waits} now {new_time}"),
            L(
                "{contact_name}{honorific}您好，非常抱歉，您的工单{case}原定的{what_waits}因{cause}"
                "推迟，改为{new_time}。给您带来不便，请您谅解。客服热线{hotline}。",
                "Hello {contact_name}, we are sorry: {what_waits} of case {case} is delayed because"
                " of {cause} and will now be at {new_time}. We apologise for the inconvenience."
                " Hotline {hotline}.",
            ),
        ),
        fields=(
            Text(
                key="what_waits",
                label=L("推迟的事项", "what is delayed"),
                required="intake",
                help=L("例如：上门、回电、方案", "For example: our visit, our call, the answer"),
            ),
            DateTime(
                key="new_time", label=L("新的时间", "new time"), required="intake", example="14:00"
            ),
            Text(key="cause", label=L("原因", "cause"), required="intake"),
        ),
        via=("sms", "mail"),
        rule="T0-17",
        clause="000 III.1.5.2; 002 P1C1 #5",
    ),
    Message(
        "questionnaire",
        L("回访问卷", "follow-up questionnaire"),
        Wording(
            L("请评价我们的服务（工单{case}）", "How did we do? (case {case})"),
            L(
                "{contact_name}{honorific}您好，您的工单{case}已处理完毕。请评价本次服务：{link} "
                "您的意见对我们很重要。客服热线{hotline}。",
                "Hello {contact_name}, your case {case} has been dealt with. Please tell us how we"
                " did: {link} Your opinion matters to us. Hotline {hotline}.",
            ),
        ),
        fields=(
            Text(
                key="link",
                label=L("问卷链接", "link"),
                required="intake",
                example="https://example.com/q/1042",
            ),
        ),
        via=("sms", "mail"),
        consent=True,
        rule="W-20",
        clause="003 Art.13(2)",
    ),
    Message(
        "whom_to_contact",
        L("对口联系人", "whom to contact"),
        Wording(
            L("您要找的部门", "Whom to contact"),
            L(
                "{contact_name}{honorific}您好，您咨询的事项由{department_name}负责，联系人{person}，"
                "电话{telephone}，地址{address}。如联系不上请致电{hotline}。",
                "Hello {contact_name}, {department_name} looks after your question: {person},"
                " telephone {telephone}, address {address}. If you cannot reach them, call"
                " {hotline}.",
            ),
        ),
        fields=(
            Text(key="department_name", label=L("部门", "department"), required="intake"),
            Text(key="person", label=L("联系人", "name"), required="intake"),
            Phone(key="telephone", label=L("电话", "telephone"), required="intake"),
            Text(key="address", label=L("地址", "address")),
        ),
        via=("sms", "mail"),
        rule="W-01",
        clause="000 III.1.5.1",
    ),
)

ACTS = (
    Act(
        "spot_checked",
        L("抽查记录", "record sampled"),
        fields=(CHECK_RESULT, LongText(key="text", label=L("正确做法", "correct solution"))),
        roles=("quality",),
        not_by=("owner", "assignee"),
        clause="rulebook W-18",
    ),
)

HOUSE = Line(
    "house",
    L("通用规则", "house rules"),
    fields=INTAKE,
    timers=TIMERS,
    notices=NOTICES,
    messages=MESSAGES,
    slots={
        "shift_lead": L("值班长", "shift lead"),
        "supervisor": L("主管", "supervisor"),
        "complaint_officer": L("投诉专员", "complaint officer"),
        "obliged": L("时限责任人", "whoever a limit is due to"),
    },
    gates=GATES,
    acts=ACTS,
    script=Script(
        greeting=L(
            "您好，客户服务热线，请问有什么可以帮您？",
            "Hello, customer service. How can I help you?",
        ),
        promise=L("{who}将在{time}前联系您。", "{who} will contact you by {time}."),
        farewell=L("感谢您的来电，再见。", "Thank you for calling. Goodbye."),
    ),
)
