"""`console demo`: the seat on a throwaway store with a simulated hotline.

The hotline runs in a process of its own and speaks to the store through the same interface
as a live line; everything above it is the real thing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from console.cli.context import Context
from console.cli.seat import open_seat, terminal_problem


def run(context: Context, options: argparse.Namespace) -> int:
    unusable = terminal_problem()
    if unusable is not None:
        return context.output().unusable(*unusable)
    directory = Path(tempfile.mkdtemp(prefix="console-demo-"))
    try:
        return _run_in(directory, context, options)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _run_in(directory: Path, context: Context, options: argparse.Namespace) -> int:
    from console import demo, installation  # noqa: PLC0415 - only here

    installation.install(directory)
    installation.install_sample(directory)
    context.directory = directory
    context.person = context.person or "lin"
    demo.furnish(context.desk)
    hotline = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "console.demo",
            str(directory),
            str(options.speed),
            str(options.seed or 0),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    try:
        return open_seat(context)
    finally:
        hotline.terminate()
        hotline.wait(timeout=5)
