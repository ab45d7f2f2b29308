"""What is wrong with an item, or was changed on both sides, in the words of who imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.calendars.strict import feed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Crm

pytestmark = [pytest.mark.proves("R135"), pytest.mark.proves("R143")]

BAD = """\
BEGIN:VCALENDAR
BEGIN:VTODO
UID:1
SUMMARY:Bez terminu
PRIORITY:1
END:VTODO
BEGIN:VTODO
UID:2
SUMMARY:Księżyc
STATUS:COMPLETED
DUE;TZID=Luna:20261130T100000
END:VTODO
END:VCALENDAR
"""


def _rows(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.fixture
def polish(sqlite_crm: Crm) -> Crm:
    sqlite_crm.ok("employee", "edit", 1, "--language", "pl", "--timezone", "Europe/Warsaw")
    return sqlite_crm


def test_hand_items_back_in_ones_own_words(polish: Crm) -> None:
    path = polish.home / "zle.ics"
    path.write_text(BAD, encoding="utf-8")

    result = polish("task", "import", path)

    assert result.exit_code == 5
    assert result.stderr == (
        "zle.ics: 2 items.\n"
        "zle.ics: 2 items read, 0 created, 0 updated, 0 unchanged, 2 rejected.\n"
        "crm: 2 of 2 items have 2 problems; nothing was written.\n"
        "  item 1 'Bez terminu', Termin: The term of the task is missing.\n"
        "  item 2 'Księżyc': 'Luna' is no time zone that is known."
        " Write for example Europe/Bucharest.\n"
        f"hint: Add --skip-bad-rows; then correct {path}.errors.xlsx and import it.\n"
    )
    headings, first, second = _rows(polish.home / "zle.ics.errors.xlsx")
    told = [dict(zip(headings, row, strict=True)) for row in (first, second)]
    shown = ("Temat", "Priorytet", "Status", "Wiersz w pliku", "Błędy")
    assert [tuple(one[name] for name in shown) for one in told] == [
        ("Bez terminu", "wysoki", None, 1, "Termin: Pole wymagane: termin (zadanie)."),
        (
            *("Księżyc", None, "wykonane", 2),
            "„Luna” nie jest znaną strefą czasową. Wpisz na przykład Europe/Bucharest.",
        ),
    ]


def test_name_the_items_that_both_changed(polish: Crm) -> None:
    polish.id("task", "add", "Oferta", "--due", "2026-11-27", "--note", "raz\ndwa")
    text = feed(polish, "--as", "todo")
    path = polish.home / "zmiany.ics"
    path.write_text(
        text.replace("raz\\ndwa", "trzy").replace("NEEDS-ACTION", "CANCELLED"), newline=""
    )
    polish.ok("task", "edit", 1, "--note", "cztery\npięć")
    polish.ok("task", "done", 1)

    result = polish("task", "import", path)

    assert result.exit_code == 6
    changed = "\n".join(result.stderr.splitlines()[3:5])
    assert changed == (
        "  item 1 'Oferta', description: 'raz dwa' is 'trzy' in the file and 'cztery pięć' here"
        " by ana on 2026-11-23\n"
        "  item 1 'Oferta', status: 'open' is 'cancelled' in the file and 'done' here"
        " by ana on 2026-11-23"
    )
    headings, *rows = _rows(polish.home / "zmiany.ics.conflicts.xlsx")
    assert headings == [
        *("Nr", "Element", "Id", "Kolumna", "Wyeksportowano", "W pliku", "Teraz", "Zmienił"),
        "Kiedy",
    ]
    assert [row[:8] for row in rows] == [
        [1, "Oferta", 1, "Opis", "raz\ndwa", "trzy", "cztery\npięć", "ana"],
        [1, "Oferta", 1, "Status", "otwarty", "anulowane", "wykonane", "ana"],
    ]


def test_leave_out_tasks_of_a_lost_time(sqlite_crm: Crm) -> None:
    """A backup that was restored knows nothing of what was exported after it."""
    crm = sqlite_crm
    for subject in ("Rămâne", "Retras"):
        crm.id("task", "add", subject, "--due", "2026-11-27")
    text = feed(crm, "--as", "todo").replace("SUMMARY:Rămâne", "SUMMARY:Pierdut")
    path = crm.home / "lost.ics"
    path.write_text(text.replace("task-1@", "task-9@"), encoding="utf-8", newline="")
    crm.ok("undo")

    for _ in range(2):
        assert crm("task", "import", path).stderr == (
            "lost.ics: 2 items. Left out, for their tasks never were in this database, or are lost:"
            " 'Pierdut' (1).\n"
            "1 of the records were removed here, and stay so.\n"
            "lost.ics: 1 item read, 0 created, 0 updated, 1 unchanged, 0 rejected.\n"
        )
