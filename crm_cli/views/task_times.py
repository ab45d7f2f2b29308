"""When a task is due, how it repeats, and when it reminds."""

from __future__ import annotations

from crm_cli.views.repetition import REPETITION
from crm_cli.views.types import DATE, INTEGER, MOMENT, WordSet
from crm_cli.views.view import Column
from schema.task_states import CHANNELS, DAYS_BEFORE

TERM = (
    Column(
        name="due",
        sql="t.due_on",
        type=DATE,
        labels=("Term", "Termen", "Termin"),
        aliases=("Due", "Due date", "Data scadență", "Data limită"),
        field="due_on",
        required=True,
        listed=True,
        help="The day of the term; its time stands in a column of its own.",
    ),
    Column(
        name="due_at",
        sql="t.due_at",
        type=MOMENT,
        labels=("Term (time)", "Termen (ora)", "Termin (godzina)"),
        loaded="due_at",
        listed=True,
    ),
)

SERIES = (
    Column(
        name="repeat",
        sql="t.repeat",
        type=REPETITION,
        labels=("Repeats", "Repetare", "Powtarzanie"),
        aliases=("Recurrence", "Recurență", "Cykl"),
        field="repeat",
        help="When it is closed, the next one is made: daily, weekdays, weekly, mon,thu,"
        " 'every 2 weeks', 'monthly on 15', 'monthly on last', yearly, or an RRULE.",
    ),
    Column(
        name="repeat_from",
        sql="t.repeat_from",
        type=DATE,
        labels=("Repeats from", "Se repetă din", "Powtarzane od"),
        loaded="repeat_from",
        help="The day of the series for which it stands, whatever its term was moved to.",
    ),
    Column(
        name="series_id",
        sql="t.series_id",
        type=INTEGER,
        labels=("Series (id)", "Serie (id)", "Seria (id)"),
    ),
    Column(
        name="occurrence",
        sql="t.occurrence",
        type=INTEGER,
        labels=("Number in the series", "Nr. în serie", "Numer w serii"),
    ),
)

REMINDERS = (
    Column(
        name="remind",
        sql="t.remind",
        type=WordSet(*CHANNELS),
        labels=("Remind by", "Reamintire prin", "Przypomnienie przez"),
        field="remind",
        help="email, message or none; the company's choice where nothing is given.",
    ),
    Column(
        name="days_before",
        sql="t.days_before",
        type=WordSet(*DAYS_BEFORE),
        labels=("Days before", "Zile înainte", "Dni wcześniej"),
        field="days_before",
        help="Remind so many days before the term: 0, 1, 2, 3.",
    ),
    Column(
        name="memento_at",
        sql="t.memento_at",
        type=MOMENT,
        labels=("Memento", "Memento", "Memento"),
        field="memento_at",
        help="Remind once more, at this date and time, whatever the days before.",
    ),
    Column(
        name="memento_number",
        sql="t.memento_number",
        type=INTEGER,
        labels=("Memento number", "Nr. memento", "Numer memento"),
        loaded="memento_number",
    ),
    Column(
        name="term_number",
        sql="t.term_number",
        type=INTEGER,
        labels=("Term number", "Nr. termen", "Numer terminu"),
        loaded="term_number",
    ),
    Column(
        name="next_reminder_at",
        sql="t.next_reminder_at",
        type=MOMENT,
        labels=("Next reminder", "Următoarea reamintire", "Następne przypomnienie"),
    ),
)
