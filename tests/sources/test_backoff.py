"""Pauses between attempts: doubling, bounded, never in step."""

from __future__ import annotations

import random

from console.sources.backoff import Backoff


def test_pauses_double_up_to_the_longest() -> None:
    backoff = Backoff(1.0, 10.0, chance=lambda: 0.0)
    assert [backoff.pause() for _ in range(6)] == [1.0, 2.0, 4.0, 8.0, 10.0, 10.0]
    backoff.reset()
    assert backoff.pause() == 1.0


def test_two_consoles_do_not_come_back_together() -> None:
    one, two = (Backoff(chance=random.Random(seed).random) for seed in (1, 2))
    pauses = [(one.pause(), two.pause()) for _ in range(10)]
    assert all(first != second for first, second in pauses)
    assert all(0.25 <= pause <= 30.0 for pair in pauses for pause in pair)
