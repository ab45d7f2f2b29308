from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.pl import nip, pesel, regon
from stdnum.ro import cnp, cui

from crm_cli.values.checksums import is_cnp, is_cui, is_nip, is_pesel, is_regon

Check = Callable[[str], bool]
DIGITS = st.text("0123456789", max_size=15)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (is_cui, cui.is_valid),
        (is_cnp, cnp.is_valid),
        (is_nip, nip.is_valid),
        (is_pesel, pesel.is_valid),
        (is_regon, regon.is_valid),
    ],
)
@given(digits=DIGITS)
def test_checks_agree_with_the_reference(ours: Check, theirs: Check, digits: str) -> None:
    if digits:
        assert ours(digits) == theirs(digits)


@given(st.integers(1, 10**9 - 1).map(str))
def test_cui_has_one_check_digit(body: str) -> None:
    valid = [body + digit for digit in "0123456789" if is_cui(body + digit)]

    assert len(valid) == 1
    assert cui.is_valid(valid[0])


@given(st.integers(10**8, 10**9 - 1).map(str))
def test_nip_agrees_on_every_check_digit(body: str) -> None:
    for digit in "0123456789":
        assert is_nip(body + digit) == nip.is_valid(body + digit)


@given(st.dates(), st.integers(1, 9), st.integers(0, 99), st.integers(0, 999))
def test_cnp_agrees_on_every_check_digit(born: object, kind: int, county: int, number: int) -> None:
    body = f"{kind}{born:%y%m%d}{county:02}{number:03}"

    for digit in "0123456789":
        assert is_cnp(body + digit) == cnp.is_valid(body + digit)


@given(st.dates(), st.sampled_from([0, 20, 40, 60, 80]), st.integers(0, 9999))
def test_pesel_agrees_on_every_check_digit(born: object, century: int, number: int) -> None:
    body = f"{born:%y}{int(f'{born:%m}') + century:02}{born:%d}{number:04}"

    for digit in "0123456789":
        assert is_pesel(body + digit) == pesel.is_valid(body + digit)


@given(st.integers(0, 10**8 - 1), st.integers(0, 9999))
def test_regon_agrees_on_every_check_digit(body: int, local: int) -> None:
    for digit in "0123456789":
        short = f"{body:08}{digit}"
        assert is_regon(short) == regon.is_valid(short)
        for last in "0123456789":
            long = f"{short}{local:04}{last}"
            assert is_regon(long) == regon.is_valid(long)


@pytest.mark.parametrize("check", [is_cui, is_cnp, is_nip, is_pesel, is_regon])
def test_checks_refuse_other_digits(check: Check) -> None:
    assert not check("")
    assert not any(check("²" * length) or check("٣" * length) for length in range(1, 15))
