"""Sending one mail by an account at once, to see what its server says."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from crm_cli.delivery.addresses import Address
from crm_cli.delivery.envelope import Mail, compose
from crm_cli.delivery.smtp import SmtpTransport
from crm_cli.sending.outgoing import Outgoing
from crm_cli.views.table import Table
from crm_cli.views.view import Column

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.delivery.transports import Transport
    from crm_cli.sending.outgoing import Account

LABELS = {
    "account": ("Account", "Cont", "Konto"),
    "url": ("URL", "URL", "URL"),
    "server": ("Server", "Server", "Serwer"),
    "tls": ("TLS", "TLS", "TLS"),
    "certificate": ("Certificate", "Certificat", "Certyfikat"),
    "user": ("User", "Utilizator", "Użytkownik"),
    "from": ("From", "De la", "Od"),
    "to": ("To", "Către", "Do"),
    "message_id": ("Message-ID",) * 3,
    "answer": ("Answer", "Răspuns", "Odpowiedź"),
    "seconds": ("Seconds", "Secunde", "Sekundy"),
}
COLUMNS = tuple(
    Column(name=name, sql="", labels=labels, listed=True) for name, labels in LABELS.items()
)
TEXT = """This mail was sent by crm to see whether mail leaves by {account}.

Nobody has to answer it.
"""


def try_account(app: App, number: int | None, to: str) -> Table:
    """Send a mail by an account, the company's for None; raises what stood in the way."""
    recipient = Address.parse(to)
    account = Outgoing(app).account(number)
    mail = _mail(app, account, recipient)
    started = time.monotonic()
    with account.transport(app) as transport:
        answer = transport.send(
            account.sender.wire, mail.recipients, compose(mail), before_final_dot=lambda: None
        )
        found = _session(transport)
    found |= {
        "account": account.title,
        "url": account.url,
        "from": str(account.sender),
        "to": str(recipient),
        "message_id": mail.message_id,
        "answer": str(answer),
        "seconds": f"{time.monotonic() - started:.1f}",
    }
    return Table(COLUMNS, [tuple(found.get(name) for name in LABELS)], single=True)


def _mail(app: App, account: Account, recipient: Address) -> Mail:
    domain = account.sender.wire.rpartition("@")[2]
    return Mail(
        message_id=f"<{secrets.token_hex(12)}@{domain}>",
        sender=account.sender,
        to=(recipient,),
        subject=f"crm: {account.title}",
        text=TEXT.format(account=account.title),
        date=app.now,
        headers=(("Auto-Submitted", "auto-generated"),),
    )


def _session(transport: Transport) -> dict[str, str | None]:
    session = transport.session if isinstance(transport, SmtpTransport) else None
    return session._asdict() if session else {}
