"""A column headed `Kod` that holds postal codes, as Polish offices head them beside the town."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crm_cli.imports.cells.cells import as_text
from crm_cli.imports.columns.mapping import fields_of, find_columns, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crm_cli.imports.columns.mapped import Mapped
    from crm_cli.imports.plans.plan import Plan
    from crm_cli.sheets.sheet import Sheet

_HEADINGS = {"kod", "cod"}
_POLISH = re.compile(r"[0-9]{2}-[0-9]{3}")


def postal_column(sheet: Sheet, plan: Plan, by_hand: Mapping[str, str]) -> dict[str, str]:
    """The heading that is of postal codes -> their field, where no other column has them.

    What a person maps by hand is left as he says.
    """
    fields = {(part.name, one.name): name for name, (part, one) in fields_of(plan).items()}
    columns = {one.key: one for one in find_columns(sheet.headings, plan, by_hand)}
    free = {
        part: name
        for (part, other), name in fields.items()
        if other == "postal_code" and (part, other) not in columns
    }
    headings = _HEADINGS - set(map(plain, by_hand))
    for part, field in free.items():
        one = columns.get((part, "code"))
        if one and plain(one.heading) in headings and _holds_postal_codes(sheet, one):
            return {one.heading: field}
    return {}


def _holds_postal_codes(sheet: Sheet, one: Mapped) -> bool:
    cells = (cell for row in sheet.rows if (cell := one.take(row.cells)) is not None)
    found = False
    for cell in cells:
        found = _POLISH.fullmatch(as_text(cell)) is not None
        if not found:
            break
    return found
