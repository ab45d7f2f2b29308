"""The files of mails and tasks: a folder in which each content lies once, under its SHA-256."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli.constants import value_of
from crm_cli.errors import InvalidData, NotFound, NotReady
from crm_cli.folders import beside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from crm_cli.app import App

PIECE = 1 << 20
LONGEST_NAME = 200
"""Bytes of a file name, short of what file systems take, so that a number still fits."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Stored:
    """A content that lies in the folder."""

    sha256: str
    size: int


class Attachments:
    """The folder and what is done with it; contents are never changed and never removed here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes | Path) -> Stored:
        """Keep a content, safely on disk when this returns; a known one is kept once."""
        with self._draft() as (file, draft):
            stored = _copy(content, file)
            target = self._path(stored.sha256)
            _make(target.parent)
            draft.replace(target)
        _flush(target.parent)
        return stored

    def read(self, sha256: str) -> bytes:
        """A content; raises NotFound, NotReady where it cannot be read, InvalidData if damaged."""
        hint = "crm setting get attachments.folder"
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise NotFound(f"The attachment {sha256} is not in {self.folder}.", hint) from error
        except OSError as error:
            sentence = f"The attachment {sha256} in {self.folder} cannot be read"
            raise NotReady(f"{sentence} ({error.strerror}).", hint) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise InvalidData(f"The attachment {sha256} in {self.folder} was damaged.")
        return content

    def save(self, sha256: str, name: str, folder: Path) -> Path:
        """Write a content into `folder` as a new file; the name cannot lead out of it."""
        content = self.read(sha256)
        for candidate in _candidates(folder, safe_name(name)):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
            try:
                descriptor = os.open(candidate, flags, 0o600)
            except FileExistsError:
                continue
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            return candidate
        raise AssertionError  # candidates never end

    def _path(self, sha256: str) -> Path:
        if not _DIGEST.fullmatch(sha256):
            raise InvalidData(f"'{sha256}' is not the SHA-256 of an attachment.")
        return self.folder / sha256[:2] / sha256

    @contextmanager
    def _draft(self) -> Iterator[tuple[BinaryIO, Path]]:
        try:
            _make(self.folder)
            descriptor, name = tempfile.mkstemp(dir=self.folder, prefix=".draft-")
        except OSError as error:
            raise NotReady(f"{self.folder} cannot be written ({error.strerror}).") from error
        draft = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                os.fchmod(descriptor, 0o660 if _shared(self.folder) else 0o600)
                yield file, draft
        finally:
            draft.unlink(missing_ok=True)


def attachments_of(app: App) -> Attachments:
    """The attachments of the database of this command."""
    with app.database.translated():
        folder = value_of(app.reader, "attachments.folder", app.place)
    return Attachments(Path(folder) if folder else beside(app.database.url, "attachments"))


def measure(content: bytes | Path) -> Stored:
    """What keeping a content would give."""
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(content):
        digest.update(piece)
        size += len(piece)
    return Stored(digest.hexdigest(), size)


def safe_name(name: str) -> str:
    """A name as a file may have it: no folder, no control character, not hidden, not too long."""
    last = re.split(r"[/\\]", _UNSAFE.sub("", name))[-1].strip().lstrip(".")
    stem, dot, suffix = last.rpartition(".")
    if not dot or len(suffix.encode()) > 20:
        stem, suffix = last, ""
    room = LONGEST_NAME - len(suffix.encode())
    short = stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore")
    return (short + dot + suffix if suffix else short) or "attachment"


def _candidates(folder: Path, name: str) -> Iterator[Path]:
    yield folder / name
    first, number = Path(name), 1
    while True:
        number += 1
        yield folder / f"{first.stem} ({number}){first.suffix}"


def _copy(content: bytes | Path, file: BinaryIO) -> Stored:
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(content):
        digest.update(piece)
        size += len(piece)
        file.write(piece)
    file.flush()
    os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size)


def _pieces(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    try:
        with content.open("rb") as source:
            while piece := source.read(PIECE):
                yield piece
    except OSError as error:
        raise InvalidData(f"The file '{content}' cannot be read ({error.strerror}).") from error


def _make(folder: Path) -> None:
    """Make a folder for its owner only, or for the group its parent is shared with."""
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        _make(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    if _shared(folder.parent):
        folder.chmod(0o2770)


def _shared(folder: Path) -> bool:
    """Whether `crm init --group` made the folder: set-group-id and writable by the group."""
    return folder.stat().st_mode & 0o2020 == 0o2020


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
