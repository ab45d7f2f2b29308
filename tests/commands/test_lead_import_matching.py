"""`crm lead import` where the accounts are there already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.sheets.workbooks import xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm, Result

HEADINGS = ["Denumire", "CUI", "E-mail", "Localitate", "Telefon", "Persoană de contact"]


def load(crm: Crm, folder: Path, *rows: list[Any], words: tuple[str, ...] = ()) -> Result:
    """Import rows under the usual headings."""
    path = xlsx(folder / "list.xlsx", [HEADINGS, *rows])
    return crm("lead", "import", path, "--format", "json", *words)


def did(result: Result) -> tuple[int, int, int]:
    """Created, updated, unchanged."""
    assert result.exit_code == 0, result.stderr
    return result.json["created"], result.json["updated"], result.json["unchanged"]


@pytest.mark.parametrize(
    "row",
    [
        ["Alt nume", "14399840", None, None],
        ["Moldo Trans S.R.L.", None, "Office@Moldo.example", None],
        ["SC MOLDO TRANS SRL", None, None, "Iasi"],
        ["Moldo Trans", None, None, None],
    ],
)
def test_match_an_account(crm: Crm, tmp_path: Path, row: list[Any]) -> None:
    known = crm.id(
        "account", "add", "--name", "Moldo Trans SRL", "--tax-id", "RO14399840",
        "--email", "office@moldo.example", "--city", "Iași",
    )  # fmt: skip

    assert did(load(crm, tmp_path, [*row, "0722123456", None])) == (1, 0, 0)

    assert crm.ok("account", "show", known)["phone"] == "+40722123456"
    assert [one["account_id"] for one in crm.ok("lead", "list")] == [known]


@pytest.mark.parametrize(
    "row",
    [
        ["Moldo Trans SRL", "RO90042117", "office@moldo.example", "Iași"],
        ["Moldo Trans SRL", None, None, "Cluj-Napoca"],
    ],
)
def test_tell_another_account_apart(crm: Crm, tmp_path: Path, row: list[Any]) -> None:
    known = crm.id(
        "account", "add", "--name", "Moldo Trans SRL", "--tax-id", "RO14399840",
        "--email", "office@moldo.example", "--city", "Iași",
    )  # fmt: skip

    assert did(load(crm, tmp_path, [*row, None, None])) == (1, 0, 0)

    assert [one["account_id"] for one in crm.ok("lead", "list")] != [known]


def test_update_an_open_lead(crm: Crm, tmp_path: Path) -> None:
    load(crm, tmp_path, ["Alfa SRL", "14399840", "a@alfa.example", "Iași", None, "Ion Popa"])

    again = load(crm, tmp_path, ["Alfa SRL", "14399840", None, "Vaslui", None, "Ana Rusu"])

    assert did(again) == (0, 1, 0)
    account = crm.ok("account", "list")[0]
    assert (account["email"], account["city"]) == ("a@alfa.example", "Vaslui")
    lead = crm.ok("lead", "list")[0]
    assert (lead["contact"], lead["version"]) == ("Ana Rusu", 2)
    assert crm("audit", "verify").exit_code == 0


def test_clear_a_value(crm: Crm, tmp_path: Path) -> None:
    load(crm, tmp_path, ["Alfa SRL", "14399840", "a@alfa.example", None, "0722123456", None])

    load(crm, tmp_path, ["Alfa SRL", "14399840", "<clear>", None, None, None])

    account = crm.ok("account", "list")[0]
    assert (account["email"], account["phone"]) == (None, "+40722123456")


def test_leave_a_customer_alone(crm: Crm, tmp_path: Path) -> None:
    known = crm.id("account", "add", "--name", "Alfa SRL", "--relations", "customer")

    result = load(crm, tmp_path, ["Alfa SRL", None, None, "Iași", None, None])

    assert did(result) == (0, 0, 1)
    assert result.json["customers"] == [{"row": 2, "account_id": known, "account": "Alfa SRL"}]
    assert f"row 2: Alfa SRL ({known}) is a customer and gets no lead." in result.stderr
    assert crm.ok("account", "show", known)["city"] is None


def test_make_a_lead_of_a_customer(crm: Crm, tmp_path: Path) -> None:
    known = crm.id("account", "add", "--name", "Alfa SRL", "--relations", "customer")

    words = ("--existing-customer", "lead")
    result = load(crm, tmp_path, ["Alfa SRL", None, None, None, None, None], words=words)

    assert did(result) == (1, 0, 0)
    assert crm.ok("account", "show", known)["relations"] == ["customer", "lead"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--on-match", "skip"), (1, 0, 1)),
        (("--on-new", "skip"), (0, 1, 1)),
        (("--on-match", "update"), (1, 1, 0)),
    ],
)
def test_follow_a_policy(
    crm: Crm, tmp_path: Path, words: tuple[str, ...], expected: tuple[int, ...]
) -> None:
    load(crm, tmp_path, ["Alfa SRL", None, None, "Iași", None, None])

    result = load(
        crm,
        tmp_path,
        ["Alfa SRL", None, None, None, "0722123456", None],
        ["Beta SRL", None, None, None, None, None],
        words=words,
    )

    assert did(result) == expected


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--on-match", "fail"), "row 2: It is lead 1 already."),
        (("--on-new", "fail"), "row 3: There is no such lead."),
    ],
)
def test_fail_by_a_policy(crm: Crm, tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    load(crm, tmp_path, ["Alfa SRL", None, None, "Iași", None, None])

    rows = (["Alfa SRL", *[None] * 5], ["Beta SRL", *[None] * 5])
    result = load(crm, tmp_path, *rows, words=words)

    assert result.exit_code == 5
    assert why in result.stderr
    assert len(crm.ok("account", "list")) == 1
