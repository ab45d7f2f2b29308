"""`crm report pipeline`: counts and amounts of each owner, stage and currency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

NAMES = "'leave', 'pipeline', 'task-days', 'tasks', 'workload'"
FOUND = (
    ("ana", "RON", "100.10", "new"),
    ("ana", "RON", "200.20", "quoting"),
    ("ana", "EUR", "50", "quoting"),
    ("jan", "RON", "1000", "quoting"),
    (None, "RON", None, "negotiation"),
)


@pytest.fixture
def pipeline(crm: Crm) -> Crm:
    """Five open opportunities and a lost one."""
    crm.id("account", "add", "--name", "Moldo Trans SRL")
    crm.id("employee", "add", "--name", "Jan Kowalski", "--login", "jan")
    for owner, currency, amount, stage in FOUND:
        crm.id(
            *("opportunity", "add", "--account", 1, "--name", "X", "--stage", stage),
            *("--currency", currency, *(("--owner", owner) if owner else ())),
            *(("--amount", amount) if amount else ()),
        )
    lost = crm.id("opportunity", "add", "--account", 1, "--name", "Y", "--amount", "999")
    crm.ok("opportunity", "lose", lost, "--reason", "price")
    return crm


@pytest.mark.proves("R212")
def test_pipeline(pipeline: Crm) -> None:
    columns = ("owner", "currency", "new_amount", "quoting", "quoting_amount", "total_amount")

    rows = pipeline.ok("report", "pipeline")

    assert [tuple(row[name] for name in columns) for row in rows] == [
        ("(nobody)", "RON", "0.00", 0, "0.00", "0.00"),
        ("Ana Pop", "EUR", "0.00", 1, "50.00", "50.00"),
        ("Ana Pop", "RON", "100.10", 1, "200.20", "300.30"),
        ("Jan Kowalski", "RON", "0.00", 1, "1000.00", "1000.00"),
        ("total", "EUR", "0.00", 1, "50.00", "50.00"),
        ("total", "RON", "100.10", 2, "1200.20", "1300.30"),
    ]


@pytest.mark.proves("R195")
def test_pipeline_of_one_owner(pipeline: Crm) -> None:
    rows = pipeline.ok("report", "pipeline", "--where", "owner = jan")

    assert [row["owner"] for row in rows] == ["Jan Kowalski", "total"]


@pytest.mark.proves("R224")
def test_pipeline_as_a_workbook(pipeline: Crm, tmp_path: Path) -> None:
    pipeline.ok("employee", "edit", 1, "--language", "ro")

    assert pipeline("report", "pipeline", "--output", tmp_path / "p.xlsx").exit_code == 0

    rows = list(load_workbook(tmp_path / "p.xlsx").active.values)
    assert rows[0][:4] == ("Responsabil", "Monedă", "Nouă", "Nouă – suma")
    assert rows[2][:4] == ("Ana Pop", "EUR", 0, 0)


def test_pipeline_without_opportunities(crm: Crm) -> None:
    result = crm("report", "pipeline")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Nothing to report.\n")


@pytest.mark.parametrize("name", ["campaign_sums", "conversion", "nosuch"])
def test_report_that_is_none(sqlite_crm: Crm, name: str) -> None:
    result = sqlite_crm("report", name)

    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        2,
        f"crm: Invalid value for 'NAME': '{name}' is not one of {NAMES}.",
    )
