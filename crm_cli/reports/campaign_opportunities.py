"""The opportunities of campaigns: how many, worth how much, won how fast."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.reports.campaign_sums import company_day
from crm_cli.reports.conversion import Rates
from crm_cli.values.numbers import half_up
from crm_cli.views.types import DATE, MONEY
from schema.opportunity_states import OUTCOMES

if TYPE_CHECKING:
    from datetime import date

    from crm_cli.reader import Reader
    from crm_cli.views.types import Place

# Same currency and day are added up in SQL; what is left is converted one group at a time.
GROUPS = """
SELECT o.campaign_id, o.status, o.currency, o.opened_on, COUNT(*), SUM(o.amount),
  SUM(CASE WHEN o.status = 'won' THEN {days} END)
FROM opportunity o
WHERE o.archived_at IS NULL AND o.campaign_id {campaigns}
GROUP BY o.campaign_id, o.status, o.currency, o.opened_on
ORDER BY o.campaign_id, o.status, o.currency, o.opened_on"""


class Pursuits:
    """Opportunities by campaign; `warnings` name what could not be converted."""

    def __init__(self, reader: Reader, place: Place, campaign_id: int | None) -> None:
        self.warnings: list[str] = []
        self._rates = Rates(reader, place)
        self._groups = defaultdict(list)
        days = reader.dialect.days_between("o.opened_on", company_day(reader, "o.closed_at"))
        one = campaign_id is not None
        sql = GROUPS.format(days=days, campaigns="= ?" if one else "IS NOT NULL")
        for number, *group in reader.all(sql, (campaign_id,) if one else ()):
            self._groups[number].append(group)

    def of(self, campaign_id: int, currency: str) -> dict[str, Any]:
        """Number and value by status, win rate of those decided, mean days of those won."""
        count = dict.fromkeys(OUTCOMES, 0)
        value = dict.fromkeys(OUTCOMES, Decimal("0.00"))
        days = 0
        for status, given, opened, number, amount, taken in self._groups.get(campaign_id, ()):
            count[status] += number
            value[status] += self._converted(MONEY.load(amount), given, currency, DATE.load(opened))
            days += int(taken or 0)
        decided = count["won"] + count["lost"]
        return {
            "opportunities": sum(count.values()),
            **count,
            **{f"{status}_value": amount for status, amount in value.items()},
            "win_rate": _share(count["won"], decided, 4),
            "days_to_win": _share(days, count["won"], 1),
        }

    def _converted(
        self, amount: Decimal | None, given: str, currency: str, day: date | None
    ) -> Decimal:
        if amount is None or day is None:
            return Decimal("0.00")
        found = self._rates.convert(amount, given, currency, day)
        if found is None:
            self.warnings.append(
                f"Opportunities of {day} in {given} are left out: a rate to {currency} is missing."
            )
        return Decimal("0.00") if found is None else found


def _share(part: int, whole: int, places: int) -> Decimal | None:
    return half_up(Decimal(part) / whole, places) if whole else None
