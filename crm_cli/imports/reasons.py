"""What an import itself finds wrong with a row; the rest is told by values and services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.values.sentences import Label, Sentence, noun

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm_cli.imports.plan import Part


def repeats(row: int, part: Part, attribute: str) -> Sentence:
    """An earlier row stands for the same record."""
    return Sentence("Row {row} has the same {label}.", row=row, label=_label(part, attribute))


def is_row(row: int, name: str, number: int) -> Sentence:
    """An earlier row names the same record by another key."""
    return Sentence("It is {noun} {id}, as row {row} is.", noun=noun(name), id=number, row=row)


def ambiguous(name: str, numbers: Iterable[int]) -> Sentence:
    """Several records agree with the row."""
    ids = ", ".join(map(str, numbers))
    return Sentence("It may be any of {noun} {ids}.", noun=noun(name), ids=ids)


def is_there(name: str, number: int) -> Sentence:
    """The record is not to be there already."""
    return Sentence("It is {noun} {id} already.", noun=noun(name), id=number)


def unknown(name: str) -> Sentence:
    """The record is to be there already."""
    return Sentence("There is no such {noun}.", noun=noun(name))


def missing(part: Part, attribute: str) -> Sentence:
    """A record needs a value that the row does not give."""
    label = _label(part, attribute)
    return Sentence("The {label} of the {noun} is missing.", label=label, noun=noun(part.name))


def for_new_ones(part: Part, attribute: str) -> Sentence:
    """Only a process changes the value of a record that is there."""
    template = "A spreadsheet sets the {label} of a new {noun} only."
    return Sentence(template, label=_label(part, attribute), noun=noun(part.name))


def wrong_beside(row: int, name: str) -> Sentence:
    """Another row of the same record is wrong."""
    return Sentence("Row {row} of the same {noun} is wrong.", row=row, noun=noun(name))


def says_otherwise(row: int, name: str) -> Sentence:
    """Two rows of the same record disagree."""
    return Sentence("Row {row} of the same {noun} says otherwise.", row=row, noun=noun(name))


def _label(part: Part, attribute: str) -> Label:
    column = part.column_of(attribute)
    return Label(column.labels if column else (attribute,) * 3)
