"""The words of fixed lists as people say them in English, Romanian and Polish."""

from __future__ import annotations

from functools import cache

from crm_cli.languages import LANGUAGES
from crm_cli.values.text import fold

_WORDS = {
    # Relations of an account, of which some are kinds of other things too.
    "lead": "lead;lead;lead",
    "prospect": "prospect;client potențial;potencjalny klient",
    "customer": "customer;client;klient",
    "supplier": "supplier;furnizor;dostawca",
    "competitor": "competitor;concurent;konkurent",
    "other": "other;altul/altă/alta;inny/inna/inne",
    # Languages and people.
    "en": "English;engleză;angielski",
    "ro": "Romanian;română;rumuński",
    "pl": "Polish;poloneză;polski",
    "female": "female;feminin/femeie;kobieta",
    "male": "male;masculin/bărbat;mężczyzna",
    # Degrees.
    "none": "none;niciunul/niciuna/fără;brak/żaden",
    "low": "low;mică/scăzută/mic/scăzut;niski/niska",
    "medium": "medium;medie/mediu;średni/średnia",
    "normal": "normal;normală/normal;normalny/normalna",
    "high": "high;mare/ridicată/ridicat;wysoki/wysoka",
    "very_high": "very high;foarte mare/foarte ridicat;bardzo wysoki/bardzo wysoka",
    # How far things have come.
    "open": "open;deschis/deschisă;otwarty/otwarta/otwarte",
    "done": "done;efectuată/efectuat/terminată;wykonane/wykonany/wykonana",
    "cancelled": "cancelled;anulată/anulat;anulowane/anulowany/anulowana",
    "won": "won;câștigat/câștigată;wygrany/wygrana",
    "lost": "lost;pierdut/pierdută;przegrany/przegrana",
    "inactive": "inactive;inactiv;nieaktywny",
    "active": "active;activ;aktywny",
    "refused": "refused;refuzat/refuzată;odrzucony/odrzucona",
    "skipped": "skipped;sărit/sărită;pominięty/pominięta",
    "draft": "draft;ciornă;szkic",
    "approved": "approved;aprobat/aprobată;zatwierdzony/zatwierdzona",
    "final": "final;definitiv/definitivă;ostateczny/ostateczna",
    "sent": "sent;trimis/trimisă;wysłany/wysłana",
    "accepted": "accepted;acceptat/acceptată;przyjęty/przyjęta",
    "revised": "revised;revizuit/revizuită;zmieniony/zmieniona",
    "signed": "signed;semnat/semnată;podpisany/podpisana",
    "posted": "posted;înregistrat/înregistrată;zaksięgowany/zaksięgowana",
    "reversed": "reversed;stornat/stornată;wystornowany/wystornowana",
    # The responsibilities of a lead.
    "contact": "contact;contact/contactare;kontakt",
    "meeting": "meeting;întâlnire;spotkanie",
    "quoting": "quoting;ofertare;ofertowanie",
    "contracting": "contracting;contractare;zawarcie umowy",
    # Kinds of sale, product, task and interaction; channels.
    "direct": "direct;directă/direct;bezpośrednia",
    "reseller": "reseller;prin revânzător/revânzător;odsprzedaż",
    "services": "services;servicii;usługi",
    "sales": "sales;vânzare/vânzări;sprzedaż",
    "service": "service;serviciu/service;usługa/serwis",
    "goods": "goods;marfă/bunuri;towar",
    "task": "task;sarcină/task;zadanie",
    "responsibility": "responsibility;responsabilitate;etap",
    "follow_up": "follow-up;revenire;dalszy kontakt",
    "memento": "memento;memento;przypomnienie",
    "mail": "mail;mail;mail",
    "note": "note;notă/notiță;notatka",
    "call": "call;apel/telefon;telefon/rozmowa",
    "email": "e-mail;e-mail;e-mail",
    "sms": "SMS;SMS;SMS",
    "visit": "visit;vizită;wizyta",
    "document": "document;document;dokument",
    "file": "file;fișier;plik",
    "message": "message;mesaj;wiadomość",
    "in": "in;primit/primită/intrare;przychodzący/przychodząca",
    "out": "out;trimis de noi/ieșire;wychodzący/wychodząca",
    # Kinds of document.
    "quote": "quote;ofertă;oferta",
    "order": "order;comandă;zamówienie",
    "contract": "contract;contract;umowa",
    "proforma": "proforma;factură proformă/proformă;faktura pro forma/pro forma",
    "invoice": "invoice;factură;faktura",
    "receipt": "receipt;chitanță;dowód wpłaty",
    "purchase_invoice": "purchase invoice;factură de la furnizor;faktura zakupu",
    "purchase_receipt": "purchase receipt;bon fiscal;paragon",
    "expense_report": "expense report;decont;rozliczenie wydatków",
    "accounting_note": "accounting note;notă contabilă;nota księgowa",
    "internal_consumption": "internal consumption;bon de consum;rozchód wewnętrzny",
    "treasury": "treasury;plată;płatność",
    "opportunity": "opportunity;oportunitate;szansa sprzedaży",
    # What a campaign earned and cost, and how that is known.
    "cost": "cost;cost;koszt",
    "revenue": "revenue;venit;przychód",
    "hand": "by hand;manual;ręcznie",
    "campaign": "campaign;campanie;kampania",
    "source": "source;sursă;źródło",
    # By what records are known to be meant, or to be the same.
    "assigned": "assigned;atribuit;przypisane",
    "site": "site;sediu;oddział",
    "account": "account;partener;kontrahent",
    "forwarded": "forwarded mail;mesaj redirecționat;wiadomość przekazana",
    "name": "name;denumire;nazwa",
    "name_city": "name and town;denumire și localitate;nazwa i miejscowość",
    "tax_id": "tax id;CUI;NIP",
    "phone": "phone;telefon;telefon",
    # Mail on its way, and runs of jobs.
    "internal": "internal;intern;wewnętrzny",
    "queued": "queued;în așteptare;w kolejce",
    "claimed": "taken;preluat;podjęty",
    "dot": "being sent;în curs de trimitere;w trakcie wysyłania",
    "held": "held;reținut;wstrzymany",
    "failed": "failed;eșuat;nieudany",
    "resend": "resend;se retrimite;wysłać ponownie",
    "hold": "hold;se reține;wstrzymać",
    "running": "running;în curs;w toku",
    "partial": "partial;parțial;częściowy",
    "dead": "broken off;întrerupt;przerwany",
    "stopped": "stopped;oprit;zatrzymany",
    # Parts of the day.
    "overdue": "overdue;restant;po terminie",
    "today": "today;azi;dzisiaj",
    "next": "next;urmează;następne",
    "unread": "unread;necitit;nieprzeczytane",
    # Rows of reports.
    "(nobody)": "(nobody);(nimeni);(nikt)",
    "total": "total;total;razem",
}
"""Word of a list -> English; Romanian; Polish, in each what is shown before what is understood."""


def shown(word: str, language: str) -> str:
    """What people say for a word of a list; the word itself where nothing else is known."""
    return _forms(word)[LANGUAGES.index(language)][0] if word in _WORDS else word


def meant(said: str, words: tuple[str, ...]) -> str | None:
    """The word of a list that people mean; None where there is none, or more than one."""
    return _meanings(words).get(_plain(said))


@cache
def _meanings(words: tuple[str, ...]) -> dict[str, str | None]:
    meanings: dict[str, str | None] = {}
    for word in words:
        for form in {_plain(form) for forms in _forms(word) for form in forms}:
            meanings[form] = None if form in meanings else word
    return meanings


def _forms(word: str) -> list[list[str]]:
    return [forms.split("/") for forms in _WORDS.get(word, word).split(";")]


def _plain(text: str) -> str:
    return fold(text).replace("-", " ").replace("_", " ")
