"""How the members of campaigns look from outside (R105)."""

from __future__ import annotations

from crm_cli.views.types import BOOLEAN, DATE
from crm_cli.views.view import Column, View, id_column, record_columns, with_id

CAMPAIGN_MEMBER = View(
    noun="campaign_member",
    entity="schema.campaign:CampaignMember",
    alias="m",
    source=(
        "campaign_member m"
        " JOIN campaign c ON c.id = m.campaign_id"
        " JOIN account a ON a.id = m.account_id"
        " LEFT JOIN opportunity o ON o.id = m.opportunity_id"
    ),
    search=("a.name_folded", "a.city_folded"),
    title="account",
    columns=(
        id_column("m"),
        *with_id(
            Column(
                name="campaign",
                sql="c.name",
                folded="c.name_folded",
                noun="campaign",
                key="m.campaign_id",
                labels=("Campaign", "Campanie", "Kampania"),
            )
        ),
        *with_id(
            Column(
                name="account",
                sql="a.name",
                folded="a.name_folded",
                noun="account",
                key="m.account_id",
                labels=("Account", "Partener", "Kontrahent"),
                listed=True,
            )
        ),
        Column(
            name="account_external_id",
            sql="a.external_id",
            labels=("Account external id", "Cod extern", "Kod zewnętrzny"),
        ),
        Column(
            name="code",
            sql="a.code",
            labels=("Account code", "Cod intern", "Kod wewnętrzny"),
            listed=True,
        ),
        Column(
            name="registration_no",
            sql="a.registration_no",
            labels=("Registration no.", "Reg. com.", "Nr rejestru"),
            listed=True,
        ),
        Column(name="tax_id", sql="a.tax_id", labels=("Tax id", "Cod fiscal", "NIP"), listed=True),
        Column(
            name="city",
            sql="a.city",
            folded="a.city_folded",
            labels=("City", "Localitate", "Miejscowość"),
        ),
        Column(
            name="responded",
            sql="(m.responded_on IS NOT NULL)",
            type=BOOLEAN,
            labels=("Responded", "A răspuns", "Odpowiedział"),
        ),
        Column(
            name="responded_on",
            sql="m.responded_on",
            type=DATE,
            labels=("Responded on", "Data răspunsului", "Data odpowiedzi"),
            listed=True,
        ),
        *with_id(
            Column(
                name="opportunity",
                sql="o.name",
                folded="o.name_folded",
                noun="opportunity",
                key="m.opportunity_id",
                labels=("Opportunity", "Oportunitate", "Szansa sprzedaży"),
                listed=True,
            )
        ),
        *record_columns("m"),
    ),
)
