"""`console follow`: the journal's tail as JSON lines."""

from __future__ import annotations

import argparse
import sys
import time

from console.cli.context import Context
from console.cli.output import DONE

_POLL_SECONDS = 0.1


def run(context: Context, options: argparse.Namespace) -> int:
    context.read()
    desk, output = context.desk, context.output()
    seq = desk.store.last_seq() if options.since is None else options.since
    version = None
    while True:
        facts = desk.follow(seq)
        for fact in facts:
            output.data(fact)
            seq = fact.seq
        sys.stdout.flush()
        if facts:
            continue
        if options.once:
            return DONE
        version = desk.store.data_version()
        while desk.store.data_version() == version:
            time.sleep(_POLL_SECONDS)
