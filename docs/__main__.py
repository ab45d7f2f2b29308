"""`python -m docs`: write the pages that are made from the program."""

from __future__ import annotations

from docs.pages import FOLDER, PAGES

for name, make in PAGES.items():
    (FOLDER / name).write_text(make(), encoding="utf-8")
