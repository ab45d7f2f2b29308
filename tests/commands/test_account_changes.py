"""Changing and removing accounts: versions, several at once, external ids, dry runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.fixture
def dacia(crm: Crm) -> int:
    return crm.id("account", "add", "--name", "Dacia", "--city", "Pitești", "--tax-id", "14399840")


def test_edit(crm: Crm, dacia: int) -> None:
    crm.now = "2026-11-24T09:30:00+00:00"

    edited = crm.ok("account", "edit", "RO14399840", "--city", "Mioveni", "--county", "Argeş")

    assert (edited["city"], edited["county"], edited["version"]) == ("Mioveni", "AG", 2)
    assert edited["created_at"] == "2026-11-23T08:00:00+00:00"
    assert edited["updated_at"] == "2026-11-24T09:30:00+00:00"
    assert [row["id"] for row in crm.ok("account", "list", "--search", "mioveni")] == [dacia]


def test_edit_to_the_same(crm: Crm, dacia: int) -> None:
    assert crm.ok("account", "edit", dacia, "--city", "Pitești")["version"] == 1


def test_edit_taking_values_away(crm: Crm, dacia: int) -> None:
    edited = crm.ok("account", "edit", dacia, "--city", "", "--tax-id", "", "--country", "")

    assert (edited["city"], edited["tax_id"], edited["country"]) == (None, None, "RO")
    assert crm("account", "show", "tax:14399840").exit_code == 3
    assert crm("account", "edit", dacia, "--name", "").exit_code == 5


def test_longest_text_has_room_in_an_index(crm: Crm) -> None:
    emoji = "".join(chr(0x1F300 + number) for number in range(600))

    crm.ok("account", "add", "--name", "Dacia", "--external-id", emoji)

    assert crm("account", "add", "--name", "Dacia", "--external-id", f"{emoji}!").exit_code == 2


def test_edit_nothing(sqlite_crm: Crm) -> None:
    sqlite_crm.ok("account", "add", "--name", "Dacia")

    result = sqlite_crm("account", "edit", "1")

    assert result.exit_code == 2
    assert result.stderr == ("crm: Nothing to change was given.\nhint: crm account edit --help\n")


def test_edit_several(crm: Crm, dacia: int) -> None:
    other = crm.id("account", "add", "--name", "Oltcit")

    by_name = crm.ok("account", "edit", "Dacia", other, "Dacia", "--industry", "auto")
    refused = crm("account", "edit", "--where", "industry = auto", "--industry", "automotive")
    by_filter = crm.ok(
        "account", "edit", "--where", "industry = auto", "--yes", "--industry", "automotive"
    )

    assert [row["version"] for row in by_name] == [2, 2]
    assert refused.exit_code == 2
    assert refused.stderr == "crm: This changes 2 account records.\nhint: Add --yes.\n"
    assert [(row["id"], row["industry"]) for row in by_filter] == [
        (dacia, "automotive"),
        (other, "automotive"),
    ]


def test_edit_several_of_which_one_fails(crm: Crm, dacia: int) -> None:
    other = crm.id("account", "add", "--name", "Oltcit", "--city", "Craiova")

    result = crm("account", "edit", other, dacia, "--city", "X", "--tax-id", "14399840")

    assert result.exit_code == 4
    assert result.stdout == ""
    assert [row["city"] for row in crm.ok("account", "list")] == ["Pitești", "Craiova"]


def test_edit_ids_on_stdin(crm: Crm, dacia: int) -> None:
    other = crm.id("account", "add", "--name", "Oltcit")

    result = crm("account", "edit", "-", "--industry", "auto", "-q", input=f"{dacia}\n{other}\n")

    assert result.stdout == f"{dacia}\n{other}\n"


def test_edit_dry_run(crm: Crm, dacia: int) -> None:
    shown = crm.ok("account", "edit", dacia, "--city", "Mioveni", "--dry-run")

    assert (shown["city"], shown["version"]) == ("Mioveni", 2)
    assert crm.ok("account", "show", dacia)["city"] == "Pitești"


def test_remove(crm: Crm, dacia: int) -> None:
    removed = crm.ok("account", "remove", dacia)

    assert removed["name"] == "Dacia"
    assert crm.ok("account", "list", "--all") == []
    assert crm.id("account", "add", "--name", "Dacia", "--tax-id", "14399840") == dacia + 1


def test_remove_in_use(crm: Crm, dacia: int) -> None:
    crm.ok("contact", "add", "--name", "Ion Pop", "--account", dacia)

    result = crm("account", "remove", dacia, "-q")

    assert result.stdout == f"{dacia}\n"
    assert result.stderr == f"account {dacia} is in use and was archived.\n"
    assert crm.ok("account", "list") == []
    assert [row["id"] for row in crm.ok("account", "list", "--all")] == [dacia]
    assert crm("account", "show", "Dacia").exit_code == 3
    assert crm.ok("account", "show", dacia)["archived_at"] == "2026-11-23T08:00:00+00:00"


def test_add_tax_id_of_an_archived_account(crm: Crm, dacia: int) -> None:
    crm.ok("contact", "add", "--name", "Ion Pop", "--account", dacia)
    crm.ok("account", "remove", dacia)

    added = crm.id("account", "add", "--name", "Dacia nouă", "--tax-id", "14399840")

    assert crm.ok("account", "show", "tax:14399840")["id"] == added


ADD = ("account", "add", "--name", "Dacia", "--external-id", "erp-7")


def test_add_known_external_id(crm: Crm) -> None:
    first = crm.id(*ADD)

    failed = crm(*ADD)
    skipped = crm.ok(*ADD, "--city", "Mioveni", "--on-match", "skip")
    updated = crm.ok(*ADD, "--city", "Mioveni", "--on-match", "update")
    again = crm.ok(*ADD, "--city", "Mioveni", "--on-match", "update")

    assert failed.exit_code == 4
    assert failed.stderr.startswith("crm: Another account has this external id already.\n")
    assert (skipped["id"], skipped["city"], skipped["version"]) == (first, None, 1)
    assert (updated["id"], updated["city"], updated["version"]) == (first, "Mioveni", 2)
    assert again == updated


@pytest.mark.parametrize("policy", ["fail", "skip", "update"])
def test_add_new_external_id(crm: Crm, policy: str) -> None:
    assert crm.ok(*ADD, "--on-match", policy)["version"] == 1


def test_add_external_id_of_another_noun(crm: Crm) -> None:
    crm.ok(*ADD)

    assert crm("contact", "add", "--name", "Ion", "--external-id", "erp-7").exit_code == 0


@pytest.mark.parametrize("chosen", [("--where", "id = 99999", "--yes"), ("-",)])
@pytest.mark.parametrize("verb", [("edit", "--note", "x"), ("remove",)])
def test_change_no_record(crm: Crm, verb: tuple[str, ...], chosen: tuple[str, ...]) -> None:
    result = crm("account", *verb, *chosen, "--format", "json", input="")

    assert (result.exit_code, result.stdout) == (0, "[]\n")


def test_bytes_of_another_encoding(crm: Crm) -> None:
    result = crm("account", "show", "\udcff")

    assert (result.exit_code, result.stderr) == (
        5,
        "crm: The command holds bytes that are no UTF-8 text.\n",
    )
