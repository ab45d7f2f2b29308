from __future__ import annotations

from pathlib import Path

import pytest

from crm_cli.delivery.transports import open_transport
from crm_cli.errors import InvalidData, NotReady


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "'' is not a way to send mail."),
        ("http://mail.firma.ro", "'http' is not a way to send mail."),
        ("smtp://mail firma.ro", "The mail server's URL is not a host with a port."),
        ("maildir:sent", "'sent' is not the whole path of a folder."),
        (
            "sendmail:/tmp/x",
            "A way to send mail names no program, as 'sendmail:/tmp/x' does: cron would run it.",
        ),
        ("maildir:", "'maildir' is not a way to send mail."),
        ("smtp:mail.firma.ro", "The mail server's URL is not a host with a port."),
        ("smtp://mail.firma.ro/inbox", "The mail server's URL is not a host with a port."),
        ("smtp://mail.firma.ro:poștă", "The port in the mail server's URL is not a port."),
        ("smtp://mail.firma.ro:99999", "The port in the mail server's URL is not a port."),
        (
            "smtp://mail.firma.ro?starttls=maybe",
            "The mail server's URL has an unknown option: starttls=maybe.",
        ),
        ("smtp://mail.firma.ro?tls", "The mail server's URL has an unknown option: tls=."),
        (
            "smtp://mail.firma.ro?starttls=no",
            "Mail to mail.firma.ro cannot go unencrypted: starttls=no is for this machine only.",
        ),
        (
            "smtp://127.0.0.1.firma.ro?starttls=no",
            (
                "Mail to 127.0.0.1.firma.ro cannot go unencrypted: "
                "starttls=no is for this machine only."
            ),
        ),
    ],
)
def test_refuse_url(url: str, sentence: str) -> None:
    with pytest.raises(InvalidData) as refused:
        open_transport(url, password=None, ca_file=None)

    assert refused.value.message == sentence


@pytest.mark.parametrize(
    "url",
    [
        "smtp://ana:s3cret@mail.firma.ro",
        "smtps://ana:s3cret@mail.firma.ro:x",
        "smtp:ana:s3cret@mail.firma.ro",
        "smtp//ana:s3cret@mail.firma.ro",
    ],
)
def test_refuse_password_in_url_without_showing_it(url: str) -> None:
    with pytest.raises(InvalidData) as refused:
        open_transport(url, password=None, ca_file=None)

    assert "s3cret" not in f"{refused.value.message}{refused.value.hint}"


def test_refuse_user_without_password() -> None:
    with pytest.raises(NotReady) as refused:
        open_transport("smtp://ana%40firma.ro@mail.firma.ro", password=None, ca_file=None)

    assert refused.value.message == (
        "The mail server mail.firma.ro wants ana@firma.ro to log in, and no password is known."
    )
    assert refused.value.hint == ("Write smtp_password_command = 'COMMAND' into the settings file.")


@pytest.mark.parametrize("url", ["smtp://localhost", "smtps://[::1]", "smtp://[::1]?starttls=no"])
def test_open_without_connecting(url: str) -> None:
    with open_transport(url, password=None, ca_file=None):
        pass


def test_name_unreadable_certificate_authorities() -> None:
    missing = Path("/nicăieri/ca.pem")

    with (
        open_transport("smtp://localhost", password=None, ca_file=missing) as transport,
        pytest.raises(NotReady, match=r"in /nicăieri/ca\.pem cannot be read"),
    ):
        transport.send("a@b.ro", ["c@d.ro"], b"", lambda: None)
