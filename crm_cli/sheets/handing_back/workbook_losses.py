"""What openpyxl loses of a workbook, and what is carried over beside it."""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from zipfile import ZIP_DEFLATED, ZipFile

from crm_cli.sheets.reading.xlsx_parts import sheet_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# Charts, pictures, pivots, slicers, controls, answered comments, queries, linked data.
_LOST = re.compile(
    r"(?i)xl/(?:charts|media|diagrams|pivot\w*|slicer\w*|timeline\w*|ctrlProps|activeX|embeddings"
    r"|threadedComments|queryTables|richData)/."
)
_DRAWING = re.compile(r"(?i)xl/drawings/drawing[^/]*\.xml")

_RESULT = re.compile(
    rb"""<c\b([^>]*)>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*<v(?: [^>]*)?>([^<]+)</v>\s*</c>"""
)
_WITHOUT_RESULT = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f\b[^>]*(?:/>|>[^<]*</f>))(?:<v ?/>|<v></v>)</c>'
)
_PLACE, _KIND = (
    re.compile(rb"""\br=["']([A-Z]+[0-9]+)["']"""),
    re.compile(rb"""\bt=["'](\w+)["']"""),
)
# Drop-downs that take their words from another sheet, and small charts inside of cells.
_EXTENSION = re.compile(
    rb"(?i)<ext\b(?=[^>]*\{(?:CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF"
    rb"|05C60535-1F16-4FD2-B633-F4F36F0B64E0)\}).*?</ext>",
    re.DOTALL,
)
_ROOT = re.compile(rb"<worksheet\b[^>]*>")
_NAMESPACE = re.compile(rb"""(?:xmlns:\w+|mc:Ignorable)=(?:"[^"]*"|'[^']*')""")


def any_in(archive: ZipFile) -> bool:
    """Whether a workbook has parts that openpyxl drops or draws anew."""
    return any(
        _LOST.match(name) or (_DRAWING.fullmatch(name) and b"Anchor" in archive.read(name))
        for name in archive.namelist()
    )


def carried_over(source: Path, saved: bytes, names: Sequence[str]) -> bytes:
    """A workbook that openpyxl saved, with the results of its formulas, and its extensions.

    Without results a program that calculates nothing, such as an import, would find no values.
    """
    content = BytesIO()
    with (
        ZipFile(source) as before,
        ZipFile(BytesIO(saved)) as after,
        ZipFile(content, "w", ZIP_DEFLATED) as whole,
    ):
        pages = dict(_pages(before, after, names))
        for part in after.namelist():
            page = after.read(part)
            whole.writestr(
                part, _completed(page, before.read(pages[part])) if part in pages else page
            )
    return content.getvalue()


def _pages(before: ZipFile, after: ZipFile, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The part in which each sheet is kept now, and the one it was in."""
    for name in names:
        # An unusual workbook keeps its formulas all the same.
        with suppress(LookupError, ParseError):
            yield sheet_part(after, name), sheet_part(before, name)


def _completed(page: bytes, before: bytes) -> bytes:
    results = dict(_results(before))

    def with_result(cell: re.Match[bytes]) -> bytes:
        if cell[1] not in results:
            return cell[0]
        kind, value = results[cell[1]]
        typed = b' t="%b"' % kind if kind else b""
        return b'<c r="%b"%b%b>%b<v>%b</v></c>' % (cell[1], cell[2], typed, cell[3], value)

    return _with_extensions(_WITHOUT_RESULT.sub(with_result, page), before)


def _results(before: bytes) -> list[tuple[bytes, tuple[bytes, bytes]]]:
    found = []
    for cell in _RESULT.finditer(before):
        if place := _PLACE.search(cell[1]):
            kind = _KIND.search(cell[1])
            found.append((place[1], (kind[1] if kind else b"", cell[2])))
    return found


def _with_extensions(page: bytes, before: bytes) -> bytes:
    """The prefixes of an extension may be declared by the root, and only there."""
    kept, root, old = b"".join(_EXTENSION.findall(before)), _ROOT.search(page), _ROOT.search(before)
    if not kept or root is None or old is None:
        return page
    known = set(_NAMESPACE.findall(root[0]))
    declared = b"".join(b" " + one for one in _NAMESPACE.findall(old[0]) if one not in known)
    opened = page.replace(root[0], root[0][:-1] + declared + b">", 1)
    return opened.replace(b"</worksheet>", b"<extLst>%b</extLst></worksheet>" % kept)
