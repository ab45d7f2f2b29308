"""People as the programs write them."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.mailbox import Address
from crm_cli.mailbox.addresses import comma_list, semicolon_list

JAN = Address("Kowalski, Jan", "j@x.example")
NAMES = st.from_regex(r"[abŁąș][abŁąș' -]{0,5}(, ?[abŁąș]{1,4})?", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "name", "email"),
    [
        ("Popescu, Ion M", "Popescu, Ion M", None),
        ("opus <opus@ngs.example>", "opus", "opus@ngs.example"),
        ("Name [mailto:a@b.example]", "Name", "a@b.example"),
        ("Name [SMTP:a@b.example]", "Name", "a@b.example"),
        ("'a@b.example'", "", "a@b.example"),
        ("'a@b.example' <a@b.example>", "", "a@b.example"),
        ("a@b.example", "", "a@b.example"),
        ("antonin (braun@b.example)", "antonin", "braun@b.example"),
        ("Kowalski (Warszawa)", "Kowalski (Warszawa)", None),
        ('"no-reply@b.example (Name K)"', "Name K", "no-reply@b.example"),
        ("list@b.example on behalf of Name K", "Name K", "list@b.example"),
        ("list@b.example on behalf of Name K <n@b.example>", "Name K", "n@b.example"),
        ("Ana Pop on behalf of Office", "Office", None),
        ("A on behalf of " * 2000 + "Ana Pop", "Ana Pop", None),
        ("Office on behalf of ''", "Office on behalf of", None),
        ("list@b.example im Auftrag von Name K", "Name K", "list@b.example"),
        ("Name </O=ORG/OU=X/CN=NAME>", "Name", None),
        ("Name <IMCEAEX-_O=ORG_CN=NAME@b.example>", "Name", None),
        ("IMCEAEX-_O=ORG_CN=NAME@b.example", "IMCEAEX-_O=ORG_CN=NAME@b.example", None),
        ("<IMCEAEX-_O=ORG_CN=NAME@b.example>", "IMCEAEX-_O=ORG_CN=NAME@b.example", None),
        ("mailto:a@b.example", "", "a@b.example"),
        ("'MAILTO:a@b.example' <a@b.example>", "", "a@b.example"),
    ],
)
def test_read_a_person(text: str, name: str, email: str | None) -> None:
    assert semicolon_list(text) == (Address(name, email),)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("", ()),
        ("a@x.example, b@x.example", (Address("", "a@x.example"), Address("", "b@x.example"))),
        ("Kowalski, Jan <j@x.example>, b@x.example", (JAN, Address("", "b@x.example"))),
        ('"Kowalski, Jan" <j@x.example>', (JAN,)),
        ("b@x.example, Kowalski, Jan <j@x.example>", (Address("", "b@x.example"), JAN)),
        ("Ion Popescu, b@x.example", (Address("Ion Popescu"), Address("", "b@x.example"))),
        ("undisclosed-recipients:;", ()),
        ("Team: j@x.example, Jan;", (Address("", "j@x.example"), Address("Jan"))),
        ("Nobody: ;", ()),
        ("(none)", ()),
        (r'"Kowalski \"Jan\", dr" <j@x.example>', (Address('Kowalski "Jan", dr', "j@x.example"),)),
        ('"unclosed <j@x.example>', (Address("unclosed", "j@x.example"),)),
    ],
)  # fmt: skip
def test_read_a_comma_list(text: str, people: tuple[Address, ...]) -> None:
    assert comma_list(text) == people


def test_read_commas_between_addresses_that_outlook_on_the_web_writes() -> None:
    value = "Jan K <j@x.example>, b@x.example"

    assert semicolon_list(value) == comma_list(value)
    assert [
        person.name for person in semicolon_list("Pop, Ana; a@b, Inc [mailto:c@d.example]")
    ] == [
        "Pop, Ana",
        "a@b, Inc",
    ]


def test_read_a_long_name_in_linear_time() -> None:
    begun = process_time()
    people = comma_list("a, " * 300_000 + "b <b@x.example>")

    assert process_time() - begun < 2
    assert [person.email for person in people] == ["b@x.example"]


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_split_names_with_commas_by_their_addresses(names: list[str]) -> None:
    listed = [f"{name} <p{i}@x.example>" for i, name in enumerate(names)]

    assert [person.email for person in comma_list(", ".join(listed))] == [
        f"p{i}@x.example" for i in range(len(names))
    ]
    assert semicolon_list("; ".join(listed)) == comma_list(", ".join(listed))
