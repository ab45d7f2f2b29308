"""The words of a printed document, in the language of the client."""

from __future__ import annotations

from crm_cli.languages import LANGUAGES

KINDS = {
    "quote": ("Quote", "Ofertă", "Oferta"),
    "order": ("Order", "Comandă", "Zamówienie"),
    "contract": ("Contract", "Contract", "Umowa"),
    "proforma": ("Proforma invoice", "Factură proformă", "Faktura pro forma"),
    "invoice": ("Invoice", "Factură", "Faktura"),
    "receipt": ("Receipt", "Chitanță", "Dowód wpłaty"),
    "purchase_invoice": ("Purchase invoice", "Factură de la furnizor", "Faktura zakupu"),
    "purchase_receipt": ("Purchase receipt", "Bon fiscal", "Paragon"),
    "expense_report": ("Expense report", "Decont", "Rozliczenie wydatków"),
    "accounting_note": ("Accounting note", "Notă contabilă", "Nota księgowa"),
    "internal_consumption": ("Internal consumption", "Bon de consum", "Rozchód wewnętrzny"),
    "treasury": ("Payment", "Plată", "Płatność"),
}
WORDS = {
    "date": ("Date", "Data", "Data"),
    "due": ("Due", "Scadență", "Termin płatności"),
    "period": ("Period", "Perioada", "Okres"),
    "supplier": ("Supplier", "Furnizor", "Sprzedawca"),
    "client": ("Client", "Client", "Nabywca"),
    "tax_id": ("Tax id", "CUI", "NIP"),
    "registration_no": ("Registration no.", "Reg. com.", "KRS/REGON"),
    "position": ("No.", "Nr. crt.", "Lp."),
    "text": ("Description", "Denumire", "Nazwa"),
    "unit": ("Unit", "U.M.", "J.m."),
    "quantity": ("Quantity", "Cantitate", "Ilość"),
    "price": ("Unit price", "Preț unitar", "Cena jednostkowa"),
    "net": ("Net", "Valoare fără TVA", "Wartość netto"),
    "vat": ("VAT", "TVA", "VAT"),
    "gross": ("Total", "Total", "Razem brutto"),
    "signatory": ("Signatory", "Semnatar", "Podpisujący"),
    "draft": ("draft", "ciornă", "szkic"),
    "greeting": ("Good day,", "Bună ziua,", "Dzień dobry,"),
    "attached": (
        "Please find attached",
        "Vă trimitem atașat documentul",
        "W załączeniu przesyłamy dokument",
    ),
    "regards": ("Kind regards,", "Cu stimă,", "Z poważaniem"),
}


def words(language: str) -> dict[str, str]:
    """The words in one language."""
    place = LANGUAGES.index(language)
    return {name: texts[place] for name, texts in WORDS.items()}


def kind(name: str, language: str) -> str:
    """What a kind of document is called."""
    return KINDS[name][LANGUAGES.index(language)]
