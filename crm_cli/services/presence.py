"""Who is away on which day, who stands in for him, and on which days people work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_cli.constants import constant
from crm_cli.reader import Reader
from crm_cli.values.public_holidays import is_public_holiday
from crm_cli.values.working_time import weekdays
from crm_cli.views.types import DATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlmodel import Session

LEAVES = """
SELECT employee_id, starts_on, ends_on, deputy_id FROM leave
WHERE archived_at IS NULL AND ends_on >= ? AND starts_on <= ? ORDER BY id"""
PEOPLE = "SELECT id, work_days FROM employee WHERE archived_at IS NULL"
COMPANY = "SELECT name, value FROM setting WHERE name IN ('country', 'work.days')"


@dataclass(frozen=True)
class Absence:
    """Whole days on which an employee is away; `deputy_id` gets his reminders."""

    employee_id: int
    starts_on: date
    ends_on: date
    deputy_id: int | None = None

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.starts_on <= day <= self.ends_on


class Presence:
    """The absences of a period; `work_days` are those of each employee who has not left."""

    def __init__(
        self, absences: Iterable[Absence], work_days: Mapping[int, frozenset[int]], country: str
    ) -> None:
        self._absences: dict[int, list[Absence]] = {}
        for one in absences:
            self._absences.setdefault(one.employee_id, []).append(one)
        self._work_days = work_days
        self._country = country

    @property
    def deputies(self) -> set[int]:
        """Everybody who may have to stand in."""
        return {
            one.deputy_id
            for absences in self._absences.values()
            for one in absences
            if one.deputy_id is not None
        }

    def is_away(self, employee_id: int, day: date) -> bool:
        """Whether an employee has leave on a day."""
        return self._absence(employee_id, day) is not None

    def deputy(self, employee_id: int, day: date) -> int | None:
        """Who gets the reminders of an employee on a day: the first in the chain who is here.

        None where he is here himself, and where nobody is: what is his waits for him.
        """
        asked = [employee_id]
        while absence := self._absence(asked[-1], day):
            if absence.deputy_id is None or absence.deputy_id in asked:
                return None
            asked.append(absence.deputy_id)
        found = asked[-1]
        return found if found != employee_id and found in self._work_days else None

    def stood_in_for(self, employee_id: int, day: date) -> list[int]:
        """Those whose reminders an employee gets on a day, in order."""
        return [one for one in sorted(self._absences) if self.deputy(one, day) == employee_id]

    def works(self, employee_id: int, day: date) -> bool:
        """Whether a day is one of his days of the week, no public holiday and not of his leave."""
        return (
            day.weekday() in self._work_days.get(employee_id, ())
            and not self.is_away(employee_id, day)
            and not is_public_holiday(day, self._country)
        )

    def _absence(self, employee_id: int, day: date) -> Absence | None:
        return next((one for one in self._absences.get(employee_id, ()) if one.holds(day)), None)


def read(reader: Reader, first: date, last: date) -> Presence:
    """The absences from one day to another, of everybody: few rows, whoever is asked about."""
    leaves = reader.all(LEAVES, (first, last))
    company = dict(reader.all(COMPANY))
    usual = company.get("work.days", constant("work.days").default)
    return Presence(
        (_absence(*row) for row in leaves),
        {number: weekdays(own or usual) for number, own in reader.all(PEOPLE)},
        company.get("country", constant("country").default),
    )


def load(session: Session, first: date, last: date) -> Presence:
    """The same inside a transaction."""
    session.flush()
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    return read(Reader(driver, connection.dialect.name), first, last)


def _absence(employee_id: int, starts_on: Any, ends_on: Any, deputy_id: int | None) -> Absence:
    first: Any = DATE.load(starts_on)
    last: Any = DATE.load(ends_on)
    return Absence(employee_id, first, last, deputy_id)
