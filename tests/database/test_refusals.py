"""What the database itself refuses ends in one sentence and a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg.errors
import pytest

from crm_cli.bulk import add_all
from crm_cli.database import Database
from crm_cli.errors import Conflict, NotReady
from crm_cli.start import make_app
from schema.account import Account
from tests.postgres import server

if TYPE_CHECKING:
    from tests.conftest import Crm


def test_say_what_to_do_about_a_key_that_is_taken(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in crm.environment.items():
        monkeypatch.setenv(name, value)
    app = make_app(color=False, config=None, database=None, user=None)
    twins = [{"name": name, "name_folded": name, "code": "K1"} for name in ("alfa", "beta")]

    with pytest.raises(Conflict) as refused, app.transaction() as tx:
        add_all(tx.session, Account, twins)
    app.database.close()

    assert refused.value.message.startswith("The database refused the change: ")
    assert refused.value.hint == "If another command wrote the same meanwhile, run yours again."
    assert crm.ok("account", "list") == []


@pytest.mark.parametrize("state", ["53100", "53300", "58030", "25006", "42501"])
def test_server_that_lacks_something(state: str) -> None:
    database = Database(server())
    refusal = f"DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '{state}'; END $$"

    with (
        psycopg.connect(server()) as session,
        pytest.raises(NotReady, match=r" cannot be used: no room$"),
        database.translated(),
    ):
        session.execute(refusal.encode())


def test_server_that_never_answers() -> None:
    database = Database("postgresql://crm@db.example/crm")

    with (
        pytest.raises(NotReady, match=r"^The database \S+ cannot be reached: timeout expired$"),
        database.translated(),
    ):
        raise psycopg.errors.ConnectionTimeout("timeout expired")


def test_server_that_shuts_down() -> None:
    database = Database(server())

    with (
        psycopg.connect(server()) as session,
        pytest.raises(NotReady, match=" cannot be reached: "),
        database.translated(),
    ):
        session.execute("SELECT pg_terminate_backend(pg_backend_pid())")
