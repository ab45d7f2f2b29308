"""`crm document send` and its like: a document leaves by mail, or was handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commands.document_writing import emit_written, read_back
from crm_cli import services, views
from crm_cli.errors import UsageError
from crm_cli.options import writing_options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from crm_cli.app import App
    from crm_cli.delivery.addresses import Address
    from crm_cli.printing import Enclosed, Print
    from crm_cli.reader import Reader
    from crm_cli.services.outbox.queue import AttachedFile
    from crm_cli.services.outbox.receivers import Receivers
    from crm_cli.transaction import Transaction
    from crm_cli.views.view import View
    from schema.document import Document

MAIL = """Mail one {0} as PDF, in its client's language.

It goes to its `client` (the contact, else the account) unless --to names others: an ADDRESS,
`account`, contact:REF, employee:REF; --to client names him beside them. --cc and --bcc take the
same words. It leaves by your own mail account if you have one, else by the company's; answers come
to you.

Example: crm {0} send 17 --to contact:3 --cc employee:ana"""
HANDED_OVER = ("quote", "document")
"""Nouns of which some become sent, be it by hand."""


def send_command(view: View) -> click.Command:
    """`crm NOUN send REF`."""

    @click.command("send", help=MAIL.format(view.noun))
    @click.argument("reference", metavar="REF")
    @click.option("--to", multiple=True, metavar="WHOM", help="Who gets it; may be repeated.")
    @click.option("--cc", multiple=True, metavar="WHOM", help="Who gets a copy, as all can see.")
    @click.option("--bcc", multiple=True, metavar="WHOM", help="Who gets a copy nobody sees.")
    @click.option("--mail-account", metavar="NAME", help="By this mail account.")
    @_by_hand_option(view)
    @writing_options
    @click.pass_obj
    def command(
        app: App,
        /,
        reference: str,
        mail_account: str | None,
        by_hand: bool = False,
        **words: tuple[str, ...],
    ) -> None:
        # Made before the transaction, for whose end other writers wait.
        enclosed = None if by_hand else _enclosed(app, view, reference)
        with app.transaction() as tx:
            number = tx.resolve(view, reference)
            if enclosed is None:
                services.documents.quotes.send_by_hand(tx.session, number)
            else:
                _mail(app, tx, number, enclosed, words, mail_account)
            written = read_back(app, tx, view, number)
        emit_written(app, view, written)

    return command


def _by_hand_option(view: View) -> Callable[[Any], Any]:
    if view.noun not in HANDED_OVER:
        return lambda command: command
    return click.option(
        "--by-hand", is_flag=True, help="A quote was handed over: only mark it sent."
    )


def _enclosed(app: App, view: View, reference: str) -> Enclosed:
    return _printed(app, app.reader, app.resolve(view, reference)).enclosed()


def _printed(app: App, reader: Reader, number: int) -> Print:
    from crm_cli.printing import print_document

    return print_document(reader, number, app.place, app.settings.templates)


def _mail(
    app: App,
    tx: Transaction,
    number: int,
    enclosed: Enclosed,
    words: Mapping[str, tuple[str, ...]],
    mail_account: str | None,
) -> None:
    """Queue the document; what is enclosed is made anew if it is not what stands there now."""
    document = services.documents.sending.check_sendable(tx.session, number)
    printed = _printed(app, tx.reader, number)
    if printed != enclosed.printed:
        enclosed = printed.enclosed()
    services.documents.sending.send(
        tx.session,
        document,
        receivers=_receivers(tx, document, words),
        enclosed=enclosed,
        file=_kept(app, printed.file_name, enclosed.pdf),
        mail_account_id=_account(tx, mail_account),
    )


def _receivers(
    tx: Transaction, document: Document, words: Mapping[str, tuple[str, ...]]
) -> Receivers:
    named = {role: words[role] for role in services.outbox.receivers.Receivers._fields}
    named["to"] = named["to"] or ("client",)
    return services.outbox.receivers.Receivers(
        *([_whom(tx, document, role, word) for word in chosen] for role, chosen in named.items())
    )


def _whom(tx: Transaction, document: Document, role: str, word: str) -> Address:
    from crm_cli.delivery.addresses import Address

    noun, colon, reference = word.partition(":")
    if colon and noun in services.documents.sending.PEOPLE:
        number = tx.resolve(views.of(noun), reference)
        return services.documents.sending.address_of(tx.session, noun, number)
    if word == "client":
        return services.documents.sending.client_of(tx.session, document)
    if word == "account":
        return services.documents.sending.address_of(tx.session, word, document.account_id)
    if "@" not in word:
        raise UsageError(
            f"--{role}: '{word}' is nobody to whom a mail can go.",
            hint="Write an address, `client`, `account`, contact:REF or employee:REF.",
        )
    return Address.parse(word)


def _account(tx: Transaction, reference: str | None) -> int | None:
    return None if reference is None else tx.resolve(views.of("mail-account"), reference)


def _kept(app: App, name: str, content: bytes) -> AttachedFile:
    """A dry run only says what would be kept."""
    from crm_cli.attachments import attachments_of, measure

    stored = measure(content) if app.choices.dry_run else attachments_of(app).put(content)
    return services.outbox.queue.AttachedFile(name, "application/pdf", stored.sha256)
