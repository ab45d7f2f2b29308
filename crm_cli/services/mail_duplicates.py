"""Knowing a mail again: by its Message-ID, else by its content, in any form it was exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert
from sqlmodel import col, or_, select

from crm_cli.incoming import storable
from crm_cli.mailbox.identity import is_automatic
from schema.base import table_of
from schema.mail import Attachment, Mail, MailSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session

    from crm_cli.incoming import File, Incoming

SOURCE = table_of(MailSource)


class KnownMails:
    """The mails that a batch may repeat; those of the batch itself are added as they come."""

    def __init__(self, mails: Iterable[Mail] = ()) -> None:
        self._by_fingerprint: dict[str, Mail] = {}
        self._by_content: dict[str, list[Mail]] = {}
        for mail in mails:
            self.add(mail)

    def add(self, mail: Mail) -> None:
        """Know this mail from now on."""
        self._by_fingerprint[mail.fingerprint] = mail
        self._by_content.setdefault(mail.content_key, []).append(mail)

    def find(self, incoming: Incoming) -> Mail | None:
        """The mail this is a copy of; two Message-IDs are two mails, whatever they say."""
        found = self._by_fingerprint.get(incoming.fingerprint)
        if found is not None:
            return found
        alike = self._by_content.get(incoming.content_key, [])
        return next((one for one in alike if not (one.message_id and incoming.message_id)), None)

    def absorb(self, mail: Mail, incoming: Incoming) -> None:
        """Take over what a copy knows and the first one did not: its Message-ID, its nature."""
        if incoming.message_id and not mail.message_id:
            mail.message_id, mail.fingerprint = incoming.message_id, incoming.fingerprint
            mail.is_automatic = mail.is_automatic or is_automatic(incoming.message)
            self._by_fingerprint[mail.fingerprint] = mail


def load(session: Session, batch: Sequence[Incoming]) -> KnownMails:
    """The mails in the database that share a key with one of the batch."""
    fingerprints = [incoming.fingerprint for incoming in batch]
    contents = [incoming.content_key for incoming in batch]
    alike = or_(col(Mail.fingerprint).in_(fingerprints), col(Mail.content_key).in_(contents))
    return KnownMails(session.exec(select(Mail).where(alike).order_by(col(Mail.id))))


def note_sources(session: Session, found: Sequence[tuple[Mail, Incoming]]) -> None:
    """Keep where each mail was found now; a place that is known already is not noted again."""
    ids = {mail.key for mail, _ in found}
    known = select(MailSource.mail_id, MailSource.file, MailSource.start).where(
        col(MailSource.mail_id).in_(ids)
    )
    places: set[tuple[Any, ...]] = {tuple(row) for row in session.exec(known)}
    rows = []
    for mail, incoming in found:
        place = (mail.key, incoming.file, incoming.message.offset)
        if place not in places:
            places.add(place)
            rows.append(_source(mail, incoming) | {"imported_at": session.info["origin"].now})
    if rows:
        session.connection().execute(insert(SOURCE), rows)


def _source(mail: Mail, incoming: Incoming) -> dict[str, Any]:
    message = incoming.message
    raw = message.raw
    return {
        "mail_id": mail.key,
        "file": incoming.file,
        "start": message.offset,
        "dialect": message.dialect,
        "encoding": storable(message.encoding),
        "raw": raw if isinstance(raw, bytes) else raw.encode("utf-8", "replace"),
    }


def complete_files(session: Session, repeated: Sequence[tuple[Mail, Incoming]]) -> None:
    """Take over files that only a later copy of a mail brought."""
    ids = {mail.key for mail, incoming in repeated if any(file.stored for file in incoming.files)}
    known = select(Attachment).where(col(Attachment.mail_id).in_(ids))
    kept: dict[int, list[Attachment]] = {number: [] for number in ids}
    for attachment in session.exec(known):
        kept[attachment.mail_id or 0].append(attachment)
    for mail, incoming in repeated:
        for file in incoming.files:
            if file.stored is not None:
                _complete(session, mail, kept[mail.key], file)


def _complete(session: Session, mail: Mail, kept: list[Attachment], file: File) -> None:
    if file.stored is None or file.stored.sha256 in {one.sha256 for one in kept}:
        return
    promised = next((one for one in kept if not one.sha256 and one.name == file.name), None)
    if promised is None:
        promised = attachment_of(mail, file)
        session.add(promised)
        kept.append(promised)
    promised.sha256, promised.size = file.stored.sha256, file.stored.size


def attachment_of(mail: Mail, file: File) -> Attachment:
    """The row of a file; it hangs on the mail's task too (R141)."""
    return Attachment(
        sha256=file.stored.sha256 if file.stored else None,
        name=file.name,
        media_type=file.media_type,
        size=file.stored.size if file.stored else None,
        mail_id=mail.key,
        task_id=mail.task_id,
    )
