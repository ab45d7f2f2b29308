"""Which mails are the same one, and which belong together."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from crm_cli.mailbox.quoting import unquoted
from crm_cli.mailbox.subjects import thread_subject
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from crm_cli.mailbox.message import Address, Message

LINK: Final = re.compile(r"<(?:https?|ftp|file|mailto|tel):[^<>\s]*>|\[(?:cid|image):[^][\n]*\]")
WORDS: Final = re.compile(r"[a-z0-9]+")
NO_LETTERS: Final = bytes(set(range(256)) - set(b"abcdefghijklmnopqrstuvwxyz0123456789"))

GATEWAY: Final = re.compile(
    r"\W*(?:caution|warning|attention|external|atentie|avertisment|uwaga|ostrzezenie|achtung"
    r"|(?:this|acest|ta|diese) (?:e-?mail|message|mesaj|wiadomosc|nachricht))\b"
)
OUTSIDE: Final = re.compile(
    r"\b(?:outside|external|din afara|extern|spoza|zewnatrz|zewnetrzn\w*|ausserhalb)\b"
)
LONGEST_BANNER: Final = 600
FIRST_WORDS: Final = 40


def content_key(message: Message) -> str:
    """What one mail has in common in all dialects and encodings: minute, subject and own text.

    The sender is not in it: one export has his address, the other only his name.
    """
    minute = f"{message.sent_at:%Y-%m-%dT%H:%M}" if message.sent_at else fold(message.raw_date)
    subject = _letters(thread_subject(message.subject))
    text = _letters(LINK.sub("", _without_banner(unquoted(message.body))))
    return _digest(minute, subject, sha256(text).hexdigest())


def content_fingerprint(message: Message, content: str) -> str:
    """The key of a mail without Message-ID: its content and its sender."""
    sender = message.sender
    name = sender.mailbox or sorted(_words(sender.name)) if sender else ""
    return f"content:{_digest(content, name)}"


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()


def _without_banner(text: str) -> str:
    """The text without the warning that a mail server put above it."""
    first, blank, rest = text.partition("\n\n")
    if not blank or len(first) > LONGEST_BANNER or not GATEWAY.match(fold(first[:FIRST_WORDS])):
        return text
    return rest if OUTSIDE.search(fold(first)) else text


def same_sender(one: Address | None, other: Address | None) -> bool:
    """Whether two exports may name one sender: by address, else by the words of the name.

    What only one of them knows contradicts nothing.
    """
    if one is None or other is None:
        return one is other
    if one.mailbox and other.mailbox:
        return one.mailbox == other.mailbox
    words, others = _words(one.name), _words(other.name)
    return words <= others or others <= words


def _words(name: str) -> set[str]:
    return set(WORDS.findall(fold(name)))


def _letters(text: str) -> bytes:
    """The folded letters and digits; whole bodies take the short way that Latin letters allow."""
    plain = normalize("NFKD", text.replace("ł", "l").replace("Ł", "L")).encode("ascii", "ignore")
    letters = plain.lower().translate(None, NO_LETTERS)
    if len(letters) * 2 < len(text):
        return fold(text).encode("ascii", "ignore").translate(None, NO_LETTERS)
    return letters
