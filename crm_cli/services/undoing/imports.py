"""Taking back an import: what it made is removed, what it changed gets its old values back."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from crm_cli.audit import open_transaction
from crm_cli.errors import Conflict, NotFound, UsageError
from crm_cli.services import import_runs
from crm_cli.services.mail import files, writing
from crm_cli.services.undoing.following import followed
from crm_cli.services.undoing.taking_back import Taken, TakingBack
from schema.audit import CHANGE
from schema.audit import TRANSACTION as TX
from schema.import_run import ImportRun

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from crm_cli.services.undoing.removal import Ids

MAIL = "mail"


def undo(session: Session, number: int) -> Taken:
    """Take back an import but for what others changed or refer to since; raises Conflict."""
    run = _begin(session, number)
    taken = Taken(number)
    touched = [(tx_id, *_touched(session, tx_id)) for tx_id in _transactions_of(session, number)]
    if touched:
        open_transaction(session)
        if run.noun == MAIL:
            writing.one_at_a_time(session)
        own = _united(made for _, made, _ in touched)
        with followed(session, _united([own, *(changed for *_, changed in touched)])):
            for tx_id, made, changed in touched:
                others = {entity: ids - own[entity] for entity, ids in changed.items()}
                TakingBack(session, tx_id, taken).take_back(made, others)
        files.forget_those_of_nothing(session)
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
            f"The import {number} of '{run.file}' was undone by {run.undone_by} on {day}.",
            hint=import_runs.AGAIN.format(file=run.file),
        )
    import_runs.tie(session, run)
    return run


def _transactions_of(session: Session, number: int) -> list[int]:
    """The transactions of the import, the last first; others under its id have undone it."""
    of_import = select(TX.c.id, TX.c.command_id).where(TX.c.import_id == number)
    found = session.connection().execute(of_import.order_by(TX.c.id)).all()
    return [row.id for row in reversed(found) if row.command_id == found[0].command_id]


def _united(several: Iterable[Ids]) -> Ids:
    ids: Ids = defaultdict(set)
    for some in several:
        for entity, numbers in some.items():
            ids[entity] |= numbers
    return ids


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
