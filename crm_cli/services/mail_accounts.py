"""The rules of mail accounts: the servers and logins by which mail leaves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from sqlmodel import col, func, select

from crm_cli.audit import Change, record
from crm_cli.bulk import Edit, edit_all
from crm_cli.delivery.addresses import Address
from crm_cli.delivery.transports import open_transport
from crm_cli.errors import InvalidData
from crm_cli.services import records
from crm_cli.values.invalid import quote
from crm_cli.views.mail_accounts import MAIL_ACCOUNT
from schema.base import table_of
from schema.mail_account import MailAccount
from schema.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from schema.base import Record

NAME = re.compile(r"(?![0-9]+$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")
GONE = ("sent", "cancelled")
"""States in which a mail leaves by no account any more."""


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check name, URL and sender."""
    if values.get("name") and not NAME.fullmatch(values["name"]):
        raise InvalidData(
            "{value} cannot be the name of a mail account.",
            hint="Use letters without diacritics, digits, '-', '_' and '.', not digits alone.",
            value=quote(values["name"]),
        )
    if values.get("url"):
        open_transport(values["url"], password=str, ca_file=None)
    if values.get("sender"):
        values["sender"] = str(Address.parse(values["sender"]))
    return values


def settle(session: Session, record: Record) -> None:
    """Take the mark of the default from the account that had it, before this one gets it."""
    account = cast("MailAccount", record)
    if not account.is_default:
        return
    table = table_of(MailAccount).c
    others = select(table.id, table.version).where(
        table.is_default.is_(True), table.archived_at.is_(None), table.id != (account.id or 0)
    )
    taken = [
        Edit(number, version, {"is_default": True}, {"is_default": False})
        for number, version in session.execute(others)
    ]
    edit_all(session, MailAccount, taken)


def remove(session: Session, ids: Sequence[int]) -> list[str]:
    """Remove accounts; gives what is to be said of the mail that would have left by them."""
    said = [line for number in ids for line in _left_behind(session, number)]
    records.remove(session, MAIL_ACCOUNT, ids)
    return said


def note_password(session: Session, ids: Sequence[int]) -> None:
    """Let the trail say that a password's command was given, so that `crm undo` stops there."""
    record(session, [Change("mail_account", number, None, {}, {}) for number in ids])


def own(session: Session, employee_id: int | None) -> int | None:
    """The account by which an employee sends himself, if he has one."""
    if employee_id is None:
        return None
    found = select(MailAccount.id).where(
        col(MailAccount.employee_id) == employee_id, col(MailAccount.archived_at).is_(None)
    )
    return session.exec(found).first()


def _left_behind(session: Session, number: int) -> list[str]:
    account = session.get_one(MailAccount, number)
    waiting = select(func.count()).where(
        col(Outbox.mail_account_id) == number, col(Outbox.status).not_in(GONE)
    )
    count = session.exec(waiting).one()
    said = []
    if count:
        said.append(
            f"Mail of {account.name} that has not left ({count}) goes by the default account."
        )
    if account.is_default:
        said.append(f"{account.name} was the default: the settings mail.url and mail.from are now.")
    return said
