"""How far a case has come. A state is the furthest step reached, never a wish.

Facts move a case forward only: a second phone call to the customer does not make a
verified case merely "contacted". What does lead back (reopening, advice to "try it",
a transfer that was refused) says so explicitly.
"""

from __future__ import annotations

from console.domain.facts import Fact
from console.domain.words import Label

OPEN = "open"
CLOSED = "closed"

STATES: dict[str, Label] = {
    OPEN: Label("已建单", "opened"),
    "recorded": Label("已记录", "recorded"),
    "classified": Label("已分类", "classified"),
    "dispatched": Label("已派单", "dispatched"),
    "acknowledged": Label("已接单", "acknowledged"),
    "contacted": Label("已联系", "contacted"),
    "verified": Label("已核实", "verified"),
    "in_progress": Label("处理中", "in progress"),
    "advised": Label("已建议", "advised"),
    "deferred": Label("已延期", "deferred"),
    "solved": Label("已解决", "solved"),
    "confirmed": Label("已确认", "confirmed"),
    CLOSED: Label("已关闭", "closed"),
    "reopened": Label("已重开", "reopened"),
}

CALL_STATES: dict[str, Label] = {
    "requested": Label("待拨出", "to be dialled"),
    "ringing": Label("响铃", "ringing"),
    "queued": Label("等待", "waiting"),
    "answered": Label("通话", "talking"),
    "missed": Label("漏接", "missed"),
    "ended": Label("已结束", "ended"),
}

_RANK = {state: rank for rank, state in enumerate(STATES)} | {"reopened": 3}

_FORWARD = {
    "recorded": "recorded",
    "classified": "classified",
    "assigned": "dispatched",
    "acknowledged": "acknowledged",
    "customer_contacted": "contacted",
    "transfer_accepted": "in_progress",
    "work_started": "in_progress",
    "solved": "solved",
    "confirmed": "confirmed",
    "closed": CLOSED,
}
_OUTRIGHT = {
    "reopened": "reopened",
    "advised": "advised",
    "deferred": "deferred",
    "confirmation_refused": "in_progress",
}


def state_after(state: str, fact: Fact) -> str:
    """The state of a case after a fact."""
    outright = _OUTRIGHT.get(fact.kind)
    if outright is not None:
        return outright
    reached = _FORWARD.get(fact.kind)
    if fact.kind == "contact_verified" and fact.body.get("answer") is True:
        reached = "verified"
    if reached is None or _RANK[reached] < _RANK.get(state, _RANK["in_progress"]):
        return state
    return reached
