"""The date of a message whose export wrote none that can be read: the time of its file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from crm_cli.mailbox.message import Message

if TYPE_CHECKING:
    from pathlib import Path

    from crm_cli.mailbox.message import Item

# A file that was written, or copied, in the ordinary way has been changed in one go.
ONE_GO: Final = 60


def with_file_time(item: Item) -> Item:
    """The message dated by its file where it says no date; `raw_date` stays what it says.

    ImportExportTools gives each file the time of its message, unless told not to. A copy loses
    it: a file whose times are all those of its writing says nothing.
    """
    if not isinstance(item, Message) or item.sent_at:
        return item
    return replace(item, sent_at=_time_given(item.source))


def _time_given(path: Path) -> datetime | None:
    try:
        times = path.stat()
        is_given = times.st_ctime - times.st_mtime >= ONE_GO
        return datetime.fromtimestamp(times.st_mtime, UTC) if is_given else None
    except (OSError, OverflowError, ValueError):
        return None
