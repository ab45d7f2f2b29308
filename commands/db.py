"""`crm db`: the database itself."""

from __future__ import annotations

import click


@click.group()
def db() -> None:
    """The database itself: upgrade, check, backup."""
