"""Importing accounts and leads, against reading the file and inserting its rows unseen."""

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
    from collections.abc import Iterable, Iterator

    from benchmarks.processes import Cost

SIZE, LEADS, ROUNDS = 100_000, 20_000, 3
HEADINGS = (
    "Denumire", "CUI", "E-mail", "Telefon", "Localitate", "Județ", "Adresă", "Cod poștal",
    "Cifra de afaceri", "Nr. angajați", "Țară", "Relații", "Cod extern", "Observații",
)  # fmt: skip
CITIES = (
    ("Iași", "IS"), ("Vaslui", "VS"), ("Cluj-Napoca", "CJ"), ("București", "B"), ("Brașov", "BV"),
)  # fmt: skip
RELATIONS, PERSON = "Relații", "Persoană de contact"
WEIGHTS = (7, 5, 3, 2, 1, 7, 5, 3, 2)
FLOOR = Path(__file__).with_name("import_floor.py")


def imports() -> Iterator[Row]:
    """The first import, a second of the same file, the memory they take, and one of leads."""
    with tempfile.TemporaryDirectory(prefix="crm-bench-") as folder:
        accounts, leads = Path(folder, "accounts.xlsx"), Path(folder, "leads.xlsx")
        write_accounts(accounts, SIZE)
        write_leads(leads, LEADS)
        floor, first, again = _measure(Path(folder), "account", accounts)
        yield Row(f"import of {SIZE:,} x 14 .xlsx", first.seconds / floor.seconds, 2.5)
        yield Row("the same once more", again.seconds / floor.seconds, 1.5)
        yield Row("memory of an import", max(first.megabytes, again.megabytes), 300, unit="MB")
        floor, first, _ = _measure(Path(folder), "lead", leads)
        yield Row(f"import of {LEADS:,} leads", first.seconds / floor.seconds, 5)


def _measure(folder: Path, noun: str, sheet: Path) -> tuple[Cost, Cost, Cost]:
    """The cheapest floor, import, and import of the same file again."""
    empty, filled = folder / "empty.db", folder / "filled.db"
    empty.unlink(missing_ok=True)
    environment = {"CRM_USER": "ana", "XDG_CONFIG_HOME": str(folder)}
    made = {**environment, "CRM_DATABASE_URL": str(empty)}
    subprocess.run(crm("init", "--country", "RO"), env=made, check=True, capture_output=True)
    rounds = []
    for _ in range(ROUNDS):
        copy(empty, filled)
        floor = once([sys.executable, str(FLOOR), str(sheet), str(filled)], environment)
        copy(empty, filled)
        used = {**environment, "CRM_DATABASE_URL": str(filled)}
        words = crm(noun, "import", str(sheet))
        rounds.append((floor, once(words, used), once(words, used)))
    floor, first, again = (
        min(some, key=lambda cost: cost.seconds) for some in zip(*rounds, strict=True)
    )
    return floor, first, again


def write_accounts(path: Path, size: int) -> None:
    """A workbook of valid accounts, all different."""
    _write(path, HEADINGS, map(_account, range(1, size + 1)))


def write_leads(path: Path, size: int) -> None:
    """A workbook of valid leads: each is an account, a contact, and the lead itself."""
    headings = [PERSON if heading == RELATIONS else heading for heading in HEADINGS]
    _write(path, headings, map(_lead, range(1, size + 1)))


def _write(path: Path, headings: Iterable[str], rows: Iterable[Iterable[str | float]]) -> None:
    book = Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Conturi")
    sheet.write_row(0, 0, headings)
    for number, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            else:
                sheet.write_number(number, column, value)
    book.close()


def _lead(number: int) -> Iterator[str | float]:
    for heading, value in zip(HEADINGS, _account(number), strict=True):
        yield f"Popescu Ion {number}" if heading == RELATIONS else value


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
