"""What the author wrote, apart from the mail being answered."""

from __future__ import annotations

import pytest

from crm_cli.mailbox.quoting import unquoted

OWN = "Bună ziua,\n\nda, vă rog.\nIon"


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "-----Original Message-----\nFrom: Jan\nSent: Friday\n\nold",
        " -----Mesaj original-----\nDe la:\tJan\n\nold",
        f"{'_' * 32}\nFrom: Jan\nSent: Friday\n\nold",
        "From: Jan <jan@x.example> \nSent: Friday \nTo: Ion \nSubject: x \n\nold",
        "*From:* Jan\n*Sent:* Friday\n\nold",
        "Od: Jan\nWysłano: piątek\nDo: Ion\n\nold",
        "De la: Jan\nTrimis: vineri\n\nold",
        "On Fri, 13 Nov 2026 at 10:00, Jan <jan@x.example> wrote:\n> old\n>\n> older\n",
        "On Fri, 13 Nov 2026 at 10:00, Jan Kowalski from the office\n<jan@x.example> wrote:\n\nold",
        "W dniu 13.11.2026 o 10:00, Jan Kowalski pisze:\n> old",
        "Pe vin., 13 nov. 2026 la 10:00, Jan <jan@x.example> a scris:\n\n> old\n",
        "Am 13.11.26 um 10:00 schrieb Jan:\n> old",
        "În vin., 13 nov. 2026 la 10:00, Jan Kowalski <jan@x.example> a scris:\n\nold",
        "pt., 13 lis 2026 o 10:00 Jan Kowalski <jan@x.example> napisał(a):\n\n> old",
        "śr., 11 lis 2026 o 10:00 Anna Żak <anna@x.example>\nnapisał(a):\n\nold",
        "On Fri, Nov 13, 2026 at 10:00 AM Jan Kowalski <jan@x.example>\nwrote:\n\n> old",
        "Wiadomość napisana przez Jan w dniu 13 lis 2026, o godz. 10:00:\n\n> old",
        "Wiadomość napisana w dniu 13 lis 2026, o godz. 10:00, przez Jan:\n\nold",
        "2026-11-13 10:00 GMT+01:00 Jan Kowalski <jan@x.example>:\n\n> old",
        "2026. 11. 13. 10:00 keltezéssel, Nagy Béla írta:\n> old",
        "Dne 13. 11. 26 v 10:00 Jan napsal(a):\n> old",
        "Il 13/11/2026 10:00, Jan ha scritto:\n> old",
        "El 13/11/26 a las 10:00, Jan escribió:\n> old",
        "Feladó: Nagy\nElküldve: 2026. november 13. 10:00\nCímzett: Ion\nTárgy: x\n\nold",
        "De\u00a0: Zoé\nEnvoyé\u00a0: vendredi\nÀ\u00a0: Ion\nObjet\u00a0: x\n\nold",
        "Od: Jan\nDo: Ion\nDW: Ana\nData: piątek\nTemat: x\n\nold",
        "From:    Jan\nTo:    Ion\nDate:    13-11-2026\nSubject:    x\n\nold",
        "> old\n> older",
        "-------- Forwarded Message --------\nSubject: \told",
    ],
)
def test_cut_the_quoted_mail(rest: str) -> None:
    assert unquoted(f"{OWN}\n\n{rest}") == OWN


def test_keep_answers_between_quotes() -> None:
    body = "On Friday Jan wrote:\n> Price?\n100 EUR.\n> When?\nTomorrow."

    assert unquoted(body) == "100 EUR.\nTomorrow."


@pytest.mark.parametrize(
    "body",
    [
        "> all of it\n> is quoted",
        "-----Original Message-----\nFrom: Jan",
        "On Friday I wrote: nothing.\nOn Monday too.",
        "----- Moldo Trans -----\nIași",
        "From: the price list\nit follows",
        "From: Iași\nTo: Kraków\nWhen: Friday",
        "În vinerea aceea a scris:\nnimic",
        "pt., 13 lis 2026 o 10:00: przegląd",
    ],
)
def test_keep_what_is_not_quoted_or_all_there_is(body: str) -> None:
    assert unquoted(body) == body
