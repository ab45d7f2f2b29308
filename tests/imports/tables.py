"""Small files for tests of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def table(folder: Path, *lines: str, name: str = "file.csv") -> Path:
    """A CSV file of these lines."""
    path = folder / name
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path
