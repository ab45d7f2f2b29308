"""Taking back one command, from the changes that the audit trail has of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from crm_cli.audit import open_transaction
from crm_cli.errors import Conflict, NotFound
from crm_cli.services.undoing import imports, rewinding
from crm_cli.services.undoing.following import followed
from crm_cli.services.undoing.trail import Touched, in_portions, kind_of
from schema.audit import CHANGE
from schema.audit import TRANSACTION as TX
from schema.base import table_of
from schema.document_states import CLOSED, ISSUED, TRANSITIONS
from schema.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlmodel import Session

    from crm_cli.services.undoing.taking_back import Taken

OUTBOX = table_of(Outbox)
COUNTER_STEPS = ("storno", "revise", "cancel")
INIT = "crm init"
EARLIER = "crm undo NUMBER takes back an earlier command, by its number in crm audit show."
SAID = {
    "message": (
        "sent a message, which may have been read: it stays",
        EARLIER,
    ),
    "outbox": (
        "decided on mail that may have left: it is not taken back",
        "crm outbox retry|sent|cancel {number} decides anew.",
    ),
}
"""Entity of which nothing is taken back -> why, and what to do instead."""
SHOWN = 20
"""Later changes that are named in a refusal."""


class Undone(NamedTuple):
    """A command that was taken back: all of it, or of an import what is `taken`."""

    command: str
    actor: str
    at: datetime
    taken: Taken | None = None


def undo(session: Session, *, actor: str, position: int | None = None) -> Undone:
    """Take back the command of a transaction, by default the actor's last; raises Conflict."""
    header = _header(session, actor, position)
    _refuse_foreign(header, actor)
    undone = Undone(header["command"], header["actor"], header["clock"] or header["at"])
    if header["import_id"]:
        return undone._replace(taken=imports.undo(session, header["import_id"]))
    _refuse_said(session, header)
    touched = _touched(session, header["command_id"])
    if not any(one.changed for one in touched):
        raise Conflict(f"'{undone.command}' changed nothing in the database.", hint=EARLIER)
    _refuse_issued(session, touched)
    _refuse_mailed(session, touched, header["clock"] or header["at"])
    ids = defaultdict[str, list[int]](list)
    for one in touched:
        ids[one.entity].append(one.id)
    _refuse_changed_since(session, ids, header)
    open_transaction(session)
    with followed(session, ids):
        rewinding.take_back(session, touched)
    return undone


def _header(session: Session, actor: str, position: int | None) -> dict[str, Any]:
    chosen = select(TX).order_by(TX.c.position.desc()).limit(1)
    if position is None:
        chosen = chosen.where(TX.c.actor == actor, TX.c.position.is_not(None))
    else:
        chosen = chosen.where(TX.c.position == position)
    found = session.connection().execute(chosen).mappings().first()
    if found is None:
        raise NotFound(
            f"There is no command of {actor} to undo."
            if position is None
            else f"There is no audit transaction {position}.",
            hint="crm audit show --sort -id",
        )
    return dict(found)


def _touched(session: Session, command_id: str) -> list[Touched]:
    """The records the command changed, the last first."""
    chosen = (
        select(CHANGE)
        .join(TX, TX.c.id == CHANGE.c.tx_id)
        .where(TX.c.command_id == command_id)
        .order_by(CHANGE.c.tx_id, CHANGE.c.seq)
    )
    found: dict[tuple[str, int], Touched] = {}
    for change in session.connection().execute(chosen):
        if not change.salt:
            raise Conflict(f"What {change.entity} {change.entity_id} held was erased for good.")
        one = Touched(change.entity, change.entity_id)
        found.setdefault(one.key, one).follow(change)
    return [one for one in reversed(found.values()) if not (one.inserted and one.deleted)]


def _refuse_foreign(header: dict[str, Any], actor: str) -> None:
    command = header["command"]
    if command == INIT:
        raise Conflict(f"'{command}' made this database: it cannot be undone.")
    if header["job"]:
        raise Conflict(f"'{command}' was a job: what jobs do cannot be undone.")
    if header["actor"] != actor:
        raise Conflict(f"'{command}' was given by {header['actor']}, who alone can undo it.")


def _refuse_said(session: Session, header: dict[str, Any]) -> None:
    """What was said to others, or decided on their mail, is in the trail only to be known of."""
    chosen = (
        select(CHANGE.c.entity, CHANGE.c.entity_id)
        .join(TX, TX.c.id == CHANGE.c.tx_id)
        .where(TX.c.command_id == header["command_id"], CHANGE.c.entity.in_(SAID))
        .limit(1)
    )
    found = session.connection().execute(chosen).first()
    if found is not None:
        reason, hint = SAID[found.entity]
        raise Conflict(f"'{header['command']}' {reason}.", hint=hint.format(number=found.entity_id))


def _refuse_issued(session: Session, touched: Sequence[Touched]) -> None:
    for one in touched:
        number, status = one.now.get("number"), one.now.get("status")
        if one.entity == "document" and (number or status in ISSUED | CLOSED):
            table = table_of(kind_of("document"))
            kind = session.connection().scalar(select(table.c.kind).where(table.c.id == one.id))
            raise Conflict(
                f"The {kind} {one.id} was issued: it has its number and its place in the books.",
                hint=f"crm document {_counter_step(str(kind))} {one.id}",
            )


def _counter_step(kind: str) -> str:
    return next((step for step in COUNTER_STEPS if step in TRANSITIONS.get(kind, {})), "show")


def _refuse_mailed(session: Session, touched: Sequence[Touched], at: datetime) -> None:
    """A task that was told of by mail when it was made cannot be made untold."""
    tasks = [one.id for one in touched if one.entity == "task" and one.inserted]
    chosen = select(OUTBOX.c.id, OUTBOX.c.status).where(
        OUTBOX.c.task_id.in_(tasks), OUTBOX.c.created_at <= at, OUTBOX.c.status != "cancelled"
    )
    mail = session.connection().execute(chosen).first()
    if mail is not None:
        verb = "cancel" if mail.status == "queued" else "show"
        raise Conflict(
            f"The command wrote mail {mail.id}, which is {mail.status}.",
            hint=f"crm outbox {verb} {mail.id}",
        )


def _refuse_changed_since(
    session: Session, ids: Mapping[str, Sequence[int]], header: dict[str, Any]
) -> None:
    later = sorted(
        change
        for entity, numbers in ids.items()
        for portion in in_portions(numbers)
        for change in _changes_after(session, header, entity, portion)
    )
    if later:
        told = (
            f"{entity} {number}: {command}, by {actor}"
            for _, entity, number, command, actor in later
        )
        raise Conflict(
            f"What '{header['command']}' wrote has been changed since.",
            hint="crm audit show --sort -id",
            candidates=list(dict.fromkeys(told))[:SHOWN],
        )


def _changes_after(
    session: Session, header: dict[str, Any], entity: str, ids: Sequence[int]
) -> Sequence[Any]:
    """What other commands wrote into records after a transaction, and who gave them."""
    chosen = (
        select(CHANGE.c.id, CHANGE.c.entity, CHANGE.c.entity_id, TX.c.command, TX.c.actor)
        .join(TX, TX.c.id == CHANGE.c.tx_id)
        .where(CHANGE.c.entity == entity, CHANGE.c.entity_id.in_(ids))
        .where(TX.c.position.is_(None) | (TX.c.position > header["position"]))
        .where(TX.c.command_id != header["command_id"])
    )
    return session.connection().execute(chosen).all()
