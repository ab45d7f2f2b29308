"""Reading an exported file: which dialect it is, and the messages in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crm_cli.errors import InvalidData
from crm_cli.mailbox.dialects import candidates, outlook_msg
from crm_cli.mailbox.message import DELETED, Skipped
from crm_cli.mailbox.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from crm_cli.mailbox.dates import DateOrder
    from crm_cli.mailbox.message import Item

EXPORT_AS_TEXT: Final = (
    "In Outlook save the messages as Text Only; in Thunderbird export them with "
    "ImportExportTools NG as plain text or EML."
)
FOREIGN_BEGINNINGS: Final = (
    (b"!BDN", "is an Outlook data file (.pst), which is not read"),
    (b"%PDF-", "is a PDF, not an e-mail"),
    (b"PK\x03\x04", "is a ZIP file or an Office document, not an e-mail"),
    (b"{\\rtf", "is rich text, not an e-mail saved as text"),
)
# A message of a maildir with the flag T.
IN_TRASH: Final = re.compile(r"[:;!]2,[A-Za-z]*T[A-Za-z]*$")
HTML_BEGINNING: Final = re.compile(rb"\s*<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE)
CONTROL_BYTES: Final = bytes({*range(32), 127} - set(b"\t\n\x0b\x0c\r\x1b"))


def read_messages(
    path: Path,
    zone: ZoneInfo,
    *,
    encoding: str | None = None,
    date_order: DateOrder | None = None,
) -> Iterator[Item]:
    """Every item of an exported file, as it is read; raises `InvalidData` if there is none in it.

    A file that turns out damaged raises it after what was whole. `zone` is that of the machine
    that exported it: most dialects write local time without a zone. `encoding` and `date_order`
    decide where the file itself does not tell.
    """
    if IN_TRASH.search(path.name):
        yield Skipped(path, 0, DELETED)
        return
    source = Source(path, zone, encoding, date_order)
    _refuse_empty(source)
    if not outlook_msg.recognises(source):
        _refuse_foreign(source)
    dialect = next((d for d in candidates(path.suffix.lower()) if d.recognises(source)), None)
    if dialect is None:
        raise InvalidData(f"{path} does not begin as any known e-mail export.", EXPORT_AS_TEXT)
    yield from dialect.read(source)


def _refuse_empty(source: Source) -> None:
    if not source.head.strip() and not source.data.strip():
        raise InvalidData(f"{source.path} is empty.")


def _refuse_foreign(source: Source) -> None:
    data = source.head
    for beginning, sentence in FOREIGN_BEGINNINGS:
        if data.startswith(beginning):
            raise InvalidData(f"{source.path} {sentence}.", EXPORT_AS_TEXT)
    if HTML_BEGINNING.match(data):
        raise InvalidData(f"{source.path} is a web page, not an e-mail.", EXPORT_AS_TEXT)
    if _is_binary(source):
        raise InvalidData(f"{source.path} is not text.", EXPORT_AS_TEXT)


def _is_binary(source: Source) -> bool:
    """More than one control character in twenty never happens in text."""
    head = source.head[:4096]
    controls = len(head) - len(head.translate(None, CONTROL_BYTES))
    return controls * 20 > len(head) and not source.is_wide
