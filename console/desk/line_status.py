"""How the telephone lines are: written by the process that runs them, read by everybody.

A small file beside the store. It is no fact and wakes no seat; who reads it also asks
whether the process that wrote it still runs.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from console.domain.words import L, Message

FILE = "lines.json"
LEASE = "lines"

STATES = {
    "starting": L("正在连接", "connecting"),
    "up": L("正常", "up"),
    "listening": L("等待推送", "listening"),
    "down": L("已断开", "down"),
    "refused": L("登录被拒", "login refused"),
    "misconfigured": L("配置有误", "misconfigured"),
    "stopped": L("未运行", "not running"),
}


@dataclass(frozen=True, slots=True)
class LineStatus:
    """One telephone line. Instants are UTC seconds, 0 for never.

    `calls` counts the calls of `day` (a date of the hotline's zone), in and out;
    `reconnects` the connections after the first, `dropped` messages that were not taken,
    `unwritten` events the store refused. `problem` and `remedy` say what is wrong.
    """

    name: str
    state: str = "starting"
    since: int = 0
    day: str = ""
    calls: int = 0
    last_event: int = 0
    reconnects: int = 0
    dropped: int = 0
    unwritten: int = 0
    problem: Message | None = None
    remedy: Message | None = None

    def entered(self, state: str, at: int) -> LineStatus:
        """In another state since `at`, with nothing known to be wrong."""
        since = self.since if state == self.state else at
        return replace(self, state=state, since=since, problem=None, remedy=None)


def write_status(directory: Path, lines: Iterable[LineStatus]) -> None:
    """Replace the file in one step. Raises OSError."""
    path = directory / FILE
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps([asdict(line) for line in lines], ensure_ascii=False), "utf-8")
    os.replace(fresh, path)


def read_status(directory: Path, *, running: bool) -> list[LineStatus]:
    """The lines as last written; all of them stopped when nobody runs them. What cannot be
    read counts as nothing: it is written anew within seconds."""
    try:
        found = [_line(one) for one in json.loads((directory / FILE).read_text("utf-8"))]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return []
    return found if running else [replace(line, state="stopped") for line in found]


def _line(values: Mapping[str, Any]) -> LineStatus:
    told = {key: _message(values.get(key)) for key in ("problem", "remedy")}
    return LineStatus(**{**values, **told})


def _message(value: Any) -> Message | None:
    """A sentence, the sentences among its arguments too."""
    if not value:
        return None
    args = dict(value["args"])
    for key, one in args.items():
        if isinstance(one, dict):
            with contextlib.suppress(KeyError, TypeError):
                args[key] = _message(one)
    return Message(str(value["text"]), args)
