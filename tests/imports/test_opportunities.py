"""Opportunities with their history from a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.imports.tables import table
from tests.market import client

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

HEAD = "Name;Account;Stage;Status;Stage changed;New stage;Information;Reasons"


@pytest.fixture
def market(sqlite_crm: Crm) -> Crm:
    client(sqlite_crm, "Moldo Trans SRL", "--owner", "ana")
    return sqlite_crm


def test_import_a_history(market: Crm, tmp_path: Path) -> None:
    lines = (
        "Cântar;Moldo Trans SRL;;;2025-03-01 10:00;new;Întâlnire;",
        ";;;;2025-04-01 10:00;Quoting;Ofertă;",
        ";;;;2025-05-01 10:00;lost;;price; competitor".replace("; c", "\n c").replace("\n", ";"),
    )
    path = table(tmp_path, HEAD, lines[0], lines[1].replace("Quoting", "2. Ofertare"), lines[2])

    market.ok("opportunity", "import", path)

    (one,) = market.ok("opportunity", "list", "--columns", "all")
    history = market.ok("opportunity", "history", one["id"])
    assert (one["stage"], one["status"], one["opened"]) == ("lost", "lost", "2025-03-01")
    assert one["closed_at"] == "2025-05-01T07:00:00+00:00"
    assert one["owner"] == "Ana Pop"
    assert [row["stage"] for row in history] == ["new", "quoting", "lost"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("A;Moldo Trans SRL;negotiation;;;;;", ("negotiation", "open", 60)),
        ("A;Moldo Trans SRL;;won;;;;", ("won", "won", 100)),
        ("A;Moldo Trans SRL;3. Negocjacje;;;;;", ("negotiation", "open", 60)),
        ("A;Moldo Trans SRL;Negociere;;;;;", ("negotiation", "open", 60)),
        ("A;Moldo Trans SRL;;;;;;", ("new", "open", 0)),
    ],
)
def test_begin_at_any_stage(
    market: Crm, tmp_path: Path, line: str, expected: tuple[str, str, int]
) -> None:
    market.ok("opportunity", "import", table(tmp_path, HEAD, line))

    one = market.ok("opportunity", "show", 1)
    (passage,) = market.ok("opportunity", "history", 1)
    assert (one["stage"], one["status"], one["probability"]) == expected
    assert passage["stage"] == expected[0]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (
            "A;Moldo Trans SRL;prospecting;;;;;",
            "The sales cycle has no stage 'prospecting'. It has New, 1. Presentation, 2. Quoting,",
        ),
        ("A;Moldo Trans SRL;won;open;;;;", "In the stage won an opportunity is not open."),
        ("A;Moldo Trans SRL;won;;1.3.2025;new;;", "The history ends in the stage new"),
        ("A;Moldo Trans SRL;;;1.3.2025;;vorbă;", "has a moment and a stage."),
    ],
)
def test_refuse_a_contradiction(market: Crm, tmp_path: Path, line: str, why: str) -> None:
    result = market("opportunity", "import", table(tmp_path, HEAD, line))

    assert result.exit_code == 5
    assert why in result.stderr


def test_find_the_stage_in_the_cycle_of_the_row(market: Crm, tmp_path: Path) -> None:
    market.id("cycle", "add", "--code", "long", "--name-en", "Long")
    market.id("stage", "add", "--cycle", "long", "--code", "won", "--name-en", "W")
    lines = ("Name;Account;Stage;Sales cycle", "A;1;won;long", "B;1;won;default", "C;1;won;")

    market.ok("opportunity", "import", table(tmp_path, *lines))

    found = market.ok("opportunity", "list", "--columns", "name,cycle", "--sort", "name")
    assert [one["cycle"] for one in found] == ["long", "default", "default"]


def test_leave_the_stage_to_its_own_steps(market: Crm, tmp_path: Path) -> None:
    market.id("opportunity", "add", "--account", 1, "--name", "A")

    result = market("opportunity", "import", table(tmp_path, "Name;Account;Stage", "A;1;won"))

    assert result.exit_code == 5
    assert market.ok("opportunity", "show", 1)["stage"] == "new"


def test_ask_to_which_passage_a_reason_belongs(market: Crm, tmp_path: Path) -> None:
    market.id("opportunity", "add", "--account", 1, "--name", "A")

    result = market("opportunity", "import", table(tmp_path, "Name;Account;Reasons", "A;1;price"))

    assert result.exit_code == 5
    assert "row 2: A reason belongs to a line of the history." in result.stderr
