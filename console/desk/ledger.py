"""The why-ledger: the derivation of a clock, one line per step, with its clause."""

from __future__ import annotations

from console.domain.case import Case
from console.domain.clock import Clock
from console.domain.facts import Fact
from console.domain.lengths import in_words
from console.domain.refusal import RefusedError
from console.domain.rulebook import Rulebook
from console.domain.words import Duration, Instant, Label, M, Message, Named

LEVEL_LABELS = {
    "hard": Label("硬性时限", "hard limit"),
    "soft": Label("软性时限", "soft limit"),
    "now": Label("立即（内部目标）", "at once (house target)"),
    "timely": Label("及时（无时限）", "timely (no number)"),
    "gate": Label("前置条件", "gate"),
}
STATE_LABELS = {
    "running": Label("进行中", "running"),
    "amber": Label("即将到期", "due soon"),
    "behind": Label("超过内部目标", "late against the house target"),
    "breached": Label("已逾期", "breached"),
    "paused": Label("已暂停", "paused"),
    "met": Label("按时完成", "met in time"),
    "late": Label("逾期完成", "met late"),
    "renewed": Label("已改期", "renewed"),
    "dropped": Label("不再适用", "dropped"),
}


Ledger = list[Message]
"""The derivation of one clock: its title, then one line per step."""


def why(case: Case, timer: str, now: int) -> list[Ledger]:
    """The ledgers of a case's clocks, or of the one named by key or rule number.

    Raises RefusedError when the case has no such clock.
    """
    clocks = clocks_named(case, timer)
    if not clocks and timer:
        known = ", ".join(dict.fromkeys(clock.key for clock in case.clocks)) or "–"
        raise RefusedError(
            "why",
            M("Case {number} has no clock “{timer}”.", number=case.number, timer=timer),
            M("Its clocks are: {known}.", known=known),
        )
    return [_ledger(clock, now, case) for clock in clocks]


def clocks_named(case: Case, timer: str) -> list[Clock]:
    """The clocks of a case, or those of one limit, by its key or its rule's number."""
    return [clock for clock in case.clocks if timer in ("", clock.key, clock.timer.rule)]


def _ledger(clock: Clock, now: int, case: Case) -> Ledger:
    timer = clock.timer
    lines = [_title(clock)]
    lines.append(
        M(
            "started {at} by “{fact}” (fact {seq}, {who})",
            at=Instant(clock.began),
            fact=label_of(clock.started, case.rulebook),
            seq=clock.started.seq,
            who=Named(clock.started.actor),
        )
    )
    if timer.if_ is not None:
        lines.append(
            M("applies because {condition}", condition=timer.if_.explain(case.rules.wording))
        )
    for change in clock.dues:
        lines.append(_due_line(change.due, change.cause))
    if clock.provisional:
        years = ", ".join(str(year) for year in clock.provisional)
        lines.append(M("provisional: the holiday calendar for {years} is missing", years=years))
    done, needed = clock.progress()
    if needed > 1:
        lines.append(M("{done}/{needed} acts done", done=done, needed=needed))
    lines.append(_ending(clock, now, case.rulebook))
    return lines


def _title(clock: Clock) -> Message:
    timer = clock.timer
    level = LEVEL_LABELS[timer.level]
    if timer.house and timer.level != "now":
        return M(
            "{rule} {label}: {limit}, {level}, house value ({clause})",
            rule=timer.rule,
            label=timer.label,
            limit=in_words(timer.within),
            level=level,
            clause=timer.clause,
        )
    return M(
        "{rule} {label}: {limit}, {level} ({clause})",
        rule=timer.rule,
        label=timer.label,
        limit=in_words(timer.within),
        level=level,
        clause=timer.clause,
    )


def _due_line(due: int | None, cause: Message) -> Message:
    if due is None:
        return M("no due time: {cause}", cause=cause)
    return M("due {due}: {cause}", due=Instant(due), cause=cause)


def _ending(clock: Clock, now: int, rulebook: Rulebook) -> Message:
    state = clock.state(now)
    label = STATE_LABELS[state]
    over = clock.breached_by(now)
    if clock.dropped is not None:
        return M("{state}: {reason}", state=label, reason=clock.dropped)
    if clock.stopped is not None:
        ending = M(
            "{state} {at} by “{fact}” (fact {seq}, {who})",
            state=label,
            at=Instant(clock.stopped.at),
            fact=label_of(clock.stopped, rulebook),
            seq=clock.stopped.seq,
            who=Named(clock.stopped.actor),
        )
        return M("{ending}, {over} late", ending=ending, over=Duration(over)) if over else ending
    if over:
        return M("{state} for {over}, counting up", state=label, over=Duration(over))
    if state == "behind" and clock.due is not None:
        return M("{state} for {over}, counting up", state=label, over=Duration(now - clock.due))
    if clock.due is not None:
        return M("{state}, {left} left", state=label, left=Duration(max(0, clock.due - now)))
    return M("{state} for {age}", state=label, age=Duration(now - clock.began))


def label_of(fact: Fact, rulebook: Rulebook) -> Label:
    """What a fact is called."""
    return rulebook.fact_label(fact.kind)
