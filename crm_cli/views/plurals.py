"""What many records of a noun are called: the names of sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.languages import LANGUAGES

if TYPE_CHECKING:
    from crm_cli.views.view import Labels

_PLURALS: dict[str, Labels] = {
    "account": ("Accounts", "Parteneri", "Kontrahenci"),
    "campaign": ("Campaigns", "Campanii", "Kampanie"),
    "campaign_member": ("Members", "Membri", "Uczestnicy"),
    "contact": ("Contacts", "Persoane de contact", "Osoby kontaktowe"),
    "contract": ("Contracts", "Contracte", "Umowy"),
    "cycle": ("Sales cycles", "Cicluri de vânzare", "Cykle sprzedaży"),
    "document": ("Documents", "Documente", "Dokumenty"),
    "employee": ("Employees", "Personal", "Pracownicy"),
    "evaluation": ("Evaluation sheets", "Fișe de evaluare", "Arkusze oceny"),
    "holiday": ("Holidays", "Zile libere", "Dni wolne"),
    "interaction": ("Interactions", "Interacțiuni", "Interakcje"),
    "invoice": ("Invoices", "Facturi", "Faktury"),
    "lead": ("Leads", "Leaduri", "Leady"),
    "leave": ("Leave", "Absențe", "Nieobecności"),
    "operation": ("Operations", "Operațiuni", "Operacje"),
    "opportunity": ("Opportunities", "Oportunități", "Szanse sprzedaży"),
    "order": ("Orders", "Comenzi", "Zamówienia"),
    "product": ("Products", "Produse", "Produkty"),
    "proforma": ("Proforma invoices", "Facturi proforme", "Faktury pro forma"),
    "quote": ("Quotes", "Oferte", "Oferty"),
    "rate": ("Exchange rates", "Cursuri valutare", "Kursy walut"),
    "reason": ("Reasons", "Motive", "Powody"),
    "receipt": ("Receipts", "Chitanțe", "Dowody wpłaty"),
    "recipe": ("Recipes", "Rețete", "Receptury"),
    "series": ("Series", "Serii", "Serie"),
    "site": ("Sites", "Sedii", "Oddziały"),
    "stage": ("Stages", "Etape", "Etapy"),
    "status": ("Statuses", "Stări", "Statusy"),
    "task": ("Tasks", "Sarcini", "Zadania"),
    "tax": ("VAT rates", "Cote TVA", "Stawki VAT"),
    "team": ("Teams", "Echipe", "Zespoły"),
}
"""Noun -> what many of them are called."""


def plural(noun: str, language: str) -> str:
    """The noun as the title of a list."""
    return _PLURALS[noun][LANGUAGES.index(language)]
