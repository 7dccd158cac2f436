"""The clocks of one case, by example and against random histories."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from console.domain.case import Case, fold
from console.domain.clock import Clock
from console.domain.conditions import when
from console.domain.facts import Fact
from console.domain.rules import Category, Line, Target, Timer
from console.domain.words import L
from console.speech import Speech
from tests.domain.hotline import HOUR, MINUTE, Elapsed, Hotline, at, fact

ENDED = at("09:19:00")


def history(*facts: tuple[str, int, dict[str, Any]], hotline: Hotline | None = None) -> Case:
    """A case of the small line made of (kind, instant, body)."""
    opened = fact(1, "case_opened", ENDED - MINUTE, line="small", number="")
    rest = [fact(n, kind, moment, **body) for n, (kind, moment, body) in enumerate(facts, 2)]
    world = hotline or Hotline()
    return fold(1001, [opened, *rest], world.rulebook, Elapsed())


def clock(case: Case, key: str) -> Clock:
    """The latest clock of a timer."""
    return [one for one in case.clocks if one.key == key][-1]


def contacted(moment: int, **body: Any) -> tuple[str, int, dict[str, Any]]:
    return ("customer_contacted", moment, {"by": "he", "role": "assignee", **body})


CALL_ENDED = ("call_ended", ENDED, {"call": "a"})


# --- starting and stopping


def test_a_limit_runs_from_its_start_to_the_second() -> None:
    contact = clock(history(CALL_ENDED), "contact")
    assert (contact.began, contact.due) == (ENDED, ENDED + 15 * MINUTE)
    assert contact.amber == ENDED + 10 * MINUTE
    states = [contact.state(ENDED + s) for s in (0, 599, 600, 900, 901)]
    assert states == ["running", "running", "amber", "amber", "breached"]
    assert [contact.breached_by(ENDED + s) for s in (900, 901, 960)] == [0, 1, 60]


def test_the_last_second_is_in_time_and_the_next_is_late() -> None:
    for seconds, state, over in ((900, "met", 0), (901, "late", 1), (1380, "late", 480)):
        contact = clock(history(CALL_ENDED, contacted(ENDED + seconds)), "contact")
        assert (contact.state(ENDED + HOUR), contact.breached_by(ENDED + HOUR)) == (state, over)


def test_only_a_matching_fact_stops_a_clock() -> None:
    case = history(
        CALL_ENDED,
        contacted(ENDED + 60, role="owner"),
        ("contact_missed", ENDED + 70, {"by": "he"}),
        ("assigned", ENDED + 80, {"assignee": "he"}),
        ("acknowledged", ENDED + 90, {}),
    )
    assert clock(case, "contact").running


def test_what_happened_before_the_start_stops_nothing() -> None:
    case = history(CALL_ENDED, contacted(ENDED - 1))
    assert clock(case, "contact").running
    assert not clock(history(CALL_ENDED, contacted(ENDED)), "contact").running


def test_a_second_start_resets_nothing() -> None:
    case = history(CALL_ENDED, ("call_ended", ENDED + 300, {"call": "b"}))
    assert [one.began for one in case.clocks if one.key == "contact"] == [ENDED]


def test_one_clock_for_each_start_where_the_rule_says_so() -> None:
    urged = [("urged", ENDED + n * MINUTE, {"who": "he"}) for n in range(3)]
    case = history(*urged, ("role_reached", ENDED + MINUTE, {"role": "he"}))
    informs = [one for one in case.clocks if one.key == "inform"]
    assert [(one.number, one.began - ENDED) for one in informs] == [(1, 0), (2, 60), (3, 120)]
    assert [one.running for one in informs] == [False, False, True]


def test_all_acts_are_needed_in_any_order() -> None:
    mail, phone = contacted(ENDED + 60, channel="mail"), contacted(ENDED + 90, channel="phone")
    both = clock(history(CALL_ENDED, mail), "both_ways")
    assert (both.running, both.progress()) == (True, (1, 2))
    both = clock(history(CALL_ENDED, mail, mail), "both_ways")
    assert (both.running, both.progress()) == (True, (1, 2))
    both = clock(history(CALL_ENDED, mail, phone), "both_ways")
    assert (both.running, both.progress(), both.ended) == (False, (2, 2), ENDED + 90)


# --- promises


def promised(due: int, moment: int = ENDED, kind: str = "promised") -> tuple[str, int, Any]:
    return (kind, moment, {"due": due, "by": "lin"})


def test_a_promise_is_due_as_it_was_spoken() -> None:
    case = history(promised(ENDED + 1234), contacted(ENDED + 1234))
    assert clock(case, "promise").due == ENDED + 1234
    assert clock(case, "promise").state(ENDED + HOUR) == "met"


def test_a_promise_renewed_in_time_is_neither_kept_nor_broken() -> None:
    case = history(promised(ENDED + 600), promised(ENDED + 1200, ENDED + 600, "promise_renewed"))
    first, second = (one for one in case.clocks if one.key == "promise")
    assert first.state(ENDED + HOUR) == "renewed"
    assert first.breached_by(ENDED + HOUR) == 0
    assert (second.due, second.running) == (ENDED + 1200, True)


def test_a_promise_renewed_too_late_stays_broken() -> None:
    case = history(
        promised(ENDED + 600),
        promised(ENDED + 1200, ENDED + 601, "promise_renewed"),
        contacted(ENDED + 700),
    )
    first, second = (one for one in case.clocks if one.key == "promise")
    assert (first.state(ENDED + HOUR), first.breached_by(ENDED + HOUR)) == ("late", 100)
    assert second.state(ENDED + HOUR) == "met"


# --- conditions that come and go


def grid(value: str, moment: int) -> tuple[str, int, dict[str, Any]]:
    return ("filled", moment, {"values": {"grid": value}})


def test_a_rule_that_comes_to_apply_counts_from_the_original_start() -> None:
    case = history(CALL_ENDED, grid("state", ENDED + 30 * MINUTE))
    assert clock(case, "grid_report").due == ENDED + 2 * HOUR


def test_a_rule_that_comes_to_apply_too_late_is_breached_at_once() -> None:
    case = history(CALL_ENDED, grid("state", ENDED + 3 * HOUR))
    assert clock(case, "grid_report").breached_by(ENDED + 3 * HOUR) == HOUR


def test_a_rule_that_comes_to_apply_after_its_stop_is_met_already() -> None:
    solved = ("solved", ENDED + HOUR, {"text": "x"})
    case = history(CALL_ENDED, solved, grid("state", ENDED + 3 * HOUR))
    assert clock(case, "grid_report").state(ENDED + 4 * HOUR) == "met"


def test_what_no_longer_applies_is_dropped_with_its_reason() -> None:
    case = history(CALL_ENDED, grid("state", ENDED + 60), grid("none", ENDED + 120))
    dropped = clock(case, "grid_report")
    assert dropped.state(ENDED + HOUR) == "dropped"
    assert dropped.dropped is not None
    assert Speech("en").say(dropped.dropped) == "no longer: grid is State Grid"


def test_what_applies_again_keeps_its_start_and_its_due() -> None:
    case = history(
        CALL_ENDED, *(grid(v, ENDED + n * 60) for n, v in enumerate(["state", "none", "state"], 1))
    )
    [revived] = [one for one in case.clocks if one.key == "grid_report"]
    assert (revived.running, revived.began, revived.due) == (True, ENDED, ENDED + 2 * HOUR)
    assert [change.due for change in revived.dues] == [revived.due, revived.due]


def test_what_applies_again_counts_what_happened_meanwhile() -> None:
    solved = ("solved", ENDED + 150, {"text": "x"})
    case = history(
        CALL_ENDED,
        grid("state", ENDED + 60),
        grid("none", ENDED + 120),
        solved,
        grid("state", ENDED + 180),
    )
    revived = clock(case, "grid_report")
    assert (revived.state(ENDED + HOUR), revived.ended) == ("met", ENDED + 150)


# --- limits with a point of their own


def special(**options: Any) -> Hotline:
    """A line whose only limit is two hours from `call_ended` to `solved`, with options."""
    timer = Timer("special", L("特别", "special"), "call_ended", "solved", "2h", **options)
    return Hotline(Line("small", L("小公司", "Small company"), timers=(timer,)))


def solved(minutes: int) -> tuple[str, int, dict[str, Any]]:
    return ("solved", ENDED + minutes * MINUTE, {"text": "x"})


def test_a_limit_that_wants_an_act_twice() -> None:
    twice = clock(history(CALL_ENDED, solved(1), hotline=special(times=2)), "special")
    assert (twice.running, twice.progress()) == (True, (1, 2))
    twice = clock(history(CALL_ENDED, solved(1), solved(2), hotline=special(times=2)), "special")
    assert (twice.running, twice.progress()) == (False, (2, 2))


def test_an_act_counts_once_however_often_the_rule_comes_and_goes() -> None:
    twice = special(times=2, if_=when("grid").equals("state"))
    flips = [grid(v, ENDED + n) for n, v in enumerate(("none", "state", "none", "state"))]
    start = grid("state", ENDED - 1)
    case = history(start, CALL_ENDED, solved(0), *flips, hotline=twice)
    assert (clock(case, "special").running, clock(case, "special").progress()) == (True, (1, 2))


def test_a_stop_may_begin_to_count_only_later() -> None:
    early = special(not_before="30m")
    assert clock(history(CALL_ENDED, solved(29), hotline=early), "special").running
    assert not clock(history(CALL_ENDED, solved(30), hotline=early), "special").running


def test_n_and_above_is_broken_when_n_is_reached() -> None:
    for reaching, state in ((True, "late"), (False, "met")):
        case = history(CALL_ENDED, solved(120), hotline=special(reaching=reaching))
        assert clock(case, "special").state(ENDED + 3 * HOUR) == state


def test_the_rule_says_when_the_warning_begins() -> None:
    assert clock(history(CALL_ENDED, hotline=special(amber="5m")), "special").amber == (
        ENDED + 2 * HOUR - 5 * MINUTE
    )


def test_an_obligation_due_at_once_is_amber_from_the_start_and_never_broken() -> None:
    case = history(CALL_ENDED, solved(180), hotline=special(level="now"))
    assert clock(case, "special").state(ENDED + 4 * HOUR) == "met"
    case = history(CALL_ENDED, hotline=special(level="now"))
    assert clock(case, "special").state(ENDED) == "amber"
    assert clock(case, "special").state(ENDED + 4 * HOUR) == "behind"
    assert clock(case, "special").breached_by(ENDED + 4 * HOUR) == 0


def test_what_must_be_journaled_though_nobody_presses_a_key() -> None:
    asking = special(ask_every="5m")
    due = ENDED + 2 * HOUR
    seen: list[tuple[str, int, dict[str, Any]]] = []
    for kind, moment in (
        ("timer_warned", due - 40 * MINUTE),
        ("timer_breached", due + 1),
        ("timer_asked", due + 5 * MINUTE),
        ("timer_asked", due + 10 * MINUTE),
    ):
        case = history(CALL_ENDED, *seen, hotline=asking)
        assert clock(case, "special").next_moment() == case.next_moment() == moment
        seen.append((kind, moment, {"timer": "special"}))
    assert history(CALL_ENDED, *seen, solved(200), hotline=asking).next_moment() is None


def test_without_a_question_nothing_follows_the_breach() -> None:
    noted = ("timer_breached", ENDED + 3 * HOUR, {"timer": "special"})
    assert history(CALL_ENDED, noted, hotline=special()).next_moment() is None


# --- extending, closing, reopening


def test_an_extension_keeps_the_old_due_visible() -> None:
    extended = ("timer_extended", ENDED + 60, {"timer": "both_ways", "due": ENDED + 5 * HOUR})
    both = clock(history(CALL_ENDED, extended), "both_ways")
    assert (both.due, both.began) == (ENDED + 5 * HOUR, ENDED)
    assert [change.due for change in both.dues] == [ENDED + 3 * HOUR, ENDED + 5 * HOUR]


@pytest.mark.parametrize(("minutes", "moment"), [(119, 7201), (121, None)])
def test_a_new_calendar_keeps_the_old_due_visible(minutes: int, moment: int | None) -> None:
    noted = ("timer_breached", ENDED + HOUR, {"timer": "special"})
    recomputed = {"timer": "special", "old": ENDED + HOUR, "calendar": "2"}
    again = ("timer_recomputed", ENDED + minutes * MINUTE, recomputed)
    warned = ("timer_warned", ENDED + minutes * MINUTE, {"timer": "special"})
    one = clock(history(CALL_ENDED, noted, again, warned, hotline=special()), "special")
    assert [change.due for change in one.dues] == [ENDED + HOUR, ENDED + 2 * HOUR]
    # A breach of the old due is noted anew only where the new one is still to come.
    assert one.next_moment() == (None if moment is None else ENDED + moment)


def test_closing_stops_every_clock_and_reopening_starts_afresh() -> None:
    closed = ("closed", ENDED + 300, {"reason": "x"})
    reopened = ("reopened", ENDED + HOUR, {"reason": "repeat_call"})
    again = ("call_ended", ENDED + 2 * HOUR, {"call": "b"})
    case = history(CALL_ENDED, closed, reopened, again)
    first, second = (one for one in case.clocks if one.key == "contact")
    assert (first.cycle, first.running, first.ended) == (1, False, ENDED + 300)
    assert (second.cycle, second.running, second.began) == (2, True, ENDED + 2 * HOUR)


def test_a_limit_may_start_anew_when_the_case_is_reopened() -> None:
    reopened = ("reopened", ENDED + HOUR, {"reason": "repeat_call"})
    case = history(CALL_ENDED, solved(1), reopened, hotline=special(reopens=True))
    assert [(c.cycle, c.began - ENDED) for c in case.clocks] == [(1, 0), (2, HOUR)]
    case = history(CALL_ENDED, solved(1), reopened, hotline=special())
    assert [c.cycle for c in case.clocks] == [1]


def test_closing_does_not_undo_a_breach() -> None:
    closed = ("closed", ENDED + HOUR, {"reason": "x"})
    contact = clock(history(CALL_ENDED, closed), "contact")
    assert contact.breached_by(ENDED + 2 * HOUR) == 45 * MINUTE


# --- reclassifying


def test_another_division_counts_from_the_original_start() -> None:
    case = history(CALL_ENDED, ("classified", ENDED + HOUR, {"line": "small", "division": "pile"}))
    assert clock(case, "onsite").due == ENDED + 4 * HOUR
    case = history(
        CALL_ENDED,
        ("classified", ENDED + 60, {"line": "small", "division": "pile"}),
        ("classified", ENDED + 120, {"line": "small", "division": "sales"}),
    )
    onsite, contact = clock(case, "onsite"), clock(case, "contact")
    assert onsite.state(ENDED + HOUR) == "dropped"
    assert (contact.running, contact.due, len(contact.dues)) == (True, ENDED + 15 * MINUTE, 1)


def repairing(division: str, within: str) -> Target:
    timer = Timer("repair", L("修复", "repair"), "call_ended", "solved", within)
    return Target(division, L(division, division), timers=(timer,))


TWO_DIVISIONS = Line(
    "small",
    L("小公司", "Small company"),
    categories=(Category("technical", L("技术", "technical")),),
    divisions=(repairing("fast", "2h"), repairing("slow", "8h")),
)


def test_a_timer_both_divisions_have_takes_the_new_length_from_the_original_start() -> None:
    case = history(
        CALL_ENDED,
        ("classified", ENDED + 60, {"line": "small", "division": "fast"}),
        ("classified", ENDED + 120, {"line": "small", "division": "slow"}),
        hotline=Hotline(TWO_DIVISIONS),
    )
    repair = clock(case, "repair")
    assert (repair.began, repair.due) == (ENDED, ENDED + 8 * HOUR)
    assert [change.due for change in repair.dues] == [ENDED + 2 * HOUR, ENDED + 8 * HOUR]


CONDITIONAL_EACH = Line(
    "small",
    L("小公司", "Small company"),
    timers=(
        Timer(
            "inform",
            L("通报", "inform"),
            "urged",
            "role_reached",
            "1h",
            if_=when("grid").equals("state"),
            each=True,
        ),
    ),
)


def test_starts_that_came_while_the_rule_did_not_apply_count_later() -> None:
    case = history(
        grid("state", ENDED),
        ("urged", ENDED + 60, {}),
        grid("none", ENDED + 120),
        ("urged", ENDED + 180, {}),
        grid("state", ENDED + 240),
        hotline=Hotline(CONDITIONAL_EACH),
    )
    assert [one.began - ENDED for one in case.clocks] == [60, 180]


def test_clocks_of_a_rule_are_numbered_within_their_cycle() -> None:
    case = history(
        grid("state", ENDED),
        ("urged", ENDED + 60, {}),
        ("reopened", ENDED + 120, {}),
        grid("none", ENDED + 150),
        ("urged", ENDED + 180, {}),
        grid("state", ENDED + 240),
        ("urged", ENDED + 300, {}),
        hotline=Hotline(CONDITIONAL_EACH),
    )
    assert [(one.cycle, one.number) for one in case.clocks] == [(1, 1), (2, 1), (2, 2)]


# --- random histories

STARTS = {
    "contact": "call_ended",
    "grid_report": "call_ended",
    "both_ways": "call_ended",
    "onsite": "call_ended",
    "inform": "urged",
}
SILENT = ("assigned", "tracked", "custody_taken", "owner_changed", "acknowledged", "noted")


class RandomHistory(RuleBasedStateMachine):
    """A case to which anything may happen, at any moment, entered late or in time."""

    def __init__(self) -> None:
        super().__init__()
        self.world = Hotline()
        self.now = ENDED
        self.facts: list[Fact] = []
        self.case = Case(1001, self.world.rulebook, Elapsed())
        self.late: dict[int, int] = {}
        self.extended: set[int] = set()

    def happens(self, kind: str, ago: int = 0, **body: Any) -> None:
        written = fact(len(self.facts) + 1, kind, self.now - ago, **body)
        self.facts.append(written)
        self.case.apply(written)
        for clock in self.case.clocks:
            if clock.state(self.now) == "late":
                self.late.setdefault(id(clock), clock.breached_by(self.now))

    @initialize()
    def open(self) -> None:
        self.happens("case_opened", line="small", number="")

    @rule(seconds=st.sampled_from([1, 59, 60, 600, 3601, 7200]))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds

    @rule(
        kind=st.sampled_from(["call_ended", "urged", "solved", "role_reached"]),
        ago=st.sampled_from([0, 0, 30, 900]),
    )
    def something(self, kind: str, ago: int) -> None:
        self.happens(kind, ago)

    @rule(
        role=st.sampled_from(["owner", "assignee", "other"]),
        channel=st.sampled_from(["phone", "mail"]),
        ago=st.sampled_from([0, 0, 60, 1800]),
    )
    def contact(self, role: str, channel: str, ago: int) -> None:
        self.happens("customer_contacted", ago, role=role, channel=channel, by="he")

    @rule(value=st.sampled_from(["state", "none", ""]))
    def fill(self, value: str) -> None:
        self.happens("filled", values={"grid": value})

    @rule(division=st.sampled_from(["pile", "sales", ""]))
    def classify(self, division: str) -> None:
        self.happens("classified", line="small", category="technical", division=division)

    @rule(kind=st.sampled_from(["promised", "promise_renewed"]), wait=st.integers(1, 7200))
    def promise(self, kind: str, wait: int) -> None:
        self.happens(kind, due=self.now + wait)

    @rule(wait=st.integers(1, 9999))
    def extend(self, wait: int) -> None:
        self.extended |= {id(c) for c in self.case.clocks if c.running and c.key == "both_ways"}
        self.happens("timer_extended", timer="both_ways", due=self.now + wait)

    @rule(kind=st.sampled_from(SILENT), who=st.sampled_from(["he", "tan", "lin"]))
    def hand_on(self, kind: str, who: str) -> None:
        before = [(c.due, c.amber, c.ended, c.dropped, c.began) for c in self.case.clocks]
        roles = ("assignee", "tracker", "custodian", "owner")
        self.happens(kind, **dict.fromkeys(roles, who))
        after = [(c.due, c.amber, c.ended, c.dropped, c.began) for c in self.case.clocks]
        assert after == before

    @precondition(lambda self: self.case.is_open)
    @rule()
    def close(self) -> None:
        self.happens("closed")
        assert not self.case.running()

    @precondition(lambda self: not self.case.is_open)
    @rule()
    def reopen(self) -> None:
        self.happens("reopened")
        assert not self.case.running()

    @invariant()
    def a_running_due_follows_from_its_start(self) -> None:
        for clock in self.case.running():
            if id(clock) not in self.extended:
                assert clock.due == Elapsed().due(clock.owned, clock.started, []).at
            assert clock.began == clock.started.at
            assert clock.dues[-1].due == clock.due

    @invariant()
    def a_start_is_the_first_of_its_cycle(self) -> None:
        for clock in self.case.clocks:
            if clock.timer.each:
                continue
            kinds = [STARTS[clock.key]]
            starts = [f for f in self.cycle(clock.cycle) if f.kind in kinds]
            assert clock.started == starts[0]

    @invariant()
    def a_stopped_clock_was_stopped_by_a_later_match(self) -> None:
        for clock in self.case.clocks:
            if clock.stopped is None:
                continue
            assert clock.stopped.seq > clock.started.seq
            assert clock.stopped.at >= clock.began
            assert clock.ended == clock.stopped.at
            matching = any(pattern.matches(clock.stopped) for pattern in clock.timer.stops())
            assert matching or clock.renewed

    @invariant()
    def a_running_clock_has_seen_no_match(self) -> None:
        for clock in self.case.running():
            later = [f for f in self.cycle(clock.cycle) if f.seq > clock.started.seq]
            stops = {
                pattern
                for pattern in clock.timer.stops()
                for f in later
                if f.at >= clock.began and pattern.matches(f)
            }
            assert len(stops) < max(1, clock.progress()[1])

    @invariant()
    def late_stays_late(self) -> None:
        clocks = {id(clock): clock for clock in self.case.clocks}
        for identity, over in self.late.items():
            assert clocks[identity].state(self.now) == "late"
            assert clocks[identity].breached_by(self.now) == over > 0

    @invariant()
    def clocks_can_be_told_apart(self) -> None:
        identities = [(c.owned.key, c.number, c.cycle) for c in self.case.clocks]
        assert len(set(identities)) == len(identities)

    @invariant()
    def folding_again_gives_the_same(self) -> None:
        again = fold(1001, self.facts, self.world.rulebook, Elapsed())
        assert again.clocks == self.case.clocks
        assert again.attributes == self.case.attributes

    def cycle(self, number: int) -> list[Fact]:
        cycles: list[list[Fact]] = [[]]
        for written in self.facts:
            if written.kind == "reopened":
                cycles.append([])
            cycles[-1].append(written)
        return cycles[number - 1]


TestRandomHistory = RandomHistory.TestCase
TestRandomHistory.settings = settings(max_examples=60, stateful_step_count=30)
