"""`crm campaign member`, `respond` and `generate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_cli import services
from crm_cli.options import chosen_ids, list_options, parse_option, targets, writing_options
from crm_cli.portions import portions
from crm_cli.views.accounts import ACCOUNT
from crm_cli.views.campaign_members import CAMPAIGN_MEMBER
from crm_cli.views.campaigns import CAMPAIGN
from crm_cli.views.catalogues import SERIES
from crm_cli.views.employees import EMPLOYEE
from crm_cli.views.opportunities import OPPORTUNITY
from crm_cli.views.table import Table
from crm_cli.views.types import DATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.app import App
    from crm_cli.transaction import Transaction
    from crm_cli.views.view import View

AT_ONCE = 10_000
"""Records that one statement names: databases take only so many parameters."""


@click.group()
def member() -> None:
    """The accounts a campaign is aimed at."""


@member.command()
@click.argument("campaign", metavar="CAMPAIGN")
@targets
@writing_options
@click.pass_obj
def add(
    app: App, /, campaign: str, references: tuple[str, ...], where: tuple[str, ...], yes: bool
) -> None:
    """Aim a campaign at accounts; those it has already stay as they are.

    Example: crm campaign member add 'Toamna 2026' --where 'county in (Iași, Vaslui)'
    --where 'turnover > 1000000' --yes
    """
    with app.transaction() as tx:
        number = tx.resolve(CAMPAIGN, campaign)
        accounts = chosen_ids(app, tx, ACCOUNT, references, where=where, yes=yes)
        members = services.campaigns.members.add(tx.session, number, accounts)
        table = _rows(tx, CAMPAIGN_MEMBER, members)
    app.emit(table, CAMPAIGN_MEMBER)


@member.command()
@click.argument("campaign", metavar="CAMPAIGN")
@targets
@writing_options
@click.pass_obj
def remove(
    app: App, /, campaign: str, references: tuple[str, ...], where: tuple[str, ...], yes: bool
) -> None:
    """Take accounts out of a campaign; opportunities made for them stay.

    Example: crm campaign member remove 'Toamna 2026' RO14399840
    """
    with app.transaction() as tx:
        number = tx.resolve(CAMPAIGN, campaign)
        accounts = chosen_ids(app, tx, ACCOUNT, references, where=where, yes=yes)
        members = services.campaigns.members.chosen(tx.session, number, accounts, strict=not where)
        table = _rows(tx, CAMPAIGN_MEMBER, members)
        services.campaigns.members.remove(tx.session, members)
    app.emit(table, CAMPAIGN_MEMBER)


@member.command("list")
@click.argument("campaign", metavar="CAMPAIGN")
@list_options
@click.pass_obj
def list_(app: App, /, campaign: str, **chosen: Any) -> None:
    """List the members of a campaign.

    Example: crm campaign member list 'Toamna 2026' --where 'responded = yes'
    """
    number = app.resolve(CAMPAIGN, campaign)
    table = app.select(CAMPAIGN_MEMBER, **chosen, also="m.campaign_id = ?", also_values=(number,))
    app.emit(app.say_if_empty(table, "The campaign has no such members."))


@click.command()
@click.argument("campaign", metavar="CAMPAIGN")
@click.argument("reference", metavar="REF")
@click.option("--on", metavar="DATE", help="The day of the answer; today unless given.")
@writing_options
@click.pass_obj
def respond(app: App, /, campaign: str, reference: str, on: str | None) -> None:
    """Note that a member answered.

    Example: crm campaign respond 'Toamna 2026' RO14399840 --on 15.10.2026
    """
    with app.transaction() as tx:
        day = parse_option("--on", DATE, on, tx.place) or tx.place.today
        number = services.campaigns.members.respond(
            tx.session, tx.resolve(CAMPAIGN, campaign), tx.resolve(ACCOUNT, reference), day
        )
        table = tx.read(CAMPAIGN_MEMBER, number)
    app.emit(table, CAMPAIGN_MEMBER)


@click.command()
@click.argument("campaign", metavar="CAMPAIGN")
@click.option("--series", metavar="SERIES", help="Book the opportunities take numbers from.")
@click.option("--owner", metavar="EMPLOYEE", help="The account's owner unless given.")
@writing_options
@click.pass_obj
def generate(app: App, /, campaign: str, series: str | None, owner: str | None) -> None:
    """Open an opportunity for each member that has none yet.

    Example: crm campaign generate 'Toamna 2026' --owner ana
    """
    with app.transaction() as tx:
        made = services.campaigns.members.generate(
            tx.session,
            tx.resolve(CAMPAIGN, campaign),
            series_id=tx.resolve(SERIES, series) if series else None,
            owner_id=tx.resolve(EMPLOYEE, owner) if owner else None,
        )
        table = _rows(tx, OPPORTUNITY, made)
    app.emit(app.say_if_empty(table, "Every member has an opportunity."), OPPORTUNITY)


def _rows(tx: Transaction, view: View, ids: Sequence[int]) -> Table:
    """The records as a list, even where there is one or none."""
    rows = [row for some in portions(ids, AT_ONCE) for row in tx.read(view, *some).rows]
    return Table(view.columns, rows)
