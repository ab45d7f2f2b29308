"""Files that are broken, locked or meant to do harm: one sentence, soon, and nothing else."""

from __future__ import annotations

import random
import struct
import time
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_cli.errors import CrmError, InvalidData
from crm_cli.sheets.reading import MEMORY, read_sheet
from tests.sheets import workbooks

SAMPLES = Path(__file__).parents[2] / "samples"
HTML = "<html><body><table><tr><td>Denumire</td></tr></table></body></html>"
SPREADSHEET_ML = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
)


def refusal(path: Path, memory: int = MEMORY) -> str:
    """The sentence with which the file is refused, without its name."""
    begun = time.monotonic()
    with pytest.raises(InvalidData) as caught:
        list(read_sheet(path, memory=memory).rows)
    assert time.monotonic() - begun < 10
    return caught.value.message.removeprefix(f"{path} ")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty."),
        (b"\xef\xbb\xbf \r\n\r\n", "is empty."),
        (HTML.encode(), "is a web page (HTML)."),
        (b"\xff\xfe" + HTML.encode("utf-16-le"), "is a web page (HTML)."),
        (SPREADSHEET_ML.encode(), "is an XML spreadsheet."),
        (b"<?xml version='1.0'?><Invoice/>", "is an XML document, not a spreadsheet."),
        (b"%PDF-1.7\n", "is a PDF document, not a spreadsheet."),
        (b"\x89PNG\r\n\x1a\n", "is a picture, not a spreadsheet."),
        (b"\x1f\x8b\x08\x00", "is a compressed archive, not a spreadsheet."),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "is a workbook of an Excel older than Excel 97."),
        (random.Random(1).randbytes(5000), "is not a spreadsheet."),
        (b"PK\x03\x04" + bytes(100), "is damaged: it cannot be read to its end."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is damaged: it cannot be read to its end."),
        (b"a;b\n\x81\x98;1\n", "is neither UTF-8 nor Windows-1250 text."),
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

    assert refusal(path) == "is damaged: it cannot be read to its end."


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
        "needs more than 1,500 MB of memory to be read: its cells reach to XFD1048576."
    )


def test_refuse_repeated_ods_rows(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string" {}><text:p>x</text:p></table:table-cell>'
    wide = cell.format('table:number-columns-repeated="50"')
    row = f'<table:table-row table:number-rows-repeated="1048576">{wide}</table:table-row>'
    path = workbooks.ods(tmp_path / "a.ods", row)

    assert refusal(path, 400_000_000) == "needs more than 400 MB of memory to be read."


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

    assert refusal(path) == "is damaged: it cannot be read to its end."


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["xls", "xlsx", "csv"]), st.integers(0, 2**32))
def test_survive_mutations(tmp_path_factory: pytest.TempPathFactory, kind: str, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray((SAMPLES / f"leads.{kind}").read_bytes())
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content))
        content[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
    path = tmp_path_factory.mktemp("mutated") / f"leads.{kind}"
    path.write_bytes(content)

    try:
        rows = list(read_sheet(path).rows)
    except CrmError as error:
        assert error.message.count(str(path)) == 1  # noqa: PT017 (both outcomes are right)
    else:
        assert all(row.number > 0 for row in rows)
