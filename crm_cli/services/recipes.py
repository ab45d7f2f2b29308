"""Recipes: how much of which components goes into one unit of a product."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from crm_cli.errors import Conflict, InvalidData, NotFound
from crm_cli.services import records
from crm_cli.views.products import RECIPE
from schema.product import Product, RecipeLine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from sqlmodel import Session


CIRCLE = "A product cannot go into itself, not even through its components."


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check the quantity."""
    quantity = values.get("quantity")
    if quantity is not None and quantity <= 0:
        raise InvalidData("The quantity is more than 0, not {quantity:f}.", quantity=quantity)
    return values


def put(session: Session, product_id: int, component_id: int, quantity: Decimal) -> int:
    """Set how much of a component goes into a product; gives the id of the line."""
    complete({}, {"quantity": quantity}, session.info["place"].country)
    # Writers of the same recipe wait for each other, so that no two of them close a circle.
    session.get_one(Product, product_id, with_for_update=True)
    _refuse_circle(session, product_id, component_id)
    line = _find(session, product_id, component_id)
    if line is not None:
        line.quantity = quantity
        session.flush()
        return line.key
    return records.add(
        session,
        RECIPE,
        {
            "product_id": product_id,
            "component_id": component_id,
            "quantity": quantity,
            "position": _last_position(session, product_id) + 1,
        },
    )


def line_of(session: Session, product_id: int, component_id: int) -> int:
    """The id of the line of a component; raises NotFound where the recipe has none."""
    line = _find(session, product_id, component_id)
    if line is None:
        product = session.get_one(Product, product_id)
        component = session.get_one(Product, component_id)
        raise NotFound(
            f"{component.code} is not in the recipe of {product.code}.",
            hint=f"crm product recipe list {shlex.quote(product.code)}",
        )
    return line.key


def _find(session: Session, product_id: int, component_id: int) -> RecipeLine | None:
    return session.exec(
        select(RecipeLine)
        .where(col(RecipeLine.product_id) == product_id)
        .where(col(RecipeLine.component_id) == component_id)
    ).first()


def _last_position(session: Session, product_id: int) -> int:
    position = col(RecipeLine.position)
    own = select(position).where(col(RecipeLine.product_id) == product_id)
    return session.exec(own.order_by(position.desc()).limit(1)).first() or 0


def _refuse_circle(session: Session, product_id: int, component_id: int) -> None:
    """Raise Conflict where the product goes, at any depth, into the component itself."""
    seen: set[int] = set()
    level = {component_id}
    while level:
        if product_id in level:
            raise Conflict(CIRCLE)
        seen |= level
        below = session.exec(
            select(RecipeLine.component_id).where(col(RecipeLine.product_id).in_(level))
        )
        level = set(below) - seen
