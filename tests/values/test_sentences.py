from __future__ import annotations

import pickle
from decimal import Decimal

import pytest

from crm_cli.errors import InvalidData
from crm_cli.values.countries import country_code
from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.values.sentences import Label, Sentence, did_you_mean, noun

LABELS = ("Tax id", "CUI", "Numer")


def said(given: Sentence) -> list[str]:
    """The sentence in every language."""
    return [given.in_language(language) for language in ("en", "ro", "pl")]


def test_say_a_sentence_in_every_language() -> None:
    given = Sentence("There is no {noun} {value}.", noun=noun("account"), value=quote("Alfa"))

    assert said(given) == [
        "There is no account 'Alfa'.",
        "Nu există partener „Alfa”.",
        "Nie ma w bazie: kontrahent „Alfa”.",
    ]
    assert str(given) == said(given)[0]


def test_say_in_english_what_has_no_translation() -> None:
    assert said(Sentence("Brand new {value}.", value=1)) == ["Brand new 1."] * 3


def test_write_numbers_as_the_language_does() -> None:
    given = Sentence("Write {one} or {exact}.", one=Decimal(1234), exact=Decimal("1.23"))
    rounded = Sentence("Write {rounded:f} if that is meant.", rounded=Decimal("45.00"))

    assert said(given) == ["Write 1234 or 1.23.", "Scrieți 1234 sau 1,23.", "Wpisz 1234 albo 1,23."]
    assert said(rounded) == [
        "Write 45.00 if that is meant.",
        "Scrieți 45,00, dacă asta ați vrut.",
        "Wpisz 45,00, jeśli o to chodzi.",
    ]


def test_leave_a_finished_sentence_alone() -> None:
    assert str(InvalidData("{not} a field")) == "{not} a field"


def test_leave_braces_in_a_value_alone() -> None:
    error = InvalidValue("{value} is not a date.", value=quote("{0.__class__}"))

    assert (error.message, error.hint) == ("'{0.__class__}' is not a date.", None)


def test_write_a_label_small_unless_it_is_short_for_something() -> None:
    given = Sentence("Row {row} has the same {label}.", row=3, label=Label(LABELS))

    assert said(given) == [
        "Row 3 has the same tax id.",
        "Rândul 3 are aceeași valoare: CUI.",
        "Wiersz 3 ma tę samą wartość: numer.",
    ]


def test_ask_what_was_meant() -> None:
    assert said(did_you_mean(["Iași", "Ilfov", "Vaslui"])) == [
        "Did you mean Iași or Ilfov or Vaslui?",
        "Ați vrut să scrieți Iași sau Ilfov sau Vaslui?",
        "Czy chodzi o: Iași lub Ilfov lub Vaslui?",
    ]


def test_name_countries_in_the_language() -> None:
    with pytest.raises(InvalidValue) as caught:
        country_code("Hungarry")

    assert caught.value.advice is not None
    assert said(caught.value.advice) == [
        "Did you mean Hungary (HU)?",
        "Ați vrut să scrieți Ungaria (HU)?",
        "Czy chodzi o: Węgry (HU)?",
    ]


def test_keep_a_sentence_in_a_file() -> None:
    given = Sentence("There is no {noun} {value}.", noun=noun("account"), value=quote("Alfa"))

    assert said(pickle.loads(pickle.dumps(given))) == said(given)
