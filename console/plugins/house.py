"""Rules every product line inherits: what the house decided where no regulation speaks.

Values here are house values and are shown as such. A line overrides one by declaring a
field or a timer with the same key.
"""

from __future__ import annotations

from console.plugins import Gate, L, Line, Notice, Phone, Script, Text, Timer, on, when

INTAKE = (
    Text(
        key="contact_name", label=L("联系人", "contact"), required="intake", clause="000 III.3.1.3"
    ),
    Text(key="honorific", label=L("称呼", "form of address"), clause="000 III.1.4.7"),
    Text(key="employer", label=L("单位", "employer"), required="intake", clause="000 III.3.1.3"),
    Phone(key="contact_phone", label=L("联系电话", "contact phone"), required="intake"),
    Text(key="contact_addr", label=L("地址", "address")),
    Text(key="reason", label=L("来电原因", "reason for the call"), required="intake"),
    Text(key="product", label=L("产品", "product"), required="intake"),
    Text(key="need", label=L("需求", "need"), required="intake", clause="000 III.3.1.3"),
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
    Notice(
        "breached",
        L("逾期：告知首问责任人和值班长", "limit broken: owner and shift lead"),
        on=on("timer_breached", level="hard"),
        to=("owner", "shift_lead"),
        when="now",
        clause="rulebook 2",
    ),
)

HOUSE = Line(
    "house",
    L("通用规则", "house rules"),
    fields=INTAKE,
    timers=TIMERS,
    notices=NOTICES,
    slots={"shift_lead": L("值班长", "shift lead")},
    gates=GATES,
    script=Script(
        greeting=L(
            "您好，客户服务热线，请问有什么可以帮您？",
            "Hello, customer service. How can I help you?",
        ),
        promise=L("{who}将在{time}前联系您。", "{who} will contact you by {time}."),
        farewell=L("感谢您的来电，再见。", "Thank you for calling. Goodbye."),
    ),
)
