"""Setting the constants of the company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from crm_cli.constants import constant
from crm_cli.errors import InvalidData
from crm_cli.values.invalid import InvalidValue
from schema.setting import Setting

if TYPE_CHECKING:
    from sqlmodel import Session

    from crm_cli.views.types import Place


def put(session: Session, name: str, text: str, place: Place) -> None:
    """Set a constant; raises NotFound for one there is not, InvalidData for a wrong value."""
    known = constant(name)
    try:
        value = known.type.parse(text, place)
    except InvalidValue as error:
        raise InvalidData(f"{name}: {error.message}", hint=error.hint) from error
    kept = known.type.text(value, place.zone)
    setting = session.exec(select(Setting).where(Setting.name == name).with_for_update()).first()
    if setting is None:
        session.add(Setting(name=name, value=kept))
    else:
        setting.value = kept
    session.flush()
