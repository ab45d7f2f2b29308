"""`crm import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import services
from crm_cli.imports import undoing
from crm_cli.options import output_options, writing_options
from crm_cli.verbs import standard_verbs
from crm_cli.views.imports import IMPORT

if TYPE_CHECKING:
    from crm_cli.app import App


@click.group("import")
def imports() -> None:
    """Imports that were carried out, and what each did."""


standard_verbs(imports, IMPORT, "list")


@imports.command()
@click.argument("reference", metavar="REF")
@output_options
@click.pass_obj
def show(app: App, reference: str) -> None:
    """Show one import, and the records that it created, updated and removed.

    Example: crm import show 1
    """
    app.emit(undoing.show(app, app.read(IMPORT, reference)), IMPORT)


@imports.command()
@click.argument("reference", metavar="REF")
@writing_options
@click.pass_obj
def undo(app: App, reference: str) -> None:
    """Take back an import: what it created is removed, what it changed is put back.

    What somebody changed since, or refers to, is kept and listed; then the exit code is 6. An undo
    is not undone: import the file again.

    Example: crm import undo 1 --dry-run
    """
    with app.transaction() as tx:
        taken = services.undoing.imports.undo(tx.session, tx.resolve(IMPORT, reference))
        table = tx.read(IMPORT, taken.import_id)
    undoing.tell_undone(app, table, taken)
