"""`console verify`: does everything stored follow from the journal?"""

from __future__ import annotations

import argparse
from pathlib import Path

from console.cli.context import Context
from console.cli.output import DONE, REFUSED
from console.desk.verification import Signed, verify
from console.domain.words import M
from console.store import checkpoints


def run(context: Context, options: argparse.Namespace) -> int:
    report = verify(context.desk, _signed(context, options))
    output = context.output()
    if output.as_json:
        output.data(report)
    else:
        for problem in report.problems:
            output.line(problem)
        output.line(
            M(
                "{facts} facts, {cases} cases, {calls} calls checked.",
                facts=report.facts,
                cases=report.cases,
                calls=report.calls,
            )
        )
        output.line(M("Sound.") if not report.problems else M("Not sound."))
    return REFUSED if report.problems else DONE


def _signed(context: Context, options: argparse.Namespace) -> Signed | None:
    """The checkpoints named, and the key: that of the installation when none is."""
    if not options.checkpoints:
        return None
    key = options.key or context.directory / checkpoints.PUBLIC
    return Signed(Path(options.checkpoints), Path(key))
