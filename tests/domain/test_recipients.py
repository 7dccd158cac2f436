"""Whom a slot means: its holder, or who stands in, why, and who is next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from console.domain.people import Absence, Directory, Person
from console.domain.recipients import Recipient, Recipients, Step
from tests.domain.hotline import HOUR, at

NOON = at("12:00:00")
LEAD = Step("shift_lead", "boss")
SLOTS = {"dgm": "tao", "support": "tan", "support[pile]": "he", "shift_lead": "boss"}
DEPUTIES = {"dgm": ("wen", "mei"), "support[pile]": ("wen",)}


def directory(**changed: Person) -> Directory:
    people = {key: Person(key, key) for key in ("tao", "wen", "mei", "tan", "he", "boss", "lin")}
    return Directory((people | changed).values(), SLOTS, DEPUTIES)


def away(key: str, until: int, deputy: str = "") -> Person:
    return Person(key, key, absence=Absence(NOON - HOUR, until, deputy))


def gone(key: str) -> Person:
    return Person(key, key, active=False)


def of(
    slot: str,
    everybody: Directory | None = None,
    off: Callable[[str, int], bool] = lambda _person, _at: False,
    acting: Callable[[str, int], str] = lambda _slot, _at: "",
    **attributes: str,
) -> Recipient:
    recipients = Recipients(everybody or directory(), off_roster=off, acting=acting)
    return recipients.of(slot, attributes, NOON)


def test_the_holder_is_told_and_the_deputies_are_next_and_last_the_shift_lead() -> None:
    then = (Step("dgm", "wen"), Step("dgm", "mei"), LEAD)
    assert of("dgm") == Recipient("dgm", "tao", then=then)
    assert of("support").then == (LEAD,)


def test_the_deputies_are_those_of_the_entry_that_counts() -> None:
    assert of("support", division="pile").then == (Step("support", "wen"), LEAD)
    assert of("support", division="storage") == Recipient("support", "tan", then=(LEAD,))


@pytest.mark.parametrize(("tao", "why"), [(gone("tao"), "left"), (away("tao", NOON + 1), "away")])
def test_whoever_is_not_here_is_stood_in_for(tao: Person, why: str) -> None:
    found = of("dgm", directory(tao=tao))
    assert found == Recipient("dgm", "wen", "tao", why, (Step("dgm", "mei"), LEAD))


def test_an_absence_ends_when_it_was_said_to() -> None:
    assert of("dgm", directory(tao=away("tao", NOON))).person == "tao"


def test_by_the_roster_too() -> None:
    found = of("dgm", off=lambda person, moment: (person, moment) == ("tao", NOON))
    assert (found.person, found.meant, found.why) == ("wen", "tao", "off")


def test_a_deputy_who_is_not_here_either_is_passed_over() -> None:
    everybody = directory(tao=gone("tao"), wen=away("wen", NOON + 1))
    assert of("dgm", everybody) == Recipient("dgm", "mei", "tao", "left", (LEAD,))


def test_where_nobody_could_stand_in_it_is_the_holder_all_the_same() -> None:
    everybody = directory(tao=gone("tao"), wen=gone("wen"), mei=gone("mei"))
    assert of("dgm", everybody) == Recipient("dgm", "tao", then=(LEAD,))
    assert of("support", directory(tan=gone("tan"))).person == "tan"


def test_whom_they_named_comes_before_those_of_the_slot() -> None:
    everybody = directory(tao=away("tao", NOON + 1, "he"), tan=away("tan", NOON + 1, "he"))
    then = (Step("dgm", "wen"), Step("dgm", "mei"), LEAD)
    assert of("dgm", everybody) == Recipient("dgm", "he", "tao", "away", then)
    assert of("support", everybody).person == "he"


def test_what_goes_to_the_owner_reaches_whoever_has_custody() -> None:
    found = of("owner", owner="lin", custodian="he")
    assert found == Recipient("owner", "he", "lin", "custody", (LEAD,))
    assert of("owner", owner="lin", custodian="lin") == of("owner", owner="lin")
    assert of("assignee", assignee="lin", custodian="he").person == "lin"


def test_a_custodian_who_is_away_is_stood_in_for() -> None:
    everybody = directory(he=away("he", NOON + 1, "mei"))
    found = of("owner", everybody, owner="lin", custodian="he")
    assert (found.person, found.meant, found.why) == ("mei", "he", "away")


def test_who_has_been_entered_for_a_post_acts_for_its_holder() -> None:
    found = of("dgm", acting=lambda slot, _at: "lin" if slot == "dgm" else "")
    assert (found.person, found.meant, found.why) == ("lin", "tao", "acting")
    assert of("dgm", acting=lambda _slot, _at: "tao").why == ""


def test_nobody_comes_twice_in_a_chain() -> None:
    slots = SLOTS | {"shift_lead": "wen"}
    chain = Recipients(Directory(directory(), slots, DEPUTIES)).of("dgm", {}, NOON).then
    assert [step.person for step in chain] == ["wen", "mei"]
    assert of("shift_lead").then == ()


def test_a_slot_nobody_fills_leads_to_the_shift_lead() -> None:
    assert of("nobody") == Recipient("nobody", "", then=(LEAD,))


def test_the_next_is_somebody_who_is_here_or_the_last() -> None:
    chain = (Step("dgm", "wen"), Step("dgm", "mei"), LEAD)
    recipients = Recipients(directory(wen=gone("wen")))
    assert recipients.next_of(chain, NOON) == chain[1:]
    nobody = directory(**{key: gone(key) for key in ("wen", "mei", "boss")})
    assert Recipients(nobody).next_of(chain, NOON) == (LEAD,)


def test_strangers_in_the_slots_are_named() -> None:
    slots = {"dgm": "tao", "support": "tam", "head": ""}
    found = Directory([Person("tao", "陶")], slots, {"dgm": ("wenn",)}).strangers()
    assert found == [("support", "tam"), ("dgm", "wenn")]


def test_somebody_is_away_from_one_instant_until_another() -> None:
    person = away("tao", NOON + HOUR)
    assert person.away(NOON - HOUR - 1) is None
    assert person.away(NOON - HOUR) is not None
    assert person.away(NOON + HOUR) is None
    assert replace(person, absence=None).away(NOON) is None
