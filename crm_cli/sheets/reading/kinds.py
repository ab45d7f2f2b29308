"""What a file really is: decided by its bytes, for its name is often wrong."""

from __future__ import annotations

import codecs
import mmap
import re
import struct
import sys
from pathlib import Path
from zipfile import ZipFile

from crm_cli.errors import CrmError, InvalidData
from crm_cli.sheets.reading import charset
from crm_cli.sheets.reading.ole import SIGNATURE, CompoundFile
from crm_cli.sheets.reading.outcome import BROKEN

SAVE_AS_XLSX = "Open it in Excel, save it as .xlsx, and import that file."
ALONE = "Save the table alone as .xlsx or .csv, and import that file."

_SAMPLE = 4096
_BOMB_RATIO, _BOMB_SIZE = 250, 200_000_000
_ZIP_KINDS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb"}
_CARD_ENDINGS = {".vcf", ".vcard"}
_CALENDAR_ENDINGS = {".ics", ".ical", ".ifb", ".icalendar"}
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_CALENDAR = rb"(?i)begin:vcalendar\s"
_READABLE = {
    rb"""(?isx) (?: <\?xml[^>]*>\s* | <!--(?:(?!-->).)*-->\s* )* <
        (?:!doctype\s+html|html|head|meta|body|table|style|div|center|font)\b""": "html",
    rb"(?s)<.*urn:schemas-microsoft-com:office:spreadsheet": "xml",
    rb'\[\s*[\[{\]]|\{\s*["}]': "json",
    rb"(?i)begin:vcard\s": "vcard",
    _CALENDAR: "calendar",
}
_STRANGERS = {
    rb"%PDF": "a PDF document, not a spreadsheet",
    rb"\x89PNG|\xff\xd8\xff|GIF8": "a picture, not a spreadsheet",
    rb"\x1f\x8b|7z\xbc\xaf|Rar!": "a compressed archive, not a spreadsheet",
    rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00": "a workbook of an Excel older than Excel 97",
    rb"\{\\rtf": "a text document (RTF), not a spreadsheet",
    rb"(?is)(?:mime-version|from|subject):.*multipart/related": "a web archive (MHTML)",
    rb"<(?:\?xml|!doctype)": "an XML document, not a spreadsheet",
    rb"(?s).*[\x00-\x08\x0e-\x19]": "not a spreadsheet",
}


def kind_of(path: Path) -> str:
    """The format to read the file as: xls, xlsx, xlsb, ods, html, xml, json, vcard,
    calendar or csv.

    Raises InvalidData for any other.
    """
    start = _beginning(path)
    if start.startswith(SIGNATURE):
        return _compound_kind(path)
    if start.startswith(b"PK\x03\x04"):
        return _zip_kind(path)
    plain = _plain(start)
    if not plain.strip():
        raise InvalidData(f"{path} is empty.", hint="Check that it is the file you meant.")
    for pattern, kind in _READABLE.items():
        if re.match(pattern, plain):
            return kind
    for pattern, what in _STRANGERS.items():
        if re.match(pattern, plain):
            raise InvalidData(f"{path} is {what}.", hint=SAVE_AS_XLSX)
    return _text_kind(path, plain)


def holds_calendar(name: str) -> bool:
    """Whether a file, or the standard input for `-`, is a calendar."""
    if name == "-":
        return re.match(_CALENDAR, _plain(_peeked())) is not None
    try:
        return kind_of(Path(name)) == "calendar"
    except (CrmError, OSError):
        return False  # whoever reads it says why


def _peeked() -> bytes:
    """The beginning of the standard input, which is not read yet."""
    peek = getattr(sys.stdin.buffer, "peek", None)
    return peek(_SAMPLE) if peek else b""


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_SAMPLE)


def _text_kind(path: Path, start: bytes) -> str:
    """What is called a file of cards may say something else first, but not hold none."""
    if path.suffix.lower() in _CALENDAR_ENDINGS:
        return _calendar_kind(path, start)
    if path.suffix.lower() not in _CARD_ENDINGS:
        return "csv"
    if re.search(rb"(?im)^begin:vcard\s*$", start):
        return "vcard"
    raise InvalidData(f"{path} holds no cards.", hint="Export the contacts again, as vCard or CSV.")


def _calendar_kind(path: Path, start: bytes) -> str:
    if re.search(rb"(?im)^begin:vcalendar\s*$", start):
        return "calendar"
    raise InvalidData(f"{path} holds no calendar.", hint="Export the calendar again, as iCalendar.")


def damaged(path: Path, kind: str = "") -> InvalidData:
    """The refusal of a workbook that is cut off or broken."""
    if kind == "json":
        hint = 'It should look like [{"name": "Alfa"}, ...], or have one such record on each line.'
        return InvalidData(f"{path} is no list of records in JSON.", hint=hint)
    hint = "Open it in Excel and save it under a new name; if that fails, ask for the file again."
    return InvalidData(f"{path} is damaged: it cannot be read to its end.", hint=hint)


def encrypted(path: Path) -> InvalidData:
    """The refusal of a workbook that opens only with a password."""
    hint = "Open it in Excel, take the password off (File > Info > Protect Workbook) and save it."
    return InvalidData(f"{path} is protected with a password.", hint=hint)


def _plain(start: bytes) -> bytes:
    """The text without byte order mark and leading blanks, UTF-16 brought to one byte a letter."""
    if (encoding := charset.marked(start)) and encoding.startswith("utf-16"):
        start = start.decode(encoding, "replace").encode("utf-8", "replace")
    return start.removeprefix(codecs.BOM_UTF8).lstrip(b" \r\n")


def _compound_kind(path: Path) -> str:
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            names = CompoundFile(data).names()
    except struct.error:
        raise damaged(path) from None
    if names & {"Workbook", "Book"}:
        return "xls"
    if "EncryptedPackage" in names:
        raise encrypted(path)
    if len(names) < 2:
        raise damaged(path)
    raise InvalidData(f"{path} is another kind of Office document, not a spreadsheet.")


def _zip_kind(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            _refuse_bomb(path, archive)
            names = archive.namelist()
            # Some programs write other cases and the slashes of Windows.
            plain = {name.replace("\\", "/").lower() for name in names}
            kinds = [kind for name, kind in _ZIP_KINDS.items() if name in plain]
            return kinds[0] if kinds else _open_document_kind(path, archive, names)
    except BROKEN:
        raise damaged(path) from None


def _open_document_kind(path: Path, archive: ZipFile, names: list[str]) -> str:
    if "mimetype" not in names or not _part(archive, "mimetype").startswith(_ODS):
        raise InvalidData(f"{path} is an archive or another kind of document, not a spreadsheet.")
    if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
        raise encrypted(path)
    return "ods"


def _part(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(1 << 20)


def _refuse_bomb(path: Path, archive: ZipFile) -> None:
    for part in archive.infolist():
        if part.file_size > max(_BOMB_SIZE, part.compress_size * _BOMB_RATIO):
            size = f"{part.file_size // 1_000_000:,} MB"
            raise InvalidData(f"{path} would unpack to {size}, far more than it can hold.")
