"""Permissions about calls and cases: answering, dispatching, contacting, complaints, closing.
Part of `console.domain.permissions`."""

from __future__ import annotations

from console.domain.permission import EVERYBODY, FRONT, NOBODY, WORKERS, Permission
from console.domain.words import L, M

SETTLING = "settle_complaint"
SETTLERS = ("complaint_officer", "signer")

_FRONT_DESK = L("请转告值班席位。", "Tell whoever sits at the hotline.")

ON_CASES = (
    Permission(
        "answer",
        L("接听、建单、回电", "answer calls, open cases, call back"),
        FRONT,
        "rulebook 5.2; W-01",
        L("来电由热线席位受理。", "Calls are taken at the hotline."),
        L(
            "请转告值班席位；投诉可自行登记（register_complaint）。",
            "Tell whoever sits at the hotline; a complaint you register yourself"
            " (register_complaint).",
        ),
    ),
    Permission(
        "classify",
        L("分类", "classify"),
        (*FRONT, "complaint_officer"),
        "rulebook 5.2; W-03",
        L("分类由热线席位负责。", "Cases are classified at the hotline."),
        _FRONT_DESK,
    ),
    Permission(
        "dispatch",
        L("派单", "dispatch"),
        (*FRONT, "support", "support_mgr", "area_lead", "req_filter", "coordinator"),
        "rulebook 5.2; W-03",
        L(
            "由席位派单，接单部门负责人再派。",
            "The hotline dispatches; a department that was given work passes it on.",
        ),
        L("不能处理时请转交（offer_transfer）。", "Offer it as a transfer (offer_transfer)."),
    ),
    Permission(
        "dispatch_to_division",
        L("向事业部派工或联系事业部", "pass work to a division, or contact it"),
        ("support", "support_mgr"),
        "000 III.3.3.2",
        L(
            "任何情况下都由技术支持联系事业部。",
            "Under no condition does anybody but technical support contact a division.",
        ),
        L("请派给技术支持。", "Assign it to technical support."),
    ),
    Permission(
        "name_tracker",
        L("指定跟踪人", "name the tracker"),
        (*FRONT, "support", "support_mgr"),
        "000 III.3.1.5",
        L(
            "跟踪人由席位或技术支持指定。",
            "The hotline or technical support names the tracker.",
        ),
    ),
    Permission(
        "verify",
        L("核实是否已联系客户", "verify that the customer was contacted"),
        FRONT,
        "000 III.3.1.4b",
        L("任何人不得核实自己的联系。", "Nobody verifies their own contact with the customer."),
        L(
            "请由接听电话的接线员或值班员核实。",
            "Ask the operator who took the call, or the duty person, to verify it.",
        ),
        rule="T0-02",
        not_of=("assignee",),
    ),
    Permission(
        "work",
        L("处理工单：填写、联系、记录、解决", "work on cases: record, contact, solve"),
        WORKERS,
        "rulebook 5.1",
        L(
            "工单只由处理工单的人员填写：审计只读，管理员不得改动工单历史。",
            "Only those who work on cases write on them: auditors read, administrators do"
            " not touch the history of a case.",
        ),
    ),
    Permission(
        "acknowledge",
        L("接单确认", "acknowledge"),
        WORKERS,
        "W-03",
        L("由处理人本人确认。", "The one who was given the case acknowledges it."),
        L("请处理人确认，或催办。", "Ask them, or urge them."),
        only=("assignee",),
        said=M("Only the person who was given the case can acknowledge it."),
    ),
    Permission(
        "promise",
        L("向客户承诺（须有具体时间）", "make the customer a promise (an exact time)"),
        WORKERS,
        "002 P3C1 hotline",
        L("承诺由处理工单的人员作出。", "Promises are made by those who work on the case."),
    ),
    Permission(
        "extend",
        L(
            "到期前延长时限（须已告知客户）",
            "extend a limit before it is due, the customer told",
        ),
        WORKERS,
        "003 Art.11(2)",
        L("时限由处理人延长。", "The one who has the case extends its limits."),
        rule="W-19",
        only=("assignee", "owner"),
        leads=("shift_lead",),
        said=M("Only the person who has the case, {who}, extends its limits.", who=""),
    ),
    Permission(
        "register_complaint",
        L("登记投诉（人人有责）", "register a complaint (everybody must)"),
        EVERYBODY,
        "002 P2C2 penalties; W-07",
        L("隐瞒投诉者受罚。", "Hiding a complaint is punished."),
    ),
    Permission(
        "advise_complaint",
        L("投诉处理建议", "advise on a complaint"),
        WORKERS,
        "004 9.3 A(2), 9.4 A(2)",
        L("建议由处理工单的人员填写。", "Those who work on cases advise."),
    ),
    Permission(
        "regrade_complaint",
        L("投诉改级（须有理由）", "regrade a complaint, with the reason"),
        SETTLERS,
        "002 P2C2 penalties; W-07",
        L("投诉不得撤下或隐瞒。", "A complaint is never dropped or hidden."),
        L(
            "请投诉专员说明理由后改级。",
            "Have the complaint officer regrade it, with the reason.",
        ),
        rule="W-07",
    ),
    Permission(
        SETTLING,
        L("处理、答复、关闭投诉", "settle, answer and close complaints"),
        SETTLERS,
        "002 P3C1",
        L(
            "受理人员只有建议权。",
            "A complaint is settled, answered and closed only by the complaint officer.",
        ),
        L(
            "请填写处理建议（advise_complaint）。",
            "Write your advice on it instead (advise_complaint).",
        ),
        rule="D-24",
    ),
    Permission(
        "close_case",
        L("客户确认后关闭工单", "close a case the customer has confirmed"),
        WORKERS,
        "002 P3C1",
        L("工单由首问责任人关闭。", "The owner closes a case."),
        L("请将建议写入工单。", "Write on the case what you advise."),
        rule="W-04",
        only=("owner",),
        leads=("shift_lead",),
        said=M("Only the owner, {who}, closes this case.", who=""),
    ),
    Permission(
        "hand_over_owner",
        L("移交首问责任（须有理由）", "hand ownership over, with the reason"),
        ("shift_lead", "area_lead"),
        "002 P3C1",
        L("首问责任人不得自行移交。", "Nobody hands ownership over alone."),
        L(
            "工作可以转交，责任不变（offer_transfer）。",
            "Work may be passed on, the owner stays (offer_transfer).",
        ),
        rule="W-04",
    ),
    Permission(
        "drop_callback",
        L("放弃回电", "give up calling back"),
        ("shift_lead",),
        "000 III.3.1.1",
        L("漏接须回电。", "A missed call is called back."),
        L("请稍后再拨。", "Try again later."),
        rule="W-02",
    ),
    Permission(
        "spot_check",
        L("抽查记录", "spot-check a record"),
        ("quality",),
        "rulebook W-18",
        L(
            "抽查由质检进行，不得抽查本人记录。",
            "Quality checks records, and nobody their own.",
        ),
        L(
            "请由未处理该工单的质检抽查。",
            "Leave it to a checker who has not worked on the case.",
        ),
        not_of=("owner", "assignee"),
    ),
    Permission(
        "sign_form",
        L("表单签字", "sign a form"),
        NOBODY,
        "rulebook 5.2",
        L("不得代签。", "Nobody signs for somebody else."),
        holder=L("表单指定的签字人或其代理人", "whom the form names to sign, or who acts for them"),
    ),
)
