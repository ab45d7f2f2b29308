"""Mail that no person wrote makes no task; what a person wrote is never taken for it."""

from __future__ import annotations

from typing import Any

import pytest

from crm_cli.mailbox import Address
from crm_cli.mailbox.automatic import is_automatic
from tests.mailbox.mails import ION, JAN, message

SHOP = Address("Magazin", "no-reply@shop.example")
GROUP = Address("Office", "office@firma.example")
FOOTER = "Oferte noi!\n\nSalutări\n\n{}\n"
AUTOMATIC: tuple[dict[str, Any], ...] = (
    {"headers": {"auto-submitted": "auto-replied"}},
    {"headers": {"auto-submitted": "auto-generated; owner=x"}},
    {"headers": {"precedence": "Bulk"}},
    {"headers": {"list-id": "<news.x.example>"}},
    {"headers": {"list-unsubscribe": "<https://x.example>"}},
    {"headers": {"return-path": "<>"}},
    {"headers": {"x-failed-recipients": "ion@moldo.example"}},
    {"headers": {"content-type": "multipart/report; report-type=delivery-status"}},
    {"headers": {"content-type": "text/calendar; method=REPLY"}},
    {"subject": "Automatic reply: Offer"},
    {"subject": "Out of Office AutoReply: Offer"},
    {"subject": "Out of office"},
    {"subject": "Autoreply: Offer"},
    {"subject": "Răspuns automat: Ofertă"},
    {"subject": "În afara biroului: Ofertă"},
    {"subject": "[EXTERNAL] Odpowiedź automatyczna: Oferta"},
    {"subject": "Autoodpowiedź: Oferta"},
    {"subject": "Automatische Antwort: Angebot"},
    {"subject": "Abwesenheitsnotiz: Angebot"},
    {"subject": "Réponse automatique : Devis"},
    {"subject": "Undelivered Mail Returned to Sender"},
    {"subject": "Undeliverable: Offer"},
    {"subject": "Delivery Status Notification (Failure)"},
    {"subject": "failure notice"},
    {"subject": "Mail delivery failed: returning message to sender"},
    {"subject": "Nelivrabil: Ofertă"},
    {"subject": "Niedostarczalne: Oferta"},
    {"subject": "Unzustellbar: Angebot"},
    {"subject": "Non remis : Devis"},
    {"sender": Address("", "MAILER-DAEMON@mx.x.example")},
    {"sender": Address("", "bounces+17=ion@news.x.example")},
    {"sender": Address("Mail Delivery Subsystem")},
    {"sender": Address("Microsoft Outlook")},
    {"sender": Address("Administrator systemu")},
    {"sender": SHOP},
    {"sender": SHOP, "reply_to": (SHOP,)},
    {"sender": Address("Sklep", "noreply-orders@sklep.example")},
    {"sender": Address("Sklep", "nie-odpowiadaj@sklep.example")},
    {"body": "Delivery has failed to these recipients or groups:\n\nion@moldo.example"},
    {"body": "This is the mail system at host mx.x.example.\n\nI'm sorry to inform you"},
    {"body": "Hi. This is the qmail-send program at x.example."},
    {"body": "Dostarczanie do tych adresatów lub grup nie powiodło się:\n\nion@x.example"},
    {"body": "Livrarea către acești destinatari sau aceste grupuri nu a reușit:\n"},
    {"body": "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n"},
    {"subject": "Accepted: Vizită", "body": ""},
    {"subject": "Acceptat: Vizită", "body": "\n"},
    {"subject": "Zaakceptowano: Wizyta", "body": "Kiedy: piątek, 20 listopada 2026 10:00"},
    {"subject": "Declined: Visit @ Fri 20 Nov 2026 10:00 (ion@x.example)", "body": "Ion said no"},
    {
        "subject": "Read: Offer",
        "body": "Your message\n\n   To: Ion\n   Subject: Offer\n\nwas read on",
    },
    {"subject": "Citit: Ofertă", "body": "Mesajul dvs.\n\n  Către: Ion\n\na fost citit pe"},
    {"body": FOOTER.format("Dezabonare <https://x.example/u>")},
    {"subject": "[EXT] Oferte", "body": FOOTER.format("Dezabonare <https://x.example/u>")},
    {"body": FOOTER.format("Jeśli nie chcesz, wypisz się:\nhttps://x.example/u")},
    {"body": FOOTER.format("Unsubscribe: https://x.example/u?id=7")},
    {"body": FOOTER.format("Vom Newsletter abmelden <https://x.example>")},
)
BY_PERSON: tuple[dict[str, Any], ...] = (
    {},
    {"headers": {"auto-submitted": "no", "return-path": "<ion@moldo.example>"}},
    {"subject": "Re: Automatic reply: Offer"},
    {"subject": "Automatic scale out of order"},
    {"subject": "Automatic reply does not work"},
    {"subject": "Out of office next week"},
    {"subject": "Newsletter"},
    {"subject": "Delivery failure at our gate"},
    {"subject": "Nelivrat: comanda 55"},
    {"subject": "Accepted: your quote 17", "body": "We accept your quote 17, please deliver."},
    {"subject": "Acceptat: oferta 17", "body": "Vă rugăm să livrați până vineri."},
    {"subject": "Read: the manual", "body": "I have read the manual and it still shows an error."},
    {"sender": None},
    {"sender": Address("Noreply Noel", "noel@x.example")},
    {"sender": Address("", "norep@x.example")},
    {"sender": Address("Postmasters", "postmasters@x.example")},
    {"sender": SHOP, "reply_to": (JAN,)},
    {"sender": SHOP, "reply_to": (JAN,), "headers": {"auto-submitted": "auto-generated"}},
    {
        "to": (GROUP,),
        "headers": {"list-id": "Office <office.firma.example>", "precedence": "list"},
    },
    {"body": "Please unsubscribe me from your newsletter.\n\nIon"},
    {"body": "Cum mă dezabonez?\n\nIon Popescu\nhttps://moldo.example"},
    {
        "subject": "Fwd: Oferte",
        "body": FOOTER.format("Dezabonare <https://x.example/u>"),
    },
    {
        "subject": "[EXTERNAL] Antw: Angebote",
        "body": FOOTER.format("Vom Newsletter abmelden <https://x.example>"),
    },
    {"body": "Da.\n\nOn Monday Shop wrote:\n> Unsubscribe: https://x.example/u"},
    {"body": "I got this: Delivery has failed to these recipients. What now?"},
    {"subject": "Re: Read: Offer", "body": ""},
)


@pytest.mark.proves("R140")
@pytest.mark.parametrize("given", AUTOMATIC)
def test_recognise_automatic_mail(given: dict[str, Any]) -> None:
    assert is_automatic(written(given))


@pytest.mark.parametrize("given", BY_PERSON)
def test_take_the_rest_for_written_by_a_person(given: dict[str, Any]) -> None:
    assert not is_automatic(written(given))


def written(given: dict[str, Any]) -> Any:
    usual = {"subject": "Ofertă", "sender": ION, "body": "Bună ziua, aștept oferta."}
    return message(**(usual | given))
