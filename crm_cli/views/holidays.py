"""How the company's free and worked days look from outside, and all that count in a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_cli.values.invalid import InvalidValue
from crm_cli.values.text import fold_name
from crm_cli.values.working_time import WEEKDAYS as DAYS_OF_WEEK
from crm_cli.values.written_dates import written_date
from crm_cli.views.table import Table
from crm_cli.views.types import BOOLEAN, DATE
from crm_cli.views.view import Column, Key, View, id_column, record_columns
from crm_cli.views.working_time import WEEKDAYS

if TYPE_CHECKING:
    from datetime import date

    from crm_cli.reader import Reader
    from crm_cli.values.work_calendar import Holiday
    from crm_cli.views.types import Place

COUNTRIES = """
SELECT DISTINCT country FROM employee WHERE country IS NOT NULL AND archived_at IS NULL"""


def _day(text: str) -> date | None:
    """A day as the database has it, by which one is named: no word that moves with today."""
    try:
        return written_date(text, day_first=None)
    except InvalidValue:
        return None


HOLIDAY = View(
    noun="holiday",
    entity="schema.holiday:Holiday",
    alias="h",
    source="holiday h",
    search=("h.name_folded",),
    order="day,country",
    service="holidays",
    keys=(
        Key(prefix="day", sql="h.day", normal=_day, plain=lambda text: _day(text) is not None),
        Key(prefix="ext", sql="h.external_id", normal=str),
        Key(prefix="name", sql="h.name_folded", normal=fold_name, plain=lambda _: True),
    ),
    columns=(
        id_column("h"),
        Column(
            name="day",
            sql="h.day",
            type=DATE,
            labels=("Day", "Ziua", "Dzień"),
            aliases=("Date", "Data", "Zi"),
            field="day",
            required=True,
            listed=True,
            help="The day, or the first one of those of every year.",
        ),
        Column(
            name="name",
            sql="h.name",
            folded="h.name_folded",
            labels=("Name", "Denumire", "Nazwa"),
            field="name",
            required=True,
            listed=True,
            help="What is celebrated, or why the day is free or worked.",
        ),
        Column(
            name="yearly",
            sql="h.is_yearly",
            type=BOOLEAN,
            labels=("Every year", "În fiecare an", "Co roku"),
            aliases=("Yearly", "Anual", "Corocznie"),
            field="is_yearly",
            listed=True,
            help="From this day on, the same day of every year.",
        ),
        Column(
            name="work",
            sql="h.is_worked",
            type=BOOLEAN,
            labels=("Worked", "Se lucrează", "Dzień pracujący"),
            aliases=("Working day", "Lucrătoare", "Roboczy"),
            field="is_worked",
            listed=True,
            help="The company works on it, be it a public holiday or a Saturday.",
        ),
        Column(
            name="country",
            sql="h.country",
            labels=("Country", "Țara", "Kraj"),
            field="country",
            listed=True,
            help="Country whose employees it is for; all unless given.",
        ),
        *record_columns("h"),
    ),
)

WEEKDAY = Column(
    name="weekday",
    sql="",
    type=WEEKDAYS,
    labels=("Day of the week", "Ziua săptămânii", "Dzień tygodnia"),
    listed=True,
)
LAW = Column(name="law", sql="", type=BOOLEAN, labels=("By law", "Legală", "Ustawowe"), listed=True)
_BY_NAME = HOLIDAY.by_name
OF_YEAR = (
    *(_BY_NAME["id"], _BY_NAME["day"], WEEKDAY, _BY_NAME["name"]),
    *(_BY_NAME["work"], _BY_NAME["country"], LAW),
)


def of_year(reader: Reader, place: Place, year: int) -> Table:
    """All that count in a year, those of the law too, for every country with an employee."""
    countries = {place.country, *(country for (country,) in reader.all(COUNTRIES))}
    found = place.calendar.holidays.of_year(year, sorted(countries))
    return Table(OF_YEAR, [_row(one) for one in found])


def _row(one: Holiday) -> list[Any]:
    weekday = DAYS_OF_WEEK[one.day.weekday()]
    return [one.id, one.day, weekday, one.name, one.is_worked, one.country, one.id is None]
