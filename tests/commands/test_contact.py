"""`crm contact`: people of accounts and people alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Crm


@pytest.fixture
def dacia(crm: Crm) -> int:
    return crm.id(
        *("account", "add", "--name", "SC Dacia Trans SRL", "--tax-id", "RO 14399840"),
        *("--city", "Iaşi", "--email", "office@dacia.example"),
    )


@pytest.mark.proves("R2", "R8", "R12")
def test_list(crm: Crm, dacia: int) -> None:
    crm.ok(
        *("contact", "add", "--name", "Popescu Ion", "--account", "RO14399840"),
        *("--job-title", "Director", "--email", "Ion@DACIA.example", "--phone", "0722 123 456"),
    )
    crm.ok("contact", "add", "--name", "Jan Kowalski", "--phone", "+48 601 234 567")

    result = crm("contact", "list")

    assert result.stdout == (
        "ID  NAME          ACCOUNT             JOB_TITLE  EMAIL              PHONE\n"
        " 1  Popescu Ion   SC Dacia Trans SRL  Director   Ion@dacia.example  +40722123456\n"
        " 2  Jan Kowalski                                                    +48601234567\n"
    )


@pytest.mark.proves("R182")
def test_add_with_level_and_area(crm: Crm, dacia: int) -> None:
    added = crm.ok(
        *("contact", "add", "--name", "Elena Șerban", "--account", "dacia trans"),
        *("--level", "Director financiar", "--area", "Achiziții", "--gender", "Doamna"),
        *("--salutation", "Stimată doamnă Șerban", "--language", "ro", "--owner", "me"),
        *("--other-emails", "a@x.example; b@Y.example", "--other-phones", "0232 123 456"),
    )

    assert (added["level"], added["area"]) == ("Director financiar", "Achiziții")
    assert (added["gender"], added["salutation"]) == ("female", "Stimată doamnă Șerban")
    assert (added["account"], added["account_id"]) == ("SC Dacia Trans SRL", dacia)
    assert (added["owner"], added["owner_id"]) == ("Ana Pop", 1)
    assert added["other_emails"] == "a@x.example, b@y.example"
    assert added["other_phones"] == "+40232123456"


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ("account.city = Iasi", ["Popescu Ion"]),
        ("account.tax_id = 14399840", ["Popescu Ion"]),
        ("account = office@dacia.example", ["Popescu Ion"]),
        ("account ~ DACIA", ["Popescu Ion"]),
        ("account is empty", ["Jan Kowalski"]),
        ("account != RO14399840", ["Jan Kowalski"]),
        ("level = 'Director General'", ["Popescu Ion"]),
    ],
)
def test_list_where(crm: Crm, dacia: int, condition: str, names: list[str]) -> None:
    level = ("--level", "Director General")
    crm.ok("contact", "add", "--name", "Popescu Ion", "--account", dacia, *level)
    crm.ok("contact", "add", "--name", "Jan Kowalski")

    rows = crm.ok("contact", "list", "--where", condition)

    assert [row["name"] for row in rows] == names


@pytest.mark.parametrize(
    "reference",
    ["Popescu Ion Mihai", "ion mihai popescu", "name:Ion Mihai Popescu", "ION@dacia.example"],
)
def test_show_surname_first_and_last(sqlite_crm: Crm, reference: str) -> None:
    email = ("--email", "ion@dacia.example")
    added = sqlite_crm.id("contact", "add", "--name", "Popescu Ion Mihai", *email)

    assert sqlite_crm.ok("contact", "show", reference)["id"] == added


def test_show_order_as_typed_first(sqlite_crm: Crm) -> None:
    surname_first = sqlite_crm.id("contact", "add", "--name", "Ion Petru")
    surname_last = sqlite_crm.id("contact", "add", "--name", "Petru Ion")

    assert sqlite_crm.ok("contact", "show", "Ion Petru")["id"] == surname_first
    assert sqlite_crm.ok("contact", "show", "Petru Ion")["id"] == surname_last


@pytest.mark.parametrize("word", ["male", "M", "dl.", "Pan", "bărbat", "mężczyzna"])
def test_add_gender_in_words(sqlite_crm: Crm, word: str) -> None:
    assert sqlite_crm.ok("contact", "add", "--name", "X Y", "--gender", word)["gender"] == "male"


def test_add_unknown_account(sqlite_crm: Crm) -> None:
    result = sqlite_crm("contact", "add", "--name", "X Y", "--account", "Nimeni")

    assert result.exit_code == 3
    assert result.stderr == (
        "crm: There is no account 'Nimeni'.\n"
        "hint: Use an id or one of tax:, email:, no:, ext:, name:"
        " (`crm account list` shows them).\n"
    )
