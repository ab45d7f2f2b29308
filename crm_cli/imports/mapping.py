"""Which column of a file fills which column of a noun."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_cli.errors import InvalidData, UsageError
from crm_cli.sheets.problems import ERROR_HEADINGS
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from crm_cli.imports.plan import Part, Plan
    from crm_cli.views.view import Column

    Target = tuple[Part, Column]

SEVERAL = {"email": "other_emails", "phone": "other_phones"}
"""Attributes a row may give several of -> the attribute that keeps the others."""

_RUNNING = {"nr", "nr crt", "nr ord", "crt", "lp", "l p", "no", "#", "pozitia"}
_MARKS = str.maketrans(dict.fromkeys(".:*_-/", " "))


@dataclass(frozen=True)
class Mapped:
    """A column of the noun, the places in a row that fill it, and what the file calls it."""

    part: Part
    column: Column
    places: tuple[int, ...]
    heading: str


@dataclass(frozen=True)
class Headings:
    """What was understood of the headings, and those that were not."""

    columns: tuple[Mapped, ...]
    unknown: tuple[str, ...]


def plain(heading: str) -> str:
    """The form in which headings are compared."""
    return " ".join(fold(heading).translate(_MARKS).split())


def known_headings(plan: Plan) -> dict[str, Target]:
    """Every way to write a heading; of two columns with the same label the first has it."""
    known: dict[str, Target] = {}
    for part, column in plan.targets:
        for name in (column.name, *column.labels, *column.aliases):
            known.setdefault(plain(name), (part, column))
    return known


def map_headings(
    headings: Sequence[str], plan: Plan, by_hand: Mapping[str, str], fixed: Container[str] = ()
) -> Headings:
    """Find the column of each heading.

    `by_hand` maps a heading to a column, or to '' to leave it out; columns named in `fixed` are
    filled otherwise.
    """
    chosen = _chosen(headings, plan, by_hand)
    known = known_headings(plan) | chosen
    named = [(place, plain(heading)) for place, heading in enumerate(headings)]
    places: dict[str, list[int]] = defaultdict(list)
    for place, name in named:
        target = known.get(name)
        if target is not None and target[1].name not in fixed:
            places[target[1].name].append(place)
    understood = {*known, *_passed_over(plan)}
    unknown = [headings[place] for place, name in named if name and name not in understood]
    if not places:
        raise _nothing_known(headings, plan)
    columns = (_mapped(target, places, headings) for target in plan.targets)
    return Headings(tuple(one for one in columns if one), tuple(unknown))


def _chosen(
    headings: Sequence[str], plan: Plan, by_hand: Mapping[str, str]
) -> dict[str, Target | None]:
    present = {plain(heading) for heading in headings}
    targets = {column.name: (part, column) for part, column in plan.targets}
    chosen: dict[str, Target | None] = {}
    for heading, field in by_hand.items():
        if plain(heading) not in present:
            raise UsageError(
                f"The file has no heading '{heading}'.", hint=f"It has {', '.join(headings)}."
            )
        if field and field not in targets:
            raise unknown_field(plan, field)
        chosen[plain(heading)] = targets[field] if field else None
    return chosen


def unknown_field(plan: Plan, field: str) -> UsageError:
    """The refusal of a field that the noun has not, or not from a file."""
    names = ", ".join(column.name for _, column in plan.targets)
    return UsageError(f"'{field}' is no field of {plan.noun}.", hint=f"Fields: {names}.")


def _passed_over(plan: Plan) -> set[str]:
    """Headings that fill nothing: running numbers, our errors, what only an export shows."""
    shown = (label for column in plan.shown for label in (column.name, *column.labels))
    return {*_RUNNING, *map(plain, ERROR_HEADINGS), *map(plain, shown)}


def _mapped(
    target: Target, places: Mapping[str, Sequence[int]], headings: Sequence[str]
) -> Mapped | None:
    part, column = target
    found = places.get(column.name, ())
    if len(found) > 1 and column.attribute not in SEVERAL:
        names = " and ".join(f"'{headings[place]}'" for place in found)
        raise UsageError(
            f"{names} both mean {column.name}.",
            hint=f"Leave one out: --map '{headings[found[-1]]}='",
        )
    return Mapped(part, column, tuple(found), headings[found[0]]) if found else None


def _nothing_known(headings: Sequence[str], plan: Plan) -> InvalidData:
    shown = ", ".join(f"'{heading}'" for heading in headings if heading) or "nothing"
    return InvalidData(
        f"None of the headings is a column of {plan.noun}: {shown}.",
        hint="Say what they are: --map 'Their heading=name'",
    )
