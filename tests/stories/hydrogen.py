"""The division of S-15, as its author uploads it: first with three mistakes, then right,
then stricter, at last with code of its own that breaks."""

from __future__ import annotations

RIGHT = '''\
"""Hydrogen: a fifth division of the power line."""

from console.plugins import (
    THURSDAY,
    Division,
    Duty,
    Gate,
    L,
    Notice,
    NthWeekday,
    Serial,
    Timer,
    hookimpl,
)

CONSOLE_API = 1

HYDROGEN = Division(
    "hydrogen",
    L("氢能", "Hydrogen"),
    version=1,
    fields=(
        Serial(
            key="stack_serial",
            label=L("电堆序列号", "stack serial"),
            pattern=r"HS\\d{6}",
            example="HS202601",
            required="dispatch",
        ),
    ),
    timers=(
        Timer(
            "hydrogen_contact",
            L("十分钟内联系", "contact in ten minutes"),
            start="call_ended",
            stop="customer_contacted",
            within="10m",
            level="soft",
            rule="H2-01",
            clause="hydrogen 1",
        ),
    ),
    notices=(
        Notice(
            "hydrogen_case",
            L("氢能工单", "hydrogen case"),
            on="classified",
            to=("support_engineer",),
            clause="hydrogen 2",
        ),
    ),
    gates=(
        Gate(
            "hydrogen_solved",
            L("填序列号后才能解决", "serial before solved"),
            before="solved",
            filled=("stack_serial",),
            rule="H2-02",
            clause="hydrogen 3",
        ),
    ),
    duties=(
        Duty(
            "hydrogen_meeting",
            L("氢能月会", "monthly hydrogen meeting"),
            NthWeekday(3, THURSDAY),
            who="support_engineer",
            rule="H2-03",
            clause="hydrogen 4",
            meeting=True,
            lasts="2h",
        ),
    ),
)


@hookimpl
def console_divisions():
    return {"power": (HYDROGEN,)}
'''

FIRST = (
    RIGHT.replace('            stop="customer_contacted",\n', "            stop=(),\n")
    .replace('to=("support_engineer",)', 'to=("王强",)')
    .replace('filled=("stack_serial",)', 'happened=(on("form_completed", form="h2_check"),)')
    .replace("    hookimpl,\n)", "    hookimpl,\n    on,\n)")
)
"""No stop, a person instead of a slot, a form nobody declared."""

MISTAKES = {"R032": "stop=()", "R035": "h2_check", "R052": "王强"}
"""What is found in it, and what stands in its line."""

STRICTER = RIGHT.replace("version=1", "version=2").replace('within="10m"', 'within="5m"')

BREAKING = (
    STRICTER
    + """

@hookimpl
def console_problems(case):
    return case.values["no_such_field"]
"""
)
