"""The desk: every command and every question of every front door goes through here."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

from console.desk import asking, previews
from console.desk.answers import Who
from console.desk.arguments import parse
from console.desk.care import Care
from console.desk.outcome import Outcome, Preview
from console.desk.world import StoreWorld
from console.desk.writing import write
from console.domain.call import Call, is_repeated
from console.domain.call_events import CallEvent
from console.domain.case import Case
from console.domain.commands import COMMANDS, Command, Situation
from console.domain.commands.callbacks import not_reached, reached
from console.domain.commands.calls import ended, missed
from console.domain.commands.dialling import told
from console.domain.decision import Decision, Stamp, decide, permit, settle
from console.domain.facts import Draft
from console.domain.people import SYSTEM, Person
from console.domain.refusal import RefusedError
from console.domain.words import M
from console.store.reading import Reading


class Desk(Care):
    """The one door to the facts of one store.

    `now` gives the real instant (UTC seconds). All writing methods raise RefusedError when
    the rules do not allow something and StoreError when it could not be written; in both
    cases nothing was.
    """

    def do(self, name: str, typed: Mapping[str, Any], who: Who, at: int | None = None) -> Outcome:
        """Carry out a command.

        `typed` holds the command's fields as typed or already parsed, and optionally
        `version`, the case's version its author saw. `at` is the instant the command is
        about when it is entered late.
        """
        command = self.command(name)
        recorded = self.now()
        if self.guards:
            typed = self._advised(command, typed, who, at, recorded)
        with self.store.writing() as tx:
            world = self.world(tx)
            situation, stamp = self._situation(command, typed, who, at, recorded, tx, world)
            decision = decide(command, situation, stamp)
            write(tx, decision)
        if self.guards:
            asking.follow(self, decision)
            self.guards.settle()
        return _outcome(decision, situation)

    def _advised(
        self, command: Command, typed: Mapping[str, Any], who: Who, at: int | None, recorded: int
    ) -> Mapping[str, Any]:
        """The command after the plugins concerned have been asked about what it would lead
        to. What the rules refuse is refused when it is carried out."""
        assert self.guards is not None
        self.guards.settle()

        def would(given: Mapping[str, Any]) -> Decision:
            world = self.world(self.store)
            situation, stamp = self._situation(command, given, who, at, recorded, self.store, world)
            return decide(command, situation, stamp)

        try:
            decision = would(typed)
            routed = asking.route(self, command.name, typed, decision)
            if routed != typed:
                decision = would(routed)
        except RefusedError:
            return typed
        asking.check(self, decision)
        return routed

    def preview(
        self, name: str, typed: Mapping[str, Any], who: Who, at: int | None = None
    ) -> Preview:
        """What the command would do: the same fold, nothing appended."""
        try:
            before, decision = self._foreseen(name, typed, who, at)
        except RefusedError as refused:
            return Preview(refusal=refused.refusal)
        return previews.compare(before, decision)

    def foresee(
        self, name: str, typed: Mapping[str, Any], who: Who, at: int | None = None
    ) -> Decision:
        """The facts a command would lead to, with every case as it would stand; nothing is
        appended. Raises RefusedError."""
        return self._foreseen(name, typed, who, at)[1]

    def _foreseen(
        self, name: str, typed: Mapping[str, Any], who: Who, at: int | None
    ) -> tuple[previews.Snapshot, Decision]:
        command = self.command(name)
        recorded = self.now()
        world = self.world(self.store)
        if self.guards:
            typed = self._advised(command, typed, who, at, recorded)
        situation, stamp = self._situation(command, typed, who, at, recorded, self.store, world)
        before = previews.snapshot(situation.about_case)
        return before, decide(command, situation, stamp)

    def offered(self, number: int, who: Who) -> list[str]:
        """The commands on a case that this person's roles and the rules allow at all."""
        case, actor, world = self.case(number), self.actor(who), self.world(self.store)
        names = []
        for command in COMMANDS.values():
            if command.about != "case":
                continue
            situation = Situation(actor, who.seat, self.now(), {}, {}, world, case)
            try:
                permit(command, situation)
            except RefusedError:
                continue
            if command.suits is None or command.suits(case, actor):
                names.append(command.name)
        return names

    def report(self, event: CallEvent) -> Outcome:
        """Take down what a telephone line says. Repeated reports of one thing are ignored."""
        recorded = self.now()
        with self.store.writing() as tx:
            world = self.world(tx)
            drafts = self._reported(world, event)
            exchange = event.body.get("exchange") or world.call(event.call).exchange
            actor = Person(f"line:{exchange or 'telephone'}", "line")
            stamp = Stamp(actor, "", event.at, recorded, tx.head()[0] + 1)
            decision = settle(drafts, world, stamp)
            write(tx, decision)
        return Outcome(tuple(decision.facts), call=event.call)

    def _reported(self, world: StoreWorld, event: CallEvent) -> list[Draft]:
        call = world.call(event.call)
        over = call.state in ("missed", "ended")
        if over and event.kind not in ("call_recording",):
            return []
        if event.kind in ("call_rang", "call_dialled") and call.state not in ("", "requested"):
            return []
        if is_repeated(call, event.kind, event.body):
            return []
        if event.kind == "call_ended":
            return list(ended(call, str(event.body.get("cause", "")), event.at))
        if event.kind in ("call_reached", "call_not_reached"):
            return list(self._placed(world, call, event))
        if event.kind == "call_missed":
            return list(missed(call, str(event.body.get("reason", "")), event.at))
        return [Draft(call.subject, event.kind, dict(event.body), event.at)]

    def _placed(self, world: StoreWorld, call: Call, event: CallEvent) -> Iterator[Draft]:
        """How a call somebody asked for went, told to whoever waits for it."""
        picked_up = event.kind == "call_reached"
        if call.called:
            yield Draft(call.subject, event.kind, dict(event.body), event.at)
        else:
            tell = reached if picked_up else not_reached
            yield from tell(call, world.callback(call.number), event.body, event.at)
        if call.about and world.case(call.about).is_open:
            reason = str(event.body.get("reason", ""))
            case = world.case(call.about)
            yield from told(call, case, picked_up=picked_up, reason=reason, at=event.at)

    def _situation(
        self,
        command: Command,
        typed: Mapping[str, Any],
        who: Who,
        at: int | None,
        recorded: int,
        reading: Reading,
        world: StoreWorld,
    ) -> tuple[Situation, Stamp]:
        typed = dict(typed)
        seen = typed.pop("version", None)
        moment = recorded if at is None else at
        case = self._case_of(command, typed, world)
        call = world.known_call(str(typed["call"])) if _names_a_call(command, typed) else None
        if case is not None and seen not in (None, ""):
            _check_version(case, _version(seen), self)
        rules = self._rules(command, typed, case)
        args, values = parse(command, typed, rules, moment, self.config.zone)
        actor = self.actor(who, reading)
        situation = Situation(
            actor, who.seat, moment, args, values, world, case, call, self.config.zone
        )
        return situation, Stamp(actor, who.seat, moment, recorded, reading.last_seq() + 1)

    def _case_of(self, command: Command, typed: dict[str, Any], world: StoreWorld) -> Case | None:
        if command.about == "new" or "case" not in typed:
            return None
        text = str(typed["case"]).strip().lstrip("#")
        if not text.isascii() or not text.isdigit() or len(text) > 12:
            raise RefusedError(
                "case",
                M("“{typed}” is not a case number.", typed=text),
                M("A case number looks like 1042."),
            )
        if not world.store.case_exists(int(text)):
            raise RefusedError(
                "case",
                M("There is no case {number}.", number=int(text)),
                M("Look it up with `console find`."),
            )
        return world.case(int(text))

    def _line_key(self, typed: str) -> str:
        """The key of a line named by key or label; what names none stays as it is."""
        for key, line in self.rulebook.lines.items():
            if typed.casefold() in (line.label.zh.casefold(), line.label.en.casefold()):
                return key
        return typed

    def _rules(self, command: Command, typed: Mapping[str, Any], case: Case | None) -> Any:
        """The fields a command may carry: those of the line it names, or of the case."""
        line = self._line_key(str(typed.get("line") or "")) or (case.line if case else "")
        if not line and command.name == "classify" and len(self.rulebook.lines) == 1:
            line = next(iter(self.rulebook.lines))
        division = str(typed.get("division") or (case.division if case else ""))
        if case is not None:
            return case.rules_in(line, division)
        return self.rulebook.rules(line, division)


