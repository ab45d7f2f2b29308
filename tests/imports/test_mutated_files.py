"""Changed files end in rows or in one sentence, never in a traceback.

`CRM_MUTATIONS=500 pytest tests/imports/test_mutated_files.py` tries 500 of each sort; the default
is small enough for every day.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crm_cli.errors import CrmError
from crm_cli.sheets.reading.reading import read_sheet
from crm_cli.values.text import fold
from tests.imports import mutations

if TYPE_CHECKING:
    from tests.conftest import Crm

    Rows = Counter[frozenset[tuple[str, str]]]

ASKED = int(os.environ.get("CRM_MUTATIONS", "0"))
SAMPLES = Path(__file__).parents[2] / "samples"
KINDS = (*mutations.WRITERS, "json", "leads.xls", "leads.xlsx", "leads.csv")
ENDINGS = [".xls", ".xlsx", ".csv", ".XLS", ".ods", ".txt", ""]
HEADINGS = (
    "Denumire firmă", "CUI", "Persoană de contact", "Telefon", "E-mail", "Localitate", "Județ",
    "Adresa", "Cod poștal",
)  # fmt: skip
KNOWN = set(map(fold, HEADINGS))


@pytest.fixture(scope="module")
def grid() -> list[list[Any]]:
    """The headings and some rows of the samples, as text."""
    rows = [row.cells for row in read_sheet(SAMPLES / "leads.xlsx").rows][:25]
    width = len(HEADINGS)
    return [[*HEADINGS], *([cell and str(cell) for cell in row[:width]] for row in rows)]


def content_of(kind: str, grid: list[list[Any]], folder: Path) -> bytes:
    """A good file."""
    path = folder / "good"
    if kind.startswith("leads"):
        return (SAMPLES / kind).read_bytes()
    if kind == "json":
        mutations.as_records(path, grid)
    else:
        mutations.WRITERS[kind](path, grid, "Foaie 1")
    return path.read_bytes()


def damaged_file(seed: int, grid: list[list[Any]], folder: Path) -> Path:
    """One of the good files, changed for the worse, under any name."""
    chance = random.Random(seed)
    content = content_of(KINDS[seed % len(KINDS)], grid, folder)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        content = chance.choice(mutations.DAMAGES)(content, chance) or b"x"
    path = folder / f"changed{chance.choice(ENDINGS)}"
    path.write_bytes(content)
    return path


def read(path: Path) -> Rows:
    """The rows by headings, in no order."""
    sheet = read_sheet(path, known=lambda heading: fold(heading) in KNOWN)
    pairs = (zip(sheet.headings, row.cells, strict=False) for row in sheet.rows)
    return Counter(
        frozenset((fold(name), str(cell)) for name, cell in row if cell is not None)
        for row in pairs
    )


@pytest.mark.parametrize("seed", range(ASKED or 20))
def test_read_damaged_file(tmp_path: Path, grid: list[list[Any]], seed: int) -> None:
    path = damaged_file(seed, grid, tmp_path)

    try:
        read(path)
    except CrmError as error:
        assert (error.exit_code, error.message.count(str(path))) == (5, 1)  # noqa: PT017


@pytest.mark.parametrize("seed", range(ASKED or 3))
def test_import_damaged_file(
    sqlite_crm: Crm, tmp_path: Path, grid: list[list[Any]], seed: int
) -> None:
    path = damaged_file(seed, grid, tmp_path)

    result = sqlite_crm("lead", "import", path, "--dry-run", "--skip-bad-rows")

    assert result.exit_code in {0, 2, 5, 6}, result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("seed", range(ASKED or 8))
def test_read_changed_file_that_is_good(tmp_path: Path, grid: list[list[Any]], seed: int) -> None:
    chance = random.Random(seed)
    kind = list(mutations.WRITERS)[seed % len(mutations.WRITERS)]
    path = tmp_path / f"changed{chance.choice(ENDINGS)}"
    good = content_of(kind, grid, tmp_path)
    (tmp_path / "good").write_bytes(good)
    title = chance.choice(["Sheet1", "Zażółć & co", "2026"])
    mutations.WRITERS[kind](tmp_path / "other", mutations.harmless(grid, chance), title)
    path.write_bytes(mutations.packed_anew((tmp_path / "other").read_bytes(), chance))

    assert read(path) == read(tmp_path / "good")


@pytest.mark.parametrize("kind", [*mutations.WRITERS, "json"] if ASKED else ["xlsb", "html"])
def test_import_good_file(
    sqlite_crm: Crm, tmp_path: Path, grid: list[list[Any]], kind: str
) -> None:
    content_of(kind, grid[:9], tmp_path)

    result = sqlite_crm("lead", "import", tmp_path / "good", "--dry-run")

    assert (result.exit_code, "good: 8 rows read, 8 created" in result.stderr) == (0, True)
