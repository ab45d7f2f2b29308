"""Documents as PDF: what stands in it, in the client's language, and templates of one's own."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.outgoing import use_folder
from tests.shop import open_shop, quote

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm


def text_of(path: Path) -> str:
    """The text of a PDF, with ordinary spaces."""
    pages = PdfReader(path).pages
    return "\n".join(page.extract_text() for page in pages).replace("\xa0", " ")


@pytest.mark.proves("R84")
@pytest.mark.parametrize(
    ("language", "title", "tax", "total"),
    [
        ("ro", "Ofertă OF0001", "TVA 21% (2.001,00)", "2.421,21 RON"),
        ("pl", "Oferta OF0001", "VAT 21% (2 001,00)", "2 421,21 RON"),
        ("en", "Quote OF0001", "VAT 21% (2,001.00)", "2,421.21 RON"),
    ],
)
def test_print(
    sqlite_crm: Crm, tmp_path: Path, language: str, title: str, tax: str, total: str
) -> None:
    open_shop(sqlite_crm)
    sqlite_crm("account", "edit", 1, "--language", language)
    number = quote(sqlite_crm, upto="finalize")

    result = sqlite_crm("quote", "print", number, "--output", tmp_path / "q.pdf")

    text = text_of(tmp_path / "q.pdf")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    expected = (title, "Moldo Trans SRL", "Cântar 60 t", tax, total)
    assert [part for part in expected if part not in text] == []


def test_print_what_looks_like_markup(sqlite_crm: Crm, tmp_path: Path) -> None:
    open_shop(sqlite_crm)
    name, note = '*Żółć* $x$ #read("/etc/passwd") \\ SRL', "Prima linie\n= A doua"
    sqlite_crm("account", "edit", 1, "--name", name)
    number = sqlite_crm.id(
        *("quote", "add", "--account", 1, "--note", note),
        *("--line", "chapter:[Țevi] și _coturi_", "--line", "text:@cot //;2;5"),
    )

    sqlite_crm("quote", "print", number, "--output", tmp_path / "q.pdf")

    text = text_of(tmp_path / "q.pdf")
    expected = (name, *note.splitlines(), "[Țevi] și _coturi_", "@cot //")
    assert [part for part in expected if part not in text] == []


def test_print_many_lines(sqlite_crm: Crm, tmp_path: Path) -> None:
    open_shop(sqlite_crm)
    number = quote(sqlite_crm, *["SCALE;1"] * 80, upto="finalize")

    sqlite_crm("quote", "print", number, "--output", tmp_path / "q.pdf")

    pages = [page.extract_text() for page in PdfReader(tmp_path / "q.pdf").pages]
    assert len(pages) == 3
    assert all(f"{at} / 3" in page for at, page in enumerate(pages, 1))
    assert all("Denumire" in page for page in pages)


def test_print_twice(sqlite_crm: Crm, tmp_path: Path) -> None:
    open_shop(sqlite_crm)
    number = quote(sqlite_crm, upto="finalize")

    for name in ("a.pdf", "b.PDF"):
        sqlite_crm("quote", "print", number, "--output", tmp_path / name)

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.PDF").read_bytes()


def test_print_with_own_template(sqlite_crm: Crm, tmp_path: Path) -> None:
    open_shop(sqlite_crm)
    number = quote(sqlite_crm, upto="finalize")
    own = "#let data = json(bytes(sys.inputs.data))\nTotal #data.document.gross"
    (tmp_path / "document.typ").write_text(own)

    output = ("--output", tmp_path / "q.pdf")
    sqlite_crm("quote", "print", number, *output, CRM_TEMPLATES=str(tmp_path))

    assert text_of(tmp_path / "q.pdf") == "Total 2.421,21"


@pytest.mark.parametrize(
    ("template", "trouble"),
    [
        ("Bună\n#nimic", ", line 2, cannot be used: unknown variable: nimic."),
        ("#(", ", line 1, cannot be used: unclosed delimiter."),
        ('#read("/../secret.txt")', ", line 1, cannot be used: "),
    ],
)
def test_print_with_broken_template(
    sqlite_crm: Crm, tmp_path: Path, template: str, trouble: str
) -> None:
    open_shop(sqlite_crm)
    number = quote(sqlite_crm, upto="finalize")
    (tmp_path / "own").mkdir()
    (tmp_path / "secret.txt").write_text("1234")
    (tmp_path / "own" / "document.typ").write_text(template)

    output, own = ("--output", tmp_path / "q.pdf"), str(tmp_path / "own")
    result = sqlite_crm("quote", "print", number, *output, CRM_TEMPLATES=own)

    assert (result.exit_code, result.stderr.count("\n")) == (5, 1)
    assert result.stderr.startswith(f"crm: The template document.typ{trouble}")
    assert not (tmp_path / "q.pdf").exists()


def test_print_to_another_kind_of_file(sqlite_crm: Crm, tmp_path: Path) -> None:
    open_shop(sqlite_crm)
    number = quote(sqlite_crm, upto="finalize")

    result = sqlite_crm("quote", "print", number, "--output", tmp_path / "q.docx")

    assert result.exit_code == 2
    assert "documents are printed as PDF or HTML.\nhint: q.pdf\n" in result.stderr


@pytest.mark.proves("R85")
def test_send_as_pdf(crm: Crm, tmp_path: Path) -> None:
    arrived = use_folder(crm)
    open_shop(crm)
    number = quote(crm, upto="finalize")
    crm("quote", "print", number, "--output", tmp_path / "q.pdf")

    crm.ok("quote", "send", number)
    crm("job", "run", "send-outbox")

    mail = message_from_bytes(next(arrived.iterdir()).read_bytes(), policy=default)
    (file,) = mail.iter_attachments()
    assert file.get_content_type() == "application/pdf"
    assert file.get_filename() == "Ofertă OF0001.pdf"
    assert file.get_content() == (tmp_path / "q.pdf").read_bytes()
