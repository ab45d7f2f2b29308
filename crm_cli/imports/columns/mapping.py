"""Which column of a file fills which column of a noun."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_cli.errors import InvalidData, UsageError
from crm_cli.imports.columns.mapped import Mapped
from crm_cli.imports.columns.synonyms import SYNONYMS
from crm_cli.sheets.problems import ERROR_HEADINGS
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from crm_cli.imports.plans.plan import Part, Plan
    from crm_cli.views.view import Column

    Target = tuple[Part, Column]
    Key = tuple[str, str]
    """Names of a part and of one of its columns."""

SEVERAL = {"email": "other_emails", "phone": "other_phones"}
"""Attributes a row may give several of -> the attribute that keeps the others."""

GIVEN_NAMES = frozenset({"first name", "given name", "prenume", "imie"})
FAMILY_NAMES = frozenset({"last name", "surname", "nume", "nume de familie", "nazwisko"})

_RUNNING = {"nr", "nr crt", "nr ord", "crt", "lp", "l p", "no", "#", "pozitia"}
_MARKS = str.maketrans(dict.fromkeys(".:*_-/", " "))


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
    own = dict(known)
    for name, others in SYNONYMS.items():
        if target := own.get(plain(name)):
            for other in others:
                known.setdefault(plain(other), target)
    return known


def map_headings(
    headings: Sequence[str],
    plan: Plan,
    by_hand: Mapping[str, str],
    fixed: Container[Key] = (),
    words: Mapping[Key, Mapping[str, str]] | None = None,
) -> Headings:
    """Find the column of each heading; raises InvalidData where there is none.

    `by_hand` maps a heading to a field, to several with commas between, or to '' to leave it out;
    columns in `fixed` are filled otherwise; `words` tells what the values of a column stand for.
    """
    known = {*known_headings(plan), *map(plain, by_hand)}
    columns = find_columns(headings, plan, by_hand, fixed, words)
    if not columns:
        raise _nothing_known(headings, plan)
    understood = {*known, *passed_over(plan)}
    unknown = [one for one in headings if plain(one) and plain(one) not in understood]
    return Headings(columns, tuple(unknown))


def find_columns(
    headings: Sequence[str],
    plan: Plan,
    by_hand: Mapping[str, str],
    fixed: Container[Key] = (),
    words: Mapping[Key, Mapping[str, str]] | None = None,
) -> tuple[Mapped, ...]:
    """The columns that are filled, in the order of the plan."""
    known: dict[str, tuple[Target, ...]] = {
        name: (target,) for name, target in known_headings(plan).items()
    }
    known |= _chosen(headings, plan, by_hand)
    places: dict[Key, list[int]] = defaultdict(list)
    for place, heading in enumerate(headings):
        for target in known.get(plain(heading), ()):
            if _key(target) not in fixed:
                places[_key(target)].append(place)
    columns = (
        _mapped(name, target, places, headings, words or {})
        for name, target in fields_of(plan).items()
    )
    return tuple(one for one in columns if one)


def _chosen(
    headings: Sequence[str], plan: Plan, by_hand: Mapping[str, str]
) -> dict[str, tuple[Target, ...]]:
    present = {plain(heading) for heading in headings}
    targets = fields_of(plan)
    chosen: dict[str, tuple[Target, ...]] = {}
    for heading, names in by_hand.items():
        if names and plain(heading) not in present:
            raise UsageError(
                f"The file has no heading '{heading}'.", hint=f"It has {', '.join(headings)}."
            )
        fields = [name.strip() for name in names.split(",") if name.strip()]
        for name in fields:
            if name not in targets:
                raise unknown_field(plan, name)
        chosen[plain(heading)] = tuple(targets[name] for name in fields)
    return chosen


def fields_of(plan: Plan) -> dict[str, Target]:
    """The columns by the names that people give them; of two alike the later one has its part's."""
    fields: dict[str, Target] = {}
    for part, column in plan.targets:
        name = f"{part.name}.{column.name}" if column.name in fields else column.name
        fields[name] = part, column
    return fields


def unknown_field(plan: Plan, field: str) -> UsageError:
    """The refusal of a field that the noun has not, or not from a file."""
    names = ", ".join(fields_of(plan))
    return UsageError(f"'{field}' is no field of {plan.noun}.", hint=f"Fields: {names}.")


def passed_over(plan: Plan) -> set[str]:
    """Headings that fill nothing: running numbers, our errors, what only an export shows."""
    shown = (label for column in plan.shown for label in (column.name, *column.labels))
    return {*_RUNNING, *map(plain, ERROR_HEADINGS), *map(plain, shown)}


def _mapped(
    name: str,
    target: Target,
    places: Mapping[Key, Sequence[int]],
    headings: Sequence[str],
    words: Mapping[Key, Mapping[str, str]],
) -> Mapped | None:
    part, column = target
    found = places.get(_key(target), ())
    joined = _are_parts_of_a_name([plain(headings[place]) for place in found])
    if joined:
        found = sorted(found, key=lambda place: plain(headings[place]) not in GIVEN_NAMES)
    elif len(found) > 1 and column.attribute not in SEVERAL:
        names = " and ".join(f"'{headings[place]}'" for place in found)
        raise UsageError(
            f"{names} both mean {column.name}.",
            hint=f"Leave one out: --map '{headings[found[-1]]}='",
        )
    if not found:
        return None
    known = words.get(_key(target), {})
    return Mapped(part, column, tuple(found), headings[found[0]], name, known, joined)


def _are_parts_of_a_name(headings: Sequence[str]) -> bool:
    """Whether one heading is of given names, and the other of family names."""
    given = [heading for heading in headings if heading in GIVEN_NAMES]
    family = [heading for heading in headings if heading in FAMILY_NAMES]
    return (len(headings), len(given), len(family)) == (2, 1, 1)


def _key(target: Target) -> Key:
    return target[0].name, target[1].name


def _nothing_known(headings: Sequence[str], plan: Plan) -> InvalidData:
    shown = ", ".join(f"'{heading}'" for heading in headings if heading) or "nothing"
    return InvalidData(
        f"None of the headings is a column of {plan.noun}: {shown}.",
        hint="Say what they are: --map 'Their heading=name'",
    )
