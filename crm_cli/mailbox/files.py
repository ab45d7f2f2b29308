"""Finding exported mail in folders."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crm_cli.errors import NotFound
from crm_cli.mailbox.mbox_splitter import HEAD, begins_mbox
from crm_cli.mailbox.text.attachment_lists import is_folder_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

SUFFIXES: Final = frozenset({".txt", ".eml", ".msg", ".mbox", ".mbx"})
FLAGS: Final = re.compile(r"[:;!]2,[A-Za-z]*$")
MAILDIR_FOLDERS: Final = frozenset({"cur", "new"})


def find_files(paths: Sequence[Path], *, without: Collection[Path] = ()) -> Iterator[Path]:
    """The files that may hold mail, each once: those named, and in folders those that look so.

    In a maildir that is every file, its hidden folders included; mailboxes of Thunderbird are
    known by what is in them. Folders of attachments, indexes and hidden files are passed over,
    unless named themselves; `without` names further folders to pass over. A folder that cannot be
    looked into is given itself, so that reading it says why.
    """
    seen: set[tuple[Path, str]] = set()
    resolved = cache(Path.resolve)
    for path in paths:
        if not path.exists():
            raise NotFound(f"There is no file or folder {path}.")
        is_folder = path.is_dir()
        for file in _within(path, without) if is_folder else (path,):
            real = file if is_folder else path.resolve()
            place = (resolved(real.parent), real.name)
            if place not in seen:
                seen.add(place)
                yield file


def _within(root: Path, without: Collection[Path]) -> Iterator[Path]:
    errors: list[OSError] = []
    for folder, folders, files in os.walk(root, onerror=errors.append):
        wanted = (name for name in folders if _is_wanted_folder(Path(folder, name)))
        folders[:] = sorted(name for name in wanted if Path(folder, name) not in without)
        found = (Path(folder, name) for name in sorted(files))
        yield from (file for file in found if _is_wanted_file(file))
    yield from (Path(error.filename) for error in errors)


def _is_wanted_folder(folder: Path) -> bool:
    if folder.name.startswith("."):
        return (folder / "cur").is_dir()
    return not is_folder_name(folder.name)


def _is_wanted_file(file: Path) -> bool:
    if file.name.startswith(".") or file.is_symlink():
        return False
    if not file.is_file():
        return False
    if _is_in_maildir(file) or file.suffix.lower() in SUFFIXES:
        return True
    is_of_thunderbird = not file.suffix or file.with_name(f"{file.name}.msf").exists()
    return is_of_thunderbird and _begins_mbox(file)


def _is_in_maildir(file: Path) -> bool:
    """In a copy of one only the flags at the end of the names may be left of it."""
    folder = file.parent
    if folder.name not in MAILDIR_FOLDERS:
        return False
    has_both = all((folder.parent / name).is_dir() for name in MAILDIR_FOLDERS)
    return bool(FLAGS.search(file.name)) or has_both or (folder.parent / "tmp").is_dir()


def _begins_mbox(file: Path) -> bool:
    """Thunderbird's folders are files without a suffix, those below them in `NAME.sbd`."""
    try:
        with file.open("rb") as opened:
            return begins_mbox(opened.read(HEAD))
    except OSError:
        return False
