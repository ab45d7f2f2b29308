from __future__ import annotations

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from crm_cli.values.emails import clean_email, split_emails
from crm_cli.values.invalid import InvalidValue


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Ion.Popescu@Firma.RO", "Ion.Popescu@firma.ro"),
        (" office@firma.ro\u00a0\u200b", "office@firma.ro"),
        ("mailto:office@firma.ro", "office@firma.ro"),
        ("Popescu, Ion <Ion@Firma.ro>", "Ion@firma.ro"),
        ("jan+crm@sub.firma-x.com.pl", "jan+crm@sub.firma-x.com.pl"),
        ("o'neil@firma.ro", "o'neil@firma.ro"),
        ("office@firma.local", "office@firma.local"),
        ("kontakt@żółw.pl", "kontakt@żółw.pl"),
        ("kontakt@xn--w-uga1v8h.pl", "kontakt@żółw.pl"),
    ],
)
def test_clean_email(text: str, address: str) -> None:
    assert clean_email(text) == address


@pytest.mark.parametrize(
    "text",
    [
        *["ion", "ion@firma", "a b@firma.ro", "ion.@firma.ro", "@firma.ro", "ion@firma..ro"],
        *["ion@-a.ro", "ion@[127.0.0.1]", "ion@firma.ro;", "ion@x_y.ro", "ion@firma.1"],
        f"{'a' * 65}@firma.ro",
        *["ăna@firma.ro", "-x@firma.ro", "łukasz@żółw.pl"],
    ],
)
def test_clean_email_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="is not an e-mail address") as caught:
        clean_email(text)

    assert caught.value.hint == "Write it as name@company.ro."


@pytest.mark.parametrize("text", ["a@b.ro\r\nBcc: x@y.ro", "a\x00@b.ro", "a@b.ro\tx"])
def test_clean_email_refuses_control_characters(text: str) -> None:
    with pytest.raises(InvalidValue, match="holds characters that no address may have"):
        clean_email(text)


@pytest.mark.parametrize("text", ["", " ", "<>", "mailto:"])
def test_clean_email_empty(text: str) -> None:
    with pytest.raises(InvalidValue, match="The e-mail address is empty"):
        clean_email(text)


@given(
    st.from_regex(
        r"(?!-)[A-Za-z0-9_.+'-]{1,12}@[A-Za-z0-9.-]{1,12}\.[A-Za-z0-9]{1,4}", fullmatch=True
    )
)
def test_clean_email_agrees_with_the_reference(address: str) -> None:
    try:
        expected = validate_email(address, check_deliverability=False, strict=True).normalized
    except EmailNotValidError as error:
        expected = f"refused: {error}"

    try:
        found = clean_email(address)
    except InvalidValue:
        assert expected.startswith("refused")
    else:
        # The reference also writes role mailboxes such as WWW@ in small letters.
        assert found.lower() == expected.lower() or "special-use" in expected
        assert found.rpartition("@")[2] == address.rpartition("@")[2].lower()


@pytest.mark.parametrize(
    ("cell", "addresses"),
    [
        ("", []),
        ("a@x.ro", ["a@x.ro"]),
        ("a@x.ro; b@x.ro", ["a@x.ro", "b@x.ro"]),
        ("a@x.ro,b@x.ro,", ["a@x.ro", "b@x.ro"]),
        ("a@x.ro / b@x.ro", ["a@x.ro", "b@x.ro"]),
        ("a@x.ro\nb@x.ro c@x.ro", ["a@x.ro", "b@x.ro", "c@x.ro"]),
        ("Ion Pop <a@x.ro>; Ana <b@x.ro>", ["Ion Pop <a@x.ro>", "Ana <b@x.ro>"]),
        ("nu are", ["nu are"]),
    ],
)
def test_split_emails(cell: str, addresses: list[str]) -> None:
    assert split_emails(cell) == addresses
