"""Words of fixed lists in three languages."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli import views
from crm_cli.languages import LANGUAGES
from crm_cli.languages.vocabulary import shown
from crm_cli.output.file_cells import cell_maker
from crm_cli.values.invalid import InvalidValue
from crm_cli.views.accounts import RELATION
from crm_cli.views.types import Choice, Place, WordSet

PLACE = Place(datetime(2026, 11, 23, tzinfo=UTC), ZoneInfo("Europe/Bucharest"), "RO")
LISTS = {
    f"{noun}.{column.name}": column.type
    for noun in views.MODULES
    for column in views.of(noun).columns
    if isinstance(column.type, Choice)
}


@pytest.mark.parametrize("name", LISTS)
def test_read_every_word_as_it_is_shown(name: str) -> None:
    for word in LISTS[name].words:
        for language in LANGUAGES:
            parsed = LISTS[name].parse(shown(word, language), PLACE)
            assert parsed in {word, (word,)}, (word, language)


@settings(max_examples=60)
@given(st.data())
def test_read_what_a_file_says(data: st.DataObject) -> None:
    """The cell of an export, in any language or as a code, is read as the value it was made of."""
    kind = data.draw(st.sampled_from(list(LISTS.values())))
    words = st.sampled_from(kind.words)
    sets = st.sets(words, min_size=1).map(lambda some: tuple(sorted(some)))
    value = data.draw(sets if isinstance(kind, WordSet) else words)

    make = cell_maker(kind, None, data.draw(st.sampled_from([None, *LANGUAGES])))

    assert make is not None
    assert kind.parse(make(value), PLACE) == value


@pytest.mark.parametrize("name", LISTS)
def test_know_every_word_in_every_language(name: str) -> None:
    """Codes that are no words apart: days before a term, and the letters of a tax category."""
    plain = {word for word in LISTS[name].words if shown(word, "ro") == word == shown(word, "pl")}

    assert {word for word in plain if word.isalpha() and word.islower()} <= {
        "contact", "contract", "document", "lead", "mail", "memento", "service",
    }  # fmt: skip


def test_read_a_word_of_any_language() -> None:
    assert RELATION.parse("Furnizor, KLIENT,prospect", PLACE) == (
        "customer",
        "prospect",
        "supplier",
    )
    assert Choice("low", "high").parse("scazuta", PLACE) == "low"
    assert Choice("very_high").parse("Very high", PLACE) == "very_high"


def test_refuse_a_word_of_another_list() -> None:
    with pytest.raises(InvalidValue) as error:
        RELATION.parse("scăzută", PLACE)

    assert error.value.message.startswith("'scăzută' is none of lead, prospect")
