"""Making backups to test with."""

from __future__ import annotations

import tarfile
from pathlib import Path

from console.desk import Desk, Who
from console.desk.backing_up import back_up
from console.domain.people import SYSTEM
from console.store.drafts import Drafts, Kept
from console.store.encrypting import Secrets
from tests.installations import OPENING

LIN = Who("lin")
PLAIN = Secrets()


def furnished(desk: Desk, data: Path) -> int:
    """Something of everything an installation keeps. -> a case."""
    drafts = Drafts(data)
    drafts.keep(Kept("lin", "intake:k9", "s1", 1, {"need": "half a word"}))
    drafts.close()
    (data / "plugins").mkdir()
    (data / "plugins" / "acme.py").write_text("# a plugin\n", "utf-8")
    (data / "calendars").mkdir()
    (data / "calendars" / "cn-2030.json").write_text("{}", "utf-8")
    return desk.do("open", OPENING, LIN).case


def made(desk: Desk, target: Path, secrets: Secrets = PLAIN) -> Path:
    back_up(desk, target, secrets, SYSTEM, "")
    return target


def members(path: Path) -> list[str]:
    with tarfile.open(path) as tar:
        return tar.getnames()


def left_over(data: Path, target: Path) -> list[Path]:
    """What making a backup has left lying about."""
    return [path for place in (data, target.parent) for path in place.glob(".*")]
