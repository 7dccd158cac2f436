"""Trying one telephone line out: name, connection, login, rights. Changes nothing there."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from console.domain.words import M, Message
from console.sources import ami_trouble, esl_trouble, freeswitch_config
from console.sources.ami_client import AmiClient
from console.sources.esl_client import EslClient
from console.sources.freeswitch import queues
from console.sources.freeswitch_board import EVENTS
from console.sources.freeswitch_snapshot import AnswerError
from console.sources.line_client import Address, LineClient, Patience
from console.sources.line_settings import LineSettings
from console.sources.line_trouble import ConnectionLostError, LoginRefusedError
from console.sources.phone_config import ASTERISK, ExchangeSettings
from console.sources.webhook_config import WebhookSettings

TRIAL = Patience(connect=5.0, reply=5.0)

MAY = M("It may ask what is up and place calls.")
NO_QUEUES = M("`load mod_callcenter` on the exchange, or leave “queues” out of phone.toml.")

_DENIED = "Permission denied"
_RIGHTS = (
    ("call", {"Action": "Status", "Channel": "console-doctor"}),
    ("reporting", {"Action": "CoreStatus"}),
    # Without a channel nothing is placed: whoever may place calls is told that it is missing.
    ("originate", {"Action": "Originate"}),
)
"""For each right to write, an action that needs it and does no harm."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One step of the trial of a line, and what to do when it failed."""

    line: str
    good: bool
    says: Message
    remedy: Message | None = None


async def try_line(settings: LineSettings, patience: Patience = TRIAL) -> list[Finding]:
    """What was found, step by step, up to the first step that failed."""
    if isinstance(settings, WebhookSettings):
        from console.sources.webhook_trial import try_webhook  # noqa: PLC0415 - only here

        return await try_webhook(settings, patience.reply)
    assert isinstance(settings, ExchangeSettings)
    return await _try_exchange(settings, patience)


async def _try_exchange(settings: ExchangeSettings, patience: Patience) -> list[Finding]:
    found: list[Finding] = []
    kind = _KINDS[settings.kind]
    name, client = settings.name, None
    try:
        await asyncio.get_running_loop().getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )
        client = kind.client(settings, patience)
        await client.open()
        place = f"{settings.host}:{settings.port}"
        found.append(Finding(name, True, M("{place} answers.", place=place)))
        await client.login(settings.user, settings.secret)
        user = settings.user
        let_in = M("“{user}” is let in.", user=user) if user else M("The password is right.")
        found.append(Finding(name, True, let_in))
        found += await kind.rights(settings, client)
    except LoginRefusedError as refused:
        says, remedy = kind.refused(settings.user, refused)
        found.append(Finding(name, False, says, remedy))
    except (OSError, UnicodeError, ConnectionLostError) as error:
        broken = kind.lost(error, settings.host, settings.port)
        found.append(Finding(name, False, broken.message, broken.remedy))
    finally:
        if client is not None:
            await client.close()
    return found


# Asterisk


def _asterisk(settings: ExchangeSettings, patience: Patience) -> AmiClient:
    try:
        address = settings.address()
    except OSError as error:
        raise ami_trouble.unreadable(settings.ca_file, error) from error
    return AmiClient(address, lambda _message, _at: None, patience)


async def _asterisk_rights(settings: ExchangeSettings, client: AmiClient) -> list[Finding]:
    """Whether the user may ask what is up and place calls. What it may *hear* the exchange
    does not tell."""
    missing = []
    for right, action in _RIGHTS:
        answer = await client.ask(action)
        if answer.text("Message").startswith(_DENIED):
            missing.append(right)
    if not missing:
        return [Finding(settings.name, True, MAY)]
    says = M(
        "“{user}” lacks rights to write: {missing}.",
        user=settings.user,
        missing=", ".join(missing),
    )
    return [Finding(settings.name, False, says, ami_trouble.RIGHTS)]


# FreeSWITCH


def _freeswitch(settings: ExchangeSettings, patience: Patience) -> EslClient:
    address = Address(settings.host, settings.port)
    return EslClient(address, lambda _event, _at: None, patience)


async def _freeswitch_rights(settings: ExchangeSettings, client: EslClient) -> list[Finding]:
    """Whether we are told of calls, may ask what is up and place calls; which queues it has."""
    await client.subscribe(*EVENTS)
    name, missing = settings.name, []
    # Without saying whom to call nobody is called: whoever may is told how it is written.
    for command in ("show channels as json", "uuid_getvar", "originate"):
        answer = await client.api(command)
        if answer.startswith((b"-ERR permission denied", b"-ERR SQL disabled")):
            missing.append(command.partition(" ")[0])
    if missing:
        says = M("It may not be asked for: {missing}.", missing=", ".join(missing))
        return [Finding(name, False, says, esl_trouble.RIGHTS)]
    return [Finding(name, True, MAY), await _freeswitch_queues(settings, client)]


async def _freeswitch_queues(settings: ExchangeSettings, client: EslClient) -> Finding:
    try:
        there = await queues(client)
    except AnswerError:
        return Finding(settings.name, not settings.queues, M("It has no queues."), NO_QUEUES)
    unknown = sorted(set(settings.queues) - set(there))
    if unknown:
        says = M("It has no queue {unknown}.", unknown=", ".join(unknown))
        remedy = M("Write “queues” as the exchange does: {queues}.", queues=", ".join(there))
        return Finding(settings.name, False, says, remedy)
    return Finding(settings.name, True, M("Its queues: {queues}.", queues=", ".join(there) or "–"))


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of exchange is tried."""

    client: Callable[[ExchangeSettings, Patience], LineClient]
    rights: Callable[[ExchangeSettings, Any], Awaitable[list[Finding]]]
    refused: Callable[[str, LoginRefusedError], tuple[Message, Message]]
    lost: Callable[[Exception, str, int], ConnectionLostError]


_KINDS = {
    ASTERISK: _Kind(_asterisk, _asterisk_rights, ami_trouble.refused, ami_trouble.lost),
    freeswitch_config.KIND: _Kind(
        _freeswitch, _freeswitch_rights, esl_trouble.refused, esl_trouble.lost
    ),
}
