"""Two real processes on one store."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.desk import Desk, Who
from console.desk.verification import verify
from tests.installations import OPENING

ROOT = Path(__file__).resolve().parents[2]


class Racer:
    """Somebody at another seat."""

    def __init__(self, directory: Path, who: str) -> None:
        self.who = who
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.racer", str(directory), who],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert self.answer() == "ready"

    def tell(self, *commands: tuple[str, dict[str, Any]]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(commands) + "\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def stop(self) -> None:
        self.process.communicate()


@pytest.fixture
def racers(data: Path) -> Iterator[tuple[Racer, Racer]]:
    with contextlib.ExitStack() as stack:
        both = Racer(data, "lin"), Racer(data, "zhou")
        for racer in both:
            stack.callback(racer.stop)
        yield both


def test_a_hundred_commands_at_once(desk: Desk, racers: tuple[Racer, Racer]) -> None:
    desk.do("open", OPENING, Who("lin"))
    before = desk.store.last_seq()
    for racer in racers:
        racer.tell(*(("note", {"case": 1001, "text": f"{racer.who} {n}"}) for n in range(50)))
    answers = {racer.who: [int(racer.answer()) for _ in range(50)] for racer in racers}
    facts = desk.follow(before)
    assert [fact.seq for fact in facts] == list(range(before + 1, before + 101))
    assert {fact.seq: fact.body["text"] for fact in facts} == {
        seq: f"{who} {n}" for who, seqs in answers.items() for n, seq in enumerate(seqs)
    }
    assert {fact.actor for fact in facts} == {"lin", "zhou"}
    assert desk.case(1001).version == before + 100
    assert verify(desk).problems == ()


def test_a_hundred_new_cases_at_once_have_a_hundred_numbers(
    desk: Desk, racers: tuple[Racer, Racer]
) -> None:
    for racer in racers:
        racer.tell(*(("open", OPENING) for _ in range(50)))
    for racer in racers:
        assert all(racer.answer().isdigit() for _ in range(50))
    assert sorted(row.case for row in desk.board()) == list(range(1001, 1101))
    assert verify(desk).problems == ()


def test_one_call_has_one_winner(desk: Desk, racers: tuple[Racer, Racer]) -> None:
    rounds = [f"k{n}" for n in range(200)]
    for key in rounds:
        desk.do("ring", {"number": "13955501953", "call": key}, Who("lin"))
    winners = []
    for n, key in enumerate(rounds):
        order = racers if n % 2 else racers[::-1]
        for racer in order:
            racer.tell(("claim", {"call": key}))
        answers = {racer.who: racer.answer() for racer in racers}
        won = [who for who, answer in answers.items() if answer.isdigit()]
        assert len(won) == 1, answers
        assert set(answers.values()) - {answers[won[0]]} == {"refused claim"}
        winners += won
    for key, winner in zip(rounds, winners, strict=True):
        claims = [f.actor for f in desk.call(key).facts if f.kind == "call_claimed"]
        assert claims == [winner]
    assert set(winners) == {"lin", "zhou"}


def test_threads_of_one_seat_do_not_lose_each_other(desk: Desk) -> None:
    desk.do("open", OPENING, Who("lin"))
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for n in range(25):
                desk.do("note", {"case": 1001, "text": f"{name} {n}"}, Who("lin"))
                desk.board()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    texts = [fact.body["text"] for fact in desk.case(1001).facts if fact.kind == "noted"]
    assert sorted(texts) == sorted(f"{name} {n}" for name in "abcd" for n in range(25))
    assert verify(desk).problems == ()
