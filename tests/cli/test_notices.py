"""`console show notices`, `console outlet`, writing to a customer: as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from console.desk import Desk
from console.desk.delivery import Delivery
from tests.installations import NOON, OPENING, CommandLine
from tests.outlets.house import mail_of, outlets
from tests.outlets.post_office import PostOffice
from tests.outlets.receiver import Receiver

AT = "2026-03-10 12:00:00"


def accident(console: CommandLine) -> None:
    """A case with four calls to make and five mails to send; one has no address."""
    words = [f"{key}={value}" for key, value in OPENING.items()]
    assert console("do", "open", *words, who="lin", at=AT).code == 0
    typed = ("case=1001", "category=technical", "division=charging_pile")
    assert console("do", "classify", *typed, who="lin", at=AT).code == 0
    assert console("do", "record", "case=1001", "quality_accident=yes", who="lin", at=AT).code == 0
    for person in ("luo", "tan", "shen", "tao"):
        assert console("people", "change", person, f"mail={mail_of(person)}", who="lin").code == 0


def notices(console: CommandLine, *words: str) -> list[tuple[str, str, str]]:
    """(person, channel, state) of the rows shown."""
    rows = console.json("show", "notices", *words)
    return [(row["notice"]["person"], row["notice"]["channel"], row["state"]) for row in rows]


def test_what_could_not_be_delivered_and_what_to_do_about_it(
    console: CommandLine, data: Path
) -> None:
    accident(console)
    with PostOffice() as office:
        outlets(data, office.table())
        assert console("worker", "--once", at=AT).code == 0
        assert notices(console, "--dead") == [("yan", "mail", "dead")]
        answer = console("show", "notices", "--dead")
        [line, why] = answer.out.splitlines()
        key = line.split()[0]
        assert "1001" in line
        assert line.endswith("mail  not delivered")
        assert why.strip() == "no address for this channel; not tried any more"
        assert "✉ a notice was not delivered" in console("show", "board").out
        assert console("people", "change", "yan", f"mail={mail_of('yan')}", who="lin").code == 0
        assert console("do", "resend", f"notice={key}", who="lin", at=AT).code == 0
        assert console("worker", "--once", at=AT).code == 0
    assert notices(console, "--dead") == []
    assert len(office.to(mail_of("yan"))) == 1
    assert console("verify").code == 0


def test_what_waits_is_for_people_and_for_the_console(console: CommandLine, data: Path) -> None:
    accident(console)
    waiting = notices(console, "--waiting", "--case", "1001")
    assert {state for _, channel, state in waiting if channel == "phone"} == {"due"}
    assert {state for _, channel, state in waiting if channel == "mail"} == {"waiting"}
    assert "sent" not in {state for *_, state in waiting}
    assert len(notices(console, "--case", "1001")) > len(waiting)
    with PostOffice() as office:
        office.faults.refused[mail_of("luo")] = "451 4.7.1 later"
        outlets(data, office.table())
        assert console("worker", "--once", at=AT).code == 0
    shown = console("show", "notices", "--waiting").out
    again = "the receiver asks to try later (451 4.7.1 later); 1 attempts, next 2026-03-10 12:01:00"
    assert again in shown
    assert again in console("show", "case", "1001").out


def test_a_notice_is_laid_aside_with_a_reason(console: CommandLine) -> None:
    accident(console)
    [row] = [
        row
        for row in console.json("show", "notices", "--case", "1001")
        if (row["notice"]["person"], row["notice"]["channel"]) == ("luo", "mail")
    ]
    key = f"notice={row['notice']['key']}"
    refusal = console.refused("do", "settle_notice", key, who="lin", at=AT)
    assert refusal["rule"] == "text"
    assert console("do", "settle_notice", key, "text=told him", who="lin", at=AT).code == 0
    assert ("luo", "mail", "settled") in notices(console, "--case", "1001")
    assert console("verify").code == 0


def test_nothing_to_show(console: CommandLine) -> None:
    assert console("show", "notices", "--dead").out == "No notice.\n"
    assert console.refused("show", "notices", "--case", "x")["rule"] == "case"


def test_the_outlets_are_listed_without_their_secrets(
    console: CommandLine, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No outlet is configured" in console("outlet").out
    accident(console)
    monkeypatch.setenv("CONSOLE_TOKEN", "token-555-0100")
    hook = '[im]\nkind = "apprise"\nurls = ["wecombot://{secret}/"]\nsecret_env = "CONSOLE_TOKEN"\n'
    outlets(data, hook)
    found = console.json("outlet", "list")
    assert found["outlets"] == [
        {"channel": "im", "kind": "apprise", "where": "wecombot://", "waiting": 2, "dead": 0}
    ]
    assert found["without_outlet"] == {"mail": 5}
    answer = console("outlet", "list")
    assert "mail: no outlet; 5 are left to people" in answer.out
    assert "token-555-0100" not in answer.out + answer.err + str(found)


def test_the_doctor_looks_at_the_outlets(console: CommandLine, data: Path, desk: Desk) -> None:
    def says() -> list[tuple[bool, str]]:
        checks = json.loads(console("doctor", "--json").out)
        return [(one["good"], one["says"]) for one in checks if one["what"] == "outlets"]

    assert says() == [(True, "No outlet is configured (outlets.toml).")]
    outlets(data, '[im]\nkind = "webhook"\nurl = "https://x.example/"')
    (data / "outlets.toml").chmod(0o644)
    path = data / "outlets.toml"
    assert says() == [
        (False, f"{path} can be read by others."),
        (False, "Nobody sends what waits to be sent."),
    ]
    path.chmod(0o600)
    delivery = Delivery(desk)
    delivery.step(NOON)
    assert says() == [(True, "A worker sends by: im.")]
    delivery.close()
    outlets(data, "[im]")
    [(good, problem)] = says()
    assert not good
    assert "“kind” is one of" in problem


def test_an_outlet_is_tried(console: CommandLine, data: Path) -> None:
    with PostOffice() as office:
        outlets(data, office.table())
        assert console("outlet", "test", "mail", "he@example.org").out == "Sent by mail.\n"
        office.faults.refused["she@example.org"] = "550 5.1.1 no such user"
        answer = console("outlet", "test", "mail", "she@example.org")
    assert (answer.code, [mail.to for mail in office.mails]) == (1, ["he@example.org"])
    assert answer.out == "Not sent: refused by the receiver. 550 5.1.1 no such user\n"
    assert console.refused("outlet", "test", "mail")["rule"] == "outlet"
    assert console.refused("outlet", "test", "fax", "1")["rule"] == "outlet"


def test_a_broken_file_of_outlets_says_where(console: CommandLine, data: Path) -> None:
    outlets(data, '[mail]\nkind = "smtp"\nhosts = "x"')
    answer = console("outlet", "list")
    assert answer.code == 2
    assert "“hosts” is not a setting" in answer.err
    assert "(line 3, column 1)" in answer.err


def test_a_customer_is_written_what_the_preview_said(console: CommandLine, data: Path) -> None:
    words = [f"{key}={value}" for key, value in OPENING.items()]
    assert console("do", "open", *words, who="lin", at=AT).code == 0
    typed = ("case=1001", "message=promise_confirmation", "promised_for=12:30", "to=13955501953")
    shown = console("do", "message", *typed, "--preview", who="lin", at=AT).out
    assert "would write to +8613955501953 by SMS:" in shown
    assert "2026-03-10 12:30" in shown
    assert console("do", "message", *typed, who="lin", at=AT).code == 0
    with Receiver() as receiver:
        outlets(data, f'[sms]\nkind = "webhook"\nurl = "{receiver.url}/{{address}}"')
        assert console("worker", "--once", at=AT).code == 0
    [request] = receiver.requests
    assert request.path == "/13955501953"
    assert request.content["text"] in shown
    assert request.content["at"] == NOON
    notice = "promise confirmed: customer (+8613955501953) by SMS: sent"
    assert notice in console("show", "case", "1001").out
    assert notice not in console("show", "case", "1001", who="cui").out
