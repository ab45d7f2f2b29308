"""Campaigns with members from a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.imports.tables import table
from tests.market import client

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

HEAD = "Name;Start;End;Member;Responded on"


def test_import_members(sqlite_crm: Crm, tmp_path: Path) -> None:
    for name in ("Alfa", "Beta"):
        client(sqlite_crm, name)
    lines = ("Toamna;1.9.2026;30.11.2026;Alfa;5.9.2026", "Toamna;1.9.2026;30.11.2026;Beta;")
    path = table(tmp_path, HEAD, *lines)

    first = sqlite_crm.ok("campaign", "import", path)
    again = sqlite_crm.ok("campaign", "import", path)

    campaign = sqlite_crm.ok("campaign", "show", 1)
    members = sqlite_crm.ok("campaign", "member", "list", 1, "--columns", "account,responded_on")
    assert (first["created"], again["created"], again["updated"]) == (1, 0, 0)
    assert (campaign["currency"], campaign["status"]) == ("RON", "planned")
    assert [one["responded_on"] for one in members] == ["2026-09-05", None]


def test_refuse_an_answer_before_the_start(sqlite_crm: Crm, tmp_path: Path) -> None:
    client(sqlite_crm, "Alfa")
    lines = ("T;1.9.2026;30.11.2026;;", ";;;Alfa;5.8.2026")

    result = sqlite_crm("campaign", "import", table(tmp_path, HEAD, *lines))

    assert result.exit_code == 5
    assert "row 3: An answer on 2026-08-05 comes before the campaign began" in result.stderr


def test_refuse_a_period_that_the_campaign_there_is_contradicts(
    sqlite_crm: Crm, tmp_path: Path
) -> None:
    path = table(tmp_path, HEAD, "T;1.9.2026;30.11.2026;;")
    sqlite_crm.ok("campaign", "import", path)

    result = sqlite_crm("campaign", "import", table(tmp_path, "Name;End", "T;1.8.2026"))

    assert result.exit_code == 5
    assert "lies before the start" in result.stderr
