"""Catalogues, employees, products and the like from a spreadsheet: what follows from a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.imports.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


def test_leave_one_default(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = table(tmp_path, "Code;Name (English);Default", "long;Long;yes", "short;Short;no")

    sqlite_crm.ok("cycle", "import", path)
    again = sqlite_crm.ok("cycle", "import", path)

    cycles = sqlite_crm.ok("cycle", "list", "--columns", "code,position,is_default")
    assert [tuple(one.values()) for one in cycles] == [
        ("default", 1, False),
        ("long", 2, True),
        ("short", 3, False),
    ]
    assert again["unchanged"] == 2


def test_name_a_manager_of_the_same_file(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = table(tmp_path, "Name;Login;Manager", "Jan Nowak;jan;Ewa Lis", "Ewa Lis;ewa;ana")

    sqlite_crm.ok("employee", "import", path)

    managers = sqlite_crm.ok("employee", "list", "--columns", "name,manager", "--sort", "name")
    assert [one["manager"] for one in managers] == [None, "Ana Pop", "Ewa Lis"]


@pytest.mark.parametrize(
    ("noun", "lines", "why"),
    [
        ("employee", ("Name;Manager", "Jan;Nimeni"), "row 2, Manager: There is no employee"),
        ("employee", ("Name;Manager", "Jan;Ewa", "Ewa;Jan"), "cannot be his own manager"),
        ("rate", ("Currency;Date;Rate", "RON;1.1.2026;1"), "the company's own currency"),
        ("product recipe", ("Product;Component;Quantity", "A;B;1", "B;A;1"), "go into itself"),
        ("interaction", ("Subject;At;Account", "Sună;2027-01-01 10:00;1"), "lies in the past"),
        ("interaction", ("Subject;Kind", "Sună;call"), "needs an account or a contact"),
        ("series", ("Code;Last date", "FA;mâine"), "is not a date"),
    ],
)
def test_refuse(
    sqlite_crm: Crm, tmp_path: Path, noun: str, lines: tuple[str, ...], why: str
) -> None:
    for code in ("A", "B"):
        sqlite_crm.id("product", "add", "--code", code, "--name", code)
    sqlite_crm.id("account", "add", "--name", "Alfa")

    result = sqlite_crm(*noun.split(), "import", table(tmp_path, *lines))

    assert result.exit_code == 5
    assert why in result.stderr


def test_move_reminders_with_the_zone(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.id("task", "add", "Sună", "--due", "2026-12-01")

    path = table(tmp_path, "Login;Time zone", "ana;America/New_York")
    sqlite_crm.ok("employee", "import", path)

    assert sqlite_crm.ok("task", "show", 1)["next_reminder_at"] == "2026-12-01T13:00:00+00:00"


def test_fill_in_what_the_company_says(sqlite_crm: Crm, tmp_path: Path) -> None:
    sqlite_crm.id("account", "add", "--name", "Alfa")
    sqlite_crm.id("contact", "add", "--name", "Ion Pop", "--account", 1)

    sqlite_crm.ok("product", "import", table(tmp_path, "Code;Name;Price", "A;Articol;12,50"))
    sqlite_crm.ok("interaction", "import", table(tmp_path, "Subject;Contact", "Sună;Ion Pop"))

    assert sqlite_crm.ok("product", "show", "A")["currency"] == "RON"
    interaction = sqlite_crm.ok("interaction", "show", 1)
    assert (interaction["account"], interaction["employee"]) == ("Alfa", "Ana Pop")
    assert (interaction["kind"], interaction["at"]) == ("note", "2026-11-23T08:00:00+00:00")


def test_go_on_with_a_series_of_another_program(sqlite_crm: Crm, tmp_path: Path) -> None:
    path = table(tmp_path, "Code;Next number;Last date", "FA;118;2026-11-23")
    sqlite_crm.ok("series", "import", path)
    sqlite_crm.id("account", "add", "--name", "Alfa")
    number = sqlite_crm.id("invoice", "add", "--account", 1, "--line", "text:Servicii;1;100")

    assert sqlite_crm.ok("invoice", "post", number)["label"] == "FA0118"
