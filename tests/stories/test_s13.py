"""S-13: the month end of February 2026, on a make-up Saturday, with one branch missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.installations import CommandLine
from tests.stories.lines import Story, enable

SATURDAY, SUNDAY, MIDNIGHT = "2026-02-28", "2026-03-01", "2026-03-01T00:00:00+08:00"
MANAGERS = {
    "beijing": "gong",
    "xian": "ji",
    "wuhan": "hua",
    "guangzhou": "lan",
    "chengdu": "mu",
    "nanjing": "niu",
    "shanghai": "sha",
    "harbin": "ruan",
}


@pytest.fixture
def story(data: Path, console: CommandLine) -> Story:
    enable(data, "roadsoft")
    return Story(console)


def done(story: Story, moment: str, who: str, duty: str, **typed: str) -> None:
    date, time = moment.split(" ")
    typed = {"duty": f"roadsoft.{duty}", "period": "2026-02", **typed}
    story.on(date).do(time, who, "do_duty", **typed)


def row(story: Story, moment: str, rule: str) -> dict[str, Any]:
    """The duty of February under a rule as it stands at a moment."""
    rows = story.duties(moment, "2026-02-20", "2026-03-10", rule)
    [found] = [one for one in rows if one["period"] == "2026-02"]
    return found


def seven_of_eight(story: Story) -> None:
    for hour, (branch, manager) in enumerate(MANAGERS.items(), 9):
        if branch != "harbin":
            done(story, f"{SATURDAY} {hour:02}:00", manager, "branch_records", part=branch)


def consolidated(story: Story) -> None:
    seven_of_eight(story)
    done(story, f"{SATURDAY} 20:30", "ai", "consolidation")


def test_the_28th_and_the_29th_are_one_day_and_keep_their_order(story: Story) -> None:
    rows = [row(story, f"{SATURDAY} 09:00", rule) for rule in ("T2-25", "T2-27")]
    assert [(one["day"], one["due"]) for one in rows] == [(SATURDAY, MIDNIGHT)] * 2
    assert rows[0]["parts"] == sorted(MANAGERS)
    listed = story.console.json(
        "show", "duties", "--from", SATURDAY, "--to", SATURDAY, at=f"{SATURDAY} 09:00"
    )
    order = [one["rule"] for one in listed]
    assert order.index("T2-25") < order.index("T2-27")
    assert rows[1]["waiting"] == [f"branch_records[{one}]" for one in sorted(MANAGERS)]


def test_at_eight_in_the_evening_harbin_is_missing(story: Story) -> None:
    seven_of_eight(story)
    records = row(story, f"{SATURDAY} 20:00", "T2-25")
    assert (len(records["parts"]), records["missing"]) == (8, ["harbin"])
    assert (records["state"], records["done_at"]) == ("soon", None)
    assert row(story, f"{SATURDAY} 20:00", "T2-27")["waiting"] == ["branch_records[harbin]"]
    words = ("show", "duties", "--from", SATURDAY, "--to", SATURDAY)
    shown = story.console(*words, at=f"{SATURDAY} 20:00").out
    assert "7/8 done; missing: harbin" in shown
    assert "waits for branch_records[harbin]" in shown


def test_consolidating_without_harbin_is_written_down(story: Story) -> None:
    seven_of_eight(story)
    typed = {"duty": "roadsoft.consolidation", "period": "2026-02"}
    outcome = story.on(SATURDAY).do("20:30", "ai", "do_duty", **typed)
    assert outcome["facts"][0]["body"] == {"without": ["branch_records[harbin]"]}
    consolidation = row(story, f"{SATURDAY} 21:00", "T2-27")
    assert (consolidation["state"], consolidation["done_by"]) == ("done", "ai")


def test_the_missing_report_is_a_warning(story: Story) -> None:
    consolidated(story)
    for branch, manager in MANAGERS.items():
        if branch != "harbin":
            typed = {"part": branch, "evidence": "无需支持"}
            done(story, f"{SATURDAY} 21:00", manager, "branch_status", **typed)
    story.worker(f"{SUNDAY} 00:00:00")
    assert row(story, f"{SUNDAY} 00:00:00", "T2-31")["state"] == "soon"
    story.worker(f"{SUNDAY} 00:00:01")
    status = row(story, f"{SUNDAY} 00:00:01", "T2-31")
    assert (status["state"], status["missing"], status["overdue_by"]) == ("overdue", ["harbin"], 1)
    facts = [fact for fact in journal(story) if fact["kind"] == "duty_overdue"]
    late = {fact["subject"]: fact["body"]["missing"] for fact in facts if "missing" in fact["body"]}
    assert late == {
        "duty:roadsoft.branch_records:2026-02": ["harbin"],
        "duty:roadsoft.branch_status:2026-02": ["harbin"],
    }


def journal(story: Story) -> list[dict[str, Any]]:
    tail = story.console("follow", "--since", "0", "--once").out
    return [json.loads(line) for line in tail.splitlines()]


def test_the_list_is_due_on_sunday_and_called_to_mind_on_saturday(story: Story) -> None:
    listed = row(story, f"{SATURDAY} 08:00", "T2-28")
    assert (listed["day"], listed["due"]) == (SUNDAY, "2026-03-02T00:00:00+08:00")
    assert listed["remind"] == "2026-02-28T08:30:00+08:00"
    assert listed["person"] == "ke"


def test_the_reply_is_due_five_days_later(story: Story) -> None:
    consolidated(story)
    done(story, f"{SUNDAY} 16:00", "ke", "problem_list")
    listed = row(story, f"{SUNDAY} 16:00", "T2-28")
    assert (listed["state"], listed["done_at"]) == ("done", "2026-03-01T16:00:00+08:00")
    reply = row(story, f"{SUNDAY} 16:00", "T2-29")
    assert (reply["day"], reply["due"]) == ("2026-03-06", "2026-03-07T00:00:00+08:00")
    assert (reply["person"], reply["waiting"]) == ("miao", [])


def test_a_reply_does_not_fall_on_a_holiday(story: Story) -> None:
    [reply] = story.duties("2026-04-01 09:00", "2026-04-02", "2026-04-10", "T2-29")
    assert (reply["period"], reply["day"]) == ("2026-03", "2026-04-07")


def test_nobody_sends_for_another_branch(story: Story) -> None:
    typed = {"duty": "roadsoft.branch_records", "period": "2026-02", "part": "harbin"}
    refusal = story.on(SATURDAY).refused("09:00", "tu", "do_duty", **typed)
    assert (refusal["rule"], refusal["clause"]) == ("T2-25", "002 P3C1 summary; 002 P2C2 #13")


def test_the_whole_story_is_sound(story: Story) -> None:
    consolidated(story)
    done(story, f"{SUNDAY} 16:00", "ke", "problem_list")
    story.worker("2026-03-07 00:00:01")
    assert story.is_sound()
