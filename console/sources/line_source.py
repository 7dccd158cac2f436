"""A telephone line that runs: what all kinds have in common, and which one a setting makes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from console.desk.line_status import LineStatus
from console.domain.call import Call
from console.domain.call_events import CallEvent
from console.sources import Source, freeswitch_config
from console.sources.asterisk import AsteriskSource
from console.sources.freeswitch import FreeswitchSource
from console.sources.line_settings import LineSettings
from console.sources.phone_config import ExchangeSettings
from console.sources.webhook_config import WebhookSettings


@runtime_checkable
class LineSource(Source, Protocol):
    """A live source of calls, followed by `Lines` until it is closed."""

    @property
    def settings(self) -> LineSettings: ...

    @property
    def status(self) -> LineStatus:
        """How the line is; only a line that is `up` can place a call."""
        ...

    @property
    def open_calls(self) -> tuple[str, ...]:
        """The calls that have not ended yet."""
        ...

    def recall(self, calls: Iterable[Call]) -> None:
        """Know again what was live when the process following the line ended."""
        ...

    def close(self) -> None:
        """End the line; `events` ends once what was heard before has been taken."""
        ...


@runtime_checkable
class CallingSource(LineSource, Protocol):
    """A line that can also place calls."""

    def place(self, call: str, number: str, station: str) -> list[CallEvent]:
        """Announce a call; its events are to be written down before `originate`."""
        ...

    def originate(self, call: str, number: str, station: str, *, inside: bool = False) -> None:
        """Place an announced call: the seat's telephone rings, then the customer's, or an own
        one where `number` is one `inside` the exchange."""
        ...


def source_of(settings: LineSettings) -> LineSource:
    """The line a setting describes, not yet started."""
    if isinstance(settings, WebhookSettings):
        # Imported where there is one: the web server costs half a second and 15 MB.
        from console.sources.webhook import WebhookSource  # noqa: PLC0415

        return WebhookSource(settings)
    assert isinstance(settings, ExchangeSettings)
    return live_kind(settings)(settings)


def live_kind(settings: ExchangeSettings) -> type[AsteriskSource] | type[FreeswitchSource]:
    """What follows an exchange the console connects to."""
    return FreeswitchSource if settings.kind == freeswitch_config.KIND else AsteriskSource
