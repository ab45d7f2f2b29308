"""`crm today`."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from crm_cli.constants import value_of
from crm_cli.options import file_options, output_options
from crm_cli.views.today import TODAY, table

if TYPE_CHECKING:
    from crm_cli.app import App


@click.command()
@click.option(
    "--days", type=click.IntRange(0, 366), default=7, help="How many days ahead; 7 unless given."
)
@click.option("--watch", is_flag=True, help="Show it again every task.refresh_minutes.")
@output_options
@file_options
@click.pass_obj
def today(app: App, days: int, watch: bool) -> None:
    """Show what waits for me: overdue, today, the next days, unread messages.

    Example: crm today --days 14
    """
    _show(app, days)
    minutes = value_of(app.reader, "task.refresh_minutes", app.place) if watch else 0
    while minutes:
        time.sleep(60 * minutes)
        click.clear()
        _show(replace(app), days)  # a new App, because the clock of one stands still


def _show(app: App, days: int) -> None:
    with app.database.translated():
        found = table(app.reader, app.place, app.me, days)
    app.emit(app.say_if_empty(found, "Nothing waits for you."), TODAY)
