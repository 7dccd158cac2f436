"""Whether an installation is looked after: backups, checkpoints, copies of older stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from console.cli.check import Check
from console.desk import Desk
from console.desk.backing_up import BACKED_UP
from console.desk.backing_up import SUBJECT as BACKUPS
from console.domain.words import Instant, L, M
from console.domain.zone import DAY
from console.store import checkpoints
from console.store.errors import StoreError

BACKUP = L("备份", "backup")
CHECKPOINTS = L("检查点", "checkpoints")
COPIES = L("旧版数据", "copies of older stores")

WITHOUT_BACKUP = 1000
"""Facts that may be lost without anybody being told: a new installation being tried out."""

BACKUP_DAYS = 7


def checks(directory: Path, desk: Desk) -> Iterator[Check]:
    """What is to be said about backups and checkpoints."""
    yield _backup(desk)
    try:
        yield _checkpoints(directory, desk)
    except StoreError as error:
        yield Check(CHECKPOINTS, False, error.message, error.remedy)
    for path in sorted(directory.glob("console-v*.db")):
        yield Check(
            COPIES,
            True,
            M("{path} is what an upgrade left behind; delete it once all is well.", path=path.name),
        )


def _backup(desk: Desk) -> Check:
    made = [fact for fact in desk.store.load(BACKUPS) if fact.kind == BACKED_UP]
    remedy = M("Run `console backup FILE` every night, and keep the file elsewhere.")
    if not made:
        few = desk.last_seq() <= WITHOUT_BACKUP
        return Check(BACKUP, few, M("There is no backup yet."), remedy)
    last = made[-1]
    recent = desk.now() - last.recorded <= BACKUP_DAYS * DAY
    return Check(BACKUP, recent, M("The last one is of {at}.", at=Instant(last.recorded)), remedy)


def _checkpoints(directory: Path, desk: Desk) -> Check:
    settings = desk.config.checkpoints
    if not settings.every:
        return Check(CHECKPOINTS, True, M("They are switched off (console.toml)."))
    newest = checkpoints.last(directory / checkpoints.FILE)
    if newest is None:
        few = desk.last_seq() <= max(settings.every, WITHOUT_BACKUP)
        return Check(CHECKPOINTS, few, M("Nothing is signed yet."), _WORKER)
    if settings.to:
        second = checkpoints.last(Path(settings.to).expanduser())
        if second is None or second.seq < newest.seq:
            return Check(
                CHECKPOINTS,
                False,
                M("{path} does not have the last ones.", path=settings.to),
                M("Check that the place is there and may be written to."),
            )
    behind = desk.last_seq() - newest.seq
    good = behind < settings.every + WITHOUT_BACKUP
    return Check(CHECKPOINTS, good, M("Signed up to fact {seq}.", seq=newest.seq), _WORKER)


_WORKER = M("A worker signs: start `console worker`, or run `console checkpoint`.")
