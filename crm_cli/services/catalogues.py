"""The rules of all catalogues: codes, positions, one default."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from sqlmodel import col, select

from crm_cli.errors import InvalidData
from crm_cli.values.countries import country_code
from crm_cli.values.invalid import quote
from schema.base import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement
    from sqlmodel import Session

    from schema.base import Record
    from schema.catalogue import CatalogueRecord

CODE = re.compile(r"(?![0-9]+$)[A-Za-z0-9][A-Za-z0-9._-]*")


def complete(now: Mapping[str, Any], values: dict[str, Any], home: str) -> dict[str, Any]:
    """Check the code and the country."""
    if values.get("code"):
        check_code(values["code"])
    if values.get("country"):
        values["country"] = country_code(values["country"])
    return values


def check_code(code: str) -> None:
    """Raise InvalidData for a code that cannot stand on a command line by itself."""
    if not CODE.fullmatch(code):
        raise InvalidData(
            "{value} cannot be a code.",
            hint="Use letters without diacritics, digits, '-', '_' and '.', not digits alone.",
            value=quote(code),
        )


def settle(session: Session, record: Record) -> None:
    """Put a new row last, and take the default from the others when this one gets it."""
    row = cast("CatalogueRecord", record)
    place_last(session, row)
    if getattr(row, "is_default", False):
        take_default(session, row)


def place_last(session: Session, row: CatalogueRecord) -> None:
    """Give a row without a position the one after all others."""
    if not row.position:
        position = col(type(row).position)
        found = session.exec(select(position).order_by(position.desc()).limit(1)).first()
        row.position = (found or 0) + 1


def take_default(session: Session, row: CatalogueRecord, *among: ColumnElement[bool]) -> None:
    """Leave the row the only default, among those of the same kind."""
    kind = type(row)
    table = table_of(kind)
    others = session.exec(select(kind).where(table.c.is_default.is_(True), *among))
    for other in others:
        if other is not row:
            other.is_default = False
