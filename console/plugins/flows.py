"""Parts of workflows that several product lines have in common, each with its own clause:
the end of a complaint (W-07), spot checks (W-18), satisfaction (W-20), handing over (W-06).
"""

from __future__ import annotations

from console.plugins import Act, Choice, Gate, Integer, L, LongText, Notice, Timer, on, when

AGES = "4wh"
"""How long what has no number may wait before it warns (D-07)."""

SETTLERS = ("complaint_officer", "signer")
"""Who alone answers and closes a complaint (D-24)."""

COMPLAINT = when("category").equals("complaint")

# --- W-07: a complaint is called one, and answered until the customer is satisfied -------------


def called_a_complaint(*kinds: str) -> Gate:
    """What is taken down as one of these kinds is classified as a complaint."""
    return Gate(
        "complaint_is_one",
        L("投诉须按投诉分类", "a complaint is classified as one"),
        before="assigned",
        happened=(on("classified", category="complaint"),),
        if_=when("sub_kind").one_of(*kinds) & ~COMPLAINT,
        remedy=L(
            "请按投诉分类，由投诉专员处理。",
            "Classify it as a complaint; its officer deals with it.",
        ),
        rule="W-07",
        clause="002 P2C2 penalties",
    )


def next_answer(who: str, clause: str) -> Timer:
    """Every answer the customer is not satisfied with is followed by another."""
    return Timer(
        "next_answer",
        L("继续答复至满意", "answer until satisfied"),
        start=on("complaint_answered", satisfied=False),
        stop="complaint_answered",
        within="timely",
        rule="W-07",
        clause=clause,
        level="timely",
        amber=AGES,
        who=who,
        each=True,
        house=True,
    )


def satisfied_first(clause: str) -> Gate:
    """A complaint is closed once the customer is satisfied with its answer."""
    return Gate(
        "satisfied_before_closed",
        L("客户满意后才能关闭投诉", "the customer is satisfied before closing"),
        before="closed",
        happened=(on("complaint_answered", satisfied=True),),
        if_=COMPLAINT,
        remedy=L(
            "请继续处理并再次答复（settle satisfied=yes）。",
            "Go on with it and answer again (settle satisfied=yes).",
        ),
        rule="W-07",
        clause=clause,
    )


def not_satisfied(to: tuple[str, ...], clause: str) -> Notice:
    """Whom an answer that did not satisfy the customer is told."""
    return Notice(
        "not_satisfied",
        L("客户对答复不满意：再答复", "not satisfied with the answer: another round"),
        on=on("complaint_answered", satisfied=False),
        to=to,
        when="now",
        rule="W-07",
        clause=clause,
    )


# --- W-20: one scale; who does not answer is counted apart -------------------------------------

_SCORE = L("满意度1-5", "satisfaction 1-5")
SATISFACTION = Integer(
    key="satisfaction",
    label=_SCORE,
    least=1,
    most=5,
    show_when=when("satisfaction").is_set(),
    rule="W-20",
)
"""What the customer said last, kept with the case."""

SCORE = Integer(
    key="satisfaction",
    label=_SCORE,
    least=1,
    most=5,
    help=L(
        "4分及以上为满意；客户未答复则不填", "4 and above is satisfied; empty without an answer"
    ),
)
UNHAPPY = when("satisfaction").is_set() & ~when("satisfaction").at_least(4)


def rating(clause: str) -> Act:
    """What the customer thinks of it, by which channel they said so."""
    return Act(
        "satisfaction_rated",
        L("客户评价", "satisfaction rated"),
        fields=(
            SCORE,
            Choice(
                key="rated_by",
                label=L("评价方式", "how"),
                choices={
                    "questionnaire": L("线上问卷", "questionnaire"),
                    "phone": L("电话", "phone"),
                    "signature": L("现场签字", "on-site signature"),
                    "no_reply": L("未答复", "no reply"),
                },
                required="intake",
                open=False,
            ),
            LongText(key="remark", label=L("意见", "remark")),
        ),
        fills=("satisfaction",),
        after_close=True,
        clause=clause,
    )


# --- W-18: somebody else reads the record ------------------------------------------------------

FINDINGS = {
    "wrong_entry": L("记录有误", "wrong entry"),
    "not_solved": L("未解决", "not solved"),
    "late": L("超时", "late"),
    "impolite": L("不礼貌", "impolite"),
}
FOUND = on("spot_checked", result=tuple(FINDINGS))

CHECK_RESULT = Choice(
    key="result",
    label=L("结果", "result"),
    choices={"ok": L("无误", "in order"), **FINDINGS},
    required="intake",
    open=False,
)


def fixing(clause: str) -> tuple[Timer, Act, Notice]:
    """A finding goes back to the owner, who puts it right."""
    timer = Timer(
        "fix_finding",
        L("改正抽查问题", "put the finding right"),
        start=FOUND,
        stop="finding_fixed",
        within="timely",
        rule="W-18",
        clause=clause,
        level="timely",
        amber=AGES,
        who="owner",
        each=True,
        house=True,
    )
    act = Act(
        "finding_fixed",
        L("抽查问题已改正", "finding put right"),
        fields=(LongText(key="text", label=L("如何改正", "how"), required="intake"),),
        clause=clause,
    )
    notice = Notice(
        "check_finding",
        L("抽查有问题：告知首问责任人", "spot check with a finding: tell the owner"),
        on=FOUND,
        to=("owner",),
        rule="W-18",
        clause=clause,
    )
    return timer, act, notice


# --- W-06: nobody pushes an unclear problem on -------------------------------------------------


def clear_before_transfer(clause: str) -> Gate:
    """A case is handed over with its record complete, so that nobody asks twice."""
    return Gate(
        "record_before_transfer",
        L("记录完整后才能转交", "the record is complete before it is handed over"),
        before="transfer_offered",
        happened=("recorded",),
        remedy=L(
            "请先补齐记录，接手人不再问客户。", "Complete it: nobody asks the customer twice."
        ),
        rule="W-06",
        clause=clause,
    )
