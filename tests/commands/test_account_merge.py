"""`crm account merge`: one account survives, and nothing of the others is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.execute import execute

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

OLD_MAIL = "contact@moldo.example"


@pytest.fixture
def twins(crm: Crm) -> None:
    """Account 1, which knows little, and account 2, which knows more."""
    _add_twins(crm)


def _add_twins(crm: Crm) -> None:
    crm.id(
        *("account", "add", "--name", "Moldo Trans", "--phone", "0722 123 456"),
        *("--relations", "lead", "--note", "Plătește la timp"),
    )
    crm.id(
        *("account", "add", "--name", "SC Moldo Trans SRL", "--tax-id", "RO14399840"),
        *("--code", "K-7", "--email", OLD_MAIL, "--phone", "0232 111 222", "--city", "Iași"),
        *("--other-phones", "0722 123 456", "--relations", "customer", "--external-id", "erp-2"),
        *("--note", "Cere ofertă", "--owner", "me"),
    )


@pytest.mark.proves("R18")
@pytest.mark.usefixtures("twins")
def test_merge_fills_gaps(crm: Crm) -> None:
    merged = crm.ok("account", "merge", 1, 2)

    names = ("id", "name", "tax_id", "code", "external_id", "email", "city", "owner")
    assert tuple(merged[name] for name in names) == (
        *(1, "Moldo Trans", "RO14399840", "K-7", "erp-2", OLD_MAIL, "Iași", "Ana Pop"),
    )
    assert (merged["phone"], merged["other_phones"]) == ("+40722123456", "+40232111222")
    assert merged["relations"] == ["customer", "lead"]
    assert merged["note"] == "Plătește la timp\nCere ofertă"
    assert crm.ok("account", "show", 2) == merged == crm.ok("account", "show", "RO14399840")
    assert [row["id"] for row in crm.ok("account", "list")] == [1]
    assert crm.is_healthy()


@pytest.mark.proves("R18")
@pytest.mark.usefixtures("twins")
def test_merge_moves_what_belonged_to_the_others(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Moldo Transport")
    for account in (1, 2, 3):
        crm.id("contact", "add", "--name", f"Ion Pop {account}", "--account", account)
        crm.id("site", "add", "--name", f"Depozit {account}", "--account", account)
    crm.id("quote", "add", "--account", 3, "--line", "text:Cântar;1;100;tva21")

    result = crm("account", "merge", 1, "RO14399840", "Moldo Transport", "-q")

    assert (result.stdout, result.stderr) == ("1\n", "Moved: 2 contact, 1 document, 2 site.\n")
    for noun, count in (("contact", 3), ("site", 3), ("quote", 1)):
        rows = crm.ok(noun, "list")
        assert [row["account_id"] for row in rows] == [1] * count
    only = ("--where", "entity = contact", "--sort", "-id", "--limit", 1)
    (change,) = crm.ok("audit", "show", *only)
    assert (change["entity_id"], change["version"]) == (3, 2)
    assert crm.is_healthy()


@pytest.mark.usefixtures("twins")
def test_merge_unites_what_both_have(crm: Crm) -> None:
    period = ("--start", "2026-01-01", "--end", "2026-12-31")
    crm.id("campaign", "add", "--name", "Toamna", *period)
    for account in (1, 2):
        crm.ok("campaign", "member", "add", 1, account)
    crm.ok("campaign", "respond", 1, 2)
    crm.id("lead", "add", "--name", "Nou", "--competitor", 1, "--competitor", 2)

    crm.ok("account", "merge", 1, 2)

    members = crm.ok("campaign", "member", "list", 1)
    assert [(row["account_id"], row["responded_on"]) for row in members] == [(1, "2026-11-23")]
    assert execute(crm.url, "SELECT account_id, competitor_id FROM competitor") == [(3, 1)]
    assert crm.is_healthy()


@pytest.mark.usefixtures("twins")
def test_merge_chain_still_resolves(crm: Crm) -> None:
    crm.id("account", "add", "--name", "Moldo Holding")
    crm.ok("account", "merge", 1, 2)

    crm.ok("account", "merge", 3, 1)

    assert {crm.ok("account", "show", number)["id"] for number in (1, 2, 3)} == {3}


@pytest.mark.usefixtures("twins")
def test_merge_dry_run(crm: Crm) -> None:
    before = crm.ok("account", "list")

    assert crm.ok("account", "merge", 1, 2, "--dry-run")["tax_id"] == "RO14399840"
    assert crm.ok("account", "list") == before


@pytest.mark.usefixtures("twins")
def test_merge_keeps_what_the_survivor_knows(crm: Crm) -> None:
    crm.ok("account", "edit", 1, "--email", "nou@moldo.example", "--city", "Vaslui")

    merged = crm.ok("account", "merge", 1, 2)

    assert (merged["email"], merged["city"]) == ("nou@moldo.example", "Vaslui")


def test_merge_leaves_a_foreign_tax_id_alone(sqlite_crm: Crm) -> None:
    sqlite_crm.id("account", "add", "--name", "Łąka", "--city", "Iași")
    polish = ("--tax-id", "526-000-12-46", "--country", "PL", "--city", "Łódź")
    sqlite_crm.id("account", "add", "--name", "Laka", *polish)
    sqlite_crm.id("account", "add", "--name", "Laka nowa")

    merged = sqlite_crm.ok("account", "merge", 1, 2)

    assert (merged["country"], merged["tax_id"], merged["city"]) == ("RO", None, "Iași")


def test_merge_takes_country_and_tax_id_together(sqlite_crm: Crm) -> None:
    sqlite_crm.id("account", "add", "--name", "Łąka")
    polish = ("--tax-id", "526-000-12-46", "--country", "PL", "--city", "Łódź")
    sqlite_crm.id("account", "add", "--name", "Laka", *polish)

    merged = sqlite_crm.ok("account", "merge", 1, 2)

    assert (merged["country"], merged["tax_id"], merged["city"]) == ("PL", "526-000-12-46", "Łódź")


REFUSED: dict[str, tuple[Any, ...]] = {
    "Account 1 cannot be merged with itself.": (1, 2, 1),
    "Account 2 was merged into account 1 already.": (3, 2),
    "Account 4 (Arhivat) is archived and cannot be merged.": (3, 4),
}


@pytest.mark.parametrize(("sentence", "words"), REFUSED.items())
def test_merge_refuses(sqlite_crm: Crm, sentence: str, words: tuple[int, ...]) -> None:
    _add_twins(sqlite_crm)
    sqlite_crm.id("account", "add", "--name", "Altul")
    sqlite_crm.id("account", "add", "--name", "Arhivat")
    sqlite_crm.id("contact", "add", "--name", "Ion Pop", "--account", 4)
    sqlite_crm.ok("account", "remove", 4)
    if 3 in words:
        sqlite_crm.ok("account", "merge", 1, 2)

    result = sqlite_crm("account", "merge", *words)

    assert (result.exit_code, result.stderr.splitlines()[0]) == (4, f"crm: {sentence}")


def test_merge_refuses_a_second_open_lead(crm: Crm) -> None:
    for name in ("Moldo", "Moldo Trans"):
        crm.id("lead", "add", "--name", name)

    result = crm("account", "merge", 1, 2)

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: Moldo would have more than one open lead: 1, 2.\n"
        "hint: Close the younger: crm lead refuse 2 --reason REASON\n"
    )
    crm.ok("lead", "refuse", 2, "--reason", "price")
    crm.ok("account", "merge", 1, 2)
    assert [row["account_id"] for row in crm.ok("lead", "list")] == [1, 1]


@pytest.mark.usefixtures("twins")
def test_merged_account_is_not_matched_again(crm: Crm) -> None:
    crm.ok("account", "edit", 1, "--email", "nou@moldo.example", "--tax-id", "RO18189442")
    crm.ok("account", "merge", 1, 2)

    by_tax_id = crm.ok("lead", "add", "--name", "Alt Moldo", "--tax-id", "RO14399840")
    by_email = crm.ok("lead", "add", "--name", "Încă unul", "--email", OLD_MAIL)

    assert [lead["account_id"] for lead in (by_tax_id, by_email)] == [3, 4]


@pytest.mark.usefixtures("twins")
def test_merged_account_is_not_matched_by_an_import(crm: Crm, tmp_path: Path) -> None:
    crm.ok("account", "edit", 1, "--email", "nou@moldo.example", "--tax-id", "RO18189442")
    crm.ok("account", "merge", 1, 2)
    path = tmp_path / "list.csv"
    path.write_text("Denumire;CUI\nSC Moldo Trans 2 SRL;RO14399840\n", encoding="utf-8")

    imported = crm.ok("account", "import", path)

    assert (imported["created"], imported["updated"]) == (1, 0)
    assert [row["id"] for row in crm.ok("account", "list")] == [1, 3]
