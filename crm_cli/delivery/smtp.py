"""Handing mail to an SMTP server so that a crash leaves at most one message in doubt."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Self

from crm_cli.delivery.addresses import Address
from crm_cli.delivery.refusals import (
    HANGING_UP,
    Answer,
    ConnectionLost,
    PermanentRefusal,
    RefusedRecipient,
    SenderRefused,
    TemporaryRefusal,
    Uncertain,
    is_too_large,
    refusal,
    reply_text,
)
from crm_cli.delivery.smtp_connection import connect, session_of

if TYPE_CHECKING:
    import smtplib
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

    from crm_cli.delivery.smtp_connection import Server, Session

# The timeout of a send is for all its bytes, so a large message goes in pieces.
_PIECE = 1 << 16
# Filters read the whole message before they answer; RFC 5321 asks for ten minutes.
_FINAL_PATIENCE = 20


class SmtpTransport:
    """One connection for many messages, renewed when the server drops it."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._connection: smtplib.SMTP | None = None
        self._is_pending = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._connection is not None and error is None:
            with contextlib.suppress(OSError):
                self._connection.quit()
        self._disconnect()

    def send(
        self,
        mail_from: str,
        recipients: Sequence[str],
        message: bytes,
        before_final_dot: Callable[[], None],
    ) -> Answer:
        """Send all but the final dot, call `before_final_dot`, send the dot, read the answer."""
        body = dot_stuffed(message)
        sender, receivers = _checked(mail_from), [_checked(address) for address in recipients]
        try:
            connection = self._begun(sender, len(body))
            refused = _offer(connection, receivers, body)
            self._commit(before_final_dot)
            answer = self._finish(connection, refused)
        except ConnectionLost:
            self._disconnect()
            raise
        except (TemporaryRefusal, PermanentRefusal):
            self._is_pending = True
            raise
        except BaseException:
            self._disconnect()
            raise
        return answer

    @property
    def session(self) -> Session | None:
        """How the connection stands; None where there is none."""
        if self._connection is None:
            return None
        return session_of(self._connection, self._server)

    def _commit(self, before_final_dot: Callable[[], None]) -> None:
        """Without its dot the server forgets the message; RSET here would be part of its text."""
        try:
            before_final_dot()
        except BaseException:
            self._disconnect()
            raise

    def _begun(self, mail_from: str, size: int) -> smtplib.SMTP:
        """A connection on which this mail was begun; a used one may have ended meanwhile."""
        if self._connection is not None:
            with contextlib.suppress(OSError, ConnectionLost):
                if self._is_clear(self._connection):
                    return _begin(self._connection, mail_from, size)
            self._disconnect()
        self._connection, self._is_pending = connect(self._server), False
        with _lost_before_the_dot():
            return _begin(self._connection, mail_from, size)

    def _is_clear(self, connection: smtplib.SMTP) -> bool:
        """Whether the server forgot what it refused."""
        if self._is_pending:
            code, _ = connection.rset()
            self._is_pending = code != 250
        return not self._is_pending

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _finish(self, connection: smtplib.SMTP, refused: tuple[RefusedRecipient, ...]) -> Answer:
        with _lost_before_the_dot():
            connection.send(b".\r\n")
        try:
            code, reply = self._final_answer(connection)
        except OSError as error:
            text = f"{self._server} was lost after the final dot ({error}).{_not_to(refused)}"
            raise Uncertain(0, text) from error
        if 400 <= code < 600:
            raise refusal(code, reply_text(reply))
        if code != 250:
            text = f"{self._server} gave no answer that can be understood.{_not_to(refused)}"
            raise Uncertain(code, text)
        return Answer(f"{code} {reply_text(reply)}", refused)

    def _final_answer(self, connection: smtplib.SMTP) -> tuple[int, bytes]:
        if connection.sock is not None:
            connection.sock.settimeout(self._server.timeout * _FINAL_PATIENCE)
        answer = connection.getreply()
        if connection.sock is not None:
            connection.sock.settimeout(self._server.timeout)
        return answer


def dot_stuffed(message: bytes) -> bytes:
    """The message as DATA wants it: CRLF alone ends a line, and no line is a lone dot."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    stuffed = re.sub(rb"^\.", b"..", lines, flags=re.MULTILINE)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"


def _checked(address: str) -> str:
    """The empty address is the sender that no bounce goes back to."""
    return Address(address).wire if address else ""


def _begin(connection: smtplib.SMTP, mail_from: str, size: int) -> smtplib.SMTP:
    """Name the sender; to refuse him is not about this mail, unless it is too large."""
    options = [f"SIZE={size}"] if connection.has_extn("size") else []
    code, reply = connection.mail(mail_from, options)
    if code == 250:
        return connection
    text = f"{reply_text(reply)} (the sender {mail_from or '<>'})"
    if code == HANGING_UP or is_too_large(code, text):
        raise refusal(code, text)
    raise SenderRefused(code, text)


def _offer(
    connection: smtplib.SMTP, recipients: Sequence[str], body: bytes
) -> tuple[RefusedRecipient, ...]:
    """The conversation from the recipients to the final dot; the refused among several."""
    with _lost_before_the_dot():
        refused = _refused_of(connection, recipients)
        _expect(connection.docmd("DATA"), 354)
        for start in range(0, len(body), _PIECE):
            connection.send(body[start : start + _PIECE])
    return refused


@contextlib.contextmanager
def _lost_before_the_dot() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConnectionLost(0, f"the connection was lost ({error}).") from error


def _refused_of(
    connection: smtplib.SMTP, recipients: Sequence[str]
) -> tuple[RefusedRecipient, ...]:
    refused = []
    for recipient in recipients:
        code, reply = connection.rcpt(recipient)
        if code not in {250, 251}:
            refused.append(RefusedRecipient(recipient, code, reply_text(reply)))
    if len(refused) == len(recipients):
        # One that may be taken later is reason enough to try again.
        code = min(one.code for one in refused)
        raise refusal(code, "; ".join(map(str, refused)))
    return tuple(refused)


def _not_to(refused: Sequence[RefusedRecipient]) -> str:
    """Who did not get a mail that others may have."""
    return "".join(f" It did not go to {one}." for one in refused)


def _expect(reply: tuple[int, bytes], wanted: int = 250) -> None:
    code, text = reply
    if code != wanted:
        raise refusal(code, reply_text(text))
