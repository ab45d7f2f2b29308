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
        ("From:\tx\n\nDzień dobry, proszę o ofertę\n", "cp1250"),
        ("From:\tx\n\nto jest źle\n", "cp1250"),
        ("From:\tx\n\nCZĘŚCI I INNE RÓŻNE\n", "cp1250"),
        (
            "From:\tx\n\nCĂŞTI de ureche, vă rog, pînă mîine seară, că aşa e: Ştefan ştie\n",
            "cp1250",
        ),
        ("From:\tx\n\nnie można odebrać\n", "cp1250"),
        ("From:\tx\n\nw tej śrubie\n", "cp1250"),
        ("From:\tx\n\nCzęści\n", "cp1250"),
        ("From:\tx\n\nbędzie 5 szt.\n", "cp1250"),
        ("From:\tx\n\nna gości\n", "cp1250"),
        ("From:\tx\n\nwłaśnie, wcześniej\n", "cp1250"),
        ("From:\tx\n\nw tej sprawie: więcej\n", "cp1250"),
        ("From:\tx\n\nJakość\n", "cp1250"),
        ("From:\tx\n\nAna şi Ion\n", "cp1250"),
        ("From:\tx\n\nune œuvre, le cœur, même là, être sûr, où ça\n", "cp1252"),
        (
            "From:\tx\n\nœcuménique, manœuvre, le nœud, un fœtus, l'œil, bêche, fête, rêve\n",
            "cp1252",
        ),
        ("From:\tx\n\nciência, três, experiência, pêndulo\n", "cp1252"),
        ("From:\tx\n\nel niño, mañana, nº5, ¿qué?\n", "cp1252"),
        ("From:\tx\n\n£5 or 5 m³ ± 1 °C – naïve façade\n", "cp1252"),
        ("Von:\tx\nGesendet:\ty\nBetreff:\tz\n\nGrüße, 5 m³ für Köln\n", "cp1252"),
        ("De\u00a0:\tx\nObjet\u00a0:\tz\n\nDe la: là\n", "cp1252"),
        ("De\u00a0:\tx\nEnvoyé\u00a0:\ty\nÀ\u00a0:\tz\n\nÊtre là\n", "cp1252"),
        ("From:\tx\nSent:\ty\n\nIt’s a café – 5 m³ “fine” naïve\n", "cp1252"),
        ("From:\tx\nSent:\ty\n\nNão, avião, mãe\n", "cp1252"),
    ],
)
def test_choose_the_code_page(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Od:\tx\nWysłano:\ty\n\nżółw\n", "iso-8859-2"),
        ("From:\tx\n\nBună ziua, vă aştept\n", "cp1252"),
        ("From:\tx\n\nŁódź\n", "cp1250"),
        ("Von:\tx\n\nGrüße\n", "cp1250"),
        ("From:\tx\n\nДобрый день\n", "koi8-r"),
        ("From:\tx\n\nASCII\n", "cp1250"),
    ],
)
def test_force_an_encoding(text: str, encoding: str) -> None:
    data = text.encode(encoding, "xmlcharrefreplace")

    assert decode(data, encoding) == (data.decode(encoding), encoding)


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_trust_bytes_that_prove_their_encoding(written: str) -> None:
    text = "Od:\tŁukasz\nWysłano:\ty\n\nżółw\n"

    assert decode(text.encode(written), "cp1250") == (text, written)


def test_force_wide_letters_without_a_zero_byte() -> None:
    data = "中文邮件的正文没有一个零字节".encode("utf-16-le")

    assert decode(data, "utf-16-le")[0] == "中文邮件的正文没有一个零字节"


def test_replace_a_few_bytes_of_a_forced_encoding() -> None:
    data = "Łódź, żółw ".encode("cp1250") + b"\x81"

    assert decode(data, "cp1250") == ("Łódź, żółw \ufffd", "cp1250")


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "utf-16", "utf-32"])
def test_refuse_an_impossible_encoding(encoding: str) -> None:
    with pytest.raises(UnicodeDecodeError):
        decode("Wysłano: środa".encode("cp1250") + b".", encoding)


def test_keep_utf8_with_damaged_letters() -> None:
    data = "From:\tŁukasz\n".encode() + b"Sent:\t\xff\xf0\xc1\n" + "Subject:\tżółw\n".encode()

    text, encoding = decode(data)

    assert encoding == "utf-8"
    assert text.split("\n")[0::2] == ["From:\tŁukasz", "Subject:\tżółw"]


def test_read_lines_of_two_encodings() -> None:
    utf8, other = "From:\tŁukasz Żak\nSent:\tśroda\n", "Wysłano:\tśroda, źle\n"

    assert decode(utf8.encode() + other.encode("cp1250")) == (utf8 + other, "utf-8")


def test_keep_letters_of_any_alphabet() -> None:
    text = "From:\tשרון\n\nשלום\n"

    assert decode(text.encode()) == (text, "utf-8")


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


@pytest.mark.parametrize("encoding", ["utf-8", "cp1250", "utf-16-le"])
def test_drop_the_mark_that_joining_files_on_windows_leaves(encoding: str) -> None:
    text = "From:\tx\n\nżółw\n"
    data = text.encode(encoding)

    assert decode(data + b"\x1a") == (text, encoding)
    assert decode(data + "\x1a".encode(encoding) + data) == (text * 2, encoding)
