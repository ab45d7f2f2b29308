from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from crm_cli.errors import InvalidData
from crm_cli.rendering import LOCALES, render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Override = Callable[[str, str], Path]

REMINDER: dict[str, Any] = {
    "name": "Ana Pop",
    "zone": ZoneInfo("Europe/Bucharest"),
    "task": {"id": 12, "subject": "Sună la Dedeman", "description": None},
    "account": "Dedeman SRL",
    "due_on": date(2026, 3, 2),
    "due_at": datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
    "days_left": 3,
    "is_late": False,
    "is_memento": False,
    "is_delegate": False,
    "is_escalation": False,
    "assignee": "Ana Pop",
    "author": None,
    "is_of_team": False,
    "in_place_of": None,
    "company": "Firma SRL",
}


@pytest.fixture
def override(tmp_path: Path) -> Override:
    """Writes a template into a folder of the user's own and gives the folder."""

    def write(name: str, source: str) -> Path:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(source, encoding="utf-8")
        return tmp_path

    return write


def reminder(language: str, **changes: Any) -> str:
    return render("reminder", language, {**REMINDER, **changes}).text


def source(text: str, subject: str = "x") -> str:
    return f"{{% block subject %}}{subject}{{% endblock %}}{{% block text %}}{text}{{% endblock %}}"


@pytest.mark.proves("R126")
def test_reminder_in_romanian() -> None:
    rendered = render("reminder", "ro", {**REMINDER, "is_late": True})

    assert rendered.subject == (
        "[întârziat] Sarcina 12: Sună la Dedeman – Dedeman SRL, termen 2 mar. 2026"
    )
    assert rendered.text == (
        "Bună ziua, Ana Pop,\n\n"
        "vă reamintim sarcina „Sună la Dedeman” (Dedeman SRL).\n\n"
        "Termen: luni, 2 martie 2026, 10:00 (peste 3 zile)\n"
        "Acest mesaj vine cu întârziere: programul nu rula când trebuia trimis.\n\n"
        "Când este rezolvată:\ncrm task done 12\n\n"
        "Firma SRL\n"
    )


@pytest.mark.proves("R126")
def test_reminder_in_polish() -> None:
    zone = ZoneInfo("Europe/Warsaw")

    rendered = render("reminder", "pl", {**REMINDER, "zone": zone, "account": None})

    assert rendered.subject == "Zadanie 12: Sună la Dedeman, termin 2 mar 2026"
    assert rendered.text == (
        "Dzień dobry, Ana Pop,\n\n"
        "przypominamy o zadaniu „Sună la Dedeman”.\n\n"
        "Termin: poniedziałek, 2 marca 2026, 09:00 (za 3 dni)\n\n"
        "Po wykonaniu:\ncrm task done 12\n\n"
        "Firma SRL\n"
    )


@pytest.mark.proves("R126")
def test_reminder_in_english() -> None:
    task = {"id": 12, "subject": "Call Dedeman", "description": "Ask for Ion.\n\n\nHe knows."}

    rendered = render("reminder", "en", {**REMINDER, "task": task, "due_at": None, "company": ""})

    assert rendered.subject == "Task 12: Call Dedeman – Dedeman SRL, due 2 Mar 2026"
    assert rendered.text == (
        "Hello Ana Pop,\n\n"
        'this is a reminder of the task "Call Dedeman" (Dedeman SRL).\n\n'
        "Due: Monday, 2 March 2026 (in 3 days)\n\n"
        "Ask for Ion.\n\nHe knows.\n\n"
        "When it is done:\ncrm task done 12\n"
    )


@pytest.mark.parametrize(
    ("days", "romanian", "polish", "english"),
    [
        (120, "peste 120 de zile", "za 120 dni", "in 120 days"),
        (101, "peste 101 zile", "za 101 dni", "in 101 days"),
        (20, "peste 20 de zile", "za 20 dni", "in 20 days"),
        (2, "peste 2 zile", "za 2 dni", "in 2 days"),
        (1, "mâine", "jutro", "tomorrow"),
        (0, "azi", "dzisiaj", "today"),
        (-1, "depășit cu 1 zi", "1 dzień po terminie", "1 day overdue"),
        (-22, "depășit cu 22 de zile", "22 dni po terminie", "22 days overdue"),
    ],
)
def test_days_to_the_term(days: int, romanian: str, polish: str, english: str) -> None:
    for language, words in (("ro", romanian), ("pl", polish), ("en", english)):
        assert f" ({words})\n" in reminder(language, days_left=days)


@pytest.mark.parametrize("language", LOCALES)
def test_digest_lists_every_task(language: str) -> None:
    second = {**REMINDER, "task": {"id": 13, "subject": "Oferta"}, "account": None}

    rendered = render(
        "reminder_digest",
        language,
        {**REMINDER, "reminders": [REMINDER, second]},
    )

    assert "2" in rendered.subject
    assert ": Sună la Dedeman – Dedeman SRL (crm task done 12)\n" in rendered.text
    assert ": Oferta (crm task done 13)\n" in rendered.text


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "New task: Montaj – Dedeman SRL, due 2 Mar 2026"),
        ("ro", "Sarcină nouă: Montaj – Dedeman SRL, termen 2 mar. 2026"),
        ("pl", "Nowe zadanie: Montaj – Dedeman SRL, termin 2 mar 2026"),
    ],
)
def test_delegate_is_told_of_a_task(language: str, subject: str) -> None:
    context = {**REMINDER, "subject": "Montaj", "description": "Et. 3"}

    rendered = render("delegate", language, context)

    assert rendered.subject == subject
    assert "Montaj" in rendered.text
    assert "\n\nEt. 3\n\n" in rendered.text
    assert "crm task done" not in rendered.text


