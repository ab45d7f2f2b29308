"""The columns that the rows of a noun can fill, made into a workbook to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.forms import sentences
from crm_cli.forms.choices import Choices
from crm_cli.forms.examples import example_of
from crm_cli.forms.notes import note_of
from crm_cli.forms.sentences import in_language
from crm_cli.imports.mapping import fields_of, known_headings, plain, unknown_field
from crm_cli.sheets.template_workbook import Template, TemplateColumn, Wording
from crm_cli.views.types import Choice, WordSet
from crm_cli.views.view import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crm_cli.imports.mapping import Target
    from crm_cli.imports.plan import Plan
    from crm_cli.reader import Reader
    from crm_cli.views.types import Place


def make_template(
    plan: Plan, reader: Reader, place: Place, language: str, names: Sequence[str] = ()
) -> Template:
    """The workbook of a noun, or of the columns that are named."""
    choices = Choices(reader, place, language)
    known = known_headings(plan)
    columns = [
        _column(target, known, choices, place.country, language) for target in _targets(plan, names)
    ]
    return Template(columns=columns, lists=choices.used(), wording=_wording(plan.noun, language))


def _targets(plan: Plan, names: Sequence[str]) -> list[Target]:
    fields = fields_of(plan)
    for name in names:
        if name not in fields:
            raise unknown_field(plan, name)
    return [fields[name] for name in names or fields]


def _column(
    target: Target, known: Mapping[str, Target], choices: Choices, country: str, language: str
) -> TemplateColumn:
    part, column = target
    offered = choices.of(column)
    values = choices.lists.get(offered or "", [])
    example = example_of(part, column, country, values, language)
    required = column.required and not part.optional
    return TemplateColumn(
        heading=_heading(target, known, language),
        kind="text" if column.noun else column.type.name,
        note=note_of(column, required=required, example=example, language=language),
        example=example,
        required=required,
        choices=offered,
        strict=isinstance(column.type, Choice) and not isinstance(column.type, WordSet),
    )


def _heading(target: Target, known: Mapping[str, Target], language: str) -> str:
    """What the column is called, in words an import takes for this column and no other."""
    column = target[1]
    label = column.labels[LANGUAGES.index(language)]
    words = (label, *column.labels, *column.aliases, column.name)
    return next(word for word in words if known[plain(word)] == target)


def _wording(noun: str, language: str) -> Wording:
    return Wording(
        title=in_language(sentences.NOUNS[noun], language),
        example=in_language(sentences.EXAMPLE, language),
        intro=[in_language(line, language) for line in sentences.INTRO],
        not_in_list=in_language(sentences.NOT_IN_LIST, language),
        percent=in_language(sentences.OF_TYPE["percent"], language),
        date=sentences.DATES[language],
    )
