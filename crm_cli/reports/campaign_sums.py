"""The sums of the documents and interactions of campaigns, in one statement."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.constants import constant, texts
from crm_cli.views.campaign_figures import FIGURES, REVENUE, by_day, current, interactions
from crm_cli.views.types import MONEY

if TYPE_CHECKING:
    from crm_cli.reader import Reader
    from crm_cli.views.months import Period

SUMS = (*FIGURES, "interaction_cost")
IN_PERIOD = tuple(f"period_{name}" for name in REVENUE)
NO_SUMS = dict.fromkeys((*SUMS, *IN_PERIOD), Decimal("0.00"))
DAY = timedelta(days=1)


def read_sums(
    reader: Reader, campaign_id: int | None, period: Period | None, *, monthly: bool = False
) -> list[dict[str, Any]]:
    """The figures of each campaign, or of each of its months, and the revenue of a period."""
    daily = period is not None and not _of_months(period)
    keys = ["campaign_id"]
    if monthly:
        keys.append(reader.dialect.month_of("slot") if daily else "slot")
    inside, limits = _inside(period, daily=daily)
    condition = "1 = 1" if campaign_id is None else "l.campaign_id = ?"
    rows = _rows(reader, condition, daily=daily)
    wanted = [*keys, *(f"SUM({name})" for name in SUMS)]
    wanted += [f"SUM(CASE WHEN {inside} THEN {name} ELSE 0 END)" for name in REVENUE]
    sql = (
        f"SELECT {', '.join(wanted)} FROM ({rows}) figures"  # noqa: S608 - declared SQL only
        f" GROUP BY {', '.join(keys)} ORDER BY {', '.join(keys)}"
    )
    parameters = [*limits * len(REVENUE), *[campaign_id] * rows.count("?")]
    names = ("campaign_id", *(("month",) if monthly else ()))
    return [
        dict(zip(names, row, strict=False))
        | dict(zip((*SUMS, *IN_PERIOD), map(MONEY.load, row[len(names) :]), strict=True))
        for row in reader.all(sql, parameters)
    ]


def company_day(reader: Reader, moment: str) -> str:
    """SQL of the day of a moment where the company is: figures are the same for everybody."""
    zone = texts(reader).get("timezone", constant("timezone").default)
    return reader.dialect.day_of(moment, zone)


def _rows(reader: Reader, condition: str, *, daily: bool) -> str:
    """Figures of documents and costs of interactions, by month or by day."""
    documents = by_day(condition) if daily else current(reader.dialect, condition)
    day = company_day(reader, "i.at")
    costs = interactions(day if daily else reader.dialect.month_of(day), condition)
    none = ", ".join("0" for _ in FIGURES)
    return (
        f"SELECT campaign_id, slot, {', '.join(FIGURES)}, 0 AS interaction_cost"  # noqa: S608
        f" FROM ({documents}) documents"
        f" UNION ALL SELECT campaign_id, slot, {none}, interaction_cost FROM ({costs}) costs"
    )


def _of_months(period: Period) -> bool:
    """Whether the period is made of whole months, which are stored."""
    begins = period.start is None or period.start.day == 1
    return begins and (period.end is None or (period.end + DAY).day == 1)


def _inside(period: Period | None, *, daily: bool) -> tuple[str, list[Any]]:
    """The condition on the time of a row, and its limits."""
    if period is None:
        return "1 = 1", []
    limits = [("slot >= ?", period.start), ("slot <= ?", period.end)]
    given = [(sql, day) for sql, day in limits if day is not None]
    bound = [day if daily else f"{day:%Y-%m}" for _, day in given]
    return " AND ".join(sql for sql, _ in given), bound
