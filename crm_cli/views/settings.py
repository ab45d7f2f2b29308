"""How a setting looks from outside: those that were set and the defaults of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.constants import CONSTANTS, texts
from crm_cli.views.table import Table
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.reader import Reader

COLUMNS = (
    Column(name="name", sql="", labels=("Name", "Denumire", "Nazwa")),
    Column(name="value", sql="", labels=("Value", "Valoare", "Wartość")),
    Column(name="default", sql="", labels=("Default", "Implicit", "Domyślnie")),
    Column(name="help", sql="", labels=("Meaning", "Semnificație", "Znaczenie")),
)


def table(reader: Reader, names: tuple[str, ...], *, single: bool = False) -> Table:
    """Constants with the values in force."""
    known = texts(reader)
    found = [CONSTANTS[name] for name in names]
    rows = [[one.name, known.get(one.name, one.default), one.default, one.help] for one in found]
    return Table(COLUMNS, rows, single=single)
