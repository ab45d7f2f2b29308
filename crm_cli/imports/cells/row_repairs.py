"""Values that only the rest of their row completes."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.views.types import MomentOn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from crm_cli.imports.columns.mapped import Mapped
    from crm_cli.imports.plans.entry import Values
    from crm_cli.views.types import Place

    Mend = Callable[[Values, Values], None]

_POSTAL_DIGITS = {"RO": 6, "PL": 5}


class Repair(NamedTuple):
    """What is done to a part of a row, given what all rows have of it; it raises InvalidValue."""

    part: str
    heading: str
    mend: Mend


def repairs_of(columns: Sequence[Mapped], place: Place) -> Iterator[Repair]:
    """The repairs that the columns of a file may need."""
    for one in columns:
        if one.column.name == "postal_code":
            yield Repair(one.part.name, one.heading, _padding(place.country))
        elif isinstance(one.column.type, MomentOn):
            day, attribute = one.column.type.day, one.column.attribute or ""
            yield Repair(one.part.name, one.heading, _dating(day, attribute, place.zone))


def _padding(home: str) -> Mend:
    """Give a postal code back the zeros that it lost as a number."""

    def pad(values: Values, fixed: Mapping[str, str]) -> None:
        code = values.get("postal_code")
        if code and code.isascii() and code.isdigit():
            country = values.get("country") or fixed.get("country") or home
            values["postal_code"] = code.zfill(_POSTAL_DIGITS.get(country, 0))

    return pad


def _dating(day: str, attribute: str, zone: ZoneInfo) -> Mend:
    """Put a time alone on the day that stands beside it."""

    def date(values: Values, fixed: Values) -> None:
        clock = values.get(attribute)
        if not isinstance(clock, time):
            return
        dated = values.get(day) or fixed.get(day)
        if dated is None:
            raise InvalidValue(
                "{value} is a time without a date.",
                "Write for example tomorrow@10:00 or 2026-11-22 10:00.",
                value=quote(clock.isoformat("minutes")),
            )
        values[attribute] = datetime.combine(dated, clock, tzinfo=zone).astimezone(UTC)

    return date
