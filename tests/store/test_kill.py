"""Fifty writers at once, killed without warning, many times over: nothing acknowledged is
lost, nothing is there by half, and everything is sound.

`make kill KILLS=5000` goes on for longer.
"""

from __future__ import annotations

import os
import queue
import random
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from console.desk import Desk
from console.desk.verification import verify
from console.domain.facts import Fact
from console.installation import open_desk
from console.speech import Speech

ROOT = Path(__file__).resolve().parents[2]
WRITERS = 50
KILLS = int(os.environ.get("KILLS", "200"))
ONE_BY_ONE = 25
"""Of each fifty, those killed one after another while the rest goes on; then all at once."""


class Ward:
    """The writers, what they have acknowledged, and the knife."""

    def __init__(self, directory: Path) -> None:
        self.alive: dict[int, str] = {}
        self.acknowledged: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._reaped: queue.Queue[None] = queue.Queue()
        self._born: queue.Queue[None] = queue.Queue()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.ward", str(directory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            word, *rest = line.split()
            if word == "born":
                self.alive[int(rest[0])] = rest[1]
                self._born.put(None)
            elif word == "reaped":
                self._reaped.put(None)
            else:
                self.acknowledged[word].append((int(rest[0]), int(rest[1])))

    def tell(self, words: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()

    def bring_up(self, count: int, seed: int) -> None:
        self.tell(f"fork {count} {seed}")
        for _ in range(count):
            self._born.get(timeout=60)

    def kill(self, *writers: int) -> None:
        for writer in writers:
            os.kill(writer, signal.SIGKILL)
            del self.alive[writer]

    def bury(self, count: int) -> None:
        """Wait until they are gone and everything they had said was heard."""
        self.tell(f"reap {count}")
        self._reaped.get(timeout=60)

    def writing_now(self) -> list[int]:
        """Those who hold the turnstile in this moment, where the kernel tells: a kill finds most
        of them in the middle of a transaction."""
        try:
            locks = Path("/proc/locks").read_text("ascii").splitlines()
        except OSError:
            return []
        held = (line.split() for line in locks if "FLOCK" in line and "->" not in line)
        return [int(words[4]) for words in held if int(words[4]) in self.alive]

    def close(self) -> None:
        for writer in self.alive:
            os.kill(writer, signal.SIGKILL)
        self.process.communicate()
        self._listener.join()


@pytest.fixture
def ward(data: Path) -> Iterator[Ward]:
    ward = Ward(data)
    yield ward
    ward.close()


def test_kill_9_of_fifty_writers(data: Path, ward: Ward) -> None:
    source = random.Random(1)
    desk = open_desk(data)
    before = desk.last_seq()
    for phase in range(-(-KILLS // WRITERS)):
        ward.bring_up(WRITERS, 1 + phase * WRITERS)
        for _ in range(ONE_BY_ONE):
            time.sleep(source.uniform(0, 0.08))
            writing = ward.writing_now()
            ward.kill(*(writing[:1] or source.sample(sorted(ward.alive), 1)))
        time.sleep(source.uniform(0, 0.2))
        ward.kill(*ward.alive.copy())
        ward.bury(WRITERS)
    facts = desk.follow(before, 1_000_000)
    assert [fact.seq for fact in facts] == list(range(before + 1, before + 1 + len(facts)))
    assert_acknowledged(ward, facts)
    assert_whole(ward, facts)
    assert [Speech("en").say(one) for one in verify(desk).problems] == []
    assert len(facts) > KILLS
    desk.store.close()


def assert_acknowledged(ward: Ward, facts: list[Fact]) -> None:
    """Every command that was acknowledged is there, as its author's."""
    there = {fact.seq: fact.seat for fact in facts}
    for seat, commands in ward.acknowledged.items():
        for first, last in commands:
            assert {there.get(seq) for seq in range(first, last + 1)} == {seat}
        assert all(end < begin for (_, end), (begin, _) in pairwise(commands))


def assert_whole(ward: Ward, facts: list[Fact]) -> None:
    """What was not acknowledged is one command at most of each writer, in one piece; a case
    that was opened is there with everything it was opened with."""
    told = {
        seq
        for commands in ward.acknowledged.values()
        for first, last in commands
        for seq in range(first, last + 1)
    }
    untold = defaultdict(list)
    for fact in facts:
        if fact.seq not in told:
            untold[fact.seat].append(fact)
    for left in untold.values():
        seqs = [fact.seq for fact in left]
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
        assert len({fact.recorded for fact in left}) == 1
    for fact, following in pairwise([*facts, facts[-1]]):
        if fact.kind == "case_opened":
            assert (following.kind, following.subject) == ("submitted", fact.subject)


def test_a_writer_that_is_stopped_and_killed_holds_nobody_up(data: Path, ward: Ward) -> None:
    """Stopped in the middle of a transaction it blocks the others; dead it does not."""
    ward.bring_up(3, 1)
    victim = next(iter(ward.alive))
    os.kill(victim, signal.SIGSTOP)
    ward.kill(victim)
    others = [*ward.alive.values()]
    heard = {seat: len(ward.acknowledged[seat]) for seat in others}
    end = time.monotonic() + 20
    while any(len(ward.acknowledged[seat]) < heard[seat] + 5 for seat in others):
        assert time.monotonic() < end
        time.sleep(0.005)
    ward.kill(*ward.alive.copy())
    ward.bury(3)
    assert verify(opened(data)).problems == ()


def opened(directory: Path) -> Desk:
    return open_desk(directory)
