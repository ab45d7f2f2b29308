"""The record of an import, under whose id the trail keeps all that it does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crm_cli.errors import Conflict
from schema.import_run import ImportRun

if TYPE_CHECKING:
    from sqlmodel import Session

AGAIN = "Import '{file}' again to have it back."


def begin(session: Session, *, noun: str, file: str, sha256: str = "") -> ImportRun:
    """The record of a new import, which the transaction is tied to."""
    origin = session.info["origin"]
    run = ImportRun(
        noun=noun,
        file=file,
        sha256=sha256,
        at=origin.now,
        actor=origin.actor,
        read=0,
        created=0,
        updated=0,
        unchanged=0,
        rejected=0,
    )
    session.add(run)
    session.flush()
    tie(session, run)
    return run


def go_on(session: Session, number: int) -> ImportRun:
    """The record of an import that takes another transaction; raises Conflict if it is undone."""
    run = session.get_one(ImportRun, number, with_for_update=True)
    if run.undone_at is not None:
        raise Conflict(
            f"The import {number} was undone by {run.undone_by} while it went on.",
            hint=AGAIN.format(file=run.file),
        )
    tie(session, run)
    return run


def tie(session: Session, run: ImportRun) -> None:
    """Let the trail keep what the transaction does from now on under the id of the import."""
    session.info["origin"] = replace(session.info["origin"], import_id=run.key)
