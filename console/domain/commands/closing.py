"""Commands that end a case. Solved is a claim, confirmed the customer's word (W-15)."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain import gates
from console.domain.case import Case
from console.domain.commands.command import Command, Situation
from console.domain.commands.intake import is_complaint, labels_of, missing_fields
from console.domain.facts import Draft
from console.domain.fields import Choice, Flag, LongText, Text
from console.domain.people import Person
from console.domain.refusal import RefusedError
from console.domain.words import L, M, listed


def may_close(case: Case, _actor: Person) -> bool:
    """Where the customer was only told to try something, nobody closes yet (W-15)."""
    return case.state != "advised"


def may_reopen(case: Case, _actor: Person) -> bool:
    """Only what was thought finished can be opened again (W-17)."""
    return case.state in ENDED


ENDED = ("solved", "confirmed", "closed")
REOPENING = {
    "followup_problem": L("回访发现问题", "problem found at follow-up"),
    "not_satisfied": L("客户不满意", "customer not satisfied"),
    "effect_not_ok": L("效果不佳", "effect not OK"),
    "repeat_call": L("重复来电", "called again"),
    "wrong_close": L("误关闭", "closed by mistake"),
    "spot_check": L("抽查", "spot check"),
}


def resolve(situation: Situation) -> Iterable[Draft]:
    case = situation.case
    if situation.args.get("advice"):
        yield Draft(case.subject, "advised", {"text": situation.args["text"]})
        return
    yield Draft(case.subject, "solved", {"text": situation.args["text"]})


def confirm(situation: Situation) -> Iterable[Draft]:
    case = situation.case
    if case.happened("solved") is None and case.happened("complaint_answered") is None:
        raise RefusedError(
            "W-15",
            M("There is nothing to confirm yet: the case is not solved."),
            M("Record the solution first."),
            "001 P2 2.5",
        )
    body = {
        "who": situation.args["who"],
        "channel": situation.args.get("channel") or "phone",
        "satisfied": situation.args.get("satisfied", True),
    }
    if body["satisfied"]:
        yield Draft(case.subject, "confirmed", body)
    else:
        yield Draft(case.subject, "confirmation_refused", body)


def close(situation: Situation) -> Iterable[Draft]:
    case = situation.case
    if case.state == "advised":
        raise RefusedError(
            "W-15",
            M("Advice to try something closes nothing: the case stays open."),
            M("Ask the customer whether it is solved, then resolve and confirm it."),
            "002 P3C1 record",
        )
    missing = missing_fields(case.rules, case.attributes, "close")
    if missing:
        raise RefusedError(
            "close",
            M("not ready to close. Missing: {missing}", missing=listed(labels_of(case, missing))),
            M("Fill these fields in first."),
        )
    gates.check(case, Draft(case.subject, "closed"), situation.at)
    running = [c.timer for c in case.running() if c.timer.level != "timely"]
    if running and not situation.args.get("reason"):
        labels = [timer.label for timer in running]
        raise RefusedError(
            running[0].rule or running[0].key,
            M("obligations are still open: {open}", open=listed(list(labels))),
            M("Meet them first, or give a reason (reason=…) that will stay on record."),
            running[0].clause,
        )
    yield Draft(case.subject, "closed", {"reason": situation.args.get("reason", "")})


def _must_be_complaint(situation: Situation) -> None:
    if not is_complaint(situation.case, situation.actor):
        raise RefusedError("settle", M("This is not a complaint."), M("Resolve it instead."))


def settle(situation: Situation) -> Iterable[Draft]:
    _must_be_complaint(situation)
    body = {
        "text": situation.args["text"],
        "satisfied": situation.args.get("satisfied", False),
        "apology": situation.args.get("apology", False),
    }
    yield Draft(situation.case.subject, "complaint_answered", body)


def compensate(situation: Situation) -> Iterable[Draft]:
    _must_be_complaint(situation)
    yield Draft(situation.case.subject, "compensation_promised", {"text": situation.args["text"]})


def reopen(situation: Situation) -> Iterable[Draft]:
    case = situation.case
    if case.state not in ENDED:
        raise RefusedError("W-17", M("This case is still open."), M("Go on with it as it is."))
    yield Draft(case.subject, "reopened", {"reason": situation.args["reason"]})


_CASE = Text(key="case", label=L("工单", "case"), required="intake")
_TEXT = LongText(key="text", label=L("内容", "text"), required="intake")
_SATISFIED = Flag(key="satisfied", label=L("客户满意", "customer satisfied"))

COMMANDS = (
    Command(
        "resolve",
        L("已解决", "resolved"),
        "case",
        resolve,
        (_CASE, _TEXT, Flag(key="advice", label=L("仅建议", "advice only"))),
        permission="work",
        clause="001 P2 2.5",
        words=("解决",),
    ),
    Command(
        "confirm",
        L("客户确认", "confirmed by the customer"),
        "case",
        confirm,
        (
            _CASE,
            Text(key="who", label=L("确认人", "who confirmed"), required="intake"),
            Text(key="channel", label=L("方式", "channel")),
            _SATISFIED,
        ),
        permission="work",
        clause="001 P2 2.5",
        words=("确认",),
    ),
    Command(
        "close",
        L("关闭", "close"),
        "case",
        close,
        (_CASE, Text(key="reason", label=L("理由", "reason"))),
        permission="close_case",
        on_complaint="settle_complaint",
        clause="002 P3C1",
        words=("关闭",),
        suits=may_close,
    ),
    Command(
        "settle",
        L("答复投诉", "answer the complaint"),
        "case",
        settle,
        (_CASE, _TEXT, _SATISFIED, Flag(key="apology", label=L("已致歉", "apologised"))),
        permission="settle_complaint",
        words=("答复",),
        suits=is_complaint,
    ),
    Command(
        "compensate",
        L("承诺补偿", "promise compensation"),
        "case",
        compensate,
        (_CASE, _TEXT),
        permission="settle_complaint",
        words=("补偿",),
        suits=is_complaint,
    ),
    Command(
        "reopen",
        L("重开", "reopen"),
        "case",
        reopen,
        (
            _CASE,
            Choice(
                key="reason",
                label=L("原因", "reason"),
                choices=REOPENING,
                required="intake",
                open=False,
            ),
        ),
        permission="work",
        words=("重开",),
        suits=may_reopen,
    ),
)
