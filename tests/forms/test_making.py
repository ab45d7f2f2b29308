"""What every noun asks a clerk to fill in, in three languages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from crm_cli.database import Database
from crm_cli.forms import choices
from crm_cli.forms.helps import helps
from crm_cli.forms.making import COUNTED, make_template
from crm_cli.forms.sentences import OF_TYPE
from crm_cli.imports.columns.mapping import map_headings
from crm_cli.imports.plans.nouns import plan_of
from crm_cli.languages import LANGUAGES
from crm_cli.sheets.writing.template_workbook import MARK
from crm_cli.views.plurals import plural
from crm_cli.views.types import Place
from tests.nouns import nouns_with

if TYPE_CHECKING:
    from pathlib import Path

    from crm_cli.reader import Reader
    from crm_cli.sheets.writing.template_workbook import Template

ZONE = ZoneInfo("Europe/Bucharest")


NOUNS = nouns_with("template")


@pytest.fixture(scope="module")
def reader(sqlite_template: Path) -> Reader:
    """A reader of a database as `crm init` leaves it."""
    return Database(f"sqlite:///{sqlite_template}").reader


def made(reader: Reader, noun: str, language: str, country: str = "RO") -> Template:
    """The workbook of a noun."""
    place = Place(datetime(2026, 11, 23, tzinfo=UTC), ZONE, country)
    return make_template(plan_of(noun), reader, place, language)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_heading_is_read_as_its_own_column(reader: Reader, noun: str) -> None:
    targets = [
        (part.name, column.name)
        for part, column in plan_of(noun).targets
        if column.name not in COUNTED
    ]
    for language in LANGUAGES:
        columns = made(reader, noun, language).columns
        headings = [one.heading + (MARK if one.required else "") for one in columns]

        mapped = map_headings(headings, plan_of(noun), {})

        assert [(one.part.name, one.column.name) for one in mapped.columns] == targets
        assert [one.places for one in mapped.columns] == [(at,) for at in range(len(targets))]
        assert mapped.unknown == ()


@pytest.mark.parametrize("noun", NOUNS)
def test_every_note_can_be_read_in_every_language(noun: str) -> None:
    columns = [column for _, column in plan_of(noun).targets]
    said = {one.help for one in columns if one.help}

    for language in ("ro", "pl"):
        assert said - helps(language).keys() == set(), "translate them in crm_cli/forms/*.toml"
    assert {one.type.name for one in columns} <= OF_TYPE.keys()
    assert len({plural(noun, language) for language in LANGUAGES}) > 1


@pytest.mark.parametrize("noun", NOUNS)
def test_every_required_column_has_an_example(reader: Reader, noun: str) -> None:
    for country, language in (("RO", "ro"), ("PL", "pl")):
        columns = made(reader, noun, language, country).columns

        assert [one.heading for one in columns if one.required and one.example is None] == []


def test_explain_a_column_to_a_clerk(reader: Reader) -> None:
    notes = {one.heading: one.note for one in made(reader, "account", "ro").columns}

    assert notes["Relații"].splitlines() == [
        "Un cuvânt din listă sau mai multe, despărțite prin virgulă.",
        "Valori admise: lead, client potențial, client, furnizor, concurent, altul.",
        "Exemplu: client",
        "Celulă goală: rămâne ce există.",
        "<clear>: se șterge ce există.",
    ]
    assert notes["Cifra de afaceri"].splitlines()[:3] == [
        "Cifra de afaceri anuală, în moneda firmei.",
        "Sumă, scrisă ca număr.",
        "Exemplu: 1234,50",
    ]


def test_offer_the_counties_of_the_company(reader: Reader) -> None:
    counties = made(reader, "account", "pl", "PL").lists["county"]

    assert (len(counties), counties[0], counties[-1]) == (16, "dolnośląskie", "zachodniopomorskie")


def test_offer_no_list_of_too_many_records(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choices, "LONGEST", 0)

    template = made(reader, "account", "en")

    assert "employee" not in template.lists
    assert {one.heading: one.choices for one in template.columns}["Owner"] is None
