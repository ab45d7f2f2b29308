"""A pooler between us and PostgreSQL: what it refuses is said in words that help."""

from __future__ import annotations

import socket
from threading import Thread
from typing import TYPE_CHECKING

import psycopg.errors
import pytest

from crm_cli.database import Database
from crm_cli.errors import NotReady
from tests.postgres import server

if TYPE_CHECKING:
    from tests.conftest import Crm

SSL_REQUEST = 8
"""The length of what a client asks first."""


def refuse(listener: socket.socket) -> None:
    """Answer one client as pgbouncer does."""
    client, _ = listener.accept()
    with client:
        while len(client.recv(1024)) == SSL_REQUEST:
            client.sendall(b"N")
        fields = b"SFATAL\0C08P01\0Munsupported startup parameter: options\0\0"
        client.sendall(b"E" + (len(fields) + 4).to_bytes(4, "big") + fields)


def test_pooler_that_refuses_what_readers_ask_for(sqlite_crm: Crm) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=refuse, args=(listener,), daemon=True).start()
        url = f"postgresql://crm@127.0.0.1:{listener.getsockname()[1]}/crm"
        result = sqlite_crm("--database", url, "task", "list")

    assert result.exit_code == 7
    assert "unsupported startup parameter: options" in result.stderr
    assert result.stderr.endswith(
        "hint: In pgbouncer.ini: pool_mode = session, ignore_startup_parameters = options.\n"
    )


@pytest.mark.parametrize(
    "statement", ["EXECUTE gone", "FETCH gone", "DEALLOCATE gone"], ids=lambda text: text.split()[0]
)
def test_pooler_that_gives_the_session_to_others(statement: str) -> None:
    database = Database(server())

    with (
        psycopg.connect(server()) as session,
        pytest.raises(NotReady, match="another session after a statement") as told,
        database.translated(),
    ):
        session.execute(statement.encode())

    assert told.value.hint == (
        "In pgbouncer.ini: pool_mode = session, ignore_startup_parameters = options."
    )
