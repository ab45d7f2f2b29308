"""Mails as a program exports them, written into a folder of the test."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

CLIENT = "Vasile Lupu <depozit@moldo.example>"
US = "Ana Pop <ana@firma.example>"


def write_eml(folder: Path, name: str, body: str = "Bună ziua!", **given: str) -> Path:
    """Write a mail with a Message-ID; `File` names a file that is attached."""
    headers = {
        "From": CLIENT,
        "To": US,
        "Subject": name,
        "Date": "Fri, 20 Nov 2026 09:12:00 +0200",
        "Message-ID": f"<{name}@moldo.example>",
    }
    file = given.pop("File", None)
    message = EmailMessage()
    for header, value in (headers | {key.replace("_", "-"): v for key, v in given.items()}).items():
        if value:
            message[header] = value
    message.set_content(body)
    if file:
        message.add_attachment(f"%PDF {file}".encode(), "application", "pdf", filename=file)
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.eml"
    path.write_bytes(message.as_bytes())
    return path


OUTLOOK = (
    "De la:\t{}\nTrimis:\tvineri, 20 noiembrie 2026 09:12\nCătre:\tAna Pop\nSubiect:\t{}\n\n{}\n"
)


def write_text(folder: Path, name: str, *mails: tuple[str, str, str]) -> Path:
    """Write mails (sender, subject, body) as Outlook does: one file, nothing between them."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.txt"
    path.write_text("".join(OUTLOOK.format(*mail) for mail in mails), encoding="utf-8")
    return path


def client(crm: Crm, **options: str) -> int:
    """An account with a site from which the mails of the tests come."""
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    account = crm.id("account", "add", "--name", "Moldo Trans SRL", *words)
    crm.ok(
        "site", "add", "--account", account, "--name", "Depozit", "--email", "Depozit@moldo.example"
    )
    return account


def import_mail(crm: Crm, *words: object) -> dict[str, int]:
    """Import, and what the summary says of what is not zero."""
    summary = crm.ok("mail", "import", *words)
    figures = summary.keys() - {"import_id", "warnings"}
    return {name: summary[name] for name in summary if name in figures and summary[name]}
