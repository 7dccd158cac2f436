"""III.3.3: work for a division goes through technical support and nobody else, and an R&D
demand counts once everybody has signed it. Part of `console.plugins.power`.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Choice,
    Date,
    Form,
    L,
    LongText,
    Notice,
    Step,
    Text,
    Timer,
    Wording,
    on,
)
from console.plugins.flows import AGES
from console.plugins.power_incidents import MAILED

VIA_SUPPORT = "000 III.3.3.2"
NEEDED = "000 III.3.3.1"
REPORT = "000 III.3.3.4"
EVIDENCE = "000 III.3.3.6"
DEMAND = "000 III.3.3.7-9"
SUPPORT = ("support", "support_mgr")

NEEDS = {
    "quality_accident": L("质量事故", "quality accident"),
    "rnd_need": L("客户研发需求", "customer R&D need"),
    "optimisation": L("产品优化", "product optimisation"),
    "marketing_solution": L("营销方案支持", "marketing solution"),
    "onsite_rnd": L("现场研发支持", "on-site R&D support"),
    "lecturer": L("讲师需求", "lecturer"),
}
TICKED = on("flag_set", flag=tuple(key for key in NEEDS if key != "quality_accident"))
"""A need that was chosen, in the call record or later. A quality accident has rules of its
own."""

# --- III.3.3.1: a need of a division -----------------------------------------------------------

DIVISION_FIELDS = (
    Choice(
        key="division_need",
        label=L("事业部需求", "division need"),
        choices=NEEDS,
        open=False,
        flagging=True,
        help=L(
            "由省技术主管邮件报告，只能由技术支持联系事业部",
            "The provincial supervisor reports it; technical support alone talks to the division",
        ),
        clause=NEEDED,
        rule="W-10",
    ),
)

DIVISION_ACTS = (
    Act(
        "need_raised",
        L("提出事业部需求", "division need raised"),
        fields=(
            Choice(
                key="division_need",
                label=L("需求", "need"),
                choices=NEEDS,
                required="intake",
                open=False,
            ),
            LongText(key="text", label=L("说明", "explanation")),
        ),
        fills=("division_need",),
        clause=NEEDED,
    ),
    Act(
        "evidence_asked",
        L("要求现场提供资料", "evidence asked for"),
        fields=(LongText(key="text", label=L("所需资料", "what is needed"), required="intake"),),
        roles=SUPPORT,
        clause=EVIDENCE,
    ),
    Act(
        "evidence_given",
        L("已提供资料", "evidence given"),
        fields=(LongText(key="text", label=L("资料清单", "list of it")),),
        clause=EVIDENCE,
    ),
    Act(
        "evidence_disputed",
        L("对资料要求有争议", "evidence disputed"),
        fields=(LongText(key="text", label=L("争议", "dispute"), required="intake"),),
        clause=EVIDENCE,
    ),
    Act(
        "dispute_decided",
        L("副总裁决争议", "dispute decided"),
        fields=(LongText(key="text", label=L("裁决", "decision"), required="intake"),),
        roles=("signer",),
        clause=EVIDENCE,
    ),
    Act(
        "necessity_checked",
        L("必要性判断", "necessity checked"),
        fields=(
            Choice(
                key="result",
                label=L("结论", "conclusion"),
                choices={
                    "internal": L("技术支持内部解决", "solved by support"),
                    "division": L("需事业部解决", "for the division"),
                },
                required="intake",
                open=False,
            ),
            LongText(key="text", label=L("理由", "reason")),
        ),
        roles=SUPPORT,
        clause=DEMAND,
    ),
    Act(
        "division_contacted",
        L("联系事业部", "division contacted"),
        fields=(
            Text(key="who", label=L("联系人", "whom")),
            Text(key="text", label=L("内容", "text")),
        ),
        roles=SUPPORT,
        clause=VIA_SUPPORT,
    ),
    Act(
        "demand_agreed",
        L("短会商定", "agreed at the meeting"),
        fields=(
            Date(key="held_on", label=L("会议日期", "meeting on"), required="intake"),
            Text(key="participants", label=L("参会人员", "participants"), required="intake"),
            LongText(key="milestone", label=L("商定节点", "agreed milestone")),
        ),
        roles=(*SUPPORT, "signer"),
        clause="000 III.3.3.9",
    ),
    Act(
        "demand_delivered",
        L("研发需求已交付", "R&D demand delivered"),
        roles=SUPPORT,
        clause=DEMAND,
    ),
    Act(
        "field_tested",
        L("现场试用", "tested in the field"),
        fields=(
            Choice(
                key="result",
                label=L("结果", "result"),
                choices={"ok": L("合格", "passed"), "not_ok": L("不合格", "failed")},
                required="intake",
                open=False,
            ),
            LongText(key="text", label=L("情况", "what was seen")),
        ),
        clause=DEMAND,
    ),
    Act(
        "demand_frivolous",
        L("事业部投诉需求轻率", "division: frivolous"),
        fields=(LongText(key="text", label=L("事业部意见", "what it says"), required="intake"),),
        roles=("support_mgr", "signer"),
        clause="000 III.3.3.7",
    ),
)

DIVISION_TIMERS = (
    Timer(
        "report_need",
        L("省技术主管邮件报告", "report the need by mail"),
        start=(on("need_raised"), TICKED),
        stop=on("mail_sent", list="division_need"),
        within="timely",
        rule="T0-26",
        clause=REPORT,
        level="timely",
        amber=AGES,
        who="provincial_supervisor",
    ),
    Timer(
        "give_evidence",
        L("提供所需资料", "give the evidence"),
        start="evidence_asked",
        stop="evidence_given",
        within="timely",
        rule="W-10",
        clause=EVIDENCE,
        level="timely",
        amber=AGES,
        each=True,
    ),
    Timer(
        "decide_dispute",
        L("副总裁决争议", "decide the dispute"),
        start="evidence_disputed",
        stop="dispute_decided",
        within="timely",
        rule="W-10",
        clause=EVIDENCE,
        level="timely",
        amber=AGES,
        who="dgm",
        each=True,
    ),
    Timer(
        "rnd_demand",
        L("研发需求交付", "R&D demand delivered"),
        start=on("form_completed", form="rnd_demand"),
        stop="demand_delivered",
        within="promise",
        rule="T0-27",
        clause=DEMAND,
        who="tracker",
    ),
    Timer(
        "test_in_the_field",
        L("现场试用交付的版本", "test the delivery"),
        start="demand_delivered",
        stop="field_tested",
        within="timely",
        rule="W-11",
        clause=DEMAND,
        level="timely",
        amber=AGES,
        each=True,
    ),
)

NEED_TEXT = Wording(
    L("事业部需求：{division}，{customer}", "Need of a division: {division}, {customer}"),
    L(
        "工单{case}：{customer}的{product}需要{division}事业部支持（{division_need}）。"
        "{product_state}",
        "Case {case}: {customer}, {product}, needs the division {division} ({division_need})."
        " {product_state}",
    ),
    L(
        "以下需求须事业部支持，由技术支持统一联系，其他人员不得直接联系事业部。\n\n工单：{case}\n"
        "事业部：{division}\n需求类型：{division_need}\n客户：{customer}\n地点：{province}{city}\n"
        "产品：{product}（{product_state}）\n程序版本：{firmware}\n需求：{need}\n"
        "处理人：{assignee}\n技术支持：{tracker}\n",
        "A division is needed. Technical support alone contacts it, under no condition anybody"
        " else.\n\nCase: {case}\nDivision: {division}\nKind: {division_need}\n"
        "Customer: {customer}\nPlace: {province} {city}\nProduct: {product} ({product_state})\n"
        "Program version: {firmware}\nNeed: {need}\nAssignee: {assignee}\nSupport: {tracker}\n",
    ),
)

DIVISION_NOTICES = (
    Notice(
        "division_need",
        L("事业部需求：邮件五人", "division need: mail five"),
        on="need_raised",
        to=MAILED,
        via=("mail",),
        text=NEED_TEXT,
        rule="T0-26",
        clause=REPORT,
    ),
    Notice(
        "report_need",
        L("事业部需求：请省技术主管报告", "division need: the provincial supervisor reports"),
        on=TICKED,
        to=("provincial_supervisor", "tracker"),
        once=True,
        rule="T0-26",
        clause=REPORT,
    ),
    Notice(
        "need_report",
        L("事业部需求报告：邮件五人", "report of a division need: mail five"),
        on=on("mail_sent", list="division_need"),
        to=MAILED,
        via=("mail",),
        when="now",
        text=NEED_TEXT,
        rule="T0-26",
        clause=REPORT,
    ),
    Notice(
        "dispute",
        L("资料争议：请副总裁决", "evidence disputed: the DGM decides"),
        on="evidence_disputed",
        to=("dgm",),
        rule="W-10",
        clause=EVIDENCE,
    ),
    Notice(
        "frivolous",
        L("事业部投诉研发需求轻率", "the division complains of a frivolous demand"),
        on="demand_frivolous",
        to=("tracker", "technical_support_manager", "dgm"),
        rule="W-11",
        clause="000 III.3.3.7",
    ),
)

# --- III.3.3.4 and III.3.3.7-9: the report of a need, the R&D demand sheet ---------------------

DIVISION_FORMS = (
    Form(
        "need_report",
        L("事业部需求报告", "division-need report"),
        fields=(
            Choice(
                key="division_need",
                label=L("需求类型", "kind of need"),
                choices=NEEDS,
                required="intake",
                open=False,
            ),
            Text(key="customer", label=L("客户", "customer")),
            Text(key="product", label=L("产品", "product")),
            LongText(key="need", label=L("需求", "need"), required="intake"),
            LongText(key="evidence", label=L("资料", "evidence"), clause=EVIDENCE),
        ),
        report=True,
        attach_to=("need_report",),
        begins_with={"product": ("product", "firmware"), "need": ("need", "product_state")},
        rule="F0-21",
        clause=REPORT,
    ),
    Form(
        "rnd_demand",
        L("研发需求单", "R&D demand sheet"),
        fields=(
            Text(key="number", label=L("编号", "number"), required="intake"),
            LongText(key="problem", label=L("问题", "problem"), required="intake"),
            LongText(key="evidence", label=L("资料清单", "evidence"), clause=EVIDENCE),
            Text(
                key="necessity",
                label=L("必要性判断", "necessity check"),
                required="intake",
                help=L(
                    "轻率提出并被事业部投诉的，追究技术支持责任",
                    "Support answers for a frivolous demand the division complains of",
                ),
                clause="000 III.3.3.7",
            ),
            Date(
                key="wanted_until",
                label=L("要求完成日期", "wanted until"),
                required="intake",
                help=L("符合现场真实需要", "What the site really needs"),
                clause="000 III.3.3.7",
            ),
        ),
        steps=(
            Step(
                "signed_by_centre",
                L("中心总经理或副总签字", "signed by GM or DGM"),
                slots=("gm", "dgm"),
                any_of=True,
                clause="000 III.3.3.8",
            ),
            Step(
                "delivered",
                L("送达事业部", "delivered"),
                roles=SUPPORT,
                clause="000 III.3.3.8",
            ),
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
        clause=DEMAND,
    ),
)
