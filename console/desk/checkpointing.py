"""Writing checkpoints: when one is due, where it goes."""

from __future__ import annotations

from pathlib import Path

from console.desk.answers import Answers
from console.domain.words import M
from console.domain.zone import DAY
from console.store import checkpoints
from console.store.checkpoints import FILE, Checkpoint
from console.store.errors import StoreError
from console.store.journal import head


def is_due(desk: Answers) -> bool:
    """Whether enough has been written, or a day has passed, since the last checkpoint."""
    every, seq = desk.config.checkpoints.every, desk.last_seq()
    if not every or not seq:
        return False
    newest = checkpoints.last(desk.store.directory / FILE)
    if newest is None or seq - newest.seq >= every:
        return True
    return seq > newest.seq and _instant(desk.now() - DAY) >= newest.at


def write(desk: Answers) -> Checkpoint | None:
    """Sign what the journal has come to; None for one without a fact. Where that is signed
    already, only the second file is brought up to date. Raises StoreError."""
    directory = desk.store.directory
    seq, digest = head(desk.store.connection)
    if not seq:
        return None
    newest = checkpoints.last(directory / FILE)
    if newest is None or newest.seq < seq:
        newest = checkpoints.signer(directory).sign(seq, digest, _instant(desk.now()))
        _append(directory / FILE, [newest])
    if desk.config.checkpoints.to:
        told = checkpoints.read(directory / FILE)
        second = Path(desk.config.checkpoints.to).expanduser()
        _append(second, [one for one in told if isinstance(one, Checkpoint)])
    return newest


def _append(path: Path, lines: list[Checkpoint]) -> None:
    try:
        checkpoints.append(path, lines)
    except OSError as error:
        raise StoreError(
            M(
                "No checkpoint could be written to {path}: {error}.",
                path=str(path),
                error=error.strerror or str(error),
            ),
            M("Check that the place is there and may be written to."),
        ) from error


def _instant(at: int) -> str:
    """UTC, to the second: sorts as it is."""
    from datetime import UTC, datetime  # noqa: PLC0415 - only where something is signed

    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
