"""What a contract lacks before it can close the pursuit of a lead."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.services.documents.lifecycle import advance, check_step, get
from schema.account import Account
from schema.document import Document, DocumentLine

if TYPE_CHECKING:
    from sqlmodel import Session

REMEDIES = {
    "number": "crm document finalize {contract}",
    "date": "crm document edit {contract} --date D",
    "period": "crm document edit {contract} --start D --end D",
    "lines with value": "crm document edit {contract} --line 'PRODUCT;QTY;PRICE'",
    "signatory": "crm document edit {contract} --signatory NAME",
    "tax id of the client": "crm account edit {account} --tax-id ID",
    "registration number of the client": "crm account edit {account} --registration-no NO",
    "address of the client": "crm account edit {account} --address ADDRESS",
}


def missing(session: Session, contract: Document) -> list[str]:
    """What a contract and its client still lack, in the words of REMEDIES."""
    account = session.get_one(Account, contract.account_id)
    there = {
        "number": contract.label,
        "date": contract.dated_on,
        "period": contract.starts_on and (contract.ends_on or contract.is_subscription),
        "lines with value": _has_value(session, contract),
        "signatory": contract.signatory,
        "tax id of the client": account.tax_id,
        "registration number of the client": account.registration_no,
        "address of the client": account.address,
    }
    return [name for name, value in there.items() if not value]


def remedy(contract: Document, name: str) -> str:
    """The command that provides what is missing."""
    return REMEDIES[name].format(contract=contract.id, account=contract.account_id)


def warnings(session: Session, number: int) -> list[str]:
    """One sentence for each thing a contract lacks; none for other documents."""
    contract = session.get_one(Document, number)
    if contract.kind != "contract":
        return []
    return [
        f"The contract {contract.id} lacks the {name}: {remedy(contract, name)}"
        for name in missing(session, contract)
    ]


def sign(session: Session, number: int, signatory: str | None) -> Document:
    """Note that a contract was signed, and by whom."""
    contract = get(session, number)
    check_step(contract, "sign")
    if signatory:
        contract.signatory = signatory
    return advance(session, number, "sign")


def _has_value(session: Session, contract: Document) -> bool:
    valued = select(DocumentLine.id).where(col(DocumentLine.document_id) == contract.key)
    return (
        session.exec(valued.where(col(DocumentLine.net) > Decimal(0)).limit(1)).first() is not None
    )
