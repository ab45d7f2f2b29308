"""The writer's connection to PostgreSQL, kept from transaction to transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from crm_cli.start import make_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.app import App


def _transactions(app: App, number: int) -> Iterator[int]:
    """The process of the server that carried out each of so many transactions."""
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

    with psycopg.connect(postgresql_url) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (before,))

    (after,) = _transactions(app, 1)
    app.database.close()
    assert after != before
