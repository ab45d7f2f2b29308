"""Setting the constants of the company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text as sql
from sqlmodel import select

from crm_cli import services
from crm_cli.constants import constant
from crm_cli.errors import Conflict, InvalidData
from crm_cli.values.invalid import InvalidValue

if TYPE_CHECKING:
    from sqlmodel import Session

    from crm_cli.views.types import Place

REMINDING = {"timezone", "task.escalate_after", "country", "work.days"}
"""Constants on which the moments of reminders depend, beside those of `task.remind`."""
EVERY = sql("SELECT name, value FROM setting")


def typed(session: Session, *names: str) -> dict[str, Any]:
    """The values of constants, or of their defaults."""
    place: Place = session.info["place"]
    return {name: constant(name).type.parse(text_of(session, name), place) for name in names}


def text_of(session: Session, name: str) -> str:
    """A constant as text, or its default; a session reads the table once."""
    if "constants" not in session.info:
        rows = session.connection().execute(EVERY).all()
        session.info["constants"] = {row.name: row.value for row in rows}
    found: str = session.info["constants"].get(name, constant(name).default)
    return found


def put(session: Session, name: str, text: str, place: Place) -> None:
    """Set a constant; raises NotFound for one there is not, InvalidData for a wrong value."""
    from schema.setting import Setting

    known = constant(name)
    try:
        value = known.type.parse(text, place)
    except InvalidValue as error:
        raise InvalidData(f"{name}: {error.message}", hint=error.hint) from error
    kept = known.type.text(value, place.zone)
    if name == "currency":
        _check_base_currency(session, kept)
    reminding = name in REMINDING or name.startswith("task.remind.")
    before = services.reminders.changes.rules(session) if reminding else None
    setting = session.exec(select(Setting).where(Setting.name == name).with_for_update()).first()
    if setting is None:
        session.add(Setting(name=name, value=kept))
    else:
        setting.value = kept
    session.flush()
    session.info.pop("constants", None)
    if before is not None:
        services.reminders.changes.reschedule(session, before)


def _check_base_currency(session: Session, currency: str) -> None:
    """The rates of all documents lead to the base currency, so the first one fixes it."""
    from schema.document import Document

    base = text_of(session, "currency")
    if currency == base or session.exec(select(Document.id).limit(1)).first() is None:
        return
    raise Conflict(
        f"The base currency is {base} and there are documents already: it can no longer change.",
        hint=f"crm document add KIND --currency {currency} makes a document in {currency}.",
    )
