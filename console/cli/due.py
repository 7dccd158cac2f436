"""`console due`: the bare clock, without an installation."""

from __future__ import annotations

import argparse
import sys

from console import due
from console.cli.context import Context


def run(context: Context, options: argparse.Namespace) -> int:
    return due.run(options.calendars, sys.stdin, sys.stdout)
