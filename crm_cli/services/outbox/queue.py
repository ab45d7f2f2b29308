"""Mail that is to leave: written in the caller's transaction, sent later by `send-outbox`."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Required, TypedDict, Unpack

from sqlmodel import select

from crm_cli.bulk import append_all
from crm_cli.delivery.addresses import Address
from crm_cli.delivery.headers import refuse_control_characters
from crm_cli.services.constants import text_of
from crm_cli.services.outbox import receivers
from schema.outbox import Outbox, OutboxFile

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlmodel import Session

CONTENT = {
    *("kind", "uncertain", "reply_to", "subject", "text", "html", "headers", "mail_account_id"),
    *("task_id", "document_id", "account_id", "employee_id", "author_id"),
}
"""What two mails of the same text share."""


@dataclass(frozen=True)
class AttachedFile:
    """A file of a mail, whose content `Attachments.put` has kept already."""

    name: str
    media_type: str
    sha256: str


class Letter(TypedDict, total=False):
    """A mail to queue; `uncertain` says what to do when nobody knows whether it went.

    Who stands in several of `recipients`, `cc` and `bcc` gets it once, in the first of these roles.
    """

    kind: Required[str]
    recipients: Required[Sequence[Address]]
    cc: Sequence[Address]
    bcc: Sequence[Address]
    subject: Required[str]
    text: Required[str]
    html: str | None
    reply_to: Address | None
    headers: Mapping[str, str]
    files: Sequence[AttachedFile]
    uncertain: Literal["resend", "hold"]
    due_at: datetime | None
    mail_account_id: int | None
    task_id: int | None
    document_id: int | None
    account_id: int | None
    employee_id: int | None


def enqueue(session: Session, **letter: Unpack[Letter]) -> Outbox:
    """Queue a mail; raises InvalidData for what could not be sent."""
    mail = Outbox(**written(session, **letter))
    session.add(mail)
    session.flush()
    _attach(session, mail, letter.get("files", ()))
    return mail


def enqueue_all(session: Session, mails: Sequence[Mapping[str, Any]]) -> list[int]:
    """Queue many mails that were written, without files; gives their ids in order."""
    return append_all(session, Outbox, mails)


def written(session: Session, **letter: Unpack[Letter]) -> dict[str, Any]:
    """The row of a mail that is not queued yet; raises InvalidData for what could not be sent."""
    now = session.info["origin"].now
    return {
        "message_id": _message_id(session),
        "kind": letter["kind"],
        "uncertain": letter.get("uncertain", "hold"),
        **receivers.columns(letter["recipients"], letter.get("cc", ()), letter.get("bcc", ())),
        "reply_to": _text(letter.get("reply_to")),
        "subject": _checked("subject", letter["subject"]),
        "text": letter["text"],
        "html": letter.get("html"),
        "headers": json.dumps(dict(letter.get("headers", {}))),
        "mail_account_id": letter.get("mail_account_id"),
        "task_id": letter.get("task_id"),
        "document_id": letter.get("document_id"),
        "account_id": letter.get("account_id"),
        "employee_id": letter.get("employee_id"),
        "author_id": _author(session),
        "created_at": now,
        "due_at": letter.get("due_at") or now,
    }


def copied(session: Session, mail: Outbox, left: Collection[str]) -> Outbox:
    """A mail of its own, with files, for the addresses that are left of one the others have."""
    copy = Outbox(
        **mail.model_dump(include=CONTENT),
        **receivers.columns_of_rest(mail, left),
        message_id=_message_id(session),
        created_at=mail.created_at,
        due_at=mail.due_at,
    )
    session.add(copy)
    session.flush()
    files = session.exec(select(OutboxFile).where(OutboxFile.outbox_id == mail.key))
    _attach(
        session, copy, [AttachedFile(file.name, file.media_type, file.sha256) for file in files]
    )
    return copy


def _message_id(session: Session) -> str:
    """Made once and kept in the row, so that every copy of the mail carries the same one."""
    return f"<{secrets.token_hex(12)}@{_domain(session)}>"


def _domain(session: Session) -> str:
    sender = Address.parse(text_of(session, "mail.from") or "crm@localhost")
    return text_of(session, "company.domain") or sender.domain


def _author(session: Session) -> int | None:
    """Who gives the command; a job is nobody."""
    return None if session.info["origin"].job else session.info.get("person_id")


def _checked(field: str, value: str) -> str:
    """One line; what would become a header of its own is refused."""
    line = " ".join(value.split())
    refuse_control_characters(field, line)
    return line


def _text(address: Address | None) -> str | None:
    return None if address is None else str(address)


def _attach(session: Session, mail: Outbox, files: Sequence[AttachedFile]) -> None:
    for file in files:
        session.add(
            OutboxFile(
                outbox_id=mail.key,
                name=_checked("attachment name", file.name),
                media_type=file.media_type,
                sha256=file.sha256,
            )
        )
    session.flush()
