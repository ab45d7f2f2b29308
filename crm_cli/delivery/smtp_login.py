"""Logging in to an SMTP server (RFC 4954) without the password reaching an error.

smtplib's own login takes ASCII passwords only, and the error for any other quotes it.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from crm_cli.delivery.refusals import ServerUnavailable, reply_text

if TYPE_CHECKING:
    import smtplib

    from crm_cli.delivery.passwords import PasswordName

    Reply = tuple[int, bytes]

_LOGGED_IN = 235
_GO_ON = 334


def log_in(
    connection: smtplib.SMTP, user: str, password: str, *, token: bool, secret: PasswordName
) -> None:
    """Log in by PLAIN or LOGIN, by XOAUTH2 where the password is a token."""
    offered = connection.esmtp_features.get("auth", "").upper().split()
    code, reply = _attempt(connection, offered, user, password, token=token)
    if code != _LOGGED_IN:
        raise ServerUnavailable(
            code,
            _without_secrets(reply_text(reply), user, password) + f" (the login of {user})",
            hint=f"Check the user {user} and what the {secret.command} prints.",
        )


def _attempt(
    connection: smtplib.SMTP, offered: list[str], user: str, password: str, *, token: bool
) -> Reply:
    if token:
        return _xoauth2(connection, user, password)
    if "PLAIN" in offered:
        return connection.docmd("AUTH", f"PLAIN {_plain_words(user, password)}")
    if "LOGIN" in offered:
        return _login(connection, user, password)
    raise ServerUnavailable(
        0, f"the server offers no login that is known here ({' '.join(offered) or 'none'})."
    )


def _login(connection: smtplib.SMTP, user: str, password: str) -> Reply:
    reply = connection.docmd("AUTH", "LOGIN")
    for answer in (user, password):
        if reply[0] != _GO_ON:
            break
        reply = connection.docmd(_base64(answer))
    return reply


def _xoauth2(connection: smtplib.SMTP, user: str, token: str) -> Reply:
    """A refusal comes as a question that wants an empty answer before the code."""
    reply = connection.docmd("AUTH", f"XOAUTH2 {_token_words(user, token)}")
    return connection.docmd("") if reply[0] == _GO_ON else reply


def _plain_words(user: str, password: str) -> str:
    return _base64(f"\0{user}\0{password}")


def _token_words(user: str, token: str) -> str:
    return _base64(f"user={user}\x01auth=Bearer {token}\x01\x01")


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


def _without_secrets(reply: str, user: str, password: str) -> str:
    """Some servers quote what they were sent."""
    sent = (_plain_words(user, password), _token_words(user, password), _base64(password))
    for secret in (*sent, password):
        reply = reply.replace(secret, "***")
    return reply
