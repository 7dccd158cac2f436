"""For whom the screen of an incident is laid out, what its lines are chosen by, and how time
is told there. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from console.desk.viewer import Viewer
from console.domain.incident import Incident, Remaining, Report, Ring
from console.domain.people import Directory
from console.domain.words import Label, Message
from console.speech import Speech


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the lines are laid out, and when (UTC seconds). `calling` are the people whose
    telephones are being called about the case, `words` what is to be said to each ring."""

    speech: Speech
    viewer: Viewer
    directory: Directory
    now: int
    calling: frozenset[str] = frozenset()
    words: dict[str, str] = field(default_factory=dict)

    def say(self, words: Label | Message) -> str:
        return self.speech.say(words)

    def when(self, at: int) -> str:
        """A moment: the time of today, else date and time."""
        moment, today = self.speech.moment(at), self.speech.moment(self.now)
        return moment[11:] if moment[:10] == today[:10] else moment[5:]

    def number(self, person: str) -> str:
        """The number somebody is called at, as this reader may see it."""
        from console.domain.numbers import understand  # noqa: PLC0415 - costs 20-40 ms

        known = self.directory.get(person)
        if known is None or not known.phone:
            return ""
        return self.viewer.number(understand(known.phone).shown)


def ring_key(ring: Ring) -> str:
    return f"ring:{ring.channel}:{ring.person or ring.slot}"


def report_key(report: Report) -> str:
    return f"report:{report.form.key}"


def act_key(one: Remaining) -> str:
    return f"act:{one.act}:{sorted(one.given.items())}"


def exact(due: int, now: int) -> str:
    """What is left until an instant, to the second, or behind a minus sign how long it is
    past: mm:ss, from an hour on h:mm:ss."""
    left = abs(due - now)
    text = f"{left // 60:02}:{left % 60:02}"
    if left >= 3600:
        text = f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}"
    return f"-{text}" if now > due else text


def next_key(incident: Incident, now: int) -> str:
    """What to do next: whom to ring, else which report to send, else what to record."""
    ring = incident.next_ring(now)
    if ring is not None:
        return ring_key(ring)
    unsent = next((report for report in incident.reports if report.sent is None), None)
    if unsent is not None:
        return report_key(unsent)
    return act_key(incident.remaining[0]) if incident.remaining else ""
