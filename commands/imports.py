"""`crm import`."""

from __future__ import annotations

import click

from crm_cli.verbs import standard_verbs
from crm_cli.views.imports import IMPORT


@click.group("import")
def imports() -> None:
    """Imports that were carried out, and what each did."""


standard_verbs(imports, IMPORT, "list", "show")
