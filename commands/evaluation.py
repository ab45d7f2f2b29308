"""`crm evaluation`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_cli import services
from crm_cli.errors import UsageError
from crm_cli.options import (
    column_options,
    output_options,
    parse_option,
    take,
    writing_options,
)
from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.evaluations import EVALUATION, EVALUATION_LINE
from crm_cli.views.nesting import nested
from crm_cli.views.products import PRODUCT
from crm_cli.views.types import QUANTITY

if TYPE_CHECKING:
    from decimal import Decimal

    from crm_cli.app import App
    from crm_cli.transaction import Transaction


@click.group()
def evaluation() -> None:
    """Evaluation sheets of leads: products by quantity, before the quote."""


standard_verbs(evaluation, EVALUATION, "list", "edit", "remove")
spreadsheet_verbs(evaluation, nested(EVALUATION))


@evaluation.command()
@column_options(EVALUATION, adding=True)
@click.option("--line", multiple=True, metavar="'PRODUCT;QTY'", help="A product by quantity.")
@writing_options
@click.pass_obj
def add(app: App, /, line: tuple[str, ...], **values: str | None) -> None:
    """Add a sheet to a lead at its meeting.

    Example: crm evaluation add --lead RO14399840 --line 'CANTAR60;2' --line 'MONTAJ;1'
    """
    with app.transaction() as tx:
        added = services.evaluations.add(tx.session, take(tx, EVALUATION, values), _items(tx, line))
        table = tx.read(EVALUATION, added.key)
    app.emit(table, EVALUATION)


@evaluation.command()
@click.argument("number", type=int, metavar="ID")
@click.argument("line", nargs=-1, required=True, metavar="'PRODUCT;QTY'...")
@writing_options
@click.pass_obj
def line(app: App, number: int, line: tuple[str, ...]) -> None:
    """Add products to a sheet.

    Example: crm evaluation line 3 'CANTAR60;1'
    """
    with app.transaction() as tx:
        services.evaluations.append(tx.session, number, _items(tx, line))
        table = tx.read(EVALUATION, number)
    app.emit(table, EVALUATION)


@evaluation.command()
@click.argument("reference", metavar="REF")
@writing_options
@click.pass_obj
def finish(app: App, reference: str) -> None:
    """Make a sheet final; its lead may go on to quoting.

    Example: crm evaluation finish 3
    """
    with app.transaction() as tx:
        number = tx.resolve(EVALUATION, reference)
        services.evaluations.finish(tx.session, number)
        table = tx.read(EVALUATION, number)
    app.emit(table, EVALUATION)


@evaluation.command()
@click.argument("reference", metavar="REF")
@output_options
@click.pass_obj
def show(app: App, reference: str) -> None:
    """Show a sheet with its lines, priced by the catalogue.

    Example: crm evaluation show 3
    """
    table = app.read(EVALUATION, reference)
    part = app.part(EVALUATION_LINE, "vl.evaluation_id = ?", table.values()["id"], sort="position")
    table.parts = {"lines": part}
    app.emit(table, EVALUATION)


def _items(tx: Transaction, lines: tuple[str, ...]) -> list[tuple[int, Decimal]]:
    return [_item(tx, line) for line in lines]


def _item(tx: Transaction, line: str) -> tuple[int, Decimal]:
    product, separator, quantity = line.rpartition(";")
    if not separator:
        raise UsageError(f"--line: '{line}' has no quantity.", hint="--line 'PRODUCT;QTY'")
    return (
        tx.resolve(PRODUCT, product),
        parse_option("--line", QUANTITY, quantity.strip(), tx.place),
    )
