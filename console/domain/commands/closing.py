"""Commands that end a case. Solved is a claim, confirmed the customer's word (W-15)."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain import gates
from console.domain.case import Case
from console.domain.commands.command import WORKERS, Command, Situation
from console.domain.commands.intake import labels_of, missing_fields
from console.domain.facts import Draft
from console.domain.fields import Choice, Flag, LongText, Text
from console.domain.people import Person
from console.domain.refusal import RefusedError
from console.domain.words import L, M, Named, listed


def _settled_by(case: Case) -> tuple[str, ...] | None:
    category = case.rules.settling(case.attributes)
    return category.settled_by if category is not None else None


def may_settle(case: Case, actor: Person) -> bool:
    """Whether this is a complaint that this person may answer and close (D-24)."""
    roles = _settled_by(case)
    return roles is not None and actor.has(*roles)


def may_close(case: Case, actor: Person) -> bool:
    """Complaints are closed by those who settle them, anything else by its owner; where the
    customer was only told to try something, nobody closes yet (W-15)."""
    roles = _settled_by(case)
    return case.state != "advised" and (roles is None or actor.has(*roles))


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
    _only_by_right(situation, case)
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


def _only_by_right(situation: Situation, case: Case) -> None:
    """A complaint is closed by those who may settle it, anything else by its owner (§5.2)."""
    if _settled_by(case) is not None:
        _must_settle(situation)
    elif situation.actor.key != case.owner and not situation.actor.has("shift_lead"):
        raise RefusedError(
            "W-04",
            M("Only the owner, {owner}, closes this case.", owner=Named(case.owner)),
            M("Ask the owner; a shift lead may close it in their absence."),
            "002 P3C1",
        )


def _must_settle(situation: Situation) -> None:
    case = situation.case
    category = case.rules.settling(case.attributes)
    if category is None:
        raise RefusedError("settle", M("This is not a complaint."), M("Resolve it instead."))
    if not may_settle(case, situation.actor):
        raise RefusedError(
            "D-24",
            M("A complaint is settled, answered and closed only by the complaint officer."),
            M("Write your advice on it instead (advise_complaint)."),
            category.clause,
        )


def settle(situation: Situation) -> Iterable[Draft]:
    _must_settle(situation)
    body = {
        "text": situation.args["text"],
        "satisfied": situation.args.get("satisfied", False),
        "apology": situation.args.get("apology", False),
    }
    yield Draft(situation.case.subject, "complaint_answered", body)


def compensate(situation: Situation) -> Iterable[Draft]:
    _must_settle(situation)
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
        WORKERS,
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
        WORKERS,
        clause="001 P2 2.5",
        words=("确认",),
    ),
    Command(
        "close",
        L("关闭", "close"),
        "case",
        close,
        (_CASE, Text(key="reason", label=L("理由", "reason"))),
        WORKERS,
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
        WORKERS,
        words=("答复",),
        suits=may_settle,
    ),
    Command(
        "compensate",
        L("承诺补偿", "promise compensation"),
        "case",
        compensate,
        (_CASE, _TEXT),
        WORKERS,
        words=("补偿",),
        suits=may_settle,
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
        WORKERS,
        words=("重开",),
        suits=may_reopen,
    ),
)
