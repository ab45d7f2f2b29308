"""`crm rate`: one rate for each currency and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Crm


def _add(crm: Crm, currency: str, day: str, rate: str) -> int:
    return crm.id("rate", "add", "--currency", currency, "--date", day, "--rate", rate)


def test_list(crm: Crm) -> None:
    _add(crm, "EUR", "20.11.2026", "5,0891")
    _add(crm, "PLN", "2026-11-23", "1.18")
    _add(crm, "€", "today", "5.091234")

    result = crm("rate", "list")

    assert result.stdout == (
        "ID  CURRENCY  DATE            RATE\n"
        " 3  EUR       2026-11-23  5.091234\n"
        " 2  PLN       2026-11-23  1.180000\n"
        " 1  EUR       2026-11-20  5.089100\n"
    )


def test_add_again(crm: Crm) -> None:
    first = _add(crm, "EUR", "2026-11-20", "5.08")

    changed = crm.ok("rate", "add", "--currency", "eur", "--date", "2026-11-20", "--rate", "5.09")
    same = crm.ok("rate", "add", "--currency", "eur", "--date", "2026-11-20", "--rate", "5.09")

    assert (changed["id"], changed["rate"], changed["version"]) == (first, "5.090000", 2)
    assert same == changed


@pytest.mark.parametrize(
    ("currency", "rate", "code", "sentence"),
    [
        ("EUR", "0", 5, "A rate is more than 0, not 0.000000."),
        ("RON", "1", 5, "RON is the company's own currency and has no rate."),
        ("EURO PIEȚE", "1", 2, "--currency: 'EURO PIEȚE' is not a currency."),
    ],
)
def test_add_wrong_value(
    sqlite_crm: Crm, currency: str, rate: str, code: int, sentence: str
) -> None:
    result = sqlite_crm("rate", "add", "--currency", currency, "--date", "today", "--rate", rate)

    assert result.exit_code == code
    assert result.stderr.startswith(f"crm: {sentence}\n")


def test_edit_onto_another(crm: Crm) -> None:
    _add(crm, "EUR", "2026-11-20", "5.08")
    second = _add(crm, "EUR", "2026-11-23", "5.09")

    result = crm("rate", "edit", second, "--date", "2026-11-20")

    assert result.exit_code == 4
    assert result.stderr == "crm: Another rate has this date already.\nhint: crm rate list\n"


def test_remove(crm: Crm) -> None:
    rate = _add(crm, "EUR", "2026-11-20", "5.08")

    assert crm.id("rate", "remove", rate) == rate
    assert crm.ok("rate", "list", "--all") == []
