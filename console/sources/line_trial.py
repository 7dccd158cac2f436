"""Trying one telephone line out: name, connection, login, rights. Changes nothing there."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass

from console.domain.words import M, Message
from console.sources import ami_trouble as trouble
from console.sources.ami_client import Address, AmiClient, Patience
from console.sources.exchange import LoginRefusedError
from console.sources.phone_config import ExchangeSettings

TRIAL = Patience(connect=5.0, reply=5.0)

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


async def try_line(settings: ExchangeSettings, patience: Patience = TRIAL) -> list[Finding]:
    """What was found, step by step, up to the first step that failed."""
    found: list[Finding] = []
    name, client = settings.name, None
    try:
        await asyncio.get_running_loop().getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )
        client = AmiClient(_address(settings), lambda _message, _at: None, patience)
        await client.open()
        place = f"{settings.host}:{settings.port}"
        found.append(Finding(name, True, M("{place} answers.", place=place)))
        await client.login(settings.user, settings.secret)
        found.append(Finding(name, True, M("“{user}” is let in.", user=settings.user)))
        found.append(await _rights(settings, client))
    except LoginRefusedError as refused:
        says, remedy = trouble.refused(settings.user, str(refused))
        found.append(Finding(name, False, says, remedy))
    except (OSError, UnicodeError, trouble.ConnectionLostError) as error:
        broken = trouble.lost(error, settings.host, settings.port)
        found.append(Finding(name, False, broken.message, broken.remedy))
    finally:
        if client is not None:
            await client.close()
    return found


def _address(settings: ExchangeSettings) -> Address:
    try:
        return settings.address()
    except OSError as error:
        raise trouble.unreadable(settings.ca_file, error) from error


async def _rights(settings: ExchangeSettings, client: AmiClient) -> Finding:
    """Whether the user may ask what is up and place calls. What it may *hear* the exchange
    does not tell."""
    missing = []
    for right, action in _RIGHTS:
        answer = await client.ask(action)
        if answer.text("Message").startswith(_DENIED):
            missing.append(right)
    if not missing:
        return Finding(settings.name, True, M("It may ask what is up and place calls."))
    says = M(
        "“{user}” lacks rights to write: {missing}.",
        user=settings.user,
        missing=", ".join(missing),
    )
    return Finding(settings.name, False, says, trouble.RIGHTS)
