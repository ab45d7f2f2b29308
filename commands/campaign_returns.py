"""`crm campaign returns`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_cli.errors import UsageError
from crm_cli.options import file_options, output_options
from crm_cli.periods import read_period
from crm_cli.reports import campaign_explanation, campaign_returns, campaign_suggestions
from crm_cli.reports.campaign_columns import (
    EXPLANATION,
    MONTHLY_RETURNS,
    PERIOD_RETURNS,
    RETURNS,
    SUGGESTIONS,
)
from crm_cli.views.campaigns import CAMPAIGN

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.views.months import Period
    from crm_cli.views.table import Table
    from crm_cli.views.view import View


@click.command()
@click.argument("reference", metavar="[REF]", required=False)
@click.option("--from", "start", metavar="M|D", help="First month or day of the revenue.")
@click.option("--to", "end", metavar="M|D", help="Last month or day of the revenue.")
@click.option("--by", type=click.Choice(["month"]), help="A row for each month.")
@click.option("--explain", is_flag=True, help="Every document behind the figures, and why.")
@click.option("--suggest", is_flag=True, help="Subscription invoices that could be linked.")
@file_options
@output_options
@click.pass_obj
def returns(
    app: App, /, reference: str | None, start: str | None, end: str | None, **how: Any
) -> None:
    """Show what campaigns cost and what they return, without VAT.

    Profit is what was invoiced less the total cost, ROI is profit by total cost. A period limits
    revenue only: its figures stand beside those of the whole campaign.

    Example: crm campaign returns 'Toamna 2026' --from 2026-10 --to 2026-12 --output returns.xlsx
    """
    chosen = [name for name, value in how.items() if value]
    if len(chosen) > 1:
        raise UsageError(f"Choose one of {', '.join(f'--{name}' for name in chosen)}.")
    number = None if reference is None else app.resolve(CAMPAIGN, reference)
    period = read_period(start, end, app.place) or None
    with app.database.translated():
        table, view = _report(app, number, period, *chosen)
    app.emit(app.say_if_empty(table, "There is nothing to show."), view)


def _report(
    app: App, number: int | None, period: Period | None, how: str = "whole"
) -> tuple[Table, View]:
    """The table asked for, and its columns."""
    if how == "suggest":
        return campaign_suggestions.suggest(app.reader, campaign_id=number), SUGGESTIONS
    if how == "explain":
        explained = campaign_explanation.explain(app.reader, campaign_id=number, period=period)
        return explained, EXPLANATION
    if how == "by":
        by_month = campaign_returns.monthly(app.reader, campaign_id=number, period=period)
        return by_month, MONTHLY_RETURNS
    table, warnings = campaign_returns.returns(
        app.reader, app.place, campaign_id=number, period=period
    )
    for warning in warnings:
        app.warn(warning)
    return table, PERIOD_RETURNS if period else RETURNS
