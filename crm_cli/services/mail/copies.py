"""Knowing a mail again: by its Message-ID, else by its content, in any form it was exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from crm_cli.incoming import storable
from crm_cli.mailbox import Address
from crm_cli.mailbox.automatic import is_automatic
from crm_cli.mailbox.identity import same_sender
from crm_cli.services.mail import writing
from crm_cli.services.mail.writing import MAIL
from schema.base import table_of
from schema.bulk import insert_all
from schema.mail import MailSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session

    from crm_cli.incoming import Incoming
    from crm_cli.services.mail.writing import Letter

    Found = Sequence[tuple[Letter, Incoming]]

SOURCE = table_of(MailSource)
NAMES = ("mail_id", "file", "start", "dialect", "encoding", "raw", "imported_at")
LONGEST_ADDRESS = 320


class KnownMails:
    """The mails that a batch may repeat; those of the batch itself are added as they come."""

    def __init__(self, letters: Iterable[Letter] = ()) -> None:
        self._by_fingerprint: dict[str, Letter] = {}
        self._by_content: dict[str, list[Letter]] = {}
        for letter in letters:
            self.add(letter)

    def add(self, letter: Letter) -> None:
        """Know this mail from now on."""
        self._by_fingerprint[letter.fingerprint] = letter
        self._by_content.setdefault(letter.content_key, []).append(letter)

    def find(self, incoming: Incoming) -> Letter | None:
        """The mail this is a copy of; two Message-IDs are two mails, whatever they say."""
        found = self._by_fingerprint.get(incoming.fingerprint)
        if found is not None:
            return found
        alike = self._by_content.get(incoming.content_key, [])
        return next((one for one in alike if _is_copy(one, incoming)), None)

    def absorb(self, letter: Letter, incoming: Incoming) -> bool:
        """Take over what a copy knows better: Message-ID, addresses; whether it told addresses."""
        if incoming.message_id and not letter.message_id:
            letter.message_id, letter.fingerprint = incoming.message_id, incoming.fingerprint
            letter.is_automatic = letter.is_automatic or is_automatic(incoming.message)
            self._by_fingerprint[letter.fingerprint] = letter
        sender = incoming.message.sender
        if sender is None or not sender.email or letter.sender_email:
            return False
        put_people(letter, incoming)
        return True


def put_people(letter: Letter, incoming: Incoming) -> None:
    """Write into a mail who sent it to whom."""
    message = incoming.message
    if message.sender:
        letter.sender_name = storable(message.sender.name) or None
        letter.sender_email = storable(message.sender.email or "").lower()[:LONGEST_ADDRESS] or None
    letter.recipients, letter.copies = _lines(message.to), _lines(message.cc)


def load(session: Session, batch: Sequence[Incoming]) -> KnownMails:
    """The mails in the database that share a key with one of the batch."""
    fingerprints = [incoming.fingerprint for incoming in batch]
    contents = [incoming.content_key for incoming in batch]
    alike = or_(MAIL.c.fingerprint.in_(fingerprints), MAIL.c.content_key.in_(contents))
    return KnownMails(writing.load(session, alike, with_body=False))


def note_sources(session: Session, added: Found, repeated: Found) -> None:
    """Keep where each mail was found now; a place that is known already is not noted again."""
    columns = (SOURCE.c.mail_id, SOURCE.c.file, SOURCE.c.start)
    chosen = select(*columns).where(SOURCE.c.mail_id.in_({letter.id for letter, _ in repeated}))
    places: set[tuple[Any, ...]] = set(session.connection().execute(chosen) if repeated else ())
    rows = []
    for letter, incoming in (*added, *repeated):
        place = (letter.id, incoming.file, incoming.message.offset)
        if place not in places:
            places.add(place)
            rows.append((*place, *_as_read(incoming), session.info["origin"].now))
    if rows:
        insert_all(session.connection(), SOURCE, NAMES, rows)


def _as_read(incoming: Incoming) -> tuple[str, str, bytes]:
    message = incoming.message
    raw = message.raw
    source = raw if isinstance(raw, bytes) else raw.encode("utf-8", "replace")
    return message.dialect, storable(message.encoding), source


def _is_copy(letter: Letter, incoming: Incoming) -> bool:
    if letter.message_id and incoming.message_id:
        return False
    name, email = letter.sender_name, letter.sender_email
    sender = Address(name or "", email) if name or email else None
    return same_sender(sender, incoming.message.sender)


def _lines(people: Sequence[Address]) -> str | None:
    written = (
        f"{one.name} <{one.email}>" if one.name and one.email else one.name or one.email
        for one in people
    )
    return "\n".join(storable(" ".join((line or "").split())) for line in written) or None
