"""The letters of escalations, deputies and daily digests in the three languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm_cli.rendering import render
from crm_cli.services.reminders.digest_letters import Waiting

REMINDER: dict[str, Any] = {
    "name": "Ana Pop",
    "zone": ZoneInfo("Europe/Bucharest"),
    "task": {"id": 12, "subject": "Oferta", "description": None},
    "account": "Dedeman SRL",
    "assignee": "Jan Lis",
    "due_on": date(2026, 3, 2),
    "due_at": datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
    "days_left": -22,
    "is_late": False,
    "is_memento": False,
    "is_delegate": False,
    "is_escalation": True,
    "team": None,
    "author": None,
    "is_of_team": False,
    "in_place_of": None,
    "company": "",
}
OVERDUE = {
    "en": 'Jan Lis has a task that is 22 days overdue: "Oferta" (Dedeman SRL).',
    "ro": "Jan Lis are o sarcină cu termenul depășit cu 22 de zile: „Oferta” (Dedeman SRL).",
    "pl": "Jan Lis ma zadanie, którego termin minął 22 dni temu: „Oferta” (Dedeman SRL).",
}
AWAY = {
    "en": "You get this {} in place of Maria, who is away.",
    "ro": "Primiți acest mesaj ca înlocuitor pentru Maria, care lipsește.",
    "pl": "{} trafia do Pana/Pani w zastępstwie za osobę nieobecną: Maria.",
}
WORDS = {
    "en": ("reminder", "message"),
    "ro": ("", ""),
    "pl": ("To przypomnienie", "Ta wiadomość"),
}
DIGEST = {
    "en": """Hello Ana Pop,

this is what waits for you.
This letter comes late: the program was not running when it was due.

Overdue (51)
{lines}
… and 1 more: crm today

Today (1)
- 2 Mar 2026, 10:00: Oferta – Dedeman SRL (for: Jan Lis) [12]

Unread messages: 2. To read them:
crm inbox

When a task is done (its number is in brackets):
crm task done N
""",
    "ro": """Bună ziua, Ana Pop,

iată ce vă așteaptă.
Acest mesaj vine cu întârziere: programul nu rula când trebuia trimis.

Termen depășit (51)
{lines}
… și încă 1: crm today

Azi (1)
- 2 mar. 2026, 10:00: Oferta – Dedeman SRL (pentru: Jan Lis) [12]

Mesaje necitite: 2. Pentru a le citi:
crm inbox

Când o sarcină este rezolvată (numărul ei este între paranteze):
crm task done N
""",
    "pl": """Dzień dobry, Ana Pop,

oto co czeka na Pana/Panią.
Ta wiadomość przychodzi z opóźnieniem: program nie działał, kiedy miała zostać wysłana.

Po terminie (51)
{lines}
… i jeszcze 1: crm today

Dziś (1)
- 2 mar 2026, 10:00: Oferta – Dedeman SRL (za: Jan Lis) [12]

Nieprzeczytane wiadomości: 2. Aby je przeczytać:
crm inbox

