"""Writing by the bare drivers what is not audited: a job that finds nothing loads no ORM."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from crm_cli.reader import Reader
from schema.connection import connect_writer, write_lock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schema.connection import DatabaseUrl


@contextmanager
def writing(url: DatabaseUrl) -> Iterator[Reader]:
    """One transaction, committed at the end of the block; its statements end in RETURNING."""
    if url.path is None:
        import psycopg

        with psycopg.connect(url.text) as server:
            yield Reader(server, "postgresql")
        return
    with write_lock(url), closing(connect_writer(url)) as file:
        file.execute("BEGIN IMMEDIATE")
        yield Reader(file, "sqlite")
        file.execute("COMMIT")
