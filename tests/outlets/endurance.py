"""Workers killed in the middle of their work: `python -m tests.outlets.endurance 10000`.

So many mails wait; a worker sends them to a server with faults of its own and is killed
again and again. What counts is what the server took.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from console.desk import Desk, Who
from console.desk.delivery import Delivery
from console.desk.verification import verify
from console.installation import open_desk
from console.worker import Worker
from tests.installations import make
from tests.outlets.house import accident, mail_of, outbox, outlets, with_mail
from tests.outlets.post_office import Mail, PostOffice

ROOT = Path(__file__).resolve().parents[2]
PER_CASE = 5
PER_LIFE = 12
"""Mails a worker sends before it is killed, on average."""

LONGEST_LIFE = 2.0
TABLE = {"first_wait": "1s", "longest_wait": "1s", "attempts": 100}


class Told(NamedTuple):
    """What became of it: mails that waited, and how many the server took of each; the
    `problems` are what must not be."""

    waiting: int
    taken: Counter[str]
    kills: int
    problems: list[str]

    @property
    def repeated(self) -> int:
        return sum(count - 1 for count in self.taken.values())


def endure(directory: Path, notices: int, seed: int = 1) -> Told:
    """Have `notices` mails sent by workers that are killed all the time."""
    source = random.Random(seed)
    _one_by_one(directory)
    desk = open_desk(directory)
    people = _people(desk)
    for number in range(notices // PER_CASE):
        slots = desk.directory.slots
        slots["dgm"], slots["regional_manager"] = people[number % 40], people[(number + 7) % 40]
        accident(desk)
    waiting = {one.row.key: one.row.person for one in outbox(desk)}
    with PostOffice() as office, _Nursery() as nursery:
        outlets(directory, office.table(**TABLE))
        while left := len(outbox(desk)):
            # Trouble aimed at the few last ones for ever would prove patience only.
            _make_trouble(office, source, at_all=left * 10 > len(waiting))
            nursery.live_and_die(directory, office, source.randrange(1, 2 * PER_LIFE))
        problems = [*_wrong(waiting, office.mails), *_unsound(desk)]
        taken = Counter(key_of(mail) for mail in office.mails)
    desk.store.close()
    return Told(len(waiting), taken, nursery.kills, problems)


def _one_by_one(directory: Path) -> None:
    """However many there are, nothing is put together: every mail is counted."""
    config = directory / "console.toml"
    text = config.read_text("utf-8")
    assert "burst = 5" in text
    config.write_text(text.replace("burst = 5", "burst = 0"), "utf-8")


def _people(desk: Desk) -> list[str]:
    """Forty more to be told, so that not everything waits behind the same few."""
    keys = [f"p{number}" for number in range(40)]
    for key in keys:
        desk.do("add_person", {"person": key, "name": key}, Who("console"))
    with_mail(desk)
    return keys


def key_of(mail: Mail) -> str:
    """The key of the row a mail was sent for."""
    return mail.key.strip("<>").partition("@")[0].partition("-")[2]


def _make_trouble(office: PostOffice, source: random.Random, *, at_all: bool) -> None:
    faults = office.faults
    faults.drop_first = source.randrange(2) * at_all
    faults.lose_answer = source.randrange(2) * at_all
    faults.data = "451 4.3.0 try later" if at_all and source.random() < 0.03 else ""


def _wrong(waiting: dict[str, str], mails: list[Mail]) -> list[str]:
    """Lost ones, strangers, ones sent to somebody else, and order that was not kept."""
    first: dict[str, Mail] = {}
    for mail in mails:
        seen = first.setdefault(key_of(mail), mail)
        if (seen.to, seen.text) != (mail.to, mail.text):
            return [f"{key_of(mail)} was sent with other words"]
    problems = [f"{key} was lost" for key in waiting.keys() - first.keys()]
    problems += [f"{key} was never to be sent" for key in first.keys() - waiting.keys()]
    problems += [
        f"{key} was sent to {mail.to}"
        for key, mail in first.items()
        if mail.to != mail_of(waiting.get(key, ""))
    ]
    for person in set(waiting.values()):
        order = [key for key, mail in first.items() if mail.to == mail_of(person)]
        if order != sorted(order, key=lambda key: [int(part) for part in key.split(".")]):
            problems.append(f"{person} was not told in order")
    return problems


def _unsound(desk: Desk) -> list[str]:
    """Rows that are not sent in the end, and what `console verify` finds."""
    numbers = (row.case for row in desk.board())
    rows = (row for number in numbers for row in desk.case(number).notices)
    states = Counter(row.state for row in rows if row.channel == "mail")
    problems = [f"{count} are {state}" for state, count in states.items() if state != "sent"]
    return problems + [problem.text for problem in verify(desk).problems]


class _Nursery:
    """Workers in processes of their own, and the knife."""

    def __init__(self) -> None:
        self.kills = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.outlets.endurance", "nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def __enter__(self) -> _Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def live_and_die(self, directory: Path, office: PostOffice, mails: int) -> None:
        """Bring up a worker and kill it when the server has taken so many mails more, or
        nothing for a while."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{directory}\n")
        self._process.stdin.flush()
        worker = int(self._process.stdout.readline())
        enough, give_up = len(office.mails) + mails, time.monotonic() + LONGEST_LIFE
        while len(office.mails) < enough and time.monotonic() < give_up:
            time.sleep(0.002)
        os.kill(worker, signal.SIGKILL)
        self.kills += 1
        assert self._process.stdout.readline() == "dead\n"


def _bring_up() -> None:
    """Fork a worker for every directory named, and wait for its end."""
    for line in sys.stdin:
        worker = os.fork()
        if worker == 0:
            desk = open_desk(Path(line.strip()))
            os.write(1, f"{os.getpid()}\n".encode())
            Worker(desk, Delivery(desk)).run(threading.Event(), lambda _: None)
            os._exit(1)
        os.waitpid(worker, 0)
        os.write(1, b"dead\n")


def main() -> None:
    if sys.argv[1:] == ["nursery"]:
        _bring_up()
        return
    notices = int(sys.argv[1]) if sys.argv[1:] else 10_000
    with tempfile.TemporaryDirectory() as scratch:
        begin = time.monotonic()
        told = endure(make(Path(scratch) / "data"), notices)
    print(
        f"{told.waiting} mails, {told.kills} workers killed, {len(told.taken)} arrived, "
        f"{told.repeated} of them again under the same key; {time.monotonic() - begin:.0f} s"
    )
    for problem in told.problems:
        print(problem)
    sys.exit(bool(told.problems))


if __name__ == "__main__":
    main()
