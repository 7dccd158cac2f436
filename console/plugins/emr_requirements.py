"""P5 2.2.9: requirements, filtered and followed to the end. Part of `console.plugins.emr`;
every rule carries its clause."""

from __future__ import annotations

from console.plugins import (
    Act,
    Choice,
    Date,
    Form,
    Gate,
    L,
    LongText,
    Notice,
    Step,
    Text,
    Timer,
    Wording,
    all_of,
    on,
    when,
)
from console.plugins.emr_record import REQUIREMENT
from console.plugins.flows import AGES

FILTERED = "001 P5 2.2.9(1)"
DISCUSSED = "001 P5 2.2.9(2)"
SIGNED_BY_HOSPITAL = "001 P5 2.2.9(4)"
EFFECT = "001 P5 2.2.9(6b)"
FILTER = ("req_filter",)
REFUSALS = {
    "rules_not_followed": L("未按规定提交", "rules not followed"),
    "purpose_missing": L("缺少需改目的", "purpose missing"),
    "scenario_missing": L("缺少业务场景", "scenario missing"),
}
MAILED = on("mail_sent", list="solution")
PHONED = on("role_reached", role="assignee", channel="phone")

REQUIREMENT_ACTS = (
    Act(
        "requirement_submitted",
        L("提交需求", "requirement submitted"),
        state=L("需求已提交", "requirement filed"),
        sets={"req_state": "submitted"},
        if_=REQUIREMENT,
        clause=FILTERED,
    ),
    Act(
        "requirement_refused",
        L("退回需求", "requirement refused"),
        fields=(
            Choice(
                key="reason",
                label=L("原因", "reason"),
                choices=REFUSALS,
                open=False,
                required="intake",
            ),
            LongText(key="text", label=L("说明", "explanation")),
        ),
        roles=FILTER,
        state=L("需求已退回", "requirement refused"),
        sets={"req_state": "refused"},
        if_=REQUIREMENT,
        clause=FILTERED,
    ),
    Act(
        "requirement_accepted",
        L("接受需求", "requirement accepted"),
        roles=FILTER,
        state=L("需求已接受", "requirement accepted"),
        sets={"req_state": "accepted"},
        if_=REQUIREMENT,
        clause=FILTERED,
    ),
    Act(
        "requirement_discussed",
        L("与研发测试讨论", "requirement discussed"),
        fields=(LongText(key="text", label=L("讨论结果", "outcome")),),
        roles=FILTER,
        state=L("需求已讨论", "requirement discussed"),
        sets={"req_state": "discussed"},
        if_=REQUIREMENT,
        clause=DISCUSSED,
    ),
    Act(
        "solution_received",
        L("研发给出方案", "solution received"),
        fields=(LongText(key="solution", label=L("方案", "solution")),),
        roles=FILTER,
        state=L("已有方案", "solution given"),
        sets={"req_state": "solution"},
        fills=("solution",),
        if_=REQUIREMENT,
        clause=DISCUSSED,
    ),
    Act(
        "mail_sent",
        L("邮件已发", "mail sent"),
        fields=(
            Choice(
                key="list",
                label=L("邮件", "mail"),
                choices={"solution": L("方案反馈", "solution to the site")},
                open=False,
                required="intake",
            ),
        ),
        clause=DISCUSSED,
    ),
    Act(
        "site_informed",
        L("现场已知方案", "site informed"),
        roles=FILTER,
        state=L("现场已知方案", "site informed"),
        sets={"req_state": "informed"},
        if_=REQUIREMENT,
        clause=DISCUSSED,
    ),
    Act(
        "solution_explained",
        L("向医院说明方案", "explained to hospital"),
        fields=(LongText(key="text", label=L("医院意见", "what the hospital says")),),
        if_=REQUIREMENT,
        clause=SIGNED_BY_HOSPITAL,
    ),
    Act(
        "development_started",
        L("开始开发", "development started"),
        state=L("开发中", "in development"),
        sets={"req_state": "confirmed"},
        if_=REQUIREMENT,
        clause=SIGNED_BY_HOSPITAL,
    ),
    Act(
        "updated",
        L("已在医院更新", "updated at the hospital"),
        fields=(Text(key="product_version", label=L("更新版本", "version installed")),),
        state=L("已更新", "updated"),
        sets={"req_state": "updated"},
        fills=("product_version",),
        if_=REQUIREMENT,
        clause=EFFECT,
    ),
    Act(
        "effect_asked",
        L("需求效果回访", "effect call"),
        fields=(
            Choice(
                key="effect",
                label=L("效果", "effect"),
                choices={"ok": L("良好", "OK"), "not_ok": L("不佳", "not OK")},
                open=False,
                required="intake",
                rule="F1-21",
            ),
            LongText(key="text", label=L("客户意见", "what the customer says")),
        ),
        roles=("coordinator",),
        if_=REQUIREMENT,
        clause=EFFECT,
    ),
)

