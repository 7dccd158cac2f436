"""A living hotline to try the seat on: a day's cases to start with, and calls that ring.

Run as `python -m console.demo DIRECTORY SPEED SEED` it is the telephone line of the demo.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from console.desk import Desk, Who
from console.installation import SHIPPED, open_desk
from console.sources.recorder import record
from console.sources.simulator import Simulator

CASES = SHIPPED / "demo" / "cases.json"
_LOOK_SECONDS = 0.2


def furnish(desk: Desk) -> None:
    """Enter the demo's earlier cases as if the shift had been at work for hours."""
    now = desk.now()
    for story in json.loads(CASES.read_text("utf-8")):
        names: dict[str, Any] = {}
        for step in story:
            who = Who(step.get("as", "lin"), "demo")
            typed = {key: names.get(value, value) for key, value in step["with"].items()}
            outcome = desk.do(step["do"], typed, who, now - step["ago"])
            names.setdefault("CALL", outcome.call)
            if outcome.case:
                names["CASE"] = outcome.case


async def run_line(desk: Desk, speed: float, seed: int) -> None:
    """Report simulated calls, and pick up or hang up what operators claim and end."""
    line = Simulator(seed or os.getpid(), stations=("8001", "8002"), speed=speed)
    listening = asyncio.create_task(_obey(desk, line))
    try:
        await record(line, desk)
    finally:
        listening.cancel()


async def _obey(desk: Desk, line: Simulator) -> None:
    seq, parent = desk.last_seq(), os.getppid()
    while os.getppid() == parent:
        for fact in desk.follow(seq):
            seq = fact.seq
            kind, _, call = fact.subject.partition(":")
            if kind == "call" and fact.kind == "call_claimed":
                person = desk.directory.get(fact.actor)
                line.answer(call, person.extension if person else "8001")
            elif kind == "call" and fact.kind == "call_ended" and _by_a_person(fact.actor):
                line.hang_up(call)
        await asyncio.sleep(_LOOK_SECONDS)
    os._exit(0)


def _by_a_person(actor: str) -> bool:
    return not actor.startswith("line:")


def main(arguments: list[str]) -> None:
    directory, speed, seed = Path(arguments[0]), float(arguments[1]), int(arguments[2])
    asyncio.run(run_line(open_desk(directory), speed, seed))


if __name__ == "__main__":
    main(sys.argv[1:])
