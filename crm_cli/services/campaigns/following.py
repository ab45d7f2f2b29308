"""Documents that count for a campaign without being linked by hand, because of others that do."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlmodel import col, select

from crm_cli.services.campaigns import shares
from crm_cli.services.campaigns.amounts import WHOLE, Worth, of_document, of_net
from crm_cli.services.campaigns.marks import mark_campaign
from crm_cli.services.constants import text_of
from crm_cli.services.documents.totals import EXACT
from crm_cli.values.numbers import half_up
from schema.campaign import Campaign, CampaignLink
from schema.document import Document, DocumentSource
from schema.document_states import COST_KINDS, REVENUE_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

SOLD = ("order", "contract")
DESCENDANTS = text("""
WITH RECURSIVE chain (id) AS (
  SELECT document_id FROM document_source WHERE source_id = :document
  UNION
  SELECT s.document_id FROM chain JOIN document_source s ON s.source_id = chain.id
)
SELECT id FROM chain ORDER BY id""")


def inherit(session: Session, document: Document) -> None:
    """Link a document that is being issued to the campaign it carries; only once (R98)."""
    if document.campaign_id is None or text_of(session, "campaign.inherit") != "yes":
        return
    role = role_of(document.kind)
    if role is None or _depends(session, document):
        return
    _put(session, document, document.campaign_id, role=role, origin="campaign")


def follow(session: Session, document: Document) -> None:
    """Count a document for the campaigns of what it was made from, pays or reverses."""
    if document.issued_at is None:
        return
    if document.kind == "receipt":
        for invoice in _invoices(session, document):
            _count_receipts(session, invoice)
        return
    for link in _leading(session, document):
        reverses = link.document_id == document.reverses_id
        _put(
            session,
            document,
            link.campaign_id,
            role=link.role,
            origin="source",
            share=link.share,
            month=link.month if reverses else None,
            is_indicator=link.is_indicator and reverses,
        )


def refollow(session: Session, campaign_id: int, document: Document) -> None:
    """Count anew what follows a document whose link was set, changed or taken away."""
    session.flush()
    ids = [document.key, *descendants(session, document.key)]
    stale = select(CampaignLink).where(
        col(CampaignLink.campaign_id) == campaign_id,
        col(CampaignLink.document_id).in_(ids),
        col(CampaignLink.origin) == "source",
    )
    for link in session.exec(stale).all():
        session.delete(link)
    session.flush()
    for number in ids:
        follow(session, session.get_one(Document, number))
    mark_campaign(session, campaign_id)


def role_of(kind: str) -> str | None:
    """What documents of a kind are for a campaign."""
    return "revenue" if kind in REVENUE_KINDS else "cost" if kind in COST_KINDS else None


def descendants(session: Session, document_id: int) -> Sequence[int]:
    """What was made from a document, pays it or reverses it, at any distance."""
    return session.connection().execute(DESCENDANTS, {"document": document_id}).scalars().all()


def find(session: Session, campaign_id: int, document_id: int, role: str) -> CampaignLink | None:
    """The link of a document to a campaign."""
    return session.exec(
        select(CampaignLink).where(
            col(CampaignLink.campaign_id) == campaign_id,
            col(CampaignLink.document_id) == document_id,
            col(CampaignLink.role) == role,
        )
    ).first()


def _depends(session: Session, document: Document) -> bool:
    """Whether a document counts by what it comes from alone: it bills, pays or reverses it."""
    if document.reverses_id is not None:
        return True
    sources = select(Document.kind).join(
        DocumentSource, col(DocumentSource.source_id) == col(Document.id)
    )
    kinds = session.exec(sources.where(col(DocumentSource.document_id) == document.key)).all()
    return any(kind in SOLD or kind in COST_KINDS for kind in kinds)


def _leading(session: Session, document: Document) -> Sequence[CampaignLink]:
    """The links a document follows; their documents stay locked, so that none slips in."""
    source = (
        select(Document.id)
        .join(DocumentSource, col(DocumentSource.source_id) == col(Document.id))
        .where(col(DocumentSource.document_id) == document.key)
    )
    if document.reverses_id is not None:
        source = source.where(col(Document.id) == document.reverses_id)
    elif document.kind == "invoice":
        source = source.where(col(Document.kind).in_(SOLD))
    else:
        return ()
    ids = session.exec(source.order_by(col(Document.id)).with_for_update(of=Document)).all()
    links = select(CampaignLink).where(col(CampaignLink.document_id).in_(ids))
    return session.exec(links.order_by(col(CampaignLink.id))).all()


def _put(
    session: Session,
    document: Document,
    campaign_id: int,
    *,
    role: str,
    share: Decimal = WHOLE,
    month: str | None = None,
    **as_well: Any,
) -> None:
    """Add a link with its amount, unless the document counts for the campaign already."""
    if find(session, campaign_id, document.key, role) is not None:
        return
    shares.check(session, document, share, but_campaign_id=campaign_id)
    campaign = session.get_one(Campaign, campaign_id)
    worth = of_document(session, campaign, document, share=share, month=month)
    link = CampaignLink(
        campaign_id=campaign_id,
        document_id=document.key,
        role=role,
        share=share,
        month=month,
        **as_well,
        **vars(worth),
    )
    session.add(link)
    session.flush()
    mark_campaign(session, campaign_id)


def _invoices(session: Session, receipt: Document) -> Sequence[Document]:
    return session.exec(
        select(Document)
        .join(DocumentSource, col(DocumentSource.source_id) == col(Document.id))
        .where(col(DocumentSource.document_id) == receipt.key)
        .where(col(DocumentSource.amount).is_not(None), col(Document.kind) == "invoice")
        .order_by(col(Document.id))
        .with_for_update(of=Document)
    ).all()


def _count_receipts(session: Session, invoice: Document) -> None:
    """Count what was received on an invoice for each of its campaigns, without VAT."""
    links = select(CampaignLink).where(col(CampaignLink.document_id) == invoice.key)
    parts = _received(session, invoice)
    for link in session.exec(links.order_by(col(CampaignLink.id))).all():
        campaign = session.get_one(Campaign, link.campaign_id)
        for receipt, net in parts:
            worth = of_net(session, campaign, receipt, net=net, share=link.share)
            _count_receipt(session, link, receipt, worth)
        mark_campaign(session, campaign.key)


def _received(session: Session, invoice: Document) -> list[tuple[Document, Decimal]]:
    """The issued receipts of an invoice, each with what it pays of the net.

    The parts are rounded as a running total, so that together they are exactly the net.
    """
    payments = session.exec(
        select(Document, DocumentSource)
        .join(DocumentSource, col(DocumentSource.document_id) == col(Document.id))
        .where(col(DocumentSource.source_id) == invoice.key, col(Document.kind) == "receipt")
        .where(col(DocumentSource.amount).is_not(None), col(Document.issued_at).is_not(None))
        .order_by(col(Document.id))
    ).all()
    paid = counted = Decimal(0)
    parts = []
    for receipt, payment in payments:
        paid += payment.amount or Decimal(0)
        net = half_up(EXACT.divide(EXACT.multiply(invoice.net, paid), invoice.gross), 2)
        parts.append((receipt, net - counted))
        counted = net
    return parts


def _count_receipt(
    session: Session, invoice: CampaignLink, receipt: Document, worth: Worth
) -> None:
    link = find(session, invoice.campaign_id, receipt.key, invoice.role)
    if link is None:
        link = CampaignLink(
            campaign_id=invoice.campaign_id,
            document_id=receipt.key,
            role=invoice.role,
            origin="source",
            share=invoice.share,
            **vars(worth),
        )
        session.add(link)
    link.share, link.amount, link.rate = invoice.share, worth.amount, worth.rate
    session.flush()
