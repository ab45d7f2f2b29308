"""What waits for one employee: tasks overdue, of today and of the next days, unread messages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from crm_cli.views.messages import MESSAGE
from crm_cli.views.query import Selection, find_columns, select
from crm_cli.views.table import Table
from crm_cli.views.task_scopes import assigned_to, stood_in_for
from crm_cli.views.tasks import TASK
from crm_cli.views.types import DATE, INTEGER, MOMENT, Choice
from crm_cli.views.view import Column, View

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.views.types import Place

SECTIONS = ("overdue", "today", "next", "unread")
COLUMNS: tuple[Column, ...] = (
    Column(name="id", sql="id", type=INTEGER, labels=("Id", "Id", "Id"), listed=True),
    Column(
        name="section",
        sql="section",
        type=Choice(*SECTIONS),
        labels=("Section", "Secțiune", "Sekcja"),
        listed=True,
    ),
    Column(name="noun", sql="noun", labels=("Noun", "Fel", "Rodzaj")),
    Column(name="due", sql="due", type=DATE, labels=("Term", "Termen", "Termin"), listed=True),
    Column(
        name="due_at",
        sql="due_at",
        type=MOMENT,
        labels=("Term (time)", "Termen (ora)", "Termin (godzina)"),
        listed=True,
    ),
    Column(name="priority", sql="priority", labels=("Priority", "Prioritate", "Priorytet")),
    Column(name="subject", sql="subject", labels=("Subject", "Subiect", "Temat"), listed=True),
    Column(
        name="account", sql="account", labels=("Account", "Partener", "Kontrahent"), listed=True
    ),
    Column(name="sender", sql="sender", labels=("From", "De la", "Od"), listed=True),
)


def _view(*, of_others: bool) -> View:
    """Whose task it is stands in a column of its own, listed where some are not mine."""
    labels = ("For", "Pentru", "Za")
    whose = Column(name="for", sql="for", labels=labels, listed=of_others)
    columns = (*COLUMNS, whose)
    return View(noun="today", entity="", source="", alias="", alive="1 = 1", columns=columns)


TODAY = _view(of_others=False)
TODAY_OF_OTHERS = _view(of_others=True)

OPEN = "t.status = 'open' AND t.due_on <= ?"
OF_MY_TEAM = "t.assignee_id IS NULL AND t.team_id = ?"
TASK_COLUMNS = find_columns(
    TASK, "id,due,due_at,priority,subject,account,author,assignee,assignee_id,team"
)
MESSAGE_COLUMNS = find_columns(MESSAGE, "id,text,sender")


def table(reader: Reader, place: Place, me: int, days: int) -> Table:
    """Everything that waits for an employee, up to so many days ahead, in order."""
    until = place.today + timedelta(days=days)
    absent = stood_in_for(reader, me, place.today)
    tasks = _tasks(reader, place, *assigned_to([me, *absent]), until)
    team = reader.value("SELECT team_id FROM employee WHERE id = ?", (me,))
    if team is not None:
        tasks += _tasks(reader, place, OF_MY_TEAM, (team,), until)
    waiting = sorted((_task(row, place, absent) for row in tasks), key=_order)
    view = TODAY_OF_OTHERS if any(row[-1] for row in waiting) else TODAY
    return Table(view.columns, [*waiting, *_messages(reader, place, me)])


def view_of(found: Table) -> View:
    """How what waits is shown."""
    return TODAY if found.columns is TODAY.columns else TODAY_OF_OTHERS


def _tasks(
    reader: Reader, place: Place, whose: str, values: tuple[Any, ...], until: date
) -> list[list[Any]]:
    chosen = Selection(
        columns=TASK_COLUMNS, also=f"{whose} AND {OPEN}", also_values=(*values, until)
    )
    return list(select(reader, TASK, chosen, place))


def _order(row: list[Any]) -> tuple[Any, ...]:
    number, section, _, due, due_at = row[:5]
    return SECTIONS.index(section), due, due_at is not None, due_at or due, number


def _task(row: list[Any], place: Place, absent: list[int]) -> list[Any]:
    number, due, due_at, *rest, assignee, assignee_id, team = row
    whose = f"@{team}" if assignee_id is None else assignee if assignee_id in absent else None
    return [number, _section(due, due_at, place), "task", due, due_at, *rest, whose]


def _section(due: date, due_at: datetime | None, place: Place) -> str:
    if due < place.today or (due_at is not None and due_at < place.now):
        return "overdue"
    return "today" if due == place.today else "next"


def _messages(reader: Reader, place: Place, me: int) -> list[list[Any]]:
    chosen = Selection(columns=MESSAGE_COLUMNS, also="m.employee_id = ?", also_values=(me,))
    return [
        [number, "unread", "message", None, None, None, text, None, sender, None]
        for number, text, sender in select(reader, MESSAGE, chosen, place)
    ]
