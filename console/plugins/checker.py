"""The rule checker: everything that can be known to be wrong before a plugin is in force."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from console.domain.rules import Line, Target
from console.plugins.checks import (
    clocks,
    events,
    evolution,
    fields,
    keys,
    looks,
    places,
    reports,
    shape,
    words,
)
from console.plugins.contribution import Contribution
from console.plugins.findings import ERROR, Finding
from console.plugins.joined import joined
from console.plugins.kinds import Keys
from console.plugins.known import Known
from console.plugins.later_kinds import Hooks
from console.plugins.source import Source, Spot
from console.plugins.survey import Survey

CHECKS = (keys, words, events, reports, clocks, places, looks, fields, evolution)


def check(contribution: Contribution, *, source: Path | None, known: Known) -> list[Finding]:
    """What is wrong with all a plugin adds, in the order of its file. `source` is where it
    was written: without it findings carry no file and line 1."""
    found = [one for line in contribution.lines for one in check_line(line, source, known)]
    own = {line.key: line for line in contribution.lines}
    for key, divisions in contribution.divisions.items():
        line = own.get(key) or known.line(key)
        if line is None:
            found.append(_no_line(key, source))
        else:
            found += check_added(line, divisions, source, known)
    return sorted(found, key=lambda finding: (finding.line, finding.number))


def check_line(
    line: Line, source: Path | None, known: Known, added: Iterable[str] | None = None
) -> list[Finding]:
    """What is wrong with a line. `added` are the divisions that somebody adds to it, None
    when all of it is theirs. Where a value is of the wrong kind, nothing else is looked
    at."""
    survey = Survey(line, Source(source) if source else None, known, added)
    shape.check(survey)
    for subject in () if survey.findings else CHECKS:
        subject.check(survey)
    return sorted(survey.findings, key=lambda finding: (finding.line, finding.number))


def check_added(
    line: Line, divisions: tuple[Target, ...], source: Path | None, known: Known
) -> list[Finding]:
    """What is wrong with divisions that are added to a line: what is wrong with the line
    once it has them, and was not before."""
    before = {_said(one) for one in check_line(line, None, known, ())}
    try:
        whole = joined(line, divisions)
    except (ValueError, TypeError, AttributeError) as error:
        survey = Survey(line, Source(source) if source else None, known)
        survey.note(Keys.TWICE, Spot((line.key,)), key=str(error))
        return survey.findings
    found = check_line(whole, source, known, [one.key for one in divisions])
    return [one for one in found if _said(one) not in before]


def _said(finding: Finding) -> tuple[str, str, str]:
    return finding.number, finding.path, str(finding.cause)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those that keep a plugin out."""
    return [finding for finding in findings if finding.severity == ERROR]


def _no_line(key: str, source: Path | None) -> Finding:
    from console.plugins.lines import all_lines  # noqa: PLC0415 - only for this sentence

    where = Source(source).line_of(Spot((key,))) if source else 1
    known = ", ".join(sorted(line.key for line in all_lines())) or "–"
    return Hooks.NO_LINE.found(key, str(source or ""), where, line=key, known=known)
