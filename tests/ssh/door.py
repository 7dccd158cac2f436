"""A real sshd on loopback with the shipped configuration, and people who come to it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from console.desk import Desk
from console.installation import open_desk
from tests.pty.terminal import PATIENCE, Painted

SHIPPED = Path(__file__).parents[2] / "docs" / "administrators" / "sshd" / "console.conf"
ACCOUNT = pwd.getpwuid(os.geteuid())
"""Whoever runs the tests is the service account: sshd may become nobody else without root."""

SSHD = shutil.which("sshd", path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")
PRIVILEGE_SEPARATION = Path("/run/sshd")
"""Where sshd of root locks up the part that speaks to strangers. Its package makes it when
the service starts, which may never have been the case here."""

HOST = "127.0.0.1"
ELSEWHERE = """
UsePAM no
PidFile none
StrictModes no
PrintMotd no
Subsystem sftp internal-sftp
X11Forwarding yes
PermitTunnel yes
AcceptEnv *
"""
"""What the rest of a careless configuration might allow. The seats' part comes first."""


class Door:
    """One sshd, one installation behind it."""

    def __init__(self, place: Path, data: Path, keys: Path, log: Path, port: int) -> None:
        self.place = place
        self.data = data
        self.keys = keys
        self.log = log
        self.port = port

    # --- coming in

    def ssh(self, whose: str, *words: str, program: str = "ssh") -> list[str]:
        """The command of somebody who comes with a key, and with nothing else of theirs."""
        options = (
            *("IdentitiesOnly=yes", "BatchMode=yes"),
            *("StrictHostKeyChecking=yes", f"UserKnownHostsFile={self.place / 'known_hosts'}"),
            *(f"Port={self.port}", f"IdentityFile={self.keys / whose}"),
        )
        given = [word for option in options for word in ("-o", option)]
        return [program, "-F", "none", *given, *words]

    @property
    def address(self) -> str:
        return f"{ACCOUNT.pw_name}@{HOST}"

    def run(self, whose: str, *words: str, options: Sequence[str] = ()) -> Said:
        """What becomes of a command at the other end, without a terminal."""
        return said(self.ssh(whose, *options, self.address, *words))

    def sits_down(
        self, whose: str, *words: str, columns: int = 80, lines: int = 24, **env: str
    ) -> Painted:
        """Somebody at a terminal at home."""
        return Painted(self.ssh(whose, "-tt", *words, self.address), columns, lines, **env)

    # --- what is behind the door

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        desk = open_desk(self.data)
        yield desk
        desk.store.close()

    def seats(self) -> list[int]:
        """The processes that work on this installation, by what they were started with."""
        wanted = os.fsencode(self.data)
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = entry.read_bytes().split(b"\0")
            except OSError:
                continue
            if wanted in words and b"seat" in words:
                found.append(int(entry.parent.name))
        return found

    def seat(self) -> int:
        """The only one."""
        [pid] = self.seats()
        return pid

    def is_empty(self) -> bool:
        return not self.seats()


class Said:
    """How a program that was no seat ended."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr


def said(argv: Sequence[str], text: str = "") -> Said:
    env = {name: os.environ[name] for name in ("PATH", "HOME", "USER") if name in os.environ}
    return Said(
        subprocess.run(
            argv,
            input=text,
            env={**env, "LANG": "C.UTF-8"},
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    )


def until(is_so: Callable[[], bool], wanted: str) -> None:
    """Wait for something no terminal tells."""
    limit = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < limit, f"it never came to be: {wanted}"
        time.sleep(0.03)


def parent(pid: int) -> int:
    """The process that started another."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def configured(python: Path, data: Path, instead: Mapping[str, str]) -> str:
    """The shipped configuration for this account and this installation, with the values of
    some keywords changed."""
    text = SHIPPED.read_text("utf-8")
    for shipped, here in (
        ("Match User console\n", f"Match User {ACCOUNT.pw_name}\n"),
        ("CommandUser console\n", f"CommandUser {ACCOUNT.pw_name}\n"),
        # sshd starts only what root alone may write to; of env that is so everywhere.
        ("/usr/local/bin/console", f"/usr/bin/env {python} -I -X utf8 -m console"),
        ("/var/lib/console/data", str(data)),
    ):
        assert text.count(shipped) == 1, shipped
        text = text.replace(shipped, here)
    for keyword, value in instead.items():
        lines = text.splitlines()
        [at] = [n for n, line in enumerate(lines) if line.split()[:1] == [keyword]]
        text = "\n".join([*lines[:at], f"    {keyword} {value}", *lines[at + 1 :], ""])
    return text


@contextmanager
def opened(place: Path, data: Path, keys: Path, text: str) -> Iterator[Door]:
    """The door while an sshd with this configuration runs."""
    assert SSHD is not None
    if os.geteuid() == 0:
        PRIVILEGE_SEPARATION.mkdir(mode=0o755, exist_ok=True)
    (place / "console.conf").write_text(text, "utf-8")
    host = (keys / "host.pub").read_text("ascii")
    while True:
        door = Door(place, data, keys, place / "sshd.log", _free_port())
        (place / "known_hosts").write_text(f"[{HOST}]:{door.port} {host}", "ascii")
        (place / "sshd_config").write_text(
            f"Include {place / 'console.conf'}\nListenAddress {HOST}:{door.port}\n"
            f"HostKey {keys / 'host'}\n{ELSEWHERE}",
            "utf-8",
        )
        daemon = _started(door)
        if daemon.poll() is None:
            break
        assert "in use" in door.log.read_text(), door.log.read_text()
    try:
        yield door
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(PATIENCE)
        for pid in door.seats():
            os.kill(pid, signal.SIGKILL)


def _started(door: Door) -> subprocess.Popen[bytes]:
    """An sshd that listens, or has ended because it cannot."""
    with door.log.open("wb") as log:
        argv = [str(SSHD), "-D", "-e", "-f", str(door.place / "sshd_config")]
        daemon = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    until(
        lambda: daemon.poll() is not None or "Server listening" in door.log.read_text(),
        "an sshd that listens",
    )
    return daemon


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port
