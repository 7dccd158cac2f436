"""`console outlet`: the ways by which people are told, and a try of one."""

from __future__ import annotations

import argparse

from console.cli import naming
from console.cli.context import Context
from console.cli.output import DONE, REFUSED
from console.domain.outbox import REASONS
from console.domain.refusal import RefusedError
from console.domain.words import L, M
from console.outlets.letter import Letter, NotSentError
from console.outlets.settings import OutletSettings, load
from console.outlets.template import FILE

SUBJECT = L("通道测试", "A test of this outlet")
TEXT = L(
    "这是一条测试消息，说明通知可以由此发出。", "This is a test: notices can be sent this way."
)


def run(context: Context, options: argparse.Namespace) -> int:
    """Carry out `list` or `test`. Raises ConfigError for a file that is wrong."""
    if options.action == "test":
        return _test(context, options.channel, options.address)
    return _list(context)


def _list(context: Context) -> int:
    from console.outlets.courier import outlet_of  # noqa: PLC0415 - only here

    output = context.output()
    channels = load(context.directory).channels
    counts = {(channel, state): n for channel, state, n in context.desk.store.outbox_counts()}
    found = [
        {
            "channel": channel,
            "kind": settings.kind,
            "where": outlet_of(settings).where,
            "waiting": counts.get((channel, "waiting"), 0),
            "dead": counts.get((channel, "dead"), 0),
        }
        for channel, settings in channels.items()
    ]
    unsent = {key[0]: n for key, n in counts.items() if key[1] == "waiting"}
    alone = {channel: n for channel, n in unsent.items() if channel not in channels}
    if output.as_json:
        output.data({"outlets": found, "without_outlet": alone})
        return DONE
    for one in found:
        output.line(M("{channel}  {kind}  {where}: {waiting} waiting, {dead} not delivered", **one))
    for channel, count in alone.items():
        name = naming.channel(channel)
        output.line(M("{channel}: no outlet; {n} are left to people", channel=name, n=count))
    if not found and not alone:
        output.line(M("No outlet is configured ({file}).", file=FILE))
    return DONE


def _test(context: Context, channel: str, address: str) -> int:
    from console.outlets.courier import outlet_of  # noqa: PLC0415 - only here

    settings = _settings(context, channel)
    output = context.output()
    say = output.speech.say
    outlet = outlet_of(settings)
    if outlet.addressed and not address:
        raise RefusedError(
            "outlet",
            M("The outlet {channel} needs an address.", channel=channel),
            M("Write `console outlet test {channel} ADDRESS`.", channel=channel),
        )
    now = context.desk.now()
    letter = Letter(f"test-{now}", address, say(SUBJECT), say(TEXT), say(TEXT), now)
    try:
        way = outlet.send(letter)
    except NotSentError as error:
        problem = error.problem
        reason = say(REASONS.get(problem.reason, problem.reason))
        if output.as_json:
            output.data({"sent": False, "reason": problem.reason, "detail": problem.detail})
        else:
            output.line(M("Not sent: {reason}. {detail}", reason=reason, detail=problem.detail))
        return REFUSED
    if output.as_json:
        output.data({"sent": True, "outlet": way})
    else:
        output.line(M("Sent by {outlet}.", outlet=way))
    return DONE


def _settings(context: Context, channel: str) -> OutletSettings:
    channels = load(context.directory).channels
    if channel not in channels:
        raise RefusedError(
            "outlet",
            M("There is no outlet “{channel}”.", channel=channel),
            M("Those of {file} are: {known}.", file=FILE, known=", ".join(channels) or "–"),
        )
    return channels[channel]
