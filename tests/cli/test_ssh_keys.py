"""What sshd is told: which keys fit, and the one command behind each of them."""

from __future__ import annotations

import os
import pwd
import shlex
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from console.cli import ssh_keys, ssh_seat
from console.store import keyring
from console.store.keyring import Entry
from console.store.store import FILE
from tests.desk.test_keys import key
from tests.installations import CommandLine

ACCOUNT = pwd.getpwuid(os.geteuid()).pw_name
LAPTOP, DESKTOP, OTHER = key("a", "laptop"), key("b", "desktop"), key("c")


@pytest.fixture
def keyed(console: CommandLine) -> CommandLine:
    for person, text in (("zhou", LAPTOP), ("zhou", DESKTOP), ("tan", OTHER)):
        assert console("do", "add_key", f"person={person}", f"key={text}", who="lin").code == 0
    return console


def plain(text: str) -> str:
    """A key as sshd writes it."""
    return " ".join(text.split()[:2])


def test_everybodys_keys_are_listed_with_what_they_open(keyed: CommandLine) -> None:
    answer = keyed("ssh-keys", ACCOUNT)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert [line.rpartition('" ')[2] for line in lines] == [*map(plain, (OTHER, LAPTOP, DESKTOP))]
    assert all(line.startswith('restrict,pty,command="exec /usr/bin/env -i ') for line in lines)
    assert ["--as tan" in line for line in lines] == [True, False, False]


@pytest.mark.parametrize("form", ["type and key", "fingerprint"])
def test_one_key_is_answered_alone(keyed: CommandLine, form: str) -> None:
    [shown] = [one for one in keyed.json("people", "keys", "zhou") if one["label"] == "desktop"]
    wanted = plain(DESKTOP).split() if form == "type and key" else [shown["fingerprint"]]
    [line] = keyed("ssh-keys", ACCOUNT, *wanted).out.splitlines()
    assert line.endswith(f'" {plain(DESKTOP)}')
    assert f"--ssh {shown['fingerprint']} --as zhou --data {keyed.directory}" in line


@pytest.mark.parametrize(
    "wanted", [plain(key("z")), "SHA256:x", "ssh-ed25519", "%", "'", plain(LAPTOP)[:-4], "desktop"]
)
def test_a_key_nobody_has_gets_no_answer(keyed: CommandLine, wanted: str) -> None:
    assert keyed("ssh-keys", ACCOUNT, *wanted.split()) == (0, "", "")


def test_who_has_left_has_no_key(keyed: CommandLine) -> None:
    assert keyed("people", "change", "zhou", "active=no", who="lin").code == 0
    assert keyed("ssh-keys", ACCOUNT, *plain(LAPTOP).split()) == (0, "", "")
    assert len(keyed("ssh-keys", ACCOUNT).out.splitlines()) == 1


def test_a_key_that_was_taken_away_opens_nothing(keyed: CommandLine) -> None:
    assert keyed("do", "remove_key", "person=zhou", "key=laptop", who="zhou").code == 0
    assert keyed("ssh-keys", ACCOUNT, *plain(LAPTOP).split()) == (0, "", "")
    assert keyed("ssh-keys", ACCOUNT, *plain(DESKTOP).split()).out


def test_an_account_nobody_has_gets_no_answer(keyed: CommandLine) -> None:
    assert keyed("ssh-keys", "no.such.account") == (0, "", "")


