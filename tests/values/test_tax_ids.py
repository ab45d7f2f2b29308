from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.ro import cf

from crm_cli.values.invalid import InvalidValue
from crm_cli.values.tax_ids import check_tax_id, looks_like_tax_id, split_country, tax_digits


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("RO 14399840", "14399840"),
        ("14399840", "14399840"),
        ("ro014399840", "14399840"),
        ("0014399840", "14399840"),
        ("CUI: RO14399840", "14399840"),
        ("C.U.I. 14399840", "14399840"),
        ("C.I.F.14399840", "14399840"),
        ("CF 14399840", "14399840"),
        ("cod fiscal nr. 14399840", "14399840"),
        ("NIP: 526-000-12-46", "5260001246"),
        ("PL 526-00-01-246", "5260001246"),
        ("ES B58378431", "B58378431"),
        ("EL094259216", "94259216"),
        ("-", ""),
        ("nu are", ""),
    ],
)
def test_tax_digits(text: str, digits: str) -> None:
    assert tax_digits(text) == digits


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("RO 14399840", ("RO", "14399840")),
        ("pl526-000-12-46", ("PL", "5260001246")),
        ("EL094259216", ("GR", "094259216")),
        ("ATU57194903", ("AT", "U57194903")),
        ("14399840", (None, "14399840")),
        ("RO", (None, "RO")),
        ("XX123", (None, "XX123")),
    ],
)
def test_split_country(text: str, parts: tuple[str | None, str]) -> None:
    assert split_country(text) == parts


@pytest.mark.parametrize(
    ("text", "country", "printed"),
    [
        ("ro 14399840", "RO", "RO 14399840"),
        ("CUI: 14399840", "RO", "14399840"),
        (" 1630615123457 ", "RO", "1630615123457"),
        ("526-000-12-46", "PL", "526-000-12-46"),
        ("NIP 5260001246", "PL", "5260001246"),
        ("44051401359", "PL", "44051401359"),
        ("DE136695976", "DE", "DE136695976"),
        ("136695976", "DE", "136695976"),
        ("EL094259216", "GR", "EL094259216"),
        ("U57194903", "AT", "U57194903"),
        ("1003600012345", "MD", "1003600012345"),
    ],
)
def test_check_tax_id(text: str, country: str, printed: str) -> None:
    assert check_tax_id(text, country) == printed


@pytest.mark.parametrize(
    ("text", "country", "message"),
    [
        (
            "14399841",
            "RO",
            "'14399841' is not a CUI: its check digit does not agree with the others.",
        ),
        (
            "R014399840",
            "RO",
            "'R014399840' is not a CUI, which has 2 to 10 digits, nor a CNP, which has 13.",
        ),
        (
            "526-000-12-47",
            "PL",
            "'526-000-12-47' is not a NIP: its check digit does not agree with the others.",
        ),
        (
            "14399840",
            "PL",
            "'14399840' is not a NIP, which has 10 digits, nor a PESEL, which has 11.",
        ),
        ("PL5260001246", "RO", "'PL5260001246' is a tax id of PL, not of RO."),
        ("DE136695978", "DE", "'DE136695978' is not a VAT number of DE."),
        ("-", "RO", "'-' is not a tax id: it has no digits."),
        ("nu are", "MD", "'nu are' is not a tax id: it has no digits."),
        ("١٤٣٩٩٨٤٠", "RO", "'١٤٣٩٩٨٤٠' is not a tax id: it has no digits."),
    ],
)
def test_check_tax_id_refused(text: str, country: str, message: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        check_tax_id(text, country)

    assert caught.value.message == message
    assert caught.value.hint


@given(st.integers(1, 10**10 - 1).map(str))
def test_check_tax_id_agrees_with_the_registers_rule(digits: str) -> None:
    try:
        accepted = check_tax_id(digits, "RO") == digits
    except InvalidValue:
        accepted = False

    assert accepted == cf.is_valid(digits)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RO14399840", True),
        ("ro 14399840", True),
        ("PL5260001246", True),
        ("526-000-12-46", True),
        ("PL 526-00-01-246", True),
        ("526 000 12 46", True),
        ("5260001246", True),
        ("526000124", False),
        ("14399840", False),
        ("RO", False),
        ("Roman 12", False),
    ],
)
def test_looks_like_tax_id(text: str, expected: bool) -> None:
    assert looks_like_tax_id(text) is expected


@pytest.mark.parametrize(
    ("text", "country", "hint"),
    [
        ("1234563218", "RO", "It would be a NIP: give the country as PL"),
        ("14399840", "PL", "It would be a CUI: give the country as RO"),
        ("14399841", "RO", "The form is RO14399840."),
    ],
)
def test_say_where_a_tax_id_would_be_right(text: str, country: str, hint: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_tax_id(text, country)

    assert (refused.value.hint or "").startswith(hint)


@given(st.from_regex(r"(RO|PL)?[0-9]{2,13}", fullmatch=True), st.sampled_from(["", " ", "CUI "]))
def test_read_the_usual_form_as_any_other(text: str, before: str) -> None:
    assert split_country(text) == split_country(f"{before}{text}") == split_country(f"{text} ")
