"""What goes wrong with the manager interface of an Asterisk exchange, in words and with what
to do about it."""

from __future__ import annotations

import ssl

from console.domain.cleantext import clean
from console.domain.words import M, Message
from console.sources import line_trouble
from console.sources.line_trouble import REASON_LIMIT, ConnectionLostError, LoginRefusedError

RIGHTS = M(
    "Give it read = call,agent,originate,system and write = call,originate,reporting in "
    "manager.conf on the exchange, then `manager reload`."
)


_LISTENING = M("Check “port”, and enabled = yes and bindaddr in manager.conf on the exchange.")


def lost(error: Exception, host: str, port: int) -> ConnectionLostError:
    """What an error of the network, of TLS or of waiting means for an exchange."""
    if isinstance(error, ssl.SSLError):
        return _untrusted(error, f"{host}:{port}")
    return line_trouble.lost(error, host, port, _LISTENING)


def closed(host: str, port: int) -> ConnectionLostError:
    """The exchange hung up on us."""
    return line_trouble.closed(
        host,
        port,
        M("It was restarted, or permit/deny or authlimit in manager.conf keeps this machine out."),
    )


def stranger(host: str, port: int) -> ConnectionLostError:
    """Something else answers where a manager interface was expected."""
    return ConnectionLostError(
        M("What answers at {place} is no manager interface.", place=f"{host}:{port}"),
        M("Check “port” (usually 5038, with TLS 5039) and “tls” in phone.toml."),
    )


def shutting_down(host: str, port: int) -> ConnectionLostError:
    """The exchange is on its way out and takes no login."""
    return ConnectionLostError(
        M("The exchange at {place} is shutting down.", place=f"{host}:{port}"),
        M("The console tries again by itself."),
    )


def unreadable(file: str, error: OSError) -> ConnectionLostError:
    """The certificate to trust cannot be read."""
    return ConnectionLostError(
        M("The certificate {file} cannot be read: {reason}.", file=file,
          reason=clean(error.strerror or str(error), REASON_LIMIT)),
        M("Check “ca_file” in phone.toml."),
    )  # fmt: skip


def refused(user: str, error: LoginRefusedError) -> tuple[Message, Message]:
    """The exchange knows us not, or the secret is wrong: what to say and what to do."""
    return line_trouble.refused(
        user,
        str(error),
        M(
            "Compare user and secret with manager.conf on the exchange, and permit/deny there. "
            "The console tries again when phone.toml changes."
        ),
    )


def _untrusted(error: ssl.SSLError, place: str) -> ConnectionLostError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return ConnectionLostError(
            M("The certificate of {place} is not trusted: {reason}.", place=place,
              reason=clean(error.verify_message, REASON_LIMIT)),
            M("Copy the exchange's certificate here and name it as “ca_file” in phone.toml; "
              "“server_name” if it is made out to another name."),
        )  # fmt: skip
    return ConnectionLostError(
        M("{place} does not speak TLS as expected: {reason}.", place=place,
          reason=clean(error.reason or str(error), REASON_LIMIT)),
        M("Check “tls” and “port” in phone.toml, and tlsenable in manager.conf."),
    )  # fmt: skip
