"""`python -m bench [NAME …] [--quick | --full]`: one table, and bench/results/latest.json."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from importlib import import_module
from pathlib import Path

from bench.rows import Row, table
from bench.sampling import Scale

RESULTS = Path(__file__).parent / "results"

BENCHES = (
    "start",
    "memory",
    "keys",
    "idle",
    "tick",
    "commit",
    "seats",
    "follow",
    "ring",
    "line",
    "worktime",
    "fold",
    "history",
    "verify",
)
"""In the order of the budgets they measure."""


def main(argv: list[str] | None = None) -> int:
    """Run what was asked for. Exit code: 1 when something could not be measured, else 0: a
    budget that is missed on a busy machine is a line of the table, not a failure."""
    options = _parser().parse_args(argv)
    scale = Scale(options.quick, options.full)
    rows, failed = [], False
    for name in options.names or BENCHES:
        begun = time.monotonic()
        try:
            rows += import_module(f"bench.{name}").run(scale)
        except Exception as error:
            failed = True
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
        print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr)
    print(table(rows))
    _keep(rows, scale)
    return int(failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="small, to see that everything works")
    size.add_argument("--full", action="store_true", help="with a history of 1,000,000 cases")
    return parser


def _keep(rows: list[Row], scale: Scale) -> None:
    """Remember the figures with what they were taken on."""
    RESULTS.mkdir(exist_ok=True)
    result = {
        "taken": time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime()),
        "scale": scale._asdict(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "rows": [row.as_data() for row in rows],
    }
    text = json.dumps(result, ensure_ascii=False, indent=1)
    (RESULTS / "latest.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
