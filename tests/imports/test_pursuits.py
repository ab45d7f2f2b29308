"""Leads from a spreadsheet, at the responsibility they have come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.imports.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

HEAD = "Name;Status;Owner;First contact;Responsibility;Term;Closed;Reason"


def test_import_an_active_lead(sqlite_crm: Crm, tmp_path: Path) -> None:
    line = "Alfa SRL;active;ana;2026-10-01 10:00;quoting;30.11.2026;;"
    path = table(tmp_path, HEAD, line)

    first = sqlite_crm.ok("lead", "import", path)
    again = sqlite_crm.ok("lead", "import", path)

    lead = sqlite_crm.ok("lead", "show", 1)
    task = sqlite_crm.ok("task", "show", lead["task_id"])
    steps = [(one["step"], one["status"]) for one in lead["responsibilities"]]
    assert (first["created"], again["unchanged"]) == (1, 1)
    assert (lead["status"], lead["responsibility"], lead["term"]) == (
        *("active", "quoting", "2026-11-30"),
    )
    assert steps == [("contact", "skipped"), ("meeting", "skipped"), ("quoting", "open")]
    assert (task["assignee"], task["due_at"], task["kind"]) == ("Ana Pop", None, "responsibility")


def test_send_no_reminder_of_a_term_that_passed(sqlite_crm: Crm, tmp_path: Path) -> None:
    line = "Alfa SRL;active;ana;2026-10-01 10:00;;;;"

    sqlite_crm.ok("lead", "import", table(tmp_path, HEAD, line))

    assert sqlite_crm.ok("task", "show", 1)["next_reminder_at"] is None


@pytest.mark.parametrize("closed", ["2026-09-01 10:00", ""])
def test_import_a_refused_lead_once(sqlite_crm: Crm, tmp_path: Path, closed: str) -> None:
    path = table(tmp_path, HEAD, f"Alfa SRL;refused;ana;2026-08-01 9:00;;;{closed};price")

    sqlite_crm.ok("lead", "import", path)
    again = sqlite_crm.ok("lead", "import", path, CRM_NOW="2026-11-24T08:00:00+00:00")

    (lead,) = sqlite_crm.ok("lead", "list", "--columns", "status,reason")
    assert lead == {"status": "refused", "reason": "price"}
    assert sqlite_crm.ok("account", "show", 1)["relations"] == ["prospect"]
    assert (again["created"], again["updated"]) == (0, 0)


def test_refuse_to_skip_the_lead_s_own_steps(sqlite_crm: Crm, tmp_path: Path) -> None:
    line = "Alfa SRL;active;ana;2026-10-01 10:00;{};;;"
    sqlite_crm.ok("lead", "import", table(tmp_path, HEAD, line.format("contact")))

    result = sqlite_crm("lead", "import", table(tmp_path, HEAD, line.format("quoting")))

    assert result.exit_code == 5
    assert "its own steps move it" in result.stderr


def test_ask_for_what_an_active_lead_needs(sqlite_crm: Crm, tmp_path: Path) -> None:
    result = sqlite_crm("lead", "import", table(tmp_path, HEAD, "Alfa SRL;active;;;;;;"))

    assert result.exit_code == 5
    assert "An active lead needs an owner" in result.stderr
