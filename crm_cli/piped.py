"""A file that comes through the standard input."""

from __future__ import annotations

import shutil
import sys
import tempfile
import weakref
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crm_cli.errors import CrmError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crm_cli.sheets.sheet import Sheet

NAME = "standard-input"
SPOKEN = "standard input"


def is_input(path: Path) -> bool:
    """Whether `-` was given for a file."""
    return str(path) == "-"


def spoken(path: Path) -> str:
    """The file as messages name it."""
    return SPOKEN if is_input(path) else path.name


def written_beside(path: Path) -> Path:
    """The file beside which others are written: for the input, one in the current folder."""
    return Path(NAME) if is_input(path) else path


@contextmanager
def kept_input() -> Iterator[Path]:
    """The input in a file, which goes with the end of the block."""
    with tempfile.TemporaryDirectory(prefix="crm-") as folder:
        yield _copy(folder)


def from_input(read: Callable[[Path], Sheet]) -> Sheet:
    """What `read` makes of the input, which is kept in a file as long as its rows are."""
    folder = tempfile.TemporaryDirectory(prefix="crm-")
    path = Path(folder.name, NAME)
    try:
        sheet = read(_copy(folder.name))
    except CrmError as error:
        folder.cleanup()
        message = error.message.replace(str(path), SPOKEN)
        raise type(error)(message, error.hint, error.candidates) from None
    except BaseException:
        folder.cleanup()
        raise
    weakref.finalize(sheet.rows, folder.cleanup)
    return sheet


def _copy(folder: str) -> Path:
    path = Path(folder, NAME)
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return path
