"""Calendars as programs write them: what a human reads in each of them."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from crm_cli.errors import CrmError
from crm_cli.origins import Origin
from crm_cli.sheets.reading.reading import read_sheet

if TYPE_CHECKING:
    from crm_cli.calendars.cells import Cells

pytestmark = [pytest.mark.proves("R135"), pytest.mark.proves("R143")]

SAMPLES = Path(__file__).parent / "samples"
LABELS: dict[str, Any] = tomllib.loads((SAMPLES / "labels.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LABELS)
def test_read_as_a_human_does(name: str) -> None:
    assert _read(SAMPLES / name) == LABELS[name]


def test_every_sample_is_labelled() -> None:
    assert {path.name for path in SAMPLES.iterdir()} - {"labels.toml"} == set(LABELS)


def _read(path: Path) -> dict[str, Any]:
    try:
        sheet = read_sheet(path)
    except CrmError as error:
        return {"error": error.message.replace(f"{path.parent}/", "")}
    items = [{"item": row.number} | _said(cast("Cells", row.cells)) for row in sheet.rows]
    broken = {str(row): str(why) for row, why in sheet.broken.items()}
    return {"about": sheet.about, "items": items} | ({"broken": broken} if broken else {})


def _said(cells: Cells) -> dict[str, Any]:
    """What an item says; a moment in UTC, a time of any wall as it stands there."""
    return {
        name: _shown(value)
        for name, value in cells._asdict().items()
        if value is not None and name != "is_event"
    }


def _shown(value: object) -> object:
    if isinstance(value, datetime):
        there = value.astimezone(UTC) if value.tzinfo else value
        return there.isoformat().replace("+00:00", "Z")
    if isinstance(value, Origin):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
