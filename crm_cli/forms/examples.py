"""What the example row of a workbook to be filled in holds."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_cli.forms.choices import NO_YES
from crm_cli.languages.vocabulary import shown
from crm_cli.views.types import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.imports.plans.plan import Part
    from crm_cli.views.view import Column

_DAY = date(2026, 1, 15)
_MOMENT = datetime(2026, 1, 15, 10, 0)  # noqa: DTZ001 - a spreadsheet knows no zones
_BY_TYPE: dict[str, Any] = {
    "integer": 12,
    "decimal": Decimal(8),
    "money": Decimal("1234.50"),
    "percent": 20,
    "duration": "1h30m",
    "date": _DAY,
    "moment": _MOMENT,
    "date and time": _MOMENT,
    "when": _DAY,
    "weekdays": "mon-fri",
}
_BY_NAME: dict[str, tuple[Any, Any]] = {
    "account.name": ("Moldo Trans SRL", "Wisła Trans sp. z o.o."),
    "site.name": ("Depozit Iași", "Magazyn Kraków"),
    "product.name": ("Instruire la sediu", "Szkolenie u klienta"),
    "campaign.name": ("Campania de primăvară", "Kampania wiosenna"),
    "holiday.name": ("Ziua firmei", "Święto firmy"),
    "opportunity.name": ("Echipare depozit", "Wyposażenie magazynu"),
    "name": ("Ioana Rusu", "Anna Nowak"),
    "contact": ("Ion Popa", "Jan Kowalski"),
    "name_en": ("Example", "Example"),
    "name_ro": ("Exemplu", "Exemplu"),
    "name_pl": ("Przykład", "Przykład"),
    "code": ("EX01", "EX01"),
    "external_id": ("ERP-0001", "ERP-0001"),
    "tax_id": ("RO14399840", "PL5261040828"),
    "registration_no": ("J22/1234/2010", "0000028860"),
    "email": ("birou@exemplu.example", "biuro@przyklad.example"),
    "other_emails": ("vanzari@exemplu.example", "sprzedaz@przyklad.example"),
    "phone": ("0722 123 456", "512 345 678"),
    "other_phones": ("0232 123 456", "22 123 45 67"),
    "website": ("www.exemplu.example", "www.przyklad.example"),
    "address": ("Str. Lăpușneanu 12", "ul. Długa 12"),
    "postal_code": ("700057", "00-950"),
    "city": ("Iași", "Warszawa"),
    "county": ("Iași", "mazowieckie"),
    "login": ("irusu", "anowak"),
    "step": (1, 1),
    "step_subject": ("Trimite contractul", "Wysłać umowę"),
    "days_after": (2, 2),
    "repeat": ("lunar pe 15", "co miesiąc w 15"),
    "job_title": ("Director general", "Dyrektor generalny"),
    "category": ("Vânzări", "Sprzedaż"),
    "level": ("Director general", "Dyrektor generalny"),
    "area": ("Achiziții", "Zakupy"),
    "salutation": ("Stimate domnule Popa", "Szanowny Panie"),
    "work_start": ("08:00", "08:00"),
    "work_end": ("17:00", "17:00"),
    "timezone": ("Europe/Bucharest", "Europe/Warsaw"),
    "industry": ("Transport", "Transport"),
    "interests": ("Instruire", "Szkolenia"),
    "subject": ("Sunați clientul", "Zadzwonić do klienta"),
    "unit": ("buc", "szt."),
    "signatory": ("Ion Popa", "Jan Kowalski"),
    "number": ("1001", "1001"),
    "external_number": ("F-1001", "F-1001"),
    "text": ("Instruire la sediu", "Szkolenie u klienta"),
    "note": ("A cerut o ofertă.", "Prosił o ofertę."),
    "percent": (20, 20),
    "next_number": (1, 1),
    "rate.currency": ("EUR", "EUR"),
    "rate": (Decimal("4.9750"), Decimal("4.2550")),
}
"""Name of a column, with the record's where it needs it -> in Romania and in Poland."""

_BY_NOUN = dict.fromkeys(("account", "lead"), _BY_NAME["account.name"])
"""Noun -> the record that the example of that noun itself makes."""

_NEEDED = {"interaction.account"}
"""References without which the example would lack one of several that will do."""

_WORDS = {
    "relations": ("customer", "customer"),
    "language": ("ro", "pl"),
    "priority": ("normal", "normal"),
    "remind": ("email", "email"),
    "days_before": ("1", "1"),
}

_LEFT_OUT = {
    "passage",
    "leave.deputy",
    "holiday.work",
    "reason.passage_reasons",
    "document.rate",
    "document.series",
    "document.contact",
    "document.opportunity",
    "document.lead",
    "document.campaign",
    "document.sources",
    "step.step_assignee",
    "step.step_team",
    "line.line",
    "line.chapter",
    "line.line_net",
    "line.source_line",
}
"""Parts and columns that only a richer example could show."""


def example_of(
    part: Part,
    column: Column,
    country: str,
    offered: Sequence[str],
    language: str,
    *,
    required: bool,
) -> Any:
    """The value of a column in the example row; None where none is known."""
    if {part.name, f"{part.name}.{column.name}"} & _LEFT_OUT:
        return None
    place = int(country == "PL")
    if isinstance(column.type, Choice):
        word = _WORDS.get(column.name, column.type.words[:1] * 2)[place]
        return shown(word, language)
    if column.noun:
        needed = required or f"{part.name}.{column.name}" in _NEEDED
        other = _BY_NOUN[column.noun][place] if needed and column.noun in _BY_NOUN else None
        return offered[0] if offered else other
    for name in (f"{part.name}.{column.name}", column.name):
        if name in _BY_NAME:
            return _BY_NAME[name][place]
    if column.type.name == "boolean":
        return NO_YES[language][1]
    return offered[0] if offered else _BY_TYPE.get(column.type.name)