def test_another_account_than_that_of_the_data_is_refused(
    keyed: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = next(one.pw_name for one in pwd.getpwall() if one.pw_uid != os.geteuid())
    answer = keyed("ssh-keys", other)
    assert (answer.code, answer.out) == (1, "")
    assert "is not the account of" in answer.err
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    answer = keyed("ssh-keys", ACCOUNT)
    assert (answer.code, answer.out) == (1, "")
    assert "AuthorizedKeysCommandUser" in answer.err


def test_a_damaged_row_keeps_nobody_else_out(keyed: CommandLine) -> None:
    for damage in ("{", "[]", '{"keys":1}', '{"keys":[1],"active":true}', "null", "\x00"):
        store = sqlite3.connect(keyed.directory / FILE)
        with store:
            store.execute("UPDATE people SET row = ? WHERE key = 'zhou'", (damage,))
        store.close()
        answer = keyed("ssh-keys", ACCOUNT)
        assert (answer.code, answer.err) == (0, ""), damage
        assert answer.out.endswith(f'" {plain(OTHER)}\n')
        assert len(answer.out.splitlines()) == 1


def test_without_a_store_there_is_a_sentence(data: Path, keyed: CommandLine) -> None:
    (data / FILE).unlink()
    answer = keyed("ssh-keys", ACCOUNT)
    assert (answer.code, answer.out) == (2, "")
    assert "Traceback" not in answer.err
    assert not (data / FILE).exists(), "asking makes no store"


def test_a_store_that_is_held_is_not_waited_for(
    keyed: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(keyed.directory / FILE)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    answer = keyed("ssh-keys", ACCOUNT)
    holder.close()
    assert (answer.code, answer.out) == (2, "")
    assert "held the store for too long" in answer.err


def test_what_hangs_in_a_read_is_ended(tmp_path: Path) -> None:
    """A disk that does not answer, such as one on the network, ends as a key nobody has."""
    os.mkfifo(tmp_path / FILE)
    program = "import sys; from console.cli import main, ssh_keys; ssh_keys.PATIENCE = 0.2; main()"
    argv = [sys.executable, "-c", program, "ssh-keys", ACCOUNT, "--data", str(tmp_path)]
    done = subprocess.run(
        argv, check=False, capture_output=True, timeout=30, cwd=Path(__file__).parents[2]
    )
    assert (done.returncode, done.stdout) == (-signal.SIGALRM, b"")


def test_asking_writes_nothing(keyed: CommandLine) -> None:
    before = (keyed.directory / FILE).read_bytes()
    keyed("ssh-keys", ACCOUNT)
    assert (keyed.directory / FILE).read_bytes() == before


def test_it_starts_without_the_store_and_the_desk(tmp_path: Path) -> None:
    program = (
        "import sys; from console.cli import main; sys.argv[1:] = "
        "['ssh-keys', 'no.such.account', '--data', sys.argv[1]];"
        "main(); print(*sys.modules)"
    )
    argv = [sys.executable, "-c", program, str(tmp_path / "nowhere")]
    done = subprocess.run(
        argv, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    heavy = {"console.desk", "console.store.store", "console.domain.case", "textual", "arrow"}
    assert not heavy & set(done.stdout.split())


# --- the line itself


NASTY = (
    "/srv/a b",
    "/srv/it's",
    '/srv/a"b',
    "/srv/$HOME`id`;x",
    "/srv/a\\",
    "/srv/数据",
    "/srv/%h",
)


@pytest.mark.parametrize("place", NASTY)
def test_paths_stay_one_word(place: str) -> None:
    """Read as sshd reads the quotes, then as a shell reads the command."""
    line = ssh_keys.authorised(Entry("zhou", "SHA256:x", "ssh-ed25519 AAAA"), Path(place))
    command, rest = unquoted(line.removeprefix('restrict,pty,command="'))
    assert rest == " ssh-ed25519 AAAA"
    assert shlex.split(command)[-4:] == ["--as", "zhou", "--data", place]


def unquoted(text: str) -> tuple[str, str]:
    """A quoted option as sshd takes it apart: only a quote can be escaped."""
    value = ""
    while text[0] != '"':
        if text.startswith('\\"'):
            text = text[1:]
        value, text = value + text[0], text[1:]
    return value, text[1:]


def test_a_shell_gives_the_seat_three_words_and_nothing_else(tmp_path: Path) -> None:
    """The command as a shell runs it, with a program in Python's place that tells what it got."""
    teller = tmp_path / "teller"
    teller.write_text('#!/bin/sh\nenv\necho "$@"\n', "utf-8")
    teller.chmod(0o755)
    line = ssh_keys.authorised(Entry("zhou", "SHA256:x", "ssh-ed25519 AAAA"), Path("/srv/data"))
    command, _ = unquoted(line.removeprefix('restrict,pty,command="'))
    mark = tmp_path / "mark"
    hostile = {
        "TERM": f'"; touch {mark}; "$(touch {mark})`touch {mark}`',
        "SSH_ORIGINAL_COMMAND": f"a\n'; touch {mark}; \"$(touch {mark})",
        "LC_ALL": "",
        "LC_MESSAGES": "zh_CN",
        "LANG": "en_GB",
        "COLUMNS": "1",
        "PYTHONPATH": str(tmp_path),
    }
    told = subprocess.run(
        ["/bin/sh", "-c", command.replace(shlex.quote(sys.executable), str(teller))],
        env=hostile,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "CONSOLE_LOCALE=zh_CN\n" in told
    assert f"TERM={hostile['TERM']}\n" in told
    assert f"SSH_ORIGINAL_COMMAND={hostile['SSH_ORIGINAL_COMMAND']}\n" in told
    assert "COLUMNS" not in told
    assert "PYTHONPATH" not in told
    assert told.endswith("-I -X utf8 -m console seat --ssh SHA256:x --as zhou --data /srv/data\n")
    assert not mark.exists()


# --- what the seat makes of it


@pytest.mark.parametrize(
    ("called", "taken"),
    [
        ("xterm-256color", "xterm-256color"),
        ("tmux-256color", "tmux-256color"),
        ("xterm-kitty", "xterm-kitty"),
        ("linux", "linux"),
        ("vt100", "vt100"),
        ("", "xterm"),
        ("dumb", "xterm"),
        ("unknown", "xterm"),
        ("../../../etc/passwd", "xterm"),
        ("/etc/passwd-256color", "xterm-256color"),
        ("xterm\n", "xterm"),
        ("x" * 100_000, "xterm"),
    ],
)
def test_a_terminal_is_known_or_usual(called: str, taken: str) -> None:
    assert ssh_seat.terminal(called) == taken


@pytest.mark.parametrize(
    ("locale", "lang"),
    [("zh_CN.UTF-8", "zh_CN.UTF-8"), ("ZH", "zh_CN.UTF-8"), ("de_DE", "C.UTF-8"), ("", "C.UTF-8")],
)
def test_of_an_environment_two_words_are_left(locale: str, lang: str) -> None:
    said = {"CONSOLE_LOCALE": locale, "TERM": "linux", "LD_PRELOAD": "x", "CONSOLE_DATA": "/x"}
    assert ssh_seat.environment(said) == {"PATH": "/usr/bin:/bin", "TERM": "linux", "LANG": lang}