def test_page_shows_text_and_no_markup_of_the_data() -> None:
    evil = {"id": 12, "subject": "<script>alert(1)</script>", "description": "a & b\n\nc"}

    page = render("reminder", "ro", {**REMINDER, "task": evil}).html

    assert '<html lang="ro">' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert ">a &amp; b</div>" in page
    assert ">crm task done 12</code>" in page
    assert "<script" not in page
    assert "<p></p>" not in re.sub(r"<p [^>]*>", "<p>", page)


def test_subject_is_one_line(override: Override) -> None:
    folder = override("mail/reminder.ro.j2", source("x", "{{ a }}\n\n b"))

    rendered = render("reminder", "ro", {"a": "1\r\nBcc: x\x85y"}, folder)

    assert rendered.subject == "1 Bcc: x y b"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("ro", "1.234,50 RON 1.234,50 2 mar. 2026 luni, 2 martie 2026, 10:00 … 1,5"),
        ("pl", "1 234,50 RON 1 234,50 2 mar 2026 poniedziałek, 2 marca 2026, 10:00 … 1,5"),
        ("en", "RON 1,234.50 1,234.50 2 Mar 2026 Monday, 2 March 2026, 10:00 … 1.5"),
    ],
)
def test_figures_and_dates_by_language(override: Override, language: str, written: str) -> None:
    text = (
        "{{ a|money('RON') }} {{ a|amount }} {{ due_on|date }} {{ due_at|moment(zone) }}"
        " {{ none|date }} {{ q|quantity }}"
    )

    folder = override(f"mail/reminder.{language}.j2", source(text))
    context = {**REMINDER, "a": Decimal("1234.5"), "q": Decimal("1.5"), "none": None}

    found = render("reminder", language, context, folder).text.rstrip("\n")

    assert found.replace("\xa0", " ").replace("RON1", "RON 1") == written


def test_folder_of_the_user_comes_first(override: Override) -> None:
    folder = override("mail/reminder.ro.j2", source("Termen {{ due_on|date }}", "Al meu"))

    own = render("reminder", "ro", REMINDER, folder)
    other = render("reminder", "pl", REMINDER, folder)

    assert (own.subject, own.text) == ("Al meu", "Termen 2 mar. 2026\n")
    assert other == render("reminder", "pl", REMINDER)


def test_changed_template_is_read_again(override: Override) -> None:
    folder = override("mail/reminder.ro.j2", source("unu"))
    assert render("reminder", "ro", REMINDER, folder).text == "unu\n"

    override("mail/reminder.ro.j2", source("doi și"))
    assert render("reminder", "ro", REMINDER, folder).text == "doi și\n"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a\n{{ missing }}", "line 2, cannot be used: 'missing' is undefined."),
        ("a\n\n{{ task.x }}", "line 3, cannot be used: 'dict object' has no attribute 'x'."),
        (
            "{% if %}",
            "line 1, cannot be used: Expected an expression, got 'end of statement block'.",
        ),
        ("\n{{ 'x' * 200000000 }}", "line 2, cannot be used: '*' is not allowed here."),
        (
            "\n{{ ''.__class__ }}",
            "line 2, cannot be used: access to attribute '__class__' of 'str'",
        ),
        ("\n\n{{ 1 / 0 }}", "line 3, cannot be used: division by zero."),
        ("{% for i in range(99999) %}{{ 'xxx' }}{% endfor %}", "it writes or repeats too much."),
        (
            "{{ " + "(" * 9000 + ")" * 9000 + "}}",
            "cannot be used: maximum recursion depth exceeded",
        ),
    ],
)
def test_report_template_and_line(override: Override, text: str, what: str) -> None:
    folder = override("mail/reminder.ro.j2", source(text))

    with pytest.raises(InvalidData) as refused:
        render("reminder", "ro", REMINDER, folder)

    assert refused.value.message.startswith("The template mail/reminder.ro.j2")
    assert what in refused.value.message


def test_report_missing_block_template_and_language(override: Override) -> None:
    folder = override("mail/reminder.ro.j2", "{% block subject %}x{% endblock %}")

    with pytest.raises(
        InvalidData, match=r"reminder\.ro\.j2 cannot be used: it has no block 'text'"
    ):
        render("reminder", "ro", REMINDER, folder)
    with pytest.raises(InvalidData, match=r"There is no template mail/altceva\.ro\.j2\."):
        render("altceva", "ro", REMINDER)
    with pytest.raises(InvalidData, match="'de' is not a language of templates: en, ro, pl"):
        render("reminder", "de", REMINDER)


def test_report_error_in_an_own_layout(override: Override) -> None:
    folder = override("mail/layout.html.j2", "<p>\n{{ titlu }}</p>")

    with pytest.raises(InvalidData) as refused:
        render("reminder", "ro", REMINDER, folder)

    assert refused.value.message == (
        "The template mail/layout.html.j2, line 2, cannot be used: 'titlu' is undefined."
    )


def test_long_text_has_a_page(override: Override) -> None:
    folder = override("mail/reminder.ro.j2", source("{{ a }}"))

    rendered = render("reminder", "ro", {"a": "rând & rând\n" * 10_000}, folder)

    assert rendered.html.count("<br>") == 9_999
