"""The simulated hotline: alive, well-formed, obedient, and the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.domain.call_events import CallEvent
from console.domain.numbers import understand
from console.sources.simulator import Simulator

START = 1_800_000_000


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = float(START)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += max(seconds, 0.001)


def hotline(seed: int = 1, speed: float = 1.0) -> tuple[Simulator, Clock]:
    clock = Clock()
    return Simulator(seed, speed=speed, clock=clock, sleep=clock.sleep), clock


async def listen(
    simulator: Simulator,
    clock: Clock,
    seconds: float,
    react: Callable[[CallEvent], object] = lambda event: None,
) -> list[CallEvent]:
    events = []
    async for event in simulator.events():
        if clock() > START + seconds:
            break
        events.append(event)
        react(event)
    return events


def by_call(events: list[CallEvent]) -> dict[str, list[CallEvent]]:
    calls: dict[str, list[CallEvent]] = {}
    for event in events:
        calls.setdefault(event.call, []).append(event)
    return calls


async def test_the_same_seed_gives_the_same_day() -> None:
    first = await listen(*hotline(7), 1800)
    assert first == await listen(*hotline(7), 1800)
    assert first != await listen(*hotline(8), 1800)


async def test_a_day_has_everything() -> None:
    events = await listen(*hotline(), 4 * 3600)
    reasons = {event.body["reason"] for event in events if event.kind == "call_missed"}
    assert reasons == {"abandoned", "queue_timeout"}
    assert {event.kind for event in events} == {
        "call_rang",
        "call_queued",
        "call_offered",
        "call_withdrawn",
        "call_answered",
        "call_recording",
        "call_ended",
        "call_missed",
    }
    numbers = [event.body["number"] for event in events if event.kind == "call_rang"]
    assert len(set(numbers)) < len(numbers)
    assert any(event.body["withheld"] for event in events if event.kind == "call_rang")
    assert events[0].at <= START + 5


async def test_every_call_is_well_formed() -> None:
    for call in by_call(await listen(*hotline(3), 4 * 3600)).values():
        kinds = [event.kind for event in call]
        assert kinds[0] == "call_rang"
        assert kinds.count("call_rang") == 1
        finals = [kind for kind in kinds if kind in ("call_ended", "call_missed")]
        assert len(finals) <= 1
        assert not finals or kinds[-1] == finals[0]
        assert ("call_answered" in kinds) or "call_ended" not in kinds
        assert [event.at for event in call] == sorted(event.at for event in call)
        ringing: set[str] = set()
        for event in call:
            if event.kind == "call_offered":
                ringing.add(event.body["station"])
            elif event.kind == "call_withdrawn":
                ringing.remove(event.body["station"])


async def test_numbers_are_invented_and_understood() -> None:
    for event in await listen(*hotline(5), 2 * 3600):
        if event.kind == "call_rang" and not event.body["withheld"]:
            number = understand(event.body["number"])
            assert number.kind in ("mobile", "landline")
            assert "555" in event.body["number"]


async def test_an_operator_answers_and_the_call_ends_later() -> None:
    simulator, clock = hotline()
    answers: dict[str, bool] = {}

    def react(event: CallEvent) -> None:
        if event.kind == "call_offered" and event.call not in answers:
            answers[event.call] = simulator.answer(event.call, "8002")
            assert not simulator.answer(event.call, "8003")

    calls = by_call(await listen(simulator, clock, 1800, react))
    assert len(answers) > 5
    assert all(answers.values())
    for call in answers:
        kinds = [event.kind for event in calls[call]]
        assert kinds.count("call_answered") == 1
        assert "call_missed" not in kinds
        [answered] = [e for e in calls[call] if e.kind == "call_answered"]
        assert answered.body == {"station": "8002"}
        withdrawn = {e.body["station"] for e in calls[call] if e.kind == "call_withdrawn"}
        assert "8002" not in withdrawn
        ended = [e.at - answered.at for e in calls[call] if e.kind == "call_ended"]
        assert all(60 <= talked <= 301 for talked in ended)


async def test_an_operator_hangs_up() -> None:
    simulator, clock = hotline()
    ended: list[str] = []

    def react(event: CallEvent) -> None:
        if event.kind == "call_rang":
            assert not simulator.hang_up(event.call)
            assert simulator.answer(event.call, "8001")
        elif event.kind == "call_answered":
            assert simulator.hang_up(event.call)
            assert not simulator.hang_up(event.call)
            ended.append(event.call)

    calls = by_call(await listen(simulator, clock, 1800, react))
    assert len(ended) > 5
    for call in ended[:-1]:
        kinds = [e.kind for e in calls[call] if e.kind != "call_recording"]
        assert kinds == ["call_rang", "call_answered", "call_ended"]


async def test_an_unknown_call_can_neither_be_answered_nor_ended() -> None:
    simulator, _ = hotline()
    assert not simulator.answer("nobody", "8001")
    assert not simulator.hang_up("nobody")


async def test_speed_shortens_every_wait() -> None:
    slow = await listen(*hotline(2), 3600)
    fast = await listen(*hotline(2, speed=10), 360)
    shared = min(len(slow), len(fast)) - 5
    assert shared > 100
    assert len(fast) == pytest.approx(len(slow), rel=0.2)


def test_a_speed_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="speed"):
        Simulator(speed=0)