Po wykonaniu zadania (jego numer jest w nawiasie):
crm task done N
""",
}
OLD_LINE = {
    "en": "- 1 Mar 2026: Sună [7]",
    "ro": "- 1 mar. 2026: Sună [7]",
    "pl": "- 1 mar 2026: Sună [7]",
}


@pytest.mark.parametrize("language", ["en", "ro", "pl"])
def test_escalation(language: str) -> None:
    rendered = render("reminder_escalation", language, REMINDER)

    assert OVERDUE[language] in rendered.text.splitlines()
    assert "crm task done 12\n" in rendered.text
    assert OVERDUE[language].replace('"', "&#34;") in rendered.html


@pytest.mark.parametrize("language", ["en", "ro", "pl"])
@pytest.mark.parametrize(("name", "place"), [("reminder", 0), ("reminder_escalation", 1)])
def test_deputy(language: str, name: str, place: int) -> None:
    rendered = render(name, language, {**REMINDER, "in_place_of": "Maria"})

    assert AWAY[language].format(WORDS[language][place]) in rendered.text.splitlines()


@pytest.mark.parametrize("language", ["en", "ro", "pl"])
def test_digest(language: str) -> None:
    old = {
        "id": 7,
        "subject": "Sună",
        "account": None,
        "due_on": date(2026, 3, 1),
        "time": None,
        "in_place_of": None,
        "is_of_team": False,
    }
    absent = {
        "id": 12,
        "subject": "Oferta",
        "account": "Dedeman SRL",
        "due_on": date(2026, 3, 2),
        "time": "10:00",
        "in_place_of": "Jan Lis",
        "is_of_team": False,
    }
    waiting = Waiting(overdue=[old] * 51, today=[absent], unread=2)
    about = {"name": "Ana Pop", "day": date(2026, 3, 2), "waiting": vars(waiting), "is_late": True}

    rendered = render("digest", language, {**about, "company": "", "is_delegate": False})

    lines = "\n".join([OLD_LINE[language]] * 50)
    assert rendered.text == DIGEST[language].format(lines=lines)
    assert "<code" in rendered.html
    assert rendered.html.count('<div style="margin-left:16px;') == 51
    assert ")<br>" not in rendered.html


@pytest.mark.parametrize(
    ("language", "author", "team"),
    [
        ("en", "From: Ion Rusu", "It waits for anyone of the team. To take it:"),
        ("ro", "De la: Ion Rusu", "O poate prelua oricine din echipă:"),
        ("pl", "Od: Ion Rusu", "Zadanie może przejąć każdy z zespołu:"),
    ],
)
def test_reminder_names_the_author_and_says_how_to_take_it(
    language: str, author: str, team: str
) -> None:
    about = {**REMINDER, "due_at": None, "author": "Ion Rusu", "is_of_team": True}

    lines = render("reminder", language, about).text.splitlines()

    assert author in lines
    assert lines[lines.index(team) + 1] == "crm task edit 12 --assignee me"


def test_digest_marks_tasks_of_the_team_and_dates_other_days() -> None:
    line = {"id": 3, "subject": "Oferta", "account": None, "in_place_of": None, "time": "10:00"}
    today, old = {**line, "due_on": date(2026, 3, 2)}, {**line, "due_on": date(2026, 3, 1)}
    waiting = Waiting(overdue=[{**old, "is_of_team": False}], today=[{**today, "is_of_team": True}])
    about = {**REMINDER, "day": date(2026, 3, 2), "waiting": vars(waiting)}

    prompt, late = (render("digest", "en", {**about, "is_late": late}).text for late in (0, 1))

    assert "- 1 Mar 2026, 10:00: Oferta [3]\n" in prompt
    assert "- 10:00: Oferta (team) [3]\n" in prompt
    assert "- 2 Mar 2026, 10:00: Oferta (team) [3]\n" in late


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Memento: Task 12"),
        ("ro", "Memento: Sarcina 12"),
        ("pl", "Przypomnienie: Zadanie 12"),
    ],
)
def test_memento_says_what_it_is(language: str, words: str) -> None:
    rendered = render("reminder", language, {**REMINDER, "is_memento": True})

    assert rendered.subject.startswith(f"{words}: Oferta")


TOGETHER = {
    "en": (
        "1 overdue tasks of colleagues (for Ion)",
        "these tasks of your colleagues are overdue:",
    ),
    "ro": (
        "Sarcini restante ale colegilor: 1 (pentru Ion)",
        "aceste sarcini ale colegilor au termenul depășit:",
    ),
    "pl": (
        "Zadania współpracowników po terminie: 1 (za: Ion)",
        "minął termin następujących zadań współpracowników:",
    ),
}


@pytest.mark.parametrize("language", TOGETHER)
def test_overdue_tasks_together(language: str) -> None:
    about = {**REMINDER, "in_place_of": "Ion", "reminders": [REMINDER]}

    rendered = render("reminder_digest", language, about)

    subject, opening = TOGETHER[language]
    lines = rendered.text.splitlines()
    assert (rendered.subject, lines[2]) == (subject, opening)
    assert lines[4].endswith(" 2026, Jan Lis: Oferta – Dedeman SRL (crm task done 12)")
    assert "Ion" in lines[6]
    assert lines[-1] == "crm task edit N --assignee LOGIN"


TO_DELEGATES = {
    "en": "Please answer this mail when",
    "ro": "Vă rugăm să răspundeți la acest mesaj când",
    "pl": "Prosimy o odpowiedź na tę wiadomość po wykonaniu",
}


@pytest.mark.parametrize(
    "template", ["reminder", "reminder_escalation", "reminder_digest", "digest"]
)
@pytest.mark.parametrize("language", TO_DELEGATES)
def test_who_has_no_login_is_given_no_commands(language: str, template: str) -> None:
    line = {"id": 3, "subject": "Oferta", "account": None, "in_place_of": None, "time": None}
    waiting = Waiting(today=[{**line, "due_on": date(2026, 3, 2), "is_of_team": True}])
    about = {**REMINDER, "is_of_team": True, "reminders": [REMINDER], "waiting": vars(waiting)}

    text = render(template, language, {**about, "day": date(2026, 3, 2), "is_delegate": True}).text

    assert text.splitlines()[-1].startswith(TO_DELEGATES[language])
    assert "crm " not in text
