"""People with keys, an installation of its own, and a door to it."""

from __future__ import annotations

import grp
import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.desk import Who
from console.installation import open_desk
from tests.installations import copy
from tests.ssh.door import ACCOUNT, SSHD, Door, configured, opened

ROOT = Path(__file__).parents[2]
LIN, ZHOU, STRANGER = "lin", "zhou", "stranger"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a real sshd where there is none, and say so."""
    missing = _missing()
    for item in items:
        if missing and item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.skip(reason=missing))


def _missing() -> str:
    if SSHD is None:
        return "SSH SEATS ARE NOT TESTED: there is no sshd here; install openssh-server"
    if ACCOUNT.pw_shell.endswith(("/nologin", "/false")):
        return f"SSH SEATS ARE NOT TESTED: {ACCOUNT.pw_name} has no shell that sshd could start"
    if not sys.platform.startswith("linux"):
        return "SSH SEATS ARE NOT TESTED: what becomes of processes is looked up in /proc"
    if os.geteuid() != 0 and not _terminals_are_handed_out():
        return "SSH SEATS ARE NOT TESTED: only root's sshd can hand out a terminal here"
    return ""


def _terminals_are_handed_out() -> bool:
    """Whether new terminals are in the group sshd wants them in, as where /dev/pts is mounted
    with `gid=5`: only root could change it."""
    ours, theirs = os.openpty()
    group = os.fstat(theirs).st_gid
    os.close(ours)
    os.close(theirs)
    return group == grp.getgrnam("tty").gr_gid


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key pairs: of two people, of a stranger, of the host."""
    place = tmp_path_factory.mktemp("keys")
    for name in (LIN, ZHOU, STRANGER, "host"):
        making = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"{name}@home"]
        subprocess.run([*making, "-f", str(place / name)], check=True)
    return place


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an installation: started with -I, it knows the console all the same."""
    place = tmp_path_factory.mktemp("installed")
    venv.EnvBuilder(symlinks=True).create(place)
    [packages] = place.glob("lib/python*/site-packages")
    known = (str(ROOT), sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))
    (packages / "console.pth").write_text("\n".join(known), "utf-8")
    return place / "bin" / "python"


@pytest.fixture(scope="session")
def keyed(furnished: Path, keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The middle of a shift, with a key for Lin and one for Zhou."""
    directory = copy(furnished, tmp_path_factory.mktemp("keyed") / "data")
    desk = open_desk(directory)
    for name in (LIN, ZHOU):
        public = (keys / f"{name}.pub").read_text("ascii").strip()
        desk.do("add_key", {"person": name, "key": public}, Who("lin"))
    desk.store.close()
    return directory


@pytest.fixture
def door(
    keyed: Path, keys: Path, python: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Door]:
    """The door as it is shipped, on an installation of its own; indirect parameters are what
    an administrator has changed in it."""
    data = copy(keyed, tmp_path / "data")
    text = configured(python, data, getattr(request, "param", {}))
    with opened(tmp_path, data, keys, text) as door:
        yield door
