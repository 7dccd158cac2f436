"""Taking measurements so that a busy moment of the machine hits all contestants alike."""

from __future__ import annotations

import gc
import select
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from time import perf_counter
from typing import NamedTuple

__all__ = ["Scale", "alternating", "jain", "median", "percentile", "readable", "timed"]


class Scale(NamedTuple):
    """How thorough a run is. `quick` proves that everything works, in under two minutes;
    `full` uses a history of a million cases."""

    quick: bool = False
    full: bool = False

    def pick(self, quick: int, normal: int, full: int | None = None) -> int:
        """One of three sizes."""
        if self.quick:
            return quick
        return full if self.full and full is not None else normal


def readable(descriptor: int, patience: float) -> bool:
    """Whether something can be read within `patience` seconds; any number of open files."""
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN | select.POLLHUP)
    return bool(waiting.poll(max(0.0, patience) * 1000))


def timed(work: Callable[[], object]) -> float:
    """Seconds one call takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def alternating(
    works: Mapping[str, Callable[[], float]], rounds: int, warm: int = 1
) -> dict[str, list[float]]:
    """Call all of `works` in turns and collect what they return, without the first `warm`
    rounds."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    gc.collect()  # once: between samples it would empty the processor's caches
    for turn in range(rounds + warm):
        for name, work in works.items():
            value = work()
            if turn >= warm:
                taken[name].append(value)
    return taken


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that `percent` of them do not exceed. Raises ValueError for none."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]


def jain(shares: Sequence[float]) -> float:
    """Jain's index of fairness: 1 when all got the same, 1/n when one got everything."""
    squares = sum(share * share for share in shares)
    return sum(shares) ** 2 / (len(shares) * squares) if squares else 0.0
