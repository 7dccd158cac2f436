"""`console people`: who may use the console."""

from __future__ import annotations

import argparse
import getpass
import sys

from console.cli import show
from console.cli.context import Context
from console.cli.do import pairs, show_outcome
from console.cli.output import DONE
from console.domain.refusal import RefusedError
from console.domain.words import M


def run(context: Context, options: argparse.Namespace) -> int:
    if options.action == "list":
        options.what, options.key = "people", ""
        return show.run(context, options)
    if not options.key:
        raise RefusedError("person", M("Which person?"), M("Write their key after the action."))
    if options.action == "pin":
        return _set_pin(context, options.key)
    name = "add_person" if options.action == "add" else "change_person"
    typed = {"person": options.key, **pairs(options.fields)}
    outcome = context.desk.do(name, typed, context.who, context.at)
    return show_outcome(context.output(), context.desk, outcome)


def _set_pin(context: Context, key: str) -> int:
    from console.desk.pins import set_pin  # noqa: PLC0415 - argon2 only here

    desk, output = context.desk, context.output()
    person = desk.directory.find(key)
    if person is None:
        raise RefusedError("person", M("Nobody here is called “{who}”.", who=key))
    actor = desk.actor(context.who)
    if person.key != actor.key and not actor.has("admin", "shift_lead"):
        raise RefusedError("pin", M("Only an administrator sets another person's PIN."))
    if sys.stdin.isatty():
        pin = getpass.getpass(output.speech.say(M("PIN, at least 4 digits: ")))
    else:
        pin = sys.stdin.readline().strip()
    set_pin(desk.store, person.key, pin)
    output.line(M("PIN set for {name}.", name=person.name))
    return DONE
