from __future__ import annotations

import datetime
import ipaddress
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.delivery.servers import FailingServer, MailServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

LOCAL = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a self-signed certificate of localhost in one file."""
    return _self_signed(tmp_path_factory.mktemp("certificate") / "server.pem", LOCAL)


@pytest.fixture(scope="session")
def foreign_certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for a host that is not here."""
    names = [x509.DNSName("mail.altundeva.ro")]
    return _self_signed(tmp_path_factory.mktemp("certificate") / "foreign.pem", names)


@pytest.fixture(scope="session")
def expired_certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first one as it was until an hour ago."""
    return _self_signed(tmp_path_factory.mktemp("certificate") / "old.pem", LOCAL, hours=-1)


def _self_signed(file: Path, names: Sequence[x509.GeneralName], hours: int = 24) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "crm test")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(hours=hours))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + signed.public_bytes(Encoding.PEM)
    )
    return file


@pytest.fixture
def mail_server() -> Iterator[Callable[..., MailServer]]:
    """Starts aiosmtpd servers with the given settings."""
    started: list[MailServer] = []

    def start(**settings: Any) -> MailServer:
        started.append(MailServer(**settings))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def failing_server() -> Iterator[Callable[..., FailingServer]]:
    """Starts servers that fail at the given step."""
    started: list[FailingServer] = []

    def start(step: str, failure: str, **settings: Any) -> FailingServer:
        started.append(FailingServer(step, failure, **settings))
        return started[-1]

    yield start
    for server in started:
        server.stop()
