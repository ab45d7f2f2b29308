"""What a file says of its charset is believed only where there is such a charset."""

from __future__ import annotations

import pytest

from crm_cli.values.charsets import codec_of


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("windows-1250", "cp1250"),
        ('"ISO-8859-2"', "iso8859-2"),
        (" latin1 ", "iso8859-1"),
        ("x-unknown", ""),
        ("punycode", ""),
        ("unicode-escape", ""),
        ("undefined", ""),
        ("base64", ""),
        ("a\x00b", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_name_the_codec(charset: str | None, codec: str) -> None:
    assert codec_of(charset) == codec
