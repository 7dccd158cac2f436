"""Many processes at once, forked before any store is open, each answering with one list."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable

from bench.sampling import readable

Answer = list[float]


def crowd(count: int, member: Callable[[int], Answer], patience: float) -> list[Answer]:
    """Run `member(0 … count-1)`, each in a process of its own. -> what they return.

    Raises RuntimeError when one fails or does not answer within `patience` seconds.
    """
    pipes = {}
    for index in range(count):
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            _answer(writing, index, member)
        os.close(writing)
        pipes[reading] = pid
    answers = []
    limit = time.monotonic() + patience
    try:
        for reading, pid in pipes.items():
            answers.append(_heard(reading, limit))
            os.waitpid(pid, 0)
    finally:
        for reading in pipes:
            os.close(reading)
    return answers


def _answer(writing: int, index: int, member: Callable[[int], Answer]) -> None:
    """The life of one process; never returns."""
    try:
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(member(index), stream)
    finally:
        os._exit(0)


def _heard(reading: int, limit: float) -> Answer:
    data = b""
    while readable(reading, limit - time.monotonic()):
        part = os.read(reading, 65536)
        if not part:
            break
        data += part
    if not data:
        raise RuntimeError("one of the processes failed or did not answer in time")
    answer: Answer = pickle.loads(data)
    return answer
