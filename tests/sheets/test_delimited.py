"""Delimited text of every habit: encodings, separators, quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crm_cli.errors import InvalidData, NotFound
from crm_cli.sheets.reading.reading import read_sheet
from crm_cli.sheets.sheet import CellError
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Denumire;Localitate\nȘoimii SRL;Iași\nŻubr Sp. z o.o.;Łódź\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("cp1250", "cp1250"),
    ],
)
def test_read_encoding(tmp_path: Path, encoding: str, said: str) -> None:
    path = tmp_path / "a.csv"
    text = TEXT.translate(str.maketrans("Șș", "Şş")) if encoding == "cp1250" else TEXT
    path.write_bytes(text.encode(encoding))

    sheet = read_sheet(path)

    assert (sheet.kind, sheet.name, sheet.encoding, sheet.delimiter) == ("csv", None, said, ";")
    assert sheet.headings == ("Denumire", "Localitate")
    names = [fold(str(row.cells[0])) for row in sheet.rows]
    assert names == ["soimii srl", "zubr sp. z o.o."]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Nume;Suma\nAlfa;1,5\nBeta;2,5\nGama;3,5\n", ";"),
        ("Nume,Suma\nAlfa,1.5\nBeta,2.5\n", ","),
        ("Nume\tSuma\nAlfa\t1,5\n", "\t"),
        ("Nume|Suma\nAlfa|1,5\n", "|"),
        ('Nume,Note\nAlfa,"a;b;c"\nBeta,"a;b;c"\n', ","),
        ("Lista mea\n\nNume;Suma\nAlfa, Beta;1,5\nGama, Delta;2,5\n", ";"),
        ("Lista, toamna;\nNume;Suma\nAlfa;1,5\n", ";"),
    ],
)
def test_sniff_separator(tmp_path: Path, text: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)

    sheet = read_sheet(path)

    assert sheet.delimiter == delimiter
    assert sheet.headings[0] == "Nume"


def test_read_single_column(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("E-mail\nPopescu, Ion <a@b.example>\nIonescu, Ana <c@b.example>\n")

    sheet = read_sheet(path, known=lambda heading: heading == "E-mail")

    assert sheet.headings == ("E-mail",)
    assert [row.cells[0] for row in sheet.rows] == [
        "Popescu, Ion <a@b.example>",
        "Ionescu, Ana <c@b.example>",
    ]


def test_read_separator_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=,\r\nNume,Suma\r\nAlfa,1;5\r\n")

    sheet = read_sheet(path)

    assert (sheet.delimiter, sheet.heading_row, sheet.headings) == (",", 1, ("Nume", "Suma"))
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ("Alfa", "1;5"))]


def test_read_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        'Nume;Telefon;Notă\n\n Alfa ;0722 000 100;"rând 1\nrând ""2"""\nBeta;\'+40722;#N/A\n'
        "Gama;';\n;;\nRazem;2;\n"
    )

    assert [(row.number, *row.cells) for row in read_sheet(path).rows] == [
        (3, "Alfa", "0722 000 100", 'rând 1\nrând "2"'),
        (4, "Beta", "+40722", CellError("#N/A")),
        (5, "Gama", "'", None),
    ]


def test_refuse_open_quote(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Nume;Notă\nAlfa;bun\nBeta;"fără sfârșit\nGama;rău\n')

    with pytest.raises(InvalidData) as caught:
        read_sheet(path)

    message = f"Row 3 of {path} has a quotation mark that is not closed or not doubled."
    assert caught.value.message == message


def test_refuse_endless_field(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b\n" + "x" * 200_000 + ";1\n")

    with pytest.raises(InvalidData, match="Row 2"):
        read_sheet(path)


def test_refuse_sheet_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT)

    with pytest.raises(NotFound, match="is delimited text: it has no sheet 'Foaie1'"):
        read_sheet(path, "Foaie1")
