"""Marketing campaigns, their statuses, members, linked documents and stored returns."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from schema.base import (
    AUTOINCREMENT,
    BigId,
    Money,
    Quantity,
    Rate,
    Record,
    References,
    Row,
    UtcDateTime,
    record_table,
    unique_alive,
)
from schema.campaign_states import ORIGINS, ROLES
from schema.catalogue import CatalogueRecord


def _among(column: str, words: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Status(CatalogueRecord, table=True):
    """Where a campaign stands, in the company's own words (R106)."""

    __table_args__ = record_table("status", unique_alive("status", "code"))


class Campaign(Record, table=True):
    """A campaign; all its figures are without VAT, in its currency."""

    __table_args__ = record_table(
        "campaign",
        CheckConstraint("end_on >= start_on", name="period"),
        CheckConstraint("months > 0", name="months"),
    )
    references: ClassVar[References] = {
        "status_id": ("status.id", "RESTRICT"),
        "owner_id": ("employee.id", "RESTRICT"),
        "team_id": ("team.id", "RESTRICT"),
    }
    folded: ClassVar = {"name_folded": "name"}

    name: str
    name_folded: str = Field(default="", index=True)
    status_id: int | None = Field(default=None, sa_type=BigId)
    objectives: str | None = None
    start_on: date
    end_on: date
    months: int = 12
    currency: str = ""
    owner_id: int | None = Field(default=None, sa_type=BigId)
    team_id: int | None = Field(default=None, sa_type=BigId)
    estimated_cost: Decimal | None = Field(default=None, sa_type=Money)
    estimated_revenue: Decimal | None = Field(default=None, sa_type=Money)
    interaction_cost: Decimal | None = Field(default=None, sa_type=Money)
    segment: str | None = None
    note: str | None = None


class CampaignMember(Record, table=True):
    """An account the campaign is aimed at."""

    __tablename__ = "campaign_member"
    __table_args__ = (UniqueConstraint("campaign_id", "account_id"), AUTOINCREMENT)
    references: ClassVar[References] = {
        "campaign_id": ("campaign.id", "RESTRICT"),
        "account_id": ("account.id", "RESTRICT"),
        "opportunity_id": ("opportunity.id", "RESTRICT"),
    }

    campaign_id: int = Field(sa_type=BigId)
    account_id: int = Field(sa_type=BigId, index=True)
    responded_on: date | None = None
    opportunity_id: int | None = Field(default=None, sa_type=BigId)


class CampaignLink(Record, table=True):
    """A document that counts for a campaign, by hand or because of what it was made from.

    `rate` is what one unit of the campaign's currency was worth in the base currency, `amount`
    the share of the document in the campaign's currency, without VAT.
    """

    __tablename__ = "campaign_link"
    __table_args__ = (
        UniqueConstraint("campaign_id", "document_id", "role"),
        _among("role", ROLES),
        _among("origin", ORIGINS),
        CheckConstraint("share > 0 AND share <= 1000000", name="share"),
        CheckConstraint("rate > 0", name="rate"),
        AUTOINCREMENT,
    )
    references: ClassVar[References] = {
        "campaign_id": ("campaign.id", "RESTRICT"),
        "document_id": ("document.id", "RESTRICT"),
    }

    campaign_id: int = Field(sa_type=BigId)
    document_id: int = Field(sa_type=BigId, index=True)
    role: str
    origin: str = "hand"
    month: str | None = None
    is_indicator: bool = False
    share: Decimal = Field(default=Decimal(100), sa_type=Quantity)
    counted_on: date
    rate: Decimal = Field(sa_type=Rate)
    amount: Decimal = Field(sa_type=Money)


class CampaignReturn(Row, table=True):
    """Stored figures of a campaign in one month; only the job writes them."""

    __tablename__ = "campaign_return"
    __table_args__ = (UniqueConstraint("campaign_id", "month"), AUTOINCREMENT)
    references: ClassVar[References] = {"campaign_id": ("campaign.id", "CASCADE")}

    campaign_id: int = Field(sa_type=BigId)
    month: str
    cost: Decimal = Field(default=Decimal(0), sa_type=Money)
    accepted: Decimal = Field(default=Decimal(0), sa_type=Money)
    contracts: Decimal = Field(default=Decimal(0), sa_type=Money)
    invoiced: Decimal = Field(default=Decimal(0), sa_type=Money)
    indicator: Decimal = Field(default=Decimal(0), sa_type=Money)
    received: Decimal = Field(default=Decimal(0), sa_type=Money)
    computed_at: datetime = Field(sa_type=UtcDateTime)


class CampaignMark(Row, table=True):
    """A campaign whose sources changed since its returns were stored; taken while a job does it."""

    __tablename__ = "campaign_mark"
    __table_args__ = (UniqueConstraint("campaign_id"), AUTOINCREMENT)
    references: ClassVar[References] = {"campaign_id": ("campaign.id", "CASCADE")}

    campaign_id: int = Field(sa_type=BigId)
    marked_at: datetime = Field(sa_type=UtcDateTime)
    is_taken: bool = False
