"""III.3.2.2.7-8 and III.3.3.5: quality accidents. Four people are phoned at once, five are
mailed within the hour, by whoever knew first. Part of `console.plugins.power`.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Choice,
    DateTime,
    Flag,
    Form,
    Gate,
    Integer,
    L,
    LongText,
    Notice,
    Person,
    Text,
    Timer,
    Wording,
    all_of,
    on,
    when,
)
from console.plugins.flows import AGES

ACCIDENT = "000 III.3.3.5"
BATCH = "000 III.3.2.2.8"
MAJOR = "000 III.3.2.2.7"

SG_BATCH_MIN = 50
"""From how many State Grid devices on a problem is one of a large batch: a house value, the
regulation gives no number."""

INCIDENTS = ("quality_accident", "customer_indicator", "sg_performance", "sg_batch")
INCIDENT = (
    when("quality_accident").is_set()
    | when("customer_indicator").is_set()
    | when("sg_performance").is_set()
    | when("sg_batch").is_set()
)
PHONED = ("regional_manager", "office_director", "technical_support_manager", "dgm")
MAILED = (
    "regional_manager",
    "support_engineer",
    "technical_support_manager",
    "technical_service_manager",
    "dgm",
)
KNOWN = on("flag_set", flag=INCIDENTS)
MAJOR_FOUND = on("flag_set", flag="major_onsite")

# --- What is ticked and asked ----------------------------------------------------------------

INCIDENT_FIELDS = (
    Flag(
        key="quality_accident",
        label=L("质量事故", "quality accident"),
        help=L("勾选即计时：电话四人、邮件五人", "Starts at once: four telephones, five mails"),
        severity=3,
        clause=ACCIDENT,
        rule="T0-24",
    ),
    Flag(
        key="customer_indicator",
        label=L("影响客户指标", "affects indicators"),
        help=L("影响客户的考核指标", "The customer's own indicators suffer"),
        severity=2,
        clause=ACCIDENT,
        rule="T0-24",
    ),
    Flag(
        key="sg_performance",
        label=L("国网履约", "State Grid performance"),
        help=L("影响国网履约评价", "State Grid's rating of us suffers"),
        severity=2,
        clause=ACCIDENT,
        rule="T0-24",
    ),
    Flag(
        key="sg_batch",
        label=L("国网大批量质量问题", "State Grid batch"),
        derived=when("grid").equals("state")
        & when("affected_qty").at_least(SG_BATCH_MIN)
        & (when("quality_accident").is_set() | when("sg_performance").is_set()),
        help=L(
            f"国网产品{SG_BATCH_MIN}台及以上自动勾选，也可手工勾选；须即刻告知副总",
            f"Ticked by itself from {SG_BATCH_MIN} State Grid devices on, or by hand; the DGM is"
            " told at once",
        ),
        severity=3,
        clause=BATCH,
        rule="T0-23",
    ),
    Text(
        key="batch_no",
        label=L("批次", "batch"),
        show_when=INCIDENT,
        help=L("产品铭牌或包装上的批次号", "The batch number on the plate or the box"),
        clause=MAJOR,
        rule="F0-02",
    ),
    Integer(
        key="affected_qty",
        label=L("受影响数量", "affected quantity"),
        show_when=INCIDENT,
        help=L("目前所知的台数", "As many as are known now"),
        clause=MAJOR,
        rule="F0-02",
    ),
    LongText(
        key="incident_facts",
        label=L("事故经过", "what happened"),
        show_when=INCIDENT,
        help=L("写入一小时报告", "Goes into the report of the first hour"),
        clause=ACCIDENT,
        rule="F0-22",
    ),
    LongText(
        key="impact",
        label=L("对客户的影响", "impact on the customer"),
        show_when=INCIDENT,
        help=L("写入一小时报告", "Goes into the report of the first hour"),
        clause=ACCIDENT,
        rule="F0-22",
    ),
    DateTime(
        key="known_at",
        label=L("第一知情人知情时间", "first known at"),
        show_when=INCIDENT,
        example="10:44",
        clause=ACCIDENT,
        rule="F0-22",
    ),
    Flag(
        key="major_onsite",
        label=L("现场重大问题", "major problem on site"),
        help=L("先电话报告上级，再填质量反馈报告", "Phone the superior, then file the report"),
        severity=2,
        clause=MAJOR,
        rule="T0-22",
    ),
)

INCIDENT_GATES = (
    Gate(
        "counted_before_closed",
        L("批次、数量、地市填好后才能关闭", "batch, quantity and city before closing"),
        before="closed",
        filled=("batch_no", "affected_qty", "city"),
        if_=INCIDENT,
        remedy=L(
            "月度质量事故汇总表和国网工作指导意见表要用这三项。",
            "The monthly accident summary and the State Grid guidance need these three.",
        ),
        rule="F0-07",
        clause="000 III.3.3.10; 000 III.3.5.4",
    ),
)

# --- How soon ----------------------------------------------------------------------------------

INCIDENT_TIMERS = (
    Timer(
        "tell_dgm",
        L("国网批量：即刻报副总", "tell the DGM at once"),
        start=on("flag_set", flag="sg_batch"),
        stop=on("role_reached", role="dgm"),
        within="now",
        rule="T0-23",
        clause=BATCH,
        level="now",
        who="first_knower",
    ),
    Timer(
        "phone_four",
        L("第一时间电话告知四人", "phone four at once"),
        start=KNOWN,
        stop=all_of(*(on("role_reached", role=slot, channel="phone") for slot in PHONED)),
        within="now",
        rule="T0-24",
        clause=ACCIDENT,
        level="now",
        who="first_knower",
    ),
    Timer(
        "mail_report",
        L("一小时内邮件报告五人", "mail five within 1 h"),
        start=KNOWN,
        stop=on("mail_sent", list="incident_report"),
        within="60m",
        rule="T0-25",
        clause=ACCIDENT,
        who="first_knower",
    ),
    Timer(
        "major_on_site",
        L("重大问题：电话并书面", "major: phone, then file"),
        start=MAJOR_FOUND,
        stop=all_of(
            on(
                "role_reached",
                role=("provincial_supervisor", "regional_manager"),
                channel="phone",
            ),
            on("form_completed", form="quality_report"),
        ),
        within="timely",
        rule="T0-22",
        clause=MAJOR,
        level="timely",
        amber=AGES,
    ),
)

# --- Whom to tell, and what --------------------------------------------------------------------

WHAT_IS_KNOWN = L(
    "工单：{case}\n知情时间：{known_at}\n客户：{customer}\n地点：{province}{city}\n"
    "电网：{grid}\n产品：{product}（{product_state}）\n程序版本：{firmware}\n批次：{batch_no}\n"
    "受影响数量：{affected_qty}\n事故经过：{incident_facts}\n对客户的影响：{impact}\n"
    "首问责任人：{owner}\n处理人：{assignee}\n技术支持：{tracker}\n",
    "Case: {case}\nKnown since: {known_at}\nCustomer: {customer}\nPlace: {province} {city}\n"
    "Grid: {grid}\nProduct: {product} ({product_state})\nProgram version: {firmware}\n"
    "Batch: {batch_no}\nAffected: {affected_qty}\nWhat happened: {incident_facts}\n"
    "Impact on the customer: {impact}\nOwner: {owner}\nAssignee: {assignee}\n"
    "Support: {tracker}\n",
)


def _with_what_is_known(zh: str, en: str) -> L:
    return L(f"{zh}\n\n{WHAT_IS_KNOWN.zh}", f"{en}\n\n{WHAT_IS_KNOWN.en}")


INCIDENT_NOTICES = (
    Notice(
        "sg_batch",
        L("国网大批量质量问题：即刻电话副总", "State Grid batch: phone the DGM at once"),
        on=on("flag_set", flag="sg_batch"),
        to=("dgm",),
        via=("phone",),
        when="now",
        once=True,
        text=Wording(
            L("国网大批量质量问题：{product}", "State Grid batch problem: {product}"),
            L(
                "国网产品大批量质量问题，影响国网履约：{customer}，{product}，批次{batch_no}，"
                "数量{affected_qty}，{product_state}。工单{case}。",
                "A large batch of State Grid products has a quality problem: {customer},"
                " {product}, batch {batch_no}, {affected_qty} pieces, {product_state}."
                " Case {case}.",
            ),
        ),
        rule="T0-23",
        clause=BATCH,
    ),
    Notice(
        "incident_phones",
        L("质量事故：电话四人", "quality accident: phone four"),
        on=KNOWN,
        to=PHONED,
        via=("phone",),
        when="now",
        once=True,
        text=Wording(
            L("质量事故：{customer}", "Quality accident: {customer}"),
            L(
                "质量事故，工单{case}：{customer}（{province}{city}），{product}，"
                "批次{batch_no}，数量{affected_qty}，{product_state}。一小时内发书面报告。",
                "Quality accident, case {case}: {customer} ({province} {city}), {product}, batch"
                " {batch_no}, {affected_qty} pieces, {product_state}. The report follows within"
                " an hour.",
            ),
        ),
        rule="T0-24",
        clause=ACCIDENT,
    ),
    Notice(
        "incident_mails",
        L("质量事故：邮件五人", "quality accident: mail five"),
        on=KNOWN,
        to=MAILED,
        via=("mail",),
        when="1h",
        once=True,
        text=Wording(
            L("质量事故：{customer}，{product}", "Quality accident: {customer}, {product}"),
            L(
                "质量事故，工单{case}：{customer}，{product}，批次{batch_no}，"
                "数量{affected_qty}。一小时内发报告。",
                "Quality accident, case {case}: {customer}, {product}, batch {batch_no},"
                " {affected_qty} pieces. The report follows within an hour.",
            ),
            _with_what_is_known(
                "发生质量事故，目前所知如下，一小时内发出书面报告。",
                "There has been a quality accident. This is what is known; the written report"
                " follows within an hour.",
            ),
        ),
        rule="T0-25",
        clause=ACCIDENT,
    ),
    Notice(
        "incident_report",
        L("一小时事故报告：邮件五人", "the report of the first hour: mail five"),
        on=on("mail_sent", list="incident_report"),
        to=MAILED,
        via=("mail",),
        when="now",
        text=Wording(
            L("事故报告：{customer}，{product}", "Accident report: {customer}, {product}"),
            L(
                "事故报告，工单{case}：{customer}，{product}，批次{batch_no}，"
                "数量{affected_qty}。{incident_facts}",
                "Accident report, case {case}: {customer}, {product}, batch {batch_no},"
                " {affected_qty} pieces. {incident_facts}",
            ),
            _with_what_is_known(
                "按规定在知情后一小时内报告如下。",
                "The report due within an hour of first knowledge.",
            ),
        ),
        rule="T0-25",
        clause=ACCIDENT,
    ),
    Notice(
        "major_on_site",
        L("现场重大问题：电话报告上级", "major problem on site: phone the superior"),
        on=MAJOR_FOUND,
        to=("provincial_supervisor",),
        via=("phone",),
        when="now",
        once=True,
        text=Wording(
            L("现场重大问题：{customer}", "Major problem on site: {customer}"),
            L(
                "现场重大问题，工单{case}：{customer}，{product}，{product_state}。"
                "书面报告随后提交。",
                "Major problem on site, case {case}: {customer}, {product}, {product_state}. The"
                " written report follows.",
            ),
        ),
        rule="T0-22",
        clause=MAJOR,
    ),
    Notice(
        "quality_report",
        L("质量反馈报告已提交上级", "quality report filed"),
        on=on("form_completed", form="quality_report"),
        to=("provincial_supervisor", "regional_manager"),
        via=("console", "mail"),
        rule="F0-02",
        clause=MAJOR,
    ),
)

MAILS = {
    "incident_report": L("事故一小时报告", "one-hour report"),
    "division_need": L("事业部需求报告", "division-need report"),
}
INCIDENT_ACTS = (
    Act(
        "mail_sent",
        L("发出邮件报告", "mail the report"),
        fields=(
            Choice(
                key="list", label=L("报告", "report"), choices=MAILS, required="intake", open=False
            ),
            LongText(key="incident_facts", label=L("事故经过", "what happened"), clause=ACCIDENT),
            LongText(
                key="impact", label=L("对客户的影响", "impact on the customer"), clause=ACCIDENT
            ),
            DateTime(key="known_at", label=L("知情时间", "known since"), clause=ACCIDENT),
        ),
        fills=("incident_facts", "impact", "known_at"),
        clause="000 III.3.3.4-5",
    ),
)

INCIDENT_FORMS = (
    Form(
        "incident_report",
        L("事故一小时报告", "one-hour report"),
        fields=(
            DateTime(
                key="known_at",
                label=L("知情时间", "known since"),
                required="intake",
                clause=ACCIDENT,
            ),
            Person(key="first_knower", label=L("第一知情人", "first to know")),
            Text(key="customer", label=L("客户", "customer")),
            Text(key="product", label=L("产品", "product")),
            Text(key="batch_no", label=L("批次", "batch")),
            Integer(key="affected_qty", label=L("受影响数量", "affected quantity")),
            LongText(
                key="incident_facts",
                label=L("事故经过", "what happened"),
                required="intake",
                clause=ACCIDENT,
            ),
            LongText(
                key="impact",
                label=L("对客户的影响", "impact on the customer"),
                required="intake",
                clause=ACCIDENT,
            ),
            LongText(key="measures", label=L("已采取措施", "measures taken")),
        ),
        fills=("batch_no", "affected_qty"),
        report=True,
        attach_to=("incident_report",),
        begins_with={"product": ("product", "firmware")},
        rule="F0-22",
        clause=ACCIDENT,
    ),
    Form(
        "quality_report",
        L("质量反馈报告", "quality report"),
        fields=(
            Text(key="product", label=L("产品", "product")),
            Text(key="batch", label=L("批次", "batch")),
            Integer(key="quantity", label=L("数量", "quantity")),
            Text(key="location", label=L("地点", "location"), required="intake"),
            LongText(key="symptom", label=L("现象", "symptom"), required="intake"),
            LongText(key="impact", label=L("影响客户指标", "impact on indicators")),
            LongText(key="measures", label=L("措施", "measures")),
            Person(key="first_knower", label=L("第一知情人", "first to know")),
            DateTime(key="known_at", label=L("知情时间", "known since")),
        ),
        report=True,
        attach_to=("quality_report",),
        begins_with={
            "batch": ("batch_no",),
            "quantity": ("affected_qty",),
            "location": ("province", "city", "contact_addr"),
            "symptom": ("product_state",),
        },
        rule="F0-02",
        clause=MAJOR,
    ),
)
