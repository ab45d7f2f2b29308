"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crm_cli.errors import CrmError, NotFound, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def replace_file(path: Path) -> Iterator[Path]:
    """Give the name of a new file beside the target; it takes the target's place at the end.

    After an exception the old file stands as it was. A link is replaced, never followed.
    """
    _refuse_other_than_file(path)
    draft = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        _create(draft, path)
        yield draft
        _sync(draft)
        draft.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise CrmError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        draft.unlink(missing_ok=True)


def _refuse_other_than_file(path: Path) -> None:
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder {path.parent}.")
    # /dev/stdout is a link into /proc, and may well lead to an ordinary file.
    stands_for_another = path.is_symlink() and path.readlink().is_relative_to("/proc")
    if stands_for_another or (path.exists() and not path.is_file()):
        raise UsageError(f"{path} is not an ordinary file.", hint="Name a file to be written.")


def _create(draft: Path, path: Path) -> None:
    """Create the draft with the rights of the file it will replace."""
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    try:
        if path.is_file() and not path.is_symlink():
            os.fchmod(descriptor, stat.S_IMODE(path.stat().st_mode))
    finally:
        os.close(descriptor)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
