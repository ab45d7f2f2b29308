"""`crm report`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import reports
from crm_cli.options import file_options, output_options, where_option
from crm_cli.periods import read_period

if TYPE_CHECKING:
    from crm_cli.app import App


@click.command()
@click.argument("name", type=click.Choice(reports.NAMES), metavar="NAME")
@click.option("--from", "start", metavar="M|D", help="First month or day.")
@click.option("--to", "end", metavar="M|D", help="Last month or day.")
@click.option(
    "--by", type=click.Choice(["day", "week"]), help="A row for each day, or week, of a workload."
)
@where_option
@output_options
@file_options
@click.pass_obj
def report(
    app: App, name: str, where: tuple[str, ...], start: str | None, end: str | None, by: str | None
) -> None:
    """Make a report: pipeline, tasks, task-days, workload, leave.

    pipeline: open opportunities by owner and stage. tasks: those of a period. task-days: how many
    were due for whom on which day, done on time, done late, are open, overdue. workload: hours of
    employees, hours planned by their open tasks, and what is free. leave: absences of employees, in
    days of the calendar and in working days.

    Without a period, tasks are those of this month, the workload that of two weeks from today, and
    leave that of this year. Conditions are on opportunities, on tasks, for the workload on
    employees, and on leave.

    Example: crm report workload --from today --to +13d --by week --where 'team = sales'
    """
    asked = reports.Asked(where, read_period(start, end, app.place), by or "")
    with app.database.translated():
        table = reports.make(name, app.reader, app.place, asked)
    app.emit(app.say_if_empty(table, "Nothing to report."))
