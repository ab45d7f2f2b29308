"""Where the folders of a database lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_cli.folders import beside
from schema.connection import DatabaseUrl


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("/srv/crm/company.db", "/srv/crm/outgoing"),
        ("postgresql://crm@db/company", "/data/crm/company/outgoing"),
        ("postgresql://crm@/?host=%2Ftmp", "/data/crm/postgresql/outgoing"),
    ],
)
def test_find_a_folder(url: str, folder: str) -> None:
    found = beside(DatabaseUrl.parse(url), "outgoing", {"XDG_DATA_HOME": "/data"})

    assert found == Path(folder)
