"""Outlook's own files, .msg: one message as Outlook keeps it."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox import addresses, dates, mime
from crm_cli.mailbox.html_text import html_to_text
from crm_cli.mailbox.message import KEPT_HEADERS, Address, Attachment, Message, Skipped
from crm_cli.mailbox.mime.charsets import text_of
from crm_cli.mailbox.msg_storage import MAGIC, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.mailbox.message import Item
    from crm_cli.mailbox.msg_storage import Node
    from crm_cli.mailbox.source import Source

NAME: Final = "outlook-msg"
OTHER_ITEMS: Final = {
    "ipm.schedule.meeting": "meeting request",
    "ipm.appointment": "meeting request",
    "ipm.task": "task",
    "ipm.contact": "contact",
    "ipm.stickynote": "note",
    "ipm.post": "post",
    "ipm.activity": "journal entry",
}
CLASS, SUBJECT, BODY, HTML, RTF, SUBMITTED, DELIVERED = (
    0x001A, 0x0037, 0x1000, 0x1013, 0x1009, 0x0039, 0x0E06,
)  # fmt: skip
HEADERS, MESSAGE_ID, IN_REPLY_TO, REFERENCES = 0x007D, 0x1035, 0x1042, 0x1039
AUTHOR: Final = (0x0042, 0x5D02, 0x0065)
SENDER: Final = (0x0C1A, 0x5D01, 0x0C1F)
RECIPIENT: Final = (0x3001, 0x39FE, 0x3003)
RECIPIENT_TYPE: Final = 0x0C15
TO, CC, BCC = 1, 2, 3
FILE_NAMES: Final = (0x3707, 0x3704, 0x3001)
DATA: Final = 0x3701
DEEPEST_INNER: Final = 3


def recognises(source: Source) -> bool:
    """Whether this is a container of Microsoft's; that it holds a mail shows when it is read."""
    return source.head.startswith(MAGIC)


def read(source: Source) -> Iterator[Item]:
    """The message of the file."""
    node = load(source)
    what = _other_item(node.text(CLASS).lower())
    yield Skipped(source.path, 0, what) if what else _message(source, node)


def _other_item(kind: str) -> str | None:
    return next((what for name, what in OTHER_ITEMS.items() if kind.startswith(name)), None)


def _message(source: Source, node: Node) -> Message:
    head = mime.parse(node.text(HEADERS).encode("utf-8", "surrogateescape"))
    raw_date = mime.header(head, "date")
    text = _text(node)
    files, missing = _files(node)
    return Message(
        dialect=NAME,
        encoding=text.encoding or node.encoding(SUBJECT),
        source=source.path,
        offset=0,
        subject=node.text(SUBJECT) or mime.header(head, "subject"),
        sender=_sender(node, head),
        to=_recipients(node, TO),
        cc=_recipients(node, CC),
        bcc=_recipients(node, BCC),
        reply_to=addresses.comma_list(mime.header(head, "reply-to")),
        sent_at=node.time(SUBMITTED)
        or dates.utc(raw_date, source.zone, source.date_order)
        or node.time(DELIVERED),
        raw_date=raw_date,
        body="\n\n".join(filter(None, [text.text, *_inner_texts(node)])),
        attachments=files,
        missing_attachments=missing,
        headers=_headers(node, head),
        raw=source.data,
    )


def _text(node: Node) -> mime.Readable:
    """The plain text, else the HTML; formatting that only Outlook knows is named."""
    plain = node.text(BODY).replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
    if plain:
        return mime.Readable(plain, node.encoding(BODY))
    html = node.binary(HTML)
    if html:
        text, encoding = text_of(html, node.code_page)
        return mime.Readable(html_to_text(text), encoding)
    if node.text(HTML):
        return mime.Readable(html_to_text(node.text(HTML)), node.encoding(HTML))
    return mime.Readable("[RTF]" if node.binary(RTF) else "")


