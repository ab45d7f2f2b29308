"""`crm rate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import services
from crm_cli.options import column_options, take, writing_options
from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.rates import RATE

if TYPE_CHECKING:
    from crm_cli.app import App


@click.group()
def rate() -> None:
    """Exchange rates to the company's currency."""


standard_verbs(rate, RATE, "list", "show", "edit", "remove")
spreadsheet_verbs(rate, RATE)


@rate.command()
@column_options(RATE, adding=True)
@writing_options
@click.pass_obj
def add(app: App, /, **values: str | None) -> None:
    """Set the rate of a currency on a day; a rate that is there already is changed.

    Example: crm rate add --currency EUR --date today --rate 5,0891
    """
    with app.transaction() as tx:
        kept = services.exchange_rates.put(tx.session, take(tx, RATE, values))
        table = tx.read(RATE, kept)
    app.emit(table, RATE)
