"""The rules of series of numbers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from sqlmodel import col

from crm_cli.errors import Conflict, InvalidData
from crm_cli.services.catalogues import check_code, place_last, take_default
from crm_cli.values.invalid import quote
from schema.catalogue import Series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from schema.base import Record

FIXED = ("kind", "prefix", "next_number", "digits", "last_date")
"""What may not change once a number was taken: the next ones could no longer follow it."""


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check the code and the numbers; raises Conflict where numbers were taken already."""
    if values.get("code"):
        check_code(values["code"])
    _check_figures(values)
    if values.get("last_date"):
        values["last_date"] = _check_day(values["last_date"])
    if now.get("last_date") and any(values.get(name, now[name]) != now[name] for name in FIXED):
        raise Conflict(
            "Numbers of the series {code} were taken already.",
            hint="crm series add --help",
            code=now["code"],
        )
    return values


def _check_figures(values: Mapping[str, Any]) -> None:
    digits, number = values.get("digits"), values.get("next_number")
    if digits is not None and not 0 <= digits <= 12:
        raise InvalidData("A number has at most 12 digits.")
    if number is not None and number < 1:
        raise InvalidData("The next number is 1 or more.")


def _check_day(text: str) -> str:
    """The day of the last number as it is kept: other writings would not compare."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InvalidData(
            "{value} is not a date.", hint="Write for example 2026-12-31.", value=quote(text)
        ) from error


def settle(session: Session, record: Record) -> None:
    """Put a new series last; the default is one for each kind of document."""
    series = cast("Series", record)
    place_last(session, series)
    if series.is_default:
        take_default(session, series, col(Series.kind) == series.kind)
