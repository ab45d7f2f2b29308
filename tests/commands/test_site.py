"""`crm site`: offices and work points of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.mark.proves("R7", "R11")
def test_add(crm: Crm) -> None:
    dacia = crm.id("account", "add", "--name", "Dacia")

    result = crm(
        *("site", "add", "--name", "Depozit Vaslui", "--account", "Dacia"),
        *("--email", "depozit@Dacia.example", "--phone", "0235 123 456"),
        *("--city", "Vaslui", "--county", "jud. Vaslui"),
    )

    assert result.stdout == (
        "id          1\n"
        "name        Depozit Vaslui\n"
        "account     Dacia\n"
        f"account_id  {dacia}\n"
        "email       depozit@dacia.example\n"
        "phone       +40235123456\n"
        "city        Vaslui\n"
        "county      VS\n"
        "country     RO\n"
        "version     1\n"
        "created_at  2026-11-23 10:00\n"
        "created_by  ana\n"
        "updated_at  2026-11-23 10:00\n"
        "updated_by  ana\n"
    )


def test_list_where_county_in_words(crm: Crm) -> None:
    crm.ok("account", "add", "--name", "Dacia")
    for city, county in (("Iași", "Iași"), ("Vaslui", "VS"), ("Cluj-Napoca", "Cluj")):
        place = ("--city", city, "--county", county)
        crm.ok("site", "add", "--name", f"Sediu {city}", "--account", "Dacia", *place)

    rows = crm.ok("site", "list", "--where", "county in (Iaşi, jud. Vaslui)", "--sort", "-city")

    assert [row["county"] for row in rows] == ["VS", "IS"]


def test_add_in_another_country(sqlite_crm: Crm) -> None:
    sqlite_crm.ok("account", "add", "--name", "Fabryka", "--country", "Polska")

    added = sqlite_crm.ok(
        *("site", "add", "--name", "Oddział", "--account", "Fabryka", "--country", "Polonia"),
        *("--county", "woj. śląskie", "--phone", "32 123 45 67"),
    )

    assert (added["country"], added["county"]) == ("PL", "SL")
    assert added["phone"] == "+48321234567"


def test_add_without_account(sqlite_crm: Crm) -> None:
    result = sqlite_crm("site", "add", "--name", "Depozit")

    assert result.exit_code == 2
    assert "--account" in result.stderr


def test_edit_unknown_county(sqlite_crm: Crm) -> None:
    sqlite_crm.ok("account", "add", "--name", "Dacia")
    site = sqlite_crm.id("site", "add", "--name", "Depozit", "--account", "Dacia")

    result = sqlite_crm("site", "edit", site, "--county", "Transilvania")

    assert result.exit_code == 5
    assert "'Transilvania'" in result.stderr
    assert sqlite_crm.ok("site", "show", site)["version"] == 1
