"""The acceptance stories with the delivery switched on: who really gets what, and when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.outlets.house import mail_of, outlets
from tests.outlets.post_office import PostOffice
from tests.outlets.receiver import Receiver
from tests.stories import test_s03 as s03
from tests.stories import test_s05 as s05
from tests.stories import test_s09 as s09
from tests.stories.acts import Day
from tests.stories.lines import Story, enable

FIVE = {"luo", "tan", "yan", "shen", "tao"}
FOUR = {"luo", "hou", "yan", "tao"}


class Post:
    """A mail server, a gateway for SMS and one for chats, and who has which address."""

    def __init__(self, data: Path, console: CommandLine) -> None:
        self.data, self.console = data, console
        self.office, self.sms, self.im = PostOffice(), Receiver(), Receiver()

    def open(self) -> None:
        hooks = (("sms", self.sms), ("im", self.im))
        tables = [f'[{k}]\nkind = "webhook"\nurl = "{r.url}/{{address}}"\n' for k, r in hooks]
        outlets(self.data, self.office.table(), *tables)
        for one in self.console.json("people", "list"):
            key = one["person"]
            typed = (f"mail={mail_of(key)}", f"im=im-{key}")
            assert self.console("people", "change", key, *typed, who="lin").code == 0

    def mailed(self) -> list[str]:
        """Who has got a mail, in the order they came."""
        return [mail.to.partition("@")[0] for mail in self.office.mails]

    def chatted(self) -> list[str]:
        return sorted(request.path.removeprefix("/im-") for request in self.im.requests)


@pytest.fixture
def post(data: Path, console: CommandLine) -> Iterator[Post]:
    post = Post(data, console)
    with post.office, post.sms, post.im:
        post.open()
        yield post


def worker(console: CommandLine, moment: str) -> None:
    assert console("worker", "--once", at=moment).code == 0


def rows(day: Day, time: str, notice: str, number: int = 1001) -> list[dict[str, Any]]:
    """The rows of a notice, as the command line tells of them."""
    found = day.console.json("show", "notices", "--case", str(number), at=day.at(time))
    return [
        {**one["notice"], "state": one["state"]}
        for one in found
        if one["notice"]["notice"] == notice
    ]


def states(day: Day, time: str, notice: str, number: int = 1001) -> dict[str, str]:
    return {row["person"]: row["state"] for row in rows(day, time, notice, number)}


# S-02: Saturday duty, a batch incident

METERS = {
    "contact_name": "钟",
    "employer": "江西计量中心",
    "reason": "1260 只电能表时钟异常",
    "product": "meter",
    "product_state": "时钟偏差",
    "need": "查明原因",
    "province": "江西",
}
INCIDENT = {"quality_accident": "yes", "sg_performance": "yes", "sg_batch": "yes"}


def saturday(console: CommandLine) -> Day:
    """Up to the third step: known at 10:44:00."""
    day = Day(console, "2026-03-14")
    day.do("10:38:00", "zhou", "open", channel="phone", contact_phone="079155504410", **METERS)
    typed = {"category": "technical", "division": "meter", "province": "江西"}
    day.do("10:43:00", "zhou", "classify", case=1001, **typed)
    day.do("10:44:00", "zhou", "record", case=1001, **INCIDENT)
    return day


def test_s02_five_mails_arrive_and_four_calls_stay_a_persons_task(
    post: Post, console: CommandLine
) -> None:
    day = saturday(console)
    worker(console, day.at("10:44:05"))
    assert sorted(post.mailed()) == sorted(FIVE)
    mails = rows(day, "10:44:10", "incident_mails")
    assert {(row["person"], row["state"]) for row in mails} == {(one, "sent") for one in FIVE}
    assert states(day, "10:44:10", "incident_phones") == dict.fromkeys(FOUR, "due")
    for mail in post.office.mails:
        assert "1001" in mail.text
        assert "江西计量中心" in mail.text


def test_s02_sent_is_not_reached(post: Post, console: CommandLine) -> None:
    day = saturday(console)
    worker(console, day.at("10:44:05"))
    reached = (("10:47", "dgm"), ("10:48", "technical_support_manager"), ("10:51", "hou"))
    for time, who in reached:
        day.do(time, "zhou", "reach", case=1001, who=who, channel="phone")
    for time in ("10:49", "10:55"):
        typed = {"who": "regional_manager", "channel": "phone", "reached": "no"}
        day.do(time, "zhou", "reach", case=1001, **typed)
    assert states(day, "10:56", "incident_phones") == dict.fromkeys(FOUR, "reached") | {
        "luo": "due"
    }
    assert set(states(day, "10:56", "incident_mails").values()) == {"sent"}
    waiting = console.json("show", "notices", "--waiting", "--case", "1001", at=day.at("10:56"))
    due = [one["notice"] for one in waiting if one["notice"]["notice"] == "incident_phones"]
    assert [(row["person"], row["attempts"]) for row in due] == [("luo", 2)]
    day.do("11:20", "zhou", "reach", case=1001, who="regional_manager", channel="phone")
    assert set(states(day, "11:21", "incident_phones").values()) == {"reached"}
    assert console("verify").code == 0


def test_s02_a_worker_later_sends_nothing_twice(post: Post, console: CommandLine) -> None:
    day = saturday(console)
    for time in ("10:44:05", "10:44:06", "11:30:00"):
        worker(console, day.at(time))
    assert len({mail.key for mail in post.office.mails}) == len(post.office.mails)
    assert set(post.mailed()) >= FIVE


# S-03: a complaint and a price inquiry within six minutes


def test_s03_manager_and_support_hear_of_the_complaint_not_of_the_quote(
    post: Post, console: CommandLine
) -> None:
    day = Day(console, "2026-04-03")
    s03.first_step(day)
    worker(console, day.at("17:52:45"))
    told = post.chatted()
    assert {"tao", "tan"} <= set(told)
    _quote(day)
    worker(console, day.at("17:58:45"))
    assert post.chatted() == told
    assert states(day, "17:58:50", "quote", s03.QUOTE) == {"mei": "sent"}
    everybody = {row["person"] for row in day.case("17:58:50", s03.QUOTE)["notices"]}
    assert not {"tao", "tan"} & everybody


def _quote(day: Day) -> None:
    s03.call(day, "b", "075555509528", "17:53:30", "17:58:00", **s03.CABINET)
    day.do("17:58:20", "zhou", "classify", case=s03.QUOTE, category="quote", province="广东")
    day.do("17:58:30", "zhou", "assign", case=s03.QUOTE)


# S-05: the solution goes to the site by mail and telephone


def test_s05_the_mail_goes_out_by_itself_and_is_half_of_it(
    post: Post, data: Path, console: CommandLine
) -> None:
    enable(data, "power", "emr")
    story = Story(console)
    s05.second_step(story)
    s05.act(story, "2026-06-11 10:00", "fan", "requirement_discussed")
    s05.act(story, "2026-06-11 16:45:00", "fan", "solution_received", solution="改模板")
    thursday = story.on("2026-06-11")
    story.worker("2026-06-11 16:45:10")
    [mail] = [mail for mail in post.office.to(mail_of("gu")) if "REQ-214" in mail.text]
    assert "改模板" in mail.text
    by = {row["channel"]: row["state"] for row in rows(thursday, "16:45:20", "solution")}
    assert by == {"mail": "sent", "phone": "due"}
    thursday.do("18:20", "fan", "reach", case=1001, who="assignee", channel="phone")
    by = {row["channel"]: row["state"] for row in rows(thursday, "18:20:01", "solution")}
    assert by == {"mail": "sent", "phone": "reached"}
    assert story.is_sound()


# S-09: the customer is told of the extension before the limit is over


def test_s09_the_customer_is_written_before_the_limit_is_extended(
    post: Post, data: Path, console: CommandLine
) -> None:
    enable(data, "power", "robot")
    config = data / "console.toml"
    config.write_text(config.read_text("utf-8").replace('hotline = ""', 'hotline = "400-555-0100"'))
    story = Story(console)
    s09.first_step(story)
    wednesday = story.on("2026-10-14")
    typed = {
        "case": 1001,
        "message": "delay_notice",
        "to": "139 5550 3310",
        "what_waits": "修复",
        "new_time": "2026-10-20 18:00",
        "cause": "减速机备件未到",
    }
    shown = console(
        "do", "message", *(f"{k}={v}" for k, v in typed.items()), "--preview",
        who="cao", at=wednesday.at("14:58"),
    )  # fmt: skip
    assert post.sms.requests == []
    wednesday.do("14:59", "cao", "message", **typed)
    story.worker("2026-10-14 14:59:05")
    [request] = post.sms.requests
    assert request.path == "/13955503310"
    assert "2026-10-20 18:00" in request.content["text"]
    assert "400-555-0100" in request.content["text"]
    assert request.content["text"] in shown.out
    case = wednesday.case("15:00")
    kinds = [fact["kind"] for fact in case["facts"]]
    assert kinds.count("message_written") == kinds.count("message_sent") == 1
    date, time, who, extension = s09.extend(story, "2026-10-14 15:00")
    story.on(date).do(time, who, "extend", **extension)
    assert story.is_sound()


def test_s09_an_emergency_is_told_by_telephone_and_by_nothing_else(
    post: Post, data: Path, console: CommandLine
) -> None:
    enable(data, "power", "robot")
    story = Story(console)
    s09.call(story)
    night = story.on("2026-10-03")
    night.do("22:47:00", "tian", "classify", case=1001, **s09.FAULT)
    story.worker("2026-10-03 22:47:05")
    assert set(states(night, "22:47:10", "emergency").values()) == {"due"}
    assert not any("1001" in mail.text for mail in post.office.mails)
    assert post.sms.requests == []
