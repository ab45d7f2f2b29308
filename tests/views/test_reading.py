"""Reading records by their ids, and by an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crm_cli import services
from crm_cli.start import make_app
from crm_cli.views.query import Selection, statement
from crm_cli.views.task_scopes import SCOPES, together
from crm_cli.views.tasks import TASK

if TYPE_CHECKING:
    from tests.conftest import Crm


MANY = 66_000
"""More than PostgreSQL takes parameters."""


def test_read_more_than_a_statement_takes(crm: Crm) -> None:
    crm("task", "add", "Sună", "--due", "+2d", "--repeat", "daily")
    crm("task", "add", "Sună", "--due", "+1d")
    app = make_app(color=False, config=None, database=crm.url, user="ana")

    with app.transaction() as tx:
        found = tx.read(TASK, *range(1, MANY))
        ended = services.tasks_repeating.ends_with(tx.session, range(1, MANY))
        tx.discard()
    app.database.close()

    assert [row[0] for row in found.rows] == [2, 1]
    assert ended == [1]


def test_list_what_is_open_in_the_order_of_an_index(sqlite_crm: Crm) -> None:
    """Beside years of tasks that are done, nothing may be sorted to show the next fifty."""
    app = make_app(color=False, config=None, database=sqlite_crm.url, user="ana")
    next_ones = Selection(TASK.columns, where=("status = open",), sort="due", limit=50)

    sql, values = statement(app.reader, TASK, next_ones, app.place)
    plan = [row[3] for row in app.reader.all(f"EXPLAIN QUERY PLAN {sql}", values)]
    app.database.close()

    assert plan[0] == "SCAN t USING INDEX ix_task_open_due_on"
    assert not [line for line in plan if "TEMP B-TREE" in line]


@pytest.mark.parametrize(
    ("scope", "index"),
    [
        ("from-me", "ix_task_author_id_due_on (author_id=?)"),
        ("answers", "ix_task_closed_author_id_updated_at (author_id=?)"),
    ],
)
def test_list_what_i_issued_in_the_order_of_an_index(
    sqlite_crm: Crm, scope: str, index: str
) -> None:
    app = make_app(color=False, config=None, database=sqlite_crm.url, user="ana")
    chosen = SCOPES[scope]
    also, whose = together([chosen], app.reader, 1, app.place.today)
    first = Selection(TASK.columns, also=also, also_values=whose, sort=chosen.sort, limit=50)

    sql, values = statement(app.reader, TASK, first, app.place)
    plan = [row[3] for row in app.reader.all(f"EXPLAIN QUERY PLAN {sql}", values)]
    app.database.close()

    assert plan[0] == f"SEARCH t USING INDEX {index}"
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan
