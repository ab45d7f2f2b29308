"""`crm document`: drafts, their lines, what changes them, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.shop import invoice, open_shop

if TYPE_CHECKING:
    from tests.conftest import Crm


def test_show(crm: Crm) -> None:
    open_shop(crm)
    lines = ("--line", "SCALE;2", "--line", "MOUNT;1,5;40;9.5%", "--line", "text:Transport;1;99.99")
    crm("tax", "add", "--code", "old", "--name-en", "Old", "--rate", "9.5", "--country", "RO")

    crm.id("document", "add", "invoice", "--account", "Moldo Trans", *lines)

    result = crm("invoice", "show", 1)
    assert result.stdout[result.stdout.index("\nlines") :] == (
        "\nlines\n"
        "POSITION  PRODUCT  TEXT         UNIT  QUANTITY      PRICE      NET"
        "  TAX    VAT_RATE  CHAPTER\n"
        "       1  SCALE    Cântar 60 t  pcs     2.0000  1000.5000  2001.00"
        "  tva21   21.0000  no\n"
        "       2  MOUNT    Montaj       h       1.5000    40.0000    60.00"
        "  old      9.5000  no\n"
        "       3           Transport            1.0000    99.9900    99.99"
        "  tva21   21.0000  no\n"
        "\ntaxes\n"
        "TAX    CATEGORY     RATE      NET     VAT\n"
        "old    S          9.5000    60.00    5.70\n"
        "tva21  S         21.0000  2100.99  441.21\n"
    )


def test_add_vat_once_per_rate(crm: Crm) -> None:
    open_shop(crm)

    added = crm.ok(*("invoice", "add", "--account", 1), *("--line", "text:x;1;0.03") * 3)

    assert [added[key] for key in ("net", "vat", "gross")] == ["0.09", "0.02", "0.11"]


def test_add_chapter_and_quoted_semicolon(crm: Crm) -> None:
    open_shop(crm)

    added = crm.ok(
        *("quote", "add", "--account", 1, "--line", "chapter:Cântare"),
        *("--line", '"text:Cablu; 5 m";2;10.1234'),
    )

    assert [(line["text"], line["chapter"], line["net"]) for line in added["lines"]] == [
        ("Cântare", True, "0.00"),
        ("Cablu; 5 m", False, "20.25"),
    ]


@pytest.mark.parametrize(
    ("line", "exit_code", "message"),
    [
        ("SCALE", 2, "'SCALE' is not a line."),
        ("SCALE;two", 2, "--line 'SCALE;two': 'two' is not a number."),
        ("SCALE;1.00005", 2, "'1.00005' has more than 4 decimals."),
        ("NONE;1", 3, "There is no product 'NONE'."),
        ("SCALE;1;1;77", 3, "RO has no VAT rate of '77'."),
        ("SCALE;1;1;0%", 4, "'0%' is the rate of several VAT codes."),
        (
            "text:Transport;1",
            2,
            "'text:Transport;1' is a free text, which needs words and a price.",
        ),
        ("SCALE;99999999999;99999999999", 5, "An amount of 9999999999800000000001.00 is too large"),
    ],
)
def test_add_wrong_line(sqlite_crm: Crm, line: str, exit_code: int, message: str) -> None:
    open_shop(sqlite_crm)

    result = sqlite_crm("invoice", "add", "--account", 1, "--line", line)

    assert result.exit_code == exit_code
    assert message in result.stderr
    assert sqlite_crm.ok("invoice", "list") == []


def test_add_external_id_again(crm: Crm) -> None:
    open_shop(crm)
    words = ("order", "add", "--account", 1, "--external-id", "W7", "--line", "SCALE;1")
    first = crm.ok(*words)

    again = crm.ok(*words[:-1], "SCALE;3", "--on-match", "update")
    skipped = crm.ok(*words, "--on-match", "skip")

    assert crm(*words).exit_code == 4
    assert again["id"] == skipped["id"] == first["id"]
    assert again["net"] == skipped["net"] == "3001.50"


def test_edit_lines_of_draft(crm: Crm) -> None:
    open_shop(crm)
    number = crm.id("invoice", "add", "--account", 1, "--line", "SCALE;1")

    more = crm.ok("invoice", "edit", number, "--add-line", "MOUNT;3", "--due", "+30d")
    fewer = crm.ok("invoice", "edit", number, "--line", "MOUNT;1")

    assert (more["net"], more["due"]) == ("1100.50", "2026-12-23")
    assert [line["position"] for line in more["lines"]] == [1, 2]
    assert (fewer["net"], fewer["vat"], len(fewer["taxes"])) == ("33.33", "3.67", 1)


def test_edit_posted(crm: Crm) -> None:
    open_shop(crm)
    number = invoice(crm)

    result = crm("invoice", "edit", number, "--note", "x")

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: Invoice FA0001 is posted and can no longer be changed.\nhint: crm document storno 1\n"
    )


def test_remove(crm: Crm) -> None:
    open_shop(crm)
    draft = crm.id("invoice", "add", "--account", 1, "--line", "SCALE;1")
    posted = invoice(crm)

    assert crm("invoice", "remove", draft).exit_code == 0
    assert crm("invoice", "remove", posted).exit_code == 4
    assert [row["id"] for row in crm.ok("invoice", "list")] == [posted]


def test_list_of_one_kind(crm: Crm) -> None:
    open_shop(crm)
    invoice(crm)
    crm.id("quote", "add", "--account", 1)

    assert [row["kind"] for row in crm.ok("doc", "list")] == ["invoice", "quote"]
    assert [row["kind"] for row in crm.ok("quote", "list")] == ["quote"]
    assert [row["id"] for row in crm.ok("doc", "list", "--where", "account.name ~ moldo")] == [1, 2]
    assert crm.ok("invoice", "show", "no:FA0001")["id"] == 1
    assert crm("quote", "show", 1).stderr == (
        "crm: There is no quote with id 1.\nhint: `crm quote list` shows them.\n"
    )


@pytest.mark.proves("R83")
def test_add_for_opportunity(crm: Crm) -> None:
    open_shop(crm)
    opportunity = crm.id("opportunity", "add", "--account", 1, "--name", "Cântar")
    other = crm.id("account", "add", "--name", "Alta SRL")

    added = crm.ok("quote", "add", "--account", 1, "--opportunity", "Cântar", "--line", "SCALE;1")
    refused = crm("quote", "add", "--account", other, "--opportunity", opportunity)

    assert (added["opportunity"], added["opportunity_id"]) == ("Cântar", opportunity)
    assert refused.exit_code == 4
    assert f"The opportunity {opportunity} is of another account." in refused.stderr
