"""Sentences kept as a template and its values, to be said in the language of who reads them."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal


@runtime_checkable
class Translated(Protocol):
    """Anything with a text in each language."""

    def in_language(self, language: str) -> str:
        """The text in `en`, `ro` or `pl`."""


class Sentence:
    """A template in English, by which `crm_cli/languages` finds the others, and its values."""

    __slots__ = ("template", "values")

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values: Mapping[str, object] = values

    def in_language(self, language: str) -> str:
        """The finished sentence; in English where the language has none for it."""
        from crm_cli.languages import sentences

        return self._finish(sentences(language).get(self.template, self.template), language)

    def __str__(self) -> str:
        return self._finish(self.template, "en")

    def _finish(self, template: str, language: str) -> str:
        if not self.values:
            return template
        return template.format(
            **{name: _said(value, language) for name, value in self.values.items()}
        )


class Quoted(str):
    """A value as the user gave it, between the quotation marks of the language."""

    __slots__ = ()

    def in_language(self, language: str) -> str:
        """The same value, quoted as the language does."""
        return str(self) if language == "en" else f"„{self[1:-1]}”"


class Label:
    """The label of a column, as it stands inside a sentence."""

    __slots__ = ("labels",)

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = labels

    def in_language(self, language: str) -> str:
        """The label with a small letter, unless it is an abbreviation such as NIP."""
        from crm_cli.languages import LANGUAGES

        label = self.labels[LANGUAGES.index(language)]
        return label if label[1:2].isupper() else label[:1].lower() + label[1:]


class Words:
    """Words of a fixed list, as those who read the sentence say them."""

    __slots__ = ("words",)

    def __init__(self, *words: str) -> None:
        self.words = words

    def in_language(self, language: str) -> str:
        """The words as an import understands them, with commas."""
        if language == "en":
            return ", ".join(self.words)
        from crm_cli.languages.vocabulary import shown

        return ", ".join(shown(word, language) for word in self.words)


class _Comma:
    """A number with the decimal comma, however it is formatted."""

    __slots__ = ("number",)

    def __init__(self, number: Decimal) -> None:
        self.number = number

    def __format__(self, form: str) -> str:
        return format(self.number, form).replace(".", ",")


def _said(value: object, language: str) -> object:
    if isinstance(value, Translated):
        return value.in_language(language)
    if language == "en":
        return value
    from decimal import Decimal

    return _Comma(value) if isinstance(value, Decimal) else value


def sentence(text: str | Sentence, values: Mapping[str, object]) -> Sentence:
    """The sentence of a template; one that is finished stays as it is."""
    return text if isinstance(text, Sentence) else Sentence(text, **values)


def did_you_mean(near: Sequence[object]) -> Sentence:
    """The question that names one thing, or several."""
    either = reduce(lambda one, other: Sentence("{one} or {other}", one=one, other=other), near)
    return Sentence("Did you mean {near}?", near=either)


def noun(name: str) -> Sentence:
    """The name of a noun inside a sentence."""
    return Sentence(name.replace("_", " "))
