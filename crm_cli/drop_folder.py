"""The folder into which people put exported mail: taken in, then moved to `done` or `failed`."""

from __future__ import annotations

import os
import time
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli.constants import value_of
from crm_cli.errors import NotReady
from crm_cli.incoming import storable
from crm_cli.intake import Intake, Reading
from crm_cli.mailbox import find_files
from crm_cli.mailbox.text.attachment_lists import is_folder_name
from crm_cli.running.job import JobResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crm_cli.app import App
    from crm_cli.intake import Settled, Tally
    from crm_cli.running.job import JobContext

FOLDER, QUIET = "mail.import.folder", "mail.import.quiet"
REASON = ".reason.txt"
LONGEST_NAME = 255
"""Bytes of a name on every common file system."""


class DropFolder:
    """A folder; a file in it is taken when it has not changed for so many seconds."""

    def __init__(self, folder: Path, quiet: int) -> None:
        self._folder = folder
        self._quiet = quiet
        self._own = (folder / "done", folder / "failed")
        self._states: dict[Path, tuple[int, ...]] = {}
        self._closed: list[Path] = []

    @classmethod
    def of(cls, app: App) -> DropFolder:
        """The folder of the settings; raises NotReady where it cannot be used."""
        name = value_of(app.reader, FOLDER, app.place)
        hint = f"crm setting set {FOLDER} /srv/mail"
        if not name:
            raise NotReady("No folder is set for mail to import.", hint=hint)
        folder = Path(name)
        if not (folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK)):
            raise NotReady(f"The folder {folder} is not there, or cannot be written.", hint=hint)
        return cls(folder, value_of(app.reader, QUIET, app.place))

    def take_in(self, app: App, context: JobContext) -> JobResult:
        """File everything that is ready; a file moves only after its mail was committed."""
        intake = Intake(app, Reading(self._folder.name))
        failures: list[str] = []
        used: list[Path] = []
        files = context.each(self.ready())
        for settled in intake.take(files, lambda: context.stop.requested):
            if settled.error is not None:
                failures.append(storable(settled.error.message))
            if not context.dry_run:
                self._put_away(settled)
                used += settled.used
        self._put_away_files(used)
        failures += [storable(f"The folder {one} cannot be looked into.") for one in self._closed]
        return _result(intake.tally, failures)

    def ready(self) -> Iterator[Path]:
        """The files that have stopped growing, and so have the attachments beside them."""
        quiet_beside = cache(lambda folder: all(map(self._is_quiet, _attachments(folder))))
        for path in self._mails(self._folder):
            if path.is_dir():
                self._closed.append(path)
            elif self._is_quiet(path) and quiet_beside(path.parent):
                self._states[path] = _state(path)
                yield path

    def _mails(self, folder: Path) -> Iterator[Path]:
        return find_files([folder], without=self._own)

    def _is_quiet(self, path: Path) -> bool:
        """By the time of the last change of any kind, which copying programs cannot set back."""
        try:
            return time.time() - path.stat().st_ctime >= self._quiet
        except FileNotFoundError:
            return False

    def _put_away(self, settled: Settled) -> None:
        """Move a file, unless it has changed since: then the next run reads it again."""
        done, failed = self._own
        if _state(settled.path) != self._states[settled.path]:
            return
        if settled.error is None:
            self._move(settled.path, done)
            return
        lines = [settled.error.message, *([settled.error.hint] if settled.error.hint else [])]
        self._move(settled.path, failed, reason=storable("\n".join(lines) + "\n"))

    def _put_away_files(self, used: Iterable[Path]) -> None:
        """Attachments follow when no mail is left beside them that may name them too."""
        is_empty = cache(lambda folder: folder not in map(_folder_of, self._mails(folder)))
        for path in dict.fromkeys(used):
            beside = path.parent.parent if is_folder_name(path.parent.name) else path.parent
            if path.is_relative_to(self._folder) and path.is_file() and is_empty(beside):
                self._move(path, self._own[0])

    def _move(self, path: Path, to: Path, *, reason: str = "") -> None:
        """Move to the same place below `to`, under a free name."""
        wanted = to / path.relative_to(self._folder)
        names = (_numbered(wanted, number) for number in count(1))
        target = next(name for name in names if not name.exists())
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if reason:
                target.with_name(target.name + REASON).write_text(reason, encoding="utf-8")
            path.rename(target)
        except OSError as error:
            raise NotReady(f"{path} cannot be moved to {target} ({error.strerror}).") from error


def _folder_of(mail: Path) -> Path | None:
    """Where a mail lies; what cannot be looked into is none."""
    return None if mail.is_dir() else mail.parent


def _numbered(path: Path, number: int) -> Path:
    """The place with a number from the second on, its name cut so that a reason fits too."""
    suffix = f" ({number}){path.suffix}" if number > 1 else path.suffix
    room = LONGEST_NAME - len(os.fsencode(suffix + REASON))
    stem = os.fsencode(path.stem)
    return path.with_name((path.stem if len(stem) <= room else _cut(stem, room)) + suffix)


def _cut(name: bytes, room: int) -> str:
    return name[:room].decode("utf-8", "ignore")


def _state(path: Path) -> tuple[int, ...]:
    """What changes when a file does; nothing for one that was taken away."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ()
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def _attachments(folder: Path) -> Iterator[Path]:
    """Every file in the folders of attachments beside the mails of a folder."""
    for beside in folder.iterdir():
        if beside.is_dir() and is_folder_name(beside.name):
            yield from (file for file in beside.rglob("*") if file.is_file())


def _result(tally: Tally, failures: list[str]) -> JobResult:
    figures = {
        "new": tally.new,
        "known already": tally.duplicates,
        "unmatched": tally.unmatched,
        "tasks": tally.tasks,
        "other items skipped": tally.skipped,
        "attachments too large": tally.too_large,
        "files unreadable": tally.unreadable,
    }
    told = ", ".join(f"{number} {word}" for word, number in figures.items() if number)
    failures += [
        f"mail {number} made no task: nobody looks after its account" for number in tally.unassigned
    ]
    return JobResult(
        tally.messages + tally.unreadable, told or "nothing to import", tuple(failures)
    )
