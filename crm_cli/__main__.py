"""`python -m crm_cli` is `crm`."""

from __future__ import annotations

from crm_cli.main import main

main()
