"""Everything else: chats and SMS gateways, by the addresses apprise knows.

It says only whether it worked, so every failure is tried again until patience ends.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

from console.domain.outbox import Problem
from console.outlets.letter import Letter, NotSentError
from console.outlets.redaction import parts_of, redacted
from console.outlets.settings import ADDRESS, SECRET, OutletSettings

for _name in ("apprise", "requests", "requests_oauthlib", "urllib3"):
    # What they log are addresses, and those hold secrets.
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False


class NotifierOutlet:
    """The ways of one channel, the next tried when one does not take a letter: whoever
    needs to be told twice is in two channels."""

    def __init__(self, settings: OutletSettings) -> None:
        self._settings = settings
        self.addressed = any(ADDRESS in url for url in settings.urls)
        self.markup = settings.markup
        self.where = ", ".join(f"{url.partition('://')[0]}://" for url in settings.urls)

    def send(self, letter: Letter) -> str:
        problem: Problem | None = None
        for number, url in enumerate(self._settings.urls, 1):
            problem = self._tried(url, letter)
            if problem is None:
                several = len(self._settings.urls) > 1
                return f"{self._settings.channel}#{number}" if several else self._settings.channel
        assert problem is not None, "there is at least one way"
        raise NotSentError(problem)

    def _tried(self, url: str, letter: Letter) -> Problem | None:
        import apprise  # noqa: PLC0415 - half a second, and only where such an outlet is used

        settings = self._settings
        filled = url.replace(ADDRESS, quote(letter.to, safe=""))
        filled = filled.replace(SECRET, quote(settings.secret, safe=""))
        notifier = apprise.Apprise()
        if not notifier.add(_hurried(filled, settings.timeout)):
            return Problem("settings", url.partition("://")[0], outlet=True)
        result = notifier.notify(
            body=letter.short,
            title=letter.subject,
            body_format=settings.markup,
            attach=_attached(letter) or None,
            timeout=settings.timeout,
        )
        if result:
            return None
        said = "; ".join(entry.message for entry in result.logs())
        late = result.status is apprise.AppriseResultStatus.TIMEOUT
        detail = redacted(said, (settings.secret, *parts_of(filled)))
        return Problem("timeout" if late else "later", detail)


def _hurried(url: str, seconds: int) -> str:
    """An address with the time each step may take, unless it has its own."""
    if "rto=" in url or "cto=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}rto={seconds}&cto={seconds}"


def _attached(letter: Letter) -> list[Any]:
    from apprise.attachment.memory import AttachMemory  # noqa: PLC0415

    made: Any = AttachMemory
    return [made(data, name, mime) for name, mime, data in letter.attachments]
