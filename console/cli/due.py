"""`console due`: the bare clock, without an installation."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from console import due
from console.cli.context import Context


def run(context: Context, options: argparse.Namespace) -> int:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    return due.run(Path(options.calendars), sys.stdin, sys.stdout, say=context.output().speech.say)
