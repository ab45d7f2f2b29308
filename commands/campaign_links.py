"""`crm campaign link`, `unlink` and `links`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_cli import services
from crm_cli.options import list_options, parse_option, writing_options
from crm_cli.views.campaign_links import CAMPAIGN_LINK
from crm_cli.views.campaigns import CAMPAIGN
from crm_cli.views.documents import DOCUMENT
from crm_cli.views.months import MONTH, SHARE
from schema.campaign_states import ROLES

if TYPE_CHECKING:
    from crm_cli.app import App

role_option = click.option(
    "--as", "role", type=click.Choice(list(ROLES)), required=True, help="What the document is."
)


@click.command()
@click.argument("campaign", metavar="CAMPAIGN")
@click.argument("document", metavar="DOCUMENT")
@role_option
@click.option("--month", metavar="YYYY-MM", help="Month an invoice counts in; its own by default.")
@click.option("--share", metavar="PERCENT", help="Part of the document; the whole by default.")
@writing_options
@click.pass_obj
def link(
    app: App, /, campaign: str, document: str, role: str, month: str | None, share: str | None
) -> None:
    """Count a document for a campaign; again: change how it counts.

    Costs are purchase invoices, purchase receipts, expense reports, accounting notes, internal
    consumption and treasury payments. Revenue is orders, contracts and invoices; what is invoiced
    from a linked order or contract, and what is received on it, follows by itself. Amounts are
    without VAT, in the campaign's currency. An invoice of a subscription counts for the return
    indicator of a month only when it is linked.

    Example: crm campaign link 'Toamna 2026' no:FA0007 --as revenue --month 2026-10
    """
    with app.transaction() as tx:
        terms = services.campaigns.linking.Terms(
            role=role,
            month=parse_option("--month", MONTH, month, tx.place),
            share=parse_option("--share", SHARE, share, tx.place),
        )
        linked = services.campaigns.linking.link(
            tx.session, tx.resolve(CAMPAIGN, campaign), tx.resolve(DOCUMENT, document), terms
        )
        table = tx.read(CAMPAIGN_LINK, linked.key)
    app.emit(table, CAMPAIGN_LINK)


@click.command()
@click.argument("campaign", metavar="CAMPAIGN")
@click.argument("document", metavar="DOCUMENT")
@role_option
@writing_options
@click.pass_obj
def unlink(app: App, /, campaign: str, document: str, role: str) -> None:
    """Take a document out of a campaign, with what counts only because of it.

    Example: crm campaign unlink 'Toamna 2026' no:FA0007 --as revenue
    """
    with app.transaction() as tx:
        number = tx.resolve(DOCUMENT, document)
        services.campaigns.linking.unlink(tx.session, tx.resolve(CAMPAIGN, campaign), number, role)
        table = tx.read(DOCUMENT, number)
    app.emit(table, DOCUMENT)


@click.command()
@click.argument("campaign", metavar="[CAMPAIGN]", required=False)
@list_options
@click.pass_obj
def links(app: App, /, campaign: str | None, **chosen: Any) -> None:
    """List the documents that count for campaigns.

    Example: crm campaign links 'Toamna 2026' --where 'as = cost'
    """
    if campaign is not None:
        number = app.resolve(CAMPAIGN, campaign)
        chosen |= {"also": "l.campaign_id = ?", "also_values": (number,)}
    table = app.select(CAMPAIGN_LINK, **chosen)
    app.emit(app.say_if_empty(table, "No document counts for the campaign."))
