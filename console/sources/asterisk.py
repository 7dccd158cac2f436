"""A live Asterisk exchange, over its manager interface (AMI)."""

from __future__ import annotations

from typing import Any

from console.domain.words import M
from console.domain.words import Message as Words
from console.sources import ami_trouble as trouble
from console.sources.ami import Message
from console.sources.ami_client import AmiClient
from console.sources.exchange import RESYNC, Exchange
from console.sources.line_trouble import ConnectionLostError, LoginRefusedError
from console.sources.live_source import RING_SECONDS, LiveSource
from console.sources.phone_config import ExchangeSettings


class AsteriskSource(LiveSource):
    """The calls of one Asterisk exchange."""

    def __init__(self, settings: ExchangeSettings, **given: Any) -> None:
        super().__init__(settings, **given)
        self._exchange = Exchange(settings.exchange)
        self._client: AmiClient | None = None

    @property
    def _followed(self) -> Exchange:
        return self._exchange

    def _originate(self, call: str, number: str, station: str, prefix: str) -> None:
        settings = self.settings
        if self._client is None:
            raise trouble.closed(settings.host, settings.port)
        self._client.send(
            {
                "Action": "Originate",
                "ActionID": call,
                "ChannelId": call,
                "OtherChannelId": f"{call}-b",
                "Channel": settings.station_channel.format(station=station),
                "Context": settings.dial_context,
                "Exten": f"{prefix}{number}",
                "Priority": "1",
                "Timeout": str(RING_SECONDS * 1000),
                "CallerID": settings.caller_id or number,
                "Async": "true",
            }
        )

    async def _session(self) -> None:
        try:
            address = self.settings.address()
        except OSError as error:
            raise trouble.unreadable(self.settings.ca_file, error) from error
        client = self._client = AmiClient(address, self._heard, self._patience, self._clock)
        try:
            await client.open()
            await client.login(self.settings.user, self.settings.secret)
            await client.serve()
        finally:
            self._client = None
            await self._hang_up(client)

    def _heard(self, message: Message, at: float) -> None:
        if self.status.state != "up":
            self._up(int(at))
        if message.text("Response") == "Error" and message.text("ActionID").startswith(RESYNC):
            problem = M(
                "The user “{user}” may not ask what is up on the exchange.",
                user=self.settings.user,
            )
            self._warn(problem, trouble.RIGHTS)
        self._emit(self._exchange.feed(message, at))
        client = self._client
        if client is not None:
            self._count(client)
            for action in self._exchange.actions():
                client.send(action)

    def _trouble(self, error: Exception) -> ConnectionLostError:
        return trouble.lost(error, self.settings.host, self.settings.port)

    def _refusal(self, refused: LoginRefusedError) -> tuple[Words, Words]:
        return trouble.refused(self.settings.user, refused)
