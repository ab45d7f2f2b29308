"""The constants of the company: what may be written into them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.execute import execute

if TYPE_CHECKING:
    from tests.conftest import Crm

FOLDERS = ["mail.import.folder", "attachments.folder"]


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("written", ["mail", "./mail", "~nobody-at-all/mail"])
def test_refuse_a_folder_that_depends_on_where_one_stands(
    sqlite_crm: Crm, name: str, written: str
) -> None:
    result = sqlite_crm("setting", "set", name, written)

    assert result.exit_code == 5
    assert result.stderr == (
        f"crm: {name}: '{written}' is not the whole path of a folder.\n"
        "hint: Write for example /srv/mail.\n"
    )


@pytest.mark.parametrize("name", FOLDERS)
def test_keep_a_folder_of_mine_by_its_whole_path(sqlite_crm: Crm, name: str) -> None:
    for written, kept in (("~/mail", f"{Path.home()}/mail"), ("", "")):
        assert sqlite_crm.ok("setting", "set", name, written)["value"] == kept


def test_set_by_the_clock_that_was_moved(sqlite_crm: Crm) -> None:
    sqlite_crm.now = "2031-05-02T08:00:00+00:00"

    sqlite_crm.ok("setting", "set", "task.remind.hour", "7")

    written = "SELECT updated_at FROM setting WHERE name = 'task.remind.hour'"
    assert execute(sqlite_crm.url, written) == [("2031-05-02T08:00:00Z",)]
