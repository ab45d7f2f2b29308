"""How the handing over of a mail can end, other than well."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crm_cli.errors import CrmError

HANGING_UP = 421
"""With this code a server ends the connection, whatever it was asked."""

_LOGIN_WANTED = {530, 534, 535, 538}
# RFC 3463 and what Exchange adds to it; the words of Postfix, Exim and Exchange, whose 5.7.1 may
# mean anything.
_AGAINST_THE_SENDER = re.compile(
    r"\b[45]\.(1\.[78]|7\.(8|9|27|54|57|60))\b"
    r"|sender address rejected|client host rejected"
    r"|relay(ing|ed)?( access)? (denied|not (permitted|allowed))|unable to relay",
    re.IGNORECASE,
)
_TOO_LARGE = 552
_AGAINST_THE_SIZE = re.compile(r"\b5\.(2\.3|3\.4)\b|message size exceeds", re.IGNORECASE)


class DeliveryError(CrmError):
    """The mail was not certainly taken; `code` is the server's, 0 where it gave none."""

    def __init__(self, code: int, text: str, hint: str | None = None) -> None:
        super().__init__(f"{self._sentence()}: {f'{code} ' if code else ''}{text}", hint)
        self.code = code
        self.text = text

    def _sentence(self) -> str:
        return (type(self).__doc__ or "").partition(":")[0]


class TemporaryRefusal(DeliveryError):
    """The mail was not taken this time: a later attempt may succeed."""


class ServerUnavailable(TemporaryRefusal):
    """The mail server cannot be used: no mail was offered, and the next would fare no better."""


class SenderRefused(ServerUnavailable):
    """The mail server takes no mail from this sender: the next one would fare no better."""


class ConnectionLost(TemporaryRefusal):
    """The mail was not taken this time: the connection ended before it was whole."""


class PermanentRefusal(DeliveryError):
    """The mail was refused for good: sending it again would not help."""


class Uncertain(DeliveryError):
    """The mail may or may not have been taken: the answer to the whole message never came."""


@dataclass(frozen=True)
class RefusedRecipient:
    """A recipient refused while others of the same mail were taken."""

    address: str
    code: int
    text: str

    @property
    def is_temporary(self) -> bool:
        """Whether a later attempt may succeed."""
        return not 500 <= self.code < 600

    def __str__(self) -> str:
        return f"{self.address}: {self.code} {self.text}"


class Answer(str):
    """What was said to a mail that was taken; a `str`, so that it can be stored as it is."""

    refused: tuple[RefusedRecipient, ...]

    def __new__(cls, text: str, refused: tuple[RefusedRecipient, ...] = ()) -> Answer:
        answer = super().__new__(cls, text)
        answer.refused = refused
        return answer


def is_too_large(code: int, text: str) -> bool:
    """Whether a server has only the size of this mail against it."""
    return code == _TOO_LARGE or (500 <= code < 600 and bool(_AGAINST_THE_SIZE.search(text)))


def reply_text(reply: bytes | str) -> str:
    """A server's reply on one line, with nothing that a terminal would obey."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    line = " ".join(text.split())
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in line
    )


def refusal(code: int, text: str) -> DeliveryError:
    """The error that a reply stands for; some have against the sender what they say later."""
    if is_too_large(code, text):
        return PermanentRefusal(code, text)
    if code in _LOGIN_WANTED or _AGAINST_THE_SENDER.search(text):
        return SenderRefused(code, text)
    if 500 <= code < 600:
        return PermanentRefusal(code, text)
    return ConnectionLost(code, text) if code == HANGING_UP else TemporaryRefusal(code, text)
