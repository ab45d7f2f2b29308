"""A lead of a file: its account, the person to ask for, its competitors, the pursuit itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crm_cli.imports.plans.parts import part_of
from crm_cli.imports.plans.plan import Identity, Part, Plan, pass_over_nothing
from crm_cli.imports.plans.pursuits import PROCESS, Pursuits
from crm_cli.views.accounts import ACCOUNT
from crm_cli.views.contacts import CONTACT
from crm_cli.views.leads import LEAD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crm_cli.imports.plans.entry import Values

OWN = {"owner", "team", "priority", "campaign", "note", "external_id"}
OF_LEAD = {*OWN, *PROCESS, "reason"}
NOT_FROM_LEADS = {"relations", "code", "sales_rep", "service_rep", *OWN}

_ALIASES = ("Contact person", "Persoana contact", "Osoba do kontaktu", "Reprezentant")
PERSON = replace(
    CONTACT.by_name["name"],
    name="contact",
    labels=LEAD.by_name["contact"].labels,
    aliases=_ALIASES,
    required=False,
)
COMPETITORS = replace(LEAD.by_name["competitors"], noun="account", field="competitor_id")


def lead_plan(*, existing_customer: str) -> Plan:
    """How a row becomes a lead; a customer gets one only where `existing_customer` is `lead`."""
    of_account = [one for one in ACCOUNT.loadable if one.name not in NOT_FROM_LEADS]
    of_lead = tuple(column for column in LEAD.loadable if column.name in OF_LEAD)
    pursuits = Pursuits()
    return Plan(
        noun="lead",
        own="lead",
        shown=LEAD.columns,
        parts=(
            replace(part_of(ACCOUNT, of_account), fitting=lambda session: relate),
            replace(
                part_of(CONTACT, (PERSON, CONTACT.by_name["job_title"])),
                optional=True,
                links={"account_id": "account"},
            ),
            Part(
                name="competitor",
                entity_path="schema.competitor:Competitor",
                columns=(COMPETITORS,),
                identities=(Identity(("account_id", "competitor_id"), unique=True),),
                links={"account_id": "account"},
                alive="competitor.archived_at IS NULL",
                many=True,
            ),
            Part(
                name="lead",
                entity_path=LEAD.entity,
                columns=of_lead,
                identities=(Identity(("account_id",), unique=True),),
                links={"account_id": "account", "contact_id": "contact"},
                alive="lead.status IN ('inactive', 'active') AND lead.archived_at IS NULL",
            ),
        ),
        arranging=pursuits.arranging,
        settling=pursuits.settling,
        finishing=pursuits.finishing,
        passes_over=is_customer if existing_customer == "skip" else pass_over_nothing,
    )


def relate(now: Mapping[str, Any] | None, values: Values) -> Values:
    """The account is a lead too, whatever else it is."""
    kept = set(now["relations"] if now else ())
    return {**values, "relations": tuple(sorted({*kept, "lead"}))}


def is_customer(found: Mapping[str, Any]) -> bool:
    """Whether the account buys from us already, and nobody pursues it."""
    account = found["account"]
    return account is not None and "customer" in account["relations"] and found["lead"] is None
