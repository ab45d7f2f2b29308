"""The columns that the rows of a noun can fill, made into a workbook to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.forms import sentences
from crm_cli.forms.choices import Choices
from crm_cli.forms.examples import example_of
from crm_cli.forms.notes import State, note_of
from crm_cli.forms.sentences import in_language
from crm_cli.imports.columns.mapping import fields_of, known_headings, plain, unknown_field
from crm_cli.languages import LANGUAGES
from crm_cli.sheets.writing.template_workbook import Template, TemplateColumn, Wording
from crm_cli.views.plurals import plural
from crm_cli.views.types import Choice, WordSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.imports.columns.mapping import Target
    from crm_cli.imports.plans.plan import Part, Plan
    from crm_cli.reader import Reader
    from crm_cli.views.types import Place
    from crm_cli.views.view import Column


COUNTED = {"term_number", "memento_number", "repeat_from"}
"""Columns of exports that nobody fills in by hand."""


def make_template(
    plan: Plan, reader: Reader, place: Place, language: str, names: Sequence[str] = ()
) -> Template:
    """The workbook of a noun, or of the columns that are named."""
    choices = Choices(reader, place, language)
    maker = _Maker(plan, choices, place.country, language)
    columns = [maker.column(*target) for target in _targets(plan, names)]
    return Template(columns=columns, lists=choices.used(), wording=_wording(plan.noun, language))


def _targets(plan: Plan, names: Sequence[str]) -> list[Target]:
    fields = fields_of(plan)
    for name in names:
        if name not in fields:
            raise unknown_field(plan, name)
    return [fields[name] for name in names or fields if name in names or name not in COUNTED]


class _Maker:
    """Makes the columns of one workbook."""

    def __init__(self, plan: Plan, choices: Choices, country: str, language: str) -> None:
        self._own = plan.own
        self._known = known_headings(plan)
        self._choices = choices
        self._country = country
        self._language = language

    def column(self, part: Part, column: Column) -> TemplateColumn:
        """All about one column."""
        offered = self._choices.of(column)
        required = self._is_required(part, column)
        history = column.field is None and part.name == self._own
        example = None
        if (required or not history) and self._can_be_shown(part):
            values = self._choices.lists.get(offered or "", [])
            example = example_of(
                part, column, self._country, values, self._language, required=required
            )
        state = State(required=required, history=history, example=example)
        return TemplateColumn(
            heading=self._heading(part, column),
            kind="text" if column.noun else column.type.name,
            note=note_of(column, state, self._language),
            example=example,
            required=required,
            choices=offered,
            strict=isinstance(column.type, Choice) and not isinstance(column.type, WordSet),
        )

    def _can_be_shown(self, part: Part) -> bool:
        """Whether there are records of all nouns that a part cannot be without."""
        if not part.optional:
            return True
        needed = {name for name, field in part.entity.model_fields.items() if field.is_required()}
        references = (one for one in part.columns if one.noun and one.attribute in needed)
        return all(map(self._choices.of, references))

    def _is_required(self, part: Part, column: Column) -> bool:
        needed = column.required or (part.name, column.name) == ("document", "kind")
        return needed and not part.optional

    def _heading(self, part: Part, column: Column) -> str:
        """What the column is called, in words an import takes for this column and no other."""
        label = column.labels[LANGUAGES.index(self._language)]
        words = (label, *column.labels, *column.aliases, column.name)
        return next(word for word in words if self._known[plain(word)] == (part, column))


def _wording(noun: str, language: str) -> Wording:
    return Wording(
        title=plural(noun, language),
        example=in_language(sentences.EXAMPLE, language),
        intro=[in_language(line, language) for line in sentences.INTRO],
        not_in_list=in_language(sentences.NOT_IN_LIST, language),
        percent=in_language(sentences.OF_TYPE["percent"], language),
        date=sentences.DATES[language],
    )
