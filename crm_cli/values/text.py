"""Text as it is kept, and as it is compared."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from crm_cli.values.legal_forms import after_name, before_name

_CEDILLA = str.maketrans("şţŞŢ", "șțȘȚ")

# The letters of Romania, Poland and their neighbours; the rest goes through Unicode decomposition.
_PLAIN = {
    "a": "ăâąáäàãåā", "c": "ćčç", "d": "đďð", "e": "ęéěèêëē", "g": "ğģ", "i": "îíìïıī", "k": "ķ",
    "l": "łĺľļ", "n": "ńňñņ", "o": "óöőôòõø", "r": "řŕ", "s": "șşśš", "t": "țţť", "u": "üűúůùûū",
    "y": "ýÿ", "z": "źżž", "ss": "ß", "ae": "æ", "oe": "œ", "th": "þ",
    '"': "„“”«»", "'": "‘’", "-": "–—",
}  # fmt: skip
_LETTERS = {ord(letter): plain for plain, letters in _PLAIN.items() for letter in letters}

# Patterns are compiled at their first use: the start of a command has no need of them.
# Tabs and line ends are left out: they are spaces between words.
_CONTROLS = r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
_INVISIBLE = "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
_SURROGATES = "[\ud800-\udfff]"

# Letters of Latin-1 and Latin Extended-A but the cedilla ones, those with a comma, usual marks.
_USUAL = "[ -~\u00c0-\u015d\u0160\u0161\u0164-\u017e\u0218-\u021b\u201d\u201e\u2013\u2019\u20ac]*"

_INITIALS = r"\b(?:[a-z]\.)+(?:[a-z]\b)?"
_PUNCTUATION = r"[^a-z0-9]+"


def fold(text: str) -> str:
    """The form in which text is compared: ASCII, lower case, single spaces."""
    if not text.isascii():
        text = text.casefold().translate(_LETTERS)
        if not text.isascii():
            text = _transliterate(text)
    return " ".join(text.lower().split())


def fold_name(text: str) -> str:
    """The form in which company names are compared: no punctuation, no legal form, never empty."""
    folded = fold(text)
    name = folded if folded.replace(" ", "").isalnum() else _without_punctuation(folded)
    return before_name().sub("", after_name().sub("", name)) or folded


def sorted_words(name: str) -> str:
    """A folded name whose order says nothing: surnames come first or last."""
    return " ".join(sorted(name.split()))


def _without_punctuation(name: str) -> str:
    if "." in name:
        name = re.sub(_INITIALS, lambda initials: initials[0].replace(".", "") + " ", name)
    return re.sub(_PUNCTUATION, " ", name.replace("'", "")).strip()


def _transliterate(text: str) -> str:
    spaced = " ".join(text.split())
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", spaced)
        if not unicodedata.combining(letter)
    )
    bare = bare.casefold().translate(_LETTERS)
    if bare.isascii():
        return bare
    from anyascii import anyascii

    return anyascii(bare)


def comma_letters(text: str) -> str:
    """Write Romanian ş and ţ with the comma, as the language does, not with the cedilla."""
    return text if text.isascii() else text.translate(_CEDILLA)


def clean(text: str) -> str:
    """The form in which text is kept: no edges, single spaces, nothing invisible, comma letters."""
    if not ((text.isascii() and text.isprintable()) or _is_usual(text)):
        text = re.sub(_CONTROLS, "", text)
        if not text.isascii():
            text = re.sub(_INVISIBLE, "", re.sub(_SURROGATES, "\ufffd", text))
            text = unicodedata.normalize("NFC", text).translate(_CEDILLA)
        return " ".join(text.split())
    loose = "  " in text or text[:1] == " " or text[-1:] == " "
    return " ".join(text.split()) if loose else text


def _is_usual(text: str) -> bool:
    """Whether there are only letters and marks that are kept as they are."""
    return _usual().fullmatch(text) is not None


@cache
def _usual() -> re.Pattern[str]:
    return re.compile(_USUAL)
