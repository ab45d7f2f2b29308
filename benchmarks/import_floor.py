"""The floor of an import: read the workbook, insert its rows as they are.

Run as `python import_floor.py WORKBOOK DATABASE`.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from python_calamine import CalamineWorkbook
from sqlalchemy import create_engine, insert

import schema.models  # noqa: F401 - all tables, as an import of the program needs them
from schema.account import Account
from schema.base import table_of

ATTRIBUTES = (
    "name", "tax_id", "email", "phone", "city", "county", "address", "postal_code", "turnover",
    "employees", "country", None, "external_id", "note",
)  # fmt: skip
AT_ONCE = 5_000


def main(workbook: str, database: str) -> None:
    """Read and insert."""
    rows = CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python()
    stamp = {
        "created_at": datetime.now(UTC),
        "created_by": "x",
        "updated_at": datetime.now(UTC),
        "updated_by": "x",
        "version": 1,
        "name_folded": "x",
    }
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        for start in range(1, len(rows), AT_ONCE):
            some = [stamp | _values(row) for row in rows[start : start + AT_ONCE]]
            connection.execute(insert(table_of(Account)), some)


def _values(row: list[Any]) -> dict[str, Any]:
    values = {name: value for name, value in zip(ATTRIBUTES, row, strict=True) if name}
    values["turnover"] = Decimal(str(values["turnover"]))
    values["employees"] = int(values["employees"])
    return values


main(*sys.argv[1:])
