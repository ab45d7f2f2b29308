"""The lines of an entry: their places, whatever they are lines of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.errors import InvalidData
from crm_cli.imports.plans.plan import Unfit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from crm_cli.imports.plans.entry import Step
    from crm_cli.imports.plans.plan import Settle


def number_lines(session: Session) -> Settle:
    """Lines stand in the order of the rows where no place is given."""
    return lambda steps: number(steps["line"])


def number(lines: Sequence[Step]) -> None:
    """Give each line its place; raises Unfit for two at the same one."""
    rows: dict[int, int] = {}
    for place, step in enumerate(lines, 1):
        position = step.given.checked.setdefault("position", place)
        first = rows.setdefault(position, step.given.row)
        if first != step.given.row:
            raise Unfit(
                step.given.row,
                InvalidData(
                    "Line {position} stands in row {row} already.",
                    hint="Rows that belong together have the same number.",
                    position=position,
                    row=first,
                ),
            )


def agree_on_currency(document: Step, lines: Sequence[Step]) -> None:
    """Give a document the currency its lines name; raises Unfit for a line in another."""
    for line in lines:
        named = line.given.checked.pop("currency", None)
        of_all = document.given.checked.get("currency") or named
        if named and named != of_all:
            raise Unfit(
                line.given.row,
                InvalidData(
                    "An amount of the line is in {one}, the document in {other}.",
                    hint="Write all amounts of a document in one currency.",
                    one=named,
                    other=of_all,
                ),
            )
        if named:
            document.given.checked["currency"] = named
