"""The floor of an export: the same values, written by XlsxWriter or the csv module alone.

Run as `python export_floor.py DATABASE FILE`.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = """
SELECT a.name, a.code, a.relations, a.tax_id, a.email, a.phone, a.turnover, a.employees, a.note,
  o.name, a.city, a.county, a.country, a.created_at
FROM account a LEFT JOIN employee o ON o.id = a.owner_id ORDER BY a.id"""
ZONE = ZoneInfo("Europe/Bucharest")
AMOUNT, MOMENT = 6, 13


def rows(database: str) -> Iterator[list[Any]]:
    """The values of a row as they are to be seen."""
    for found in sqlite3.connect(database).execute(ROWS):
        row = list(found)
        row[AMOUNT] = row[AMOUNT] and Decimal(row[AMOUNT]).scaleb(-2)
        row[MOMENT] = datetime.fromisoformat(row[MOMENT]).astimezone(ZONE).replace(tzinfo=None)
        yield row


def write_xlsx(path: Path, database: str) -> None:
    """What XlsxWriter costs at its leanest: each cell by the method of its type."""
    from xlsxwriter import Workbook

    book = Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    money, moment = (
        book.add_format({"num_format": code}) for code in ("#,##0.00", "dd.mm.yyyy hh:mm")
    )
    for at, row in enumerate(rows(database)):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, column, value)
            elif isinstance(value, datetime):
                sheet.write_datetime(at, column, value, moment)
            elif value is not None:
                sheet.write_number(at, column, value, money if column == AMOUNT else None)
    book.close()


def main(database: str, target: str) -> None:
    """Write the file that is named."""
    path = Path(target)
    if path.suffix == ".xlsx":
        write_xlsx(path, database)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows(database))


main(*sys.argv[1:])
