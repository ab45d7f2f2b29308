"""Importing 100,000 accounts, against reading the file and inserting its rows unseen."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from benchmarks.processes import crm, once
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE, ROUNDS = 100_000, 3
HEADINGS = (
    "Denumire", "CUI", "E-mail", "Telefon", "Localitate", "Județ", "Adresă", "Cod poștal",
    "Cifra de afaceri", "Nr. angajați", "Țară", "Relații", "Cod extern", "Observații",
)  # fmt: skip
CITIES = (
    ("Iași", "IS"), ("Vaslui", "VS"), ("Cluj-Napoca", "CJ"), ("București", "B"), ("Brașov", "BV"),
)  # fmt: skip
WEIGHTS = (7, 5, 3, 2, 1, 7, 5, 3, 2)
FLOOR = Path(__file__).with_name("import_floor.py")


def imports() -> Iterator[Row]:
    """The first import, a second of the same file, and the memory they take."""
    with tempfile.TemporaryDirectory(prefix="crm-bench-") as folder:
        yield from _measure(Path(folder))


def _measure(folder: Path) -> Iterator[Row]:
    sheet = folder / "accounts.xlsx"
    write_accounts(sheet, SIZE)
    empty, filled = folder / "empty.db", folder / "filled.db"
    environment = {"CRM_USER": "ana", "XDG_CONFIG_HOME": str(folder)}
    made = {**environment, "CRM_DATABASE_URL": str(empty)}
    subprocess.run(crm("init", "--country", "RO"), env=made, check=True, capture_output=True)
    rounds = []
    for _ in range(ROUNDS):
        copy(empty, filled)
        floor = once([sys.executable, str(FLOOR), str(sheet), str(filled)], environment)
        copy(empty, filled)
        used = {**environment, "CRM_DATABASE_URL": str(filled)}
        words = crm("account", "import", str(sheet))
        rounds.append((floor, once(words, used), once(words, used)))
    columns = zip(*rounds, strict=True)
    floor, first, again = (min(some, key=lambda cost: cost.seconds) for some in columns)
    yield Row("import of 100,000 x 14 .xlsx", first.seconds / floor.seconds, 2.5)
    yield Row("the same once more", again.seconds / floor.seconds, 1.5)
    yield Row("memory of an import", max(first.megabytes, again.megabytes), 300, unit="MB")


def write_accounts(path: Path, size: int) -> None:
    """A workbook of valid accounts, all different."""
    book = Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Conturi")
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(0, column, heading)
    for number in range(1, size + 1):
        for column, value in enumerate(_account(number)):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            else:
                sheet.write_number(number, column, value)
    book.close()


def _account(number: int) -> tuple[str | float, ...]:
    city, county = CITIES[number % len(CITIES)]
    return (
        f"Firma {number} SRL",
        _cui(10_000_000 + number),
        f"office{number}@firma{number}.ro",
        f"07{22_000_000 + number}",
        city,
        county,
        f"Str. Lungă nr. {number % 300}",
        f"70{number % 10_000:04d}",
        number * 100.5,
        number % 200,
        "RO",
        "customer",
        f"X{number}",
        f"nota {number}",
    )


def _cui(base: int) -> str:
    digits = str(base).zfill(9)
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return f"RO{base}{total * 10 % 11 % 10}"
