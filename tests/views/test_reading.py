"""Reading records by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.start import make_app
from crm_cli.views.tasks import TASK

if TYPE_CHECKING:
    from tests.conftest import Crm


def test_read_more_than_a_statement_takes(crm: Crm) -> None:
    for due in ("+2d", "+1d"):
        crm("task", "add", "Sună", "--due", due)
    app = make_app(color=False, config=None, database=crm.url, user="ana")

    with app.transaction() as tx:
        found = tx.read(TASK, *range(1, 66_000))
        tx.discard()
    app.database.close()

    assert [row[0] for row in found.rows] == [2, 1]