REQUIREMENT_TIMERS = (
    Timer(
        "filter_requirement",
        L("过滤需求", "filter the requirement"),
        start="requirement_submitted",
        stop=(on("requirement_accepted"), on("requirement_refused")),
        within="timely",
        rule="F1-11",
        clause=FILTERED,
        level="timely",
        amber=AGES,
        who="req_filter",
        each=True,
    ),
    Timer(
        "discuss",
        L("周一、周四讨论需求", "discuss the requirement"),
        start="requirement_accepted",
        stop="requirement_discussed",
        within="slot:mon,thu",
        rule="T1-04",
        clause=DISCUSSED,
        who="req_filter",
    ),
    Timer(
        "inform_site",
        L("邮件和电话告知现场", "inform the site"),
        start="solution_received",
        stop=all_of(MAILED, PHONED),
        within="2h",
        rule="T1-05",
        clause=DISCUSSED,
        who="req_filter",
        each=True,
    ),
    Timer(
        "effect_call",
        L("一周后回访效果", "effect call after a week"),
        start="updated",
        stop="effect_asked",
        within="7cd",
        not_before="7cd",
        rule="T1-08",
        clause=EFFECT,
        who="coordinator",
        concern="followup",
        each=True,
    ),
    Timer(
        "effect_problem",
        L("效果不佳：重开需求", "effect not OK: reopen"),
        start=on("effect_asked", effect="not_ok"),
        stop=(on("reopened"), on("updated"), on("effect_asked", effect="ok")),
        within="timely",
        rule="W-17",
        clause=EFFECT,
        level="timely",
        amber=AGES,
        who="coordinator",
    ),
)

REQUIREMENT_NOTICES = (
    Notice(
        "solution",
        L("研发方案：邮件和电话告知现场", "solution: the site by mail and phone"),
        on="solution_received",
        to=("assignee",),
        via=("mail", "phone"),
        when="2h",
        text=Wording(
            L("需求{req_no}研发方案", "Solution for requirement {req_no}"),
            L(
                "{employer}需求{req_no}（工单{case}）研发已给方案：{solution}。请向医院说明。",
                "R&D has a solution for requirement {req_no} of {employer} (case {case}): "
                "{solution}. Please explain it to the hospital.",
            ),
            L(
                "医院：{employer} {department}\n产品与版本：{product_version}\n"
                "需求：{req_no}（工单{case}）\n需改目的：{purpose}\n业务场景：{scenario}\n"
                "研发方案：{solution}\n\n"
                "请向医院说明方案，并请医院签署需求方案确认表；签字前不开发。\n{req_filter}",
                "Hospital: {employer}, {department}\nProduct and version: {product_version}\n"
                "Requirement: {req_no} (case {case})\nPurpose of the change: {purpose}\n"
                "Business scenario: {scenario}\nSolution: {solution}\n\n"
                "Please explain it to the hospital and have it sign the confirmation of the "
                "solution; nothing is developed before.\n{req_filter}",
            ),
        ),
        rule="T1-05",
        clause=DISCUSSED,
    ),
    Notice(
        "effect_not_ok",
        L("需求效果不佳：过滤人和现场", "effect not OK: filter and site"),
        on=on("effect_asked", effect="not_ok"),
        to=("req_filter", "assignee", "owner"),
        when="now",
        text=Wording(
            L("需求{req_no}效果不佳", "Requirement {req_no}: effect not OK"),
            L(
                "{employer}需求{req_no}（工单{case}）更新后效果不佳，须重开继续处理。",
                "The update for requirement {req_no} of {employer} (case {case}) does not do "
                "what it should: reopen it and go on.",
            ),
        ),
        rule="W-17",
        clause=EFFECT,
    ),
)


