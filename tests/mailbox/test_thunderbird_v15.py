"""The plain text of ImportExportTools NG 15, spaced as the add-on spaces it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crm_cli.mailbox import Address, Attachment, Message, read_messages
from tests.mailbox.mails import BUCHAREST, ION, JAN, NOON, message, read

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.proves("R138", "R141")

ENGLISH = (
    "Subject:  Offer 2026/17\r\n"
    "From:  Jan Kowalski <jan@wisla.example>\r\n"
    "To:  Kowal, Ewa <ewa@wisla.example>, office@moldo.example\r\n"
    "Date:  11/16/2026 14:04:00\r\n"
    "Cc:  Maria <maria@moldo.example>\r\n"
    "Reply-To:  sales@wisla.example\r\n"
    "\r\n"
    "Dear Ion,\nthe offer.\n"
    "----- Attachments --------------------------------\n- report.pdf\n- image001.png\n"
)


def test_read_english(file: Path) -> None:
    folder = file.parent / "Attachments"
    folder.mkdir()
    (folder / "report.pdf").write_bytes(b"%PDF-")

    assert read(file, ENGLISH) == [
        message(
            dialect="thunderbird-v15",
            subject="Offer 2026/17",
            sender=JAN,
            to=(Address("Kowal, Ewa", "ewa@wisla.example"), Address("", "office@moldo.example")),
            cc=(Address("Maria", "maria@moldo.example"),),
            reply_to=(Address("", "sales@wisla.example"),),
            sent_at=NOON,
            raw_date="11/16/2026 14:04:00",
            body="Dear Ion,\nthe offer.",
            attachments=(Attachment("report.pdf", folder / "report.pdf", None, 5),),
            missing_attachments=("image001.png",),
        )
    ]


def test_read_polish_with_files_beside_the_text(file: Path) -> None:
    (file.parent / "umowa.pdf").write_bytes(b"%PDF-1")
    text = (
        "Temat:  Umowa\r\nOd:  Jan Kowalski <jan@wisla.example>\r\n"
        "Do:  Ion Popescu <ion@moldo.example>\r\nData:  04/11/2026 09:30:15\r\n\r\n"
        "Cześć\n----- Załączniki --------------------------------\n- umowa.pdf\n"
    )

    assert read(file, text) == [
        message(
            dialect="thunderbird-v15",
            subject="Umowa",
            sender=JAN,
            to=(ION,),
            sent_at=datetime(2026, 4, 11, 6, 30, 15, tzinfo=UTC),
            raw_date="04/11/2026 09:30:15",
            body="Cześć",
            attachments=(Attachment("umowa.pdf", file.parent / "umowa.pdf", None, 6),),
        )
    ]


@pytest.mark.parametrize(
    "zone", ["Eastern European Standard Time", "heure normale d’Europe de l’Est"]
)
def test_read_the_first_release(file: Path, zone: str) -> None:
    date = f"Mon Nov 16 2026 13:04:00 GMT+0100 ({zone})"
    text = (
        'Subject:  Offer\r\nFrom :  "Kowalski, Jan" <jan@wisla.example>\r\n'
        f"To:  \r\nDate:  {date}\r\n\r\nBody\n"
    )

    assert read(file, text) == [
        message(
            dialect="thunderbird-v15",
            subject="Offer",
            sender=Address("Kowalski, Jan", "jan@wisla.example"),
            sent_at=NOON,
            raw_date=date,
            body="Body",
        )
    ]


def test_read_files_that_were_joined(file: Path) -> None:
    one, two = read(file, ENGLISH + "\n" + ENGLISH.replace("2026/17", "2026/18"))

    assert (one.subject, two.subject) == ("Offer 2026/17", "Offer 2026/18")
    assert one.body == two.body == "Dear Ion,\nthe offer."


def listing(*names: str) -> str:
    rows = "".join(f"- {name}\n" for name in names)
    return ENGLISH.partition("-----")[0] + f"----- Attachments {'-' * 32}\n{rows}"


def test_find_the_files_in_a_folder_of_any_name(file: Path) -> None:
    for folder, names in {"Offer-2026": ["a.pdf", "b.pdf"], "Other": ["a.pdf"]}.items():
        (file.parent / folder).mkdir()
        for name in names:
            (file.parent / folder / name).write_bytes(b"%PDF-")

    (found,) = read(file, listing("a.pdf", "b.pdf"))
    (unclear,) = read(file, listing("a.pdf"))

    assert [item.path for item in found.attachments] == [
        file.parent / "Offer-2026/a.pdf",
        file.parent / "Offer-2026/b.pdf",
    ]
    assert (unclear.attachments, unclear.missing_attachments) == ((), ("a.pdf",))


def test_never_leave_the_folder_of_the_file(file: Path) -> None:
    (file.parent.parent / "secret.txt").write_text("secret")
    (file.parent / "Attachments").mkdir()
    (file.parent / "Attachments/link.txt").symlink_to(file.parent.parent / "secret.txt")

    (found,) = read(file, listing("../../secret.txt", "../secret.txt", "/etc/passwd", "link.txt"))

    assert (found.attachments, found.missing_attachments) == (
        (),
        ("secret.txt", "secret.txt", "passwd", "link.txt"),
    )


def test_leave_a_list_inside_the_text(file: Path) -> None:
    body = f"See:\n----- Attachments {'-' * 32}\n- a.pdf\nand the rest:\n- b.pdf"

    (found,) = read(file, ENGLISH.partition("Dear")[0] + body)

    assert (found.body, found.missing_attachments) == (body, ())


def test_read_day_first_when_told_so(file: Path) -> None:
    (found,) = read(file, ENGLISH.replace("11/16/2026", "10/11/2026"), date_order="dmy")

    assert found.sent_at == datetime(2026, 11, 10, 12, 4, tzinfo=UTC)


@pytest.mark.parametrize("damaged", ["Sub?ect:  ", "Subject:  "])
def test_read_what_is_joined_below_a_damaged_header(file: Path, damaged: str) -> None:
    first = ENGLISH.replace("Subject:  ", damaged).replace("From:  ", "Fr?m:  ")
    whole = ENGLISH.replace("Offer 2026/17", "Offer 2026/18")

    file.write_bytes(f"{first}\r\n{whole}".encode())

    above, below = read_messages(file, BUCHAREST)

    assert isinstance(below, Message)
    assert (above.offset, below.subject, below.sender) == (0, "Offer 2026/18", JAN)
