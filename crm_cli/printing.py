"""Printing a document in the language of its client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_cli.constants import texts
from crm_cli.errors import UsageError
from crm_cli.printing_words import kind, words
from crm_cli.rendering import render_page
from crm_cli.sheets.atomic import replace_file
from crm_cli.views.document_parts import part
from crm_cli.views.documents import DOCUMENT
from crm_cli.views.query import read

if TYPE_CHECKING:
    from pathlib import Path

    from crm_cli.reader import Reader
    from crm_cli.views.table import Table
    from crm_cli.views.types import Place

CLIENT = """
SELECT name, tax_id, registration_no, address, postal_code, city, county, country, language
FROM account WHERE id = ?"""
COMPANY = ("name", "tax_id", "registration_no", "address", "iban")


@dataclass(frozen=True)
class Print:
    """A printed document: its title, the page, and the letter that goes with it."""

    title: str
    html: str
    letter: str

    @property
    def file_name(self) -> str:
        """What the page is called as a file."""
        return self.title.replace("/", "-") + ".html"


def print_document(
    reader: Reader, document_id: int, place: Place, templates: Path | None = None
) -> Print:
    """Print a document as it stands; templates of the folder come before our own."""
    document = read(reader, DOCUMENT, (document_id,), place).values()
    client = _client(reader, document["account_id"])
    settings = texts(reader)
    language = client["language"] or settings.get("language", "ro")
    heading = document["label"] or f"#{document_id} ({words(language)['draft']})"
    title = f"{kind(document['kind'], language)} {heading}"
    content = {
        "language": language,
        "words": words(language),
        "title": title,
        "document": document,
        "client": client,
        "company": {name: settings.get(f"company.{name}", "") for name in COMPANY},
        "lines": _records(part(reader, "lines", document_id, place)),
        "taxes": _records(part(reader, "taxes", document_id, place)),
    }
    page, letter = (
        render_page(name, language, content, templates)
        for name in ("document.html.j2", "document_letter.txt.j2")
    )
    return Print(title, page, letter)


def write(printed: Print, path: Path) -> None:
    """Write the page to a file, whole or not at all."""
    if path.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(
            f"--output '{path}': documents are printed as HTML.", hint=f"{path.stem}.html"
        )
    with replace_file(path) as draft:
        draft.write_text(printed.html, encoding="utf-8")


def _client(reader: Reader, account_id: int) -> dict[str, Any]:
    row = reader.one(CLIENT, (account_id,)) or ()
    names = ("name", "tax_id", "registration_no", *_PLACE, "language")
    client = dict(zip(names, row, strict=True))
    client["iban"] = None
    client["address"] = ", ".join(client[name] for name in _PLACE if client[name])
    return client


_PLACE = ("address", "postal_code", "city", "county", "country")


def _records(table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]
