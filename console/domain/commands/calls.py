"""Commands on calls: ring, claim, answer, end, miss (W-01, W-02)."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.call import Call
from console.domain.callback import SUBJECT as CALLBACK
from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import Choice, Phone, Text
from console.domain.numbers import is_withheld, understand
from console.domain.refusal import RefusedError
from console.domain.words import L, M, Named

STALE_CLAIM = 60
"""A claim nobody acted on goes amber, and may be taken over, after this many seconds."""


def stale_at(call: Call) -> int:
    """From when on the claim of a call that still rings is stale (UTC seconds); 0 when
    nobody claimed it or somebody talks to the caller by now."""
    waiting = call.claimed_by and call.state in ("ringing", "queued")
    return call.claimed_at + STALE_CLAIM if waiting else 0


def ring(situation: Situation) -> Iterable[Draft]:
    args = situation.args
    key = args.get("call") or situation.world.new_call()
    if situation.world.call(key).version:
        raise RefusedError(
            "call",
            M("There is a call “{key}” already.", key=key),
            M("Leave the key out, or choose another one."),
        )
    number = understand(args["number"], area_code=situation.world.area_code)
    body = {
        "number": number.received,
        "e164": number.e164 or "",
        "shown": number.shown,
        "name": args.get("name", ""),
        "did": args.get("did", ""),
        "exchange": "hand",
        "direction": "in",
    }
    yield Draft(f"call:{key}", "call_rang", body)


def claim(situation: Situation) -> Iterable[Draft]:
    call = situation.call
    _must_be_open(call)
    holder = call.claimed_by
    if holder and holder != situation.actor.key:
        raise RefusedError(
            "claim",
            M("{who} has already claimed this call.", who=Named(holder)),
            M("Take another call, or take this one over if the claim has gone stale."),
        )
    if holder:
        return
    yield Draft(call.subject, "call_claimed")


def take_over(situation: Situation) -> Iterable[Draft]:
    call = situation.call
    _must_be_open(call)
    held = situation.at - call.claimed_at
    if call.claimed_by and call.claimed_by != situation.actor.key and held < STALE_CLAIM:
        raise RefusedError(
            "claim",
            M("{who} claimed this call only just now.", who=Named(call.claimed_by)),
            M("Wait until the claim goes amber, or ask them."),
        )
    yield Draft(call.subject, "call_claimed", {"from": call.claimed_by})


def answer(situation: Situation) -> Iterable[Draft]:
    call = situation.call
    _must_not_be_missed(call)
    yield from claim(situation)
    if call.state != "answered":
        station = situation.actor.extension
        yield Draft(call.subject, "call_answered", {"station": station})


def end_call(situation: Situation) -> Iterable[Draft]:
    call = situation.call
    if not call.live:
        raise RefusedError("call", M("This call has already ended."), M("Open a case from it."))
    if call.state != "answered" and call.direction == "in":
        yield from missed(call, situation.args.get("reason") or "abandoned", situation.at)
        return
    yield from ended(call, "hangup", situation.at)


def miss_call(situation: Situation) -> Iterable[Draft]:
    call = situation.call
    if call.state == "answered" or not call.live:
        raise RefusedError(
            "call",
            M("This call was answered or has already ended."),
            M("Only a ringing call can be missed."),
        )
    yield from missed(call, situation.args.get("reason") or "abandoned", situation.at)


def ended(call: Call, cause: str, at: int) -> Iterable[Draft]:
    """The end of a call, told to the call and to every case it led to."""
    yield Draft(call.subject, "call_ended", {"cause": cause}, at)
    for case in call.cases:
        yield Draft(f"case:{case}", "call_ended", {"call": call.key}, at)


def missed(call: Call, reason: str, at: int) -> Iterable[Draft]:
    yield Draft(call.subject, "call_missed", {"reason": reason}, at)
    if call.number and not call.withheld and not is_withheld(call.number):
        owed = {"call": call.key, "shown": call.shown, "name": call.name, "place": dict(call.place)}
        yield Draft(f"{CALLBACK}:{call.number}", "callback_owed", owed, at)
    for case in call.cases:
        yield Draft(f"case:{case}", "call_missed", {"call": call.key}, at)


def _must_be_open(call: Call) -> None:
    if call.state == "ended":
        raise RefusedError("call", M("This call has already ended."), M("Open a case from it."))


def _must_not_be_missed(call: Call) -> None:
    if call.state == "missed":
        raise RefusedError(
            "W-02",
            M("This call was missed; nobody is on the line."),
            M("Call back instead (return_call)."),
            "000 III.3.1.1",
        )


_CALL = Text(key="call", label=L("来电", "call"), required="intake")
MISSED_REASONS = {
    "abandoned": L("客户放弃", "the caller gave up"),
    "queue_timeout": L("排队超时", "queue time-out"),
    "never_offered": L("无坐席", "never offered to a seat"),
    "outage": L("线路中断", "line outage"),
}
_REASON = Choice(key="reason", label=L("原因", "reason"), choices=MISSED_REASONS)

COMMANDS = (
    Command(
        "ring",
        L("登记来电", "enter a ringing call"),
        "nothing",
        ring,
        (
            Text(key="number", label=L("号码", "number"), required="intake"),
            Text(key="call", label=L("来电编号", "key")),
            Text(key="name", label=L("来电名称", "caller name")),
            Phone(key="did", label=L("被叫号码", "dialled number")),
        ),
        permission="answer",
        words=("来电",),
    ),
    Command(
        "claim", L("认领", "claim"), "call", claim, (_CALL,), permission="answer", words=("认领",)
    ),
    Command(
        "take_over",
        L("接管", "take over"),
        "call",
        take_over,
        (_CALL,),
        permission="answer",
        words=("接管",),
    ),
    Command(
        "answer",
        L("接听", "answer"),
        "call",
        answer,
        (_CALL,),
        permission="answer",
        words=("接听",),
    ),
    Command(
        "end_call",
        L("结束通话", "end the call"),
        "call",
        end_call,
        (_CALL, _REASON),
        permission="answer",
        words=("挂断",),
    ),
    Command(
        "miss_call",
        L("记为漏接", "mark missed"),
        "call",
        miss_call,
        (_CALL, _REASON),
        permission="answer",
        words=("漏接",),
    ),
)
