"""Words of fixed lists in three languages."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crm_cli import views
from crm_cli.values.invalid import InvalidValue
from crm_cli.views.accounts import RELATION
from crm_cli.views.types import Choice, Place
from crm_cli.views.view import LANGUAGES
from crm_cli.views.vocabulary import shown

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
