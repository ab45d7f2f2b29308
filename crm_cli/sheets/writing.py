"""The formats in which rows are written to a file."""

from __future__ import annotations

from crm_cli.sheets.csv_file import write_csv
from crm_cli.sheets.html_file import write_html
from crm_cli.sheets.xlsx_file import write_xlsx

__all__ = ["write_csv", "write_html", "write_xlsx"]
