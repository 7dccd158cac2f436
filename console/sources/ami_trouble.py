"""What goes wrong with a connection to an exchange, in words and with what to do about it."""

from __future__ import annotations

import socket
import ssl

from console.domain.cleantext import clean
from console.domain.words import M, Message

_REASON_LIMIT = 200

RIGHTS = M(
    "Give it read = call,agent,originate,system and write = call,originate,reporting in "
    "manager.conf on the exchange, then `manager reload`."
)


class ConnectionLostError(Exception):
    """There is no connection, or no longer one. Trying again may help."""

    def __init__(self, message: Message, remedy: Message) -> None:
        super().__init__(message.text.format(**message.args))
        self.message = message
        self.remedy = remedy


def lost(error: Exception, host: str, port: int) -> ConnectionLostError:
    """What an error of the network, of TLS or of waiting means for an exchange."""
    place = f"{host}:{port}"
    if isinstance(error, ConnectionLostError):
        return error
    if isinstance(error, socket.gaierror):
        return ConnectionLostError(
            M("The name {host} is not known.", host=host),
            M("Check “host” in phone.toml, and the name server of this machine."),
        )
    if isinstance(error, TimeoutError):
        return ConnectionLostError(
            M("{place} does not answer.", place=place),
            M("Check that the exchange is on, and that no firewall stands in between."),
        )
    if isinstance(error, ssl.SSLError):
        return _untrusted(error, place)
    if isinstance(error, ConnectionRefusedError):
        return ConnectionLostError(
            M("Nobody listens at {place}.", place=place),
            M("Check “port”, and enabled = yes and bindaddr in manager.conf on the exchange."),
        )
    reason = clean(getattr(error, "strerror", None) or str(error), _REASON_LIMIT)
    return ConnectionLostError(
        M("The connection to {place} broke: {reason}.", place=place, reason=reason),
        M("The console tries again by itself. If it goes on, look at the network."),
    )


def closed(host: str, port: int) -> ConnectionLostError:
    """The exchange hung up on us."""
    return ConnectionLostError(
        M("The exchange at {place} closed the connection.", place=f"{host}:{port}"),
        M("It was restarted, or permit/deny or authlimit in manager.conf keeps this machine out."),
    )


def silent(seconds: float) -> ConnectionLostError:
    """A question was not answered in time: the connection is dead though nobody closed it."""
    return ConnectionLostError(
        M("The exchange has not answered for {seconds} seconds.", seconds=round(seconds)),
        M("The console tries again by itself. If it goes on, look at the network."),
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
          reason=clean(error.strerror or str(error), _REASON_LIMIT)),
        M("Check “ca_file” in phone.toml."),
    )  # fmt: skip


def refused(user: str, reason: str) -> tuple[Message, Message]:
    """The exchange knows us not, or the secret is wrong: what to say and what to do."""
    return (
        M("The exchange refuses the login of “{user}”: {reason}.", user=user, reason=reason),
        M(
            "Compare user and secret with manager.conf on the exchange, and permit/deny there. "
            "The console tries again when phone.toml changes."
        ),
    )


def _untrusted(error: ssl.SSLError, place: str) -> ConnectionLostError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return ConnectionLostError(
            M("The certificate of {place} is not trusted: {reason}.", place=place,
              reason=clean(error.verify_message, _REASON_LIMIT)),
            M("Copy the exchange's certificate here and name it as “ca_file” in phone.toml; "
              "“server_name” if it is made out to another name."),
        )  # fmt: skip
    return ConnectionLostError(
        M("{place} does not speak TLS as expected: {reason}.", place=place,
          reason=clean(error.reason or str(error), _REASON_LIMIT)),
        M("Check “tls” and “port” in phone.toml, and tlsenable in manager.conf."),
    )  # fmt: skip
