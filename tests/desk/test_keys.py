"""Keys are facts: who has which, who may change it, and that nobody has another's."""

from __future__ import annotations

import base64
import struct

import pytest

from console.desk import Desk, Who
from console.desk.pins import set_pin
from console.desk.verification import verify
from console.domain.keys import parse
from console.domain.refusal import Refusal, RefusedError

ADMIN, OPERATOR = Who("ma", "1"), Who("zhou", "2")


def key(letter: str, label: str = "") -> str:
    parts = (b"ssh-ed25519", letter.encode() * 32)
    blob = b"".join(struct.pack(">I", len(part)) + part for part in parts)
    return f"ssh-ed25519 {base64.b64encode(blob).decode()} {label}".strip()


def add(desk: Desk, person: str, text: str, who: Who = ADMIN, **more: str) -> None:
    desk.do("add_key", {"person": person, "key": text, **more}, who)


def remove(desk: Desk, person: str, name: str, who: Who = ADMIN) -> None:
    desk.do("remove_key", {"person": person, "key": name}, who)


def refused(desk: Desk, command: str, who: Who = ADMIN, **typed: str) -> Refusal:
    before = desk.last_seq()
    with pytest.raises(RefusedError) as caught:
        desk.do(command, typed, who)
    assert desk.last_seq() == before
    return caught.value.refusal


def held(desk: Desk, person: str) -> list[str]:
    found = desk.directory.get(person)
    assert found is not None
    return [f"{one.line} {one.label}".strip() for one in found.keys]


@pytest.fixture(autouse=True)
def admin(desk: Desk) -> None:
    desk.do("add_person", {"person": "ma", "name": "马丽", "roles": "admin"}, Who("console"))


def test_a_key_is_added_and_taken_away(desk: Desk) -> None:
    add(desk, "zhou", key("a", "zhou@home"))
    add(desk, "zhou", key("b"), label="the laptop")
    assert held(desk, "zhou") == [key("a", "zhou@home"), key("b", "the laptop")]
    remove(desk, "zhou", "zhou@home")
    assert held(desk, "zhou") == [key("b", "the laptop")]
    remove(desk, "zhou", parse(key("b")).fingerprint)
    assert held(desk, "zhou") == []
    kinds = [fact.kind for fact in desk.store.load("person:zhou")[1:]]
    assert kinds == ["key_added", "key_added", "key_removed", "key_removed"]
    assert verify(desk).problems == ()


def test_the_journal_has_the_key_and_its_fingerprint(desk: Desk) -> None:
    add(desk, "zhou", key("a", "zhou@home"))
    [*_, fact] = desk.store.load("person:zhou")
    assert fact.actor == "ma"
    assert fact.body == {
        "key": key("a"),
        "fingerprint": parse(key("a")).fingerprint,
        "label": "zhou@home",
    }


def test_the_same_key_again_is_no_news(desk: Desk) -> None:
    add(desk, "zhou", key("a"))
    assert desk.do("add_key", {"person": "zhou", "key": key("a", "again")}, ADMIN).facts == ()


def test_a_key_belongs_to_one_person_even_when_they_have_left(desk: Desk) -> None:
    add(desk, "zhou", key("a"))
    assert "already" in str(refused(desk, "add_key", person="tan", key=key("a")).message)
    desk.do("change_person", {"person": "zhou", "active": "no"}, ADMIN)
    refused(desk, "add_key", person="tan", key=key("a"))
    remove(desk, "zhou", parse(key("a")).fingerprint)
    add(desk, "tan", key("a"))
    assert held(desk, "tan") == [key("a")]


def test_other_changes_to_a_person_leave_the_keys_alone(desk: Desk) -> None:
    add(desk, "zhou", key("a"))
    desk.do("change_person", {"person": "zhou", "name": "周周", "mail": "z@example.org"}, ADMIN)
    assert held(desk, "zhou") == [key("a")]
    found = desk.directory.get("zhou")
    assert found is not None
    assert (found.name, found.mail) == ("周周", "z@example.org")


def test_only_an_administrator_gives_keys(desk: Desk) -> None:
    refused(desk, "add_key", OPERATOR, person="zhou", key=key("a"))
    refused(desk, "add_key", OPERATOR, person="tan", key=key("a"))


def test_everybody_may_take_their_own_away_and_nobody_elses(desk: Desk) -> None:
    add(desk, "zhou", key("a", "mine"))
    add(desk, "tan", key("b", "his"))
    refused(desk, "remove_key", OPERATOR, person="tan", key="his")
    remove(desk, "zhou", "mine", OPERATOR)
    assert (held(desk, "zhou"), held(desk, "tan")) == ([], [key("b", "his")])


def test_a_name_that_means_no_key_or_two_takes_none_away(desk: Desk) -> None:
    add(desk, "zhou", key("a", "laptop"))
    add(desk, "zhou", key("b", "laptop"))
    for name in ("laptop", "lap", "SHA256:x", parse(key("c")).fingerprint):
        refusal = refused(desk, "remove_key", person="zhou", key=name)
        assert "fingerprint" in str(refusal.remedy)
    assert len(held(desk, "zhou")) == 2


def test_what_is_no_key_says_what_one_looks_like(desk: Desk) -> None:
    for typed in ("x", f"{key('a')}\n{key('b')}", f"restrict {key('a')}", "-----BEGIN PRIVATE KEY"):
        refusal = refused(desk, "add_key", person="zhou", key=typed)
        assert "ssh-ed25519 AAAA" in str(refusal.remedy)


def test_nobody_has_a_key_for_the_console_itself(desk: Desk) -> None:
    refused(desk, "add_key", person="console", key=key("a"))


# --- coming in


def test_who_has_a_key_comes_in_without_a_pin_and_it_is_journaled(desk: Desk) -> None:
    set_pin(desk.store, "zhou", "2468")
    add(desk, "zhou", key("a"))
    found = parse(key("a")).fingerprint
    assert desk.admit("zhou", found, "pts/1").key == "zhou"
    [*_, fact] = desk.store.load("person:zhou")
    assert (fact.kind, fact.actor, fact.seat) == ("signed_on", "zhou", "pts/1")
    assert fact.body == {"key": found}
    assert verify(desk).problems == ()


@pytest.mark.parametrize("gone", ["key", "person", "never"])
def test_who_has_none_does_not(desk: Desk, gone: str) -> None:
    if gone != "never":
        add(desk, "zhou", key("a", "laptop"))
    if gone == "key":
        remove(desk, "zhou", "laptop")
    if gone == "person":
        desk.do("change_person", {"person": "zhou", "active": "no"}, ADMIN)
    before = desk.last_seq()
    with pytest.raises(RefusedError):
        desk.admit("zhou", parse(key("a")).fingerprint)
    assert desk.last_seq() == before


def test_a_key_does_not_open_the_seat_of_somebody_else(desk: Desk) -> None:
    add(desk, "zhou", key("a"))
    for person in ("tan", "ma", "nobody", ""):
        with pytest.raises(RefusedError):
            desk.admit(person, parse(key("a")).fingerprint)
