"""An encrypted and logged-in connection to an SMTP server."""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from crm_cli.delivery.passwords import SETTING, PasswordName
from crm_cli.delivery.refusals import ServerUnavailable, reply_text
from crm_cli.delivery.smtp_login import log_in
from crm_cli.errors import NotReady

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Encryption = Literal["starttls", "tls", "none"]

REMEDIES = {
    9: "Look at the clock of this machine.",
    10: "Whoever runs the server has to renew it; look at the clock of this machine, too.",
    62: "Name the host as its certificate does: crm mail-account edit NAME --url URL",
    64: "Name the host as its certificate does, not by its IP address.",
}
"""What is wrong with a certificate (X509_V_ERR_... of OpenSSL) -> what to do."""
OWN_AUTHORITY = "A company's own authority goes into the settings file, as ca_file."


@dataclass(frozen=True)
class Server:
    """An SMTP server and how to reach it; `token_login`: the password is an OAuth 2 token."""

    host: str
    port: int
    encryption: Encryption = "starttls"
    user: str | None = None
    password: Callable[[], str] | None = field(default=None, repr=False)
    token_login: bool = False
    ca_file: Path | None = None
    timeout: float = 30
    secret: PasswordName = SETTING

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class Session(NamedTuple):
    """What a connection turned out to be: TLS version, name on the certificate, who is in."""

    server: str
    tls: str | None
    certificate: str | None
    user: str | None


def session_of(connection: smtplib.SMTP, server: Server) -> Session:
    """What a connection that stands is like."""
    tls = connection.sock if isinstance(connection.sock, ssl.SSLSocket) else None
    certificate = (tls.getpeercert() or {}) if tls else {}
    return Session(
        server=str(server),
        tls=tls.version() if tls else None,
        certificate=_names(certificate) if tls else None,
        user=server.user,
    )


def _names(certificate: Mapping[str, Any]) -> str:
    """The hosts that a certificate is for, and until when."""
    hosts = ", ".join(value for _, value in certificate.get("subjectAltName", ()))
    return f"{hosts}, until {certificate.get('notAfter', '?')}"


def connect(server: Server) -> smtplib.SMTP:
    """Greet, encrypt and log in; ServerUnavailable says what stood in the way."""
    context = _tls_context(server)
    try:
        return _prepared(_greeted(server, context), server, context)
    except smtplib.SMTPResponseException as error:
        raise ServerUnavailable(
            error.smtp_code, f"{reply_text(error.smtp_error)} ({server})."
        ) from error
    except OSError as error:
        raise _unreachable(server, error) from error


def _unreachable(server: Server, error: OSError) -> ServerUnavailable:
    """What stood in the way, and what to look at."""
    said = reply_text(error.strerror or str(error))
    if isinstance(error, ssl.SSLCertVerificationError):
        text = f"the certificate of {server} is not trusted ({error.verify_message.rstrip('.')})."
        return ServerUnavailable(0, text, REMEDIES.get(error.verify_code, OWN_AUTHORITY))
    if isinstance(error, ssl.SSLError) and server.encryption == "tls":
        text = f"{server} does not speak TLS from the first byte ({said})."
        return ServerUnavailable(0, text, "If it offers STARTTLS, write smtp:// and its port.")
    if isinstance(error, socket.gaierror):
        text = f"the host {server.host} is not known here ({said})."
        return ServerUnavailable(0, text, "Look for a slip in its name; then at the network.")
    if isinstance(error, ConnectionRefusedError):
        text = f"nothing listens at {server} ({said})."
        return ServerUnavailable(
            0, text, "smtps:// means port 465, smtp:// 587, unless one is given."
        )
    if isinstance(error, TimeoutError):
        text = f"{server} gave no answer for {server.timeout:g} seconds ({said})."
        return ServerUnavailable(0, text, "A firewall may stop it: many close port 25.")
    return ServerUnavailable(0, f"{server} does not answer as a mail server ({said}).")


def _tls_context(server: Server) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=server.ca_file)
    except OSError as error:
        raise NotReady(
            f"The certificate authorities in {server.ca_file} cannot be read.",
            hint="Write ca_file = 'FILE.pem' into the settings file.",
        ) from error


def _greeted(server: Server, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.encryption == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=server.timeout)


def _prepared(connection: smtplib.SMTP, server: Server, context: ssl.SSLContext) -> smtplib.SMTP:
    try:
        _disable_nagle(connection)
        connection.ehlo_or_helo_if_needed()
        if server.encryption == "starttls":
            _start_tls(connection, server, context)
        if server.user and server.password:
            log_in(
                connection,
                server.user,
                server.password(),
                token=server.token_login,
                secret=server.secret,
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _disable_nagle(connection: smtplib.SMTP) -> None:
    """Else the final dot waits for the other side's delayed acknowledgement."""
    if connection.sock is not None:
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _start_tls(connection: smtplib.SMTP, server: Server, context: ssl.SSLContext) -> None:
    if not connection.has_extn("starttls"):
        raise ServerUnavailable(
            0,
            f"{server} does not offer STARTTLS, and mail does not leave unencrypted.",
            hint="If it speaks TLS from the first byte, write smtps://.",
        )
    connection.starttls(context=context)
    connection.ehlo()
