"""The steps of documents as verbs: approve, finalize, send, accept, sign, post, storno ..."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.document_sending import send_command
from commands.document_writing import emit_written, read_back
from crm_cli import services
from crm_cli.options import chosen_ids, column_options, take, targets, writing_options

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.views.view import View

HELP = {
    "approve": "Approve quotes.",
    "finalize": "Issue documents: they get their numbers and can no longer be edited.",
    "accept": "Note that the client accepted a quote.",
    "refuse": "Note that the client refused a quote.",
    "cancel": "Cancel orders or contracts; their numbers stay taken.",
    "post": "Issue documents: they get their numbers and can no longer be edited.",
    "sign": "Note that a contract was signed; one not yet issued is issued.",
    "revise": "Draft the next revision of a sent quote; it keeps the number.",
    "storno": "Reverse a posted document by one with negative quantities.",
}
OF_COUNTER = ("date", "series", "external_number", "note")


def add_steps(group: click.Group, view: View, steps: tuple[str, ...]) -> None:
    """Give a group of documents the steps of its kinds."""
    for step in steps:
        group.add_command(MAKERS[step](view) if step in MAKERS else step_command(view, step))


def step_command(view: View, step: str) -> click.Command:
    """A step that needs nothing but the documents."""

    @click.command(step, help=f"{HELP[step]}\n\nExample: crm {view.noun} {step} 17")
    @targets
    @writing_options
    @click.pass_obj
    def command(
        app: App, /, references: tuple[str, ...], where: tuple[str, ...], yes: bool
    ) -> None:
        with app.transaction() as tx:
            ids = chosen_ids(app, tx, view, references, where=where, yes=yes)
            for number in ids:
                services.documents.lifecycle.advance(tx.session, number, step)
            written = read_back(app, tx, view, *ids)
        emit_written(app, view, written)

    return command


def sign_command(view: View) -> click.Command:
    """`crm contract sign REF`."""

    @click.command("sign", help=f"{HELP['sign']}\n\nExample: crm {view.noun} sign 17")
    @click.argument("reference", metavar="REF")
    @column_options(view, without=[c.name for c in view.editable if c.name != "signatory"])
    @writing_options
    @click.pass_obj
    def command(app: App, reference: str, signatory: str | None) -> None:
        with app.transaction() as tx:
            number = tx.resolve(view, reference)
            services.contracts.sign(tx.session, number, signatory)
            written = read_back(app, tx, view, number)
        emit_written(app, view, written)

    return command


def revise_command(view: View) -> click.Command:
    """`crm quote revise REF`."""

    @click.command("revise", help=f"{HELP['revise']}\n\nExample: crm {view.noun} revise 17")
    @click.argument("reference", metavar="REF")
    @writing_options
    @click.pass_obj
    def command(app: App, reference: str) -> None:
        with app.transaction() as tx:
            revision = services.documents.quotes.revise(tx.session, tx.resolve(view, reference))
            written = read_back(app, tx, view, revision.key)
        emit_written(app, view, written)

    return command


def storno_command(view: View) -> click.Command:
    """`crm invoice storno REF`."""

    @click.command("storno", help=f"{HELP['storno']}\n\nExample: crm {view.noun} storno 17")
    @click.argument("reference", metavar="REF")
    @column_options(view, without=[c.name for c in view.editable if c.name not in OF_COUNTER])
    @writing_options
    @click.pass_obj
    def command(app: App, /, reference: str, **values: Any) -> None:
        with app.transaction() as tx:
            counter = services.documents.reversals.storno(
                tx.session, tx.resolve(view, reference), take(tx, view, values)
            )
            written = read_back(app, tx, view, counter.key)
        emit_written(app, view, written)

    return command


MAKERS = {
    "send": send_command,
    "sign": sign_command,
    "revise": revise_command,
    "storno": storno_command,
}
"""The steps that take more than the documents."""
