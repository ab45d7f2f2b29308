from __future__ import annotations

import pytest

from crm_cli.values.booleans import parse_boolean
from crm_cli.values.invalid import InvalidValue


@pytest.mark.parametrize(
    "text", ["yes", "Y", "da", "DA", "tak", "x", "X", "1", "TRUE", "Adevărat", "PRAWDA"]
)
def test_parse_boolean_yes(text: str) -> None:
    assert parse_boolean(text) is True


@pytest.mark.parametrize("text", ["no", "N", "nu", "Nie", "0", "-", "FALSE", "fals", "FAŁSZ"])
def test_parse_boolean_no(text: str) -> None:
    assert parse_boolean(f" {text} ") is False


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("poate", "'poate' is neither yes nor no."),
        ("2", "'2' is neither yes nor no."),
        (" ", "The value is empty."),
    ],
)
def test_parse_boolean_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_boolean(text)

    assert caught.value.message == message
    assert caught.value.hint == "Write yes or no, da or nu, tak or nie, 1 or 0."
