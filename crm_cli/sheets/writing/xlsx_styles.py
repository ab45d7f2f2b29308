"""How the cells of our workbooks look: one style for each kind of column."""

from __future__ import annotations

from html import escape
from typing import NamedTuple


class Style(NamedTuple):
    """A number format, and whether it is a heading, a total, or text of several lines."""

    pattern: str = "General"
    font: int = 0
    border: int = 0
    wrap: bool = False


_DATES = {"en": "yyyy-mm-dd", "ro": "dd.mm.yyyy", "pl": "dd.mm.yyyy"}
_MONEY = "#,##0.00"
_BOLD, _LINE_BELOW, _LINE_ABOVE = 1, 1, 2
_STYLES = {
    "general": Style(),
    "heading": Style("@", _BOLD, _LINE_BELOW, wrap=True),
    "total": Style(_MONEY, _BOLD, _LINE_ABOVE),
    "total label": Style("@", _BOLD, _LINE_ABOVE),
    # Text stays text when somebody types a phone number or a code into the cell.
    "text": Style("@"),
    "long text": Style("@", wrap=True),
    "money": Style(_MONEY),
    "percent": Style('0"%"'),
    "date": Style("DATE"),
    "moment": Style("DATE hh:mm"),
}
_NUMBERS = {kind: number for number, kind in enumerate(_STYLES)}
_SAME_AS = {"choice": "text", "currency": "text", "words": "text", "date and time": "moment"}
_BUILT_IN = {"General": 0, "@": 49}
_FIRST_OWN = 164


def style_of(kind: str) -> int:
    """The number of the style for a kind of column."""
    return _NUMBERS.get(_SAME_AS.get(kind, kind), 0)


def styles_xml(language: str) -> str:
    """The styles of a workbook; dates are shown as the language writes them."""
    patterns = dict.fromkeys(style.pattern for style in _STYLES.values())
    own = {
        pattern: _FIRST_OWN + at
        for at, pattern in enumerate(pattern for pattern in patterns if pattern not in _BUILT_IN)
    }
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{_code(pattern, language)}"/>'
        for pattern, number in own.items()
    )
    looks = "".join(_look(style, {**_BUILT_IN, **own}) for style in _STYLES.values())
    return _XML.format(own=len(own), formats=formats, looks=looks, styles=len(_STYLES))


def _code(pattern: str, language: str) -> str:
    return escape(pattern.replace("DATE", _DATES[language]))


def _look(style: Style, numbers: dict[str, int]) -> str:
    wrap = ' wrapText="1"' if style.wrap else ""
    return (
        f'<xf numFmtId="{numbers[style.pattern]}" fontId="{style.font}" fillId="0"'
        f' borderId="{style.border}" xfId="0" applyNumberFormat="1" applyFont="1"'
        f' applyBorder="1" applyAlignment="1"><alignment vertical="top"{wrap}/></xf>'
    )


_XML = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">\
<numFmts count="{own}">{formats}</numFmts>\
<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="3"><border><left/><right/><top/><bottom/><diagonal/></border>\
<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/></border>\
<border><left/><right/><top style="thin"><color auto="1"/></top><bottom/><diagonal/></border>\
</borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="{styles}">{looks}</cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
</styleSheet>"""
