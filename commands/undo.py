"""`crm undo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import services
from crm_cli.imports import undoing
from crm_cli.options import writing_options
from crm_cli.views.audits import AUDIT
from crm_cli.views.imports import IMPORT
from crm_cli.views.query import Selection, select
from crm_cli.views.table import Table

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.transaction import Transaction


@click.command()
@click.argument("transaction", metavar="[AUDIT]", type=click.IntRange(1), required=False)
@writing_options
@click.pass_obj
def undo(app: App, /, transaction: int | None) -> None:
    """Take back my last command, unless something changed since.

    AUDIT is a transaction, as `crm audit show --columns transaction` has it. Each change it makes
    is shown. It is a command too: a second undo takes back the first. Refused where a record was
    changed since, a document was issued or mail was written. An import is taken back as by
    `crm import undo`, but for what was changed since.

    Example: crm undo --dry-run
    """
    with app.transaction() as tx:
        before = tx.session.info.get("audit_seq", 0)
        taken = services.undoing.commands.undo(
            tx.session, actor=app.person.login, position=transaction
        )
        done = tx.read(IMPORT, taken.import_id) if taken else _changes(tx, before)
    if taken:
        undoing.tell_undone(app, done, taken)
    else:
        app.emit(done, AUDIT)


def _changes(tx: Transaction, before: int) -> Table:
    """What this transaction wrote after a change."""
    changes = Selection(
        columns=AUDIT.columns,
        also="c.tx_id = ? AND c.seq > ?",
        also_values=(tx.session.info["audit_tx"], before),
    )
    return Table(AUDIT.columns, list(select(tx.reader, AUDIT, changes, tx.place)))
