"""Names of charsets as files and mails claim them."""

from __future__ import annotations

import codecs
from typing import Final

# Codecs of Python that are no charsets of text; some take very long.
NO_CHARSETS: Final = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)


def codec_of(charset: str | None) -> str:
    """Python's name for a charset; empty where there is no such charset."""
    if not charset:
        return ""
    try:
        name = codecs.lookup(charset.strip("'\" ")).name
        b"abcd".decode(name, "replace")
    except (LookupError, ValueError):
        return ""
    return "" if name.replace("-", "_") in NO_CHARSETS else name
