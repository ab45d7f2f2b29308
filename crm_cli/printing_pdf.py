"""A printed document as a PDF, set by Typst; its letters come with the library."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_cli.errors import InvalidData
from crm_cli.rendering import filters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typst import TypstError

TEMPLATE = "document.typ"
OWN = Path(__file__).parent / "templates"
FORMATS = {
    **dict.fromkeys(("date", "due", "start", "end"), "date"),
    **dict.fromkeys(("net", "vat", "gross", "paid", "open", "invoiced"), "amount"),
    **dict.fromkeys(("quantity", "vat_rate", "rate"), "quantity"),
    "price": "price",
}
"""Column -> the filter that writes it: templates are given text, not numbers."""
_LINE = re.compile(r":(\d+):\d+$", re.MULTILINE)


def pdf(content: Mapping[str, Any], templates: Path | None = None) -> bytes:
    """Set a document; a template of the folder comes before our own, as do fonts in it.

    Raises InvalidData naming template and line for one that cannot be used.
    """
    import typst

    folder = templates if templates and (templates / TEMPLATE).is_file() else OWN
    # Values travel as data: no text of a client is ever read as markup.
    data = json.dumps(_shown(content), default=str)
    try:
        made: bytes = typst.compile(
            folder / TEMPLATE, root=folder, font_paths=[folder], sys_inputs={"data": data}
        )
    except typst.TypstError as error:
        raise InvalidData(_sentence(error)) from error
    return made


def _shown(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with every number and date as text of the language."""
    write = filters(content["language"])

    def shown(record: dict[str, Any]) -> dict[str, Any]:
        texts = {
            name: write[FORMATS[name]](value)
            for name, value in record.items()
            if name in FORMATS and value is not None
        }
        return {**record, **texts}

    return {
        **content,
        "document": shown(content["document"]),
        "lines": [shown(line) for line in content["lines"]],
        "taxes": [shown(tax) for tax in content["taxes"]],
    }


def _sentence(error: TypstError) -> str:
    message = " ".join(error.message.split())
    found = _LINE.search(error.diagnostic)
    where = f"{TEMPLATE}, line {found[1]}," if found else TEMPLATE
    return f"The template {where} cannot be used: {message.rstrip('.')}."
