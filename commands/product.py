"""`crm product` and its recipes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_cli import services
from crm_cli.options import list_options, parse_option, writing_options
from crm_cli.verbs import standard_verbs
from crm_cli.verbs_sheets import spreadsheet_verbs
from crm_cli.views.products import PRODUCT, RECIPE
from crm_cli.views.types import QUANTITY

if TYPE_CHECKING:
    from crm_cli.app import App


@click.group()
def product() -> None:
    """Goods and services we sell, with prices and recipes."""


standard_verbs(product, PRODUCT)
spreadsheet_verbs(product, PRODUCT)


@product.group()
def recipe() -> None:
    """What goes into one unit of a product."""


spreadsheet_verbs(recipe, RECIPE)


@recipe.command("list")
@click.argument("reference", metavar="[PRODUCT]", required=False)
@list_options
@click.pass_obj
def list_(app: App, /, reference: str | None, **chosen: Any) -> None:
    """List the recipe of a product, or all recipes.

    Example: crm product recipe list POMPA-SET
    """
    if reference is not None:
        chosen |= {"also": "l.product_id = ?", "also_values": (app.resolve(PRODUCT, reference),)}
    table = app.select(RECIPE, **chosen)
    app.emit(app.say_if_empty(table, "No recipe matches."))


@recipe.command()
@click.argument("reference", metavar="PRODUCT")
@click.argument("component")
@click.argument("quantity", metavar="QTY")
@writing_options
@click.pass_obj
def add(app: App, reference: str, component: str, quantity: str) -> None:
    """Put so much of a component into a product; given again, the quantity changes.

    Example: crm product recipe add POMPA-SET FURTUN 2,5
    """
    with app.transaction() as tx:
        line = services.recipes.put(
            tx.session,
            tx.resolve(PRODUCT, reference),
            tx.resolve(PRODUCT, component),
            parse_option("QTY", QUANTITY, quantity, tx.place),
        )
        table = tx.read(RECIPE, line)
    app.emit(table, RECIPE)


@recipe.command()
@click.argument("reference", metavar="PRODUCT")
@click.argument("component")
@writing_options
@click.pass_obj
def remove(app: App, reference: str, component: str) -> None:
    """Take a component out of the recipe of a product.

    Example: crm product recipe remove POMPA-SET FURTUN
    """
    with app.transaction() as tx:
        product_id, component_id = tx.resolve(PRODUCT, reference), tx.resolve(PRODUCT, component)
        line = services.recipes.line_of(tx.session, product_id, component_id)
        table = tx.read(RECIPE, line)
        services.records.remove(tx.session, RECIPE, [line])
    app.emit(table, RECIPE)
