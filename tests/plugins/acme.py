"""A product line in which nothing is wrong: the tests break one thing at a time."""

from __future__ import annotations

from console.plugins import (
    Act,
    Category,
    Choice,
    Date,
    DateTime,
    Division,
    Duty,
    Flag,
    Forbid,
    Form,
    Gate,
    Integer,
    L,
    Line,
    Notice,
    Script,
    Serial,
    Step,
    Text,
    Timer,
    Topic,
    Weekly,
    Wording,
    all_of,
    on,
    when,
)

CONSOLE_API = 1

FIELDS = (
    Serial(
        key="serial",
        label=L("序列号", "serial number"),
        pattern=r"CP\d{8}",
        required="dispatch",
        example="CP20260001",
    ),
    Choice(
        key="fault",
        label=L("故障", "fault"),
        choices={"E07": L("通讯中断", "comms lost"), "E12": L("漏电", "leakage")},
        open=False,
    ),
    Flag(key="line_down", label=L("停运", "line down")),
    Text(key="site", label=L("站点", "site"), renamed_from="station"),
)

TIMERS = (
    Timer(
        "contact",
        L("联系客户", "contact the customer"),
        start="call_ended",
        stop=on("customer_contacted", **{"role!": "owner"}),
        within="15m",
        rule="A-01",
        clause="acme 1.1",
        concern="contact",
        amber="5m",
        ask_every="5m",
    ),
    Timer(
        "leak",
        L("漏电上报", "report a leak"),
        start="recorded",
        stop=all_of(on("role_reached", role="manager"), on("customer_contacted")),
        within="1h",
        rule="A-02",
        clause="acme 1.2",
        if_=when("fault").equals("E12"),
    ),
    Timer(
        "arrive",
        L("按约到达", "arrive as agreed"),
        start="visit_agreed",
        stop="arrived",
        within="promise",
        rule="A-03",
        clause="acme 1.3",
    ),
    Timer(
        "repair",
        L("修复", "repair"),
        start="recorded",
        stop="solved",
        within="3wd",
        rule="A-04",
        clause="acme 1.4",
        convention="rolling",
        calendar="cn-office",
    ),
)

NOTICES = (
    Notice(
        "leak",
        L("漏电", "leak"),
        on="recorded",
        to=("manager",),
        via=("console", "phone"),
        when="now",
        text=Wording(
            L("漏电：{site}", "Leak: {site}"),
            L("请{manager}到{site}。", "{manager}, please go to {site}."),
        ),
        clause="acme 2.1",
    ),
    Notice(
        "incident",
        L("事故报告", "incident report"),
        on=on("form_completed", form="incident"),
        to=("support_engineer",),
        via=("mail",),
        when="now",
        clause="acme 2.4",
    ),
)

GATES = (
    Gate(
        "solved",
        L("填报告后才能解决", "report before solved"),
        before="solved",
        happened=(on("form_step_done", form="report", step="signed"),),
        filled=("serial",),
        rule="A-05",
        clause="acme 2.2",
    ),
)

FORMS = (
    Form(
        "report",
        L("报告", "report"),
        fields=(Date(key="until", label=L("期限", "until"), required="intake"),),
        steps=(Step("signed", L("签字", "signed"), slots=("manager",)),),
        filled_by=("support",),
        due_field="until",
        sets={"line_down": False},
        clause="acme 2.3",
    ),
    Form(
        "incident",
        L("事故报告", "incident report"),
        fields=(
            Text(key="site", label=L("站点", "site"), required="intake"),
            DateTime(key="since", label=L("发生时间", "since when")),
        ),
        report=True,
        attach_to=("incident",),
        begins_with={"since": ("known_at",)},
        rule="A-08",
        clause="acme 2.4",
    ),
)

ACTS = (
    Act(
        "visit_agreed",
        L("约定上门", "visit agreed"),
        fields=(DateTime(key="due", label=L("到达时间", "arrival"), required="intake"),),
    ),
    Act("arrived", L("到达", "arrived"), sets={"line_down": True, "fault": "E07"}),
    Act(
        "inspected",
        L("检查", "inspected"),
        fields=(
            Text(key="site", label=L("站点", "site")),
            Integer(key="copy", label=L("版本", "copy")),
        ),
        fills=("site",),
        newest="copy",
    ),
)

FORBIDS = (
    Forbid(
        "close",
        clause="acme 2.4",
        reason=L("投诉由经理关闭", "Complaints are closed by the manager."),
        remedy=L("请转经理", "Hand it to the manager."),
        if_=when("category").equals("complaint"),
        except_roles=("complaint_officer",),
    ),
    Forbid(
        "contact",
        clause="acme 2.5",
        reason=L("不得短信", "No short messages."),
        remedy=L("请打电话", "Telephone instead."),
        argument={"channel": ("sms",)},
    ),
)

DUTIES = (
    Duty(
        "pack",
        L("周报", "weekly pack"),
        Weekly(),
        who="manager",
        rule="A-06",
        clause="acme 3.1",
        division="pile",
        to=("manager", "support_engineer"),
        agenda=(Topic("leaks", L("漏电", "leaks"), when("fault").equals("E12"), ("site",)),),
    ),
)

PILE = Division(
    "pile",
    L("充电桩", "charging pile"),
    via="support_engineer",
    assignee="field_engineer",
    door=("support",),
    calendar="cn-office",
    fields=(Text(key="vendor", label=L("厂家", "vendor")),),
    timers=(
        Timer(
            "onsite",
            L("到场", "on site"),
            start="assigned",
            stop="parts_came",
            within="4h",
            rule="A-07",
            clause="acme 4.1",
            if_=when("vendor").is_set(),
        ),
    ),
)

ACME = Line(
    "acme",
    L("某公司", "Acme"),
    categories=(
        Category(
            "technical", L("技术", "technical"), route="pile", needs_tracker=True, tracker="manager"
        ),
        Category("complaint", L("投诉", "complaint"), settled_by=("complaint_officer",)),
    ),
    divisions=(PILE,),
    fields=FIELDS,
    timers=TIMERS,
    notices=NOTICES,
    gates=GATES,
    forms=FORMS,
    acts=ACTS,
    forbids=FORBIDS,
    duties=DUTIES,
    slots={
        "manager": L("经理", "manager"),
        "support_engineer": L("支持", "support"),
        "field_engineer": L("外勤", "field"),
    },
    facts={"parts_came": L("配件到", "parts came")},
    script=Script(
        greeting=L("您好", "Hello"),
        promise=L("{who}将在{time}前联系您。", "{who} will call you by {time}."),
        farewell=L("再见", "Goodbye"),
    ),
)

LINES = (ACME,)
