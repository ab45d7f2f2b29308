"""Taking back an import: what it made is removed, what it changed gets its old values back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from crm_cli.audit import open_transaction
from crm_cli.errors import Conflict, NotFound, UsageError
from crm_cli.services.undoing.following import followed
from crm_cli.services.undoing.taking_back import Taken, TakingBack
from schema.audit import CHANGE
from schema.audit import TRANSACTION as TX
from schema.import_run import ImportRun

if TYPE_CHECKING:
    from sqlmodel import Session

    from crm_cli.services.undoing.removal import Ids


def undo(session: Session, number: int) -> Taken:
    """Take back an import but for what others changed or refer to since; raises Conflict."""
    run = _begin(session, number)
    taken = Taken(number)
    tx_id = _transaction_of(session, number)
    if tx_id is not None:
        open_transaction(session)
        made, changed = _touched(session, tx_id)
        with followed(session, {**made, **changed}):
            TakingBack(session, tx_id, taken).take_back(made, changed)
    origin = session.info["origin"]
    run.undone_at, run.undone_by = origin.now, origin.actor
    session.flush()
    return taken


def _begin(session: Session, number: int) -> ImportRun:
    if session.in_nested_transaction():
        raise UsageError("An import cannot be undone inside an atomic batch.")
    run = session.get(ImportRun, number, with_for_update=True)
    if run is None:
        raise NotFound(f"There is no import with id {number}.", hint="crm import list")
    if run.undone_at is not None:
        day = run.undone_at.astimezone(session.info["place"].zone).date()
        raise Conflict(
            f"The import {number} of {run.file} was undone by {run.undone_by} on {day}.",
            hint=f"Import {run.file} again to have it back.",
        )
    session.info["origin"] = replace(session.info["origin"], import_id=number)
    return run


def _transaction_of(session: Session, number: int) -> int | None:
    """The transaction of the import; later ones under its id have undone it."""
    chosen = select(TX.c.id).where(TX.c.import_id == number).order_by(TX.c.id).limit(1)
    found: int | None = session.connection().scalar(chosen)
    return found


def _touched(session: Session, tx_id: int) -> tuple[Ids, Ids]:
    """The records that a transaction made, and the others that it changed or removed."""
    new = CHANGE.c.old.is_(None) & (CHANGE.c.salt != "")
    chosen = select(CHANGE.c.entity, CHANGE.c.entity_id, new).where(CHANGE.c.tx_id == tx_id)
    made: Ids = defaultdict(set)
    changed: Ids = defaultdict(set)
    for entity, number, is_new in session.connection().execute(chosen.order_by(CHANGE.c.seq)):
        if is_new:
            made[entity].add(number)
        elif number not in made[entity]:
            changed[entity].add(number)
    return made, changed
