"""`console people`: who may use the console."""

from __future__ import annotations

import argparse
import getpass
import sys

from console.cli import show
from console.cli.context import Context
from console.cli.do import pairs, show_outcome
from console.cli.output import DONE
from console.domain.people import Person
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
    if options.action == "keys":
        return _show_keys(context, options.key)
    name = "add_person" if options.action == "add" else "change_person"
    typed = {"person": options.key, **pairs(options.fields)}
    outcome = context.desk.do(name, typed, context.who, context.at)
    return show_outcome(context.output(), context.desk, outcome)


def _found(context: Context, key: str) -> Person:
    person = context.desk.directory.find(key)
    if person is None:
        raise RefusedError("person", M("Nobody here is called “{who}”.", who=key))
    return person


def _show_keys(context: Context, key: str) -> int:
    """The SSH keys that open somebody's seat, as `ssh-keygen -l` names them."""
    keys = _found(context, key).keys
    output = context.output()
    if output.as_json:
        output.data(keys)
    else:
        output.table([(one.fingerprint, one.kind, one.label) for one in keys])
    return DONE


def _set_pin(context: Context, key: str) -> int:
    desk, output = context.desk, context.output()
    person = _found(context, key)
    if person.key != context.who.person:
        desk.demand("manage_people", context.who)
    if sys.stdin.isatty():
        pin = getpass.getpass(output.speech.say(M("PIN, at least 4 digits: ")))
    else:
        pin = sys.stdin.readline().strip()
    desk.set_pin(person.key, pin, context.who)
    output.line(M("PIN set for {name}.", name=person.name))
    return DONE
