"""The lists of attachments in exported text, and the files they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize
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

# "folder/file <folder/file>", the second one percent-encoded; lines of 76 columns are wrapped.
RULED_ROW: Final = re.compile(r" {1,2}\* (?P<path>[^<>]+?)\s+<(?P<url>[^<>]+)>\s*")
RULED_LINE: Final = re.compile(r" {1,4}(?:\* )?\S.*")
SIZED_ROW: Final = re.compile(
    r"(?P<name>[^\t]+)\t+ ?\d[\d.,\u00a0\u202f]*\s?"
    r"(?:[kmgt]?i?[bo]|bytes?|octets?|octe[tțţ]i|b[aá]jt\w*)\s*",
    re.IGNORECASE,
)
INDENTED_ROW: Final = re.compile(r"[ \t]+(?P<path>[^/\t]+/[^/\t]+?)\s*")
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
    """Cut off the lists of the older exports: under a rule or indented, and that with sizes."""
    saved = (
        _without_ruled_list(body, folder) or _without_indented_list(body, folder) or Content(body)
    )
    text, sized = _without_sized_list(saved.body)
    named = {*(file.name for file in saved.attachments), *saved.missing}
    missing = (*saved.missing, *(name for name in sized if normalize("NFC", name) not in named))
    return Content(text, saved.attachments, missing)


def without_dashed_list(body: str, folder: Path) -> Content:
    """Cut off the list of the newer exports; its files lie in one folder, or beside the text."""
    listed = _list_at_end(body, DASHED_ROW)
    heading = DASHED_HEADING.fullmatch(listed.heading)
    if not listed.rows or not heading:
        return Content(body)
    names = [row["name"] for row in listed.rows]
    folders = dict.fromkeys((heading["word"], "Attachments", *_folder_of_all(names, folder)))
    places = [(*(f"{word}/{name}" for word in folders), name) for name in names]
    return _content(listed.above, places, folder)


def _without_ruled_list(body: str, folder: Path) -> Content | None:
    listed = _list_at_end(body, RULED_LINE)
    if not listed.rows or not RULE.fullmatch(listed.heading):
        return None
    lines = "\n".join(row[0] for row in listed.rows)
    rows = [RULED_ROW.fullmatch(row) for row in re.split(r"\n(?= {1,2}\* )", lines)]
    paths = [_linked_path(row) for row in rows if row]
    if len(paths) < len(rows) or not all(paths):
        return None
    return _content(listed.above, [(path,) for path in paths], folder)


def _linked_path(row: re.Match[str]) -> str:
    """The path that a row links to; empty where the row links to something else than it names."""
    path = unquote("".join(row["url"].split()))
    named, linked = ("".join(text.split()) for text in (row["path"], path))
    # The link keeps the letters that the alphabet of the text lacks.
    agree = all(letter in {"?", true} for letter, true in zip(named, linked, strict=False))
    return path if path.count("/") == 1 and len(named) == len(linked) and agree else ""


def _without_sized_list(body: str) -> tuple[str, list[str]]:
    """The text above Thunderbird's own list of attachments, and the names in it."""
    listed = _list_at_end(body, SIZED_ROW)
    if not listed.rows or not _is_attachment_word(SIZED_HEADING.fullmatch(listed.heading)):
        return body, []
    return listed.above, [row["name"].strip() for row in listed.rows]


def _without_indented_list(body: str, folder: Path) -> Content | None:
    listed = _list_at_end(body, INDENTED_ROW)
    places = [row["path"] for row in listed.rows]
    if not places or not all(_is_export(place, folder) for place in places):
        return None
    return _content(listed.before, [(place,) for place in places], folder)


def _is_export(place: str, folder: Path) -> bool:
    return is_folder_name(place.partition("/")[0]) or _file_at(folder, place) is not None


def _folder_of_all(names: list[str], folder: Path) -> set[str]:
    """The one folder under a name of the user's choice that holds them all, if there is one."""
    try:
        index = _folders_by_file(folder, folder.stat().st_mtime_ns)
    except OSError:
        return set()
    holders = set.intersection(*(index.get(name, set()) for name in names))
    return holders if len(holders) == 1 else set()


# An export of many messages has many files beside the same folders.
@lru_cache(maxsize=8)
def _folders_by_file(folder: Path, _changed: int) -> dict[str, set[str]]:
    index: dict[str, set[str]] = {}
    for inner in sorted(folder.iterdir()):
        if inner.is_dir() and not inner.is_symlink() and not is_folder_name(inner.name):
            for file in inner.iterdir():
                index.setdefault(file.name, set()).add(inner.name)
    return index


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
            name = normalize("NFC", path.name)
            found.append(Attachment(name, path, None, path.stat().st_size))
        else:
            missing.append(candidates[0].rpartition("/")[2])
    return Content(body, tuple(found), tuple(missing))


def _file_at(folder: Path, place: str) -> Path | None:
    """The file at this relative place, never one outside the folder of the export."""
    # A Mac writes letters and their marks apart.
    spellings = dict.fromkeys((place, normalize("NFC", place), normalize("NFD", place)))
    try:
        paths = (folder / spelling for spelling in spellings)
        return next((path for path in paths if _is_inside(folder, path) and path.is_file()), None)
    except (OSError, ValueError):
        return None


def _is_inside(folder: Path, path: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
