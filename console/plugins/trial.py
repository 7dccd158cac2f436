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
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from console.domain.words import Label, Message
from console.plugins.checker import check
from console.plugins.contribution import Contribution
from console.plugins.dropin import load, read
from console.plugins.findings import Finding
from console.plugins.kinds import Files, Keys
from console.plugins.known import Known
from console.plugins.packages import Package
from console.plugins.unfit import UnfitError

SECONDS = 5.0
GRACE = 2.0
"""Seconds a process gets to say where it hangs before it is killed."""

MEMORY = 2 * 1024**3
"""Bytes a file may use while it is tried."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What trying a plugin came to: what is wrong with it, what it would own, and the slots
    it brings along."""

    findings: list[Finding]
    keys: tuple[str, ...] = ()
    posts: Mapping[str, Label] = field(default_factory=dict)


def check_file(path: Path, known: Known) -> list[Finding]:
    """Load a file in this process and check all it adds."""
    return _tried(lambda: load(path), path, known).findings


def _tried(take: Callable[[], Contribution], path: Path, known: Known) -> Trial:
    try:
        contribution = take()
    except UnfitError as unfit:
        return Trial([unfit.finding])
    found = check(contribution, source=path, known=known)
    wrong = any(one.number == Keys.SHAPE.number for one in found)  # of slots, too
    return Trial(found, contribution.owns(), {} if wrong else contribution.posts())


def try_file(path: Path, known: Known | None = None, seconds: float = SECONDS) -> Trial:
    """Load and check a file in another process. `known` is what the installation has,
    `seconds` how long it may take."""
    try:
        read(path)
    except UnfitError as unfit:
        return Trial([unfit.finding])
    return _try({"path": str(path)}, path, known, seconds)


def try_package(package: Package, known: Known | None = None, seconds: float = SECONDS) -> Trial:
    """The same for a plugin that is an installed package."""
    try:
        path = package.path
    except UnfitError as unfit:
        return Trial([unfit.finding])
    module = {"name": package.name, "module": package.module}
    return _try({"path": str(path), "package": module}, path, known, seconds)


def _try(order: dict[str, Any], path: Path, known: Known | None, seconds: float) -> Trial:
    has = known or Known()
    order["calendars"] = None if has.calendars is None else sorted(has.calendars)
    order |= {"kept": dict(has.kept), "used": sorted(has.used), "seconds": seconds}
    with tempfile.TemporaryFile("w+") as report:
        code = _run({**order, "report": report.fileno()}, seconds)
        report.seek(0)
        said = report.read()
    if code == 0 and said.startswith("{"):
        told = json.loads(said)
        posts = {key: Label(**label) for key, label in told["posts"].items()}
        return Trial([_finding(one) for one in told["findings"]], tuple(told["keys"]), posts)
    hung = re.findall(rf'File "{re.escape(str(path))}", line (\d+)', said)
    if code is None or "Timeout" in said:
        where, kind, args = int(hung[0]) if hung else 1, Files.HANGS, {"seconds": f"{seconds:g}"}
    else:
        where, kind, args = 1, Files.ENDS, {"code": str(code)}
    return Trial([kind.found(path.name, str(path), where, **args)])


def _run(order: dict[str, Any], seconds: float) -> int | None:
    """The exit code of a process that was given an order; None when it had to be killed."""
    package = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "console.plugins.trial"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(order["report"],),
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(package), *filter(None, sys.path))),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        start_new_session=True,
    )
    try:
        process.communicate(json.dumps(order).encode(), timeout=seconds + GRACE)
        return process.returncode
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # with everything it started
        process.wait()
        return None


def main(order: dict[str, Any]) -> None:
    """What the other process does."""
    report: int = order["report"]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    faulthandler.dump_traceback_later(order["seconds"], exit=True, file=report)
    path, package = Path(order["path"]), order.get("package")
    known = Known.here(order["calendars"], order["kept"], order["used"])
    take = Package(**package).load if package else lambda: load(path)
    tried = _tried(take, path, known)
    faulthandler.cancel_dump_traceback_later()
    findings = [_data(asdict(one)) for one in tried.findings]
    posts = {key: asdict(label) for key, label in tried.posts.items()}
    told = {"findings": findings, "keys": tried.keys, "posts": posts}
    os.write(report, json.dumps(told).encode())


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
    main(json.load(sys.stdin))
    os._exit(0)  # threads the file may have started do not keep the process
