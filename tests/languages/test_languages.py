"""Every sentence that may reach an error workbook is there in Romanian and in Polish."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from crm_cli import languages, views
from tests.languages.templates import spoken

NOUNS = [name.replace("_", " ") for name in views.MODULES]
CEDILLA = re.compile("[şţŞŢ]")


@pytest.fixture(scope="module")
def templates() -> dict[str, str]:
    """Template -> where it stands."""
    return spoken()


def fields(template: str) -> list[tuple[str, str | None]]:
    """The fields of a template, each with how it is formatted."""
    parsed = Formatter().parse(template)
    return sorted({(name, form) for _, name, form, _ in parsed if name is not None})


def has_words(template: str) -> bool:
    """Whether there is anything to translate."""
    return any(text.strip(" _.,():") for text, *_ in Formatter().parse(template))


def test_find_the_sentences(templates: dict[str, str]) -> None:
    assert "{value} is not a date." in templates
    assert "There is no {noun} {value}." in templates
    assert "Turnover and number of employees cannot be negative." in templates
    assert len(templates) > 100


def test_say_what_clerks_read_by_templates(templates: dict[str, str]) -> None:
    finished = {text: where for text, where in templates.items() if text.startswith(("f'", 'f"'))}

    assert finished == {}, "give a template and its values, not a finished sentence"


@pytest.mark.parametrize("language", ["ro", "pl"])
def test_have_every_sentence(language: str, templates: dict[str, str]) -> None:
    known = languages.sentences(language)
    missing = {
        text: where for text, where in templates.items() if has_words(text) and text not in known
    }

    assert missing == {}, f"add them to crm_cli/languages/{language}.toml"
    assert [name for name in NOUNS if name not in known] == []


@pytest.mark.parametrize("language", ["ro", "pl"])
def test_keep_the_fields(language: str) -> None:
    known = languages.sentences(language)

    assert {text: said for text, said in known.items() if fields(text) != fields(said)} == {}


def test_write_romanian_with_commas() -> None:
    assert not CEDILLA.search("".join(languages.sentences("ro").values()))


def test_have_the_same_sentences_in_each_language() -> None:
    assert list(languages.sentences("ro")) == list(languages.sentences("pl"))
