"""Evaluation sheets of a file: one row for each product of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.errors import Conflict, InvalidData
from crm_cli.imports.plans.lines import number_lines
from crm_cli.imports.plans.parts import part_of
from crm_cli.imports.plans.plan import Identity, Part, Plan, Unfit
from crm_cli.views.evaluations import EVALUATION
from crm_cli.views.nesting import ITEMS, nested

if TYPE_CHECKING:
    from crm_cli.imports.plans.entry import Steps


def evaluation_plan() -> Plan:
    """How rows become a sheet of a lead; history comes in whatever the lead is at."""
    return Plan(
        noun="evaluation",
        own="evaluation",
        shown=nested(EVALUATION).columns,
        grouped=True,
        parts=(
            part_of(EVALUATION),
            Part(
                name="line",
                entity_path="schema.evaluation:EvaluationLine",
                columns=ITEMS,
                identities=(Identity(("evaluation_id", "position"), unique=True),),
                links={"evaluation_id": "evaluation"},
                optional=True,
            ),
        ),
        arranging=number_lines,
        settling=lambda session: settle,
    )


def settle(steps: Steps) -> None:
    """Check the lines; those of a sheet that is final stay as they are."""
    sheet = steps["evaluation"][0]
    status = (sheet.now or sheet.given.checked).get("status")
    if sheet.now is None and status == "final" and not steps["line"]:
        raise InvalidData("An evaluation sheet that is final has lines.")
    for step in steps["line"]:
        given = step.given.checked
        if step.now is None and (not given.get("product_id") or (given.get("quantity") or 0) <= 0):
            why = "A line of a sheet has a product and a quantity above zero."
            raise Unfit(step.given.row, InvalidData(why))
        if step.now is None and sheet.now is not None and status == "final":
            error = Conflict("The sheet {id} is final.", id=sheet.now["id"])
            raise Unfit(step.given.row, error)
