"""Files that are broken, locked or meant to do harm: one sentence, soon, and nothing else."""

from __future__ import annotations

import json
import random
import struct
import subprocess
import sys
import time
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from crm_cli.errors import InvalidData
from crm_cli.sheets.reading import workbook
from crm_cli.sheets.reading.reading import MEMORY, read_sheet
from tests.sheets import workbooks

SAMPLES = Path(__file__).parents[2] / "samples"
DAMAGED = "is damaged: it cannot be read to its end."
ODS_CELL = '<table:table-cell office:value-type="string" {}><text:p>x</text:p></table:table-cell>'
SPREADSHEET = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet"'


def refusal(path: Path, memory: int = MEMORY) -> str:
    """The sentence with which the file is refused, without its name."""
    begun = time.monotonic()
    with pytest.raises(InvalidData) as caught:
        list(read_sheet(path, memory=memory).rows)
    assert time.monotonic() - begun < 60
    return caught.value.message.removeprefix(f"{path} ")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty."),
        (b"\xef\xbb\xbf \r\n\r\n", "is empty."),
        (b"<html><body><p>Denumire</p></body></html>", "has no sheet with anything in it."),
        (b"<table><tr><td " + b"a" * 5_000, "has nothing in its first 30 rows."),
        (f"<Workbook {SPREADSHEET}></Workbook>".encode(), "has no sheet with anything in it."),
        (f"<Workbook {SPREADSHEET}><Worksheet>".encode(), DAMAGED),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;", "is a web archive (MHTML)."),
        (b"{\\rtf1", "is a text document (RTF), not a spreadsheet."),
        (b"[[1, 2]]", "is no list of records in JSON."),
        (b"[" * 100_000, "is no list of records in JSON."),
        (b'[{"a": 1}', "is no list of records in JSON."),
        (b"<?xml version='1.0'?><Invoice/>", "is an XML document, not a spreadsheet."),
        (b"%PDF-1.7\n", "is a PDF document, not a spreadsheet."),
        (b"\x89PNG\r\n\x1a\n", "is a picture, not a spreadsheet."),
        (b"\x1f\x8b\x08\x00", "is a compressed archive, not a spreadsheet."),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "is a workbook of an Excel older than Excel 97."),
        (random.Random(1).randbytes(5000), "is not a spreadsheet."),
        (b"PK\x03\x04" + bytes(100), DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DAMAGED),
        (b"a;b\n\x81\x98;1\n", "is no text in UTF-8, UTF-16, Windows-1250 or ISO-8859."),
        ("ăâîșț".encode() * 9 + b"\xc8", "is UTF-8 text with 1 broken characters."),
        (b"\xff\xfea\x00b", "is marked as UTF-16 text, but it is not."),
        (b"a;b\n" + b"x" * 5_000_000, "has a line of more than 4 million characters."),
    ],
    ids=str,
)
def test_refuse_other_content(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "leads.xls"
    path.write_bytes(content)

    assert refusal(path) == sentence


@pytest.mark.parametrize("name", ["leads.xls", "leads.xlsx"])
@pytest.mark.parametrize("share", [0.3, 0.97])
def test_refuse_truncated(tmp_path: Path, name: str, share: float) -> None:
    content = (SAMPLES / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(content[: int(len(content) * share)])

    assert refusal(path) == DAMAGED


def test_refuse_encrypted_xlsx(tmp_path: Path) -> None:
    path = workbooks.compound(tmp_path / "a.xlsx", "EncryptionInfo", "EncryptedPackage")

    assert refusal(path) == "is protected with a password."


def test_refuse_encrypted_xls(tmp_path: Path) -> None:
    path = workbooks.xls(tmp_path / "a.xls", [["a", "b"]])
    content = path.read_bytes()
    after_start = content.index(bytes.fromhex("0908100000060500")) + 20
    path.write_bytes(content[:after_start] + struct.pack("<H", 0x2F) + content[after_start + 2 :])

    assert refusal(path) == "is protected with a password."


def test_refuse_encrypted_ods(tmp_path: Path) -> None:
    path = workbooks.ods(tmp_path / "a.ods", "", "<manifest><encryption-data/></manifest>")

    assert refusal(path) == "is protected with a password."


def test_refuse_other_office_documents(tmp_path: Path) -> None:
    word = workbooks.archive(tmp_path / "a.xlsx", {"word/document.xml": "<document/>"})
    message = workbooks.compound(tmp_path / "a.xls", "__properties_version1.0")

    assert refusal(word) == "is an archive or another kind of document, not a spreadsheet."
    assert refusal(message) == "is another kind of Office document, not a spreadsheet."


def test_refuse_far_cell_and_name_it(tmp_path: Path) -> None:
    path = workbooks.raw_xlsx(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    )

    assert refusal(path) == (
        "takes far more memory than what is in it should: its cells reach to XFD1048576."
    )


def test_refuse_repeated_ods_rows(tmp_path: Path) -> None:
    wide = ODS_CELL.format('table:number-columns-repeated="50"')
    row = f'<table:table-row table:number-rows-repeated="1048576">{wide}</table:table-row>'
    path = workbooks.ods(tmp_path / "a.ods", row)

    assert refusal(path) == "takes far more memory than what is in it should."


def test_refuse_far_columns_of_xml(tmp_path: Path) -> None:
    row = '<Row><Cell Index="16384"><Data>a</Data></Cell></Row>' * 20_000
    path = tmp_path / "a.xls"
    path.write_text(
        f"<Workbook {SPREADSHEET}><Worksheet><Table>{row}</Table></Worksheet></Workbook>"
    )

    assert refusal(path) == "takes far more memory than what is in it should."


SHEET = "<Worksheet><Table><Row><Cell><Data>1</Data></Cell></Row></Table></Worksheet>"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("<table><tr>" + "<td>" * 1_000_000, "has a row of more than 16,384 cells."),
        ("<table>" + "<tr>" * 1_100_000, "has a table of more than 1,048,576 rows."),
        ("<table>" * 4_000_000, "has more than 10,000 tables."),
        ("<html>" + "<!--" * 7_000_000, "has no sheet with anything in it."),
        ("<table><tr><td " + " a=1" * 7_000_000, "has nothing in its first 30 rows."),
        (f"<Workbook {SPREADSHEET}>{SHEET * 11_000}", "has more than 10,000 sheets."),
        ('[{"a": "' + "a" * 30_000_000, "has a record of more than 4 million characters."),
        ('[{"a":' * 5_000_000, "is no list of records in JSON."),
        (json.dumps([dict.fromkeys(range(16_400), 1)]), "has records of more than 16,384 keys."),
    ],
    ids=range(9),
)
def test_refuse_endless_text(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "a.xls"
    path.write_text(content)

    assert refusal(path) == sentence


def test_stop_what_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(workbook.LIMITS, "html", workbook.TEXT._replace(seconds=1))
    monkeypatch.setattr(workbook, "_PATIENCE", 60)
    path = tmp_path / "a.xls"
    path.write_text("<table>" + "<tr><td colspan=1000>1" * 100_000)

    assert refusal(path) == "could not be read in 2 seconds."


@pytest.mark.parametrize(
    ("start", "row", "end"),
    [
        (
            "<table><tr><td>A<td>B<td>C",
            "<tr><td>Șoimii SRL<td>Iași<td>RO14399840</tr>\n",
            "</table>",
        ),
        ("", '{"name": "Șoimii SRL", "city": "Iași", "tax_id": "RO14399840"}\n', ""),
        ("[", '{"name": "Șoimii SRL", "city": "Iași", "tax_id": "RO14399840"},\n', "{}]"),
        ('{"all": [', '{"name": "Șoimii SRL", "tax_id": "RO14399840"},\n', "{}]}"),
    ],
)
def test_read_a_long_list_in_little_memory(tmp_path: Path, start: str, row: str, end: str) -> None:
    path = tmp_path / "a.xls"
    path.write_text(start + row * 150_000 + end, encoding="utf-8")

    rows = read_sheet(path, memory=120_000_000).rows

    assert sum(1 for _ in rows) >= 149_999


@pytest.mark.parametrize("entity", ['x SYSTEM "file:///etc/passwd"', 'x "ha"><!ENTITY y "&x;&x;"'])
def test_refuse_document_type(tmp_path: Path, entity: str) -> None:
    path = tmp_path / "a.xls"
    text = f"<!DOCTYPE w [<!ENTITY {entity}>]><Workbook {SPREADSHEET}><b>&x;</b></Workbook>"
    path.write_text(f"<?xml version='1.0'?>{text}")

    assert refusal(path) == "declares a document type, which may reach for other files."


def test_take_little_memory_for_far_cells(tmp_path: Path) -> None:
    test_refuse_far_cell_and_name_it(tmp_path)
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from crm_cli.sheets.reading import reading\n"
        "try: reading.read_sheet(Path(sys.argv[1]))\n"
        "except Exception as error: print(type(error).__name__)\n"
        "print('python_calamine' in sys.modules)\n"
        "own = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]\n"
        "print(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )

    command = [sys.executable, "-c", program, str(tmp_path / "a.xlsx")]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    assert told[:2] == ["InvalidData", "False"]
    assert sum(map(int, told[2:])) < 300_000


def test_refuse_ods_without_parts(tmp_path: Path) -> None:
    path = workbooks.ods(tmp_path / "a.ods", "")
    with ZipFile(path) as archive:
        mimetype = archive.read("mimetype").decode()

    assert refusal(workbooks.archive(path, {"mimetype": mimetype})) == DAMAGED


def test_refuse_zip_bomb(tmp_path: Path) -> None:
    path = workbooks.raw_xlsx(tmp_path / "a.xlsx", "")
    with ZipFile(path, "a", ZIP_DEFLATED) as archive, archive.open("bomb.xml", "w") as part:
        for _ in range(220):
            part.write(bytes(1_000_000))

    assert refusal(path) == "would unpack to 220 MB, far more than it can hold."


def test_refuse_entities(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    strings = (
        f'<!DOCTYPE sst [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>&x;</t></si></sst>"
    )
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    path = workbooks.raw_xlsx(tmp_path / "a.xlsx", row, xl__sharedStrings=strings)

    assert refusal(path) == DAMAGED
