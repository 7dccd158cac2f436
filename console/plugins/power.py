"""Power-electronics maker: meters, charging piles, energy storage, distribution network.

Written after the customer-service regulation 000. Chapters are kept in its order and every
rule carries its clause.
"""

from __future__ import annotations

from console.plugins import (
    Category,
    Choice,
    Date,
    Division,
    Flag,
    Form,
    Gate,
    Integer,
    L,
    Line,
    LongText,
    Notice,
    Person,
    Place,
    Script,
    Step,
    Target,
    Text,
    Timer,
    Version,
    on,
    when,
)

# --- II.1 and III.3.3: where work can go -----------------------------------------------

VIA_SUPPORT = "000 III.3.3.2"


def _division(key: str, label: L) -> Division:
    """A division is reached through its technical support desk and never directly."""
    return Division(
        key, label, via="support_engineer", assignee="field_engineer", clause=VIA_SUPPORT
    )


DIVISIONS = (
    _division("meter_automation", L("电能表自动化", "Meter automation")),
    _division("charging_pile", L("充电桩", "Charging pile")),
    _division("storage", L("储能", "Energy storage")),
    _division("distribution", L("配电网", "Distribution network")),
    Target("subsidiary", L("子公司", "Subsidiary"), assignee="subsidiary_contact"),
    Target("marketing_centre", L("营销中心", "Marketing centre"), assignee="marketing_contact"),
    Target("project_dept", L("项目部", "Project department"), assignee="project_manager"),
)

SLOTS = {
    "gm": L("总经理", "general manager"),
    "division_rnd_manager": L("事业部研发经理", "division R&D manager"),
    "division_deputy_gm": L("事业部副总", "division deputy GM"),
    "dgm": L("副总经理", "deputy general manager"),
    "support_engineer": L("技术支持工程师", "technical support engineer"),
    "field_engineer": L("技术服务工程师", "technical service engineer"),
    "marketing_contact": L("营销中心联系人", "marketing centre contact"),
    "subsidiary_contact": L("子公司联系人", "subsidiary contact"),
    "project_manager": L("项目经理", "project manager"),
}

# --- III.3.1.3: the customer call information record -------------------------------------

PRODUCTS = {
    "meter": L("电能表", "meter"),
    "automation": L("自动化产品", "automation product"),
    "special_terminal": L("专变终端", "special-transformer terminal"),
    "pile": L("充电桩", "charging pile"),
    "storage_system": L("储能系统", "storage system"),
    "distribution_device": L("配电设备", "distribution device"),
}
GRIDS = {
    "state": L("国网", "State Grid"),
    "southern": L("南网", "Southern Grid"),
    "none": L("非电网", "not a grid company"),
}
NEEDS_OF_A_DIVISION = {
    "quality_accident": L("质量事故", "quality accident"),
    "rnd_need": L("客户研发需求", "customer R&D need"),
    "optimisation": L("产品优化", "product optimisation"),
    "marketing_solution": L("营销技术方案支持", "marketing solution support"),
    "onsite_rnd": L("现场研发支持", "on-site R&D support"),
    "lecturer": L("讲师需求", "lecturer"),
}

FIELDS = (
    Choice(
        key="product",
        label=L("产品", "product"),
        choices=PRODUCTS,
        required="intake",
        clause="000 III.3.1.3",
    ),
    Text(
        key="product_state",
        label=L("产品情况", "product situation"),
        required="intake",
        clause="000 III.3.1.3",
    ),
    Flag(
        key="promise_spoken",
        label=L("已口头承诺一刻钟内联系", "quarter-hour promise spoken"),
        clause="000 III.3.1.4a",
    ),
    Place(key="province", label=L("省份", "province"), required="dispatch"),
    Place(key="city", label=L("地市", "city")),
    Choice(
        key="grid",
        label=L("电网", "grid"),
        choices=GRIDS,
        open=False,
        help=L(
            "南网客户须告知技术服务部副经理",
            "Southern Grid: the deputy service manager is involved",
        ),
        clause="000 II.3(6)3",
    ),
    Version(key="firmware", label=L("程序版本", "program version"), clause="000 III.3.3.10"),
    Flag(key="quality_accident", label=L("质量事故", "quality accident"), clause="000 III.3.3.5"),
    Flag(
        key="customer_indicator",
        label=L("影响客户指标", "customer indicators affected"),
        clause="000 III.3.3.5",
    ),
    Flag(
        key="sg_performance", label=L("国网履约", "State Grid performance"), clause="000 III.3.3.5"
    ),
    Flag(
        key="sg_batch", label=L("国网大批量质量问题", "State Grid batch"), clause="000 III.3.2.2.8"
    ),
    Text(
        key="batch_no",
        label=L("批次", "batch"),
        show_when=when("quality_accident").is_set() | when("sg_batch").is_set(),
    ),
    Integer(
        key="affected_qty",
        label=L("受影响数量", "affected quantity"),
        show_when=when("quality_accident").is_set() | when("sg_batch").is_set(),
    ),
    Choice(
        key="division_need",
        label=L("事业部需求", "division need"),
        choices=NEEDS_OF_A_DIVISION,
        open=False,
        clause="000 III.3.3.1",
    ),
    Person(key="sales_contact", label=L("片区业务员", "salesperson of the area")),
)

# --- III.3.1.4: classify, promise a quarter of an hour, verify ---------------------------

