"""`crm account duplicates` and `crm account merge`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import services
from crm_cli.options import file_options, output_options, writing_options
from crm_cli.views.accounts import ACCOUNT
from crm_cli.views.duplicates import DUPLICATES
from crm_cli.views.table import Table

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.transaction import Transaction


@click.command()
@click.argument("reference", metavar="[REF]", required=False)
@file_options
@output_options
@click.pass_obj
def duplicates(app: App, reference: str | None) -> None:
    """List accounts that are probably one, the surest first, and why (R18).

    Example: crm account duplicates RO14399840
    """
    number = None if reference is None else app.resolve(ACCOUNT, reference)
    with app.database.translated():
        found = services.duplicates.find(app.reader, account_id=number)
    table = Table(DUPLICATES, [list(candidate) for candidate in found])
    app.emit(app.say_if_empty(table, "No account looks like another."))


@click.command()
@click.argument("kept", metavar="KEEP")
@click.argument("others", metavar="OTHER...", nargs=-1, required=True)
@writing_options
@click.pass_obj
def merge(app: App, kept: str, others: tuple[str, ...]) -> None:
    """Merge accounts into KEEP: what belongs to the others becomes its own (R18).

    Gaps of KEEP are filled; the ids of the others go on naming it.

    Example: crm account merge 12 57 103 --dry-run
    """
    with app.transaction() as tx:
        keep_id, *other_ids = (_itself(tx, reference) for reference in (kept, *others))
        moved = services.merging.merge(tx.session, keep_id, other_ids)
        table = tx.read(ACCOUNT, keep_id)
    if moved:
        app.say(f"Moved: {services.merging.in_words(moved)}.")
    app.emit(table, ACCOUNT)


def _itself(tx: Transaction, reference: str) -> int:
    """The account named, also one that was merged and whose id names the survivor by now."""
    number = tx.resolve(ACCOUNT, reference)
    digits = reference.strip()
    return int(digits) if digits.isascii() and digits.isdigit() else number
