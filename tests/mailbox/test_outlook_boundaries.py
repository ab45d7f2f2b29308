"""Where one item of Outlook ends and the next begins, and which of them are mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crm_cli.mailbox import Message, Skipped, read_messages
from tests.mailbox.mails import BUCHAREST, crlf, read
from tests.mailbox.test_outlook_text import ENGLISH, ROMANIAN, SECOND

if TYPE_CHECKING:
    from pathlib import Path

    from crm_cli.mailbox import Item

pytestmark = pytest.mark.proves("R138")


def read_items(file: Path, content: str) -> list[Item]:
    file.write_bytes(content.encode())
    return list(read_messages(file, BUCHAREST))


@pytest.mark.parametrize(
    "ending",
    [
        "_" * 46,
        "_" * 70,
        "-" * 60,
        "----- Moldo Trans -----",
        "> From:\tJan",
        "From:\tthe warehouse",
        "From:\tthe warehouse\nSent:\tyesterday",
        "\f",
        "Subject:\tthe pallets",
    ],
)
def test_begin_a_mail_after_any_ending(file: Path, ending: str) -> None:
    first, second, third = read(file, crlf(f"{ENGLISH}{ending}\n{SECOND}{SECOND}"))

    assert first.body == f"Dear Jan,\n\tFrom: the price list\n{ending}".rstrip()
    assert (second.body, third.body) == ("Yes.", "Yes.")


def test_read_a_mail_to_thousands(file: Path) -> None:
    everybody = "; ".join(f"Person {number} <p{number}@agrovest.example>" for number in range(5000))

    first, second = read(file, f"{HEAD}To:\t{everybody}\nSubject:\tPrices\n\nHello\n{SECOND}")

    assert (len(first.to), first.subject, first.body) == (5000, "Prices", "Hello")
    assert second.body == "Yes."


def test_begin_a_mail_on_a_new_page(file: Path) -> None:
    first, second = read(file, crlf(f"{ENGLISH}\f{SECOND}"))

    assert (first.body, second.body) == ("Dear Jan,\n\tFrom: the price list", "Yes.")


def test_read_mails_in_several_languages(file: Path) -> None:
    found = read(file, SECOND + ROMANIAN.format(s="ș", t="t") + ENGLISH)

    assert [mail.subject for mail in found] == ["", "Cerere și ofertă", "Offer 2026/17"]


HEAD = "From:\tIon\nSent:\tMonday, November 16, 2026 2:04 PM\n"
WHOLE = f"{HEAD}To:\tJan\nSubject:\tA\n\n"


@pytest.mark.parametrize(
    ("text", "subject", "body"),
    [
        (f"{HEAD}To:\tJan\nSubject:\tOffer", "Offer", ""),
        (f"{HEAD}To:\tJan\nSubject:\tA\tB\n\nx", "A\tB", "x"),
        (f"{HEAD}To:\tJan\nSubject:\tRE: A \nUrgent: B\n\nx", "RE: A Urgent: B", "x"),
        (f"{HEAD}Reply To:\tAna\nTo:\tJan\nSubject:\tA\nSize:\t1\n\nx", "A", "x"),
        (f"{WHOLE}Importance:\tHigh\nwe met\n\nx", "A", "Importance:\tHigh\nwe met\n\nx"),
        (f"{WHOLE}Importance:\tHigh\nSensitivity:\tPrivate\n\nx", "A", "x"),
        ("To:\tJan\nSubject:\tA\n\nx", "A", "x"),
        ("From:\t\nSent:\t\nTo:\tJan\nSubject:\tA\n\nx", "A", "x"),
        ("m:\tIon\nSent:\tMonday\nTo:\tJan\nSubject:\tA\n\nx", "A", "x"),
        ("Sent:\tMonday\nTo:\tJan\nSubject:\tA\n\nx", "A", "x"),
    ],
)
def test_read_unusual_headers(file: Path, text: str, subject: str, body: str) -> None:
    first, second = read(file, f"{text}\n{SECOND}")

    assert (first.subject, [to.name for to in first.to], first.body) == (subject, ["Jan"], body)
    assert (second.subject, second.body) == ("", "Yes.")


def test_read_one_mail_that_was_pasted_into_a_file(file: Path) -> None:
    text = (
        "Od: Żak, Łukasz <lukasz@wisla.example>\nWysłano: środa, 18 listopada 2026 10:00\n"
        "Do: Ion <ion@moldo.example>\nTemat: RE: Części\n\nTak.\n\n"
        "Od: Ion <ion@moldo.example>\nWysłano: wtorek, 17 listopada 2026 10:00\n"
        "Do: Żak, Łukasz\nTemat: Części\n\nMasz?\n"
    )

    (found,) = read(file, text)

    assert (found.dialect, found.subject, found.raw_date) == (
        "outlook-text",
        "RE: Części",
        "środa, 18 listopada 2026 10:00",
    )
    assert found.body.endswith("Masz?")


def test_read_the_mails_after_one_that_is_cut(file: Path) -> None:
    found = read_items(file, "ing for the pallets.\n\nRegards\nIon\n" + SECOND + ENGLISH)

    assert [item.what if isinstance(item, Skipped) else item.subject for item in found] == [
        "the end of a message", "", "Offer 2026/17",
    ]  # fmt: skip


ITEMS = {
    "appointment": (
        "Subject:\tService\nLocation:\tToruń\n\n"
        "Start:\tMon 11/16/2026 9:00 AM\nEnd:\tMon 11/16/2026 10:00 AM\n\n"
        "Recurrence:\t(none)\n\nSee you\n"
    ),
    "meeting request": (
        "Betreff:\tWartung\nOrt:\tKöln\n\n"
        "Beginn:\tMo 16.11.2026 09:00\nEnde:\tMo 16.11.2026 10:00\n\n"
        "Serientyp:\t(Keine Angabe)\n\nBesprechungsstatus:\tNoch nicht geantwortet\n\n"
        "Organisator:\tGroß, Jürgen\nErforderliche Teilnehmer:\tVertrieb\n\nAgenda\n"
    ),
    "task": (
        "Temat:\tZamówić części\nTermin:\t2026-11-20\n\n"
        "Stan:\tNierozpoczęte\nProcent ukończenia:\t0%\n\nWłaściciel:\tŻak, Łukasz\n\n"
    ),
    "post": (
        "From:\tPop, Ana\nPosted At:\tMonday, November 16, 2026 9:00 AM\n"
        "Conversation:\tPrices\n\nSubject:\tPrices\n\nNew list\n"
    ),
    "contact": (
        "Nume complet:\tIon Popescu\nNume:\tPopescu\nPrenume:\tIon\nFuncție:\tDirector\n\n"
        "Serviciu:\t0232 555 014\n"
    ),
    "journal entry": (
        "Subject:\tCall\nEntry Type:\tPhone call\n\n"
        "Start:\tMon 11/16/2026 9:00 AM\nDuration:\t5 minutes\n\nHe calls back\n"
    ),
    "note": "Modifié\u00a0:\tlundi 16 novembre 2026 14:04\n\nRappeler Zoé\n",
}


@pytest.mark.parametrize("what", ITEMS)
def test_skip_what_is_no_mail(file: Path, what: str) -> None:
    alone = read_items(file, crlf(ITEMS[what]))
    among = read_items(file, crlf(ENGLISH + ITEMS[what] + SECOND))

    assert alone == [Skipped(file, 0, what)]
    assert among[1] == Skipped(file, len(ENGLISH), what)
    assert [item.body for item in among if isinstance(item, Message)] == [
        "Dear Jan,\n\tFrom: the price list", "Yes.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "form",
    [
        " -----Original Task-----\n" + ITEMS["task"],
        "Full Name:\tIon Popescu\nE-mail:\tion@moldo.example\nCompany:\tMoldo\nMobile:\t0744\n",
        "Modified:\tby hand\n",
        "Subject:\tthe pallets\nStart:\ttomorrow\n",
    ],
)
def test_keep_forms_in_the_body(file: Path, form: str) -> None:
    (found,) = read(file, ENGLISH + form)

    assert found.body == f"Dear Jan,\n\tFrom: the price list\n{form}".rstrip()
