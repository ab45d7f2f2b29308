"""Merging accounts: one survives, everything that belonged to the others becomes its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlmodel import col, select

from crm_cli.errors import Conflict
from crm_cli.services import records
from crm_cli.services.undoing.repointing import repoint
from crm_cli.views.accounts import ACCOUNT
from schema.account import Account
from schema.lead import Lead
from schema.mail import MailAddress

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from sqlmodel import Session

SITUATED = ("address", "postal_code", "city", "county")
"""Where an account is: taken from another only as a whole, or where the cities agree."""
JOINED = ("relations", "phone", "other_phones", "note")
"""Values of which none is lost: both accounts' stand in the survivor."""


def merge(session: Session, keep_id: int, other_ids: Sequence[int]) -> Counter[str]:
    """Merge accounts into the one to keep; how many rows of each table changed hands."""
    _refuse_itself(keep_id, other_ids)
    found = {number: _lock(session, number) for number in sorted({keep_id, *other_ids})}
    keep, others = found[keep_id], [found[number] for number in dict.fromkeys(other_ids)]
    _refuse_second_lead(session, keep, others)
    moved = repoint(session, Account, keep.key, [other.key for other in others])
    for other in others:
        other.merged_into_id = keep.key
        other.archived_at = session.info["origin"].now
    session.flush()  # frees the tax ids and codes
    for other in others:
        _take_over(keep, other)
        _remember_address(session, keep, other)
    records.flush(session, ACCOUNT)
    return moved


def _refuse_itself(keep_id: int, other_ids: Sequence[int]) -> None:
    if keep_id in other_ids:
        raise Conflict(f"Account {keep_id} cannot be merged with itself.")


def _lock(session: Session, number: int) -> Account:
    """An account that may take part; raises Conflict for one that is merged or archived."""
    account = cast("Account", records.get(session, ACCOUNT, number))
    if account.merged_into_id is not None:
        raise Conflict(
            f"Account {number} was merged into account {account.merged_into_id} already.",
            hint=f"crm account show {account.merged_into_id}",
        )
    if account.archived_at is not None:
        raise Conflict(f"Account {number} ({account.name}) is archived and cannot be merged.")
    return account


def _refuse_second_lead(session: Session, keep: Account, others: Sequence[Account]) -> None:
    """An account has one open lead: the younger must be closed by whoever knows what came of it."""
    ids = [account.key for account in (keep, *others)]
    opened = select(Lead.id).where(
        col(Lead.account_id).in_(ids),
        col(Lead.status).in_(("inactive", "active")),
        col(Lead.archived_at).is_(None),
    )
    leads = session.exec(opened.order_by(col(Lead.id))).all()
    if len(leads) > 1:
        raise Conflict(
            f"{keep.name} would have more than one open lead: {', '.join(map(str, leads))}.",
            hint=f"Close the younger: crm lead refuse {leads[-1]} --reason REASON",
        )


def _take_over(keep: Account, other: Account) -> None:
    """Fill the gaps of the survivor; what it knows itself is never overwritten."""
    _take_place(keep, other)
    apart = {*SITUATED, *JOINED, "country", "tax_id"}
    for column in ACCOUNT.editable:
        name = cast("str", column.field)
        if name not in apart and getattr(keep, name) in {None, ""}:
            setattr(keep, name, getattr(other, name))
    keep.relations = tuple(sorted({*keep.relations, *other.relations}))
    keep.phone, keep.other_phones = _phones(keep, other)
    keep.note = "\n".join(dict.fromkeys(note for note in (keep.note, other.note) if note)) or None


def _take_place(keep: Account, other: Account) -> None:
    """Take the address and the tax id, which only make sense in their own country."""
    is_nowhere = not any(getattr(keep, name) for name in SITUATED)
    if is_nowhere and not keep.tax_digits and (other.city or other.tax_digits):
        keep.country = other.country
    if keep.country != other.country:
        return
    if not keep.tax_digits:
        keep.tax_id, keep.tax_digits = other.tax_id, other.tax_digits
    if is_nowhere or keep.city_folded == other.city_folded:
        for name in SITUATED:
            setattr(keep, name, getattr(keep, name) or getattr(other, name))


def _phones(keep: Account, other: Account) -> tuple[str | None, str | None]:
    """The main number of the survivor, and after it every other one of both."""
    cells = (keep.phone, keep.other_phones, other.phone, other.other_phones)
    numbers = list(dict.fromkeys(part for cell in cells if cell for part in cell.split(", ")))
    return (numbers[0] if numbers else None), ", ".join(numbers[1:]) or None


def _remember_address(session: Session, keep: Account, other: Account) -> None:
    """Mail from an address the survivor has no room for is still known to be its own."""
    if not other.email or other.email == keep.email:
        return
    known = select(MailAddress.id).where(
        MailAddress.address == other.email.lower(), col(MailAddress.archived_at).is_(None)
    )
    if session.exec(known).first() is None:
        session.add(MailAddress(address=other.email.lower(), account_id=keep.key))


def in_words(moved: Counter[str]) -> str:
    """What changed hands, for people."""
    return ", ".join(f"{count} {table.replace('_', ' ')}" for table, count in sorted(moved.items()))
