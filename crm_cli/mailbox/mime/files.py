"""What a message brings that is not its text: files, pictures, other messages."""

from __future__ import annotations

import re
from mimetypes import MimeTypes
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox.message import Attachment
from crm_cli.mailbox.mime.parts import guarded, parse
from crm_cli.mailbox.mime.transfer import content_of
from crm_cli.mailbox.mime.words import decoded, header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.mailbox.mime.parts import Part

NAMES: Final = {
    "text/calendar": "invite.ics",
    "application/ms-tnef": "winmail.dat",
    "application/vnd.ms-tnef": "winmail.dat",
    "application/pgp-signature": "signature.asc",
    "application/pgp-encrypted": "version.txt",
    "application/pkcs7-mime": "smime.p7m",
    "application/x-pkcs7-mime": "smime.p7m",
    "application/pkcs7-signature": "smime.p7s",
    "application/x-pkcs7-signature": "smime.p7s",
    "message/delivery-status": "delivery-status.txt",
    "message/disposition-notification": "receipt.txt",
    "text/rfc822-headers": "headers.txt",
}
MESSAGES: Final = frozenset({"message/rfc822", "message/global"})
DELETED: Final = "text/x-moz-deleted"
READABLE: Final = frozenset({"text/plain", "text/html"})
LONGEST_SUBJECT: Final = 100
CONTENT_ID: Final = re.compile(r"<?([\w. -]+\.[A-Za-z]{3,4})@")
FOLDER_MARK: Final = re.compile(r"[/\\]")
# The types the standard library knows by itself, the same on every machine.
TYPES: Final = MimeTypes()


def deleted(root: Part) -> tuple[str, ...]:
    """The names of files that were deleted from the mail when it was in Thunderbird."""
    names = (_given_name(part) for part in leaves(root) if part.type == DELETED)
    return tuple(name.removeprefix("Deleted: ") for name in names if name)


def attachments(root: Part) -> tuple[Attachment, ...]:
    """Every part that is not the text, in the order they stand."""
    files = (one for one in leaves(root) if not is_text(one, root) and one.type != DELETED)
    found = (_attachment(part, number) for number, part in enumerate(files, 1))
    return tuple(file for file in found if file is not None)


def leaves(root: Part) -> Iterator[Part]:
    """The parts that hold something, a message inside the message as one of them."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        waiting += reversed(part.children)
        if not part.children:
            yield part


def is_text(part: Part, root: Part) -> bool:
    """Whether this is to be read, not to be kept as a file; also what could not be taken apart."""
    if part.type.startswith("multipart/"):
        return True
    if part.type not in READABLE or part.disposition == "attachment":
        return False
    return part is root or not _given_name(part)


def name_of(part: Part, number: int = 1) -> str:
    """The name the sender gave, else one that says what it is."""
    name = _given_name(part) or NAMES.get(part.type, "")
    if name:
        return name
    if part.type in MESSAGES:
        return file_name_of_message(header(parse(content_of(part)), "subject"))
    content_id = CONTENT_ID.match(header(part, "content-id"))
    if content_id:
        return content_id[1]
    kind = part.type.rpartition("/")[2]
    return f"attachment-{number}{TYPES.guess_extension(part.type) or f'.{kind}'}"


def file_name_of_message(subject: str) -> str:
    """The name of an attached message: its subject."""
    named = " ".join(subject[:LONGEST_SUBJECT].split())
    return f"{FOLDER_MARK.sub('_', named) or 'message'}.eml"


def _attachment(part: Part, number: int) -> Attachment | None:
    """The file; None where there is neither a name nor content."""
    content = content_of(part)
    if not content.strip() and not _given_name(part):
        return None
    return Attachment(name_of(part, number), None, content, len(content))


def _given_name(part: Part) -> str:
    """The name without any folder that the sender's machine put before it."""
    name = decoded(guarded(part.headers.get_filename, None) or "")
    return name.replace("\\", "/").rpartition("/")[2]
