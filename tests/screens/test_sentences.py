"""The command bar's line, foretold and carried out on a real desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from console.desk import Desk, Outcome, Who
from console.domain.refusal import Refusal, RefusedError
from console.screens import sentences
from console.speech import Speech
from tests.installations import OPENING

LINE = "t 深圳供电 张工 通讯中断 !2 >meter"


class Seat:
    """What the glue needs of a seat, carrying out commands at once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.who = Who("lin")
        self.speech = Speech("en", desk.config.zone, desk.directory.name)
        self.outcomes: list[Outcome] = []
        self.stopped: list[tuple[str, str | None]] = []
        self.typed: list[Mapping[str, Any]] = []

    def act(
        self,
        command: str,
        typed: Mapping[str, Any],
        done: Callable[[Outcome], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        self.typed.append(typed)
        try:
            outcome = self.desk.do(command, typed, self.who)
        except RefusedError as error:
            refused(error.refusal)
        else:
            done(outcome)

    def send(self, text: str, case: int = 0, **seen: int) -> None:
        sentences.carry_out(
            self,
            sentences.parse(self, text, case),
            self.outcomes.append,
            lambda refusal, left: self.stopped.append((refusal.rule, left)),
            lambda _: seen,
        )

    def preview(self, text: str, case: int = 0) -> list[str]:
        return sentences.preview(self, text, case).splitlines()


def seat_with_case(desk: Desk) -> Seat:
    """A seat, and case 1001 ready to be classified."""
    seat = Seat(desk)
    desk.do("open", {**OPENING, "line": "power"}, seat.who)
    return seat


def test_one_line_opens_classifies_and_notes_one_case(desk: Desk) -> None:
    seat = Seat(desk)
    seat.send(LINE)
    (outcome,) = seat.outcomes
    case = desk.case(outcome.case)
    assert (case.category, case.division) == ("technical", "meter_automation")
    assert seat.stopped == []
    said = seat.speech.say(sentences.done(seat, outcome))
    assert said == f"{outcome.case}: case opened, need submitted, filled in, classified, note"


def test_what_was_seen_goes_with_the_first_sentence_only(desk: Desk) -> None:
    seat = seat_with_case(desk)
    seat.send("note a; note b", 1001, version=desk.case(1001).version)
    assert len(seat.outcomes) == 1
    assert ["version" in typed for typed in seat.typed] == [True, False]


def test_what_was_written_is_not_sent_again(desk: Desk) -> None:
    seat = seat_with_case(desk)
    seat.send("note a; 9999 note “b c”; urge", 1001)
    assert seat.outcomes == []
    assert seat.stopped == [("case", 'note case=9999 text="b c"; urge case=1001')]
    seat.send("1001 close; note a")
    assert seat.stopped[-1][1] is None


def test_a_line_nobody_understands_is_not_begun(desk: Desk) -> None:
    seat = seat_with_case(desk)
    before = desk.last_seq()
    seat.send("note a; xyzzy", 1001)
    assert seat.stopped == [("command", None)]
    assert desk.last_seq() == before
    seat.send("", 1001)
    assert desk.last_seq() == before


def test_a_preview_says_what_was_understood_and_what_it_does(desk: Desk) -> None:
    seat = seat_with_case(desk)
    (said,) = seat.preview("classify complaint >charg", 1001)
    assert said.startswith("1001 → classify (complaint, Charging pile): ")
    assert "will tell 陶副总 Tao, 谭工 Tan" in said
    (said,) = seat.preview("promise +30m 回电", 1001)
    assert said.startswith(
        "1001 → promise (promised for 12:30, “回电”): keep the promise due 12:30"
    )
    assert desk.case(1001).category == ""


def test_a_preview_says_why_it_would_be_refused(desk: Desk) -> None:
    seat = seat_with_case(desk)
    (said,) = seat.preview("confirm 张工", 1001)
    assert "✗ There is nothing to confirm yet: the case is not solved. [001 P2 2.5] → " in said
    assert seat.preview("xyzzy") == seat.preview("xyzzy", 1001)
    assert seat.preview("xyzzy")[0].startswith("✗ “xyzzy” is not a command. → ")


def test_a_sentence_that_is_not_finished_says_what_it_needs(desk: Desk) -> None:
    seat = seat_with_case(desk)
    assert seat.preview("note", 1001) == ["1001 → note … text?"]
    assert seat.preview("note x", 0) == ["note (“x”) … case?"]
    assert seat.preview("") == []


def test_a_preview_of_a_new_case_names_every_field(desk: Desk) -> None:
    opened, classified, noted = Seat(desk).preview(LINE)
    for part in ("product meter", "employer 深圳供电", "form of address 工"):
        assert part in opened
    assert classified == "new case → classify (technical service need, Meter automation)"
    assert noted == "new case → note (“severity 2”)"
