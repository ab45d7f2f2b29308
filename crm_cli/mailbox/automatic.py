"""Which mails no person wrote: absence notices, bounces, newsletters, receipts of calendars."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox.quoting import unquoted
from crm_cli.mailbox.subjects import is_forward, is_reply, without_banner
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from crm_cli.mailbox.message import Message

ABSENCE: Final = (
    r"(?:automatic|automated|auto) ?-?(?:reply|response)|autoreply|vacation (?:reply|response)"
    r"|out of (?:the )?office(?: (?:auto ?-?)?reply| message| notification)?"
    r"|raspuns automat|in afara biroului|absenta de la birou"
    r"|odpowiedz automatyczna|automatyczna odpowiedz|autoodpowiedz|poza biurem"
    r"|automatische antwort|autom\. antwort|abwesenheits(?:notiz|nachricht|assistent)"
    r"|reponse automatique|absence du bureau|message d'absence"
)
BOUNCE: Final = (
    r"undeliverable|delivery (?:status notification|delayed)|failure notice"
    r"|nelivrabil|mesaj nelivrat|notificare (?:de )?stare (?:a )?livrarii?"
    r"|niedostarczalne|niedostarczona wiadomosc"
    r"|powiadomienie o stanie (?:dostarczenia|doreczenia|dostarczania)"
    r"|unzustellbar|benachrichtigung zum (?:uber|zu)(?:mittlungs|stell)status"
    r"|non remis|notification d'etat de (?:la )?remise"
)
SUBJECT: Final = re.compile(
    rf"(?:{ABSENCE}|{BOUNCE})\s*(?:[:(]|$)"
    r"|mail delivery failed|undelivered mail returned to sender|returned mail: "
)
# A person may write "Accepted: your quote" too, but then says something.
RECEIPT: Final = re.compile(
    r"(?:accepted|declined|tentative|tentatively accepted|read|not read|delivered|relayed"
    r"|acceptat|refuzat|provizoriu|citit|necitit|livrat"
    r"|zaakceptowano|odrzucono|wstepnie zaakceptowano|przeczytano|nie przeczytano|dostarczono"
    r"|zugesagt|abgesagt|mit vorbehalt|gelesen|ungelesen|zugestellt"
    r"|accepte|refuse|provisoire|lu|non lu|remis) ?: "
)
RECEIPT_TEXT: Final = re.compile(
    r"^\W*(?:your message|mesajul dvs|mesajul dumneavoastra|twoja wiadomosc|ihre nachricht"
    r"|votre message)\b|^-+ ?original appointment"
    r"|^(?:when|cand|kiedy|wann|quand|start) ?:|has (?:accepted|declined)",
    re.MULTILINE,
)
INVITATION: Final = re.compile(r" @ \w+\.? .*\d{4}")
BOUNCE_TEXT: Final = re.compile(
    r"\W*(?:delivery has failed to these recipients|your message did not reach some or all"
    r"|this is the mail system at host|hi\. this is the qmail-send program"
    r"|this message was created automatically by mail delivery software"
    r"|(?:this is an automatically generated )?delivery status notification"
    r"|livrarea (?:catre acesti destinatari|nu a reusit)"
    r"|mesajul (?:dvs\. )?nu a (?:ajuns|fost livrat)"
    r"|(?:dostarczenie|dostarczanie) (?:wiadomosci )?do tych adresatow"
    r"|(?:twoja wiadomosc|nie mozna dostarczyc wiadomosci|wiadomosc nie dotarla) "
    r"(?:nie zostala dostarczona|do niektorych)"
    r"|fehler bei der nachrichtenzustellung|die nachricht konnte nicht zugestellt werden"
    r"|echec de la remise)"
)
MAILBOX: Final = re.compile(r"(?:mailer-?daemon|postmaster|bounces?|newsletters?)(?:[+=-].*)?@")
UNATTENDED: Final = re.compile(
    r"(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|nu-?raspunde(?:ti)?|nie-?odpowiadaj|noreply\d*)"
    r"(?:[+._-].*)?@"
)
NAMES: Final = frozenset({
    "mail delivery subsystem", "mail delivery system", "mailer-daemon", "postmaster",
    "microsoft outlook", "system administrator", "administrator systemu",
    "administrator de sistem", "systemadministrator", "administrateur systeme",
})  # fmt: skip
PRECEDENCE: Final = frozenset({"bulk", "junk", "list", "auto_reply"})
NOTICES: Final = ("x-autoreply", "x-autorespond", "x-failed-recipients")
LISTS: Final = ("list-id", "list-unsubscribe")

UNSUBSCRIBE: Final = re.compile(
    r"unsubscribe|opt[- ]?out|dezabon|wypisz|wypisac"
    r"|rezygnacja z (?:subskrypcji|newslettera)"
    r"|abmelde|abbestell|desabonn|desinscri"
)
LINKS: Final = ("http://", "https://", "mailto:")
FOOTER_LINES: Final = 15
BEGINNING: Final = 400
FIRST_WORDS: Final = 120
FEW_LETTERS: Final = 12


def is_automatic(message: Message) -> bool:
    """Whether a program wrote it, so that nobody waits for an answer."""
    if _is_from_list(message) or _is_from_unattended(message) or _is_notice(message):
        return True
    subject = fold(without_banner(message.subject))
    return (
        SUBJECT.match(subject) is not None
        or BOUNCE_TEXT.match(fold(message.body[:FIRST_WORDS])) is not None
        or _is_receipt(subject, message.body)
        or _has_unsubscribe_link(message)
    )


def _is_notice(message: Message) -> bool:
    """What programs say of themselves; a form that a person filled in is no notice."""
    value = message.headers.get
    submitted = value("auto-submitted", "no").lower().partition(";")[0].strip()
    return (
        submitted.startswith("auto-replied")
        or (submitted != "no" and not _answers_go_to_person(message))
        or value("return-path") == "<>"
        or value("content-type", "").lower().startswith(("multipart/report", "text/calendar"))
        or any(name in message.headers for name in NOTICES)
    )


def _is_from_list(message: Message) -> bool:
    """A newsletter, not a person who wrote to a group of ours."""
    if _is_to_group(message):
        return False
    precedence = message.headers.get("precedence", "").lower()
    return precedence in PRECEDENCE or any(name in message.headers for name in LISTS)


def _is_to_group(message: Message) -> bool:
    """Whether the list is one of the recipients: `office.firma.example`, office@firma.example."""
    name = message.headers.get("list-id", "").rpartition("<")[2].strip("> ").lower()
    recipients = (one.mailbox for one in (*message.to, *message.cc))
    return any(one.replace("@", ".") == name for one in recipients if one)


def _is_from_unattended(message: Message) -> bool:
    """A web form also sends from an unattended mailbox, but answers go to the person."""
    if message.sender is None:
        return False
    mailbox = message.sender.mailbox
    if MAILBOX.match(mailbox) or fold(message.sender.name) in NAMES:
        return True
    return UNATTENDED.match(mailbox) is not None and not _answers_go_to_person(message)


def _answers_go_to_person(message: Message) -> bool:
    """Whether Reply-To names another mailbox, which somebody reads."""
    sender = message.sender.mailbox if message.sender else ""
    answers = (one.mailbox for one in message.reply_to)
    return any(one and one != sender and not UNATTENDED.match(one) for one in answers)


def _is_receipt(subject: str, body: str) -> bool:
    """Whether a calendar or mail program says what was done with a message."""
    if not RECEIPT.match(f"{subject} "):
        return False
    text = _fold_lines(body[:BEGINNING])
    return (
        len(text.strip()) < FEW_LETTERS
        or RECEIPT_TEXT.search(text) is not None
        or INVITATION.search(subject) is not None
    )


def _has_unsubscribe_link(message: Message) -> bool:
    """Whether it ends in a link to unsubscribe; what an answer or a forward quotes says nothing."""
    if is_reply(message.subject) or is_forward(message.subject):
        return False
    if not any(link in message.body for link in LINKS):
        return False
    footer = [line for line in unquoted(message.body).splitlines() if line.strip()][-FOOTER_LINES:]
    pairs = zip(footer, [*footer[1:], ""], strict=False)
    return any(
        any(link in f"{line} {following}" for link in LINKS) and UNSUBSCRIBE.search(fold(line))
        for line, following in pairs
    )


def _fold_lines(text: str) -> str:
    """Folded text that keeps its lines."""
    return "\n".join(fold(line) for line in text.splitlines())
