"""The checks of a noun's service, run on values of a file: every fault, with its attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli.errors import CrmError
from crm_cli.folding import fold_for
from crm_cli.imports.plans.plan import companion_of
from crm_cli.values.invalid import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from crm_cli.imports.plans.entry import Values
    from crm_cli.imports.plans.plan import Part

    Complete = Callable[[Values], Values]


class Fault(NamedTuple):
    """What is wrong with a value; no attribute where only all of them together are wrong."""

    attribute: str | None
    error: InvalidValue | CrmError


def judge(
    part: Part,
    now: Mapping[str, Any],
    given: Values,
    home: str,
    accepted: Collection[str] = (),
) -> tuple[Values, list[Fault]]:
    """The values as they are kept, with what follows from them, and the faults found.

    Faults of `accepted` attributes are told too, but the values are kept as they were given.
    """

    faults: list[Fault] = []
    try:
        checked = part.complete(now, {**given}, home)
    except (InvalidValue, CrmError) as error:

        def complete(values: Values) -> Values:
            return part.complete(now, values, home)

        faults = _faults(complete, given) or [Fault(None, error)]
        if not {fault.attribute for fault in faults} <= set(accepted):
            return {}, faults
        checked = _accept(part, complete, given, faults)
    part.fold(checked)
    return checked, faults


def _faults(complete: Complete, given: Values) -> list[Fault]:
    """Ask again for each value alone: the service stops at the first fault."""
    country = {name: given[name] for name in ("country",) if name in given}
    found = []
    for name, value in given.items():
        try:
            complete({**country, name: value})
        except (InvalidValue, CrmError) as error:
            found.append(Fault(name, error))
    return found


def _accept(part: Part, complete: Complete, given: Values, faults: list[Fault]) -> Values:
    """The values with the faulty ones as they are, marked, folded where others are compared."""
    faulty = {fault.attribute for fault in faults}
    kept = {name: value for name, value in given.items() if name in faulty}
    marks = {f"{name}_invalid" for name in kept} & set(part.entity.model_fields)
    for name, value in list(kept.items()):
        column = part.column_of(name)
        if column and (companion := companion_of(column)):
            kept[companion] = fold_for(companion)(value)
    return {
        **complete({name: given[name] for name in given if name not in faulty}),
        **kept,
        **dict.fromkeys(marks, True),
    }
