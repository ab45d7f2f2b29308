"""The lists of attachments in exported text, and the files they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from crm_cli.mailbox.labels import THUNDERBIRD
from crm_cli.mailbox.message import Attachment
from crm_cli.values.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FOLDERS: Final = {
    fold(word) for word in ("Attachments", "EmbeddedImages", *THUNDERBIRD.spellings("attachments"))
}
NUMBERED: Final = re.compile(r"-\d{1,4}$")

RULED_ROW: Final = re.compile(r"\s*\* (?P<path>.+?)(?: <(?P<url>[^<>]+)>)?\s*")
SIZED_ROW: Final = re.compile(r"(?P<name>[^\t]+)\t+ ?\d[^\t]*")
INDENTED_ROW: Final = re.compile(r"[ \t]+(?P<path>[^/\t]+/[^/\t]+)")
DASHED_ROW: Final = re.compile(r"- (?P<name>.+)")

RULE: Final = re.compile(r"-{72}")
DASHED_HEADING: Final = re.compile(r"----- (?P<word>.+) -{32}")
SIZED_HEADING: Final = re.compile(r"(?P<word>[^:]+):")


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a message without its list of attachments, and what the list names."""

    body: str
    attachments: tuple[Attachment, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _List:
    """Rows at the end of a text, and the text before them; its last line is the heading."""

    before: str
    rows: list[re.Match[str]]

    @property
    def heading(self) -> str:
        return self.before.rpartition("\n")[2].strip()

    @property
    def above(self) -> str:
        return self.before.rpartition("\n")[0].rstrip()


def is_folder_name(name: str) -> bool:
    """Whether Thunderbird's exports name a folder of attachments so."""
    return fold(NUMBERED.sub("", name)) in FOLDERS


def without_legacy_list(body: str, folder: Path) -> Content:
    """Cut off the list of the older exports: under a rule, with sizes, or indented paths."""
    listed = _list_at_end(body, RULED_ROW)
    if listed.rows and RULE.fullmatch(listed.heading):
        places = [(row["path"], unquote(row["url"] or row["path"])) for row in listed.rows]
        return _content(listed.above, places, folder)
    listed = _list_at_end(body, SIZED_ROW)
    if listed.rows and _is_attachment_word(SIZED_HEADING.fullmatch(listed.heading)):
        return Content(listed.above, missing=tuple(row["name"].strip() for row in listed.rows))
    listed = _list_at_end(body, INDENTED_ROW)
    if listed.rows and all(is_folder_name(row["path"].split("/")[0]) for row in listed.rows):
        return _content(listed.before, [(row["path"],) for row in listed.rows], folder)
    return Content(body)


def without_dashed_list(body: str, folder: Path) -> Content:
    """Cut off the list of the newer exports; its files lie in one folder, or beside the text."""
    listed = _list_at_end(body, DASHED_ROW)
    heading = DASHED_HEADING.fullmatch(listed.heading)
    if not listed.rows or not heading:
        return Content(body)
    names = [row["name"] for row in listed.rows]
    folders = dict.fromkeys((heading["word"], "Attachments"))
    places = [(*(f"{word}/{name}" for word in folders), name) for name in names]
    return _content(listed.above, places, folder)


def _is_attachment_word(heading: re.Match[str] | None) -> bool:
    return heading is not None and THUNDERBIRD.field(heading["word"].strip()) == "attachments"


def _list_at_end(body: str, row: re.Pattern[str]) -> _List:
    end = len(body.rstrip())
    rows: list[re.Match[str]] = []
    while end > 0:
        begin = body.rfind("\n", 0, end) + 1
        found = row.fullmatch(body, begin, end)
        if not found:
            break
        rows.append(found)
        end = begin - 1
    return _List(body[: max(end, 0)].rstrip(), rows[::-1])


def _content(body: str, places: Iterable[tuple[str, ...]], folder: Path) -> Content:
    found: list[Attachment] = []
    missing: list[str] = []
    for candidates in places:
        path = next((path for place in candidates if (path := _file_at(folder, place))), None)
        if path:
            found.append(Attachment(path.name, path, None, path.stat().st_size))
        else:
            missing.append(candidates[0].rpartition("/")[2])
    return Content(body, tuple(found), tuple(missing))


def _file_at(folder: Path, place: str) -> Path | None:
    """The file at this relative place, never one outside the folder of the export."""
    path = folder / place
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        return path if inside and path.is_file() else None
    except (OSError, ValueError):
        return None
