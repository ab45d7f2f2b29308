"""Rows written for people and for programs, and read again by other programs."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from crm_cli.errors import InvalidData
from crm_cli.sheets.reading import reading
from crm_cli.sheets.reading.reading import read_sheet
from crm_cli.sheets.writing import xlsx_sheet
from crm_cli.sheets.writing.csv_file import FOR_PROGRAMS, for_people, write_csv
from crm_cli.sheets.writing.html_file import write_html
from crm_cli.sheets.writing.page import Page
from crm_cli.sheets.writing.xlsx_file import count_rows, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Sequence
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


def book_of(target: Path, *pages: Page, language: str = "en") -> Path:
    """Write a workbook and give where it is."""
    write_xlsx(target / "a.xlsx", pages, language)
    return target / "a.xlsx"


def page(rows: Sequence[Sequence[object]], **changed: Any) -> Page:
    """A page of the columns above, or of others."""
    return Page(**{"name": "x", "headings": HEADINGS, "kinds": KINDS, "rows": rows, **changed})


def column(kind: str, *values: object, heading: str = "Note") -> Page:
    """A page of one column."""
    return page([[value] for value in values], headings=[heading], kinds=[kind])


def test_write_xlsx(tmp_path: Path) -> None:
    path = book_of(tmp_path, page([ROW, [None] * 6], name="Lead/uri: 2026"))

    sheet = openpyxl.load_workbook(path).active
    times = [datetime.fromisoformat(text) for text in ("2026-03-04", "2026-03-04T10:30:15")]
    assert [cell.value for cell in sheet[2]] == ["=1+1", -1234.5, 7, True, *times]
    assert [cell.number_format for cell in sheet[2]] == [
        "@", "#,##0.00", "General", "General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm",
    ]  # fmt: skip
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == (
        "Lead uri  2026",
        "A2",
        "A1:F3",
    )
    assert sheet.column_dimensions["F"].width > 16
    assert count_rows(path) == 2


@pytest.mark.parametrize("language", ["ro", "pl"])
def test_write_dates_as_the_language_does(tmp_path: Path, language: str) -> None:
    path = book_of(tmp_path, page([ROW]), language=language)

    sheet = openpyxl.load_workbook(path).active
    assert [cell.number_format for cell in sheet[2]][4:] == ["dd.mm.yyyy", "dd.mm.yyyy hh:mm"]


def test_prepare_for_printing(tmp_path: Path) -> None:
    path = book_of(tmp_path, page([ROW], hidden=2))

    sheet = openpyxl.load_workbook(path).active
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (
        9, "landscape", 1, 0,
    )  # fmt: skip
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.print_title_rows) == (True, "$1:$1")
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("&A", "&P / &N")
    hidden = [name for name, found in sheet.column_dimensions.items() if found.hidden]
    assert hidden == ["E", "F"]


def test_write_xlsx_and_read_back(tmp_path: Path) -> None:
    path = book_of(tmp_path, page([ROW]))

    changed = MOMENT.replace(tzinfo=None)
    assert [row.cells for row in read_sheet(path).rows] == [(*ROW[:5], changed)]


def test_write_hostile_text(tmp_path: Path) -> None:
    rows = [(text, 1) for text in HOSTILE]
    path = book_of(tmp_path, page(rows, headings=["Text", "Nr"], kinds=["text", "integer"]))

    cells = [row[0] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2)]
    assert {(cell.data_type, cell.hyperlink) for cell in cells} <= {
        ("s", None),
        ("inlineStr", None),
    }
    read = [row.cells[0] for row in read_sheet(path).rows]
    assert read == [text.strip() for text in HOSTILE]


SHEET_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=9)


@settings(max_examples=30)
@given(st.lists(SHEET_TEXT, min_size=1, max_size=9))
def test_write_any_text(texts: list[str]) -> None:
    file = io.BytesIO()

    write_xlsx(file, [column("text", *texts)], "en")

    cells = openpyxl.load_workbook(file).active.iter_rows(min_row=2, max_row=len(texts) + 1)
    assert [unescape(row[0].value or "") for row in cells] == texts


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (999_999_999_999_999, 999_999_999_999_999),
        (9_999_999_999_999_999, "9999999999999999"),
        (Decimal("12345678901234567.5"), "12345678901234567.5"),
        (Decimal("-1234567890123.45"), -1234567890123.45),
        (date(1899, 5, 1), "1899-05-01"),
        (date(1900, 3, 1), datetime.fromisoformat("1900-03-01")),
        ("x" * 32_767, "x" * 32_767),
        ("", None),
    ],
)
def test_write_what_is_at_the_limit(tmp_path: Path, value: object, written: object) -> None:
    path = book_of(tmp_path, column("date" if type(value) is date else "text", value))

    assert openpyxl.load_workbook(path).active["A2"].value == written


@pytest.mark.parametrize(("text", "length"), [("b" * 32_768, "32,768"), ("😀" * 16_384, "32,768")])
def test_refuse_long_text(tmp_path: Path, text: str, length: str) -> None:
    with pytest.raises(InvalidData) as caught:
        book_of(tmp_path, column("text", "a", text))

    assert caught.value.message == (
        f"Note of row 2 has {length} characters, and an .xlsx cell holds 32,767."
    )


def test_go_on_in_another_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheet, "ROW_LIMIT", 4)
    rows: list[list[object]] = [[number, "RON", Decimal(number)] for number in range(5)]

    kinds = ["integer", "currency", "money"]
    path = book_of(tmp_path, page(rows, headings=["Id", "Moneda", "Suma"], kinds=kinds))

    book = openpyxl.load_workbook(path, data_only=True)
    assert [(name, [row[0].value for row in book[name]]) for name in book.sheetnames] == [
        ("x", ["Id", 0, 1, "Total"]),
        ("x (2)", ["Id", 2, 3, "Total"]),
        ("x (3)", ["Id", 4, "Total"]),
    ]
    assert count_rows(path) == 5


@pytest.mark.parametrize(("heading", "limit"), [("id@0123abcd", 1_048_576), ("Cod", 4)])
def test_never_read_half_of_what_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heading: str, limit: int
) -> None:
    monkeypatch.setattr(xlsx_sheet, "ROW_LIMIT", 4)
    rows = [[f"Firma {number}", number] for number in range(3)]
    path = book_of(tmp_path, page(rows, headings=["Nume", heading], kinds=["text"] * 2))
    monkeypatch.setattr(reading, "ROW_LIMIT", limit)

    with pytest.raises(InvalidData) as caught:
        read_sheet(path)

    assert (caught.value.message, caught.value.hint) == (
        f"{path} goes on in the sheet 'x (2)', and one sheet is imported at a time.",
        "Import both: --sheet 'x', then --sheet 'x (2)'.",
    )
    assert [len(list(read_sheet(path, name).rows)) for name in ("x", "x (2)")] == [2, 1]


def test_read_the_first_of_copied_sheets(tmp_path: Path) -> None:
    sheets = [page([[name]], name=name, headings=["Nume"], kinds=["text"]) for name in "aa"]

    assert read_sheet(book_of(tmp_path, *sheets)).name == "a"


MONEY_PAGE = {"headings": ["Id", "Net", "Waluta"], "kinds": ["integer", "money", "currency"]}


def test_total_one_currency(tmp_path: Path) -> None:
    amounts = (Decimal("10.50"), None, Decimal("-0.25"))
    rows = [[number, amount, "PLN"] for number, amount in enumerate(amounts)]

    path = book_of(tmp_path, page(rows, **MONEY_PAGE), language="pl")

    formulas, values = (
        [cell.value for cell in openpyxl.load_workbook(path, data_only=known).active[5]]
        for known in (False, True)
    )
    assert formulas == ["Razem", "=SUBTOTAL(109,B2:B4)", None]
    assert values == ["Razem", 10.25, None]
    assert [row.number for row in read_sheet(path).rows] == [2, 3, 4]
    assert count_rows(path) == 3


@pytest.mark.parametrize(
    "changed",
    [
        {"rows": [[1, Decimal(1), "PLN"], [2, Decimal(1), "EUR"]]},
        {"rows": [[1, Decimal(1), "PLN"], [2, Decimal(1), None]]},
        {"rows": []},
        {"rows": [[1, Decimal(1), "PLN"]], "summed": False},
        {"rows": [[1, Decimal(1), "PLN"]], "kinds": ["currency", "money", "currency"]},
    ],
)
def test_total_nothing_that_makes_no_sense(tmp_path: Path, changed: dict[str, Any]) -> None:
    path = book_of(tmp_path, page(**{**MONEY_PAGE, **changed}))

    assert openpyxl.load_workbook(path).active.max_row == 1 + len(changed["rows"])


def test_name_sheets_as_excel_allows(tmp_path: Path) -> None:
    names = ["a" * 40, "A" * 40, "R&D's", "", "a:b"]

    path = book_of(tmp_path, *(page([], name=name) for name in names))

    assert openpyxl.load_workbook(path).sheetnames == [
        "a" * 31, f"{'A' * 27} (2)", "R&D's", "Sheet1", "a b",
    ]  # fmt: skip


def test_write_csv_for_programs() -> None:
    file = io.StringIO()

    write_csv(file, HEADINGS, [ROW, [None] * 6], FOR_PROGRAMS)

    assert file.getvalue() == (
        "Name,Amount,Count,Paid,Due,Changed\n"
        "=1+1,-1234.50,7,true,2026-03-04,2026-03-04T10:30:15+02:00\n"
        ",,,,,\n"
    )


def test_write_csv_for_people(tmp_path: Path) -> None:
    path, form = tmp_path / "a.csv", for_people("ro")

    with path.open("w", encoding=form.codec, newline="") as file:
        write_csv(file, HEADINGS, [ROW], form)

    assert path.read_bytes().decode("utf-8") == (
        "\ufeffName;Amount;Count;Paid;Due;Changed\r\n"
        "'=1+1;-1234,50;7;da;04.03.2026;04.03.2026 10:30:15\r\n"
    )
    assert next(iter(read_sheet(path).rows)).cells[:2] == ("=1+1", "-1234,50")


def test_write_csv_for_english_people() -> None:
    file = io.StringIO()

    write_csv(file, ["a", "=b"], [[Decimal("1.50"), "@x"]], for_people("en"))

    assert file.getvalue() == "a,'=b\r\n1.50,'@x\r\n"


def test_refuse_letters_the_encoding_lacks() -> None:
    file = io.TextIOWrapper(io.BytesIO(), encoding="cp1250")
    form = replace(for_people("ro"), encoding="cp1250")

    with pytest.raises(InvalidData) as caught:
        write_csv(file, ["Nume"], [["Łódź"], ["Iași"]], form)

    assert caught.value.message == "'ș' (U+0219) in row 2 cannot be written as cp1250."


HTML_HEADINGS = ["<Name>", "Sum", "At"]


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


def test_write_html() -> None:
    file = io.StringIO()
    cells = [["<b>x", Decimal(5), MOMENT]]

    write_html(file, Page(name="A & B", headings=HTML_HEADINGS, kinds=[], rows=cells), "pl")

    outline = Outline()
    outline.feed(file.getvalue())
    assert outline.tags == [
        "html:pl", "head", "meta", "meta", "title", "style", "body", "main", "table", "caption",
        "thead", "tr", "th:col", "th:col", "th:col", "tbody", "tr", "td", "td:number", "td", "time",
    ]  # fmt: skip
    assert outline.text.split("}\n\n")[-1].split() == [
        "A", "&", "B", "<Name>SumAt", "<b>x504.03.2026", "10:30",
    ]  # fmt: skip
