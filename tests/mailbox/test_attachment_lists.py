"""The lists of attachments below exported mail, and the files beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest

from crm_cli.mailbox import Attachment
from tests.mailbox.mails import SHORT, crlf, read, short

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.proves("R138", "R141")


def test_link_the_attachments_beside_the_file(file: Path) -> None:
    folder = file.parent / "Attachments-3"
    folder.mkdir()
    (folder / "plan nou.pdf").write_bytes(b"%PDF-")
    listed = (
        f"Body\n\n{'-' * 72}\n\n"
        "  * Attachments-3/plan nou.pdf <Attachments-3/plan%20nou.pdf>\n"
        "  * Attachments-3/lost.png <Attachments-3/lost.png>\n"
    )

    assert read(file, crlf(SHORT.format(subject="One", body=listed))) == [
        short(
            "One",
            "Body",
            attachments=(Attachment("plan nou.pdf", folder / "plan nou.pdf", None, 5),),
            missing_attachments=("lost.png",),
        )
    ]


def test_name_each_attachment_of_two_lists_once(file: Path) -> None:
    folder = file.parent / "Attachments"
    folder.mkdir()
    (folder / "plan.pdf").write_bytes(b"%PDF-")
    listed = (
        "Attachments:\n\nplan.pdf\t5 bytes\nnotes.txt\t1 KB\nlost.png\t2 KB\n\n\n"
        f"{'-' * 72}\n\n  * Attachments/plan.pdf <Attachments/plan.pdf>\n"
        "  * Attachments/lost.png <Attachments/lost.png>\n"
    )

    assert read(file, SHORT.format(subject="One", body=f"Body\n\n{listed}")) == [
        short(
            "One",
            "Body",
            attachments=(Attachment("plan.pdf", folder / "plan.pdf", None, 5),),
            missing_attachments=("lost.png", "notes.txt"),
        )
    ]


@pytest.mark.parametrize(
    "listed",
    [
        "Attachments:\n\nreport.pdf\t123 KB\nphoto.png\t1.5 MB\n",
        "Atașamente:\nreport.pdf\t123 KB\nphoto.png\t1,5 MB",
        "Załączniki:\nreport.pdf\t123 KB\nphoto.png\t900 bajtów\n\n",
        "Pièces jointes :\nreport.pdf\t123 Ko\nphoto.png\t1,5 Mo\n",
        "    Attachments/report.pdf\n    Attachments/photo.png\n",
    ],
)
def test_name_the_attachments_that_were_not_exported(file: Path, listed: str) -> None:
    text = SHORT.format(subject="One", body=f"Body\n\n{listed}")

    assert read(file, text) == [
        short("One", "Body", missing_attachments=("report.pdf", "photo.png"))
    ]


def test_find_files_whose_names_were_changed_on_the_way(file: Path) -> None:
    folder = file.parent / "Attachments-1"
    folder.mkdir()
    for name in (normalize("NFD", "ofertă.pdf"), "ștampilă.png"):
        (folder / name).write_bytes(b"x")
    rows = (
        "  * Attachments-1/ofertă.pdf <Attachments-1/ofert%C4%83.pdf>\n"
        "  * Attachments-1/?tampilă.png <Attachments-1/%C8%99tampil%C4%83.png>\n"
    )

    (found,) = read(file, SHORT.format(subject="One", body=f"{'-' * 72}\n\n{rows}"), "cp1250")

    assert [item.name for item in found.attachments] == ["ofertă.pdf", "ștampilă.png"]


@pytest.mark.parametrize(
    "row",
    [
        "  * Attachments/a.pdf <https://wisla.example/a.pdf>",
        "  * Attachments/a.pdf",
        "  * deep/er/a.pdf <deep/er/a.pdf>",
        "  * Attachments/a.pdf <Attachments/a.pdf>\n  * See also the rest",
    ],
)
def test_leave_a_list_that_names_no_attachments(file: Path, row: str) -> None:
    body = f"Body\n\n{'-' * 72}\n\n{row}"

    assert read(file, SHORT.format(subject="One", body=body)) == [short("One", body)]


def test_never_leave_the_folder_of_the_file(file: Path) -> None:
    (file.parent.parent / "secret.txt").write_text("secret")
    rows = "  * ../secret.txt <../secret.txt>\n"
    rows += f"  * Attachments/{'x' * 300} <Attachments/{'x' * 300}>\n"

    (found,) = read(file, SHORT.format(subject="One", body=f"Body\n\n{'-' * 72}\n\n{rows}"))

    assert (found.attachments, found.missing_attachments) == (
        (),
        ("secret.txt", "x" * 300),
    )
