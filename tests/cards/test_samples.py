"""Cards and address books as programs write them: what a human reads in each of them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crm_cli.cards.address_books import is_of_layout
from crm_cli.cards.book_reading import as_contacts
from crm_cli.errors import CrmError, InvalidData
from crm_cli.imports.columns.mapping import plain
from crm_cli.sheets.reading.reading import read_sheet

pytestmark = pytest.mark.proves("R143")

SAMPLES = Path(__file__).parent / "samples"
LABELS: dict[str, Any] = tomllib.loads((SAMPLES / "labels.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LABELS)
def test_read_as_a_human_does(name: str) -> None:
    assert _read(SAMPLES / name) == LABELS[name]


def test_refuse_a_file_too_large_for_the_memory() -> None:
    path = SAMPLES / "apple-3.0.vcf"

    with pytest.raises(InvalidData, match=re.escape(f"{path} has 0 MB, too much for cards.")):
        read_sheet(path, memory=1000)


def test_every_sample_is_labelled() -> None:
    assert {path.name for path in SAMPLES.iterdir()} - {"labels.toml"} == set(LABELS)


def _read(path: Path) -> dict[str, Any]:
    try:
        sheet = read_sheet(path, known=lambda heading: is_of_layout(plain(heading)))
    except CrmError as error:
        return {"error": error.message.replace(f"{path.parent}/", "")}
    sheet = as_contacts(sheet, plain, {})
    people = [
        {"row": row.number}
        | {
            heading: cell
            for heading, cell in zip(sheet.headings, row.cells, strict=True)
            if cell is not None
        }
        for row in sheet.rows
    ]
    broken = {str(row): str(why) for row, why in sheet.broken.items()}
    return {"about": sheet.about, "people": people} | ({"broken": broken} if broken else {})
