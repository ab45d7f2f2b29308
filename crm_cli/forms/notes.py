"""The note of a column: what it is, what to write, what blank cells and <clear> do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli import views
from crm_cli.forms import sentences
from crm_cli.forms.helps import help_in
from crm_cli.forms.sentences import in_language
from crm_cli.imports.cells.cells import as_text
from crm_cli.languages.vocabulary import shown
from crm_cli.views.types import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.views.view import Column


class State(NamedTuple):
    """What is true of a column in one workbook."""

    required: bool
    history: bool
    """Whether only new records take it."""
    example: Any


def note_of(column: Column, state: State, language: str) -> str:
    """All that a clerk needs to fill in a column."""
    return "\n".join(_lines(column, state, language))


def _lines(column: Column, state: State, language: str) -> Iterator[str]:
    if state.required:
        yield in_language(sentences.REQUIRED, language)
    if column.help:
        yield help_in(column.help, language)
    if not (column.help and _is_plain_text(column)):
        yield _form(column, language)
    if isinstance(column.type, Choice):
        words = ", ".join(shown(word, language) for word in column.type.words)
        yield f"{in_language(sentences.ALLOWED, language)}: {words}."
    if state.example is not None:
        yield f"{in_language(sentences.EXAMPLE, language)}: {_shown(state.example, language)}"
    if state.history:
        yield in_language(sentences.HISTORY, language)
    yield in_language(sentences.BLANK, language)
    if not (state.required or state.history):
        yield in_language(sentences.CLEAR, language)


def _is_plain_text(column: Column) -> bool:
    """Whether nothing more can be said of its cells than that they hold text."""
    return column.type.name == "text" and not column.noun and column.name not in sentences.OF_TEXT


def _form(column: Column, language: str) -> str:
    """What is written in its cells."""
    special = sentences.OF_TEXT.get(column.name)
    said = [in_language(special, language)] if special else []
    if column.noun:
        return " ".join([_reference(column.noun, language), *said])
    return said[0] if said else in_language(sentences.OF_TYPE[column.type.name], language)


def _reference(noun: str, language: str) -> str:
    prefixes = dict.fromkeys(key.prefix for key in views.of(noun).keys)
    names = [
        in_language(words, language) for key, words in sentences.KEYS.items() if key in prefixes
    ]
    return in_language(sentences.REFERENCE, language).format(keys=", ".join(names))


def _shown(example: Any, language: str) -> str:
    """The example as its cell shows it."""
    if hasattr(example, "strftime"):
        dotted = language != "en"
        shown_as = example.strftime("%d.%m.%Y" if dotted else "%Y-%m-%d")
        return f"{shown_as} {example:%H:%M}" if hasattr(example, "hour") else shown_as
    text = as_text(example)
    numeric = not isinstance(example, str)
    return text.replace(".", ",") if numeric and language != "en" else text
