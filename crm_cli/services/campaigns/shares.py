"""How much of a document belongs to which campaign."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlmodel import col, func, select

from crm_cli.errors import Conflict
from crm_cli.services.campaigns.amounts import WHOLE
from schema.campaign import CampaignLink

if TYPE_CHECKING:
    from sqlmodel import Session

    from schema.document import Document


def check(session: Session, document: Document, share: Decimal, *, but_campaign_id: int) -> None:
    """Raise Conflict where campaigns would hold more than the whole document.

    The caller holds the document's row, so two commands cannot both take what is left.
    """
    taken = session.exec(
        select(func.sum(col(CampaignLink.share))).where(
            col(CampaignLink.document_id) == document.key,
            col(CampaignLink.campaign_id) != but_campaign_id,
        )
    ).one() or Decimal(0)
    left = WHOLE - taken
    if share > left:
        name = document.label or document.id
        raise Conflict(
            f"Of the {document.kind.replace('_', ' ')} {name} {_percent(left)} is left for"
            f" campaigns, not {_percent(share)}.",
            hint=f"crm campaign link CAMPAIGN {document.id} --share {_percent(left)}"
            if left
            else f"crm campaign links --where 'document_id = {document.id}'",
        )


def _percent(share: Decimal) -> str:
    return f"{share.normalize():f}%"
