"""The money of a document: its currency, its totals, what was paid and invoiced of it."""

from __future__ import annotations

from crm_cli.views.types import CURRENCY, DATE, MONEY, RATE
from crm_cli.views.view import Column

PAID = """(
  SELECT coalesce(sum(paying.amount), 0) FROM document_source paying
  JOIN document receipt ON receipt.id = paying.document_id
  WHERE paying.source_id = d.id AND receipt.status IN ('posted', 'reversed'))"""
INVOICED = """(
  SELECT coalesce(sum(billed.net), 0) FROM document_line ordered
  JOIN document_line billed ON billed.source_line_id = ordered.id
  JOIN document invoice ON invoice.id = billed.document_id
  WHERE ordered.document_id = d.id AND invoice.kind = 'invoice'
  AND invoice.status IN ('posted', 'reversed'))"""
OPEN = f"d.gross - {PAID}"
LIVE_INVOICE = "d.kind = 'invoice' AND d.status = 'posted' AND d.reverses_id IS NULL"

MONEY_COLUMNS = (
    Column(
        name="currency",
        sql="d.currency",
        type=CURRENCY,
        labels=("Currency", "Monedă", "Waluta"),
        field="currency",
        listed=True,
        help="The company's unless given.",
    ),
    Column(
        name="rate",
        sql="d.rate",
        type=RATE,
        labels=("Rate", "Curs", "Kurs"),
        field="rate",
        help="To the base currency; by default the latest kept.",
    ),
    Column(
        name="rate_date",
        sql="d.rate_on",
        type=DATE,
        labels=("Rate date", "Data cursului", "Data kursu"),
        loaded="rate_on",
    ),
    Column(
        name="net",
        sql="d.net",
        type=MONEY,
        labels=("Net", "Valoare fără TVA", "Netto"),
        loaded="net",
        listed=True,
    ),
    Column(name="vat", sql="d.vat", type=MONEY, labels=("VAT", "TVA", "VAT"), loaded="vat"),
    Column(
        name="gross",
        sql="d.gross",
        type=MONEY,
        labels=("Gross", "Total", "Brutto"),
        loaded="gross",
        listed=True,
    ),
    Column(
        name="paid",
        sql=f"CASE WHEN d.kind = 'invoice' THEN {PAID} END",
        type=MONEY,
        labels=("Paid", "Încasat", "Zapłacono"),
    ),
    Column(
        name="open",
        sql=f"CASE WHEN {LIVE_INVOICE} THEN {OPEN} END",
        type=MONEY,
        labels=("Open", "Sold", "Do zapłaty"),
    ),
    Column(
        name="invoiced",
        sql=f"CASE WHEN d.kind IN ('order', 'contract') THEN {INVOICED} END",
        type=MONEY,
        labels=("Invoiced", "Facturat", "Zafakturowano"),
    ),
)
