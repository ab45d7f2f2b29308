"""The constants of the company that are kept in the database, with their defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_cli.errors import NotFound
from crm_cli.values.invalid import InvalidValue
from crm_cli.views.types import BOOLEAN, INTEGER, TEXT, Choice, ColumnType

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.views.types import Place


class Country(ColumnType):
    """RO or PL, the countries whose forms the program knows by heart."""

    name = "RO|PL"

    def parse(self, text: str, place: Place) -> str:
        """Read the code in any case."""
        code = text.strip().upper()
        if code not in {"RO", "PL"}:
            raise InvalidValue(f"'{text}' is neither RO nor PL.")
        return code


@dataclass(frozen=True)
class Constant:
    """A constant: its name, type, default as text, and what it means."""

    name: str
    type: ColumnType
    default: str
    help: str


CONSTANTS = {
    constant.name: constant
    for constant in (
        Constant("clock.override", BOOLEAN, "no", "Let CRM_NOW move the clock of a command."),
        Constant("country", Country(), "RO", "Country of the company."),
        Constant("language", Choice("en", "ro", "pl"), "ro", "Language where nobody chose one."),
        Constant("timezone", TEXT, "Europe/Bucharest", "Zone where an employee has none."),
        Constant("currency", TEXT, "RON", "Base currency of the company."),
        Constant("task.remind.email", BOOLEAN, "yes", "Remind of tasks by e-mail (R238)."),
        Constant("task.remind.hour", INTEGER, "8", "Hour of day at which reminders go."),
    )
}


def constant(name: str) -> Constant:
    """A constant by name; raises NotFound with those there are."""
    found = CONSTANTS.get(name)
    if found is None:
        raise NotFound(f"There is no setting '{name}'.", hint="crm setting list")
    return found


def texts(reader: Reader) -> dict[str, str]:
    """The constants that were set."""
    return dict(reader.all("SELECT name, value FROM setting"))


def value_of(reader: Reader, name: str, place: Place) -> Any:
    """The typed value of a constant, or of its default."""
    found = reader.value("SELECT value FROM setting WHERE name = ?", (name,))
    known = constant(name)
    return known.type.parse(known.default if found is None else found, place)
