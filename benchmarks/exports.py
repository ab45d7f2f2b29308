"""Exporting 100,000 accounts, against writing the same values with the libraries alone."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.processes import crm, once
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROUNDS = 3
COLUMNS = (
    "name,code,relations,tax_id,email,phone,turnover,employees,note,owner,city,county,country,"
    "created_at"
)
FILLED = """
UPDATE account SET code = 'K' || printf('%06d', id), relations = '|customer|',
  tax_id = 'RO' || (10000000 + id), tax_digits = '' || (10000000 + id), turnover = id * 3700,
  email = 'office' || id || '@firma.example', phone = '+40722' || printf('%06d', id),
  employees = id % 250, note = 'Sună dimineața, după 10:00', owner_id = 1 + id % 5"""
FLOOR = Path(__file__).with_name("export_floor.py")
GOALS = {"xlsx": 0.3, "csv": 2}


def exports(environment: Mapping[str, str]) -> Iterator[Row]:
    """A workbook and a CSV file of the company's accounts, and the memory they take."""
    database = Path(environment["CRM_DATABASE_URL"])
    with sqlite3.connect(database) as connection:
        connection.execute(FILLED)
    connection.close()
    megabytes = []
    for ending, goal in GOALS.items():
        ours, floors = database.with_name(f"a.{ending}"), database.with_name(f"floor.{ending}")
        export = crm("account", "export", str(ours), "--columns", COLUMNS)
        bare = [sys.executable, str(FLOOR), str(database), str(floors)]
        runs = [(once(export, environment), once(bare, environment)) for _ in range(ROUNDS)]
        cost, floor = (min(some, key=lambda cost: cost.seconds) for some in zip(*runs, strict=True))
        megabytes.append(cost.megabytes)
        yield Row(f"export of 100,000 x 14 .{ending}", cost.seconds / floor.seconds, goal)
    yield Row("memory of an export", max(megabytes), 150, unit="MB")
