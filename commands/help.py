"""`crm help`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import topics

if TYPE_CHECKING:
    from crm_cli.app import App


@click.command("help")
@click.argument("topic", required=False)
@click.pass_obj
def help_(app: App, topic: str | None) -> None:
    """Explain what many commands share: dates, repeating, references, filters, exit codes.

    Without a topic it lists them.

    Example: crm help exit-codes
    """
    app.stdout.write(topics.text(topic) if topic else topics.overview())
