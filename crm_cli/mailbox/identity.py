"""Which mails are the same one, which belong together, and which no person wrote."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from crm_cli.mailbox.quoting import unquoted
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from crm_cli.mailbox.message import Message

SUBJECT_PREFIX: Final = re.compile(
    r"\s*(?:\[ext(?:ernal)?\]|(?:re|fwd?|aw|wg|odp|pd|tr|rv|sv|vs|antw|redir|r[aă]sp)"
    r"\.?(?:\s?[\[(]\d+[\])])?\s*:)\s*",
    re.IGNORECASE,
)
LINK: Final = re.compile(r"<(?:https?|ftp|mailto):[^>\s]*>|\[cid:[^\]\s]*\]")
WORDS: Final = re.compile(r"[a-z0-9]+")
NO_LETTERS: Final = bytes(set(range(256)) - set(b"abcdefghijklmnopqrstuvwxyz0123456789"))

AUTOMATIC_SUBJECT: Final = re.compile(
    r"(?:automatic reply|auto ?-?reply|out of (?:the )?office(?: auto ?-?reply| reply)?"
    r"|raspuns automat|odpowiedz automatyczna|autoodpowiedz|automatische antwort"
    r"|abwesenheitsnotiz|reponse automatique|undeliverable|nelivrabil|niedostarczalne"
    r"|unzustellbar|delivery status notification|delivery failure|failure notice)\s*(?:[:(]|$)"
    r"|mail delivery failed|undelivered mail returned to sender|returned mail: "
)
AUTOMATIC_MAILBOX: Final = re.compile(
    r"(?:mailer-?daemon|postmaster|bounces?|newsletters?)(?:[+=-].*)?@"
)
UNATTENDED_MAILBOX: Final = re.compile(
    r"(?:no[-_]?reply|do[-_]?not[-_]?reply|nu-?raspunde(?:ti)?|nie-?odpowiadaj)(?:[+._-].*)?@"
)
AUTOMATIC_NAMES: Final = frozenset({"mail delivery subsystem", "mail delivery system"})
AUTOMATIC_PRECEDENCE: Final = frozenset({"bulk", "junk", "list", "auto_reply"})
AUTOMATIC_HEADERS: Final = (
    "list-id", "list-unsubscribe", "x-autoreply", "x-autorespond", "x-failed-recipients",
)  # fmt: skip


def fingerprint(message: Message) -> str:
    """The key of a mail: its Message-ID where it has one, else that of its content."""
    return f"id:{message.message_id}" if message.message_id else content_fingerprint(message)


def content_fingerprint(message: Message) -> str:
    """A key that is the same for one mail in any dialect and encoding."""
    minute = f"{message.sent_at:%Y-%m-%dT%H:%M}" if message.sent_at else fold(message.raw_date)
    subject = _letters(thread_subject(message.subject))
    text = _letters(LINK.sub("", unquoted(message.body)))
    parts = (minute, subject, _sender(message), sha256(text).hexdigest())
    return f"content:{sha256(repr(parts).encode()).hexdigest()}"


def thread_subject(subject: str) -> str:
    """The subject without the prefixes of replies and forwards."""
    while prefix := SUBJECT_PREFIX.match(subject):
        subject = subject[prefix.end() :]
    return subject.strip()


def is_automatic(message: Message) -> bool:
    """Whether a program wrote it: an absence notice, a bounce, a newsletter."""
    return (
        _is_automatic_by_headers(message)
        or _is_automatic_by_sender(message)
        or AUTOMATIC_SUBJECT.match(fold(message.subject).removeprefix("[external] ")) is not None
    )


def _is_automatic_by_headers(message: Message) -> bool:
    value = message.headers.get
    return (
        value("auto-submitted", "no").lower() != "no"
        or value("precedence", "").lower() in AUTOMATIC_PRECEDENCE
        or value("return-path") == "<>"
        or value("content-type", "").lower().startswith("multipart/report")
        or any(name in message.headers for name in AUTOMATIC_HEADERS)
    )


def _is_automatic_by_sender(message: Message) -> bool:
    """A web form also sends from an unattended mailbox, but answers go to the person."""
    if message.sender is None:
        return False
    mailbox = (message.sender.email or "").lower()
    if AUTOMATIC_MAILBOX.match(mailbox) or fold(message.sender.name) in AUTOMATIC_NAMES:
        return True
    answers_to = [(address.email or "").lower() for address in message.reply_to] or [mailbox]
    return UNATTENDED_MAILBOX.match(mailbox) is not None and all(
        UNATTENDED_MAILBOX.match(answer) for answer in answers_to
    )


def _sender(message: Message) -> str:
    """The address, or the words of the name in any order."""
    if message.sender is None:
        return ""
    words = WORDS.findall(fold(message.sender.name))
    return (message.sender.email or "").lower() or " ".join(sorted(words))


def _letters(text: str) -> bytes:
    """The folded letters and digits; whole bodies take the short way that Latin letters allow."""
    plain = normalize("NFKD", text.replace("ł", "l").replace("Ł", "L")).encode("ascii", "ignore")
    letters = plain.lower().translate(None, NO_LETTERS)
    if len(letters) * 2 < len(text):
        return fold(text).encode("ascii", "ignore").translate(None, NO_LETTERS)
    return letters
