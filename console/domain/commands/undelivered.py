"""What a person does about a notice that waits or could not be delivered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from console.domain import bulletin
from console.domain.commands.command import Command, Situation
from console.domain.facts import Draft
from console.domain.fields import Flag, LongText, Text
from console.domain.notices import BY_HAND, CONSOLE
from console.domain.outbox import Posted, by_key, sent
from console.domain.refusal import RefusedError
from console.domain.words import L, M

BY_HAND_OUTLET = "hand"
"""What stands for the outlet where somebody sent it themselves."""


def resend(situation: Situation) -> Iterable[Draft]:
    """Have a notice or message sent anew. Its receiver gets it under a key of its own."""
    posted = _posted(situation)
    row = posted.row
    if row.channel in BY_HAND or row.channel == CONSOLE:
        raise RefusedError(
            "notice",
            M("Nothing is sent by this channel."),
            M("Tell them, then record it: reach case={case} who={who}.",
              case=posted.subject.partition(":")[2], who=row.slot),
        )  # fmt: skip
    if row.state == "waiting":
        raise RefusedError(
            "notice",
            M("This notice waits to be sent already."),
            M("`console show notices --waiting` says since when, and why."),
        )
    yield Draft(posted.subject, "notice_resent", {"key": row.key, "notice": row.notice})


def settle_notice(situation: Situation) -> Iterable[Draft]:
    """Lay a notice aside: somebody told them otherwise, or nobody needs to know any more."""
    posted = _posted(situation)
    if posted.row.state not in ("due", "waiting", "dead"):
        raise RefusedError(
            "notice",
            M("Nothing is left to be done about this notice."),
            M("`console show notices` says how far each has come."),
        )
    body: dict[str, Any] = {"key": posted.row.key, "notice": posted.row.notice}
    if situation.args.get("sent"):
        yield sent(posted, BY_HAND_OUTLET, situation.at)
        return
    if not situation.args.get("text"):
        raise RefusedError(
            "text",
            M("{command} needs {field}.", command=SETTLE, field=_TEXT.label),
            M("Add text=… to say why, or sent=yes if you have sent it yourself."),
        )
    yield Draft(posted.subject, "notice_settled", {**body, "text": situation.args["text"]})


def _posted(situation: Situation) -> Posted:
    """The notice of the key that was typed. Raises RefusedError."""
    key = situation.args["notice"]
    world = situation.world
    kind, _, about = world.notice_subject(key).partition(":")
    found = None
    if kind in ("case", bulletin.SUBJECT):
        holder = world.case(int(about)) if kind == "case" else world.bulletin(about)
        found = by_key(holder, key)
    if found is None:
        raise RefusedError(
            "notice",
            M("There is no notice “{key}”.", key=key),
            M("`console show notices` shows them with their keys."),
        )
    return found


SETTLE = L("了结通知", "lay a notice aside")
_NOTICE = Text(key="notice", label=L("通知编号", "notice"), required="intake")
_TEXT = LongText(key="text", label=L("原因", "why"))

COMMANDS = (
    Command(
        "resend",
        L("重发通知", "send a notice anew"),
        "nothing",
        resend,
        (_NOTICE,),
        permission="work",
        words=("重发",),
    ),
    Command(
        "settle_notice",
        SETTLE,
        "nothing",
        settle_notice,
        (_NOTICE, _TEXT, Flag(key="sent", label=L("已自行发送", "sent by hand"))),
        permission="work",
        words=("了结通知",),
    ),
)
