"""`crm report`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import reports
from crm_cli.options import file_options, output_options, where_option

if TYPE_CHECKING:
    from crm_cli.app import App


@click.command()
@click.argument("name", type=click.Choice(reports.NAMES), metavar="NAME")
@where_option
@output_options
@file_options
@click.pass_obj
def report(app: App, name: str, where: tuple[str, ...]) -> None:
    """Make a report: pipeline (open opportunities by owner and stage).

    Example: crm report pipeline --output pipeline.xlsx
    """
    with app.database.translated():
        table = reports.load(name).run(app.reader, app.place, where)
    app.emit(app.say_if_empty(table, "Nothing to report."))
