"""`crm task list --for-me|--from-me|--answers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Crm

LINES = """\
employee add --name Jan --login jan
task add 'Al meu, renunțat' --due +1d
task add 'Al meu, rezolvat' --due +1d
task add 'Al lui Jan, rezolvat' --due +2d --assignee jan
task add 'Al lui Jan, renunțat' --due +3d --assignee jan
task add 'Al lui Jan, luat înapoi' --due +3d --assignee jan
task cancel 1
task done 2
task cancel 5
"""
BY_JAN = """\
task done 3 --resolution 'Vrea ofertă'
task cancel 4 --note 'A vândut camionul'
"""


@pytest.fixture
def answered(crm: Crm) -> Crm:
    """Tasks that Ana issued; she and Jan have closed some each."""
    crm("batch", input=LINES)
    crm.user, crm.now = "jan", "2026-11-23T09:00:00+00:00"
    crm("batch", input=BY_JAN)
    crm.user = "ana"
    crm("task", "edit", "4", "--description", "De sunat iar la vară")
    return crm


@pytest.mark.proves("R115")
def test_answers(answered: Crm) -> None:
    assert answered("task", "list", "--answers", "--sort", "id").stdout == (
        "ID  SUBJECT               STATUS     DUE         ASSIGNEE  RESOLUTION"
        "         DONE_AT           DONE_BY\n"
        " 3  Al lui Jan, rezolvat  done       2026-11-25  Jan       Vrea ofertă"
        "        2026-11-23 11:00  Jan\n"
        " 4  Al lui Jan, renunțat  cancelled  2026-11-26  Jan       A vândut camionul"
        "                    Jan\n"
    )


@pytest.mark.proves("R115")
def test_scopes_together(answered: Crm) -> None:
    lists = {
        words: [row["id"] for row in answered.ok("task", "list", *words.split())]
        for words in ("--for-me", "--from-me", "--for-me --from-me", "--for-me --answers")
    }

    assert lists == {
        "--for-me": [1, 2],
        "--from-me": [1, 2, 3, 4, 5],
        "--for-me --from-me": [1, 2],
        "--for-me --answers": [],
    }
