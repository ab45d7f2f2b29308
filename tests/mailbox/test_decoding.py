"""Which of two code pages a file was written in."""

from __future__ import annotations

import pytest

from crm_cli.mailbox.decoding import decode


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Od:\tx\nWysłano:\ty\nTemat:\tz\n\nDziękuję\n", "cp1250"),
        ("Temat: x\nNadawca: y\nData: z\n\nDziękuję, źródło, ąśź\n", "iso-8859-2"),
        ("Subject: x\nFrom: y\nDate: z\n\nProszę, źródło zasilania łączymy\n", "iso-8859-2"),
        ("De la:\tx\nTrimis:\ty\nCătre:\tz\n\nBună\n", "cp1250"),
        ("Subject: x\nFrom: y\nDate: z\n\nBună ziua, vă aştept\n", "cp1250"),
        ("From:\tŁukasz\nSent:\tponiedziałek\n\nzamówienie było\n", "cp1250"),
        ("Von:\tx\nGesendet:\ty\nBetreff:\tz\n\nGrüße, 5 m³ für Köln\n", "cp1252"),
        ("De\u00a0:\tx\nEnvoyé\u00a0:\ty\nÀ\u00a0:\tz\n\nÊtre là\n", "cp1252"),
        ("From:\tx\nSent:\ty\n\nIt’s a café – 5 m³ “fine” naïve\n", "cp1252"),
        ("From:\tx\nSent:\ty\n\nNão, avião, mãe\n", "cp1252"),
    ],
)
def test_choose_the_code_page(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\r\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1252"])
def test_make_line_ends_plain(ends: str, encoding: str) -> None:
    text, _ = decode(ends.join(["Subject: é", "From: é", "", "x"]).encode(encoding))

    assert text == "Subject: é\nFrom: é\n\nx"


def test_keep_utf8_that_was_encoded_once() -> None:
    assert decode("Ärger, Öl, Ãé".encode()) == ("Ärger, Öl, Ãé", "utf-8")


def test_undo_double_encoding_below_a_byte_order_mark() -> None:
    doubled = "Subject: Řeč\n".encode().decode("latin-1")

    assert decode(doubled.encode("utf-8-sig")) == ("Subject: Řeč\n", "utf-8-sig twice")


def test_keep_utf8_with_a_cut_end() -> None:
    data = "Către: Żółć".encode()[:-1]

    assert decode(data) == ("Către: Żół\ufffd", "utf-8")
