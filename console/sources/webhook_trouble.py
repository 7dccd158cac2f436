"""What keeps a line from listening to a hosted exchange, in words and with what to do."""

from __future__ import annotations

import errno

from console.domain.cleantext import clean
from console.domain.words import M, Message
from console.sources.line_trouble import REASON_LIMIT, ConnectionLostError
from console.sources.webhook_config import WebhookSettings
from console.sources.webhook_guard import HookRefusedError

RATES = M("Raise “peer_rate” and “rate” in phone.toml if it is the exchange that asks.")
_REMEDIES = {
    400: M("Compare what the exchange sends with docs/administrators/telephone.md."),
    401: M("Compare the secret and the clock of the exchange with those of this machine."),
    413: M("Compare what the exchange sends with docs/administrators/telephone.md."),
    429: RATES,
}
_OTHERWISE = M("See what else `console doctor` finds.")


def deaf(settings: WebhookSettings, error: OSError) -> ConnectionLostError:
    """Nobody can listen there."""
    place = settings.place
    if error.errno == errno.EADDRINUSE:
        return ConnectionLostError(
            M("Another program listens at {place}.", place=place),
            M("End it, or choose another “port” in phone.toml."),
        )
    if error.errno == errno.EACCES:
        return ConnectionLostError(
            M("The port of {place} is not for everybody.", place=place),
            M("Choose a “port” from 1024 on in phone.toml."),
        )
    return ConnectionLostError(
        M("Nobody can listen at {place}: {reason}.", place=place, reason=_reason(error)),
        M("“host” in phone.toml must be an address of this machine."),
    )


def uncertified(settings: WebhookSettings, error: OSError) -> ConnectionLostError:
    """The certificate, or its key, cannot be used."""
    return ConnectionLostError(
        M("The certificate {file} cannot be used: {reason}.", file=settings.cert_file,
          reason=_reason(error)),
        M("Check “cert_file” and “key_file” in phone.toml, and who may read them."),
    )  # fmt: skip


def fault(error: Exception) -> ConnectionLostError:
    """Something failed that never should."""
    reason = clean(str(error) or type(error).__name__, REASON_LIMIT)
    return ConnectionLostError(
        M("The line failed by a fault of the console: {reason}.", reason=reason),
        M("Report it. The console tries again by itself."),
    )


def refused(peer: str, refusal: HookRefusedError) -> tuple[Message, Message]:
    """A request was not taken, for what its sender was told."""
    says = M("{peer} was refused: {reason}", peer=peer or "–", reason=refusal.message)
    return says, _REMEDIES.get(refusal.status, _OTHERWISE)


def _reason(error: OSError) -> str:
    return clean(error.strerror or str(error), REASON_LIMIT)
