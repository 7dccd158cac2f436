"""A live FreeSWITCH exchange, over its event socket (ESL) in inbound mode."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from console.domain.cleantext import clean
from console.domain.words import M, Message
from console.sources import esl_trouble as trouble
from console.sources.channels import NAME_LIMIT
from console.sources.esl import Event, decoded
from console.sources.esl_client import ACCEPTED, EslClient
from console.sources.freeswitch_board import EVENTS, FreeswitchBoard
from console.sources.freeswitch_snapshot import AnswerError, Snapshot, channels, table
from console.sources.line_client import Address
from console.sources.line_trouble import ConnectionLostError, LoginRefusedError
from console.sources.live_source import RING_SECONDS, LiveSource
from console.sources.phone_config import ExchangeSettings


class FreeswitchSource(LiveSource):
    """The calls of one FreeSWITCH exchange."""

    def __init__(self, settings: ExchangeSettings, **given: Any) -> None:
        super().__init__(settings, **given)
        self._board = FreeswitchBoard(settings.exchange)
        self._client: EslClient | None = None

    @property
    def _followed(self) -> FreeswitchBoard:
        return self._board

    def _originate(self, call: str, number: str, station: str, prefix: str) -> None:
        settings, root = self.settings, self._board.root_of(call)
        if self._client is None:
            raise trouble.closed(settings.host, settings.port)
        # The seat's telephone shows whom it is about to call, the customer the hotline.
        variables = {
            "origination_uuid": root,
            "origination_caller_id_number": number,
            "originate_timeout": str(RING_SECONDS),
            "ignore_early_media": "true",
            "hangup_after_bridge": "true",
        }
        if settings.caller_id:
            variables["effective_caller_id_number"] = settings.caller_id
        given = ",".join(f"{key}={value}" for key, value in variables.items())
        channel = settings.station_channel.format(station=station)
        dialled = f"{prefix}{number} XML {settings.dial_context}"
        answer = self._client.background(f"originate {{{given}}}{channel} {dialled}", job=root)
        answer.add_done_callback(partial(self._asked_for, call))

    def _asked_for(self, call: str, answer: asyncio.Future[bytes]) -> None:
        """Whether the exchange will try to place a call. How that went is an event."""
        if answer.cancelled() or answer.exception() is not None:
            return  # the connection is lost: the next one tells
        says = decoded(answer.result())
        if not says.startswith(ACCEPTED):
            reason = clean(says.removeprefix("-ERR "), NAME_LIMIT)
            self._emit(self._board.refuse(call, reason, int(self._clock())))

    async def _session(self) -> None:
        settings = self.settings
        address = Address(settings.host, settings.port)
        client = self._client = EslClient(address, self._heard, self._patience, self._clock)
        try:
            await client.open()
            await client.login(settings.user, settings.secret)
            self._board.connected()
            await client.subscribe(*EVENTS)
            self._up(int(self._clock()))
            await self._resynchronise(client)
            await client.serve()
        finally:
            self._client = None
            await self._hang_up(client)

    def _heard(self, event: Event, at: float) -> None:
        self._emit(self._board.hear(event, at))
        if self._client is not None:
            self._count(self._client)

    # What is up

    async def _resynchronise(self, client: EslClient) -> None:
        """Ask for everything that is up, and settle the calls by it."""
        snapshot = Snapshot(self.settings.exchange, int(self._clock()))
        try:
            snapshot.channels = channels(await client.api("show channels as json"))
        except AnswerError as error:
            problem = M("The exchange does not say what is up: {reason}.", reason=str(error))
            self._warn(problem, trouble.RIGHTS)
            self._emit(self._board.blind(snapshot.at))
            return
        await _add_queues(client, snapshot)
        roots = snapshot.inbound()
        recordings = await client.apis(f"uuid_getvar {root} cc_record_filename" for root in roots)
        privacy = await client.apis(f"uuid_getvar {root} sip_Privacy" for root in roots)
        for root, recording, private in zip(roots, recordings, privacy, strict=True):
            snapshot.add_variables(root, recording, private)
        self._emit(self._board.settle_with(snapshot))

    def _trouble(self, error: Exception) -> ConnectionLostError:
        return trouble.lost(error, self.settings.host, self.settings.port)

    def _refusal(self, refused: LoginRefusedError) -> tuple[Message, Message]:
        return trouble.refused(self.settings.user, refused)


async def _add_queues(client: EslClient, snapshot: Snapshot) -> None:
    """Who waits in a queue, and which telephones the agents have. Where there is no
    mod_callcenter, the channels tell of the calls all the same."""
    try:
        snapshot.add_agents(table(await client.api("callcenter_config agent list"), "contact"))
        for queue in await queues(client, snapshot.config.queues):
            asked = f"callcenter_config queue list members {queue}"
            snapshot.add_members(table(await client.api(asked), "cid_name"))
    except AnswerError:
        return


async def queues(client: EslClient, configured: frozenset[str] = frozenset()) -> list[str]:
    """The queues to ask about: all the exchange has where none are configured. Raises
    AnswerError when it does not say."""
    if configured:
        return sorted(configured)
    rows = table(await client.api("callcenter_config queue list"), "moh_sound")
    return [name for row in rows if (name := row.get("name", "")) and name.isprintable()]
