"""Saying whose mail it is: remembered, so that nobody is asked twice about an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlmodel import col, select

from crm_cli.errors import Conflict
from crm_cli.services import constants, mail_tasks, records
from crm_cli.services.mail_import import interaction, is_matched, one_at_a_time
from crm_cli.views.mails import MAIL
from schema.contact import Contact
from schema.interaction import Interaction
from schema.mail import Attachment, Mail, MailAddress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session


def assign(
    session: Session, number: int, account_id: int, *, with_tasks: bool | None = None
) -> list[int]:
    """Give a mail to an account, and with it every unmatched one of the same address; their ids."""
    one_at_a_time(session)
    mail = cast("Mail", records.get(session, MAIL, number))
    if mail.direction == "internal":
        raise Conflict(f"Mail {number} is between colleagues; it belongs to no account.")
    alike = _alike(session, mail)
    for each in (mail, *alike):
        _give(session, each, account_id)
    _remember(session, mail, account_id)
    session.flush()
    if constants.typed(session, TASK_RULE)[TASK_RULE] if with_tasks is None else with_tasks:
        _make_tasks(session, [one for one in (mail, *alike) if one.task_id is None])
    return [mail.key, *(one.key for one in alike)]


TASK_RULE = "mail.import.task"


def _alike(session: Session, mail: Mail) -> list[Mail]:
    if not _has_address(mail):
        return []
    same = select(Mail).where(Mail.correspondent == mail.correspondent, Mail.id != mail.id)
    waiting = same.where(col(Mail.account_id).is_(None), col(Mail.contact_id).is_(None))
    return list(session.exec(waiting.order_by(col(Mail.id))))


def _has_address(mail: Mail) -> bool:
    """Names alone are not remembered: several people may have them."""
    return "@" in (mail.correspondent or "")


def _give(session: Session, mail: Mail, account_id: int) -> None:
    was_matched = is_matched(mail)
    mail.account_id, mail.site_id, mail.matched_by = account_id, None, "assigned"
    mail.contact_id = _contact(session, mail.contact_id, account_id)
    if not was_matched:
        session.add(interaction(session, mail))
        return
    for told in session.exec(select(Interaction).where(Interaction.mail_id == mail.id)):
        told.account_id, told.contact_id = account_id, mail.contact_id


def _contact(session: Session, number: int | None, account_id: int) -> int | None:
    """The contact stays if it is one of the account."""
    if number is None or session.get_one(Contact, number).account_id != account_id:
        return None
    return number


def _remember(session: Session, mail: Mail, account_id: int) -> None:
    if not _has_address(mail):
        return
    known = select(MailAddress).where(
        MailAddress.address == mail.correspondent, col(MailAddress.archived_at).is_(None)
    )
    remembered = session.exec(known).first()
    if remembered is None:
        remembered = MailAddress(address=mail.correspondent or "", account_id=account_id)
        session.add(remembered)
    remembered.account_id = account_id


def _make_tasks(session: Session, mails: Iterable[Mail]) -> None:
    mails = list(mails)
    mail_tasks.make(session, mails)
    tasks = {mail.id: mail.task_id for mail in mails if mail.task_id is not None}
    for file in session.exec(select(Attachment).where(col(Attachment.mail_id).in_(tasks))):
        file.task_id = tasks[file.mail_id]
    session.flush()
