"""`crm audit`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_cli import services
from crm_cli.errors import CrmError
from crm_cli.options import list_options
from crm_cli.output import as_changes
from crm_cli.views.audits import AUDIT

if TYPE_CHECKING:
    from crm_cli.app import App


@click.group()
def audit() -> None:
    """The trail of every change: who, when, by which command, old and new."""


@audit.command()
@list_options
@click.pass_obj
def show(app: App, /, **chosen: Any) -> None:
    """List recorded changes, under the commands that made them.

    Columns that are asked for, files and JSON have the changes as the trail keeps them. The number
    before a command is the one that `crm undo` takes.

    Example: crm audit show --where 'entity = account' --where 'entity_id = 7'
    """
    in_words = app.is_for_people
    named = as_changes.COLUMNS if in_words else ""
    table = app.say_if_empty(app.select(AUDIT, named=named, **chosen), "No change matches.")
    if in_words:
        app.print(as_changes.write(app.reader, table.rows, app.place.zone))
    else:
        app.emit(table)


@audit.command()
@click.pass_obj
def verify(app: App) -> None:
    """Check that nothing in the trail was changed, moved or cut off.

    Example: crm audit verify
    """
    with app.database.translated():
        faults = [str(fault) for fault in services.chain.verify(app.reader)]
    if faults:
        raise CrmError(f"The audit trail has {len(faults)} faults.", candidates=faults)
