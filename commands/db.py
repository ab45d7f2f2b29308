"""`crm db`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crm_cli import services
from crm_cli.errors import CrmError
from crm_cli.options import output_options
from crm_cli.views.database import table

if TYPE_CHECKING:
    from crm_cli.app import App


@click.group()
def db() -> None:
    """The database itself: bring it up to date, check it, copy it."""


@db.command()
@click.pass_obj
def upgrade(app: App) -> None:
    """Bring the database to this program's revision; an SQLite file is copied first.

    Example: crm db upgrade
    """
    app.say(services.upgrades.bring_up_to_date(app.database))


@db.command()
@click.pass_obj
def check(app: App) -> None:
    """Check that the database is whole; silent when it is.

    Example: crm db check || mail -s 'CRM database' admin
    """
    with app.database.translated():
        faults = list(services.checks.check(app.reader))
    if faults:
        raise CrmError(f"The database has {len(faults)} faults.", candidates=faults)


@db.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.pass_obj
def backup(app: App, target: Path) -> None:
    """Copy an SQLite database to a new file while others use it.

    Example: crm db backup /backup/crm-monday.db
    """
    with app.database.translated():
        made = services.backups.backup(app.database, target)
    app.say(f"Copied the database to {made}.")


@db.command()
@output_options
@click.pass_obj
def info(app: App) -> None:
    """Show where the database is, its revision, size and number of records.

    Example: crm db info --format json
    """
    with app.database.translated():
        app.emit(table(app.reader, app.database))