def _names_a_call(command: Command, typed: Mapping[str, Any]) -> bool:
    return command.name != "ring" and bool(typed.get("call"))


def _outcome(decision: Decision, situation: Situation) -> Outcome:
    case = next(iter(decision.cases.values()), situation.about_case)
    call = next(iter(decision.calls.values()), situation.about_call)
    return Outcome(
        tuple(decision.facts),
        case.number if case else 0,
        call.key if call else "",
        case.version if case else 0,
    )


def _version(seen: Any) -> int:
    text = str(seen)
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise RefusedError(
            "version",
            M("“{typed}” is not a version.", typed=text),
            M("Give the version number shown with the case."),
        )
    return int(text)


def _check_version(case: Case, seen: int, desk: Desk) -> None:
    """Refuse a write whose author has not seen what other people wrote meanwhile. What the
    telephone line or the console itself added does not make a screen stale."""
    newer = [f for f in case.facts if f.seq > seen and not _by_machine(f.actor)]
    if not newer:
        return
    last = newer[-1]
    raise RefusedError(
        "version",
        M(
            "You saw version {seen} of case {number}; {who} has made it version {now} since.",
            seen=seen,
            number=case.number,
            who=desk.directory.name(last.actor),
            now=case.version,
        ),
        M("Look at the change, then repeat the step. What you typed is kept."),
    )


def _by_machine(actor: str) -> bool:
    return actor == SYSTEM.key or actor.startswith("line:")


def real_time() -> int:
    """The machine's clock: whole UTC seconds."""
    return int(time.time())
