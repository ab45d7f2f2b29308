"""Types of what is said of documents of campaigns: a month, a share, the bound of a period."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from crm_cli.values.invalid import InvalidValue, quote
from crm_cli.views.types import ColumnType, Scaled

if TYPE_CHECKING:
    from crm_cli.views.types import Place

WRITTEN = re.compile(r"(?:([0-9]{4})-([0-9]{1,2})|([0-9]{1,2})[./]([0-9]{4}))")


def read_month(text: str) -> date | None:
    """The first day of a month written `2026-10`, `10.2026` or `10/2026`, else None."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    year, month = int(found[1] or found[4]), int(found[2] or found[3])
    return date(year, month, 1) if 1 <= month <= 12 and year else None


class Month(ColumnType):
    """A month."""

    name = "month"

    def parse(self, text: str, place: Place) -> str:
        """Read `2026-10` or `10.2026`."""
        day = read_month(text)
        if day is None:
            raise InvalidValue("{value} is not a month.", "Write 2026-10.", value=quote(text))
        return f"{day:%Y-%m}"


class Share(Scaled):
    """A percentage above 0, at most 100."""

    name = "share"

    def __init__(self) -> None:
        super().__init__(4)

    def parse(self, text: str, place: Place) -> Decimal:
        """Read `40%` or `33,3333`."""
        from crm_cli.values.numbers import parse_percent

        share = parse_percent(text)
        if not Decimal(0) < share <= Decimal(100):
            raise InvalidValue("{value} is not above 0 % and at most 100 %.", value=quote(text))
        return share


@dataclass(frozen=True)
class Period:
    """Days from one to another, both included; a bound that is None is open."""

    start: date | None = None
    end: date | None = None

    def __bool__(self) -> bool:
        return self.start is not None or self.end is not None


class Bound(ColumnType):
    """A month or a day at which a period begins or ends."""

    name = "month or date"

    def __init__(self, *, end: bool) -> None:
        self.end = end

    def parse(self, text: str, place: Place) -> date:
        """A month stands for its first day, or for its last one."""
        from crm_cli.values.when import parse_date

        month = read_month(text)
        if month is None:
            return parse_date(text, place.today, works=place.works_on)
        return month.replace(day=monthrange(month.year, month.month)[1]) if self.end else month


MONTH = Month()
SHARE = Share()
FROM = Bound(end=False)
TO = Bound(end=True)
