"""Where mail leaves the program: a server, a program or a folder, chosen by a URL."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from crm_cli.delivery.maildir import MaildirTransport
from crm_cli.delivery.passwords import SETTING, PasswordName
from crm_cli.delivery.sendmail import DEFAULT_PROGRAM, SendmailTransport
from crm_cli.delivery.smtp import SmtpTransport
from crm_cli.delivery.smtp_connection import Encryption, Server
from crm_cli.errors import InvalidData, NotReady

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from crm_cli.delivery.refusals import Answer

_PORTS = {"smtp": 587, "smtps": 465}
_FORMS = "Use smtp://USER@HOST:PORT, smtps://USER@HOST, sendmail: or maildir:FOLDER."
_BY_COMMAND = "Give the command that prints it: crm mail-account add --password-command."
_OPTIONS = {"starttls": {"no"}, "auth": {"xoauth2"}}


class Transport(Protocol):
    """Takes composed mails, one at a time; connects with the first, disconnects when left."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    def send(
        self,
        mail_from: str,
        recipients: Sequence[str],
        message: bytes,
        before_final_dot: Callable[[], None],
    ) -> Answer:
        """Hand the message over; a crash before `before_final_dot` returns has sent nothing.

        Raises TemporaryRefusal, PermanentRefusal or Uncertain. What `before_final_dot` raises
        withdraws the message.
        """


def open_transport(
    url: str,
    *,
    password: Callable[[], str] | None,
    ca_file: Path | None,
    timeout: float = 30,
    secret: PasswordName = SETTING,
    program: str = DEFAULT_PROGRAM,
) -> Transport:
    """The transport that `url` names; nothing is connected yet. `password` is asked when needed.

    The URL may come from a database that many write: it names no program that cron would run.
    """
    scheme, _, rest = url.partition(":")
    if scheme in _PORTS:
        server = _server(urlsplit(url), password, ca_file, timeout)
        if server.user and password is None:
            raise NotReady(
                f"The mail server {server.host} wants {server.user} to log in,"
                " and no password is known.",
                hint=secret.remedy,
            )
        return SmtpTransport(replace(server, secret=secret))
    if scheme == "sendmail" and not rest:
        return SendmailTransport(Path(program), timeout)
    if scheme == "sendmail":
        raise InvalidData(
            f"A way to send mail names no program, as {url!r} does: cron would run it.",
            hint=f"Write sendmail: alone, and sendmail = {rest!r} into the settings file.",
        )
    if scheme == "maildir" and rest:
        return MaildirTransport(_whole(rest))
    raise InvalidData(f"{scheme!r} is not a way to send mail.", hint=_FORMS)


def _whole(folder: str) -> Path:
    path = Path(folder).expanduser()
    if not path.is_absolute():
        raise InvalidData(
            f"{folder!r} is not the whole path of a folder.", hint="Write maildir:/srv/mail."
        )
    return path


def _server(
    parts: SplitResult, password: Callable[[], str] | None, ca_file: Path | None, timeout: float
) -> Server:
    host, port = _host_and_port(parts)
    options = _options(parts.query)
    if options.get("starttls") == "no" and not _is_loopback(host):
        raise InvalidData(
            f"Mail to {host} cannot go unencrypted: starttls=no is for this machine only."
        )
    return Server(
        host=host,
        port=port,
        encryption=_encryption(parts.scheme, options),
        user=unquote(parts.username) if parts.username else None,
        password=password,
        token_login=options.get("auth") == "xoauth2",
        ca_file=ca_file,
        timeout=timeout,
    )


def _host_and_port(parts: SplitResult) -> tuple[str, int]:
    if parts.password is not None:
        raise InvalidData(
            "A mail server's URL cannot hold a password.",
            hint=_BY_COMMAND,
        )
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        raise InvalidData("The port in the mail server's URL is not a port.", hint=_FORMS) from None
    if not host or host.split() != [host] or parts.path.strip("/") or parts.fragment:
        raise InvalidData("The mail server's URL is not a host with a port.", hint=_FORMS)
    return host, port or _PORTS[parts.scheme]


def _options(query: str) -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    for name, value in options.items():
        if value not in _OPTIONS.get(name, set()):
            raise InvalidData(
                f"The mail server's URL has an unknown option: {name}={value}.",
                hint="The options are starttls=no and auth=xoauth2.",
            )
    return options


def _encryption(scheme: str, options: dict[str, str]) -> Encryption:
    if scheme == "smtps":
        return "tls"
    return "none" if options.get("starttls") == "no" else "starttls"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
