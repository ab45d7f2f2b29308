"""Rows written for people and for programs, and read again by other programs."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from crm_cli.errors import InvalidData
from crm_cli.sheets import xlsx_file
from crm_cli.sheets.csv_file import FOR_PROGRAMS, for_people
from crm_cli.sheets.reading import read_sheet
from crm_cli.sheets.writing import write_csv, write_html, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = ["Name", "Amount", "Count", "Paid", "Due", "Changed"]
KINDS = ["text", "money", "integer", "boolean", "date", "moment"]
MOMENT = datetime(2026, 3, 4, 10, 30, 15, tzinfo=ZoneInfo("Europe/Bucharest"))
ROW = ["=1+1", Decimal("-1234.50"), 7, True, date(2026, 3, 4), MOMENT]
HOSTILE = [
    "=HYPERLINK(\"http://x.y\",\"z\")", "+40722000100", "-1", "@SUM(A1)", "\t=1", "{=1}", "http://x.y",
    "mailto:a@b.c", "internal:Sheet1!A1", "external:c:\\a", "file://x", "'=1", "<b>", "_x0041_",
    "00123",    "1E+10", "#N/A text", " x", "ș\u0000ț",
]  # fmt: skip


def test_write_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"

    write_xlsx(path, "Lead/uri: 2026", HEADINGS, [ROW, [None] * 6], KINDS)

    page = openpyxl.load_workbook(path).active
    times = [datetime.fromisoformat(text) for text in ("2026-03-04", "2026-03-04T10:30:15")]
    assert [cell.value for cell in page[2]] == ["=1+1", -1234.5, 7, True, *times]
    assert [cell.number_format for cell in page[2]] == [
        "General", "#,##0.00", "General", "General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm",
    ]  # fmt: skip
    assert (page.title, page.freeze_panes, page.auto_filter.ref) == (
        "Lead uri  2026",
        "A2",
        "A1:F3",
    )
    assert page.column_dimensions["F"].width > 16


def test_write_xlsx_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"

    write_xlsx(path, "x", HEADINGS, [ROW], KINDS)

    changed = MOMENT.replace(tzinfo=None)
    assert [row.cells for row in read_sheet(path).rows] == [(*ROW[:5], changed)]


def test_write_hostile_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"

    write_xlsx(path, "x", ["Text", "Nr"], [(text, 1) for text in HOSTILE], ["text", "integer"])

    cells = [row[0] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2)]
    assert {(cell.data_type, cell.hyperlink) for cell in cells} == {("s", None)}
    read = [row.cells[0] for row in read_sheet(path).rows]
    assert read == [text.strip() for text in HOSTILE]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (999_999_999_999_999, 999_999_999_999_999),
        (9_999_999_999_999_999, "9999999999999999"),
        (Decimal("12345678901234567.5"), "12345678901234567.5"),
        (date(1899, 5, 1), "1899-05-01"),
    ],
)
def test_write_what_a_number_cannot_hold(tmp_path: Path, value: object, written: object) -> None:
    path = tmp_path / "a.xlsx"

    write_xlsx(path, "x", ["a"], [[value]], ["text"])

    assert openpyxl.load_workbook(path).active["A2"].value == written


def test_refuse_long_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"

    with pytest.raises(InvalidData) as caught:
        write_xlsx(path, "x", ["Note"], [["a"], ["b" * 32_768]], ["text"])

    assert caught.value.message == (
        "Note of row 2 has 32,768 characters, and an .xlsx cell holds 32,767."
    )
    assert list(tmp_path.iterdir()) == []


def test_refuse_more_rows_than_a_sheet_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_file, "ROW_LIMIT", 3)

    with pytest.raises(InvalidData, match="holds 2 rows, and there are more"):
        write_xlsx(tmp_path / "a.xlsx", "x", ["a"], [[1], [2], [3]], ["integer"])


def test_write_csv_for_programs() -> None:
    file = io.StringIO()

    write_csv(file, HEADINGS, [ROW, [None] * 6], FOR_PROGRAMS)

    assert file.getvalue() == (
        "Name,Amount,Count,Paid,Due,Changed\n"
        "=1+1,-1234.50,7,true,2026-03-04,2026-03-04T10:30:15+02:00\n"
        ",,,,,\n"
    )


def test_write_csv_for_people(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"

    write_csv(path, HEADINGS, [ROW], for_people("ro"))

    assert path.read_bytes().decode("utf-8") == (
        "\ufeffName;Amount;Count;Paid;Due;Changed\r\n"
        "'=1+1;-1234,50;7;true;2026-03-04;2026-03-04 10:30:15\r\n"
    )
    assert next(iter(read_sheet(path).rows)).cells[:2] == ("=1+1", "-1234,50")


def test_write_csv_for_english_people() -> None:
    file = io.StringIO()

    write_csv(file, ["a", "=b"], [[Decimal("1.50"), "@x"]], for_people("en"))

    assert file.getvalue() == "\ufeffa,'=b\r\n1.50,'@x\r\n"


class Outline(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag, and what a screen reader needs of it."""
        known = [value or "" for name, value in attrs if name in {"lang", "scope", "class"}]
        self.tags.append(":".join([tag, *known]))

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data


def test_write_html(tmp_path: Path) -> None:
    path = tmp_path / "a.html"

    write_html(
        path, "A & B", ["<Name>", "Sum", "At"], [["<b>x", Decimal(5), MOMENT]], language="pl"
    )

    page = Outline()
    page.feed(path.read_text(encoding="utf-8"))
    assert page.tags == [
        "html:pl", "head", "meta", "meta", "title", "style", "body", "main", "table", "caption",
        "thead", "tr", "th:col", "th:col", "th:col", "tbody", "tr", "td", "td:number", "td", "time",
    ]  # fmt: skip
    assert page.text.split("}\n\n")[-1].split() == [
        "A", "&", "B", "<Name>SumAt", "<b>x52026-03-04", "10:30",
    ]  # fmt: skip
