"""`crm undo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import services
from crm_cli.imports import undoing
from crm_cli.options import writing_options
from crm_cli.output import as_changes
from crm_cli.sending import mail_passwords
from crm_cli.views.audits import AUDIT
from crm_cli.views.imports import IMPORT
from crm_cli.views.query import Selection, find_columns, select
from crm_cli.views.table import Table
from crm_cli.views.types import MOMENT

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.services.undoing.commands import Undone
    from crm_cli.transaction import Transaction


@click.command()
@click.argument("transaction", metavar="[AUDIT]", type=click.IntRange(1), required=False)
@writing_options
@click.pass_obj
def undo(app: App, /, transaction: int | None) -> None:
    """Take back my last command, unless something changed since.

    AUDIT is a transaction, the number before its command in `crm audit show`. Each change it makes
    is shown. It is a command too: a second undo takes back the first. Refused where a record was
    changed since, a document was issued, a message sent or mail written. An import is taken back as
    by `crm import undo`, but for what was changed since.

    Example: crm undo --dry-run
    """
    with app.transaction() as tx:
        before, accounts = tx.session.info.get("audit_seq", 0), mail_passwords.ways(tx.reader)
        undone = services.undoing.commands.undo(
            tx.session, actor=app.person.login, position=transaction
        )
        taken = undone.taken
        done = tx.read(IMPORT, taken.import_id) if taken else _changes(tx, before)
        words = _in_words(app, tx, undone, done) if app.is_for_people and not taken else []
        mail_passwords.warn_of_lost(app, accounts, mail_passwords.ways(tx.reader))
    if taken:
        undoing.tell_undone(app, done, taken)
    elif words:
        app.print(words)
    else:
        app.emit(done, AUDIT)


def _in_words(app: App, tx: Transaction, undone: Undone, changes: Table) -> list[str]:
    verb = "Would take back" if app.choices.dry_run else "Took back"
    at = MOMENT.text(undone.at, app.place.zone)
    rows = changes.narrowed(find_columns(AUDIT, as_changes.CHANGE)).rows
    told = as_changes.write_changes(tx.reader, rows, app.place.zone)
    return [f"{verb} what {undone.actor} did at {at}: {undone.command}\n", *told]


def _changes(tx: Transaction, before: int) -> Table:
    """What this transaction wrote after a change."""
    changes = Selection(
        columns=AUDIT.columns,
        also="c.tx_id = ? AND c.seq > ?",
        also_values=(tx.session.info["audit_tx"], before),
    )
    return Table(AUDIT.columns, list(select(tx.reader, AUDIT, changes, tx.place)))
