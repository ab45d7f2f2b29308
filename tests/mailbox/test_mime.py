"""Parts, charsets and names of Internet messages, as broken as programs write them."""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING, Final

import pytest

from tests.mailbox.mails import read

if TYPE_CHECKING:
    from pathlib import Path

    from crm_cli.mailbox import Message

pytestmark = pytest.mark.proves("R138", "R141")

HEAD: Final = "From: Ion Popescu <ion@moldo.example>\nSubject: Oferta\n"
PLAIN: Final = "--q\nContent-Type: text/plain; charset=utf-8\n\n"
PDF: Final = "--q\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"
ENCRYPTED: Final = (
    "--q\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n"
    "--q\nContent-Type: application/octet-stream; name=m.asc\n\nx\n--q--\n"
)
RECEIVED: Final = (
    "Received: from a by b; Mon, 16 Nov 2026 13:04:05 +0100 (CET)\n"
    "Received: from c by a; Mon, 16 Nov 2026 13:04:01 +0100"
)


def mail(file: Path, content: str | bytes, head: str = HEAD) -> Message:
    """The mail that a head and these further lines make."""
    data = content.encode() if isinstance(content, str) else content
    (found,) = read(file.with_suffix(".eml"), head.encode() + data)
    return found


def mixed(content: str, kind: str = "mixed") -> str:
    return f"Content-Type: multipart/{kind}; boundary=q\n\n{content}"


def files(found: Message) -> list[tuple[str, bytes | None]]:
    return [(one.name, one.content) for one in found.attachments]


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (b"=?utf-8?B?xbvDs8WCxIc=?= =?UTF-8?Q?_=C5=82=C3=B3d=C5=BA?=", "Żółć łódź"),
        (b"=?utf-8?B?xbvDs8U=?=\n =?utf-8?B?gsSH?=", "Żółć"),
        (b"=?utf-8?B?xbvDs8W?=\n =?utf-8?B?CxIc=?=", "Żółć"),
        (b"=?utf-8?Q?=C5=BB=C3=B3=C5?= =?utf-8?Q?=82=C4=87?=", "Żółć"),
        (b"=?iso-8859-2?Q?raw \xb3\xf3d\xbc with spaces?= x", "raw łódź with spaces x"),
        (b"=?utf-8*pl?Q?=C5=BB?=x=?utf-8?q?y?=z", "Żxyz"),
        (b"=?iso-8859-1?Q?=84Ofert=E3=94_=96_20_=80?=", "„Ofertã” – 20 €"),
        (b"=?no-such?Q?=C5=BB?= =?utf-8?X?abc?= =?utf-8?Q?=ZZ", "Ż =?utf-8?X?abc?= =?utf-8?Q?=ZZ"),
        (b"=?utf-8?B?w%%6lh?= =?utf-8?B?====?=", "éa"),
        (b"=?utf-8?Q?Ce_face=C8=9Bi???=", "Ce faceți??"),
        ("Ofertă – łódź".encode(), "Ofertă – łódź"),
        ("Było łóżko".encode("cp1250"), "Było łóżko"),
        (b"one\n\ttwo\n  three\r\n four", "one two three four"),
    ],
)
def test_read_a_subject(file: Path, raw: bytes, subject: str) -> None:
    found = mail(file, b"Subject: " + raw + b"\nTo: a@x.example\n\nx", head="From: b@x.example\n")

    assert (found.subject, found.body) == (subject, "x")


def test_read_raw_letters_in_the_charset_of_the_text(file: Path) -> None:
    content = "Subject: Część\nContent-Type: text/plain; charset=iso-8859-2\n\nZażółć"

    found = mail(file, content.encode("iso-8859-2"), head="From: b@x.example\n")

    assert (found.subject, found.body) == ("Część", "Zażółć")


