"""Who is away on which day, who stands in for him, and on which days people work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from crm_cli.constants import constant
from crm_cli.reader import Reader
from crm_cli.values.work_calendar import Holiday, Holidays, WorkCalendar
from crm_cli.values.working_time import weekdays
from crm_cli.views.types import DATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlmodel import Session

LEAVES = """
SELECT employee_id, starts_on, ends_on, deputy_id FROM leave
WHERE archived_at IS NULL AND ends_on >= ? AND starts_on <= ? ORDER BY id"""
HOLIDAYS = """
SELECT day, name, country, is_yearly, is_worked, id FROM holiday WHERE archived_at IS NULL"""
PEOPLE = "SELECT id, work_days, country FROM employee WHERE archived_at IS NULL"
COMPANY = "SELECT name, value FROM setting WHERE name IN ('country', 'work.days')"
A_MONTH = 31
"""Days in which somebody who is off is waited for."""


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
    """The absences of a period; `calendars` are those of each employee who has not left."""

    def __init__(self, absences: Iterable[Absence], calendars: Mapping[int, WorkCalendar]) -> None:
        self._absences: dict[int, list[Absence]] = {}
        for one in absences:
            self._absences.setdefault(one.employee_id, []).append(one)
        self._calendars = calendars
        self._first: dict[tuple[int, date], date] = {}

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
        return found if found != employee_id and found in self._calendars else None

    def stood_in_for(self, employee_id: int, day: date) -> list[int]:
        """Those whose reminders an employee gets on a day, in order."""
        return [one for one in sorted(self._absences) if self.deputy(one, day) == employee_id]

    def works(self, employee_id: int, day: date) -> bool:
        """Whether a day is a working day of an employee and not of his leave."""
        calendar = self._calendars.get(employee_id)
        return calendar is not None and calendar.works(day) and not self.is_away(employee_id, day)

    def holiday(self, employee_id: int, day: date) -> Holiday | None:
        """What makes a day free for an employee, whatever day of the week it is."""
        calendar = self._calendars.get(employee_id)
        return None if calendar is None else calendar.holiday(day)

    def first_working_day(self, employee_id: int, day: date) -> date:
        """The first day from one on, on which he works, or who stands in for him does.

        The day itself where that is not within a month.
        """
        asked = employee_id, day
        if asked not in self._first:
            days = (day + timedelta(days=ahead) for ahead in range(A_MONTH))
            found = (one for one in days if self.works(self._reader(employee_id, one), one))
            self._first[asked] = next(found, day)
        return self._first[asked]

    def rota(self, employee_id: int) -> tuple[object, ...]:
        """All that decides on which days he works, or who may stand in for him does."""
        asked = [employee_id]
        for number in asked:
            deputies = [one.deputy_id for one in self._absences.get(number, ())]
            asked += [one for one in deputies if one is not None and one not in asked]
        return tuple((one, self._calendars.get(one), *self._absences.get(one, ())) for one in asked)

    def _reader(self, employee_id: int, day: date) -> int:
        deputy = self.deputy(employee_id, day)
        return employee_id if deputy is None else deputy

    def _absence(self, employee_id: int, day: date) -> Absence | None:
        return next((one for one in self._absences.get(employee_id, ()) if one.holds(day)), None)


def read(reader: Reader, first: date, last: date) -> Presence:
    """The absences from one day to another, of everybody: few rows, whoever is asked about."""
    leaves = reader.all(LEAVES, (first, last))
    absences = (
        Absence(number, _day(starts_on), _day(ends_on), deputy)
        for number, starts_on, ends_on, deputy in leaves
    )
    return Presence(absences, calendars(reader))


def holidays(reader: Reader) -> Holidays:
    """The days the company decided on."""
    return Holidays(
        Holiday(_day(day), name, country, bool(yearly), bool(worked), number)
        for day, name, country, yearly, worked, number in reader.all(HOLIDAYS)
    )


def calendars(reader: Reader) -> dict[int, WorkCalendar]:
    """The working days of each employee who has not left."""
    company, known = dict(reader.all(COMPANY)), holidays(reader)
    usual = weekdays(company.get("work.days", constant("work.days").default))
    home = company.get("country", constant("country").default)
    return {
        number: WorkCalendar(own, country or home, known, is_usual=own == usual)
        for number, days, country in reader.all(PEOPLE)
        for own in [weekdays(days) if days else usual]
    }


def load(session: Session, first: date, last: date) -> Presence:
    """The same inside a transaction."""
    session.flush()
    return written(session, first, last)


def written(session: Session, first: date = date.min, last: date = date.max) -> Presence:
    """The same as the database has it, before what the session has not written yet."""
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    return read(Reader(driver, connection.dialect.name), first, last)


def _day(raw: Any) -> date:
    found: Any = DATE.load(raw)
    day: date = found
    return day
