"""The catalogues: their first rows, codes, positions, the one default."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm

CATALOGUES = ("cycle", "reason", "series", "stage", "tax", "team")
NEEDED = {
    "series": ("--kind", "invoice"),
    "stage": ("--cycle", "default"),
    "tax": ("--rate", "9"),
}


@pytest.mark.proves("R49", "R50", "R51", "R65", "R67")
def test_list_stages(crm: Crm) -> None:
    result = crm("stage", "list", "--columns", "code,name_ro,cycle,potential,probability,outcome")

    assert result.stdout == (
        "CODE          NAME_RO        CYCLE    POTENTIAL  PROBABILITY  OUTCOME\n"
        "new           Nouă           default  none                 0  open\n"
        "presentation  1. Prezentare  default  low                 20  open\n"
        "quoting       2. Ofertare    default  medium              40  open\n"
        "negotiation   3. Negociere   default  high                60  open\n"
        "won           4. Vânzare     default  very_high          100  won\n"
        "lost          X. Pierdut     default  none                 0  lost\n"
    )


@pytest.mark.proves("R58", "R244")
def test_list_reasons(crm: Crm) -> None:
    result = crm("reason", "list", "--columns", "code,name_en,name_ro,name_pl")

    assert result.stdout == (
        "CODE        NAME_EN             NAME_RO                    NAME_PL\n"
        "competitor  Competitor present  Concurență prezentă        Obecna konkurencja\n"
        "price       Price too high      Preț prea mare             Zbyt wysoka cena\n"
        "budget      No budget           Fără buget                 Brak budżetu\n"
        "no-answer   No answer           Fără răspuns               Brak odpowiedzi\n"
        "elsewhere   Bought elsewhere    A cumpărat din altă parte  Kupił gdzie indziej\n"
        "other       Other               Altul                      Inny\n"
    )


@pytest.mark.parametrize("noun", CATALOGUES)
@pytest.mark.proves("R247")
def test_add_edit_remove(crm: Crm, noun: str) -> None:
    words = ("--code", "own", "--name-en", "Own", "--name-pl", "Własny", *NEEDED.get(noun, ()))
    last = max((row["position"] for row in _rows(crm, noun)), default=0)

    added = crm.ok(noun, "add", *words)
    edited = crm.ok(noun, "edit", "Własny", "--name-ro", "Propriu")
    removed = crm.ok(noun, "remove", "own")

    assert added["position"] == last + 1
    assert (edited["name_ro"], edited["version"]) == ("Propriu", 2)
    assert removed == edited
    assert crm(noun, "show", "own").exit_code == 3


def _rows(crm: Crm, noun: str) -> list[dict[str, int]]:
    rows: list[dict[str, int]] = crm.ok(noun, "list")
    return rows


@pytest.mark.parametrize("code", ["preț", "a b", "42", "", "-x", "a:b"])
def test_add_wrong_code(sqlite_crm: Crm, code: str) -> None:
    result = sqlite_crm("reason", "add", f"--code={code}", "--name-en", "X")

    assert result.exit_code == 5
    assert result.stderr.startswith(
        "crm: The reason has no code." if not code else f"crm: '{code}' cannot be a code."
    )


@pytest.mark.parametrize(
    "reference",
    [
        *("price", "Preț prea mare", "name:Zbyt wysoka cena", "no:price"),
        *("pret prea mare", "name:ZBYT WYSOKA CENA", "no:PRICE", "Price"),
    ],
)
def test_show_by_code_and_name(crm: Crm, reference: str) -> None:
    assert crm.ok("reason", "show", reference)["code"] == "price"


def test_list_search_in_any_language(crm: Crm) -> None:
    found = [crm.ok("reason", "list", "--search", word) for word in ("PRET", "budżetu", "answ")]

    assert [[row["code"] for row in rows] for rows in found] == [
        ["price"],
        ["budget"],
        ["no-answer"],
    ]


def test_add_code_of_another_cycle(crm: Crm) -> None:
    crm.ok("cycle", "add", "--code", "service", "--name-en", "Service")
    words = ("stage", "add", "--code", "new", "--name-en", "New")

    assert crm("stage", "show", "new").exit_code == 0
    assert crm(*words, "--cycle", "service").exit_code == 0
    again = crm(*words, "--cycle", "service")
    unclear = crm("stage", "show", "new")

    assert again.exit_code == 4
    assert again.stderr.startswith("crm: Another stage has this code already.\n")
    assert unclear.exit_code == 4
    assert unclear.stderr == (
        "crm: 'new' names more than one stage.\n  1 New\n  7 New\nhint: Give the id.\n"
    )


def test_add_default_cycle(crm: Crm) -> None:
    crm.ok("cycle", "add", "--code", "service", "--name-en", "Service", "--is-default")

    rows = crm.ok("cycle", "list")

    assert {row["code"]: row["is_default"] for row in rows} == {"default": False, "service": True}


def test_edit_default_series(crm: Crm) -> None:
    crm.ok(*("series", "add", "--code", "FB", "--name-en", "Branch", "--kind", "invoice"))

    crm.ok("series", "edit", "FB", "--is-default", "--prefix", "FB-", "--next-number", "100")
    rows = crm.ok("series", "list", "--where", "is_default = yes")

    assert sorted(row["code"] for row in rows) == ["CH", "CM", "CTR", "FB", "OF", "OP", "PF"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--kind", "letter"), 2, "--kind: 'letter' is none of quote, order"),
        (("--kind", "quote", "--digits", "13"), 5, "A number has at most 12 digits."),
        (("--kind", "quote", "--next-number", "0"), 5, "The next number is 1 or more."),
    ],
)
def test_add_wrong_series(
    sqlite_crm: Crm, words: tuple[str, ...], code: int, sentence: str
) -> None:
    result = sqlite_crm("series", "add", "--code", "X", "--name-en", "X", *words)

    assert result.exit_code == code
    assert result.stderr.startswith(f"crm: {sentence}")


def test_list_taxes(crm: Crm) -> None:
    rows = crm.ok("tax", "list")

    assert [(row["code"], row["rate"], row["category"]) for row in rows] == [
        ("tva21", "21.0000", "S"),
        ("tva11", "11.0000", "S"),
        ("tva0", "0.0000", "Z"),
        ("scutit", "0.0000", "E"),
        ("ti", "0.0000", "AE"),
        ("ic", "0.0000", "K"),
        ("export", "0.0000", "G"),
        ("neimp", "0.0000", "O"),
    ]


@pytest.mark.parametrize("reference", ["21%", "21 %", "21,00%", "rate:21"])
def test_show_tax_by_rate(crm: Crm, reference: str) -> None:
    assert crm.ok("tax", "show", reference)["code"] == "tva21"


def test_show_tax_by_no_rate(sqlite_crm: Crm) -> None:
    result = sqlite_crm("tax", "show", "rate:mult")

    assert result.exit_code == 5
    assert result.stderr.startswith("crm: 'mult' is not a percentage.")


def test_add_tax_of_another_country(sqlite_crm: Crm) -> None:
    words = ("--code", "mwst", "--name-en", "German", "--rate", "19", "--category", "s")

    added = sqlite_crm.ok("tax", "add", *words, "--country", "Germania")

    assert (added["category"], added["country"]) == ("S", "DE")


def test_remove_tax_in_use(crm: Crm) -> None:
    crm.ok("product", "add", "--code", "A", "--name", "Pompa", "--tax", "tva11")

    result = crm("tax", "remove", "tva11", "-q")

    assert result.stderr == "tax 2 is in use and was archived.\n"
    assert crm.ok("product", "show", "A")["tax"] == "tva11"


@pytest.mark.parametrize("option", ["--prefix", "--next-number", "--digits", "--kind"])
def test_edit_series_with_taken_numbers(sqlite_crm: Crm, option: str) -> None:
    execute(sqlite_crm.url, "UPDATE series SET next_number = 8, last_date = '2026-11-20'")
    value = {"--prefix": "", "--kind": "order"}.get(option, "9")

    result = sqlite_crm("series", "edit", "OF", "--name-ro", "Oferta", option, value)
    renamed = sqlite_crm("series", "edit", "OF", "--name-ro", "Oferta", "--next-number", "8")

    assert result.exit_code == 4
    assert result.stderr == (
        "crm: Numbers of the series OF were taken already.\nhint: crm series add --help\n"
    )
    assert renamed.exit_code == 0