def test_read_raw_bytes_that_the_charset_of_the_text_lacks(file: Path) -> None:
    content = b"Subject: Offer \x81 7\nContent-Type: text/plain; charset=windows-1252\n\nx"

    assert mail(file, content, head="From: b@x.example\n").subject == "Offer \ufffd 7"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("attachment; filename=raport lunar.pdf", "raport lunar.pdf"),
        ("attachment; filename*=utf-8''ofert%C4%83%20nou%C4%83.pdf", "ofertă nouă.pdf"),
        ("attachment; filename*0*=utf-8''ofert%C4; filename*1*=%83; filename*2=.pdf", "ofertă.pdf"),
        ('attachment;\n filename="=?utf-8?B?b2ZlcnTEgy5w?=\n =?utf-8?B?ZGY=?="', "ofertă.pdf"),
        ('attachment; filename="ofertă.pdf"', "ofertă.pdf"),
        ('attachment; filename="../../etc/pass\\\\wd"', "wd"),
        ("attachment; filename*=no-such''a%ff.pdf", "aÿ.pdf"),
        ("attachment; filename*1=b", "b"),
        ("attachment; filename=", "attachment-1.bin"),
        (";;;=;", "attachment-1.bin"),
    ],
)
def test_read_a_file_name(file: Path, header: str, name: str) -> None:
    part = f"--q\nContent-Type: application/octet-stream\nContent-Disposition: {header}\n\nx\n"

    found = mail(file, mixed(f"{PLAIN}Salut\n{part}--q--\n"))

    assert (found.body, files(found)) == ("Salut", [(name, b"x")])


@pytest.mark.parametrize(
    ("kind", "extra", "name"),
    [
        ("text/calendar; method=REQUEST", "", "invite.ics"),
        ("application/ms-tnef", "", "winmail.dat"),
        ("application/pgp-signature", "", "signature.asc"),
        ("application/x-pkcs7-signature", "", "smime.p7s"),
        ("message/delivery-status", "", "delivery-status.txt"),
        ("image/png", "Content-ID: <image001.png@01DC5A>\n", "image001.png"),
        ("image/png", "Content-ID: <12345@x>\n", "attachment-1.png"),
        ("application/x-unheard", "", "attachment-1.x-unheard"),
    ],
)
def test_name_a_file_by_what_it_is(file: Path, kind: str, extra: str, name: str) -> None:
    found = mail(file, mixed(f"{PLAIN}Salut\n--q\nContent-Type: {kind}\n{extra}\nx\n--q--\n"))

    assert (found.body, files(found)) == ("Salut", [(name, b"x")])


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("Content-Transfer-Encoding: base64\n\nxb vDs!8WC*xIc", "Żółć"),
        ("Content-Transfer-Encoding: BASE64\n\nxbvDs8WCxIc=\nxbvDs8WCxIc=\n", "ŻółćŻółć"),
        ("Content-Transfer-Encoding: quoted-printable\n\n=C5=BB=C3=\n=B3= \n=C5=82 =Z", "Żół =Z"),
        ("Content-Transfer-Encoding: no-such\n\nŻółć", "Żółć"),
        ("Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n#<V%L\n`\nend\n", "sal"),
        ("Content-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: base64\n\n"
         + base64.b64encode("Żółć".encode("utf-16-le")).decode(), "Żółć"),
        ("Content-Type: text/html\n\n<meta content='text/html; charset=utf-8'>Żółć", "Żółć"),
        ("Content-Type: text/plain; format=flowed\n\nunu \ndoi\n> a \n> b\n>> c \n-- \nIon \nPop",
         "unu doi\n> a b\n>> c\n-- \nIon Pop"),
        ("Content-Type: text/plain; format=flowed; delsp=yes\n\nfo \nobar\n From", "foobar\nFrom"),
        ("Content-Type: text/plain; name=mail.txt\n\nŻółć", "Żółć"),
        ("Content-Type: text\n\nŻółć", "Żółć"),
    ],
)  # fmt: skip
def test_read_a_body(file: Path, content: str, body: str) -> None:
    assert mail(file, content).body == body


