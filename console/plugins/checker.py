"""The rule checker: everything that can be known to be wrong before a line is in force."""

from __future__ import annotations

from pathlib import Path

from console.domain.rules import Line
from console.plugins.checks import clocks, events, fields, keys, looks, places, shape, words
from console.plugins.findings import ERROR, Finding
from console.plugins.known import Known
from console.plugins.source import Source
from console.plugins.survey import Survey

CHECKS = (keys, words, events, clocks, places, looks, fields)


def check_line(line: Line, *, source: Path | None, known: Known) -> list[Finding]:
    """What is wrong with a line, in the order of its file. `source` is where it was
    written: without it findings carry no file and line 1. Where a value is of the wrong
    kind, nothing else is looked at."""
    survey = Survey(line, Source(source) if source else None, known)
    shape.check(survey)
    for subject in () if survey.findings else CHECKS:
        subject.check(survey)
    return sorted(survey.findings, key=lambda finding: (finding.line, finding.number))


def errors(findings: list[Finding]) -> list[Finding]:
    """Those that keep a line out."""
    return [finding for finding in findings if finding.severity == ERROR]
