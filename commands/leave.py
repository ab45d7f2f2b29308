"""`crm leave`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import services
from crm_cli.options import column_options, take, writing_options
from crm_cli.verbs import on_match_option, standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.leaves import LEAVE

if TYPE_CHECKING:
    from crm_cli.app import App


@click.group()
def leave() -> None:
    """When employees are away, and who stands in for them."""


standard_verbs(leave, LEAVE, "list", "show", "edit", "remove")
spreadsheet_verbs(leave, LEAVE)


@leave.command()
@click.argument("employee", metavar="EMP")
@column_options(LEAVE, adding=True, without=("employee",))
@on_match_option
@writing_options
@click.pass_obj
def add(app: App, /, employee: str, on_match: str, **values: str | None) -> None:
    """Enter the leave of an employee; a deputy gets his reminders and sees his tasks.

    Example: crm leave add jan --from 2026-12-21 --to 2026-12-31 --deputy maria
    """
    with app.transaction() as tx:
        taken = take(tx, LEAVE, {"employee": employee, **values})
        added = services.records.add(tx.session, LEAVE, taken, on_match=on_match)
        warnings = services.records.warnings(tx.session, LEAVE, [added])
        table = tx.read(LEAVE, added)
    for warning in warnings:
        app.warn(warning)
    app.emit(table, LEAVE)
