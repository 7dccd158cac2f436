"""`console worker`: breaches, warnings, repeated questions, with or without a seat; notices
and messages sent; and the telephone lines."""

from __future__ import annotations

import argparse
import signal
import threading

from console.cli.context import Context
from console.cli.output import DONE, UNUSABLE, Output
from console.desk.ledger import label_of
from console.domain.facts import Fact
from console.domain.words import Instant, M
from console.worker import Worker


def run(context: Context, options: argparse.Namespace) -> int:
    from console.desk.delivery import Delivery  # noqa: PLC0415 - only here
    from console.desk.upkeep import Upkeep  # noqa: PLC0415

    worker = Worker(context.desk, Delivery(context.desk), Upkeep(context.desk))
    output = context.output()
    if options.once:
        facts = worker.turn(context.at)
        facts += worker.deliver(context.at, wait=True)
        worker.close()
        _say(context, output, facts)
        if not output.as_json:
            output.line(M("{count} facts noted.", count=len(facts)))
        return DONE
    return _run_for_good(context, output, worker)


def _run_for_good(context: Context, output: Output, worker: Worker) -> int:
    """Take turns and run the lines until told to stop."""
    from console.installation import open_desk  # noqa: PLC0415 - only here
    from console.sources.line_thread import LineThread  # noqa: PLC0415
    from console.sources.lines import Lines  # noqa: PLC0415

    directory, stop = context.directory, threading.Event()
    faults: list[BaseException] = []

    def failed(error: BaseException) -> None:
        """Without its lines a worker is to be started again, by whoever supervises it."""
        faults.append(error)
        stop.set()

    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, lambda *_: stop.set())
    lines = LineThread(lambda: Lines(directory, lambda: open_desk(directory)), failed)
    lines.start()
    output.line(M("The worker runs. Stop it with Ctrl+C."))
    try:
        worker.run(stop, lambda facts: _say(context, output, facts))
    finally:
        lines.stop()
    if not faults:
        return DONE
    output.unusable(
        M("The telephone lines stopped: {error}.", error=str(faults[0])),
        M("Start the worker again; `console doctor` says what may be wrong."),
    )
    return UNUSABLE


def _say(context: Context, output: Output, facts: list[Fact]) -> None:
    rulebook = context.desk.rulebook
    for fact in facts:
        if output.as_json:
            output.data(fact)
        else:
            place = fact.subject.replace(":", " ")
            label = label_of(fact, rulebook)
            words = M("{at}  {subject}: {fact}", at=Instant(fact.at), subject=place, fact=label)
            output.line(words)
