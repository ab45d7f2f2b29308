"""The opportunities of another CRM come in with one mapping file, and no script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm

SAMPLES = Path(__file__).parents[2] / "samples"
FILE = SAMPLES / "foreign-opportunities.csv"
MAPPED = ("--mapping", SAMPLES / "foreign-opportunities.toml")


def test_import_the_opportunities_of_another_crm(crm: Crm) -> None:
    result = crm("opportunity", "import", FILE, *MAPPED)

    assert result.exit_code == 0, result.stderr
    said = result.stderr.splitlines()
    assert [line.partition(":")[0] for line in said[1:4]] == [
        "13 accounts created",
        "6 employees created",
        "5 products created",
    ]
    assert said[4].endswith("60 rows read, 60 created, 0 updated, 0 unchanged, 0 rejected.")
    found = crm.ok("opportunity", "show", "ext:309D6B79")
    names = ("name", "account", "owner", "stage", "status", "product", "amount", "currency")
    assert [found[name] for name in names] == [
        "GTK 500",
        "Bioholding",
        "Vicki Laflamme",
        "won",
        "won",
        "GTK-500",
        "26492.00",
        "USD",
    ]
    assert (found["opened"], found["close"], found["closed_at"][:10]) == (
        "2026-08-12",
        "2026-10-03",
        "2026-10-02",
    )
    assert crm("audit", "verify").exit_code == 0


def test_import_them_twice(sqlite_crm: Crm) -> None:
    sqlite_crm("opportunity", "import", FILE, *MAPPED)
    before = execute(sqlite_crm.url, "SELECT count(*) FROM audit")

    again = sqlite_crm("opportunity", "import", FILE, *MAPPED)

    assert again.stderr.endswith("60 rows read, 0 created, 0 updated, 60 unchanged, 0 rejected.\n")
    assert execute(sqlite_crm.url, "SELECT count(*) FROM audit") == before


def test_import_them_into_a_database_that_knows_some(sqlite_crm: Crm) -> None:
    sqlite_crm.ok("account", "add", "--name", "S.C. LEMN VERDE S.R.L.")
    sqlite_crm.ok("employee", "add", "--name", "Lukasz Wojcik", "--login", "lukasz")
    sqlite_crm.ok("product", "add", "--code", "G5", "--name", "gtk 500")

    sqlite_crm("opportunity", "import", FILE, *MAPPED)

    assert len(sqlite_crm.ok("account", "list")) == 13
    assert len(sqlite_crm.ok("employee", "list")) == 7
    assert [one["code"] for one in sqlite_crm.ok("product", "list")] == [
        "G5",
        "GTX-BASIC",
        "GTX-PRO",
        "MG-ADVANCED",
        "MG-SPECIAL",
    ]


def test_guess_their_mapping(sqlite_crm: Crm) -> None:
    printed = sqlite_crm("opportunity", "import", FILE, "--guess").stdout.splitlines()

    columns = printed.index("[columns]")
    assert printed[columns + 1 : columns + 9] == [
        '# "opportunity_id" = ""',
        '# "sales_agent" = "owner"  # ?',
        '"product" = "product"',
        '"account" = "account"',
        '# "deal_stage" = "stage"  # ?',
        '# "engage_date" = ""',
        '# "close_date" = "close"  # ?',
        '# "close_value" = "amount"  # ?',
    ]


def test_guess_the_stages_they_need(sqlite_crm: Crm) -> None:
    words = ("--map", "deal_stage=stage", "--guess")

    printed = sqlite_crm("opportunity", "import", FILE, *words).stdout.splitlines()

    stages = printed.index("[values.stage]")
    assert printed[stages + 1 : stages + 4] == [
        "# one of: new, presentation, quoting, negotiation, won, lost",
        '# "Engaging" = ""',
        '# "Prospecting" = ""',
    ]


def test_guess_all_that_is_known_already(sqlite_crm: Crm, tmp_path: Path) -> None:
    saved = tmp_path / "list.toml"
    saved.write_text(sqlite_crm("opportunity", "import", FILE, *MAPPED, "--guess").stdout, "utf-8")
    sqlite_crm("opportunity", "import", FILE, "--mapping", saved)

    again = sqlite_crm("opportunity", "import", FILE, *MAPPED)

    assert again.stderr.endswith("60 rows read, 0 created, 0 updated, 60 unchanged, 0 rejected.\n")
    assert saved.read_text("utf-8").splitlines()[2:] == [
        "[import]",
        'locale = "en-US"',
        'create_missing = "account,product,employee"',
        '# key = "external_id"  # by what alone rows are recognised',
        "",
        "[columns]",
        '"opportunity_id" = "external_id"',
        '"sales_agent" = "owner"',
        '"product" = "name,product"',
        '"account" = "account"',
        '"deal_stage" = "stage"',
        '"engage_date" = "opened"',
        '"close_date" = "close,closed_at"',
        '"close_value" = "amount"',
        "",
        "[constants]",
        '"currency" = "USD"',
        "",
        "[defaults]",
        '"account" = "Unknown account"',
        "",
        "[values.name]",
        '"gtxpro" = "GTX Pro"',
        "",
        "[values.stage]",
        "# one of: new, presentation, quoting, negotiation, won, lost",
        '"prospecting" = "new"',
        '"engaging" = "presentation"',
        "",
        "[values.product]",
        '"gtxpro" = "GTX Pro"',
    ]


def test_undo_them_with_all_they_brought(sqlite_crm: Crm) -> None:
    run = sqlite_crm.ok("opportunity", "import", FILE, *MAPPED)

    assert sqlite_crm("import", "undo", run["id"]).exit_code == 0

    nouns = ("opportunity", "account", "product")
    assert [sqlite_crm.ok(noun, "list") for noun in nouns] == [[], [], []]
    assert [one["name"] for one in sqlite_crm.ok("employee", "list")] == ["Ana Pop"]
