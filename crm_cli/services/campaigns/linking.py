"""Linking documents to campaigns by hand, as cost or as revenue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.errors import Conflict, NotFound, UsageError
from crm_cli.services.campaigns import shares, windows
from crm_cli.services.campaigns.amounts import WHOLE, of_document
from crm_cli.services.campaigns.following import find, refollow, role_of
from crm_cli.services.campaigns.marks import mark_campaign
from crm_cli.services.documents import lifecycle
from schema.campaign import Campaign, CampaignLink
from schema.campaign_states import LINKABLE
from schema.document import Document, DocumentSource
from schema.document_states import COST_KINDS, REVENUE_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlmodel import Session

KINDS = {"cost": COST_KINDS, "revenue": REVENUE_KINDS}


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How a document is to count; what is None stays as it is, or is the whole of it."""

    role: str
    month: str | None = None
    share: Decimal | None = None


def link(session: Session, campaign_id: int, document_id: int, terms: Terms) -> CampaignLink:
    """Count a document for a campaign, or change how it counts (R98 to R103)."""
    campaign = session.get_one(Campaign, campaign_id)
    document = lifecycle.get(session, document_id)
    _check(session, document, terms)
    known = find(session, campaign_id, document_id, terms.role)
    share = terms.share or (known.share if known else WHOLE)
    month = terms.month or (known.month if known else None)
    shares.check(session, document, share, but_campaign_id=campaign_id)
    placed = _placed(session, campaign, document, month)
    worth = of_document(session, campaign, document, share=share, month=placed["month"])
    keys = {"campaign_id": campaign_id, "document_id": document_id, "role": terms.role}
    settled = {"origin": "hand", "share": share, **placed, **vars(worth)}
    found = _write(session, known, keys | settled)
    refollow(session, campaign_id, document)
    return found


def unlink(session: Session, campaign_id: int, document_id: int, role: str) -> None:
    """Take a document out of a campaign, with all that counts only because of it."""
    document = lifecycle.get(session, document_id)
    found = find(session, campaign_id, document_id, role)
    if found is None:
        raise NotFound(
            f"{lifecycle.title(document)} is not linked to the campaign {campaign_id} as {role}.",
            hint=f"crm campaign links {campaign_id}",
        )
    if found.origin == "source":
        raise _follows(session, campaign_id, document)
    session.delete(found)
    refollow(session, campaign_id, document)


def revalue(session: Session, campaign: Campaign) -> None:
    """Compute the amounts of the contracts of a campaign again, after its validity changed."""
    links = session.exec(
        select(CampaignLink, Document)
        .join(Document, col(Document.id) == col(CampaignLink.document_id))
        .where(col(CampaignLink.campaign_id) == campaign.key, col(Document.kind) == "contract")
    ).all()
    for found, document in links:
        worth = of_document(session, campaign, document, share=found.share)
        found.rate, found.amount = worth.rate, worth.amount
    session.flush()
    mark_campaign(session, campaign.key)


def _check(session: Session, document: Document, terms: Terms) -> None:
    _check_kind(document, terms.role)
    _check_state(document)
    if terms.month is not None and document.kind != "invoice":
        raise UsageError(
            f"{lifecycle.title(document)} counts on its own date; only invoices have a --month."
        )
    if terms.role == "cost":
        _refuse_payment(session, document)


def _check_kind(document: Document, role: str) -> None:
    if document.kind in KINDS[role]:
        return
    other = role_of(document.kind)
    raise Conflict(
        f"{lifecycle.title(document)} is no {role} of a campaign; these kinds are:"
        f" {', '.join(KINDS[role])}.",
        hint=f"crm campaign link CAMPAIGN {document.id} --as {other}" if other else None,
    )


def _check_state(document: Document) -> None:
    states = LINKABLE.get(document.kind, ("posted",))
    if document.status not in states:
        raise Conflict(
            f"{lifecycle.title(document)} is {document.status}; it must be"
            f" {' or '.join(states)} to count for a campaign.",
            hint=lifecycle.lead_to(document, states[0]),
        )
    if document.reverses_id is not None:
        raise Conflict(
            f"{lifecycle.title(document)} reverses another document and counts with it.",
            hint=f"crm document show {document.reverses_id}",
        )


def _refuse_payment(session: Session, document: Document) -> None:
    """Refuse what would count a cost twice: a document and its payment."""
    for other in _paid_and_paying(session, document):
        counted = session.exec(
            select(CampaignLink.campaign_id).where(col(CampaignLink.document_id) == other.key)
        ).first()
        if counted is not None:
            raise Conflict(
                f"{lifecycle.title(document)} and {lifecycle.title(other)} are one cost, and"
                f" {lifecycle.title(other)} is linked to the campaign {counted} already.",
                hint=f"crm campaign unlink {counted} {other.id} --as cost",
            )


def _paid_and_paying(session: Session, document: Document) -> Sequence[Document]:
    paid = select(DocumentSource.source_id).where(DocumentSource.document_id == document.key)
    paying = select(DocumentSource.document_id).where(DocumentSource.source_id == document.key)
    return session.exec(
        select(Document)
        .where(col(Document.id).in_(paid) | col(Document.id).in_(paying))
        .order_by(col(Document.id))
        .with_for_update()
    ).all()


def _placed(
    session: Session, campaign: Campaign, document: Document, month: str | None
) -> dict[str, Any]:
    """The month; one of a subscription invoice must lie in the validity of the campaign."""
    contract = windows.subscription_of(session, document)
    if contract is None:
        return {"month": month, "is_indicator": False}
    month = month or f"{document.dated_on:%Y-%m}"
    windows.check(session, campaign, contract, month)
    return {"month": month, "is_indicator": True}


def _write(session: Session, known: CampaignLink | None, settled: dict[str, Any]) -> CampaignLink:
    """Add a link, or change the one there is where it differs."""
    if known is None:
        known = CampaignLink(**settled)
        session.add(known)
    for name, value in settled.items():
        if getattr(known, name) != value:
            setattr(known, name, value)
    session.flush()
    return known


def _follows(session: Session, campaign_id: int, document: Document) -> Conflict:
    leading = session.exec(
        select(Document)
        .join(DocumentSource, col(DocumentSource.source_id) == col(Document.id))
        .join(CampaignLink, col(CampaignLink.document_id) == col(Document.id))
        .where(DocumentSource.document_id == document.key)
        .where(CampaignLink.campaign_id == campaign_id)
        .order_by(col(Document.id))
    ).first()
    named = lifecycle.title(leading) if leading else "another document"
    return Conflict(
        f"{lifecycle.title(document)} counts because {named} is linked.",
        hint=f"crm campaign unlink {campaign_id} {leading.id} --as {role_of(leading.kind)}"
        if leading
        else None,
    )
