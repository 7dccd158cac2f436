"""`console worker`: breaches, warnings and repeated questions, with or without a seat."""

from __future__ import annotations

import argparse
import signal
import threading

from console.cli import naming
from console.cli.context import Context
from console.cli.output import DONE, Output
from console.desk.ledger import label_of
from console.domain.facts import Fact
from console.domain.words import Instant, M
from console.worker import Worker


def run(context: Context, options: argparse.Namespace) -> int:
    worker = Worker(context.desk)
    output = context.output()
    if options.once:
        facts = worker.turn(context.at)
        worker.close()
        _say(context, output, facts)
        if not output.as_json:
            output.line(M("{count} facts noted.", count=len(facts)))
        return DONE
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, lambda *_: stop.set())
    output.line(M("The worker runs. Stop it with Ctrl+C."))
    worker.run(stop, lambda facts: _say(context, output, facts))
    return DONE


def _say(context: Context, output: Output, facts: list[Fact]) -> None:
    rulebook = context.desk.rulebook
    for fact in facts:
        if output.as_json:
            output.data(fact)
        else:
            place = naming.subject(fact.subject)
            label = label_of(fact, rulebook)
            words = M("{at}  {subject}: {fact}", at=Instant(fact.at), subject=place, fact=label)
            output.line(words)
