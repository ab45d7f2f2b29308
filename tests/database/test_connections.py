"""The writer's connection, kept from transaction to transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from crm_cli.start import make_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.app import App

PIDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
END_ALL = f"SELECT pg_terminate_backend(pid) FROM ({PIDS}) AS others"


def _others(url: str, query: str) -> list[int]:
    with psycopg.connect(url) as session:
        return [row[0] for row in session.execute(query, (session.info.backend_pid,))]


def _transactions(app: App, number: int) -> Iterator[int]:
    for _ in range(number):
        with app.transaction() as tx:
            yield tx.session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one()


def test_transactions_share_a_connection(postgresql_url: str) -> None:
    app = make_app(color=False, config=None, database=postgresql_url, user="ana")

    pids = set(_transactions(app, 3))

    app.database.close()
    assert len(pids) == 1


def test_transaction_after_the_server_hung_up(postgresql_url: str) -> None:
    app = make_app(color=False, config=None, database=postgresql_url, user="ana")
    (before,) = _transactions(app, 1)

    _others(postgresql_url, END_ALL)

    (after,) = _transactions(app, 1)
    app.database.close()
    assert after != before
