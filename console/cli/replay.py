"""`console replay`: play a recorded exchange into the store."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from console.cli.context import Context
from console.cli.output import DONE
from console.domain.words import M
from console.sources.line_trouble import LoginRefusedError
from console.sources.recorder import record
from console.sources.replay import Recording, ReplaySource


def run(context: Context, options: argparse.Namespace) -> int:
    path = Path(options.recording)
    if not path.is_file():
        message = M("There is no recording {path}.", path=str(path))
        return context.output().unusable(message, M("Name a file NAME.seat.ami."))
    recording = Recording(path)
    desk = context.desk
    base: int | None = None
    if not options.recorded_time:
        base = desk.now() - (int(recording.length) if options.speed == 0 else 0)
    source = ReplaySource(recording, speed=options.speed, base=base)
    try:
        count = asyncio.run(record(source, desk))
    except LoginRefusedError as refused:
        message = M("The exchange refused the login: {reason}.", reason=str(refused))
        return context.output().unusable(message, M("Record it again with a user that may log in."))
    context.output().line(M("{count} call events recorded.", count=count))
    return DONE
