"""Where, when and by whom something is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from crm_cli.values.work_calendar import Holidays, WorkCalendar

WORK_DAYS = "mon,tue,wed,thu,fri"
"""Those of a company that has said no others."""


class Place(NamedTuple):
    """Where, when and by whom a value is typed: what `today`, `10:00`, `0722...`, `me` mean."""

    now: datetime
    zone: ZoneInfo
    country: str
    me: int | None = None
    """The id of the employee who types."""
    currency: str = "RON"
    """In which an amount is that names no other."""
    work_days: str = WORK_DAYS
    """The days of the week on which the company works."""
    holidays: Callable[[], Holidays] | None = None
    """Reads what the company decided on single days, once somebody asks."""

    @classmethod
    def of(
        cls,
        company: Mapping[str, str],
        now: datetime,
        zone: ZoneInfo,
        me: int | None,
        holidays: Callable[[], Holidays] | None = None,
    ) -> Place:
        """The place of somebody at a company with these settings."""
        return cls(
            now,
            zone,
            company.get("country", "RO"),
            me,
            company.get("currency", "RON"),
            company.get("work.days", WORK_DAYS),
            holidays,
        )

    @property
    def today(self) -> date:
        """The date on the wall."""
        return self.now.astimezone(self.zone).date()

    @property
    def calendar(self) -> WorkCalendar:
        """The working days of the company."""
        from crm_cli.values.work_calendar import Holidays, WorkCalendar
        from crm_cli.values.working_time import weekdays

        known = self.holidays() if self.holidays else Holidays()
        return WorkCalendar(weekdays(self.work_days), self.country, known)

    def works_on(self, day: date) -> bool:
        """Whether the company works on a day."""
        return self.calendar.works(day)
