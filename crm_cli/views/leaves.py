"""How the leave of an employee looks from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.views.types import DATE, INTEGER, LONG_TEXT
from crm_cli.views.view import Column, Key, View, id_column, record_columns, with_id

if TYPE_CHECKING:
    from schema.dialect import Dialect


def _days(dialect: Dialect) -> str:
    return f"1 + {dialect.days_between('l.starts_on', 'l.ends_on')}"


LEAVE = View(
    noun="leave",
    entity="schema.leave:Leave",
    alias="l",
    source=(
        "leave l"
        " JOIN employee e ON e.id = l.employee_id"
        " LEFT JOIN employee deputy ON deputy.id = l.deputy_id"
    ),
    search=("e.name_folded",),
    title="employee",
    order="from",
    service="leaves",
    keys=(Key(prefix="ext", sql="l.external_id", normal=str),),
    columns=(
        id_column("l"),
        *with_id(
            Column(
                name="employee",
                sql="e.name",
                folded="e.name_folded",
                noun="employee",
                key="l.employee_id",
                labels=("Employee", "Angajat", "Pracownik"),
                aliases=("Name", "Nume și prenume", "Imię i nazwisko"),
                field="employee_id",
                required=True,
                listed=True,
                help="Who is away.",
            )
        ),
        Column(
            name="from",
            sql="l.starts_on",
            type=DATE,
            labels=("From", "De la", "Od"),
            aliases=("First day", "Prima zi", "Pierwszy dzień", "Start", "Data de început"),
            field="starts_on",
            required=True,
            listed=True,
            help="First day of absence.",
        ),
        Column(
            name="to",
            sql="l.ends_on",
            type=DATE,
            labels=("To", "Până la", "Do"),
            aliases=("Last day", "Ultima zi", "Ostatni dzień", "End", "Data de sfârșit"),
            field="ends_on",
            required=True,
            listed=True,
            help="Last day of absence.",
        ),
        Column(
            name="days",
            sql=_days,
            type=INTEGER,
            labels=("Days", "Zile", "Dni"),
            listed=True,
        ),
        *with_id(
            Column(
                name="deputy",
                sql="deputy.name",
                folded="deputy.name_folded",
                noun="employee",
                key="l.deputy_id",
                labels=("Deputy", "Înlocuitor", "Zastępca"),
                aliases=("Substitute", "Înlocuit de", "Zastępstwo"),
                field="deputy_id",
                listed=True,
                help="Who gets the reminders meanwhile and sees the tasks in `crm today`.",
            )
        ),
        Column(
            name="note",
            sql="l.note",
            type=LONG_TEXT,
            labels=("Note", "Observații", "Uwagi"),
            field="note",
        ),
        *record_columns("l"),
    ),
)
