"""Every view on both databases: each column, filter operator and order; and against its entity."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from crm_cli import views
from crm_cli.database import Database
from crm_cli.services.records import entity
from crm_cli.views.filters import OPERATORS
from crm_cli.views.query import Selection, select
from crm_cli.views.types import BOOLEAN, CURRENCY, DATE, MOMENT, TEXT, Choice, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.reader import Reader
    from crm_cli.views.view import Column, View

PLACE = Place(now=datetime(2026, 11, 23, 8, tzinfo=UTC), zone=ZoneInfo("UTC"), country="RO")
NOUNS = sorted(views.MODULES)
SAMPLES = {
    BOOLEAN: "yes",
    CURRENCY: "EUR",
    DATE: "2026-11-23",
    MOMENT: "2026-11-23 10:00",
    TEXT: "50% Iași_'?",
}
"""Type -> a value to compare with; the others take the number 1."""


@pytest.fixture
def reader(url: str) -> Iterator[Reader]:
    database = Database(url)
    yield database.reader
    database.close()


def _sample(column: Column) -> str:
    if isinstance(column.type, Choice):
        return column.type.words[0]
    named = {
        "country": "RO",
        "county": "Cluj",
        "long text": "a",
        "duration": "1h",
        "rule": "weekly",
    }
    named |= {"weekdays": "mon-fri"}
    return SAMPLES.get(column.type) or named.get(column.type.name, "1")


def _conditions(reader: Reader, column: Column) -> list[str]:
    value = _record(reader, column.noun) if column.noun else _sample(column)
    if value is None:
        return [f"{column.name} ~ a", f"{column.name} is empty", f"{column.name} is not empty"]
    compared = [f"{column.name} {operator} {value}" for operator in OPERATORS if operator != "in"]
    return [
        *compared,
        f"{column.name} in ({value}, {value})",
        f"{column.name} is empty",
        f"{column.name} is not empty",
    ]


def _record(reader: Reader, noun: str) -> int | None:
    """A record there is from the beginning; unknown ones are refused before the database."""
    view = views.of(noun)
    found: int | None = reader.value(f"SELECT min({view.columns[0].sql}) FROM {view.source}")
    return found


def _run(reader: Reader, view: View, **chosen: str | tuple[str, ...]) -> None:
    selection = Selection(columns=view.columns, **chosen)  # type: ignore[arg-type]  # by name
    list(select(reader, view, selection, PLACE))


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.proves("R14", "R17")
def test_filter_by_every_column(reader: Reader, noun: str) -> None:
    view = views.of(noun)

    for column in view.columns:
        _run(reader, view, where=tuple(_conditions(reader, column)))


@pytest.mark.parametrize("noun", NOUNS)
def test_sort_by_every_column(reader: Reader, noun: str) -> None:
    view = views.of(noun)

    _run(reader, view, sort=",".join(column.name for column in view.columns))
    _run(reader, view, sort=",".join(f"-{column.name}" for column in view.columns))


@pytest.mark.parametrize("noun", NOUNS)
def test_search(reader: Reader, noun: str) -> None:
    view = views.of(noun)

    if view.search:
        _run(reader, view, search="100% iași")


@pytest.mark.parametrize("noun", NOUNS)
def test_follow_every_reference(reader: Reader, noun: str) -> None:
    view = views.of(noun)

    for column in view.columns:
        if column.noun:
            _run(reader, view, where=(f"{column.name}.id > 0",))


@pytest.mark.parametrize("noun", NOUNS)
def test_name_columns_of_the_entity(noun: str) -> None:
    view = views.of(noun)

    fields = set(entity(view).model_fields) if view.entity else set()

    assert view.noun == noun
    assert {column.field for column in view.editable} <= fields
    assert {column.type.name for column in view.columns if column.noun} <= {"text"}
    assert view.title in view.by_name
    assert set(view.order.replace("-", "").split(",")) <= set(view.by_name)
