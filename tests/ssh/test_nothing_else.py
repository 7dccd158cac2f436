"""A key opens a seat. Whatever else one may ask an sshd for is refused."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from tests.pty.terminal import PATIENCE, Painted
from tests.ssh.door import ACCOUNT, HOST, SSHD, Door, said, until

REFUSED = "This key opens the seat and nothing else"
PROHIBITED = "administratively prohibited"


@pytest.mark.parametrize(
    "command",
    [
        "sh -i",
        "console seat --as zhou",
        "; touch {mark}; $(touch {mark})",
        "'\"; touch {mark}\ntouch {mark}",
    ],
)
def test_no_command_is_carried_out(door: Door, command: str, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    answer = door.run("lin", command.format(mark=mark))
    assert (answer.code, answer.out) == (1, "")
    assert REFUSED in answer.err
    assert "Traceback" not in answer.err
    assert not mark.exists()
    assert door.is_empty()


def test_a_terminal_does_not_make_it_a_shell(door: Door) -> None:
    with Painted(door.ssh("lin", "-tt", door.address, "sh", "-i")) as terminal:
        assert terminal.ends() == 1
        assert REFUSED in terminal.bytes.decode()
        assert b"\x1b[?1049h" not in terminal.bytes, "the screen was never taken over"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_a_terminal_there_is_no_seat(door: Door, lang: str) -> None:
    config = door.data / "console.toml"
    config.write_text(config.read_text("utf-8").replace('"en"', f'"{lang}"'), "utf-8")
    answer = door.run("lin")
    assert (answer.code, answer.out) == (2, "")
    assert {"en": "Connect with `ssh -t`", "zh": "ssh -t"}[lang] in answer.err
    assert ("席位" in answer.err) is (lang == "zh")


@pytest.mark.parametrize(
    ("option", "outward"), [("-s", True), ("-O", False)], ids=["by sftp there", "by rcp from there"]
)
def test_scp_copies_nothing(door: Door, option: str, outward: bool, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    (here if outward else there).write_text("secret", "utf-8")
    ends = (str(here), f"{door.address}:{there}")
    answer = said(door.ssh("lin", option, *(ends if outward else ends[::-1]), program="scp"))
    assert answer.code != 0
    assert "forced-command (key-option)" in door.log.read_text("utf-8")
    assert not (there if outward else here).exists()


def test_sftp_has_nobody_to_talk_to(door: Door) -> None:
    answer = said(door.ssh("lin", "-b", "-", door.address, program="sftp"), "ls /\n")
    assert (answer.code, answer.out) == (255, "")
    assert "forced-command (key-option)" in door.log.read_text("utf-8")


@pytest.mark.parametrize("option", ["-L", "-D"])
def test_no_way_leads_through_it(door: Door, option: str) -> None:
    with socket.socket() as wanted, socket.socket() as probe:
        wanted.bind((HOST, 0))
        wanted.listen()
        wanted.setblocking(False)
        probe.bind((HOST, 0))
        near, far = probe.getsockname()[1], wanted.getsockname()[1]
        probe.close()
        way = f"{HOST}:{near}" + (f":{HOST}:{far}" if option == "-L" else "")
        argv = door.ssh("lin", "-N", option, way, door.address)
        with subprocess.Popen(argv, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as client:
            assert client.stderr is not None
            try:
                assert through(near, far) == b""
                assert PROHIBITED in client.stderr.readline().decode()
            finally:
                client.kill()
        with pytest.raises(BlockingIOError):
            wanted.accept()


def through(near: int, far: int) -> bytes:
    """What comes back from the client's end of a way, asked for the far one (as SOCKS 4
    asks; to a plain way it is a message like any other)."""
    door: list[socket.socket] = []

    def reached() -> bool:
        try:
            door.append(socket.create_connection((HOST, near), PATIENCE))
        except ConnectionRefusedError:
            return False
        return True

    until(reached, "a client that listens")
    with door[0] as way:
        try:
            way.sendall(b"\x04\x01" + far.to_bytes(2, "big") + socket.inet_aton(HOST) + b"\x00")
            return way.recv(100)
        except ConnectionError:
            return b""


def test_no_way_leads_back_from_it(door: Door) -> None:
    options = ("-N", "-R", "0:127.0.0.1:1", "-o", "ExitOnForwardFailure=yes")
    answer = door.run("lin", options=options)
    assert answer.code == 255
    assert "remote port forwarding failed" in answer.err


def test_no_socket_leads_through_it(door: Door) -> None:
    answer = door.run("lin", options=("-W", "[127.0.0.1]:1"))
    assert answer.code == 255
    assert PROHIBITED in answer.err


@pytest.mark.parametrize("door", [{"LogLevel": "DEBUG1"}], indirect=True)
def test_neither_windows_nor_an_agent_are_taken_along(door: Door) -> None:
    agent = said(["ssh-agent", "-s"]).out
    told = dict(line.split(";")[0].split("=") for line in agent.splitlines() if "=" in line)
    try:
        theirs = (f"SSH_AUTH_SOCK={told['SSH_AUTH_SOCK']}", "DISPLAY=:9")
        answer = said(["env", *theirs, *door.ssh("lin", "-X", "-A", door.address)])
    finally:
        os.kill(int(told["SSH_AGENT_PID"]), signal.SIGTERM)
    assert answer.code == 2
    assert "X11 forwarding request failed" in answer.err
    assert "agent forwarding disabled" in door.log.read_text("utf-8")


def test_the_configuration_says_no_to_everything(door: Door) -> None:
    argv = [str(SSHD), "-T", "-f", str(door.place / "sshd_config")]
    whose = f"user={ACCOUNT.pw_name},host={HOST},addr={HOST}"
    effective = dict(line.split(" ", 1) for line in said([*argv, "-C", whose]).out.splitlines())
    expected = {
        **dict.fromkeys(("allowagentforwarding", "allowtcpforwarding", "x11forwarding"), "no"),
        **dict.fromkeys(("allowstreamlocalforwarding", "permittunnel", "permituserrc"), "no"),
        **dict.fromkeys(("passwordauthentication", "kbdinteractiveauthentication"), "no"),
        **dict.fromkeys(("acceptenv", "authorizedkeysfile", "forcecommand"), "none"),
        **dict.fromkeys(("authorizedprincipalsfile", "trustedusercakeys"), "none"),
        "authenticationmethods": "publickey",
        "disableforwarding": "yes",
        "maxsessions": "1",
    }
    assert {key: effective[key] for key in expected} == expected


def test_nobody_else_is_concerned(door: Door) -> None:
    argv = [str(SSHD), "-T", "-f", str(door.place / "sshd_config")]
    whose = f"user=nobody,host={HOST},addr={HOST}"
    effective = said([*argv, "-C", whose]).out.splitlines()
    assert {"acceptenv *", "x11forwarding yes", "authorizedkeyscommand none"} <= set(effective)
