"""Open opportunities by owner and stage: how many, and how much in each currency."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.reports.totals import NOBODY, PERSON, TOTAL
from crm_cli.views.opportunities import OPPORTUNITY
from crm_cli.views.query import Selection, find_columns, select
from crm_cli.views.table import Table
from crm_cli.views.types import INTEGER, MONEY
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from pandas import DataFrame

    from crm_cli.reader import Reader
    from crm_cli.reports import Asked
    from crm_cli.views.types import Place

TAKES = frozenset[str]()
READ = "owner,currency,stage,amount"
STAGES = """
SELECT s.code, s.name_en, s.name_ro, s.name_pl FROM stage s JOIN cycle y ON y.id = s.cycle_id
WHERE s.outcome = 'open' AND s.archived_at IS NULL
ORDER BY y.is_default DESC, y.id, s.position, s.id"""


def run(reader: Reader, place: Place, asked: Asked) -> Table:
    """A row per owner and currency and one total per currency; never a sum over two currencies."""
    stages = {row[0]: row[1:] for row in reader.all(STAGES)}
    selection = Selection(
        columns=find_columns(OPPORTUNITY, READ), where=("status = open", *asked.where)
    )
    found = list(select(reader, OPPORTUNITY, selection, place))
    columns = _columns(stages)
    return Table(columns, _rows(found, list(stages)) if found else [])


def _rows(found: list[list[Any]], stages: list[str]) -> list[list[Any]]:
    from pandas import DataFrame, concat

    frame = DataFrame(found, columns=READ.split(","))
    frame["owner"] = frame["owner"].fillna(NOBODY)
    # Minor units: pandas would turn a column of decimals into objects or floats.
    frame["amount"] = [int((amount or Decimal(0)).scaleb(2)) for amount in frame["amount"]]
    totals = frame.assign(owner=TOTAL)
    pivots = [_pivot(part, stages) for part in (frame, totals)]
    return [_row(index, values) for index, values in _pairs(concat(pivots))]


def _pivot(frame: DataFrame, stages: list[str]) -> DataFrame:
    """Counts and sums side by side for each stage, then for all of them."""
    pivot = frame.pivot_table(
        index=["owner", "currency"],
        columns="stage",
        values="amount",
        aggfunc=["count", "sum"],
        fill_value=0,
    )
    wanted = [(kind, stage) for stage in stages for kind in ("count", "sum")]
    ordered = pivot.reindex(columns=wanted, fill_value=0)
    for kind in ("count", "sum"):
        ordered[kind, TOTAL] = pivot[kind].sum(axis=1)
    return ordered


def _pairs(pivot: DataFrame) -> list[tuple[Any, list[int]]]:
    return list(zip(pivot.index, pivot.to_numpy().tolist(), strict=True))


def _row(index: tuple[str, str], values: list[int]) -> list[Any]:
    figures = [
        Decimal(value).scaleb(-2) if place % 2 else int(value) for place, value in enumerate(values)
    ]
    return [*index, *figures]


def _columns(stages: dict[str, tuple[str | None, ...]]) -> tuple[Column, ...]:
    columns = [
        Column(
            name="owner",
            sql="",
            type=PERSON,
            labels=("Owner", "Responsabil", "Odpowiedzialny"),
        ),
        Column(name="currency", sql="", labels=("Currency", "Monedă", "Waluta")),
    ]
    titles = {code: _named(code, names) for code, names in stages.items()}
    for code, names in {**titles, TOTAL: ("Total", "Total", "Razem")}.items():
        amounts = tuple(
            f"{name} – {word}"
            for name, word in zip(names, ("amount", "suma", "kwota"), strict=True)
        )
        columns += [
            Column(name=code, sql="", type=INTEGER, labels=names),
            Column(name=f"{code}_amount", sql="", type=MONEY, labels=amounts),  # type: ignore[arg-type]  # three
        ]
    return tuple(columns)


def _named(code: str, names: tuple[str | None, ...]) -> tuple[str, str, str]:
    english, romanian, polish = (name or names[0] or code for name in names)
    return english, romanian, polish
