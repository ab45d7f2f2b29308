"""Changing a test database behind the program's back, on either kind."""

from __future__ import annotations

import sqlite3
from typing import Any

import psycopg

from schema.connection import DatabaseUrl
from schema.dialect import DIALECTS


def execute(url: str, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Run one statement written with `?`, without foreign keys, and commit it; the rows if any."""
    found = DatabaseUrl.parse(url)
    statement = DIALECTS[found.dialect].sql(sql)
    if found.path is not None:
        connection = sqlite3.connect(found.path)
        rows = connection.execute(statement, parameters).fetchall()
        connection.commit()
        connection.close()
        return rows
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SET session_replication_role = replica")
        cursor = server.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else []
