"""The first rows of the catalogues; planting adds only what is missing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from schema.base import table_of
from schema.campaign import Status
from schema.campaign_states import DEFAULT_STATUSES
from schema.catalogue import CatalogueRecord, Cycle, Reason, Series, Stage, Tax
from schema.opportunity_states import DEFAULT_CYCLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlmodel import Session

Rows = tuple[tuple[str, str, str, str], ...]
"""Each: code, names in English, Romanian and Polish."""

CYCLE: Rows = (("default", "Sales", "Vânzări", "Sprzedaż"),)
REASONS: Rows = (
    ("competitor", "Competitor present", "Concurență prezentă", "Obecna konkurencja"),
    ("price", "Price too high", "Preț prea mare", "Zbyt wysoka cena"),
    ("budget", "No budget", "Fără buget", "Brak budżetu"),
    ("no-answer", "No answer", "Fără răspuns", "Brak odpowiedzi"),
    ("elsewhere", "Bought elsewhere", "A cumpărat din altă parte", "Kupił gdzie indziej"),
    ("other", "Other", "Altul", "Inny"),
)
TAXES = {
    # Each: code; names; percent; category of EN 16931. In force in 2026.
    "RO": (
        ("tva21", "Standard 21%", "Cota standard 21%", "Podstawowa 21%", 21, "S"),
        ("tva11", "Reduced 11%", "Cota redusă 11%", "Obniżona 11%", 11, "S"),
        ("tva0", "Zero rate", "Cota zero", "Stawka 0%", 0, "Z"),
        ("scutit", "Exempt", "Scutit", "Zwolniona", 0, "E"),
        ("ti", "Reverse charge", "Taxare inversă", "Odwrotne obciążenie", 0, "AE"),
        ("ic", "Inside the EU", "Livrare intracomunitară", "Dostawa wewnątrz UE", 0, "K"),
        ("export", "Export", "Export", "Eksport", 0, "G"),
        ("neimp", "Outside VAT", "Neimpozabil", "Niepodlegająca VAT", 0, "O"),
    ),
    "PL": (
        ("vat23", "Standard 23%", "Cota standard 23%", "Podstawowa 23%", 23, "S"),
        ("vat8", "Reduced 8%", "Cota redusă 8%", "Obniżona 8%", 8, "S"),
        ("vat5", "Reduced 5%", "Cota redusă 5%", "Obniżona 5%", 5, "S"),
        ("vat0", "Zero rate", "Cota zero", "Stawka 0%", 0, "Z"),
        ("zw", "Exempt", "Scutit", "Zwolniona", 0, "E"),
        ("oo", "Reverse charge", "Taxare inversă", "Odwrotne obciążenie", 0, "AE"),
        ("wdt", "Inside the EU", "Livrare intracomunitară", "Dostawa wewnątrz UE", 0, "K"),
        ("eksport", "Export", "Export", "Eksport", 0, "G"),
        ("np", "Outside VAT", "Neimpozabil", "Niepodlegająca VAT", 0, "O"),
    ),
}
SERIES = (
    # Each: kind; names; prefixes where the company's language is English, Romanian, Polish.
    ("opportunity", "Opportunities", "Oportunități", "Szanse sprzedaży", "OPP", "OP", "SZ"),
    ("quote", "Quotes", "Oferte", "Oferty", "QU", "OF", "OF"),
    ("order", "Orders", "Comenzi", "Zamówienia", "SO", "CM", "ZK"),
    ("contract", "Contracts", "Contracte", "Umowy", "CT", "CTR", "UM"),
    ("proforma", "Proforma invoices", "Facturi proforme", "Faktury pro forma", "PF", "PF", "PF"),
    ("invoice", "Invoices", "Facturi", "Faktury", "INV", "FA", "FV"),
    ("receipt", "Receipts", "Chitanțe", "Dowody wpłaty", "RC", "CH", "KP"),
)
LANGUAGES = ("en", "ro", "pl")


def plant(session: Session, *, country: str, language: str) -> int:
    """Add what is missing for a company of this country and language; says how many rows."""
    added = _add_missing(session, Reason, "code", map(_names, REASONS))
    added += _add_missing(session, Status, "code", map(_names, DEFAULT_STATUSES))
    added += _add_missing(session, Tax, "code", (_tax(row, country) for row in TAXES[country]))
    added += _add_missing(session, Series, "kind", (_series(row, language) for row in SERIES))
    added += _add_missing(
        session, Cycle, "code", ({**_names(row), "is_default": True} for row in CYCLE)
    )
    cycle = session.exec(select(Cycle).where(col(Cycle.code) == CYCLE[0][0])).one()
    return added + _add_missing(
        session,
        Stage,
        "code",
        (_stage(row, cycle.key) for row in DEFAULT_CYCLE),
        cycle_id=cycle.key,
    )


def _add_missing(
    session: Session,
    kind: type[CatalogueRecord],
    key: str,
    rows: Iterable[Mapping[str, Any]],
    **among: object,
) -> int:
    """Add the rows whose key none has, archived ones included."""
    columns = table_of(kind).c
    same = [columns[name] == value for name, value in among.items()]
    known = set(session.scalars(select(columns[key]).where(*same)))
    missing = [
        kind(**row, position=position)
        for position, row in enumerate(rows, start=1)
        if row[key] not in known
    ]
    session.add_all(missing)
    session.flush()
    return len(missing)


def _names(row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(("code", "name_en", "name_ro", "name_pl"), row[:4], strict=True))


def _tax(row: tuple[Any, ...], country: str) -> dict[str, Any]:
    return {**_names(row), "rate": Decimal(row[4]), "category": row[5], "country": country}


def _stage(row: tuple[Any, ...], cycle_id: int) -> dict[str, Any]:
    rules = dict(zip(("potential", "probability", "outcome"), row[4:], strict=True))
    return {**_names(row), **rules, "cycle_id": cycle_id}


def _series(row: tuple[Any, ...], language: str) -> dict[str, Any]:
    prefix = row[4 + LANGUAGES.index(language)]
    names = {**_names(row), "code": prefix}
    return {**names, "kind": row[0], "prefix": prefix, "digits": 4, "is_default": True}
