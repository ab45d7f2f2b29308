"""Printing a document in the language of its client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_cli.constants import texts
from crm_cli.errors import UsageError
from crm_cli.printing_pdf import pdf
from crm_cli.printing_words import kind, words
from crm_cli.rendering import render_page
from crm_cli.sheets.writing.atomic import replace_file
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
    """A document to be printed: its title, and what its templates are given.

    Two that are equal print alike.
    """

    title: str
    content: dict[str, Any]
    templates: Path | None = None

    @property
    def file_name(self) -> str:
        """What its PDF is called."""
        return self.title.replace("/", "-") + ".pdf"

    def html(self) -> str:
        """The document as a page."""
        return self._rendered("document.html.j2")

    def letter(self) -> str:
        """The letter that goes with it."""
        return self._rendered("document_letter.txt.j2")

    def pdf(self) -> bytes:
        """The document as a PDF."""
        return pdf(self.content, self.templates)

    def enclosed(self) -> Enclosed:
        """The document as it goes by mail."""
        return Enclosed(self, self.letter(), self.pdf())

    def _rendered(self, name: str) -> str:
        return render_page(name, self.content["language"], self.content, self.templates)


class Enclosed(NamedTuple):
    """A printed document with its letter, as it goes by mail; making it takes a while."""

    printed: Print
    letter: str
    pdf: bytes


def print_document(
    reader: Reader, document_id: int, place: Place, templates: Path | None = None
) -> Print:
    """Read a document as it stands, for print; templates of the folder come before our own."""
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
    return Print(title, content, templates)


def write(printed: Print, path: Path) -> None:
    """Write the document to a file of the kind its name says, whole or not at all."""
    suffix = path.suffix.lower()
    if suffix not in {".pdf", ".html", ".htm"}:
        raise UsageError(
            f"--output '{path}': documents are printed as PDF or HTML.", hint=f"{path.stem}.pdf"
        )
    made = printed.pdf() if suffix == ".pdf" else printed.html().encode()
    with replace_file(path) as draft:
        draft.write_bytes(made)


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
