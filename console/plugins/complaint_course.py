"""The course of a complaint from its registration to the answer (W-07), for lines whose
regulation names no other: registered at once, taken by the officer, passed to a department,
planned, rectified, answered with an apology. What ends it is in `flows`.
"""

from __future__ import annotations

from console.plugins import Act, Condition, Date, Form, Gate, L, LongText, Text, Timer, on
from console.plugins.flows import AGES, COMPLAINT, SETTLERS

MADE = on("classified", category="complaint")
REGISTERED = on("form_completed", form="complaint_register")


def register_form(clause: str, fills: tuple[str, ...] = ("accused",)) -> Form:
    """What the customer complains of, in their words; `fills` are the fields of the case that
    get it."""
    return Form(
        "complaint_register",
        L("投诉登记表", "complaint register"),
        fields=(
            LongText(
                key="matter",
                label=L("投诉事项", "matter"),
                required="intake",
                help=L("按客户原话，不作评判", "In the customer's words, without judging them"),
                clause=clause,
            ),
            LongText(key="demand", label=L("客户诉求", "demand"), required="intake", clause=clause),
            Text(key="accused", label=L("被投诉人", "person complained of"), clause=clause),
        ),
        fills=fills,
        rule="W-07",
        clause=clause,
    )


def plan_form(clause: str) -> Form:
    """What the department will do about it, and until when."""
    return Form(
        "rectification_plan",
        L("整改方案", "rectification plan"),
        fields=(
            LongText(key="plan", label=L("方案", "plan"), required="intake", clause=clause),
            Date(
                key="plan_due",
                label=L("整改期限", "to be done by"),
                required="intake",
                clause=clause,
            ),
        ),
        due_field="plan_due",
        requires=("complaint_register",),
        rule="W-07",
        clause=clause,
    )


def course_acts(clause: str, if_: Condition = COMPLAINT) -> tuple[Act, ...]:
    """Who has it now; `if_` says what is a complaint."""
    return (
        Act(
            "complaint_taken",
            L("投诉专员受理", "taken by the officer"),
            roles=SETTLERS,
            state=L("投诉受理中", "with the officer"),
            if_=if_,
            clause=clause,
        ),
        Act(
            "complaint_passed",
            L("已转责任部门", "passed to a department"),
            fields=(Text(key="department", label=L("责任部门", "department"), required="intake"),),
            roles=SETTLERS,
            state=L("已转部门", "with the department"),
            fills=("department",),
            if_=if_,
            clause=clause,
        ),
        Act(
            "rectified",
            L("整改完成", "rectified"),
            fields=(LongText(key="text", label=L("整改情况", "what was done")),),
            state=L("已整改", "rectified"),
            if_=if_,
            clause=clause,
        ),
    )


def course_gates(clause: str) -> tuple[Gate, ...]:
    """The stages in their order."""
    return (
        Gate(
            "registered_before_passed",
            L("登记后转责任部门", "registered before it is passed on"),
            before="complaint_passed",
            happened=(REGISTERED,),
            remedy=L(
                "请先填投诉登记表（fill_form form=complaint_register）。",
                "Fill in the register first (fill_form form=complaint_register).",
            ),
            rule="W-07",
            clause=clause,
        ),
        Gate(
            "planned_before_rectified",
            L("有整改方案后整改", "planned before it is rectified"),
            before="rectified",
            happened=(on("form_completed", form="rectification_plan"),),
            remedy=L(
                "请先填整改方案（fill_form form=rectification_plan）。",
                "Fill in the plan first (fill_form form=rectification_plan).",
            ),
            rule="W-07",
            clause=clause,
        ),
    )


def course_timers(officer: str, clause: str) -> tuple[Timer, ...]:
    """No document gives these stages a number: registering is due at once, the plan has the
    date its author gave it, the rest ages."""
    return (
        Timer(
            "register_complaint",
            L("立即登记投诉", "register the complaint"),
            start=MADE,
            stop=REGISTERED,
            within="now",
            rule="W-07",
            clause=clause,
            level="now",
            who="owner",
            house=True,
        ),
        Timer(
            "take_complaint",
            L("投诉专员受理", "the officer takes it"),
            start=MADE,
            stop=(on("complaint_taken"), on("complaint_passed"), on("complaint_answered")),
            within="timely",
            rule="W-07",
            clause=clause,
            level="timely",
            amber=AGES,
            who=officer,
            house=True,
        ),
        Timer(
            "rectify",
            L("按方案整改", "rectify as planned"),
            start=on("form_completed", form="rectification_plan"),
            stop="rectified",
            within="promise",
            rule="W-07",
            clause=clause,
            who=officer,
            house=True,
        ),
        Timer(
            "answer_rectified",
            L("整改后答复客户", "answer after rectifying"),
            start="rectified",
            stop="complaint_answered",
            within="timely",
            rule="W-07",
            clause=clause,
            level="timely",
            amber=AGES,
            who=officer,
            each=True,
            house=True,
        ),
    )


def apology_first(clause: str) -> Gate:
    """Nobody answers a complaint without saying sorry, founded or not."""
    return Gate(
        "apology_with_answer",
        L("答复投诉先致歉，无论是否成立", "say sorry, even if the complaint is unfounded"),
        before=on("complaint_answered", **{"apology!": True}),
        happened=(on("complaint_answered", apology=True),),
        remedy=L("请向客户致歉并注明（apology=yes）。", "Apologise and say so: apology=yes."),
        rule="W-07",
        clause=clause,
    )
