"""P1C2S2 and P3C1 on-site: customers' data that leave the site. Part of
`console.plugins.roadsoft`.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    DateTime,
    Flag,
    Gate,
    L,
    LongText,
    Message,
    Notice,
    Serial,
    Text,
    Timer,
    Wording,
    on,
    when,
)

ON_SITE = "002 P3C1 on-site"
ESTABLISHED = "002 P1C2S2 1.2.1"
IN_CUSTODY = when("data_in_custody").is_set()

CUSTODY_FIELDS = (
    Flag(
        key="data_in_custody",
        label=L("客户数据在我方", "holding customer data"),
        show_when=IN_CUSTODY,
        clause=ON_SITE,
        rule="F2-15",
    ),
)

CUSTODY_TIMERS = (
    Timer(
        "custody_contact",
        L("数据带走后联系客户", "contact about the data"),
        start="data_taken",
        stop="customer_contacted",
        within="48h",
        rule="T2-07",
        clause=ESTABLISHED,
        each=True,
        on_breach="complaint_established",
    ),
    Timer(
        "custody_processing",
        L("数据处理或报告", "process the data, report"),
        start="data_at_processor",
        stop=(on("data_processed"), on("data_reported")),
        within="24h",
        rule="T2-08",
        clause=ESTABLISHED,
        each=True,
        on_breach="complaint_established",
    ),
    Timer(
        "custody_return",
        L("按约交还数据", "return data as agreed"),
        start="data_taken",
        stop="data_returned",
        within="promise",
        rule="T2-09",
        clause=ON_SITE,
        each=True,
    ),
)

CUSTODY_ACTS = (
    Act("custody_agreed", L("客户同意带走数据", "customer lets data go"), clause=ON_SITE),
    Act(
        "data_taken",
        L("带走客户数据", "data taken away"),
        fields=(
            DateTime(key="due", label=L("交还时间", "return by"), required="intake"),
            Text(key="media", label=L("介质", "media"), required="intake"),
            Serial(key="hash", label=L("校验值或份数", "hash or count")),
            Text(key="storage", label=L("保管处", "secure storage")),
        ),
        sets={"data_in_custody": True},
        clause=f"{ON_SITE}; {ESTABLISHED}",
    ),
    Act("data_at_processor", L("数据到处理人", "data at the processor"), clause=ESTABLISHED),
    Act("data_processed", L("数据处理完成", "data processed"), clause=ESTABLISHED),
    Act(
        "data_reported",
        L("无法处理已报告", "reported: cannot process"),
        fields=(LongText(key="text", label=L("原因", "reason"), required="intake"),),
        clause=ESTABLISHED,
    ),
    Act(
        "data_returned",
        L("数据已交还", "data returned"),
        sets={"data_in_custody": False},
        clause=ON_SITE,
    ),
)

CUSTODY_GATES = (
    Gate(
        "consent_before_custody",
        L("客户同意后才能带走数据", "data only with the customer's consent"),
        before="data_taken",
        happened=("custody_agreed",),
        remedy=L(
            "请先征得客户同意（act=custody_agreed）。",
            "Ask the customer first (act=custody_agreed).",
        ),
        rule="T2-09",
        clause=ON_SITE,
    ),
    Gate(
        "returned_before_closed",
        L("客户数据交还后才能关闭", "the customer has the data back before closing"),
        before="closed",
        happened=("data_returned",),
        if_=IN_CUSTODY,
        remedy=L("请先交还数据（act=data_returned）。", "Return them first (act=data_returned)."),
        rule="W-15",
        clause=ON_SITE,
    ),
)

CUSTODY_MESSAGES = (
    Message(
        "custody_receipt",
        L("数据保管回执", "receipt for data"),
        Wording(
            L("数据保管回执（工单{case}）", "Receipt for your data (case {case})"),
            L(
                "{contact_name}{honorific}您好，我们已收到您的数据（{media}），将于{return_by}前交还，"
                "48小时内与您联系。数据仅用于处理工单{case}。客服热线{hotline}。",
                "Hello {contact_name}, we have received your data ({media}), will be in touch"
                " within 48 hours and return them by {return_by}. They serve case {case} only."
                " Hotline {hotline}.",
            ),
        ),
        fields=(
            Text(key="media", label=L("介质", "media"), required="intake"),
            DateTime(
                key="return_by",
                label=L("交还时间", "return by"),
                required="intake",
                example="18:00",
            ),
        ),
        via=("sms", "mail"),
        if_=IN_CUSTODY,
        rule="F2-15",
        clause=ON_SITE,
    ),
)

CUSTODY_NOTICES = (
    Notice(
        "data_at_processor",
        L("数据到处理人：24小时内处理或报告", "data at the processor: 24 hours"),
        on="data_at_processor",
        to=("assignee", "owner"),
        when="now",
        rule="T2-08",
        clause=ESTABLISHED,
    ),
    Notice(
        "data_reported",
        L("数据无法处理", "the data cannot be processed"),
        on="data_reported",
        to=("owner", "tech_team_leader"),
        when="now",
        rule="T2-08",
        clause=ESTABLISHED,
    ),
)
