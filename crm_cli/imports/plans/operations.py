"""Operations of a file: one row for each of their steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.errors import InvalidData
from crm_cli.imports.plans.lines import number
from crm_cli.imports.plans.parts import part_of
from crm_cli.imports.plans.plan import Identity, Part, Plan, Unfit
from crm_cli.services.operations import check_step
from crm_cli.views.nesting import nested
from crm_cli.views.operations import OPERATION, STEPS

if TYPE_CHECKING:
    from crm_cli.imports.plans.entry import Steps


def operation_plan() -> Plan:
    """How rows become an operation and the tasks it bundles."""
    return Plan(
        noun="operation",
        own="operation",
        shown=nested(OPERATION).columns,
        grouped=True,
        parts=(
            part_of(OPERATION),
            Part(
                name="step",
                entity_path="schema.operation:OperationStep",
                columns=STEPS,
                identities=(Identity(("operation_id", "position"), unique=True),),
                links={"operation_id": "operation"},
                optional=True,
            ),
        ),
        arranging=lambda session: lambda steps: number(steps["step"]),
        settling=lambda session: settle,
    )


def settle(steps: Steps) -> None:
    """Check the steps."""
    for step in steps["step"]:
        values = {**(step.now or {}), **step.given.checked}
        try:
            check_step(values.get("subject"), values.get("days_after") or 0)
        except InvalidData as error:
            raise Unfit(step.given.row, error) from error
