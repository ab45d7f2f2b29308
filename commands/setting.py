"""`crm setting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import services
from crm_cli.constants import CONSTANTS, constant
from crm_cli.options import output_options, writing_options
from crm_cli.views.settings import table

if TYPE_CHECKING:
    from crm_cli.app import App


@click.group()
@click.pass_obj
def setting(app: App | None) -> None:
    """Constants of the company, kept in the database."""
    if app is not None:  # as it is for help
        app.real_clock = True  # settings can be seen, and CRM_NOW allowed, where it is refused


@setting.command("list")
@output_options
@click.pass_obj
def list_(app: App) -> None:
    """List all settings, their values and defaults.

    Example: crm setting list --format csv
    """
    app.emit(table(app.reader, tuple(CONSTANTS)))


@setting.command()
@click.argument("name")
@output_options
@click.pass_obj
def get(app: App, name: str) -> None:
    """Show one setting.

    Example: crm setting get task.remind.hour
    """
    app.emit(table(app.reader, (constant(name).name,), single=True))


@setting.command("set")
@click.argument("name")
@click.argument("value")
@writing_options
@click.pass_obj
def set_(app: App, name: str, value: str) -> None:
    """Set one setting.

    Example: crm setting set task.remind.hour 7
    """
    app.real_clock = name == "clock.override"
    with app.transaction() as tx:
        services.constants.put(tx.session, name, value, tx.place)
        found = table(tx.reader, (name,), single=True)
    app.emit(found)