@pytest.mark.parametrize("forced", [None, "cp1251", "utf-8"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-2"])
def test_believe_a_mail_before_the_person(file: Path, charset: str, forced: str | None) -> None:
    path = file.with_suffix(".eml")
    content = f"{HEAD}Content-Type: text/plain; charset={charset}\n\nZażółć"

    (found,) = read(path, content.encode(charset), encoding=forced)

    assert (found.body, found.encoding) == ("Zażółć", charset)


def test_believe_the_person_where_a_mail_says_nothing(file: Path) -> None:
    content = f"{HEAD}Content-Type: text/plain\n\nРахунок"

    (found,) = read(file.with_suffix(".eml"), content.encode("cp1251"), encoding="cp1251")

    assert (found.body, found.encoding) == ("Рахунок", "cp1251")


@pytest.mark.parametrize(
    "header", ["To: {}", "Content-Type: text/plain; {}", "Content-Disposition: inline; {}"]
)
@pytest.mark.parametrize("piece", ["; a=b", "=?utf-8?q?a", "a@b.example, ", '"', "; a*1*=%41"])
def test_read_hostile_headers_in_time(file: Path, header: str, piece: str) -> None:
    begun = time.process_time()

    assert mail(file, f"{header.format(piece * 30_000)}\n\nSalut").subject == "Oferta"

    assert time.process_time() - begun < 2


def test_read_html_in_the_charset_it_names(file: Path) -> None:
    page = "<html><head><meta charset='iso-8859-2'></head>Zażółć"

    found = mail(file, b"Content-Type: text/html\n\n" + page.encode("iso-8859-2"))

    assert (found.body, found.encoding) == ("Zażółć", "iso-8859-2")


@pytest.mark.parametrize(
    ("plain", "html", "body"),
    [
        ("Salut", "<p>Salut <b>Ion</b></p>", "Salut"),
        (" \n", "<p>Salut</p>", "Salut"),
        ("This message is in HTML format.", "<p>Bună ziua, domnule Popescu, vă scriu</p>",
         "Bună ziua, domnule Popescu, vă scriu"),
        ("Trimit HTML-ul cerut, poftim.", "<p>Trimit</p>", "Trimit HTML-ul cerut, poftim."),
        ("Salut", "", "Salut"),
    ],
)  # fmt: skip
def test_choose_between_text_and_html(file: Path, plain: str, html: str, body: str) -> None:
    rich = f"--q\nContent-Type: text/html; charset=utf-8\n\n{html}\n--q--\n"

    assert mail(file, mixed(f"{PLAIN}{plain}\n{rich}", "alternative")).body == body


def test_read_pictures_in_html_beside_plain_text(file: Path) -> None:
    picture = "--r\nContent-Type: image/png\nContent-ID: <logo.png@x>\n\nPNG\n--r--\n"
    related = f"--r\nContent-Type: text/html\n\n<p>Salut<img src='cid:logo.png@x'></p>\n{picture}"
    both = f"{PLAIN}Salut\n--q\nContent-Type: multipart/related; boundary=r\n\n{related}\n--q--\n"

    found = mail(file, mixed(both, "alternative"))

    assert (found.body, files(found)) == ("Salut", [("logo.png", b"PNG")])


@pytest.mark.parametrize(
    ("content", "body", "names"),
    [
        (mixed(f"{PLAIN}Salut\n{PDF}eA==\n"), "Salut", ["a.pdf"]),
        (f"Content-Type: multipart/mixed\n\nx\n{PLAIN}Salut\n{PDF}eA==\n--q--", "Salut", ["a.pdf"]),
        (mixed("Fără nicio parte\n"), "Fără nicio parte", []),
        (mixed(f"{PLAIN}Unu\n{PLAIN}Doi\n{PLAIN}Unu\n--q--\nepilogue"), "Unu\n\nDoi", []),
        (mixed(f"{PLAIN}Salut\n--qq\n--q-x\n --q\n--q--\n"), "Salut\n--qq\n--q-x\n --q", []),
        (mixed(f"{PLAIN}Salut\n--q\n--q\n\n--q--\n"), "Salut", []),
        ("Content-Type: application/pkcs7-mime\n\nx", "[S/MIME: smime.p7m]", ["smime.p7m"]),
        (mixed(ENCRYPTED, "encrypted"), "[PGP: m.asc]", ["version.txt", "m.asc"]),
    ],
)  # fmt: skip
def test_take_parts_apart(file: Path, content: str, body: str, names: list[str]) -> None:
    found = mail(file, content)

    assert (found.body, [name for name, _ in files(found)]) == (body, names)


@pytest.mark.parametrize("end", ["\r\n", "\r\r\n", "\r"])
def test_read_any_line_ends(file: Path, end: str) -> None:
    content = f"{HEAD}{mixed(PLAIN)}Bună\nziua\n{PDF}eA==\n--q--\n"

    found = mail(file, content.replace("\n", end), head="")

    assert (found.subject, found.body, files(found)) == ("Oferta", "Bună\nziua", [("a.pdf", b"x")])


def test_name_what_thunderbird_deleted(file: Path) -> None:
    part = '--q\nContent-Type: text/x-moz-deleted; name="Deleted: plan.pdf"\n\nYou deleted it\n'
    content = f"{HEAD}{mixed(f'{PLAIN}Salut')}\n{part}--q--"

    (found,) = read(file.with_suffix(".eml"), content)

    assert (found.body, found.attachments) == ("Salut", ())
    assert found.missing_attachments == ("plan.pdf",)


def test_keep_the_bytes_of_a_message_inside(file: Path) -> None:
    inner = b"Subject: Cerere\r\nFrom:  x@y.example \r\n\r\nTextul\r\n \r\n"
    content = b"--q\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--q--\r\n"

    found = mail(file, b"Content-Type: multipart/mixed; boundary=q\r\n\r\n" + content)

    assert files(found) == [("Cerere.eml", inner)]
    assert found.body == "Cerere.eml\nSubject: Cerere\nFrom: x@y.example\nDate:\nTo:\n\nTextul"


def test_stop_at_the_third_message_inside(file: Path) -> None:
    content = "Textul"
    for number in range(40, 0, -1):
        content = f"Content-Type: message/rfc822\nSubject: {number}\n\n{content}"

    found = mail(file, content)

    assert [name for name, _ in files(found)] == ["2.eml"]
    assert [line for line in found.body.split("\n") if line.endswith(".eml")] == [
        "2.eml", "3.eml", "4.eml",
    ]  # fmt: skip


def test_keep_more_parts_than_any_mail_has(file: Path) -> None:
    found = mail(file, mixed("".join(f"{PLAIN}{number}\n" for number in range(3000))))

    assert found.body.startswith("0\n\n1\n\n2\n\n")
    assert found.body.endswith("charset=utf-8\n\n2999")


@pytest.mark.parametrize(
    ("lines", "sent_at"),
    [
        ("Date: Mon, 16 Nov 2026 13:04:00 +0100", "2026-11-16T12:04:00+00:00"),
        ("Date: luni, 16 noiembrie 2026 14:04", "2026-11-16T12:04:00+00:00"),
        (RECEIVED, "2026-11-16T12:04:05+00:00"),
        ("Date: azi\nReceived: broken\nReceived: by b;\n\tMon, 16 Nov 2026 13:04:05 +0100",
         "2026-11-16T12:04:05+00:00"),
        ("Date: azi", None),
    ],
)  # fmt: skip
def test_date_a_mail(file: Path, lines: str, sent_at: str | None) -> None:
    found = mail(file, f"{lines}\n\nx")

    assert (found.sent_at and found.sent_at.isoformat()) == sent_at


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("fără linie goală\nTo be, or not\n\nîncă", "fără linie goală\nTo be, or not\n\nîncă"),
        ("a stray line\nTo: a@x.example\n\nSalut", "Salut"),
        (">From ion@x.example Mon Nov 16\nTo: a@x.example\n\nSalut", "Salut"),
        ("X-Empty:\n\n\n\nSalut", "Salut"),
        ("\nSalut", "Salut"),
    ],
)
def test_find_where_the_text_begins(file: Path, content: str, body: str) -> None:
    assert mail(file, content).body == body
