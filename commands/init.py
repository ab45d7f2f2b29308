"""`crm init`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import services

if TYPE_CHECKING:
    from crm_cli.app import App


@click.command()
@click.option(
    "--country", type=click.Choice(["RO", "PL"]), default="RO", help="Where the company is."
)
@click.option("--group", metavar="GROUP", help="Share an SQLite database with this group.")
@click.pass_obj
def init(app: App, country: str, group: str | None) -> None:
    """Make the database, its settings and the first employee; safe to repeat.

    Example: crm --database sqlite:////srv/crm/company.db init --country PL
    """
    app.say(services.installation.install(app.database, app.settings.user, country, group))
