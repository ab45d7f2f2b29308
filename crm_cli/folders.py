"""Folders that belong to a database, and the one of what the program remembers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schema.connection import DatabaseUrl


def beside(url: DatabaseUrl, name: str, environ: Mapping[str, str] = os.environ) -> Path:
    """A folder beside an SQLite file; for a server, in the user's own data folder."""
    if url.path is not None:
        return url.path.absolute().parent / name
    home = environ.get("XDG_DATA_HOME") or Path("~/.local/share").expanduser()
    database = Path(unquote(urlsplit(url.text).path)).name or "postgresql"
    return Path(home) / "crm" / database / name


def state(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the program keeps what it remembers of itself; it need not be there yet."""
    home = environ.get("XDG_STATE_HOME") or Path("~/.local/state").expanduser()
    return Path(home) / "crm"
