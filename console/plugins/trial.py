"""Trying a product line's file where it can do no harm: in a process of its own.

The process loads and checks the file and reports what it found. It is given a few seconds;
one that hangs says which line it hung in, one that dies is reported as such.
"""

from __future__ import annotations

import faulthandler
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from console.domain.words import Label, Message
from console.plugins.checker import check_line
from console.plugins.dropin import UnfitError, load, read
from console.plugins.findings import Finding
from console.plugins.kinds import Files
from console.plugins.known import Known

SECONDS = 5.0
GRACE = 2.0
"""Seconds a process gets to say where it hangs before it is killed."""

MEMORY = 2 * 1024**3
"""Bytes a file may use while it is tried."""


def check_file(path: Path, known: Known) -> list[Finding]:
    """Load a file in this process and check every line it declares."""
    try:
        lines = load(path)
    except UnfitError as unfit:
        return [unfit.finding]
    return [finding for line in lines for finding in check_line(line, source=path, known=known)]


def try_file(
    path: Path, calendars: Iterable[str] | None = None, seconds: float = SECONDS
) -> list[Finding]:
    """Load and check a file in another process. `calendars` are the installation's calendar
    ids (None = unchecked), `seconds` how long it may take."""
    try:
        read(path)
    except UnfitError as unfit:
        return [unfit.finding]
    order = {"path": str(path), "calendars": None if calendars is None else sorted(calendars)}
    with tempfile.TemporaryFile("w+") as report:
        code = _run({**order, "seconds": seconds, "report": report.fileno()}, seconds)
        report.seek(0)
        said = report.read()
    if code == 0 and said.startswith("["):
        return [_finding(one) for one in json.loads(said)]
    hung = re.findall(rf'File "{re.escape(str(path))}", line (\d+)', said)
    if code is None or "Timeout" in said:
        where, kind, args = int(hung[0]) if hung else 1, Files.HANGS, {"seconds": f"{seconds:g}"}
    else:
        where, kind, args = 1, Files.ENDS, {"code": str(code)}
    return [kind.found(path.name, str(path), where, **args)]


def _run(order: dict[str, Any], seconds: float) -> int | None:
    """The exit code of a process that was given an order; None when it had to be killed."""
    package = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "console.plugins.trial", json.dumps(order)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(order["report"],),
        env={**os.environ, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    try:
        return process.wait(seconds + GRACE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # with everything it started
        process.wait()
        return None


def main(order: dict[str, Any]) -> None:
    """What the other process does."""
    report: int = order["report"]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    faulthandler.dump_traceback_later(order["seconds"], exit=True, file=report)
    calendars = order["calendars"]
    findings = check_file(Path(order["path"]), Known.here(calendars))
    faulthandler.cancel_dump_traceback_later()
    os.write(report, json.dumps([_data(asdict(one)) for one in findings]).encode())


def _data(value: Any) -> Any:
    """A finding as JSON. `asdict` has turned messages and labels into objects already."""
    if isinstance(value, dict):
        return {key: _data(one) for key, one in value.items()}
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def _finding(data: dict[str, Any]) -> Finding:
    return Finding(**{key: _words(value) for key, value in data.items()})


def _words(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value.keys() == {"zh", "en"}:
        return Label(**value)
    return Message(value["text"], {key: _words(one) for key, one in value["args"].items()})


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
    os._exit(0)  # threads the file may have started do not keep the process
