"""`console checkpoint`: sign now what the journal has come to."""

from __future__ import annotations

import argparse

from console.cli.context import Context
from console.cli.output import DONE
from console.desk import checkpointing
from console.domain.permissions import demand
from console.domain.refusal import RefusedError
from console.domain.words import M


def run(context: Context, options: argparse.Namespace) -> int:
    desk, output = context.desk, context.output()
    if context.person:
        demand("back_up", desk.actor(context.who))
    made = checkpointing.write(desk)
    if made is None:
        raise RefusedError("checkpoint", M("There is nothing to sign yet."))
    if output.as_json:
        output.data(made)
    else:
        output.line(M("Fact {seq} signed with key {key}.", seq=made.seq, key=made.key))
    return DONE
