"""`console doctor`: is everything the hotline needs in order? Says what is wrong and what to
do about it; exit 0 when nothing is, 1 when something is."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from console.cli import care_checks
from console.cli.check import Check
from console.cli.context import Context
from console.cli.output import DONE, REFUSED
from console.config import ConfigError
from console.desk import Desk
from console.desk.delivery import LEASE
from console.desk.warnings import of_calendars, strangers
from console.domain.words import L, Label, M
from console.outlets import settings as outlets
from console.outlets.template import FILE as OUTLETS_FILE
from console.sources import phone_config
from console.sources.line_trial import Finding, try_line
from console.store.errors import StoreError

LEAST_FREE = 200 * 1024 * 1024
"""Bytes below which a disk is called full: weeks of a busy hotline."""

_GOOD, _BAD = L("正常", "good"), L("有问题", "wrong")


DATA = L("数据目录", "data directory")
DISK = L("磁盘空间", "disk space")
CALENDARS = L("日历", "calendars")
SLOTS = L("职位", "posts")
PLUGINS = L("产品线", "product lines")
WORKER = L("后台进程", "worker")
OUTLETS = L("通知渠道", "outlets")
PHONE = L("电话配置", "telephone configuration")
LINE = L("电话线路", "telephone line")


def run(context: Context, options: argparse.Namespace) -> int:
    checks = list(_everything(context))
    output = context.output()
    if output.as_json:
        output.data(checks)
    else:
        for check in checks:
            state = _GOOD if check.good else _BAD
            words = M("{state}  {what}: {says}", state=state, what=check.what, says=check.says)
            output.line(words)
            if check.remedy is not None and not check.good:
                output.line(M("→ {remedy}", remedy=check.remedy), 4)
    return DONE if all(check.good for check in checks) else REFUSED


def _everything(context: Context) -> Iterator[Check]:
    yield from _directory(context.directory)
    try:
        desk = context.desk
    except (ConfigError, StoreError) as error:
        yield Check(DATA, False, error.message, error.remedy)
        return
    yield from _calendars(desk)
    yield from _slots(desk)
    yield from _plugins(desk)
    yield from care_checks.checks(context.directory, desk)
    yield from _outlets(context.directory, desk)
    yield from _lines(context.directory, desk)


def _directory(directory: Path) -> Iterator[Check]:
    path = str(directory)
    if not directory.is_dir() or not os.access(directory, os.R_OK | os.W_OK | os.X_OK):
        yield Check(
            DATA,
            False,
            M("{path} is no directory that you may write to.", path=path),
            M("Make one with `console init {path}`, or name another with --data.", path=path),
        )
        return
    yield Check(DATA, True, M("{path} can be written to.", path=path))
    yield from _secrecy(DATA, directory.glob("checkpoint.key"))
    free = shutil.disk_usage(directory).free
    shown = f"{free // (1024 * 1024)} MiB"
    yield Check(
        DISK,
        free >= LEAST_FREE,
        M("{free} free.", free=shown),
        M("Free some space: without it nothing can be written down."),
    )


def _calendars(desk: Desk) -> Iterator[Check]:
    warnings = of_calendars(desk, desk.board())
    for warning in warnings:
        yield Check(CALENDARS, False, warning, M("Add it with `console calendar add FILE`."))
    if not warnings:
        yield Check(CALENDARS, True, M("Every open clock is covered."))


def _slots(desk: Desk) -> Iterator[Check]:
    found = strangers(desk)
    for one in found:
        yield Check(SLOTS, False, one, M("Mend slots.toml, or add them with `console people add`."))
    if not found:
        yield Check(SLOTS, True, M("Everybody the slots name is known."))


def _plugins(desk: Desk) -> Iterator[Check]:
    for name, problem in desk.problems.items():
        yield Check(
            PLUGINS,
            False,
            M("{name}: {problem}", name=name, problem=problem),
            M("Run `console plugin check {name}`.", name=name),
        )
    if not desk.problems:
        yield Check(PLUGINS, True, M("{count} switched on.", count=len(desk.rulebook.lines)))


def _lines(directory: Path, desk: Desk) -> Iterator[Check]:
    try:
        settings = phone_config.load(directory, desk.config.lines)
    except ConfigError as error:
        yield Check(PHONE, False, error.message, error.remedy)
        return
    if not settings:
        yield Check(PHONE, True, M("No telephone line is configured (phone.toml)."))
        return
    yield from _secrecy(PHONE, directory.glob("phone*"))
    for one in settings:
        yield from (_of_line(found) for found in asyncio.run(try_line(one)))
    running = any(line.state != "stopped" for line in desk.lines())
    yield Check(
        WORKER,
        running,
        M("A worker runs the lines.") if running else M("Nobody runs the lines."),
        M("Start `console worker`, best as a service (console-worker.service)."),
    )


def _outlets(directory: Path, desk: Desk) -> Iterator[Check]:
    try:
        channels = outlets.load(directory).channels
    except ConfigError as error:
        yield Check(OUTLETS, False, error.message, error.remedy)
        return
    if not channels:
        yield Check(OUTLETS, True, M("No outlet is configured ({file}).", file=OUTLETS_FILE))
        return
    yield from _secrecy(OUTLETS, directory.glob("outlets*"))
    sends = desk.lease(LEASE).taken()
    yield Check(
        OUTLETS,
        sends,
        M("A worker sends by: {known}.", known=", ".join(channels))
        if sends
        else M("Nobody sends what waits to be sent."),
        M("Start `console worker`, best as a service (console-worker.service)."),
    )


def _secrecy(what: Label, paths: Iterable[Path]) -> Iterator[Check]:
    """Files that hold secrets are for one account only."""
    for path in sorted(paths):
        if path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
            says = M("{path} can be read by others.", path=str(path))
            yield Check(what, False, says, M("chmod 600 {path}", path=str(path)))


def _of_line(found: Finding) -> Check:
    says = M("{line}: {says}", line=found.line, says=found.says)
    return Check(LINE, found.good, says, found.remedy)
