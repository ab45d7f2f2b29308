"""The currency that stands beside an amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.values.invalid import InvalidValue
from crm_cli.views.types import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crm_cli.views.view import View


def with_currency(view: View, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values; a currency beside an amount counts where its option was left out."""
    if "currency" not in values or values["currency"]:
        return values
    named = (
        _currency_in(text)
        for name, text in values.items()
        if text and isinstance(view.by_name[name].type, Money)
    )
    found = next(filter(None, named), None)
    return {**values, "currency": found} if found else values


def _currency_in(text: str) -> str | None:
    from crm_cli.values.numbers import parse_amount

    try:
        return parse_amount(text)[1]
    except InvalidValue:
        return None  # said by the type of the column, which knows the option
