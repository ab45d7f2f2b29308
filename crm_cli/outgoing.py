"""How mail leaves this company: the transport and the sender that are set, a row as a message."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli.constants import value_of
from crm_cli.delivery.addresses import Address
from crm_cli.delivery.envelope import Mail
from crm_cli.delivery.passwords import run_password_command
from crm_cli.delivery.transports import open_transport
from crm_cli.errors import NotReady
from crm_cli.folders import beside

if TYPE_CHECKING:
    from crm_cli.app import App
    from crm_cli.attachments import Attachments
    from crm_cli.delivery.transports import Transport
    from crm_cli.services.sending import Claim


@dataclass(frozen=True)
class Outgoing:
    """The settings of outgoing mail; an empty URL is a folder beside the database."""

    url: str
    sender: Address

    @classmethod
    def of(cls, app: App) -> Outgoing:
        """Read the settings; raises NotReady where a server is set and no sender is."""
        names = ("mail.url", "mail.from", "company.name", "company.domain")
        with app.database.translated():
            url, sender, name, domain = (value_of(app.reader, one, app.place) for one in names)
        if sender:
            return cls(url or _folder(app), Address.parse(sender))
        if url and not domain:
            raise NotReady(
                "Nobody is set as the sender of mails.",
                hint="crm setting set mail.from 'Company <crm@company.example>'",
            )
        return cls(url or _folder(app), Address(f"crm@{domain or 'localhost'}", name))

    def transport(self, app: App) -> Transport:
        """The transport; nothing is connected yet."""
        command = app.settings.other.get("smtp_password_command")
        trusted = app.settings.other.get("ca_file")
        return open_transport(
            self.url,
            password=partial(run_password_command, command) if command else None,
            ca_file=Path(trusted).expanduser() if trusted else None,
        )


def as_mail(claim: Claim, sender: Address, attachments: Attachments) -> Mail:
    """The mail of a row; every attempt gives the same Message-ID and date."""
    row = claim.mail
    return Mail(
        message_id=row.message_id,
        sender=sender,
        to=tuple(Address.parse(line) for line in row.recipients.split("\n")),
        subject=row.subject,
        text=row.text,
        html=row.html,
        date=row.first_tried_at or row.created_at,
        reply_to=Address.parse(row.reply_to) if row.reply_to else None,
        headers=tuple(json.loads(row.headers).items()),
        attachments=tuple(
            (file.name, file.media_type, attachments.read(file.sha256)) for file in claim.files
        ),
    )


def _folder(app: App) -> str:
    return f"maildir:{beside(app.database.url, 'outgoing')}"