CATEGORIES = (
    Category(
        "technical",
        L("技术服务需求", "technical service need"),
        needs_tracker=True,
        clause="000 III.3.1.5",
    ),
    Category(
        "complaint",
        L("投诉", "complaint"),
        needs_tracker=True,
        settled_by=("complaint_officer", "signer"),
        clause="002 P3C1; 000 III.3.1.5",
    ),
    Category(
        "quote", L("询价", "price inquiry"), route="marketing_centre", clause="000 III.3.1.4b"
    ),
)

TIMERS = (
    Timer(
        "contact",
        L("一刻钟联系客户", "contact the customer"),
        start="call_ended",
        stop=on("customer_contacted", **{"role!": "owner"}),
        within="15m",
        rule="T0-01",
        clause="000 III.3.1.4a",
        concern="contact",
        unclassified=True,
    ),
    Timer(
        "verify",
        L("核实是否已联系", "verify the contact"),
        start="call_ended",
        stop=on("contact_verified", answer=True),
        within="15m",
        rule="T0-02",
        clause="000 III.3.1.4b",
        who="owner",
        concern="verify",
        unclassified=True,
        ask_every="5m",
    ),
    Timer(
        "classify",
        L("分类并派单", "classify and allocate"),
        start="recorded",
        stop="assigned",
        within="timely",
        rule="T0-09",
        clause="000 III.3.1.4b",
        level="timely",
        who="owner",
    ),
    Timer(
        "rnd_demand",
        L("研发需求交付", "R&D demand delivered"),
        start=on("form_completed", form="rnd_demand"),
        stop="demand_delivered",
        within="promise",
        rule="T0-27",
        clause="000 III.3.3.7-9",
        who="tracker",
    ),
)

# --- III.3.1.5: whom to tell -------------------------------------------------------------

HAS_TO_BE_TRACKED = when("category").one_of("technical", "complaint")

NOTICES = (
    Notice(
        "classified",
        L("技术服务需求和投诉：告知副总和技术支持", "technical call or complaint"),
        on="classified",
        to=("dgm", "support_engineer"),
        if_=HAS_TO_BE_TRACKED,
        rule="T0-10",
        clause="000 III.3.1.5",
    ),
    Notice(
        "quote",
        L("询价：告知营销中心", "price inquiry"),
        on="classified",
        to=("marketing_contact",),
        if_=when("category").equals("quote"),
        clause="000 III.3.1.4b",
    ),
    Notice(
        "assigned",
        L("派单通知", "work assigned"),
        on="assigned",
        to=("assignee",),
        clause="000 III.3.1.4b",
    ),
    Notice(
        "urged",
        L("未按时联系：催办", "not contacted: urge"),
        on="urged",
        to=("assignee",),
        via=("console", "phone"),
        when="now",
        clause="000 III.3.1.4b",
    ),
    Notice(
        "not_contacted",
        L("未按时联系：告知技术支持和副总", "not contacted: alarm"),
        on=on("contact_verified", answer=False),
        to=("tracker", "dgm"),
        if_=HAS_TO_BE_TRACKED,
        when="now",
        rule="T0-02",
        clause="000 III.3.1.4b",
    ),
)

# --- III.3.1.3 and III.3.1.5: what must be there before work starts -----------------------

GATES = (
    Gate(
        "recorded_before_assigned",
        L("来电记录完整后才能派单", "the call record is complete before dispatch"),
        before="assigned",
        happened=("recorded",),
        rule="F0-01",
        clause="000 III.3.1.3",
    ),
)

# --- III.3.3.7-9: the R&D demand sheet ----------------------------------------------------

FORMS = (
    Form(
        "rnd_demand",
        L("研发需求单", "R&D demand sheet"),
        fields=(
            Text(key="number", label=L("编号", "number"), required="intake"),
            LongText(key="problem", label=L("问题", "problem"), required="intake"),
            LongText(key="evidence", label=L("资料清单", "evidence")),
            Text(
                key="necessity",
                label=L("必要性判断", "necessity check"),
                required="intake",
                clause="000 III.3.3.7",
            ),
            Date(key="wanted_until", label=L("要求完成日期", "wanted until"), required="intake"),
        ),
        steps=(
            Step(
                "signed_by_centre",
                L("中心总经理或副总签字", "signed by GM or DGM"),
                slots=("gm", "dgm"),
                any_of=True,
                clause="000 III.3.3.8",
            ),
            Step("delivered", L("送达事业部", "delivered"), roles=("support", "support_mgr")),
            Step("meeting_held", L("短会", "short meeting held"), clause="000 III.3.3.9"),
            Step(
                "signed_by_division",
                L("事业部责任人签字", "signed by the division"),
                slots=("division_rnd_manager", "division_deputy_gm"),
                clause="000 III.3.3.9",
            ),
        ),
        filled_by=("support",),
        due_field="wanted_until",
        rule="F0-03",
        clause="000 III.3.3.7-9",
    ),
)

POWER = Line(
    "power",
    L("电力电子", "Power electronics"),
    categories=CATEGORIES,
    divisions=DIVISIONS,
    fields=FIELDS,
    timers=TIMERS,
    notices=NOTICES,
    gates=GATES,
    forms=FORMS,
    slots=SLOTS,
    script=Script(
        greeting=L(
            "您好，客户服务中心，请问有什么可以帮您？",
            "Hello, customer service centre. How can I help you?",
        ),
        promise=L(
            "我们会在一刻钟内联系您：{who}将在{time}前给您回电。",
            "We will contact you within a quarter of an hour: {who} will call you by {time}.",
        ),
        farewell=L("感谢您的来电，再见。", "Thank you for calling. Goodbye."),
    ),
)

LINES = (POWER,)
