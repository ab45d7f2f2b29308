"""The lines of a document: what is sold, how much of it, at which price and VAT."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlmodel import col, select

from crm_cli.errors import Conflict
from crm_cli.services.documents import totals
from crm_cli.services.rates import rate_on
from crm_cli.values.numbers import half_up
from schema.catalogue import Tax
from schema.document import DocumentLine, DocumentTax
from schema.document_states import WITHOUT_VAT
from schema.product import Product

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session

    from schema.document import Document


OWN = {
    "id",
    "document_id",
    "version",
    "external_id",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "archived_at",
}
"""Columns a copy of a row does not take over."""


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """A line to be written; what is None comes from the product, the VAT else from the country."""

    product_id: int | None = None
    text: str | None = None
    unit: str | None = None
    quantity: Decimal = Decimal(0)
    price: Decimal | None = None
    tax_id: int | None = None
    is_chapter: bool = False
    source_line_id: int | None = None


def of(session: Session, document_id: int) -> Sequence[DocumentLine]:
    """The lines of a document, in their order."""
    return session.exec(
        select(DocumentLine)
        .where(col(DocumentLine.document_id) == document_id)
        .order_by(col(DocumentLine.position))
    ).all()


def append(session: Session, document: Document, lines: Iterable[NewLine]) -> None:
    """Write lines after those there are, and count the document anew."""
    position = len(of(session, document.key))
    for line in lines:
        position += 1
        session.add(row_of(session, document, position, line))
    session.flush()
    recount(session, document)


def replace(session: Session, document: Document, lines: Iterable[NewLine]) -> None:
    """Write lines in place of those there are."""
    clear(session, document)
    append(session, document, lines)


def clear(session: Session, document: Document) -> None:
    """Take the lines and the VAT off a draft."""
    for row in (*of(session, document.key), *_taxes(session, document)):
        session.delete(row)
    session.flush()


def copy(line: DocumentLine, quantity: Decimal) -> NewLine:
    """The line of a source as a line of what is made from it."""
    return NewLine(
        product_id=line.product_id,
        text=line.text,
        unit=line.unit,
        quantity=quantity,
        price=line.price,
        tax_id=line.tax_id,
        is_chapter=line.is_chapter,
        source_line_id=line.id,
    )


def recount(session: Session, document: Document) -> None:
    """Bring VAT and totals of a draft in line with its lines."""
    lines = of(session, document.key)
    taxes = session.exec(select(Tax).where(col(Tax.id).in_({line.tax_id for line in lines}))).all()
    found = totals.total(
        [(line.tax_id, line.net) for line in lines], {tax.key: tax.rate for tax in taxes}
    )
    kept = {tax.tax_id: tax for tax in _taxes(session, document)}
    for tax in found.taxes:
        row = kept.pop(tax.tax_id, None) or DocumentTax(
            document_id=document.key, tax_id=tax.tax_id, rate=tax.rate, net=tax.net, vat=tax.vat
        )
        row.rate, row.net, row.vat = tax.rate, tax.net, tax.vat
        session.add(row)
    for row in kept.values():
        session.delete(row)
    document.net, document.vat, document.gross = found.net, found.vat, found.gross
    session.flush()


def standard_tax(session: Session) -> Tax:
    """The standard VAT rate of the company's country."""
    country = session.info["place"].country
    found = session.exec(
        select(Tax)
        .where(col(Tax.country) == country, col(Tax.category) == "S")
        .where(col(Tax.archived_at).is_(None))
        .order_by(col(Tax.rate).desc(), col(Tax.id))
        .limit(1)
    ).first()
    if found is None:
        raise Conflict(
            "There is no standard VAT rate of {country}.",
            hint="crm tax add --code {country}21 --name-en NAME --rate 21 --country {country}",
            country=country,
        )
    return found


def _taxes(session: Session, document: Document) -> Sequence[DocumentTax]:
    return session.exec(
        select(DocumentTax).where(col(DocumentTax.document_id) == document.key)
    ).all()


def row_of(session: Session, document: Document, position: int, line: NewLine) -> DocumentLine:
    """The line as it stands on a document, with what it has from its product."""
    if line.is_chapter:
        return DocumentLine(
            document_id=document.key,
            position=position,
            is_chapter=True,
            text=line.text or "",
            source_line_id=line.source_line_id,
        )
    product = session.get_one(Product, line.product_id) if line.product_id else None
    price = line.price if line.price is not None else _price(session, document, product)
    return DocumentLine(
        document_id=document.key,
        position=position,
        product_id=line.product_id,
        text=line.text or (product.name if product else ""),
        unit=line.unit or (product.unit if product else None),
        quantity=line.quantity,
        price=price,
        net=totals.line_net(line.quantity, price),
        tax_id=line.tax_id or _tax(session, document, product),
        source_line_id=line.source_line_id,
    )


def _price(session: Session, document: Document, product: Product | None) -> Decimal:
    """The catalogue's price in the currency of the document, at the rates of its date."""
    if product is None:
        return Decimal(0)
    if product.currency == document.currency:
        return product.price
    rate, _ = rate_on(session, product.currency, document.dated_on)
    in_base = totals.EXACT.multiply(product.price, rate)
    return half_up(totals.EXACT.divide(in_base, document.rate), 4)


def _tax(session: Session, document: Document, product: Product | None) -> int | None:
    if document.kind in WITHOUT_VAT:
        return None
    if product is not None and product.tax_id is not None:
        return product.tax_id
    return standard_tax(session).key