def _confirmation(
    rule: str,
    key: str,
    label: L,
    after: tuple[str, ...] = (),
    per_cycle: bool = False,
    state: str = "",
) -> Form:
    """One of the three confirmations the hospital signs for every requirement."""
    return Form(
        key,
        label,
        fields=(
            Text(key="doc_no", label=L("文件编号", "document no."), required="intake"),
            Date(key="signed_on", label=L("签字日期", "signed on")),
        ),
        steps=(
            Step(
                "signed_by_hospital",
                L("医院已签字", "signed by the hospital"),
                clause=SIGNED_BY_HOSPITAL,
            ),
        ),
        requires=after,
        per_cycle=per_cycle,
        sets={"req_state": state} if state else {},
        rule=rule,
        clause=SIGNED_BY_HOSPITAL,
    )


REQUIREMENT_FORMS = (
    _confirmation("F1-12", "form_apply", L("需求申请确认表", "requirement application")),
    _confirmation(
        "F1-13",
        "form_solution",
        L("需求方案确认表", "requirement solution"),
        ("form_apply",),
        state="confirmed",
    ),
    _confirmation(
        "F1-14",
        "form_verify",
        L("需求验证确认表", "requirement verification"),
        ("form_solution",),
        per_cycle=True,
        state="verified",
    ),
)

NOT_REFUSED = REQUIREMENT & ~when("req_state").equals("refused")

REQUIREMENT_GATES = (
    Gate(
        "purpose_and_scenario",
        L("有目的和业务场景才能接受", "purpose and scenario before accepting"),
        before="requirement_accepted",
        happened=("requirement_submitted",),
        filled=("purpose", "scenario"),
        remedy=L(
            "请现场补充后重新提交，或退回并说明原因。",
            "Have the site complete and submit it again, or refuse it with the reason.",
        ),
        rule="F1-11",
        clause=FILTERED,
    ),
    Gate(
        "applied_before_discussed",
        L("申请确认表签字后才能讨论", "application signed before the discussion"),
        before="requirement_discussed",
        happened=("requirement_accepted", on("form_completed", form="form_apply")),
        rule="F1-12",
        clause=SIGNED_BY_HOSPITAL,
    ),
    Gate(
        "told_twice_before_informed",
        L("邮件和电话都告知才算现场已知", "informed means by mail and by phone"),
        before="site_informed",
        happened=(MAILED, PHONED),
        rule="T1-05",
        clause=DISCUSSED,
    ),
    Gate(
        "solution_before_development",
        L("方案确认表签字后才能开发", "solution signed before development"),
        before="development_started",
        happened=(on("form_completed", form="form_solution"),),
        rule="F1-13",
        clause=SIGNED_BY_HOSPITAL,
    ),
    Gate(
        "solution_before_update",
        L("方案确认表签字后才能更新", "solution signed before the update"),
        before="updated",
        happened=(on("form_completed", form="form_solution"),),
        rule="F1-13",
        clause=SIGNED_BY_HOSPITAL,
    ),
    Gate(
        "verified_before_closed",
        L("验证确认表签字后才能关闭", "verification signed before closing"),
        before="closed",
        happened=(on("form_completed", form="form_verify"),),
        if_=NOT_REFUSED,
        rule="F1-14",
        clause=SIGNED_BY_HOSPITAL,
    ),
    Gate(
        "effect_before_closed",
        L("效果良好才能关闭", "effect OK before closing"),
        before="closed",
        happened=(on("effect_asked", effect="ok"),),
        if_=NOT_REFUSED,
        remedy=L(
            "更新满一周后回访；效果不佳的请重开。",
            "Call a week after the update; reopen the case when the effect is not OK.",
        ),
        rule="T1-08",
        clause=EFFECT,
    ),
)
