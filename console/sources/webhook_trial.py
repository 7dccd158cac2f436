"""Trying the line to a hosted exchange out: certificate, port, and a signed request to
whoever listens there. No call is reported."""

from __future__ import annotations

import asyncio
import errno
import http.client
import json
import ssl
import time

from console.domain.words import M
from console.sources import webhook_trouble as trouble
from console.sources.line_trial import Finding
from console.sources.line_trouble import ConnectionLostError
from console.sources.webhook_config import BEARER, WebhookSettings
from console.sources.webhook_guard import SIGNED, TIMESTAMP, signature
from console.sources.webhook_server import SERVER, listening

_TRIAL = json.dumps({"event": "trial", "callId": "console-doctor"}).encode()
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


async def try_webhook(settings: WebhookSettings, seconds: float) -> list[Finding]:
    """What was found, step by step, up to the first step that failed; `seconds` is how long
    an answer may take. That there is a secret was found when the settings were read."""
    found: list[Finding] = []
    try:
        found += _certificate(settings)
        found.append(await asyncio.to_thread(_port, settings, seconds))
    except ConnectionLostError as error:
        found.append(Finding(settings.name, False, error.message, error.remedy))
    return found


def _certificate(settings: WebhookSettings) -> list[Finding]:
    try:
        tls = settings.tls()
    except OSError as error:
        raise trouble.uncertified(settings, error) from error
    says = M("The certificate {file} can be used.", file=settings.cert_file)
    return [Finding(settings.name, True, says)] if tls else []


def _port(settings: WebhookSettings, seconds: float) -> Finding:
    try:
        listening(settings).close()
    except OSError as error:
        ours = _listener(settings, seconds) if error.errno == errno.EADDRINUSE else None
        if ours is None:
            raise trouble.deaf(settings, error) from error
        return ours
    return Finding(settings.name, True, M("{place} is free to listen at.", place=settings.place))


def _listener(settings: WebhookSettings, seconds: float) -> Finding | None:
    """Whoever listens there already: the worker, it is to be hoped; None for another
    program."""
    name, place = settings.name, settings.place
    try:
        status = _ask(settings, seconds)
    except (OSError, http.client.HTTPException):
        status = 0
    if status == 200:
        return Finding(name, True, M("Events are taken at {place}.", place=place))
    if status == 401:
        says = M("Who listens at {place} has another secret.", place=place)
        return Finding(name, False, says, M("Start the worker anew."))
    if status == 429:
        return Finding(name, False, M("{place} is asked too often.", place=place), trouble.RATES)
    return None


def _ask(settings: WebhookSettings, seconds: float) -> int:
    """The status a signed request is answered with; 0 by somebody else's program."""
    host = _EVERYWHERE.get(settings.host, settings.host)
    connection = http.client.HTTPConnection(host, settings.port, timeout=seconds)
    if settings.cert_file:
        # It may be made out to another name, and its keeper is who asks.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(
            host, settings.port, timeout=seconds, context=context
        )
    try:
        connection.request("POST", settings.path, _TRIAL, _headers(settings))
        answer = connection.getresponse()
        return answer.status if answer.getheader("Server") == SERVER else 0
    finally:
        connection.close()


def _headers(settings: WebhookSettings) -> dict[str, str]:
    kind = {"Content-Type": "application/json"}
    if settings.auth == BEARER:
        return kind | {"Authorization": f"Bearer {settings.secret}"}
    now = int(time.time())
    return kind | {TIMESTAMP: str(now), SIGNED: signature(settings.secret, now, _TRIAL)}
