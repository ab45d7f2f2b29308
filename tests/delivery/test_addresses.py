from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.delivery.addresses import Address
from crm_cli.errors import InvalidData

NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=40).filter(
    lambda name: name == name.strip() and "=?" not in name
)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("ana@firma.ro", Address("ana@firma.ro")),
        (" <ana@firma.ro> ", Address("ana@firma.ro")),
        ("Ana Pop <ana@firma.ro>", Address("ana@firma.ro", "Ana Pop")),
        ('"Pop, Ana" <ana@firma.ro>', Address("ana@firma.ro", "Pop, Ana")),
        ("Łukasz Żółć<l.zolc@firma.pl>", Address("l.zolc@firma.pl", "Łukasz Żółć")),
    ],
)
def test_parse(written: str, address: Address) -> None:
    assert Address.parse(written) == address


@given(NAMES)
def test_parse_what_was_written(name: str) -> None:
    address = Address("ana+crm@firma.ro", name)

    assert Address.parse(str(address)) == address


def test_wire_form_of_a_domain_with_diacritics() -> None:
    assert Address("Ion.Pop@Brânză.ro").wire == "Ion.Pop@xn--brnz-coa4r.ro"


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ana",
        "@firma.ro",
        "ana@",
        "ana@firma..ro",
        "ana@firma.ro>",
        "ana@a.ro,ion@b.ro",
        "ana pop@firma.ro",
        "-oQ/tmp@firma.ro",
        "ana@-firma.ro",
        f"{'a' * 65}@firma.ro",
        f"ana@{'a.' * 130}ro",
    ],
)
def test_refuse_what_is_no_address(email: str) -> None:
    with pytest.raises(InvalidData, match="is not a mail address"):
        Address(email)


def test_say_why_no_server_would_know_an_address() -> None:
    with pytest.raises(InvalidData) as refused:
        Address("ștefan@firma.ro")

    assert refused.value.message == (
        "Mail cannot go to 'ștefan@firma.ro': before the @ only letters without diacritics are"
        " understood by all servers."
    )


@pytest.mark.parametrize("part", ["ana\n@firma.ro", "ana@firma.ro\r\nRCPT TO:<x@y.ro>", "\0@a.ro"])
def test_refuse_control_characters(part: str) -> None:
    with pytest.raises(InvalidData, match="line break or control character"):
        Address(part)
    with pytest.raises(InvalidData, match="line break or control character"):
        Address("ana@firma.ro", part)