def _sender(node: Node, head: mime.Part) -> Address | None:
    """Whom the mail is from, not who sent it for him; Exchange's own names are no addresses."""
    for fields in (AUTHOR, SENDER):
        found = _person(node, fields)
        if found and found.email:
            return found
    written = next(iter(addresses.comma_list(mime.header(head, "from"))), None)
    return written or _person(node, AUTHOR) or _person(node, SENDER)


def _person(
    node: Node, fields: tuple[int, int, int], code_page: str | None = None
) -> Address | None:
    name, *places = fields
    named = node.text(name, code_page=code_page).strip("'\" ")
    emails = (node.text(place, code_page=code_page).strip() for place in places)
    email = next((one for one in emails if "@" in one and not one.startswith("/")), None)
    if email is None and "@" in named:
        return addresses.person(named)
    return Address("" if named == email else named, email) if named or email else None


def _recipients(node: Node, kind: int) -> tuple[Address, ...]:
    people = (
        _person(one, RECIPIENT, node.code_page)
        for one in node.parts("recip")
        if (one.number(RECIPIENT_TYPE) & 0xF or TO) == kind
    )
    return tuple(person for person in people if person)


def _headers(node: Node, head: mime.Part) -> dict[str, str]:
    kept = {name: value for name in KEPT_HEADERS if (value := mime.header(head, name))}
    for name, pid in (
        ("message-id", MESSAGE_ID), ("in-reply-to", IN_REPLY_TO), ("references", REFERENCES),
    ):  # fmt: skip
        if node.text(pid):
            kept.setdefault(name, node.text(pid))
    return kept


def _files(node: Node) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """Files with their content, and the names of those that are only linked."""
    found = list(_contents(node))
    files = (
        Attachment(name, None, content, len(content))
        for name, content in found
        if content is not None
    )
    return tuple(files), tuple(name for name, content in found if content is None)


def _contents(node: Node, depth: int = 0) -> Iterator[tuple[str, bytes | None]]:
    """Name and content of every attachment; what is only linked, or too deep, has no content."""
    for number, part in enumerate(node.parts("attach"), 1):
        inner = part.embedded
        if inner and depth <= DEEPEST_INNER:
            yield _file_name(inner), _as_eml(inner, depth)
        else:
            name = " ".join(part.text(*FILE_NAMES, code_page=node.code_page).split())
            yield name or f"attachment-{number}", part.binary(DATA)


def _inner_texts(node: Node, depth: int = 0) -> Iterator[str]:
    """The messages attached to it, as those of other mails are shown."""
    for part in node.parts("attach"):
        inner = part.embedded
        if inner and depth < DEEPEST_INNER:
            fields = (f"{name}: {value}".rstrip() for name, value in _fields(inner).items())
            texts = filter(None, [_text(inner).text, *_inner_texts(inner, depth + 1)])
            yield "\n".join([_file_name(inner), *fields, "", "\n\n".join(texts)]).strip()


def _file_name(node: Node) -> str:
    return mime.file_name_of_message(node.text(SUBJECT))


def _fields(node: Node) -> dict[str, str]:
    sender, sent = _sender(node, mime.parse(b"")), node.time(SUBMITTED)
    return {
        "Subject": " ".join(node.text(SUBJECT).split()),
        "From": _spelled(sender) if sender else "",
        "Date": sent.strftime("%a, %d %b %Y %H:%M:%S +0000") if sent else "",
        "To": ", ".join(_spelled(person) for person in _recipients(node, TO)),
    }


def _spelled(person: Address) -> str:
    named = " ".join(person.name.split())
    return f"{named} <{person.email}>" if named and person.email else person.email or named


def _as_eml(node: Node, depth: int) -> bytes:
    """An attached message in the form that every program reads."""
    mail = EmailMessage()
    for name, value in _fields(node).items():
        mail.set_raw(name, value.encode("utf-8", "replace").decode("ascii", "surrogateescape"))
    text = _text(node).text
    mail.set_content(text, cte="8bit")
    for name, content in _contents(node, depth + 1):
        if content is not None:
            mail.add_attachment(content, "application", "octet-stream", filename=name)
    if mail.is_multipart():
        mail.set_boundary(hashlib.sha256(text.encode()).hexdigest()[:32])
    return mail.as_bytes()
