"""Which forms of files contacts alone are written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.cards import outlook_csv, vcard_writing
from crm_cli.errors import UsageError
from crm_cli.output.file_forms import Form

if TYPE_CHECKING:
    from pathlib import Path

    from crm_cli.views.view import View

NOUN = "contact"
LAYOUTS = {"outlook": Form(outlook_csv.write, outlook_csv.count, stamped=True)}
"""Program -> its address book in CSV."""

_CARDS = Form(vcard_writing.write, vcard_writing.count, stamped=True)
ENDING = ".vcf"


def form_of_contacts(view: View, path: Path, layout: str | None) -> Form | None:
    """The form of an address book, where one is asked for."""
    if layout and path.suffix.lower() != ".csv":
        raise UsageError(f"--layout {layout} is for a file that ends in .csv, not '{path}'.")
    if layout:
        return LAYOUTS[layout]
    return _CARDS if view.noun == NOUN and path.suffix.lower() == ENDING else None
