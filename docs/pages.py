"""The pages that are made from the program, and what makes them."""

from __future__ import annotations

from pathlib import Path

from docs import commands, features, settings

FOLDER = Path(__file__).parent
PAGES = {
    "commands.md": commands.page,
    "features.md": features.page,
    "settings.md": settings.page,
}
